"""The page's words in every language that it has: whole, compiled, and chosen by a setting or the browser."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from conftest import ROOT

from wellread.datatypes import Article
from wellread.page import words
from wellread.page.bar import bar_of
from wellread.settings import LONGEST_DISCLAIMER, PAGE_LANGUAGES

PAGE = ROOT / "wellread" / "page"
OTHERS = [code for code in PAGE_LANGUAGES if code != words.ENGLISH]
DESK = ("desk/**.py", "templates/desk.html", "templates/gaps.html")
FILES = {
    "page": [*((name, "ignore") for name in DESK), ("**.py", "python"), ("**/templates/*.html", "jinja2")],
    "desk": [(name, "python" if name.endswith(".py") else "jinja2") for name in DESK],
}
PLACE = re.compile(r"%\(\w+\)s|</?mark>")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.use(words.ENGLISH)


def catalogue(code: str, part: str) -> Catalog:
    with (PAGE / "locale" / code / "LC_MESSAGES" / f"{part}.po").open("rb") as file:
        return read_po(file, code)


def extracted(methods: list[tuple[str, str]]) -> set[object]:
    """The messages that files of the page have, as `make words` finds them."""
    keywords = {"gettext": None, "later": None, "ngettext": (1, 2), "_": None}
    options = {pattern: {"extensions": "jinja2.ext.i18n"} for pattern, method in methods if method == "jinja2"}
    return {message for _, _, message, _, _ in extract_from_dir(PAGE, methods, options, keywords)}


@pytest.mark.parametrize("part", FILES)
def test_words_stand_in_the_template_of_their_part(part: str) -> None:
    with (PAGE / "locale" / f"{part}.pot").open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == extracted(FILES[part])


def test_words_that_code_says_stand_in_a_catalogue_also_inside_f_strings_and_in_the_api() -> None:
    said = {
        call.args[0].value
        for file in (*PAGE.rglob("*.py"), *(ROOT / "wellread" / "api").glob("*.py"))
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"gettext", "later"}
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(said) > 100
    assert said <= extracted(FILES["page"]) | extracted(FILES["desk"])


@pytest.mark.parametrize("part", FILES)
@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_page_and_desk_is_translated(code: str, part: str) -> None:
    found = extracted(FILES[part])
    there = {message.id for message in catalogue(code, part) if message.id and all(_strings(message.string))}
    assert len(found) > 100
    assert there == found


@pytest.mark.parametrize("part", FILES)
@pytest.mark.parametrize("code", OTHERS)
def test_translations_keep_what_is_put_into_them(code: str, part: str) -> None:
    for message in catalogue(code, part):
        if message.id:
            wanted = sorted(PLACE.findall(_strings(message.id)[-1]))
            assert sorted(PLACE.findall(_strings(message.string)[-1])) == wanted, message.id


@pytest.mark.parametrize("part", FILES)
@pytest.mark.parametrize("code", OTHERS)
def test_compiled_catalogue_is_that_of_the_words(code: str, part: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code, part))
    assert (PAGE / "locale" / code / "LC_MESSAGES" / f"{part}.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("code", PAGE_LANGUAGES)
def test_disclaimer_is_short_enough_for_a_phone(code: str) -> None:
    words.use(code)
    assert len(bar_of([ARTICLE, ARTICLE]).text) <= LONGEST_DISCLAIMER


def test_counts_are_said_as_arabic_counts() -> None:
    words.use("ar")
    said = [words.ngettext("1 passage.", "%(num)s passages.", count) % {"num": count} for count in (1, 2, 3, 11)]
    assert said == ["مقطع واحد.", "مقطعان.", "3 مقاطع.", "11 مقطعًا."]


def test_unknown_words_are_said_in_english() -> None:
    words.use("de")
    assert (words.gettext("Search"), words.gettext("No such words")) == ("Suchen", "No such words")
    assert words.gettext("Throw the draft away") == "Entwurf wegwerfen"


def _strings(message: object) -> list[str]:
    return [str(part) for part in message] if isinstance(message, (tuple, list)) else [str(message)]


ARTICLE = Article("a", "T", (), "a.md", "")
