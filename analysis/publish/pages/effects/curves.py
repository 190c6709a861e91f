"""Specification curves of the six stories: every defensible estimate in order, and the choice that moves it most."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.estimates import NO_ESTIMATE, too_wide
from analysis.publish.pages.effects.story import register
from analysis.publish.pages.ledger.wording import change, counted, interval, ledger_link, share, short
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import listed
from analysis.scrutiny import Scrutiny
from analysis.scrutiny.ledger import assessed

OWN = style.GROUPS[1]
BLACK = "black"  # of estimates with p below 0.05, as the note says
MOST_DOTS = 400
LEAST_REACH = float(np.log(1.5))  # of the axis, in logs
TAIL = 0.02  # share of estimates at either end that may be drawn at the frame
TICKS = (1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8)
CHOICES = {
    "series": "figures", "span": "span", "lag": "lag", "trend": "trend", "impact": "impact",
    "denominator": "denominator", "outlier": "outlier", "family": "scale", "errors": "errors",
}  # fmt: skip


def scrutinies(dataset: Dataset) -> dict[str, Scrutiny]:
    """Return the checks of the told hypotheses by their ids.

    Raises
    ------
    InputError
        If one has no specification to draw.
    """
    found = {}
    for name, one in assessed(
        dataset, [str(row["hypothesis_id"]) for row in register()], progress=False
    ).items():
        if one.scrutiny is None or not len(one.scrutiny.multiverse):
            raise InputError(f"{name} has no specification to draw; it has too few periods.")
        found[name] = one.scrutiny
    return found


def curves_chart(dataset: Dataset) -> Chart:
    """Draw the specification curves of the told hypotheses, a panel each."""
    found = scrutinies(dataset)
    titles = {name: ledger_link(dataset, name).text for name in found}
    headings = [short(one.split(" → ")[1], 46) for one in titles.values()]
    figure, panels = marks.panels(headings, height=1.75, letters=8.5, sharex=False)
    for axes, (name, scrutiny) in zip(panels, found.items(), strict=True):
        draw_curve(axes, scrutiny)
        lead_panel(axes, ledger_link(dataset, name).url)
    one_sign = sum(scrutiny.sign_share >= 1 for scrutiny in found.values())
    said = [f"{titles[name]}: {_said(scrutiny)}" for name, scrutiny in found.items()]
    trail: list[dict[str, object]] = [{"hypothesis": ledger_link(dataset, name)} for name in found]
    return Chart(
        name="fig-curves",
        figure=style.finish(figure),
        title=f"{counted(len(found) - one_sign).capitalize()} of {len(found)} estimates have either sign, by choices "
        "that could all be defended",
        alt=f"{counted(len(found)).capitalize()} panels of dots in rising order. {'. '.join(said)}.",
        measure="First three periods over what was expected, as a ratio, by specification",
        note=f"The change of the first three periods under every specification, sorted (at most {MOST_DOTS} dots). "
        "Black: p below 0.05. Diamond: as registered.",
        source=Source.of(
            f"Source: {len(found)} rows of hypotheses.csv. {version_line(dataset)}", trail, "hypotheses"
        ),
    )


def curves_table(dataset: Dataset) -> HtmlTable:
    """Return the curves in numbers: how many, what share of one sign, and the choice that moves the middle most."""
    rows = []
    for name, scrutiny in scrutinies(dataset).items():
        kind, low, high = most_telling(scrutiny)
        test, link = scrutiny.primary, ledger_link(dataset, name)
        told = NO_ESTIMATE if too_wide(test.lower, test.upper) else interval(test)
        rows.append(
            {
                "series": Link(link.text.split(" → ")[1], link.url),
                "fits": f"{len(scrutiny.multiverse):,}",
                "as registered": told,
                "same sign": share(scrutiny.sign_share),
                "at placebo dates": share(scrutiny.placebo_sign_share),
                "moved most by": f"{kind}: {change(math.exp(low))} to {change(math.exp(high))}"
                if kind
                else "–",
            }
        )
    return table(
        rows,
        caption="The specification curves in numbers",
        right=["fits", "same sign"],
        wide=True,
    )


def most_telling(scrutiny: Scrutiny) -> tuple[str, float, float]:
    """Return the kind of choice whose levels' medians lie furthest apart, and the two ends, in logs; blank for none."""
    frame = scrutiny.multiverse.table
    apart = {}
    for kind, label in CHOICES.items():
        middles = frame.groupby(frame[kind].astype(str))["estimate"].median()
        if len(middles) > 1:
            apart[label] = (float(middles.min()), float(middles.max()))
    if not apart:
        return ("", math.nan, math.nan)
    label = max(apart, key=lambda one: apart[one][1] - apart[one][0])
    return (label, *apart[label])


def ordered(scrutiny: Scrutiny) -> pd.DataFrame:
    """Return the specifications, the smallest estimate first; ties keep the order of the multiverse."""
    return scrutiny.multiverse.table.sort_values("estimate", kind="stable").reset_index(drop=True)


def draw_curve(axes: Axes, scrutiny: Scrutiny, *, size: float = 1.8) -> None:
    """Draw sorted estimates as ratios to the counterfactual, and the registered one among them."""
    table = ordered(scrutiny)
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
    ticks = [tick for tick in TICKS if abs(np.log(tick)) <= reach]
    axes.set_yticks(ticks if len(ticks) > 1 else [1 / 1.4, 1, 1.4])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"×{value:.3g}"))
    axes.minorticks_off()
    axes.set_xticks([])


def thinned(table: pd.DataFrame, most: int = MOST_DOTS) -> pd.DataFrame:
    """Return at most so many rows, evenly spaced, the first and the last among them."""
    if len(table) <= most:
        return table
    return table.iloc[np.unique(np.linspace(0, len(table) - 1, most).round().astype(int))]


def _said(scrutiny: Scrutiny) -> str:
    """Say a curve for a reader who cannot see it."""
    table = scrutiny.multiverse.table
    low, middle, high = np.exp(table["estimate"].quantile([0.05, 0.5, 0.95]).to_numpy())
    years = [f"{at} {share(value)}" for at, _, value in scrutiny.placebo_table if np.isfinite(value)]
    return (
        f"{len(table):,} estimates, the middle one {change(middle)}, nine tenths between {change(low)} and "
        f"{change(high)}; {share(scrutiny.sign_share)} have the sign of the registered "
        f"{change(scrutiny.primary.estimate)}; at placebo dates {listed(years) if years else 'none'}"
    )
