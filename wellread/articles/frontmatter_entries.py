"""Reads the YAML, TOML or JSON of a front matter into keys and texts, as they are written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from wellread.errors import ArticleError

_SIMPLE = 'write simple lines like "title: Angina"'
_PLAIN_VALUE = re.compile(r"([A-Za-z][\w -]{0,40}?:)[ \t]+([^\s?:,\[\]{}#&*!|>'\"%@`-].*)")
"""A key and a value that is neither in quotes nor begins with a sign of YAML."""

_LISTED = frozenset(
    "title date created updated modified lastmod author authors tags tag category categories keywords aliases alias "
    "lang language source id type status draft layout permalink slug cssclass".split()
)
"""Keys that note programs write as a list, "- date: 2024-05-01"; a list of any other, "- dose: 5 ml", is refused."""

_INNER_TAB = re.compile(r"(?<=\S)[ ]*\t[ \t]*")


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases, which a front matter has no use for and an alias bomb lives on."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*) has no place here", mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key as it is written and its value: a text, None where there is none, or the texts of a longer value."""

    key: str
    line: int
    value: str | list[str] | None


def yaml_entries(inside: str, file: str) -> Iterator[Entry]:
    """Yield the keys and values of YAML; raises ArticleError with the line of the file."""
    node = _compose(inside, file)
    if node is None:
        return
    for key_node, value_node in _pairs(node, file):
        if key_node.tag == "tag:yaml.org,2002:merge" or not isinstance(key_node, yaml.ScalarNode):
            continue
        value: str | list[str] | None = _texts(value_node)
        if isinstance(value_node, yaml.ScalarNode):
            value = " ".join(value_node.value.split()) or None
            value = None if value_node.tag == "tag:yaml.org,2002:null" else value
        yield Entry(key_node.value, key_node.start_mark.line + 2, value)


def _pairs(node: yaml.Node, file: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the keys and values of a mapping, or of the list of them that note programs write."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    pairs = [pair for item in items if isinstance(item, yaml.MappingNode) for pair in item.value]
    known = all(isinstance(key, yaml.ScalarNode) and key.value in _LISTED for key, _ in pairs)
    if not pairs or not known or not all(isinstance(item, yaml.MappingNode) for item in items):
        raise ArticleError(file, 2, "the front matter is not made of keys and values", _SIMPLE)
    return pairs


def _texts(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    if isinstance(node, yaml.MappingNode):
        return [text for _, value in node.value for text in _texts(value)]
    return [text for value in node.value for text in _texts(value)]


def toml_entries(inside: str, file: str) -> Iterator[Entry]:
    """Yield the keys and values of TOML; raises ArticleError with the line of the file."""
    try:
        values = {key: _value(value) for key, value in tomllib.loads(inside).items()}
    except tomllib.TOMLDecodeError as error:
        problem = str(error)
        place = re.search(r"\(at line (\d+), column \d+\)", problem)
        line = int(place[1]) + 1 if place else None
        reason = f"the front matter is not valid TOML: {problem.split(' (at ')[0]}"
        raise ArticleError(file, line, reason, 'write values between double quotes: title = "Angina"') from None
    except RecursionError:
        raise ArticleError(file, 1, "the front matter is nested too deeply", _SIMPLE) from None
    except ValueError:
        raise ArticleError(file, 1, "the front matter holds a number that is too large", _SIMPLE) from None
    for key, value in values.items():
        place = re.search(rf'^[ \t]*(?:\[+[ \t]*)?["\']?{re.escape(key)}\b', inside, re.MULTILINE)
        yield Entry(key, inside.count("\n", 0, place.start()) + 2 if place else 1, value)


def _value(value: object) -> str | list[str] | None:
    if isinstance(value, dict | list):
        inner = [_value(one) for one in (value.values() if isinstance(value, dict) else value)]
        return [text for one in inner for text in (one if isinstance(one, list) else [one or ""])]
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    return " ".join(str(value).split()) or None


def _mended(inside: str) -> str:
    """Put one-line values that hold ": ", as titles do, between quotes, and spaces for tabs inside values.

    "title: Asthma: what to do" is no YAML, and a tab is only for this program none.
    """
    lines = [_INNER_TAB.sub(" ", line) for line in inside.split("\n")]
    for at, line in enumerate(lines):
        found = _PLAIN_VALUE.fullmatch(line.rstrip())
        goes_on = at + 1 < len(lines) and lines[at + 1][:1].isspace()
        if found and not goes_on and " #" not in found[2] and ": " in f"{found[2]} ":
            value = found[2].replace("'", "''")
            lines[at] = f"{found[1]} '{value}'"
    return "\n".join(lines)


def _compose(inside: str, file: str) -> yaml.Node | None:
    remedy = "put a value that holds : # or quotes between double quotes"
    try:
        return yaml.compose(inside, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mended = _mended(inside)
        if mended != inside:
            with suppress(yaml.YAMLError, RecursionError, ValueError, OverflowError):
                return yaml.compose(mended, Loader=_Loader)
        if "\\t" in str(error.problem):
            remedy = "indent with spaces, not with tabs"
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else None
        problem = " ".join((error.problem or error.context or "it cannot be read").split())
        raise ArticleError(file, line, f"the front matter is not valid YAML: {problem}", remedy) from None
    except yaml.reader.ReaderError as error:
        line = inside.count("\n", 0, error.position) + 2
        raise ArticleError(file, line, "the front matter holds a character YAML forbids", "delete it") from None
    except RecursionError:
        raise ArticleError(file, 1, "the front matter is nested too deeply", _SIMPLE) from None
    except (ValueError, OverflowError):
        raise ArticleError(file, 1, "the front matter holds a number that is too large", _SIMPLE) from None


def json_entries(text: str) -> tuple[list[Entry], int]:
    """Return the keys and values of a JSON object on top of a text, and the lines that it takes; ([], 0) for none."""
    if not text.startswith("{"):
        return [], 0
    try:
        values, end = json.JSONDecoder(parse_constant=str).raw_decode(text)
    except (ValueError, RecursionError):
        return [], 0
    if not isinstance(values, dict) or text[end : end + 1] not in ("", "\n"):
        return [], 0
    entries: list[Entry] = []
    for key, value in values.items():
        place = text.find(json.dumps(key, ensure_ascii=False), 0, end)
        entries.append(Entry(key, text.count("\n", 0, max(place, 0)) + 1, _value(value)))
    return entries, text.count("\n", 0, end) + 1
