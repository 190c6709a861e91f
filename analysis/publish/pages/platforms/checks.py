"""What test buys can tell: the precision of a random sample as large as Alibaba's programme, and its cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.dataset import Dataset
from analysis.models.sampling import sample_size_for, simple_random_half_width
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import at_end
from analysis.publish.words import between, listed, number, quote
from analysis.series.lookup import by_id, chosen

BUYS, SPENDING, LISTINGS = "plat-seed4-02", "plat-seed4-03", "plat-seed4-01"
CHECKED, SELLERS, SUSPECTED = "plat-seed4-05", "plat-fortune2016-02", "plat-cqn2017-05"

PREVALENCES = (0.5, 0.1, 0.01)
FEWEST_EXPECTED = 5  # fakes in the sample below which the normal approximation is not drawn
SIZES = np.logspace(2, 6.5, 91)
ONE_GROUP = 100  # buys in one brand or category, to show how precision goes with a split
EXAMPLE = 0.1  # the prevalence that prose takes as its example


@dataclass(frozen=True)
class Programme:
    """The programme as printed: intervals (low, high) a year, and what follows from them."""

    buys: tuple[float, float]
    yuan_a_buy: tuple[float, float]
    listings_a_buy: tuple[float, float]
    shops_a_buy: tuple[float, float]
    suspected: float


def programme(dataset: Dataset) -> Programme:
    """Return the arithmetic of the programme, each quotient with the widest interval its parts allow.

    Buys, spending and the share of shops checked are yearly; listings on the platforms and Taobao sellers are
    stocks. Raises InputError if a reading is missing.
    """
    rows = chosen(dataset, [BUYS, SPENDING, LISTINGS, CHECKED, SELLERS, SUSPECTED])
    low, high = rows["low"], rows["high"]

    def a_buy(name: str, share: str | None = None) -> tuple[float, float]:
        """Divide a quantity (or a share in percent of it) by the buys."""
        parts = (low[share] / 100, high[share] / 100) if share else (1.0, 1.0)
        return low[name] * parts[0] / high[BUYS], high[name] * parts[1] / low[BUYS]

    return Programme(
        buys=(low[BUYS], high[BUYS]),
        yuan_a_buy=a_buy(SPENDING),
        listings_a_buy=a_buy(LISTINGS),
        shops_a_buy=a_buy(SELLERS, CHECKED),
        suspected=float(rows["value"][SUSPECTED]) / 100,
    )


def checks_chart(dataset: Dataset) -> Chart:
    """Draw the half-width of a 95% interval against the size of a random sample, the programme marked."""
    found = programme(dataset)
    buys, said = sum(found.buys) / 2, quote(by_id(dataset, [BUYS])[BUYS], unit=False)
    figure, axes = style.subplots(size=(style.WIDTH, 3.9))
    axes.set(xscale="log", yscale="log")
    axes.margins(x=0)
    axes.axvspan(*found.buys, color=style.GROUPS[3], alpha=0.45, linewidth=0)
    shares = (*PREVALENCES, found.suspected)
    for share, place, mark in zip(shares, (0, 2, 4, 1), "os^D", strict=True):
        colour = style.GROUPS[place]
        sizes = SIZES[SIZES * share >= FEWEST_EXPECTED]
        points = [100 * simple_random_half_width(share, n) for n in sizes]
        axes.plot(sizes, points, color=colour)
        axes.plot(buys, 100 * simple_random_half_width(share, buys), mark, color=colour)
        at_end(axes, sizes[-1], points[-1], f"{_percent(share)} fakes", colour, letters=9.5)
    axes.annotate("the programme's\nbuys a year", (found.buys[0], 0.97), (-6, 0), textcoords="offset points",
                  xycoords=axes.get_xaxis_transform(), ha="right", va="top", fontsize=9.5)  # fmt: skip
    axes.set_xlabel("test buys, drawn at random")
    axes.set_ylabel("95% interval, ± points")
    style.short_axis(axes, "x")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.minorticks_off()
    axes.grid(axis="x")
    reached = [
        f"{_points(simple_random_half_width(share, buys))} points where {_percent(share)} of listings are fakes"
        for share in shares
    ]
    return Chart(
        name="platforms-checks",
        figure=style.finish(figure),
        title=f"Drawn at random, {said} buys would fix a share of fakes to a fraction "
        "of a point; no text says that they were",
        alt="Four falling straight lines on logarithmic axes: the half-width of a 95% interval shrinks with "
        f"the square root of the sample. At {said} buys it is {listed(reached)}.",
        note="Half-width of a 95% interval for the share of fakes, in percentage points, by the size of a simple "
        "random sample (Cochran 1977). Yellow: the buys a year that the hedge allows. The lowest share is the "
        "one Alibaba prints for suspected fakes in 2017, of orders in one text, of returns in others. A line begins "
        f"where {FEWEST_EXPECTED} fakes are expected. A calculation, not a measurement: test buys usually go where "
        "fakes are suspected.",
        source=source_line(dataset, [BUYS, SUSPECTED]),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _points(half_width: float) -> str:
    """Write a half-width in percentage points."""
    return f"{100 * half_width:#.2g}"


def check_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the programme that prose quotes."""
    found = programme(dataset)
    precision = sorted(simple_random_half_width(EXAMPLE, n) for n in found.buys)
    return {
        "cost_a_buy": f"{between(*found.yuan_a_buy)} yuan",
        "listings_a_buy": between(*found.listings_a_buy),
        "shops_a_buy": f"{math.floor(found.shops_a_buy[0])} to {math.ceil(found.shops_a_buy[1])}",
        "example": _percent(EXAMPLE).replace("%", " percent"),
        "precision": f"{_points(precision[0])} to {_points(precision[1])}",
        "one_group": number(ONE_GROUP),
        "precision_one_group": f"{_points(simple_random_half_width(EXAMPLE, ONE_GROUP))}",
        "needed_for_a_point": number(sample_size_for(0.01, EXAMPLE)),
    }
