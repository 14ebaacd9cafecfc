"""Places on a page of a PDF, and how they stand where the page is turned."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page."""

    left: float
    bottom: float
    right: float
    top: float

    def inside(self, other: Box) -> Box:
        """The part of the box that lies in another."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def turned(self, angle: int) -> Box:
        """The box in the frame in which text of this angle is upright."""
        (ax, ay), (bx, by) = turn(self.left, self.bottom, angle), turn(self.right, self.top, angle)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def turn(x: float, y: float, angle: int) -> tuple[float, float]:
    """A place in the frame in which text of this angle is upright."""
    match angle % 360:
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
        case 0:
            return x, y
        case slant:
            cosine, sine = math.cos(math.radians(slant)), math.sin(math.radians(slant))
            return x * cosine + y * sine, y * cosine - x * sine
