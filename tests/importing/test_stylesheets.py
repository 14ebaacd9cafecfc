"""What a page's own styles hide: read in a time that grows with their length."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from wellread.importing.stylesheets import apply_styles


def hidden(css: str) -> bool:
    """Tell whether a style hides the page's element of the class "off"."""
    page = LexborHTMLParser(f'<style>{css}</style><p class="off">Old.</p><p>Rest, and drink enough.</p>')
    apply_styles(page)
    return "display: none" in str(page.html)


def test_comment_that_never_ends_goes_to_the_end_of_the_style() -> None:
    assert hidden(".off{display:none}/* .off{display:block}")
    assert not hidden("/* .off{display:none}")


@pytest.mark.parametrize(
    "css",
    [
        "/* " * 66_667,
        "@media print{a{}" + "a" * 200_000 + "}",
        "a," * 50_000 + "b{" + "color:red;" * 10_000 + "}",
        "{" * 200_000,
        ".off{" + ";" * 200_000 + "}",
        ".off{;" + " " * 200_000 + "}",
        "<!-" * 66_667,
    ],
)
def test_long_style_costs_little_time(css: str) -> None:
    begun = time.process_time()
    assert not hidden(css)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("declared", ["font-weight: 700", "text-decoration: line-through"])
def test_look_that_many_rules_say_is_written_once(declared: str) -> None:
    page = LexborHTMLParser(f"<style>{(f'.a{{{declared}}}') * 3}</style><p class=a>Rest.</p>")
    apply_styles(page)
    style = page.css("p")[0].attributes["style"] or ""
    assert style.count(":") == 1
