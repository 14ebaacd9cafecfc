"""The page, run without a browser for tests: what it draws, and a library of one article to draw."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT
from streamlit.testing.v1 import AppTest

from wellread.encoders.sentence_transformer import Encoder
from wellread.publishing.publish import publish

TIMEOUT = 60
"""Seconds that one run may take on a busy machine, where Streamlit gives it three."""


def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)


def html(app: AppTest) -> str:
    """All HTML that the page draws, in order."""
    return "\n".join(element.proto.body for element in app.get("html"))


def ask(app: AppTest, question: str) -> AppTest:
    app.text_area[0].set_value(question)
    app.button[0].click().run()
    assert not app.exception
    return app


def published_article(folder: Path, name: str, text: str, encoder: Encoder, settings: str = "") -> Path:
    """The index of an article, `kb/name` in a folder, with these settings of the library."""
    (folder / "kb").mkdir()
    (folder / "kb" / name).write_text(text)
    (folder / "kb" / "wellread.toml").write_text(settings)
    publish(folder / "kb", folder / "index", encoder)
    return folder / "index"
