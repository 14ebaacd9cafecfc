"""Test collections in the BEIR layout: a corpus to be indexed for the occasion, its questions and their judgments."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wellread.build import Plan, Progress, build, code_fingerprint, embed
from wellread.cache import open_cache
from wellread.database import content_of
from wellread.encoder import Encoder
from wellread.errors import IndexDamaged, IndexMissing, JudgmentsError
from wellread.index import Reader, generation_id
from wellread.judgments import Judgments, read_judgments
from wellread.models import Article, Block, Section
from wellread.passages import cut_article
from wellread.search import Searcher

_ANCHOR = "text"
_BLANKS = re.compile(r"\n\s*\n|\s{4,}|\n")


def read_collection(folder: Path) -> tuple[list[Article], Judgments]:
    """Read a collection: each document as an article of one section, its title over it, and the judged questions.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    articles = list(_articles(folder))
    judgments = read_judgments(folder)
    known = {article.id for article in articles}
    for query, grades in judgments.qrels.items():
        for document in grades:
            if document not in known:
                raise JudgmentsError(
                    folder / "qrels", None, f'"{document}", judged for query "{query}", is not in the corpus'
                )
    return articles, judgments


def index_articles(
    articles: list[Article],
    folder: Path,
    encoder: Encoder,
    progress: Progress = lambda stage, done, total: None,
) -> Reader:
    """Build, or find built, an index of some articles in a folder of their own; vectors are embedded once."""
    contents = []
    for number, article in enumerate(sorted(articles, key=lambda article: article.id), 1):
        contents.append(content_of(article, cut_article(article, encoder.count_tokens, encoder.max_tokens)))
        progress("reading", number, len(articles))
    generation = generation_id(contents, encoder.fingerprint, code_fingerprint())
    try:
        return Reader(folder, generation)
    except (IndexMissing, IndexDamaged):
        shutil.rmtree(folder / "generations", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(generation, tuple(contents), {}, ())
    with open_cache(folder / "vectors.sqlite", encoder.fingerprint) as cache:
        vectors, _ = embed(plan, encoder, None, cache, progress)
    return build(plan, folder, encoder, vectors)


def run_documents(
    searcher: Searcher, judgments: Judgments, k: int = 10, asked: Callable[[], None] = lambda: None
) -> dict[str, dict[str, float]]:
    """Ask every judged question; a document stands where its best passage does, and its score is one over its place."""
    names = [""] * searcher.reader.manifest.counts["passages"]
    for article, rows in searcher.reader.database.passage_rows().items():
        names[rows.start : rows.stop] = [article] * len(rows)
    run: dict[str, dict[str, float]] = {}
    for query in judgments.qrels:
        documents = list(dict.fromkeys(names[row] for row, _ in searcher.order(judgments.queries[query])))[:k]
        run[query] = {document: 1 / place for place, document in enumerate(documents, 1)}
        asked()
    return run


def _articles(folder: Path) -> Iterator[Article]:
    file = next((f for name in ("corpus.jsonl", "corpus.jsonl.gz") if (f := folder / name).is_file()), None)
    if file is None:
        raise JudgmentsError(folder / "corpus.jsonl", None, "there is no corpus.jsonl or corpus.jsonl.gz")
    seen: set[str] = set()
    try:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise JudgmentsError(file, None, f"cannot be read ({error})") from error
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, 1):
        try:
            document: dict[str, Any] = json.loads(line)
            name, title, text = document["_id"], document.get("title") or "", document["text"]
            "\n".join((name, title, text)).encode()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise JudgmentsError(file, number, 'not a JSON object with "_id" and "text"') from None
        if not name.strip():
            raise JudgmentsError(file, number, "the document has no id")
        if name in seen:
            raise JudgmentsError(file, number, f'the id "{name}" is there twice')
        seen.add(name)
        blocks = tuple(
            Block("paragraph", " ".join(part.split()), number) for part in _BLANKS.split(text) if part.strip()
        )
        heading = " ".join(title.split()) or name
        section = Section((heading,), _ANCHOR, blocks, number)
        yield Article(name, heading, (section,), name, hashlib.sha256(line.encode()).hexdigest())
