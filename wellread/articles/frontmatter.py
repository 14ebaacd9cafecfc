"""The front matter of a Markdown article: what it says about itself in YAML, between two lines `---`."""

from __future__ import annotations

import re
from datetime import date

import yaml

from wellread.articles.outline import Details
from wellread.errors import ArticleError

MAX_CHARS = 20_000
"""A front matter longer than this is refused unread; a real one has a few hundred characters."""

_CLOSE_IT = 'put a line "---" after the last line of the front matter'
_SIMPLE = 'write simple lines like "title: Angina"'
_WRITE_A_DATE = "write it as 2026-05-31"


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases, which a front matter has no use for and an alias bomb lives on."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*) has no place here", mark)
        return super().compose_node(parent, index)


def split_front_matter(text: str, file: str) -> tuple[Details, int, str]:
    """Return what the front matter says, the number of lines it takes and the text below it.

    Text whose first line is not `---` has no front matter. Values are taken as they are written and never
    constructed: `language: no` is Norwegian, not false. Raises ArticleError, with the line of the file.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Details(), 0, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise ArticleError(file, 1, "the front matter that begins here is not closed", _CLOSE_IT)
    inside = "\n".join(lines[1:end])
    if len(inside) > MAX_CHARS:
        raise ArticleError(file, 1, f"the front matter is longer than {MAX_CHARS:,} characters", _CLOSE_IT)
    return _read(inside, file), end + 1, "\n".join(lines[end + 1 :])


def read_date(value: str, key: str, file: str, line: int) -> date:
    """Return a date written as 2026-05-31; raises ArticleError naming the key for anything else."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # the 31st of February
    raise ArticleError(file, line, f'{key} is not a date: "{_shortened(value)}"', _WRITE_A_DATE)


def read_language(value: str, file: str, line: int) -> str:
    """Return a language code such as "en" or "pt-BR"; raises ArticleError for what has not that shape."""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        return value
    reason = f'language is not a language code: "{_shortened(value)}"'
    raise ArticleError(file, line, reason, 'write a code such as "en", "de" or "pt-BR"')


def _read(inside: str, file: str) -> Details:
    values = _values(inside, file)

    def text(key: str) -> str:
        return values[key][0] if key in values else ""

    def day(key: str) -> date | None:
        return read_date(text(key), key, file, values[key][1]) if key in values else None

    return Details(
        id=_read_id(text("id"), file, values["id"][1]) if "id" in values else "",
        title=text("title"),
        disclaimer=text("disclaimer"),
        source=text("source"),
        language=read_language(text("language"), file, values["language"][1]) if "language" in values else "",
        last_reviewed=day("last_reviewed"),
        next_review=day("next_review"),
        warning=text("warning"),
    )


def _values(inside: str, file: str) -> dict[str, tuple[str, int]]:
    """Return the value of each known key on one line, with the line of the file on which the key stands."""
    values: dict[str, tuple[str, int]] = {}
    node = _compose(inside, file)
    if node is None:
        return values
    if not isinstance(node, yaml.MappingNode):
        raise ArticleError(file, 2, "the front matter is not made of keys and values", _SIMPLE)
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 2
        if key_node.tag == "tag:yaml.org,2002:merge" or key not in Details.__dataclass_fields__:
            continue
        if key in values:
            raise ArticleError(file, line, f"{key} is given twice", "keep one of the two")
        if not isinstance(value_node, yaml.ScalarNode):
            raise ArticleError(file, line, f"{key} is not a single value", f'write it on one line, "{key}: ..."')
        value = " ".join(value_node.value.split())
        if value_node.tag == "tag:yaml.org,2002:null" or not value:
            if key == "id":
                raise ArticleError(file, line, "id is empty", 'write it after "id:" or delete the line')
            continue
        values[key] = (value, line)
    return values


def _compose(inside: str, file: str) -> yaml.Node | None:
    remedy = "put a value that holds : # or quotes between double quotes"
    try:
        return yaml.compose(inside, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
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


def _read_id(value: str, file: str, line: int) -> str:
    bad = sorted({char for char in value if char in '#?&%\\"<>' or char.isspace()})
    if bad or "//" in value or value.startswith("/") or value.endswith("/"):
        what = "spaces" if bad == [" "] else f'"{bad[0]}"' if bad else "an empty part between slashes"
        reason = f'id "{_shortened(value)}" holds {what}'
        raise ArticleError(
            file, line, reason, "write letters, digits, - _ . and single slashes inside, as heart/angina"
        )
    return value


def _shortened(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."
