"""Prints an answer: as an object for programs, as lines in a terminal for people."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from wellread.datatypes import Answer, Hit

_STATES = {
    "closest": "These passages are the closest; they may not answer the question.",
    "not_covered": "The articles do not cover this.",
}

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def answer_json(answer: Answer) -> dict[str, object]:
    """An answer as the JSON object that docs/interfaces.md documents."""
    return {
        "question": answer.question,
        "state": answer.state,
        "confidence": round(answer.confidence, 4),
        "respelt": dict(answer.corrections),
        "disclaimer": answer.disclaimer,
        "generation": answer.generation,
        "urgent": answer.urgent
        and {
            "id": answer.urgent.id,
            "article": answer.urgent.article,
            "heading": answer.urgent.heading,
            "text": answer.urgent.text,
        },
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


def draw_answer(answer: Answer, console: Console) -> None:
    """Print an answer for people, the deciding sentence of each passage in bold."""
    console.print(_text(answer.question, "bold underline"))
    if answer.corrections:
        console.print(_text(answer.read_as, "dim"))
    if answer.urgent is not None:
        console.print()
        console.print(_text(f"Important: {answer.urgent.heading}", "bold red"))
        console.print(Padding(_text(answer.urgent.text), (0, 0, 0, 3)))
    if answer.state in _STATES:
        console.print()
        console.print(_text(_STATES[answer.state], "bold"))
    for number, hit in enumerate(answer.hits if answer.state != "not_covered" else (), 1):
        passage = hit.passage
        console.print()
        console.print(_text(f"{number}. {' › '.join((passage.title, *passage.path))}", "cyan"))
        console.print(Padding(_marked(hit), (0, 0, 0, 3)))
        same = f", says the same as {hit.same_as}" if hit.same_as else ""
        console.print(_text(f"   {passage.id}{same}", "dim"))
    console.print()
    console.print(_text(answer.disclaimer, "italic"))
    console.print()


def _marked(hit: Hit) -> Text:
    """A passage's text with its deciding sentence in bold."""
    text = Text()
    for number, block in enumerate(hit.passage.blocks):
        text.append(_text(("\n" if number else "") + block.written))
        if hit.sentence and hit.sentence.block == number:
            start = len(text) - len(block.text)
            text.stylize("bold", start + hit.sentence.start, start + hit.sentence.end)
    return text


def _text(written: str, style: str = "") -> Text:
    """Text as it stands: no markup of rich's is read from it, and no control character reaches the terminal."""
    return Text(written.translate(_CONTROLS), style)
