"""How the report's figures look: as wide as a paper's column, readable without colour, the same bytes each time."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 3.5, 2.5
"""Inches, without a legend; at this width text is of 10 points, in a column of a paper as on a phone."""

GAIN, LOSS, BAND = "#0072b2", "#d55e00", "#d9d9d9"

_TICKS = 7
_LEGEND_ROW = 0.2
_LONGEST = 32
_STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: it can be found, copied and read aloud
    "svg.hashsalt": "wellread",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": 10,
    "axes.titlesize": 10,
    "text.parse_math": False,
    "axes.formatter.useoffset": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#d9d9d9",
    "grid.linewidth": 0.5,
    "lines.linewidth": 1.4,
    "lines.markersize": 4.5,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "legend.columnspacing": 1.2,
}


@dataclass(frozen=True, slots=True)
class Look:
    """A line's colour (at least 3 to 1 on white; hues of Okabe and Ito, darkened), dashes and marker."""

    colour: str
    dashes: Any
    marker: str


LOOKS = (
    Look("#000000", "-", "o"),
    Look("#0072b2", (0, (5, 2)), "s"),
    Look("#d55e00", (0, (1, 1)), "^"),
    Look("#007f5f", (0, (6, 2, 1, 2)), "D"),
    Look("#a8517f", (0, (3, 1, 1, 1, 1, 1)), "v"),
    Look("#946600", (0, (9, 2)), "X"),
    Look("#2f86bd", (0, (2, 2)), "P"),
)


def draw(
    fill: Callable[[Figure], None], name: str, label: str, lines: Sequence[str] = (), height: float = HEIGHT
) -> str:
    """A figure as an <svg> element to stand in a page, with a text alternative.

    `fill` draws on an empty figure, `name` keeps its ids apart from those of other figures of the page, `lines` are
    what a legend above it will name.
    """
    import matplotlib
    from matplotlib.figure import Figure

    written = io.StringIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        # A letter that the font lacks is drawn by the reader's own fonts.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        matplotlib.rcdefaults()  # nobody's own settings
        matplotlib.rcParams.update(_STYLE)
        rows = -(-len(lines) // _columns(lines)) if lines else 0
        figure = Figure(figsize=(WIDTH, height + rows * _LEGEND_ROW), layout="constrained")
        fill(figure)
        unsaid = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(written, format="svg", metadata=unsaid)
    return _inline(written.getvalue(), name, label)


def plot_lines(
    figure: Figure, axes: Axes, curves: Sequence[tuple[str, Sequence[float], Sequence[float]]], marks: int = 0
) -> None:
    """Draw a line for each name, x and y, and name them above the figure where there are several.

    Every point has a marker, or, where `marks` is more than 0, that many of them.
    """
    handles = []
    for number, (_, x, y) in enumerate(curves):
        look = LOOKS[number % len(LOOKS)]
        every = max(1, len(x) // marks) if marks else 1
        handles += axes.plot(
            *(x, y),
            color=look.colour,
            linestyle=look.dashes,
            marker=look.marker,
            markevery=(number * every // len(curves), every),
            markerfacecolor="white" if number else look.colour,
        )
    if len(curves) > 1:
        names = [_short(name) for name, _, _ in curves]
        figure.legend(handles, names, loc="outside upper left", ncols=_columns(names))


def round_ticks(low: float, high: float) -> list[float]:
    """Values of 1, 2 and 5 times a power of ten from `low` to `high`, both above 0, for a logarithmic axis.

    Where these are too many to be written side by side, the powers of ten alone.
    """
    for digits in ((1, 2, 5), (1,)):
        ticks = [float(f"{digit}e{power}") for power in range(-9, 13) for digit in digits]
        shown = [tick for tick in ticks if low <= tick <= high]
        if len(shown) <= _TICKS:
            break
    return shown


def log_axis(axes: Axes, ticks: Sequence[float]) -> None:
    """Make x logarithmic, with these ticks written as plain numbers."""
    axes.set_xscale("log")
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)


def _columns(names: Sequence[str]) -> int:
    """As many columns as a legend of these names has room for."""
    longest = max(len(_short(name)) for name in names)
    return min(len(names), 3 if longest <= 8 else 2 if longest <= 15 else 1)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _inline(svg: str, name: str, label: str) -> str:
    """Make a document an element: no prologue, ids of its own, as wide as there is room."""
    opening, _, inside = svg[svg.index("<svg") :].partition(">")
    inside = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", inside, count=1, flags=re.DOTALL)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', inside))
    inside = re.sub(r' id="([^"]*)"', lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", inside)
    inside = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", inside)
    box = re.search(r'viewBox="[^"]*"', opening)
    return (
        f'<svg {box[0] if box else ""} xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' role="img" aria-label="{escape(label)}" stroke-linejoin="round" stroke-linecap="butt">{inside.strip()}'
    )
