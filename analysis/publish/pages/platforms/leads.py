"""From a platform's leads to arrests: what Alibaba counted by year, and what became of its leads of 2016."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_bars, told
from analysis.publish.marks_time import DAY
from analysis.publish.touch import lead
from analysis.publish.words import between, listed, number, quote
from analysis.readings.windows import decimal_year
from analysis.series import printed_years
from analysis.series.lookup import by_id, chosen, with_days
from analysis.series.pair_kinds import pair_kinds

BAR, HEDGE, RIVAL, WINDOW, RECONSTRUCTED = style.PALE, style.PRINT, style.RIVAL, *style.GROUPS[2:5:2]
# Figures that are drawn over a bar: lines, colours and words of those that exclude it and those of something else.
OVER: dict[str, tuple[Literal["--", ":"], str, str]] = {
    "rival": ("--", RIVAL, "rival figure"),
    "apart": (":", style.TEXT, "another quantity"),
}
# Panel by panel: the series, what its panel is headed, what one unit of its axis is.
PANELS = (
    ("alibaba-leads", "Leads passed to police", 1.0),
    ("alibaba-suspects", "Suspects caught", 1.0),
    ("alibaba-dens", "Sites closed", 1.0),
    ("alibaba-value", "Value, billion yuan", 1e9),
)
HEDGE_MARKS = {"more_than": ">", "about": "~", "nearly": "<"}
FIRST_DAY = pd.Timestamp("2014-01-01")  # the first article is of this year
WIDTH = 0.9  # of a bar, in years
LONGEST = 366  # days of the longest window drawn: a total of two years has no place among single years

FUNNEL = (
    ("plat-idg2017-01", "Leads submitted"),
    ("plat-idg2017-02", "Leads investigated"),
    ("plat-idg2017-03", "Cases built"),
    ("plat-idg2017-04", "Cases with a conviction"),
)

# The two prints of 2017's value, the value of 2018, and a total of both years from a third text.
VALUE_2017 = ("plat-cd20180110-03", "plat-ipr201802-03")
VALUE_2018, VALUE_BOTH = "plat-xh2018-03", "plat-ipr201908-04"
# Totals of 2017 and 2018 together, from that third text.
TOTALS = {
    "leads": ("alibaba-leads", "plat-ipr201908-01"),
    "suspects": ("alibaba-suspects", "plat-ipr201908-02"),
    "sites": ("alibaba-dens", "plat-ipr201908-03"),
    "value": ("alibaba-value", VALUE_BOTH),
}


@dataclass(frozen=True)
class Panel:
    """What one panel shows: whole years, rival prints of them, and other windows, each with low and high.

    `apart` holds the figures of a year that conflicts.csv calls another quantity, `band` the reconstructed years.
    """

    series_id: str
    whole: pd.DataFrame
    rival: pd.DataFrame
    apart: pd.DataFrame
    other: pd.DataFrame
    band: pd.DataFrame


def panel(dataset: Dataset, series_id: str) -> Panel:
    """Sort the readings of a series for drawing.

    `other` holds windows of up to a year that are no calendar year: each figure once. Raises
    InputError for an unknown series.
    """
    found = printed_years(dataset, series_id)
    partial = with_days(found.partial)
    single = (partial["window_start"] >= FIRST_DAY) & (partial["days"] <= LONGEST)
    other = partial[single].drop_duplicates(["value", "hedge", "window_start", "window_end"])
    picked = found.competing["year"].map(found.table.set_index("year")["reading_id"])
    pairs = zip(picked, found.competing["reading_id"], strict=True)
    apart = np.array([_two_quantities(dataset, str(one), str(rival)) for one, rival in pairs], bool)
    rivals = (found.competing[~apart], found.competing[apart])
    return Panel(series_id, found.table, *rivals, other, band(dataset, series_id))


def _two_quantities(dataset: Dataset, one: str, other: str) -> bool:
    """Return whether conflicts.csv says of two readings that each counts something else."""
    first, second = sorted((one, other))
    known = pair_kinds(dataset).get((first, second))
    return known is not None and known.kind == "two_quantities"


def arrests_chart(dataset: Dataset) -> Chart:
    """Draw leads, suspects, sites and value by year, with rival prints and partial windows."""
    figure, axes = style.subplots(2, 2, size=(style.WIDTH, 5.6))
    panels = [panel(dataset, series_id) for series_id, _, _ in PANELS]
    met = [
        one for p in panels for one in (*p.whole["year"], *p.rival["year"], *p.apart["year"], *p.band["year"])
    ]
    met += [day.year for p in panels for day in (*p.other["window_start"], *p.other["window_end"])]
    years = range(int(min(met)), int(max(met)) + 1)
    for place, shown, (_, heading, unit) in zip(axes.flat, panels, PANELS, strict=True):
        _draw_panel(place, shown, heading, unit, years)
    keys = [
        Patch(facecolor=BAR, edgecolor=style.INK, label="whole year"),
        *(Line2D([], [], color=colour, linestyle=line, label=word) for line, colour, word in OVER.values()),
        Line2D([], [], color=WINDOW, linewidth=2.2, label="other window"),
        Patch(facecolor=(RECONSTRUCTED, 0.3), edgecolor="none", label="reconstructed"),
    ]
    figure.legend(
        handles=keys, loc="outside lower center", ncols=3, columnspacing=1.0, handlelength=1.4, frameon=False
    )
    used = pd.concat([frame for p in panels for frame in (p.whole, p.rival, p.apart, p.other)])
    spoken = " ".join(_spoken(p, heading) for p, (_, heading, _) in zip(panels, PANELS, strict=True))
    return Chart(
        name="platforms-arrests",
        figure=style.finish(figure),
        title=_arrests_title(*panels[:2]),
        alt=f"Four panels, {years[0]} to {years[-1]}. {spoken}",
        measure="Leads, suspects, sites and value a year, Alibaba's own counts, China",
        note="Alibaba on itself; police make the arrests. Each mark is as wide as its window. Bars: whole "
        "years; a box on top is the interval that a hedge allows (> more than, ~ about). Dashed: another "
        "figure of the same year that excludes the bar; dotted: one that counts something else. "
        "Green: windows that are no calendar year; the four "
        "figures of 2014's suspects lie over each other. Years without a bar have no whole-year figure. "
        f"{BAND_NOTE}",
        source=source_line(dataset, used),
    )


def _draw_panel(axes: Axes, shown: Panel, heading: str, unit: float, years: range) -> None:
    """Draw one panel; `unit` is what one unit of its axis stands for."""
    axes.set_title(heading, fontsize=10.5)
    whole = shown.whole.assign(low=shown.whole["low"] / unit, high=shown.whole["high"] / unit)
    bars = axes.bar(whole["year"], whole["low"], WIDTH, color=BAR, edgecolor=style.INK, linewidth=0.8)
    for bar, row in zip(bars, whole.to_dict("records"), strict=True):
        lead(bar, [row])
    hedged = whole[whole["high"] > whole["low"]]
    spans = hedged["high"] - hedged["low"]
    tops = axes.bar(hedged["year"], spans, WIDTH, hedged["low"], color=HEDGE, alpha=0.6)
    for bar, row in zip(tops, hedged.to_dict("records"), strict=True):
        lead(bar, [row])
    for row in whole.to_dict("records"):
        _label(axes, row["year"], row["high"], _short(row["value"], unit, row["hedge"]), style.INK)
    for name, (line, colour, _) in OVER.items():
        rows: pd.DataFrame = getattr(shown, name)
        for row in rows.to_dict("records"):
            ends = [row["year"] - WIDTH / 2, row["year"] + WIDTH / 2]
            axes.plot(ends, [row["value"] / unit] * 2, line, color=colour)
        # One of a year has a label: the exact one where several lie together.
        ranked = rows.assign(_order=rows["hedge"].astype(str) != "exact")
        for row in ranked.sort_values(["year", "_order"]).drop_duplicates("year").to_dict("records"):
            _label(axes, row["year"], row["value"] / unit, _short(row["value"], unit, row["hedge"]), colour)
    _draw_other(axes, shown.other, unit)
    draw_band(
        axes,
        shown.band,
        color=RECONSTRUCTED,
        scale=unit,
        left=-WIDTH / 2,
        width=WIDTH,
        series_id=shown.series_id,
    )
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.set_xticks(years, [f"\N{RIGHT SINGLE QUOTATION MARK}{year % 100}" for year in years])
    axes.margins(y=0.12)
    axes.set_ylim(bottom=0)
    if unit == 1:
        style.short_axis(axes)


def _draw_other(axes: Axes, other: pd.DataFrame, unit: float) -> None:
    """Draw the readings of other windows, each as wide as its window; prints of one value share a label.

    A year is centred on its number here, so each day stands half a year further left than its decimal year.
    """
    other = other.assign(
        start=[decimal_year(one) - 0.5 for one in other["window_start"]],
        end=[decimal_year(one + DAY) - 0.5 for one in other["window_end"]],
    )
    for row in other.to_dict("records"):
        ends = [row["start"], row["end"]]
        box = axes.fill_between(
            ends, row["low"] / unit, row["high"] / unit, color=WINDOW, alpha=0.3, linewidth=0
        )
        lead(box, [row])
        axes.plot(ends, [row["value"] / unit] * 2, color=WINDOW, linewidth=2.2)
    for value, rows in other.groupby("value"):
        middle = (rows["start"].min() + rows["end"].max()) / 2
        _label(axes, middle, rows["high"].max() / unit, _short(float(str(value)), unit), WINDOW)


def _label(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write a value above its mark."""
    axes.annotate(
        text, (x, y), (0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=style.SMALL,
        color=colour, path_effects=style.HALO,
    )  # fmt: skip


def _short(value: float, unit: float, hedge: object = "exact") -> str:
    """Write a value in units of its axis, its hedge as a mark."""
    text = f"{value / unit:,.4g}" if unit > 1 else f"{value:,.0f}"
    return HEDGE_MARKS.get(str(hedge), "") + text


def _arrests_title(leads: Panel, suspects: Panel) -> str:
    """Say what the first two panels show of the first and the last year that both have, in the numbers they show."""
    both = leads.whole.merge(suspects.whole, on="year", suffixes=("_sent", "_caught"))
    first, last = both.iloc[0], both.iloc[-1]
    return (
        f"Alibaba counted {number(first['value_caught'])} suspects for {first['year']} and "
        f"{number(last['value_caught'])} for {last['year']}, on {number(first['value_sent'])} and "
        f"{number(last['value_sent'])} leads"
    )


def _spoken(shown: Panel, heading: str) -> str:
    """Say a panel's numbers for a reader who cannot see it."""
    years = listed([f"{quote(row, unit=False)} in {row['year']}" for _, row in shown.whole.iterrows()])
    rivals, apart = (
        listed([f"{quote(row, unit=False)} for {row['year']}" for _, row in rows.iterrows()] or [""])
        for rows in (shown.rival, shown.apart)
    )
    others = dict.fromkeys(
        f"{quote(row, unit=False)} ({row['window_start']:%b %Y} to {row['window_end']:%b %Y})"
        for _, row in shown.other.iterrows()
    )
    text = f"{heading}: {years}."
    text += f" Rival figures: {rivals}." if rivals else ""
    text += f" Another quantity: {apart}." if apart else ""
    text += f" Other windows: {listed(list(others))}." if others else ""
    return f"{text} Reconstructed: {band_in_words(shown.band)}."


def funnel_chart(dataset: Dataset) -> Chart:
    """Draw what Alibaba said, in February 2017, had become of its leads of 2016."""
    steps = chosen(dataset, [name for name, _ in FUNNEL]).assign(label=[label for _, label in FUNNEL])
    values = [float(value) for value in steps["value"]]
    shares = [f"  ({_percent(later / earlier)} of the step above)" for earlier, later in pairwise(values)]
    notes = [f"{number(value)}{share}" for value, share in zip(values, ["", *shares], strict=True)]
    figure, axes = style.subplots(size=(style.WIDTH, 2.7))
    counts = pd.Series(values, index=steps["label"])
    colours = [BAR, *[HEDGE] * (len(values) - 1)]
    draw_bars(axes, counts, colour=colours, notes=notes, bare=False, edgecolor=style.INK)
    for bar, row in zip(axes.patches, steps.to_dict("records"), strict=True):
        lead(bar, [row])
    axes.set_xlabel("leads, then cases, counted for 2016")
    style.short_axis(axes, "x")
    spoken = told(steps, lambda row: f"{row['label'].lower()}: {number(row['value'])}").split("; ")
    return Chart(
        name="platforms-funnel",
        figure=style.finish(figure),
        title=f"Of {number(values[0])} leads that Alibaba says it submitted for 2016, police took up "
        f"{number(values[1])}; it knew of {number(values[3])} convictions by February 2017",
        alt=f"Horizontal bars, each shorter than the one above. {listed(spoken)}. The last is "
        f"{_percent(values[3] / values[0])} of the first.",
        measure="Leads, cases and convictions, Alibaba's own counts for 2016",
        note="Counts of one calendar year side by side, not one set of leads followed to its end. A case "
        "opened late in 2016 could not be judged by the year's end. Every lead is said to exceed the "
        "threshold of a crime.",
        source=source_line(dataset, steps),
        frame=steps,
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2g}%"


def value_words(dataset: Dataset) -> dict[str, str]:
    """Say which of two prints of the value of 2017 a two-year total supports, by intervals in yuan."""
    *prints, later, both = by_id(dataset, [*VALUE_2017, VALUE_2018, VALUE_BOTH]).values()
    left = (both["low"] - later["high"], both["high"] - later["low"])
    small, large = (bool(left[0] <= row["high"] and row["low"] <= left[1]) for row in prints)
    return {
        "value_left": f"{between(*left)} yuan",
        "value_verdict": {
            (False, True): "the larger figure fits and the smaller does not",
            (True, False): "the smaller figure fits and the larger does not",
            (False, False): "neither figure fits",
        }.get((small, large), "the total does not decide between them"),
    }


def totals_that_fit(dataset: Dataset) -> list[str]:
    """Name the counts whose prints for 2017 and 2018 add up, within their intervals, to the two-year total."""
    fitting = []
    for name, (series_id, total_id) in TOTALS.items():
        table, total = printed_years(dataset, series_id).table, by_id(dataset, [total_id])[total_id]
        parts = table[table["year"].isin([2017, 2018])]
        if parts["low"].sum() <= total["high"] and total["low"] <= parts["high"].sum():
            fitting.append(name)
    return fitting
