"""The box in which an article's text is written: unlike Streamlit's own, it tells what is typed while it is typed."""

from __future__ import annotations

from pathlib import Path

from streamlit.components.v2 import component

from wellread.page.desk.work import Work
from wellread.page.words import gettext

_HERE = Path(__file__).parent

_box = component(
    "wellread.typing",
    html=(_HERE / "typing.html").read_text(encoding="utf-8"),
    js=(_HERE / "typing.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def typed(work: Work) -> str:
    """Draw the box with a text in it, and return what stands there now."""
    data = {"label": gettext("Text of the article"), "text": work.text, "saved": work.opened.text}
    key = f"desk-typing-{work.place}-{work.opened.file}"
    result = _box(key=key, data=data, default={"text": work.text}, on_text_change=lambda: None)
    text = result.get("text")
    return work.text if text is None else whole(str(text))


def whole(text: str) -> str:
    """The text with a sign in place of half a character, which a browser can send and no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n")
