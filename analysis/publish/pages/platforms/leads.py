"""From a platform's leads to arrests: what Alibaba counted by year, and what became of its leads of 2016."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.platforms.prints import one, prints
from analysis.publish.words import between, listed, number, quote
from analysis.series import printed_years
from analysis.series.lookup import with_days

# Panel by panel: the series, what its panel is headed, what one unit of its axis is.
PANELS = (
    ("alibaba-leads", "Leads passed to police", 1.0),
    ("alibaba-suspects", "Suspects caught", 1.0),
    ("alibaba-dens", "Sites closed", 1.0),
    ("alibaba-value", "Value, billion yuan", 1e9),
)
HEDGE_MARKS = {"more_than": ">", "about": "~", "nearly": "<"}
FIRST_DAY, LAST_DAY = pd.Timestamp("2014-01-01"), pd.Timestamp("2019-12-31")
WIDTH = 0.9  # of a bar, in years
OPERATION = "cloud-sword"  # programmes of single operations, whose counts are a part of the company's
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

    `band` holds the reconstructed years.
    """

    whole: pd.DataFrame
    rival: pd.DataFrame
    other: pd.DataFrame
    band: pd.DataFrame


def panel(dataset: Dataset, series_id: str) -> Panel:
    """Sort the readings of a series for drawing.

    `other` holds windows of up to a year that are no calendar year: each figure once, counts of one operation
    left out. Raises InputError for an unknown series.
    """
    found = printed_years(dataset, series_id)
    partial = with_days(found.partial)
    inside = (partial["window_start"] >= FIRST_DAY) & (partial["window_end"] <= LAST_DAY)
    whole_company = ~partial["programme"].str.startswith(OPERATION)
    other = partial[inside & (partial["days"] <= LONGEST) & whole_company]
    other = other.drop_duplicates(["value", "hedge", "window_start", "window_end"])
    return Panel(found.table, found.competing, other, band(dataset, series_id))


def arrests_chart(dataset: Dataset) -> Chart:
    """Draw leads, suspects, sites and value by year, 2014 to 2019, with rival prints and partial windows."""
    figure, axes = style.subplots(2, 2, size=(5.8, 5.6))
    panels = [panel(dataset, series_id) for series_id, _, _ in PANELS]
    for place, shown, (_, heading, unit) in zip(axes.flat, panels, PANELS, strict=True):
        _draw_panel(place, shown, heading, unit)
    figure.legend(
        handles=_keys(),
        loc="outside lower center",
        ncols=4,
        columnspacing=1.0,
        handlelength=1.4,
        frameon=False,
    )
    used = pd.concat([frame for p in panels for frame in (p.whole, p.rival, p.other)])
    return Chart(
        name="platforms-arrests",
        figure=style.finish(figure),
        title=_arrests_title(*panels[:2]),
        alt="Four panels, 2014 to 2019. "
        + " ".join(_spoken(p, heading) for p, (_, heading, _) in zip(panels, PANELS, strict=True)),
        note="Alibaba on itself; police make the arrests. Each mark is as wide as its window. Bars: whole "
        "years; a box on top is the interval that a hedge allows (> more than, ~ about). Dashed: another "
        "print of the same year that excludes the bar. Green: windows that are no calendar year; the four "
        "prints of 2014's suspects lie over each other. Years without a bar have no whole-year print. "
        f"{BAND_NOTE}",
        source=source_line(dataset, used),
    )


def _draw_panel(axes: Axes, shown: Panel, heading: str, unit: float) -> None:
    """Draw one panel; `unit` is what one unit of its axis stands for."""
    axes.set_title(heading, loc="left", fontsize=10.5, fontweight="bold", fontfamily="DejaVu Sans")
    for _, row in shown.whole.iterrows():
        low, high = row["low"] / unit, row["high"] / unit
        axes.bar(row["year"], low, WIDTH, color=style.PALE, edgecolor=style.INK, linewidth=0.8)
        if high > low:
            axes.bar(row["year"], high - low, WIDTH, low, color=style.BLUE, alpha=0.6)
        _label(axes, row["year"], high, _short(row["value"], unit, row["hedge"]), style.INK)
    for _, row in shown.rival.iterrows():
        ends = [row["year"] - WIDTH / 2, row["year"] + WIDTH / 2]
        axes.plot(ends, [row["value"] / unit] * 2, "--", color=style.ORANGE)
    for _, row in _labelled(shown.rival).iterrows():
        text = _short(row["value"], unit, row["hedge"])
        _label(axes, row["year"], row["value"] / unit, text, style.ORANGE)
    _draw_other(axes, shown.other, unit)
    draw_band(axes, shown.band, color=style.PURPLE, scale=unit, left=-WIDTH / 2, width=WIDTH)
    axes.set_xlim(2013.4, 2019.6)
    years = range(2014, 2020)
    axes.set_xticks(years, [f"\N{RIGHT SINGLE QUOTATION MARK}{year % 100}" for year in years])
    axes.margins(y=0.12)
    axes.set_ylim(bottom=0)
    if unit == 1:
        style.short_axis(axes)


def _draw_other(axes: Axes, other: pd.DataFrame, unit: float) -> None:
    """Draw the readings of other windows, each as wide as its window; prints of one value share a label."""
    for _, row in other.iterrows():
        ends = [_decimal(row["window_start"]), _decimal(row["window_end"])]
        axes.fill_between(
            ends, row["low"] / unit, row["high"] / unit, color=style.GREEN, alpha=0.3, linewidth=0
        )
        axes.plot(ends, [row["value"] / unit] * 2, color=style.GREEN, linewidth=2.2)
    for value, rows in other.groupby("value"):
        middle = (_decimal(rows["window_start"].min()) + _decimal(rows["window_end"].max())) / 2
        _label(axes, middle, rows["high"].max() / unit, _short(float(str(value)), unit), style.GREEN)


def _label(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write a value above its mark."""
    written = axes.annotate(
        text, (x, y), (0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=8.5, color=colour
    )
    written.set_path_effects([withStroke(linewidth=2, foreground="white")])


def _labelled(rival: pd.DataFrame) -> pd.DataFrame:
    """Return one rival a year to label: the exact one where several lie together."""
    ranked = rival.assign(_order=rival["hedge"].astype(str) != "exact").sort_values(["year", "_order"])
    return ranked.drop_duplicates("year")


def _decimal(date: pd.Timestamp) -> float:
    """Return a day's place on an axis on which a year is centred on its number."""
    return float(date.year - 0.5 + (date.day_of_year - 1) / 365)


def _short(value: float, unit: float, hedge: object = "exact") -> str:
    """Write a value in units of its axis, its hedge as a mark."""
    text = f"{value / unit:,.4g}" if unit > 1 else f"{value:,.0f}"
    return HEDGE_MARKS.get(str(hedge), "") + text


def _keys() -> list[Line2D]:
    """Return the legend's marks."""
    return [
        Line2D([], [], marker="s", linestyle="", markersize=9, markerfacecolor=style.PALE,
               markeredgecolor=style.INK, label="whole year"),
        Line2D([], [], color=style.ORANGE, linestyle="--", label="rival print"),
        Line2D([], [], color=style.GREEN, linewidth=2.2, label="other window"),
        Line2D([], [], marker="s", linestyle="", markersize=9, markerfacecolor=(style.PURPLE, 0.3),
               markeredgecolor="none", label="reconstructed"),
    ]  # fmt: skip


def _arrests_title(leads: Panel, suspects: Panel) -> str:
    """Say what the first two panels show, in the numbers they show."""
    first, last = suspects.whole.iloc[0], suspects.whole.iloc[-1]
    sent = leads.whole.set_index("year")["value"]
    return (
        f"Alibaba counted {number(first['value'])} suspects for {first['year']} and {number(last['value'])} "
        f"for {last['year']}, on {number(sent[first['year']])} and {number(sent[last['year']])} leads"
    )


def _spoken(shown: Panel, heading: str) -> str:
    """Say a panel's numbers for a reader who cannot see it."""
    years = listed([f"{quote(r, unit=False)} in {r['year']}" for _, r in shown.whole.iterrows()])
    rivals = [f"{quote(r, unit=False)} for {r['year']}" for _, r in shown.rival.iterrows()]
    others = dict.fromkeys(
        f"{quote(r, unit=False)} ({_span(r['window_start'], r['window_end'])})"
        for _, r in shown.other.iterrows()
    )
    text = f"{heading}: {years}."
    text += f" Rival prints: {listed(rivals)}." if rivals else ""
    text += f" Other windows: {listed(list(others))}." if others else ""
    return f"{text} Reconstructed: {band_in_words(shown.band)}."


def _span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a window in months, short enough for alt text."""
    return f"{start:%b %Y} to {end:%b %Y}"


def funnel_chart(dataset: Dataset) -> Chart:
    """Draw what Alibaba said, in February 2017, had become of its leads of 2016."""
    steps = prints(dataset, [name for name, _ in FUNNEL])
    values = [float(value) for value in steps["value"]]
    figure, axes = style.subplots(size=(5.8, 2.7))
    places = range(len(values))
    axes.barh(list(places), values, color=[style.PALE, *[style.BLUE] * 3], edgecolor=style.INK, height=0.62)
    for place, value in zip(places, values, strict=True):
        share = f"  ({_percent(value / values[place - 1])} of the step above)" if place else ""
        axes.annotate(
            f"{number(value)}{share}", (value, place), (5, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(list(places), [label for _, label in FUNNEL])
    axes.invert_yaxis()
    axes.set_xlim(0, values[0] * 1.15)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("leads, then cases, counted for 2016")
    style.short_axis(axes, "x")
    spoken = listed([f"{label.lower()}: {number(v)}" for (_, label), v in zip(FUNNEL, values, strict=True)])
    return Chart(
        name="platforms-funnel",
        figure=style.finish(figure),
        title=f"Of {number(values[0])} leads that Alibaba says it submitted for 2016, police took up "
        f"{number(values[1])}; it knew of {number(values[3])} convictions by February 2017",
        alt=f"Horizontal bars, each shorter than the one above. {spoken}. The last is "
        f"{_percent(values[3] / values[0])} of the first.",
        note="Counts of one calendar year side by side, not one set of leads followed to its end: a case "
        "opened late in 2016 could not be judged by the year's end. Every lead is said to exceed the "
        "threshold of a crime.",
        source=source_line(dataset, steps),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2g}%"


def value_words(dataset: Dataset) -> dict[str, str]:
    """Say which of two prints of the value of 2017 a two-year total supports, by intervals in yuan."""
    low_print, high_print = (one(dataset, name) for name in VALUE_2017)
    later, both = one(dataset, VALUE_2018), one(dataset, VALUE_BOTH)
    left = (both["low"] - later["high"], both["high"] - later["low"])
    fits = [left[0] <= row["high"] and row["low"] <= left[1] for row in (low_print, high_print)]
    return {
        "value_small": quote(low_print),
        "value_large": quote(high_print),
        "value_2018": quote(later),
        "value_both": quote(both),
        "value_left": f"{between(*left)} yuan",
        "value_verdict": {
            (False, True): "the larger print fits and the smaller does not",
            (True, False): "the smaller print fits and the larger does not",
            (False, False): "neither print fits",
        }.get((fits[0], fits[1]), "the total does not decide between them"),
    }


def totals_that_fit(dataset: Dataset) -> list[str]:
    """Name the counts whose prints for 2017 and 2018 add up, within their intervals, to the two-year total."""
    fitting = []
    for name, (series_id, total_id) in TOTALS.items():
        table = printed_years(dataset, series_id).table
        parts, total = table[table["year"].isin([2017, 2018])], one(dataset, total_id)
        if parts["low"].sum() <= total["high"] and total["low"] <= parts["high"].sum():
            fitting.append(name)
    return fitting
