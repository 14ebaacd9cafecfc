"""Takes out of Markdown what a site generator or Obsidian reads itself: snippets, contents, drawings, names."""

from __future__ import annotations

import re
from collections.abc import Callable

from wellread.articles.marktext import newlines, replace_marks

LeftOut = Callable[[re.Match[str], str, str], None]
"""Called with a mark that is left out, why readers do not see it, and the remedy; the text has kept its lines."""

_DRAWN = frozenset(
    "mermaid plantuml puml graphviz dot d2 kroki vega vega-lite chart echarts markmap wavedrom nomnoml "
    "dataview dataviewjs query tasks base button excalidraw kanban tracker".split()
)
"""Code blocks that sites and Obsidian replace by a drawing or by a list of other files."""

_COMPUTED = frozenset("r python julia ojs sql stan bash".split())
"""Code blocks, as "{r}", that R Markdown, Quarto and MyST replace by what they compute."""

COMPUTED = re.compile(r"`(?:r[ ]+[\w.:]+[(\[$]|\{(?:r|python|julia|ojs)\}[ ])[^`\n]*`")
"""A value inside a sentence that R Markdown and Quarto compute: "`r mean(x)`"; "`r = 0.3`" is a text."""

_ITEM = r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+"
_TOC = r"\n[ \t]*\{:[ \t]*toc\b[^}\n]*\}[ \t]*$"
_CONTENTS = re.compile(
    rf"^{_ITEM}[^\n]*{_TOC}"
    r"|^[ \t]*(?:@?\[TOC\](?:\([^()\n]*\))?|\[\[_?TOC_?\]\]|\\(?:newpage|pagebreak|clearpage)|\([\w:.-]+\)=)[ \t]*$"
    r"|^[ \t]*\{::(?:options|nomarkdown)\b[^}\n]*\}[ \t]*$"
    r"|^[ \t]*\.\.[ \t]+(?:toc|contents)::[^\n]*$|(?<=\n\n)[ \t]*={4,}[ \t]*$",  # and a line drawn alone
    re.IGNORECASE | re.MULTILINE,
)
_FETCHED = re.compile(
    r"^[ \t]*-+8<-+[ \t]+(?:\"[^\"\n]+\"|'[^'\n]+')[ \t]*$"  # snippets of PyMdown, and more than one below
    r"|^[ \t]*-+8<-+[ \t]*\n(?:[^\n]+\n){1,20}?[ \t]*-+8<-+[ \t]*$"
    r"|\{![^{}!\n]+!\}|^[ \t]*<<<[ \t]*@[^\n]*$|\[!INCLUDE[ \t]*\[[^\[\]\n]*\]\([^()\n]*\)\]"
    r"|^[ \t]*\.\.[ \t]+(?:image|figure|include|literalinclude|raw|toctree)::[^\n]*$(?:\n[ \t]+:[a-z][\w-]*:[^\n]*$)*"
    r"|(?<![\\{$\w^_}=])\{[ \t]*[A-Za-z_]\w*\([^{}\n]*\)[ \t]*\}"
    r"|:{0,2}contentReference\[oaicite:\d+\](?:\{index=\d+\})?|【\d+†[^【】\n]{0,80}】"  # of language models
    r"|@\[[\w-]+\]\([^()\n]*\)|(?<![\\{$\w^_}=])\{[ \t]*[A-Za-z_]\w*(?:\??\.\w+|\[[^\[\]{}\n]*\])+[ \t]*\}",
    re.MULTILINE | re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_PLACE_NAME = re.compile(
    r"(?:^|(?<=[ \t]))\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{1,40}(?=[ \t]*(?:#\w[\w/-]*[ \t]*)*$)", re.MULTILINE
)
_TAG = r"#[^\W\d_][\w/-]*"
_TAGS = re.compile(
    rf"(?<=\S)(?:[ \t]+{_TAG})+[ \t]*$|^[ \t]*{_TAG}(?:[ \t]+{_TAG})+[ \t]*$"
    r"|^[ \t]*(?:#[\w-]+/[\w/-]+|#[a-z][\w-]*)[ \t]*$"
    rf"|^[ \t]*{_TAG}[ \t]*(?:\n[ \t]*{_TAG}[ \t]*)+$",
    re.MULTILINE,
)
"""Tags by which a note is filed, at the end of a line or alone; "#Causes" alone may be a heading, typed too fast."""
_ENDS = ".!?:;…)]*_。！？।۔؟"
_BEFORE_KEY = (
    r"see|also|cf|e\.g|compare|in|from|siehe|s|vgl|auch|z\. ?B|voir|aussi|véase|ver|también|veja|vedi|cfr|anche|zie|ook"
    r"|se|jf|zob|por|см|ср|див"
)
_CITED = re.compile(
    rf"[ \t]?(?<![\[\\!])\[(?:(?:{_BEFORE_KEY})\.?,?\s+){{0,3}}-?@\w[^\[\]\n]{{0,200}}\](?![(\[:])", re.IGNORECASE
)
"""Keys of a list of sources that stands in another file: "[see @roe2019, p. 3]"; "[the team @gp]" is a text."""
MARKED_WORD = re.compile(
    rf"(?:^|(?<=\s)){_TAG}|(?<![\w@/.\\])@(?:[a-z][\w-]*\d{{4}}[a-z]?|(?:fig|tbl|sec|eq)-[\w-]+)\b", re.MULTILINE
)
"""A tag or a key inside a sentence, which stays there."""
_SLASHED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>/{3,})(?:[ \t]+(?P<type>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>[^\n]*))?)?[ \t]*$"
    r"(?P<options>(?:\n(?:[ ]{4}|\t)[ \t]*[\w-]+:[^\n]*)*)",
    re.MULTILINE,
)

UNSHOWN = re.compile(
    rf"^{_ITEM}[^\n]{{0,80}}\b(?:toc|contents)\b[^\n]{{0,80}}{_TOC}|{_FETCHED.pattern}|{_ABBREVIATION.pattern}|{_PLACE_NAME.pattern}"
    rf"|{_TAGS.pattern}|{_CITED.pattern}|(?<![\w@/.\\])@(?:sec|tbl)-[\w-]*\w"
    rf"|^[ \t]*\([\w:.-]+\)=[ \t]*$|{COMPUTED.pattern}"
    r"|^[ \t]*/{3,}(?:[ \t]+[\w-]+[ \t]*(?:\|[^\n]*)?)?[ \t]*$(?:\n(?:[ ]{4}|\t)[ \t]*[\w-]+:[^\n]*)*"
    rf"|^[ \t>]*(?P<drawn>`{{3,}}|~{{3,}})[ \t]*"
    rf"(?:\{{?\.?(?:{'|'.join(map(re.escape, sorted(_DRAWN)))})|\{{(?:{'|'.join(sorted(_COMPUTED))}))\b[^\n]*\n"
    r"(?:[^\n]*\n){0,500}?[ \t>]*(?P=drawn)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""What readers are not shown of such lines and marks; each is taken out with a note, or is a name for machines."""


def is_drawn(info: str) -> bool:
    """Tell whether a code block of this info string is replaced by a drawing, a result or a list of files."""
    words = info.strip().strip("{}").split()
    name = words[0].strip("{}.,").lower() if words else ""
    return name in _DRAWN or (name in _COMPUTED and info.strip().startswith("{") and not info.strip().startswith("{."))


def read_site_lines(text: str, left_out: LeftOut) -> str:
    """Return a text without such lines, which keep their numbers; boxes between "///" become those between ":::".

    What stands for words that readers do not see is told to `left_out`: a file or a value to be put in, the meaning of
    an abbreviation. Contents and the names of places hold no words for them.
    """

    def fetched(mark: re.Match[str]) -> str:
        remedy = "write what your site shows there into the article, or delete the mark"
        left_out(mark, "what it stands for is not in the file", remedy)
        return newlines(mark[0])

    def abbreviation(mark: re.Match[str]) -> str:
        remedy = "write the meaning in brackets behind the abbreviation where it is first used"
        left_out(mark, "sites show it only where the pointer rests on the abbreviation", remedy)
        return newlines(mark[0])

    lowered = text.lower()
    if any(sign in lowered for sign in ("toc", "\\newpage", "\\pagebreak", "\\clearpage", ")=", "====", "{::")):
        text = _CONTENTS.sub(lambda mark: newlines(mark[0]), text)

    def tags(mark: re.Match[str]) -> str:
        before = mark.string[mark.string.rfind("\n", 0, mark.start()) + 1 : mark.start()].strip()
        word = mark[0].count("#") == 1 and "/" not in mark[0] and before
        if word and not before.startswith("#") and before[-1] not in _ENDS:
            return mark[0]  # perhaps the last word of a sentence that goes on: "a flare of #gout"
        left_out(mark, "sites file the page by it", 'write it into the front matter, as "tags", or delete it')
        return newlines(mark[0])

    def cited(mark: re.Match[str]) -> str:
        left_out(mark, "the list of sources that it names is not in the file", "write the source itself, or delete it")
        return ""

    text = replace_marks(text, ("8<-", "{", "<<<", "[!", "@[", "::", "【", "contentReference["), _FETCHED, fetched)
    text = replace_marks(text, ("*[",), _ABBREVIATION, abbreviation)
    text = replace_marks(text, ("^",), _PLACE_NAME, "")
    text = replace_marks(text, ("@",), _CITED, cited)
    text = replace_marks(text, ("#",), _TAGS, tags)
    return replace_marks(text, ("///",), _SLASHED, _box)


def _box(mark: re.Match[str]) -> str:
    title = f" {mark['type']} {mark['title'] or ''}".rstrip() if mark["type"] else ""
    return f"{mark['indent']}:::{title}{newlines(mark['options'])}"
