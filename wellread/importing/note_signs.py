"""Finds what refers to a note by a sign, such as the "*" of "5 ml*", whose note begins with the same sign."""

from __future__ import annotations

import re

SIGNS = "*†‡§"


def reference_to(sign: str) -> re.Pattern[str]:
    """Make the pattern of a sign behind a word; in the middle of one, as in "Patient*innen", it refers to nothing."""
    return re.compile(rf"(?<=[^\s{SIGNS}]){re.escape(sign)}(?![{SIGNS}\w])")
