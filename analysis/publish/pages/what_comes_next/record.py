"""The record of each method: what it would have said, replayed on the past and pooled over series."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, Source, source_line
from analysis.publish.pages.what_comes_next.found import METHOD_NAMES, past, pooled
from analysis.publish.pages.what_comes_next.wording import counted
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import listed
from analysis.rounding import written
from analysis.scrutiny.forecasts import forecastable
from analysis.series import printed_years

LEVEL = 0.8
# Panels: column, heading, and how a value is said.
PANELS = {
    "mase": ("absolute error, scaled", "{:.2f}"),
    "interval_score": ("interval score", "{:.2f}"),
    "coverage": ("inside the 80% interval", "{:.0%}"),
    "beats_naive": ("series where it beats\nthe last value", "{:.0%}"),
}
LOOKS = {1: ("o", style.INK, -0.14, "one year ahead"), 2: ("D", style.ORANGE, 0.14, "two years ahead")}
NAIVE = "naive"


def record_chart(dataset: Dataset) -> Chart:
    """Draw four scores of each method, one and two years ahead, pooled over series."""
    frame = pooled(dataset)
    figure, grid = style.subplots(2, 2, size=(5.8, 4.6), sharey=True)
    for axes, (column, (heading, _)) in zip(grid.flat, PANELS.items(), strict=True):
        _panel(axes, frame, column)
        axes.set_title(heading, fontsize=9.5)
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=2)
    return Chart(
        name="fig-record",
        figure=style.finish(figure),
        title=record_title(frame),
        alt="Four panels of points, a row a method. " + " ".join(_told(row) for _, row in frame.iterrows()),
        note="Each method forecast past years from the years before them alone. Upper panels: less is better; errors "
        "are scaled by the mean change from year to year, interval scores are on logs. Lower left: dashed line, what "
        "an 80% interval should hold; bars, two standard errors with series as clusters. Lower right: share of series "
        "with a lower interval score than the last value's.",
        source=_source(dataset),
    )


def _panel(axes: Axes, frame: pd.DataFrame, column: str) -> None:
    """Draw one score."""
    methods = list(METHOD_NAMES)
    for horizon, (marker, color, offset, label) in LOOKS.items():
        rows = frame[frame["horizon"] == horizon]
        if column == "beats_naive":
            rows = rows[rows["method"] != NAIVE]  # it cannot beat itself
        places = [methods.index(name) + offset for name in rows["method"]]
        share = 100 if column in ("coverage", "beats_naive") else 1
        values = share * rows[column]
        if column == "coverage":
            se = 200 * rows["coverage_se"]
            axes.hlines(places, values - se, (values + se).clip(upper=100), color=color, lw=1.6, alpha=0.6)
        axes.plot(values, places, marker, color=color, ms=5.5, ls="none", label=label)
    axes.set_yticks(range(len(methods)), list(METHOD_NAMES.values()))
    axes.set_ylim(len(methods) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    _limits(axes, frame, column)


def _limits(axes: Axes, frame: pd.DataFrame, column: str) -> None:
    """Set the range of one score's axis, with the line that it is to be compared with."""
    if column == "coverage":
        axes.axvline(100 * LEVEL, color=style.GREY, lw=1, ls="--")
        axes.set_xlim(45, 101)
    elif column == "beats_naive":
        axes.axvline(50, color=style.GREY, lw=1, ls="--")
        axes.set_xlim(0, 101)
    else:
        axes.set_xlim(0, 1.1 * frame[column].max())
    if column in ("coverage", "beats_naive"):
        axes.set_xlabel("%")


def rivals(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the other methods' scores over the naive one's at the same horizon: below 1 is better."""
    naive = frame[frame["method"] == NAIVE].set_index("horizon")
    others = frame[frame["method"] != NAIVE]
    return others.assign(
        mase=others["mase"] / others["horizon"].map(naive["mase"]),
        interval_score=others["interval_score"] / others["horizon"].map(naive["interval_score"]),
    )


def record_title(frame: pd.DataFrame) -> str:
    """Say how often another method's pooled errors are below those of the last value."""
    others = rivals(frame)
    better = int((others["mase"] < 1).sum())
    if better == 0:
        return "On average over series, no method comes nearer to the truth than the last printed value"
    return f"On average over series, {counted(better)} of {len(others)} contests go against the last printed value"


def _told(row: pd.Series[Any]) -> str:
    """Say one method at one horizon."""
    shown = [
        f"{heading.replace(chr(10), ' ')} {form.format(row[column])}"
        for column, (heading, form) in PANELS.items()
        if not (row["method"] == NAIVE and column == "beats_naive")
    ]
    ahead = LOOKS[int(row["horizon"])][3]
    return f"{METHOD_NAMES[str(row['method'])].capitalize()}, {ahead}: {', '.join(shown)}."


def record_table(dataset: Dataset) -> HtmlTable:
    """Return the pooled record as a table."""
    rows = [
        {
            "method": METHOD_NAMES[row["method"]],
            "years ahead": row["horizon"],
            "series": row["series"],
            "forecasts": row["n"],
            "MASE": written(row["mase"], ".2f"),
            "interval score": written(row["interval_score"], ".2f"),
            "inside 80%": f"{written(row['coverage'], '.0%')} (se {written(100 * row['coverage_se'], '.0f')})",
            "beats the last value": "" if row["method"] == NAIVE else written(row["beats_naive"], ".0%"),
        }
        for _, row in pooled(dataset).iterrows()
    ]
    caption = "The record of four methods, replayed on the past and pooled over series"
    return table(rows, caption=caption, right=list(rows[0])[1:])


def _source(dataset: Dataset) -> Source:
    """Return the source line: every reading of every run of years that was replayed."""
    listed = forecastable(dataset)
    used: list[str] = []
    for _, run in listed[listed["reason"] == ""].iterrows():
        frame = printed_years(dataset, run["series_id"]).table
        used += frame.loc[frame["year"].between(run["first"], run["last"]), "reading_id"].tolist()
    return source_line(dataset, used)


def sharper(others: pd.DataFrame) -> str:
    """Say where another method's interval score is below the last value's."""
    better = others[others["interval_score"] < 1]
    if better.empty:
        return "none has a better interval score either"
    said = [
        f"{METHOD_NAMES[str(row['method'])]} {counted(int(row['horizon']))} year{'s' if row['horizon'] > 1 else ''} "
        f"ahead, by {written(1 - row['interval_score'], '.0%')}"
        for _, row in better.iterrows()
    ]
    return f"a better interval score is had by {listed(said)}"


def past_sentence(dataset: Dataset) -> str:
    """Say how forecasts of earlier versions fared, or why there is nothing to score yet."""
    earlier = dataset.forecasts[dataset.forecasts["version"] != dataset.version]
    if earlier.empty:
        return "No earlier version put forecasts on record, so there is nothing to score yet."
    record = past(dataset)
    if record.empty:
        return "Earlier versions put forecasts on record, but none of those years has been printed since."
    told = [
        f"{METHOD_NAMES[str(row['method']).replace('_', ' ')]} {written(row['coverage'], '.0%')} of {row['n']}"
        for _, row in record.iterrows()
    ]
    return f"Of the years that earlier versions forecast and that were printed since, intervals held: {listed(told)}."
