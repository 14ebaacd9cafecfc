"""How long an edit of one sentence takes to be live: in libraries of several sizes, and beside what others do.

usage: python benchmarks/reingest.py [--sizes 1500 3000 6154] [--beside 1500] [--json FILE]

The articles are MedQuAD's, written by ../shared/tools/medquad_kb.py, which must be there. Embedding a library whole
takes an hour, and an edit does not wait for it, so the articles that stay as they are get stand-in vectors of the
right shape; the edited sentence and passage are embedded by the default model, loaded beforehand. The time of
embedding everything is projected from the rate at which the model embeds a sample of the same texts.

The second table edits a library of --beside articles with Wellread, LangChain's indexing API (over its FAISS store,
with its record manager in SQLite) and txtai's upsert, in turn; others than Wellread are left out where they are not
installed. Each ends when a new process would see the edit. LangChain is given all passages and finds out itself which
are new; txtai is told which, as it has no way to find out. Both keep a vector a passage, Wellread one a sentence too.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers import encode, langchain_door
from stand_ins import StandIn, stand_ins

from wellread.articles.library import read_article, read_library
from wellread.articles.passages import cut_article, passage_text, sentence_text
from wellread.datatypes import Article
from wellread.encoders.sentence_transformer import Vectors
from wellread.publishing.publish import publish
from wellread.publishing.serving import rollback

TOOL = Path(__file__).resolve().parent.parent.parent / "shared" / "tools" / "medquad_kb.py"
EDITS = 5
SAMPLE = 600


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1500, 3000, 6154])
    parser.add_argument("--beside", type=int, default=1500, help="articles in the library that others edit too")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    if not TOOL.exists():
        sys.exit(f"{TOOL} is not here: this benchmark needs the collections that lie beside a developer's checkout")
    encoder = StandIn()
    encoder.encode_queries(["warm"])
    figures = [measure(size, encoder) for size in options.sizes]
    print(
        "| articles | texts | read (s) | edit live (s) | beyond reading (s) | nothing changed (s) | roll back (s) |",
        end="",
    )
    print(" embed all (s, projected) | edit / all |")
    print("|---|---|---|---|---|---|---|---|---|")
    for f in figures:
        print(
            f"| {f['articles']:,} | {f['texts']:,} | {f['read']:.1f} | {f['edit']:.1f} | {f['edit'] - f['read']:.1f}"
            f" | {f['nothing']:.2f} | {f['rollback']:.2f} | {f['all']:,.0f} | {100 * f['edit'] / f['all']:.2f} % |"
        )
    others = beside(options.beside, encoder)
    print(f"\n{options.beside:,} articles\n")
    print("| | edit (s) | least to most | of Wellread's | no edit (s) | least to most | of Wellread's |")
    print("|---|---|---|---|---|---|---|")
    for name, found in others.items():
        cells = []
        for what in ("edit", "nothing"):
            if times := found[what]:
                ratio = statistics.median(t / ours for t, ours in zip(times, others["Wellread"][what], strict=True))
                cells += [f"{statistics.median(times):.2f}", f"{min(times):.2f} to {max(times):.2f}", f"{ratio:.1f}"]
            else:
                cells += [""] * 3
        print(f"| {name} | {' | '.join(cells)} |")
    if options.json:
        options.json.write_text(json.dumps({"libraries": figures, "beside": others}, indent=2) + "\n")


def beside(size: int, encoder: StandIn) -> dict[str, dict[str, list[float]]]:
    """The seconds of five edits, and of as many times that nothing was edited, of Wellread and of others."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kb, index = folder / "kb", folder / "index"
        subprocess.run([sys.executable, str(TOOL), str(kb), str(size)], check=True, capture_output=True)
        encoder.every = 0
        publish(kb, index, encoder)
        encoder.every = 1
        passages = {a.id: texts_of(a, encoder) for a in read_library(kb).articles}
        stores: dict[str, Store] = {}
        for name, kind in STORES.items():
            if find_spec(kind.package):
                print(f"building: {name}", file=sys.stderr)
                stores[name] = kind(folder / kind.package, passages)
        times: dict[str, dict[str, list[float]]] = {name: {"edit": [], "nothing": []} for name in ("Wellread", *stores)}
        for file in random.Random(1).sample(sorted(kb.iterdir()), EDITS):
            file.write_text(file.read_text().rstrip() + " One more sentence is new.\n")
            times["Wellread"]["edit"].append(seconds(lambda: publish(kb, index, encoder)))
            times["Wellread"]["nothing"].append(seconds(lambda: publish(kb, index, encoder)))
            began = time.perf_counter()
            article = read_article(file, kb)
            texts = texts_of(article, encoder)
            cutting = time.perf_counter() - began
            for name, store in stores.items():
                times[name]["edit"].append(cutting + seconds(lambda: store.edit(article.id, texts)))  # noqa: B023
                if store.finds_out:
                    times[name]["nothing"].append(seconds(lambda: store.edit(article.id, texts)))  # noqa: B023
        return times


class Store(Protocol):
    """What keeps passages on the disk and takes an edited article; some find out themselves what is new."""

    package: str
    finds_out: bool

    def __init__(self, folder: Path, passages: dict[str, list[str]]) -> None: ...

    def edit(self, article: str, texts: list[str]) -> None:
        """Take an article's passages as they are now, and put everything on the disk."""


class ByLangChain:
    """LangChain's indexing API."""

    package = "langchain_community"
    finds_out = True

    def __init__(self, folder: Path, passages: dict[str, list[str]]) -> None:
        from langchain_classic.indexes import SQLRecordManager
        from langchain_community.vectorstores import FAISS

        folder.mkdir()
        self._folder = folder
        self._passages = passages
        embeddings = StandInEmbeddings(pretend=True)
        self._store = FAISS.from_embeddings([("", [0.0] * 384)], langchain_door(embeddings.embed))
        self._records = SQLRecordManager("passages", db_url=f"sqlite:///{folder / 'records.sqlite'}")
        self._records.create_schema()
        self._index()
        embeddings.pretend = False

    def edit(self, article: str, texts: list[str]) -> None:  # noqa: D102
        self._passages = {**self._passages, article: texts}
        self._index()

    def _index(self) -> None:
        from langchain_core.documents import Document
        from langchain_core.indexing import index

        documents = [Document(text, metadata={"source": a}) for a, texts in self._passages.items() for text in texts]
        done = index(
            documents,
            self._records,
            self._store,
            cleanup="incremental",
            source_id_key="source",
            key_encoder="sha256",
            batch_size=len(documents),
        )
        if done["num_added"] or done["num_deleted"]:
            self._store.save_local(str(self._folder / "store"))


class ByTxtai:
    """txtai's upsert, with its hybrid of FAISS and BM25."""

    package = "txtai"
    finds_out = False

    def __init__(self, folder: Path, passages: dict[str, list[str]]) -> None:
        from txtai import Embeddings

        self._folder = folder
        self._counts = {article: len(texts) for article, texts in passages.items()}
        embeddings = StandInEmbeddings(pretend=True)
        self._embeddings = Embeddings(
            method="external", transform=lambda texts: embeddings.embed(texts), hybrid=True, content=False
        )
        self._embeddings.index((f"{a}#{n}", text) for a, texts in passages.items() for n, text in enumerate(texts))
        self._embeddings.save(str(folder))
        embeddings.pretend = False

    def edit(self, article: str, texts: list[str]) -> None:  # noqa: D102
        self._embeddings.upsert((f"{article}#{number}", text) for number, text in enumerate(texts))
        if gone := [f"{article}#{number}" for number in range(len(texts), self._counts[article])]:
            self._embeddings.delete(gone)
        self._counts[article] = len(texts)
        self._embeddings.save(str(self._folder))


STORES: dict[str, type[Store]] = {"LangChain's indexing API": ByLangChain, "txtai's upsert": ByTxtai}


class StandInEmbeddings:
    """sentence-transformers, but for texts embedded while `pretend` is set."""

    def __init__(self, pretend: bool) -> None:
        self.pretend = pretend

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts, or pretend to."""
        return stand_ins(len(texts)) if self.pretend else encode(texts)


def texts_of(article: Article, encoder: StandIn) -> list[str]:
    """What is embedded of an article's passages."""
    return [passage_text(p) for p in cut_article(article, encoder.count_tokens, encoder.max_tokens)]


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measure(size: int, encoder: StandIn) -> dict[str, float]:
    """Medians of five edits in a library of this many articles, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        kb, index = Path(folder) / "kb", Path(folder) / "index"
        subprocess.run([sys.executable, str(TOOL), str(kb), str(size)], check=True, capture_output=True)
        began = time.perf_counter()
        articles = read_library(kb).articles
        read = time.perf_counter() - began
        encoder.every = 0
        first = publish(kb, index, encoder)
        encoder.every = 1
        rate = texts_per_second(articles[:: max(1, size // 100)], encoder)
        edits: list[float] = []
        backs: list[float] = []
        chance = random.Random(0)
        for file in chance.sample(sorted(kb.iterdir()), EDITS):
            file.write_text(file.read_text().rstrip() + " One sentence is new.\n")
            began = time.perf_counter()
            report = publish(kb, index, encoder)
            edits.append(time.perf_counter() - began)
            assert len(report.articles.changed) == 1
            assert len(report.passages.changed) + len(report.passages.added) <= 2
            assert report.embedded <= 3
            began = time.perf_counter()
            rollback(index)
            backs.append(time.perf_counter() - began)
            rollback(index)
        began = time.perf_counter()
        assert not publish(kb, index, encoder).articles
        nothing = time.perf_counter() - began
    texts = first.embedded
    return {
        "articles": size,
        "texts": texts,
        "read": read,
        "edit": statistics.median(edits),
        "nothing": nothing,
        "rollback": statistics.median(backs),
        "all": texts / rate,
    }


def texts_per_second(articles: Sequence[Article], encoder: StandIn) -> float:
    """The rate at which the model embeds some of the library's texts, passages and sentences as they come."""
    passages = [p for a in articles for p in cut_article(a, encoder.count_tokens, encoder.max_tokens)]
    texts = [passage_text(p) for p in passages] + [sentence_text(p, s) for p in passages for s in p.sentences]
    sample = random.Random(0).sample(texts, min(SAMPLE, len(texts)))
    began = time.perf_counter()
    encoder.encode_documents(sample)
    return len(sample) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
