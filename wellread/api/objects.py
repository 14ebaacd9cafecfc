"""What programs get: answers, articles and passages as the JSON objects of docs/interfaces.md and docs/api.md."""

from __future__ import annotations

from datetime import date

from wellread.datatypes import DEFAULT_DISCLAIMER, Answer, Article, Passage

MOST_PASSAGES = 20
"""Passages that a program can ask for in one answer."""


def answer_json(answer: Answer) -> dict[str, object]:
    """An answer as the JSON object that docs/interfaces.md documents."""
    return {
        "question": answer.question,
        "state": answer.state,
        "confidence": round(answer.confidence, 4),
        "safety": answer.safety and {"kind": answer.safety.kind, "text": answer.safety.text},
        "respelt": dict(answer.corrections),
        "expansions": {term: list(meanings) for term, meanings in answer.expansions},
        "language_note": answer.language_note,
        "disclaimer": answer.disclaimer,
        "generation": answer.generation,
        "urgent": _urgent_json(answer),
        "passages": [
            {
                "id": hit.passage.id,
                "article": hit.passage.article,
                "heading": hit.passage.heading,
                "text": hit.passage.text,
                "sentence": hit.passage.quote(hit.sentence) if hit.sentence else None,
                "score": round(hit.scores.final, 4),
            }
            for hit in answer.hits
        ],
    }


def listed_article_json(article: Article) -> dict[str, object]:
    """What a list of articles says of one; the disclaimer is never empty."""
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "source": article.source,
        "last_reviewed": _iso(article.last_reviewed),
        "next_review": _iso(article.next_review),
        "disclaimer": article.disclaimer or DEFAULT_DISCLAIMER,
    }


def article_json(article: Article, generation: str) -> dict[str, object]:
    """An article whole, its sections in their order."""
    return {
        **listed_article_json(article),
        "generation": generation,
        "sections": [
            {
                "anchor": section.anchor,
                "heading": section.heading,
                "path": list(section.path),
                "role": section.role,
                "text": "\n".join(block.written for block in section.blocks),
            }
            for section in article.sections
        ],
    }


def passage_json(passage: Passage, article: Article, generation: str) -> dict[str, object]:
    """A passage with its place in its article."""
    return {
        "id": passage.id,
        "article": passage.article,
        "title": passage.title,
        "path": list(passage.path),
        "heading": passage.heading,
        "anchor": passage.anchor,
        "part": passage.part,
        "parts": passage.parts,
        "text": passage.text,
        "sentences": [passage.quote(sentence) for sentence in passage.sentences],
        "disclaimer": article.disclaimer or DEFAULT_DISCLAIMER,
        "generation": generation,
    }


def _urgent_json(answer: Answer) -> dict[str, object] | None:
    passage, sign = answer.urgent, answer.urgent_sign
    if passage is None:
        return None
    return {
        "id": passage.id,
        "article": passage.article,
        "heading": passage.heading,
        "text": passage.text,
        "sentence": passage.quote(sign.sentence) if sign else None,
        "level": sign.level if sign else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
