"""Tells what a web page hides for good from what it shows on a click, or hides from one way of reading only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wellread.importing.tree import HEADING_NAMES, HEADINGS, is_links, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import Tag

PANEL = "data-panel"
"""The attribute that marks what a label opens."""

PANEL_CLASS = re.compile(
    r"(?:^|[-_ ])(?:tab-?content|accordion|collaps\w*|tab-?pane|tab-?panel|panel|pane|toggle\w*|expand\w*|answer|faq"
    r"|spoiler|read-?more)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""What sites call what a click opens, in its class."""
_REST = re.compile(r"(?:^|[-_ ])(?:more|more-?(?:text|content)|read-?more|rest|full-?text)(?:$|[-_ ])", re.IGNORECASE)
"""What scripts call the rest of a text that a button shows, in class or id."""
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:d-none|hidden|hide|is-hidden|u-hidden|uk-hidden|ng-hide|w-condition-invisible|invisible|display-none)(?:\s|$)",
    re.IGNORECASE,
)
_NEVER_SHOWN = re.compile(r"(?:^|\s)w-condition-invisible(?:\s|$)")
"""What Webflow calls an element whose condition does not hold for the page; no click shows it."""
_ON_SOME_SCREENS = re.compile(r"\b(?:d-)?(?:sm|md|lg|xl|xxl)[-:](?:block|flex|grid|inline\S*|table\S*)")
_FOR_EARS = re.compile(
    r"(?:^|[\s_-])(?:(?:visually|element|text|screenreader|a11y|accessibly|accessible)-?(?:hidden|invisible|hide)"
    r"|(?:sr|readers?)-?only|screen-?reader(?:-?(?:text|only))?|invisible-?text|hidden-?(?:structure|accessible|visually)"
    r"|off-?screen|assistive-?text|hors-ecran)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_BESIDE = 3
"""Words at most between a heading and what it opens: "Show", "Read more", a sign."""
_LETTER = re.compile(r"[^\W\d_]")


def is_hidden(tag: Tag) -> bool:
    """Tell whether an element is hidden from the eyes, or from those who have the page read aloud."""
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden")).lower() == "true"
        or bool(_UNSEEN_STYLE.search(str(tag.get("style") or "")))
        or _is_hidden_by_class(tag)
        or is_for_ears(tag)
    )


def _is_hidden_by_class(tag: Tag) -> bool:
    """Tell whether a class hides an element on every screen, and not only on small ones ("hidden md:block")."""
    classes = classes_of(tag)
    return _HIDDEN_CLASS.search(classes) is not None and _ON_SOME_SCREENS.search(classes) is None


def classes_of(tag: Tag) -> str:
    """The classes of an element, with a space between two of them."""
    return " ".join(str(name) for name in tag.get_attribute_list("class") if name)


def is_for_ears(tag: Tag) -> bool:
    """Tell whether an element is only read aloud, and never seen."""
    short = tag.name == "span" and "sr" in tag.get_attribute_list("class")  # ScrollReveal calls whole pages so
    return short or bool(_FOR_EARS.search(classes_of(tag)))


def for_eyes(tag: Tag) -> bool:
    """Tell whether hidden text is seen all the same, and only passed over when a page is read aloud."""
    return not (tag.has_attr("hidden") or _UNSEEN_STYLE.search(str(tag.get("style") or "")) or _is_hidden_by_class(tag))


def is_window(tag: Tag) -> bool:
    """Tell whether an element is a window over the page, or a message of it, and no part of its text."""
    if tag.name == "dialog" or str(tag.get("role")) in ("dialog", "alertdialog", "menu", "search", "status", "alert"):
        return True
    return re.search(r"modal|popup|lightbox|cookie|consent|newsletter", classes_of(tag), re.IGNORECASE) is not None


def can_be_opened(tag: Tag) -> bool:
    """Tell whether hidden text is a panel that a reader can open, or seen all the same."""
    words = text_of(tag)
    if not _LETTER.search(words) or tag.name in ("nav", "template", "i") or is_links(tag) or is_window(tag):
        return False
    if _NEVER_SHOWN.search(classes_of(tag)):
        return False
    if is_for_ears(tag):
        heading = nearest_around(tag, HEADING_NAMES)  # "Urgent advice:" before a heading's words is as good as seen
        return heading is not None and text_of(heading).startswith(words) and text_of(heading) != words
    if tag.has_attr(PANEL) or any(parent.has_attr(PANEL) for parent in tag.parents):
        return True
    if PANEL_CLASS.search(classes_of(tag)) or str(tag.get("role")) in ("tabpanel", "region"):
        return True
    if _REST.search(f"{classes_of(tag)} {tag.get('id') or ''}"):
        return True
    if for_eyes(tag) and len(words.split()) > 2:
        return True
    return tag.name not in HEADINGS and any(map(_ends_in_heading, _before(tag)))


def _ends_in_heading(tag: Tag) -> bool:
    """Tell whether an element is a heading, or ends in one that may open what is below, a sign or "Show" beside."""
    headings = [words for one in [tag, *tag.find_all(HEADINGS)] if one.name in HEADINGS and (words := text_of(one))]
    return bool(headings) and len(text_of(tag).rpartition(headings[-1])[2].split()) <= _MOST_BESIDE


def _before(tag: Tag) -> Iterator[Tag]:
    """The element before another one, or before the one that it begins; none inside a line, behind words of it."""
    for at in (tag, tag.parent):
        if at is None or at.name in ("body", "main", "article"):
            return
        words = at.previous_sibling
        if getattr(words, "name", None) is None and str(words or "").strip():
            return
        before = at.find_previous_sibling(True)
        if before is not None:
            yield before
            return
