"""One look for every figure: the style sheet, the palette, and how numbers stand on axes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.publish.fonts import add_chinese

SHEET = Path(__file__).with_name("house.mplstyle")

# Okabe and Ito's colours (2008), safe for colour-blind readers; darker where thin lines need it.
INK = "#1f4e5f"
BLUE = "#0072b2"
ORANGE = "#d55e00"
GREEN = "#007f5f"
YELLOW = "#e69f00"
PURPLE = "#a04a80"
GREY = "#8a8a8a"
PALE = "#dfe7ea"
PALETTE = (BLUE, ORANGE, GREEN, YELLOW, PURPLE, GREY)


def subplots(rows: int = 1, cols: int = 1, *, size: tuple[float, float] = (5.8, 3.6), **options: Any) -> Any:
    """Return figure and axes in the house style; `size` is width and height in inches.

    5.8 inches is the width of the text column; at a phone's width the labels are then about 9 pixels high.
    """
    add_chinese()
    plt.style.use(SHEET)  # for the process: legends and labels added later take the style as well
    return plt.subplots(rows, cols, figsize=size, layout="constrained", **options)


def finish(figure: Figure) -> Figure:
    """Take the figure out of pyplot's hands, so that it is shown once and not again at the cell's end."""
    plt.close(figure)
    return figure


def short(value: float) -> str:
    """Write a value as it stands on an axis: 21k, 4.5m, 18bn."""
    for size, mark in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{mark}"
    return f"{value:g}"


def short_axis(axes: Axes, axis: str = "y") -> None:
    """Label an axis with short numbers."""
    which = axes.yaxis if axis == "y" else axes.xaxis
    which.set_major_formatter(FuncFormatter(lambda value, _: short(round(value, 10))))
