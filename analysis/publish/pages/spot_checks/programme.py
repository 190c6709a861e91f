"""One programme of test buys worked out: what its size could tell, and what its aim leaves open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.models.sampling import sample_size_for_change, simple_random_half_width
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import at_end, make_room, told
from analysis.publish.touch import lead_panel
from analysis.scrutiny.spot_checks import left_open
from analysis.series.lookup import by_id
from analysis.series.sample_buys import BUYS, CHECKED, LISTINGS, SPENDING, programme

GROUPS = (1, 10, 100, 1000)  # into how many groups (brands, kinds of goods) the buys are split
EXAMPLES = (0.005, 0.05, 0.5)  # true shares, from rare to the widest interval there is


def target_share(dataset: Dataset) -> float:
    """Return the share of shops that the programme checks, as printed, a fraction."""
    return float(by_id(dataset, [CHECKED])[CHECKED]["value"]) / 100


def buys(dataset: Dataset) -> int:
    """Return the buys a year, as printed."""
    return int(float(by_id(dataset, [BUYS])[BUYS]["value"]))


def sizes(dataset: Dataset) -> pd.DataFrame:
    """Return the half-width of a random sample's interval by groups and true share (percentage points)."""
    n = buys(dataset)
    rows = [
        (groups, share, n / groups, 100 * simple_random_half_width(share, n / groups))
        for share in EXAMPLES
        for groups in GROUPS
    ]
    return pd.DataFrame(rows, columns=["groups", "share", "n", "points"])


def sizes_chart(dataset: Dataset) -> Chart:
    """Draw how precise the programme would be if its buys were random, by the groups it is split into."""
    found = sizes(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 3.4))
    axes.set(xscale="log", yscale="log")
    for (share, rows), colour in zip(found.groupby("share"), style.GROUPS, strict=False):
        axes.plot(rows["groups"], rows["points"], "o-", color=colour)
        last = rows.iloc[-1]
        at_end(axes, last["groups"], last["points"], f"{100 * float(str(share)):g}% fake", colour)
    axes.set_xticks(GROUPS, [f"{one:,}" for one in GROUPS])
    for axis in ("x", "y"):
        axes.tick_params(axis=axis, which="minor", length=0)
    axes.xaxis.set_minor_formatter("")
    style.short_axis(axes)
    axes.yaxis.set_minor_formatter("")
    axes.set_xlabel(f"groups into which {buys(dataset):,} buys a year are split")
    axes.set_ylabel("percentage points either way")
    make_room(axes)
    lead_panel(axes, BUYS)
    worst = found[found["share"] == max(EXAMPLES)].set_index("groups")["points"]
    return Chart(
        name="spot-checks-size",
        figure=style.finish(figure),
        title=f"Random buys in such numbers would be off by {worst.iloc[0]:.1f} points at most; split a thousand "
        f"ways, by {worst.iloc[-1]:.0f}",
        alt="Half-width of the 95 percent interval on log axes: "
        + told(
            found.assign(percent=100 * found["share"]),
            "{percent:g} percent fake, {groups:,} groups: {points:.2g} points",
        )
        + ".",
        measure="Percentage points either way, by the number of groups, a year of Alibaba's buys",
        note="Simple random buys, 95 percent intervals, groups of equal size. Nothing published says that the buys are "
        "random.",
        source=source_line(dataset, [BUYS, SPENDING, LISTINGS]),
        frame=found,
    )


def market_chart(dataset: Dataset) -> Chart:
    """Draw which shares of fakes in the market fit a share found among aimed buys (percent)."""
    share = target_share(dataset)
    found = left_open(np.linspace(0, 1, 101), share)
    percent = 100 * found
    figure, axes = style.subplots(size=(style.WIDTH, 3.8))
    axes.fill_between(
        percent["found"], percent["upper"], percent["upper_unaimed"].clip(lower=percent["upper"]),
        color=style.PALE, lw=0, label="if aiming may have missed",
    )  # fmt: skip
    axes.fill_between(
        percent["found"], percent["lower"], percent["upper"], color=style.ESTIMATE, alpha=0.35, lw=0,
        label="if aiming did not hurt",
    )  # fmt: skip
    axes.plot(percent["found"], percent["found"], color=style.INK, lw=1.2, label="if the buys were random")
    axes.set(xlim=(0, 100), ylim=(0, 100), xlabel="fakes among the buys, percent")
    axes.set_ylabel("fakes in the market, percent")
    axes.legend(loc="upper left", frameon=False, fontsize=style.SMALL + 0.5)
    lead_panel(axes, CHECKED)
    half = found.iloc[50]
    return Chart(
        name="spot-checks-market",
        figure=style.finish(figure),
        title=f"If half of these buys were fake, {100 * half['lower']:.1f} to {100 * half['upper']:.0f} percent of the "
        f"market would be, or up to {100 * half['upper_unaimed']:.0f} if they missed",
        alt=f"Band of the market's share against the share found. At {100 * half['found']:.0f} percent found: "
        f"{100 * half['lower']:.1f} to {100 * half['upper']:.0f} percent if aiming did not hurt, up to "
        f"{100 * half['upper_unaimed']:.0f} percent otherwise; a line marks random buys.",
        measure="Percent of fakes in the market, by percent of fakes among the buys",
        note=f"Bounds when the buys come from {100 * share:.0f} percent of the market, the share of shops checked. "
        "No value inside is likelier than another.",
        source=source_line(dataset, [BUYS, CHECKED]),
        frame=found,
    )


def change_seen(dataset: Dataset, before: float) -> float:
    """Return the smallest share after a fall from `before` that two years of random buys would tell apart."""
    n, low, high = buys(dataset), 0.0, before
    for _ in range(40):
        middle = (low + high) / 2
        enough = sample_size_for_change(before, middle) <= n
        low, high = (middle, high) if enough else (low, middle)
    return low


def cost_of(dataset: Dataset, n: int) -> tuple[float, float]:
    """Return what `n` buys cost at the programme's price, least and most (yuan)."""
    low, high = programme(dataset).yuan_a_buy
    return n * low, n * high
