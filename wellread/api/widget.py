"""The script of `<wellread-search>`, with its words in every language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from wellread.page import words
from wellread.page.words import gettext
from wellread.settings import PAGE_LANGUAGES


@lru_cache(maxsize=len(PAGE_LANGUAGES) + 1)
def script(usual: str) -> bytes:
    """The script; `usual` is the language where the page around says none that it has, or "browser" for the reader's.

    wellread-search.js is a function of the words and of this language, which is called here.
    """
    function = files("wellread.api").joinpath("wellread-search.js").read_text(encoding="utf-8").rstrip()
    said = {code: _said(code) for code in PAGE_LANGUAGES}
    return f"{function}({json.dumps(said)}, {json.dumps(usual)});\n".encode()


def _said(code: str) -> Mapping[str, str]:
    """What the box says in a language, in messages that the page has too."""
    with words.speaking(code):
        return {
            "direction": words.direction(code),
            "label": gettext("Your question"),
            "button": gettext("Search"),
            "region": gettext("Find answers in our health articles"),
            "searching": gettext("Searching the articles."),
            "empty": gettext("Type a question first"),
            "trouble": f"{gettext('This did not work')}. {gettext('Please try again later.')}",
        }
