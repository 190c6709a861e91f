"""Specification curves: every defensible estimate in order, the choices behind them, and the placebo dates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.marks_grid import draw_grid
from analysis.publish.pages.effects.story import story
from analysis.publish.pages.ledger.grades import ledger_source
from analysis.publish.pages.ledger.wording import change, share
from analysis.publish.words import listed
from analysis.scrutiny.checks import Scrutiny
from analysis.scrutiny.ledger import Entry

OWN = style.GROUPS[1]
BINS = 24
DARKEST = 2.2  # times as often as overall
BLACK = "black"  # of estimates with p below 0.05, as the note says
MOST_DOTS = 400
LEAST_REACH = float(np.log(1.5))  # of the axis, in logs
TAIL = 0.02  # share of estimates at either end that may be drawn at the frame
CHOICES = {
    "series": "figures",
    "span": "span",
    "lag": "lag",
    "trend": "trend",
    "impact": "impact",
    "denominator": "per",
    "outlier": "outlier",
    "family": "scale",
    "errors": "errors",
}
WORDS = {"": "nothing", "0": "as registered", "1": "one year more", "kept": "kept", "all": "whole"}


def curve_chart(dataset: Dataset, name: str) -> Chart:
    """Draw the specification curve of one of the chapter's hypotheses.

    Raises
    ------
    InputError
        If the chapter tells none of this name, or its multiverse is empty.
    """
    one = story(dataset, name)
    scrutiny = one.scrutiny
    if scrutiny is None or not len(scrutiny.multiverse):
        raise InputError(
            f"{one.hypothesis.hypothesis_id} has no specification to draw; it has too few periods."
        )
    table = ordered(scrutiny)
    mix = mixture(table)
    heights = [1.9, 0.185 * len(mix) + 0.2, 0.6]
    figure, (top, middle, bottom) = style.subplots(
        3, 1, size=(style.WIDTH, sum(heights) + 0.7), height_ratios=heights
    )
    draw_curve(top, scrutiny)
    top.set_title(f"{len(table):,} estimates, in order")
    _choices(middle, mix)
    shares = [row[2] for row in scrutiny.placebo_table if np.isfinite(row[2])]
    bottom.plot(shares, [0] * len(shares), "o", ms=7, mfc="none", mec=style.INK, mew=1.4)
    bottom.plot(scrutiny.sign_share, 0, "D", ms=7, color=OWN, mec=style.PAPER, zorder=3)
    bottom.update_datalim([(0, 0), (1, 0)])  # a share runs from none to all
    bottom.autoscale_view()
    bottom.set_yticks([])
    bottom.grid(visible=False)
    bottom.spines["left"].set_visible(False)
    bottom.xaxis.set_major_formatter(PercentFormatter(1))
    dates = f"{len(shares) or 'no'} placebo date{'s' if len(shares) > 1 else ''}"
    bottom.set_title(f"Share of one sign, here and at {dates}")
    return Chart(
        name=f"fig-curve-{name}",
        figure=style.finish(figure),
        title=_title(scrutiny),
        alt=_alt(one, scrutiny, table),
        note="Top: the change of the first three periods under every specification, sorted (at most "
        f"{MOST_DOTS} dots). Black where p is below 0.05, diamond: the registered one; estimates beyond the frame "
        "stand at it. Middle: how often a choice was made in each part of the order; where a row is dark at one "
        "end, that choice drives the sign. Bottom: the share of one sign at dates when nothing of the kind happened "
        "(circles) and at the measure (diamond).",
        source=ledger_source(dataset, (one,)),
    )


def _title(scrutiny: Scrutiny) -> str:
    """Say the share of one sign, and the same at placebo dates."""
    said = f"{share(scrutiny.sign_share)} of the specifications have the estimate's sign"
    if np.isfinite(scrutiny.placebo_sign_share):
        return f"{said}; at placebo dates {share(scrutiny.placebo_sign_share)} on average"
    return f"{said}; there is no placebo date to compare with"


def ordered(scrutiny: Scrutiny) -> pd.DataFrame:
    """Return the specifications, the smallest estimate first; ties keep the order of the multiverse."""
    return scrutiny.multiverse.table.sort_values("estimate", kind="stable").reset_index(drop=True)


def draw_curve(axes: Axes, scrutiny: Scrutiny, *, size: float = 1.8, reach: float | None = None) -> None:
    """Draw sorted estimates as ratios to the counterfactual, and the registered one among them.

    `reach` is how far the axis goes from 1, in logs; estimates beyond it are drawn at the frame.
    """
    table = ordered(scrutiny)
    if reach is None:
        tails = table["estimate"].quantile([TAIL, 1 - TAIL]).abs().max()
        reach = max(float(tails), abs(scrutiny.primary.log), LEAST_REACH)
    table["rank"] = (np.arange(len(table)) + 0.5) / len(table)
    table = thinned(table)
    rank = table["rank"].to_numpy()
    ratio = np.exp(np.clip(table["estimate"].to_numpy(dtype=float), -reach, reach))
    clear = (table["p"] < 0.05).to_numpy()
    axes.plot(rank[~clear], ratio[~clear], ".", ms=size, color=style.REST)
    axes.plot(rank[clear], ratio[clear], ".", ms=size, color=BLACK)
    own = float(np.exp(np.clip(scrutiny.primary.log, -reach, reach)))
    at = float(np.interp(np.log(own), np.log(ratio), rank))
    axes.plot(at, own, "D", ms=6, color=OWN, mec=style.PAPER, zorder=4)
    axes.axhline(1, color=style.TEXT, lw=0.9, zorder=1)
    axes.set_yscale("log")
    axes.update_datalim([(0, np.exp(-reach)), (1, np.exp(reach))])
    axes.margins(x=0, y=0.04)
    ticks = [tick for tick in (1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8) if abs(np.log(tick)) <= reach]
    axes.set_yticks(ticks if len(ticks) > 1 else [1 / 1.4, 1, 1.4])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"×{value:.3g}"))
    axes.minorticks_off()
    axes.set_xticks([])


def thinned(table: pd.DataFrame, most: int = MOST_DOTS) -> pd.DataFrame:
    """Return at most so many rows, evenly spaced, the first and the last among them."""
    if len(table) <= most:
        return table
    return table.iloc[np.unique(np.linspace(0, len(table) - 1, most).round().astype(int))]


def mixture(table: pd.DataFrame) -> pd.DataFrame:
    """Return how much more often than overall each choice stands in each part of the order.

    One row a choice (index: kind and choice), one column a part; 1 is as often as overall. Kinds without a choice
    are left out.
    """
    part = np.minimum(np.arange(len(table)) * BINS // len(table), BINS - 1)
    rows = {}
    for kind, label in CHOICES.items():
        levels = list(dict.fromkeys(table[kind].astype(str)))
        if len(levels) < 2:
            continue
        for level in sorted(levels):
            is_it = (table[kind].astype(str) == level).to_numpy()
            within = np.bincount(part, weights=is_it, minlength=BINS) / np.bincount(part, minlength=BINS)
            rows[label, WORDS.get(level, level.replace("_", " "))] = within / is_it.mean()
    return pd.DataFrame.from_dict(rows, orient="index")


def _choices(axes: Axes, mix: pd.DataFrame) -> None:
    """Draw the mixture as shades, a row a choice."""
    first = ~pd.Index([kind for kind, _ in mix.index]).duplicated()
    names = [
        f"{kind}: {level}" if new else level for (kind, level), new in zip(mix.index, first, strict=True)
    ]
    draw_grid(axes, mix.set_axis(names), limits=(0, DARKEST), gap=0)
    for place in np.flatnonzero(first)[1:]:
        axes.axhline(place, color=style.PAPER, lw=2.5)
    axes.set_xticks([0, BINS / 2, BINS], ["lowest", "median", "highest"])


def _alt(one: Entry, scrutiny: Scrutiny, table: pd.DataFrame) -> str:
    """Say the curve for a reader who cannot see it."""
    ends = np.exp(table["estimate"].quantile([0.05, 0.5, 0.95]).to_numpy())
    years = [f"{at} {share(value)}" for at, _, value in scrutiny.placebo_table if np.isfinite(value)]
    placebos = f"At placebo dates: {listed(years)}." if years else "No placebo date has a multiverse."
    own = change(scrutiny.primary.estimate)
    names = [one.hypothesis.measure, one.hypothesis.series.title]
    return (
        f"{len(table):,} estimates in order for {' and '.join(names)}: the middle one {change(ends[1])}, "
        f"nine tenths between {change(ends[0])} and {change(ends[2])}, "
        f"{share(scrutiny.multiverse.share_significant)} with p below 0.05; {share(scrutiny.sign_share)} have the sign "
        f"of the registered {own}. {placebos}"
    )
