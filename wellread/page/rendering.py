"""The page's HTML from templates: loaded once from the package, and whatever they are given is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from wellread.page import words
from wellread.page.bar import is_labelled
from wellread.page.links import article_href, section_id, shelf_href

_BREAK_BESIDE_TAG = re.compile(r"(?<![^>])\s*\n\s*|\s*\n\s*(?![^<])")


class _JoinLines(Extension):
    """Removes each line break beside a tag: it is for those who read the template and would be a space to a browser."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the template's tokens, its own HTML with lines joined."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _BREAK_BESIDE_TAG.sub("", token.value))
            else:
                yield token


_TEMPLATES = Environment(
    loader=PackageLoader("wellread.page"),
    extensions=[_JoinLines, "jinja2.ext.i18n"],
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
cast(Any, _TEMPLATES).install_gettext_callables(words.gettext, words.ngettext, newstyle=True)
_TEMPLATES.globals |= {"page_language": words.language, "direction": words.direction}
_TEMPLATES.filters |= {"article_href": article_href, "section_id": section_id, "shelf_href": shelf_href}
_TEMPLATES.tests |= {"labelled": is_labelled}


def render(template: str, macro: str, /, **values: object) -> Markup:
    """Return the HTML that a template's macro makes of these values; only values of type Markup are not escaped."""
    return _macro(template, macro)(**values)


@cache
def _macro(template: str, name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(_TEMPLATES.get_template(template).module, name)
    return macro
