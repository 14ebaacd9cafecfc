"""Reads the HTML that editors write into Markdown as Markdown: headings, lists, tables, links; other tags go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import islice

from wellread.articles.marktext import BREAK, PARAGRAPH, argument_texts, newlines, raised, unescaped

Named = Callable[[re.Match[str], bool], None]
"""Called with a tag that cannot be read, and whether it is shown as it is written; the text has kept its lines."""

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rb rp rt s samp "
    "small "
    "span strike strong sub sup time tt u var wbr input button meta link base textarea".split()
)
_DEEPEST = 40
"""Lists are indented no deeper: the parser refuses such a depth, and each level more lengthens every line."""

_BLOCK = frozenset(
    "address article aside blockquote body caption center col colgroup dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main nav ol p picture pre section summary "
    "table "
    "tbody td tfoot th thead tr ul select option optgroup".split()
)
_GOES_ON = re.compile(r"[ \t]*\n?[ \t]*(?=[^\s<]|<(?!br\b|/))", re.IGNORECASE)
_LINE_END = re.compile(rf"[\n{BREAK}]")
_ROW = re.compile(r"[ \t>]*\|")
_TABLE = re.compile(
    r"^[^\n|]*+\|[^\n]*+\n[ \t>]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*(?:\n(?![ \t>]*$)[^\n]*)*", re.MULTILINE
)
"""A table, whose rows need no "|" at their ends: a head, a line of dashes, and what follows up to an empty line."""
_NEAR = 500
"""Characters before a break among which words are looked for, so that a long line costs no more."""
_ANY_TAG = re.compile(r"<[^<>]*>")
_ONE_LINE = re.compile(r"[ \t>]*(?:#{1,6}[ \t]|(?:[-*+]|\d+[.)])[ \t]|<(?:li|t[dhr]|h[1-6]|dt|dd)\b)", re.IGNORECASE)
_UNSEEN = frozenset("audio canvas embed iframe noscript object script source style svg template track video".split())
_ATTRIBUTE = r"""\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'<>=]+))?"""
_TAG = re.compile(
    rf"(?<!\\)(?<!\]\()<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)(?P<attributes>(?:{_ATTRIBUTE}){{0,30}})\s*/?>"
)
_RAISED = re.compile(r"<(?P<name>sup|sub)\b[^<>]*>(?P<text>[^<>]{0,200})</(?P=name)\s*>", re.IGNORECASE)
_HEADING = re.compile(
    r"<(?P<name>h[1-6]|summary|checked)\b[^<>]*>(?P<text>(?:(?!</(?P=name)\b).){0,1000})</(?P=name)\s*>",
    re.I | re.DOTALL,
)
_LINK = re.compile(
    r"""<a\b[^<>]{0,1000}?\shref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]{1,2000}+))[^<>]{0,1000}>"""
    r"((?:(?!</?a\b).){0,1000})</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_TITLE = re.compile(r"<title>[ \t]*([^<>\n]*?)[ \t]*</title>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>(\s*)(?:<p\b[^<>]*>(\s*))?", re.IGNORECASE)
_NUMBERED_ITEM = re.compile(
    r"(<li\b[^<>]*>(?:\s|<(?:strong|b|em|i|p|span)\b[^<>]*>){0,9}\d{1,9})(?=[.)]\s)", re.IGNORECASE
)
_ATX = re.compile(rf"(?:^|{BREAK})[ \t]{{0,3}}(#{{1,6}})[ \t]", re.MULTILINE)
_DETAILS_END = re.compile(r"</details\s*>", re.IGNORECASE)
_AFTER_DETAILS = re.compile(
    rf"(?:\s|{BREAK}|</?(?:div|section|article|p|center|br|hr)\b[^<>]*>|(?:-{{3,}}|\*{{3,}}|_{{3,}})(?=\s))*"
    r"(?:$|<details\b|#{1,6}[ \t]|<h[1-6]\b)",
    re.IGNORECASE,
)
_INNER_HEADING = re.compile(rf"(?:^|{BREAK})[ \t]{{0,3}}(#{{1,6}})[ \t]|<h([1-6])\b", re.MULTILINE | re.IGNORECASE)
_CHECKED = re.compile(
    r"<input\b[^<>]*\btype\s*=\s*[\"']?(?:checkbox|radio)\b[^<>]*>\s*<label\b[^<>]*>((?:(?!</label\b).){1,300})</label\s*>"
    r"(?=\s*<div\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A question behind a checkbox, and the element that it opens: an accordion without a script."""
_MOST_DIVS = 500
"""Tags of a panel that are looked through for its end, so that a long text without ends is read in time."""
_DIV = re.compile(r"<(/?)div\b[^<>]*>", re.IGNORECASE)
_AFTER_CHECKED = re.compile(
    rf"(?:\s|{BREAK}|</?(?:div|section)\b[^<>]*>)*(?:$|<input\b|<h[1-6]\b|#{{1,6}}[ \t])", re.IGNORECASE
)


def read_tags(text: str, named: Named) -> str:
    """Return a text with its HTML as Markdown; lines keep their numbers.

    Tags that only set how words look are left out. Scripts, styles and embedded media have no words and are `named`.
    A tag that HTML does not know ("<your name>") stays as it is written, and is named too.
    """
    if "<" not in text:
        return text
    text = _RAISED.sub(lambda tag: raised(tag["text"]) if tag["name"].lower() == "sup" else tag["text"], text)
    text = _tables(text)
    text = _LINK.sub(_link, text)
    if "<head" in text.lower():
        text = _PAGE_TITLE.sub(lambda tag: f"{PARAGRAPH}{f'# {tag[1]}' if tag[1] else ''}{PARAGRAPH}", text, 1)
    text = _headings(_CHECKED.sub(_mark_checked, text))
    text = _NUMBERED_ITEM.sub(r"\1\\", text)  # a number that is part of the text opens no list in the item
    text = _ITEM.sub(lambda tag: f"{newlines(tag[0])}<li>", text)
    return _Tags(text, named).read()


def _link(tag: re.Match[str]) -> str:
    """Write a link on one line: a picture inside it may leave an empty one, which would end the link."""
    address = unescaped(tag[1] or tag[2] or tag[3] or "")
    return f"[{' '.join(tag[4].split())}](<{address}>){newlines(tag[0])}"


def _mark_checked(label: re.Match[str]) -> str:
    """Mark the question of what a checkbox opens, where no text follows that which would come to stand under it."""
    depth, end = 0, len(label.string)
    for tag in islice(_DIV.finditer(label.string, label.end()), _MOST_DIVS):
        depth += -1 if tag[1] else 1
        if not depth:
            end = tag.end()
            break
    if not _AFTER_CHECKED.match(label.string, end):
        return label[0]
    return f"<checked>{' '.join(label[1].split())}</checked>{newlines(label[0])}"


def _headings(text: str) -> str:
    """Write headings and the questions of closed panels as Markdown's.

    The question of a panel is a heading, above those in it, where no text follows the panel that would come to stand
    under it.
    """
    level = 0  # of the panel above, while panels follow one another
    last = (0, 1)  # where the last heading in HTML stands, and its level
    above = [(found.start(), len(found[1])) for found in _ATX.finditer(text)]
    closed = [(found.start(), found.end()) for found in _DETAILS_END.finditer(text)]

    def write(tag: re.Match[str]) -> str:
        nonlocal level, last
        words = " ".join(tag["text"].split())
        ends = newlines(tag[0])
        if tag["name"].lower() == "checked":
            heading = bisect_left(above, (tag.start(), 0)) - 1
            under = max(last, above[heading] if heading >= 0 else last)[1]
            return f"{PARAGRAPH}{'#' * min(under + 1, 6)} {words}{PARAGRAPH}{ends}"
        if tag["name"].lower() != "summary":
            level = 0
            last = (tag.start(), int(tag["name"][1]))
            return f"{PARAGRAPH}{'#' * int(tag['name'][1])} {words}{PARAGRAPH}{ends}"
        end = bisect_left(closed, (tag.end(), 0))
        if end == len(closed) or not _AFTER_DETAILS.match(text, closed[end][1]):
            level = 0
            return f"{PARAGRAPH}{words}{PARAGRAPH}{ends}"
        if not level:
            heading = bisect_left(above, (tag.start(), 0)) - 1
            level = min(above[heading][1] + 1, 6) if heading >= 0 else 2
        inside = _INNER_HEADING.finditer(text, tag.end(), closed[end][0])
        level = max(min(level, *(len(found[1] or "") + int(found[2] or 0) - 1 for found in inside), level), 1)
        return f"{PARAGRAPH}{'#' * level} {words}{PARAGRAPH}{ends}"

    return _HEADING.sub(write, text)


class _Tags:
    """One walk over the tags of a text; it knows the lists that are open."""

    def __init__(self, text: str, named: Named) -> None:
        self.text = text
        self.named = named
        self.closed = set(re.findall(r"</([A-Za-z][\w.-]*)", text))  # tags that stand around text of the article
        self.lists: list[int] = []  # the next number of each open list, 0 for bullets
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.tables = [found.span() for found in _TABLE.finditer(text)] if "|" in text else []

    def read(self) -> str:
        return _TAG.sub(self._read, self.text)

    def _read(self, tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        ends = newlines(tag[0])
        if name == "br":
            return self._break(tag) + ends
        if name == "img":
            alt = re.search(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag["attributes"])
            return " ".join((alt[1] or alt[2] or "").split()) + ends if alt else ends
        if name in ("ul", "ol"):
            return self._list(name, bool(tag["close"])) + ends
        if name == "li":
            return (BREAK if tag["close"] else self._item()) + ends
        if name == "dd" and not tag["close"]:
            return f"{BREAK}: {ends}"
        if name in _INLINE:
            return ends
        if name in _BLOCK and self._in_row(tag):
            return " " + ends
        if name in _BLOCK:
            return BREAK + ends if name in ("dt", "dd") else PARAGRAPH + ends
        if name in _UNSEEN or tag["name"][0].isupper() or "-" in name:
            # A component of the site: its texts are kept, what it does cannot be.
            if not tag["close"] and (name in _UNSEEN or tag["name"] not in self.closed):
                self.named(tag, False)
            return PARAGRAPH + PARAGRAPH.join(argument_texts(tag["attributes"])) + PARAGRAPH + ends
        if not tag["close"]:
            self.named(tag, True)
        return tag[0]

    def _line_start(self, tag: re.Match[str]) -> int:
        return self.starts[bisect_left(self.starts, tag.start() + 1) - 1]

    def _in_row(self, tag: re.Match[str]) -> bool:
        """Tell whether a tag stands inside a row of a table, which no paragraph can divide."""
        above = bisect_left(self.tables, (tag.start(), 0)) - 1
        inside = above >= 0 and tag.start() < self.tables[above][1]
        return inside or _ROW.match(self.text, self._line_start(tag), tag.start()) is not None

    def _break(self, tag: re.Match[str]) -> str:
        """Write a break inside a paragraph as Markdown's; inside a row, a heading or an item it is a space."""
        start = self._line_start(tag)
        before = self.text[max(start, tag.start() - _NEAR) : tag.start()]
        after = _GOES_ON.match(self.text, tag.end())
        one_line = self._in_row(tag) or _ONE_LINE.match(self.text, start, tag.start())
        if not after or one_line or not _ANY_TAG.sub("", before).strip():
            return " "
        return "\\" if "\n" in after[0] else f"\\{BREAK}"

    def _list(self, name: str, closes: bool) -> str:
        if not closes:
            self.lists.append(1 if name == "ol" else 0)
        elif self.lists:
            self.lists.pop()
        return PARAGRAPH if len(self.lists) <= (0 if closes else 1) else BREAK

    def _item(self) -> str:
        depth = min(max(len(self.lists) - 1, 0), _DEEPEST)
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        return f"{BREAK}{'   ' * depth}{f'{number}. ' if number else '- '}"


def _tables(text: str) -> str:
    """Write every table as Markdown's, in one go on the line on which it begins."""
    pieces: list[str] = []
    at = 0
    lower = text.lower()
    while (start := lower.find("<table", at)) >= 0:
        end = lower.find("</table", start)
        end = text.find(">", end) + 1 if end >= 0 else 0
        if end <= 0:
            break
        table = _Table()
        table.feed(text[start:end])
        table.close()
        pieces += [text[at:start], table.markdown(), newlines(text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


class _Table(HTMLParser):
    """Collects the cells of a table, row by row, and its caption."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[list[str]] = []
        self.caption = ""
        self.into = ""  # the tag whose text is being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" or (tag in ("td", "th") and not self.rows):
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag in ("td", "th", "caption"):
            self.into = tag
        elif tag == "img":
            self._add(dict(attrs).get("alt") or "")
        elif tag not in _INLINE:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption", "tr"):
            self.into = ""
        elif tag not in _INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if self.into == "caption":
            self.caption += text
        elif self.into and self.rows and self.rows[-1]:
            self.rows[-1][-1] += text
        elif text.strip():
            self.caption += f" {text}"

    def markdown(self) -> str:
        rows = [row for row in self.rows if any(cell.strip() for cell in row)]
        columns = max(map(len, rows), default=0)
        lines = [" ".join(self.caption.split()), ""]
        for at, row in enumerate(rows):
            whole = row if at else [*row, *[""] * (columns - len(row))]  # only the first row says how many there are
            cells = [" ".join(cell.split()).replace("|", "\\|") for cell in whole]
            lines.append(f"| {' | '.join(cells)} |")
            lines += ["|---" * columns + "|"] if at == 0 else []
        return PARAGRAPH + BREAK.join(lines) + PARAGRAPH
