"""Where trends break, with the intervals of the dates, beside the measures that began in the same years."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.pages.measures.dates import dated
from analysis.publish.pages.what_comes_next.found import ABROAD, RATED, Rate, broken, measures_between, title
from analysis.publish.pages.what_comes_next.wording import counted, percent
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import listed
from analysis.rounding import written
from analysis.scrutiny import benjamini_hochberg
from analysis.series import printed_years

NAMES = RATED | ABROAD
TEST_LEVEL = 0.95  # that of `models.trend`


def found_breaks(dataset: Dataset) -> pd.DataFrame:
    """Return every break found: series_id, p (of no break against one), columns of `Breaks.table`, measures.

    `measures` is the number of measures of the series' country that began within the interval of the date.
    """
    rows = [
        {
            "series_id": series_id,
            "p": p_of(one),
            **row,
            "measures": len(measures_between(dataset, series_id, row["lower"], row["upper"])),
        }
        for series_id, one in broken(dataset).items()
        for row in _rows(one)
    ]
    columns = ["series_id", "p", "period", "lower", "upper", "growth_before", "growth_after", "measures"]
    return pd.DataFrame(rows, columns=columns)


def _rows(one: Rate) -> list[dict[str, Any]]:
    """Return the breaks of one series as rows."""
    breaks = one.trend.breaks
    rows: list[dict[str, Any]] = [] if breaks is None else breaks.table.to_dict("records")  # type: ignore[assignment]
    return rows


def p_of(one: Rate) -> float:
    """Return the bootstrap p of no break against one."""
    breaks = one.trend.breaks
    return float("nan") if breaks is None or breaks.tests.empty else float(breaks.tests["p"].iloc[0])


def breaks_chart(dataset: Dataset) -> Chart:
    """Draw a row a series: its printed years, its breaks with intervals, changes of counting; below, measures."""
    series = broken(dataset)
    figure, (rows, below) = style.subplots(
        2, 1, size=(5.8, 6.2), sharex=True, gridspec_kw={"height_ratios": [4, 1]}
    )
    for place, one in enumerate(series.values()):
        _row(rows, place, one)
    rows.set_yticks(range(len(series)), [NAMES[name] for name in series])
    rows.set_ylim(len(series) - 0.4, -0.6)
    rows.grid(axis="y", visible=False)
    _p_values(rows, list(series.values()))
    counts = _measures_by_year(dataset)
    below.bar(counts.index, counts, color=style.GREY, width=0.8)
    below.set_ylabel("China's measures\na year")
    below.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    first = min(one.years[0] for one in series.values())
    below.set_xlim(first - 1, max(one.years[-1] for one in series.values()) + 1)
    return Chart(
        name="fig-breaks",
        figure=style.finish(figure),
        title=breaks_title(dataset),
        alt=breaks_alt(dataset),
        note="Small dots: printed years. Diamond and bar: first year of the new trend, and the 95% interval of that "
        "year. Dotted uprights: what is counted changed. At the right: bootstrap p of no break against one. Below: "
        "China's measures by the year in which they began.",
        source=_source(dataset),
    )


def _row(axes: Axes, place: int, one: Rate) -> None:
    """Draw one series in its row."""
    axes.plot(one.years, [place] * len(one.years), "o", color=style.GREY, ms=3, ls="none")
    for year in one.changed:
        axes.vlines(year - 0.5, place - 0.38, place + 0.38, color=style.INK, lw=1.3, ls=":")
    for row in _rows(one):
        axes.hlines(place, row["lower"], row["upper"], color=style.ORANGE, lw=7, alpha=0.35)
        axes.plot(row["period"], place, "D", color=style.ORANGE, ms=7)


def _p_values(axes: Axes, series: list[Rate]) -> None:
    """Write the p of no break at the right of each row."""
    place = axes.get_yaxis_transform()
    for row, one in enumerate(series):
        axes.text(1.01, row, written(p_of(one), ".2f"), transform=place, va="center", fontsize=9)
    axes.text(1.01, -0.75, "p", transform=place, va="bottom", fontsize=9, style="italic")


def _measures_by_year(dataset: Dataset) -> pd.Series[int]:
    """Return how many of China's measures began in each year."""
    frame = dated(dataset)
    counts: pd.Series[int] = frame.loc[frame["place"] == "CN", "year"].value_counts().sort_index()
    return counts


def breaks_title(dataset: Dataset) -> str:
    """Say how many series break, alone and after correction for having searched so many."""
    found, all_of = found_breaks(dataset), broken(dataset)
    if found.empty:
        return f"None of {len(all_of)} series has a break in its trend that can be told from wandering"
    count, kept = found["series_id"].nunique(), survivors(dataset)
    verb = "seems" if count == 1 else "seem"
    return (
        f"{counted(count).capitalize()} of {len(all_of)} series {verb} to break, {counted(kept)} after correction for "
        "searching them all"
    )


def survivors(dataset: Dataset) -> int:
    """Return how many series have a break after Benjamini and Hochberg's correction for having searched all."""
    p = benjamini_hochberg([p_of(one) for one in broken(dataset).values()])
    return int((p <= 1 - TEST_LEVEL).sum())


def breaks_alt(dataset: Dataset) -> str:
    """Say the chart in words: every series with its span, its breaks, its changes of counting."""
    said = []
    for series_id, one in broken(dataset).items():
        told = [_break_words(row) for row in _rows(one)] or ["no break"]
        changed = f"; counted otherwise from {listed([str(y) for y in one.changed])}" if one.changed else ""
        span = f"{one.years[0]} to {one.years[-1]}"
        said.append(
            f"{title(dataset, series_id)}, {span}: {'; '.join(told)} (p = {written(p_of(one), '.2f')}){changed}."
        )
    counts = _measures_by_year(dataset)
    most = max(counts.index, key=counts.__getitem__)
    return (
        f"Rows of dots on a time axis, one a series. {' '.join(said)} Below, bars: measures of China's by year, "
        f"most in {most} ({counts[most]})."
    )


def _break_words(row: dict[str, Any]) -> str:
    """Say one break with its interval and the growth on both sides."""
    return (
        f"break in {row['period']:.0f} (95% interval {row['lower']:.0f} to {row['upper']:.0f}), growth a year from "
        f"{percent(row['growth_before'])} to {percent(row['growth_after'])}"
    )


def breaks_table(dataset: Dataset) -> HtmlTable:
    """Return the measures that began within the interval of each break; a row a break and measure."""
    rows = []
    for _, row in found_breaks(dataset).iterrows():
        near = measures_between(dataset, row["series_id"], row["lower"], row["upper"])
        for _, measure in near.iterrows():
            rows.append(
                {
                    "series": title(dataset, row["series_id"]),
                    "break": f"{row['period']:.0f} ({row['lower']:.0f} to {row['upper']:.0f})",
                    "began": measure["begins"],
                    "measure": measure["title"],
                    "kind": str(measure["kind"]).replace("_", " "),
                }
            )
    caption = f"The {len(rows)} measures that began within the interval of a break"
    return table(rows, caption=caption, folded=True, wide=True)


def _source(dataset: Dataset) -> str:
    """Return the source line of the chart: the readings, and the table of measures."""
    used: set[str] = set()
    for series_id in broken(dataset):
        used |= set(printed_years(dataset, series_id).table["reading_id"])
    line, version = source_line(dataset, sorted(used)), version_line(dataset)
    return line.worded(f"{line.removesuffix(version)}Measures: measures.csv. {version}")
