"""The words of a text, and which of them carry meaning."""

from __future__ import annotations

import re

from wellread.text.accounting import MARKS

FUNCTION_WORDS = frozenset(
    "a about after all also am an and any are as at be been before being but by can could did do does for from had "
    "has have having he her him his how i if in into is it its just may me might must my not of on or our own shall "
    "she should so some such than that the their them then there these they this those to was we were what when "
    "where which who whom whose why will with would you your".split()
)
"""English words that say nothing about a subject."""

PREFIX_LENGTH = 5
"""Letters of a word that tell it: enough to pass over its endings."""

_NOT = re.compile("(?:ca|do|does|did|is|are|was|were|have|has|had|could|should|would|must)n['’]?t")
_WORD = re.compile(rf"[\w{MARKS}]+(?:['’][\w{MARKS}]+)*")


def content_words(text: str) -> list[str]:
    """The distinct words of a text in lower case and in order, function words left out unless there are no others."""
    words = list(dict.fromkeys(_WORD.findall(text.lower())))
    return [word for word in words if word not in FUNCTION_WORDS and not _NOT.fullmatch(word)] or words


def word_prefixes(text: str) -> set[str]:
    """The first letters of a text's content words, which tell a word whatever its ending."""
    return {word[:PREFIX_LENGTH] for word in content_words(text)}
