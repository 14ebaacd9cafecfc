"""Tells which letters of a PDF's page are drawn twice, a hair's breadth apart, to look bold or to throw a shadow."""

from __future__ import annotations

_NEAR = 0.15
"""Sizes of the type between two letters at most of which the second is a shadow."""
_ROWS = 8
"""Points of height of the rows by which letters are looked up: shadows are nearer."""


class Shadows:
    """The letters of a page that were drawn until now."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[int, list[tuple[float, float, int]]]] = {}

    def holds(self, text: str, at: tuple[float, float, int], size: float) -> bool:
        """Tell whether a letter is a shadow of one that was drawn before.

        `at` has its place and the drawn text that it is of: the two letters of a ligature, "ff", are at one place.
        """
        x, y, drawn = at
        near = _NEAR * size
        places = self._seen.setdefault(text, {})
        for row in {int((y - near) // _ROWS), int((y + near) // _ROWS)}:
            for seen_x, seen_y, seen_drawn in places.get(row, ()):
                if drawn != seen_drawn and -near < seen_x - x < near and -near < seen_y - y < near:
                    return not text.isspace()
        places.setdefault(int(y // _ROWS), []).append(at)
        return False
