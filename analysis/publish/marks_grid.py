"""Grids and distributions: heat maps, strips and steps of a distribution, drawn by seaborn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap
from matplotlib.lines import Line2D

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.touch import lead_names

Spread = Literal["ecdf", "strip"]


def draw_grid(
    axes: Axes, cells: pd.DataFrame, *, colours: Colormap | Sequence[str] | None = None, gap: float = 0.6,
    notes: pd.DataFrame | None = None, limits: tuple[float, float] | None = None, letters: float = style.SMALL,
    every: int | None = None, leads: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Draw a table as a heat map: rows from the top, columns from the left, blank where a cell is NaN.

    `colours` is a colour map (`style.shades` is one), or one colour for each code 0, 1, 2, ... in the cells. `notes`
    writes words into the cells, `every` labels each n-th column, `leads` has addresses by the names of rows or columns.
    """
    lead_names(axes, leads or {})
    low, high = limits or (None, None)
    if colours is None or isinstance(colours, Colormap):
        chosen = colours or style.shades()
    else:
        chosen = ListedColormap(list(colours))
        low, high = limits or (-0.5, len(colours) - 0.5)
    sns.heatmap(
        cells.astype(float), ax=axes, cmap=chosen, vmin=low, vmax=high, linewidths=gap, linecolor=style.PAPER,
        annot=None if notes is None else notes.to_numpy(), fmt="", annot_kws={"fontsize": letters},
        cbar=False, xticklabels=every or 1, yticklabels=1,
    )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    axes.tick_params(axis="both", length=0, labelsize=letters)
    axes.tick_params(axis="y", rotation=0)
    axes.tick_params(axis="x", rotation=0)
    axes.grid(visible=False)


def grid_legend(axes: Axes, meanings: Mapping[str, str], *, cols: int = 2) -> None:
    """Name the colours of a grid (words -> colour) above it."""
    look: dict[str, Any] = {"ls": "none", "marker": "s", "ms": 8, "markeredgecolor": style.RULE, "mew": 0.4}
    marks = [Line2D([], [], color=colour, label=words, **look) for words, colour in meanings.items()]
    axes.legend(
        handles=marks, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=cols, fontsize=9, handletextpad=0.3,
        columnspacing=1, borderaxespad=0.2,
    )  # fmt: skip


def draw_spread(
    axes: Axes, frame: pd.DataFrame, *, x: str, y: str | None = None, by: str | None = None, kind: Spread = "strip",
    colours: Mapping[str, str] | Sequence[str] | None = None, log: bool = False, seed: int = 0, **look: Any,
) -> None:  # fmt: skip
    """Draw how the values of a column spread, by the groups of another: a strip of points, or steps.

    Points of a strip are moved aside at random so that they do not hide one another; `seed` fixes how. Raises
    InputError for a column that the frame lacks, or where there is nothing to draw.
    """
    for name in (x, y, by):
        if name is not None and name not in frame:
            raise InputError(f"there is no column {name!r}; choose of: {', '.join(map(str, frame.columns))}.")
    if frame[x].dropna().empty:
        raise InputError(f"column {x!r} holds no value to draw.")
    shown: dict[str, Any] = {"data": frame, "x": x, "hue": by, "ax": axes}
    if by is not None:
        shown["palette"] = colours or list(style.GROUPS[: frame[by].nunique()])
    if log:
        axes.set_xscale("log")
    if kind == "ecdf":
        old = len(axes.lines)
        sns.ecdfplot(**shown, **look)
        for line in axes.lines[old:]:  # seaborn begins them at minus infinity, which a log axis takes for 0
            steps = np.asarray(line.get_xdata(), float)
            line.set_xdata([steps[1], *steps[1:]])
    else:
        state = np.random.get_state()  # seaborn moves points by the global generator
        np.random.seed(seed)
        sns.stripplot(**shown, y=y, **{"size": 3.5, "alpha": 0.6, "jitter": 0.28} | look)
        np.random.set_state(state)
    axes.set(ylabel="" if y else axes.get_ylabel())
