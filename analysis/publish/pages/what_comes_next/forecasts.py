"""Forecasts of the next years with their intervals, and the record of each method, replayed on the past."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import marks, style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks_time import years_axis
from analysis.publish.pages.what_comes_next.looks import METHOD_NAMES, title
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import UNIT_WORDS, between, capital, counted, estimate, listed
from analysis.rounding import written
from analysis.scrutiny.forecast_record import NAIVE, chosen, pooled, reach, rivals
from analysis.scrutiny.forecasts import forecastable
from analysis.series import PrintedYears, breaks_of, printed_years
from analysis.series.runs import runs

# Series drawn: the heading of the panel, and what its axis counts in.
SHOWN = {
    "spp-persons-prosecuted": ("China: people prosecuted", 1e3, "thousand people"),
    "eu-border-items": ("EU border: articles", 1e6, "million articles"),
    "us-msrp": ("US border: retail value", 1e9, "billion dollars"),
    "jp-items": ("Japan's border: items", 1e6, "million items"),
}
FROM = 2010
LEVEL = 0.8
# Panels of the record: column, heading, how a value is said, the value to compare with (in percent), and the natural
# ends of the axis.
PANELS = {
    "mase": ("absolute error, scaled", "{:.2f}", None, (0,)),
    "interval_score": ("interval score", "{:.2f}", None, (0,)),
    "coverage": ("inside the 80% interval", "{:.0%}", 100 * LEVEL, (100,)),
    "beats_naive": ("series where it beats\nthe last value", "{:.0%}", 50.0, (0, 100)),
}
# Years ahead: marker, colour, how far below the row, and what the legend says.
LOOKS = {1: ("o", style.INK, -0.14, "one year ahead"), 2: ("D", style.GROUPS[1], 0.14, "two years ahead")}


def ahead_chart(dataset: Dataset) -> Chart:
    """Draw four series since 2010 with the forecasts of the chosen method and their intervals."""
    figure, panels = marks.panels([heading for heading, _, _ in SHOWN.values()], height=2.3, sharex=False)
    series = {
        series_id: _ahead(axes, dataset, series_id, scale, unit)
        for axes, (series_id, (_, scale, unit)) in zip(panels, SHOWN.items(), strict=True)
    }
    ids = [i for found in series.values() for i in found.table.loc[found.table["year"] >= FROM, "reading_id"]]
    return Chart(
        name="fig-ahead",
        figure=style.finish(figure),
        title="Two years on, the upper end of an 80% interval is typically "
        f"{written(reach(dataset), '.1f')} times the lower",
        alt="Four panels of dots since 2010, each ending in two forecasts with bars. "
        + " ".join(_told(dataset, series_id, found) for series_id, found in series.items()),
        measure="Counts of a year and two forecasts, each in the unit that its panel names",
        note="Dots: published years; a line joins neighbouring years counted alike. Diamonds: forecast of the method "
        "that the series' own record chooses; bars: its 80% interval. US years are fiscal years.",
        source=source_line(dataset, ids),
    )


def _ahead(axes: Axes, dataset: Dataset, series_id: str, scale: float, unit: str) -> PrintedYears:
    """Draw one series and its forecasts."""
    found, rows = printed_years(dataset, series_id), chosen(dataset, series_id)
    for run in runs(found, breaks_of(dataset, series_id)):
        run = run[run["year"] >= FROM]
        (dots,) = axes.plot(run["year"], run["value"] / scale, color=style.INK, marker="o", ms=3.5, lw=1.3)
        lead(dots, run)
    lower, upper = rows["lower"] / scale, rows["upper"] / scale
    axes.vlines(rows["period"], lower, upper, color=style.GROUPS[1], lw=5, alpha=0.4)
    (ahead,) = axes.plot(
        rows["period"], rows["estimate"] / scale, "D", color=style.GROUPS[1], ms=5, ls="none"
    )
    lead(ahead, rows)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(unit, fontsize=9.5)
    years_axis(axes, [FROM, found.table["year"].max(), rows["period"].max()], every=5)
    return found


def _told(dataset: Dataset, series_id: str, found: PrintedYears) -> str:
    """Say one panel."""
    last, rows = found.table.iloc[-1], chosen(dataset, series_id)
    said = [
        f"{row['period']} forecast {estimate(row['estimate'])}, interval {_interval(row)}"
        for _, row in rows.iterrows()
    ]
    return (
        f"{found.definition.title} ({UNIT_WORDS[found.definition.unit]}): {last['label']} {estimate(last['value'])}; "
        f"{'; '.join(said)} ({_method(rows.iloc[0])})."
    )


def _interval(row: pd.Series[Any]) -> str:
    """Write a forecast's interval with three significant digits."""
    return between(float(written(row["lower"], ".3g")), float(written(row["upper"], ".3g")))


def _method(row: pd.Series[Any]) -> str:
    """Return the name of a forecast's method."""
    return METHOD_NAMES[str(row["method"]).replace("_", " ")]


def ahead_table(dataset: Dataset) -> HtmlTable:
    """Return the chosen forecasts of every series on record."""
    rows = []
    for _, row in chosen(dataset).iterrows():
        found = printed_years(dataset, row["series_id"])
        last = found.table.iloc[-1]
        rows.append(
            {
                "series": title(dataset, row["series_id"]),
                "unit": UNIT_WORDS[found.definition.unit],
                "last published": f"{estimate(last['value'])} ({last['label']})",
                "year": row["period"],
                "method": _method(row),
                "forecast": estimate(row["estimate"]),
                "80% interval": _interval(row),
            }
        )
    caption = f"Forecasts of the chosen method for {len({row['series'] for row in rows})} series"
    return table(rows, caption=caption, right=("last published", "forecast"), folded=True, wide=True)


def record_chart(dataset: Dataset) -> Chart:
    """Draw four scores of each method, one and two years ahead, pooled over series."""
    frame = pooled(dataset)
    headings = [heading for heading, *_ in PANELS.values()]
    figure, panels = marks.panels(headings, height=2.1, sharex=False, sharey=True)
    for axes, (column, (_, _, line, ends)) in zip(panels, PANELS.items(), strict=True):
        marks.draw_rows(axes, _points(frame, column), width=1.6)
        axes.update_datalim([(end, 0) for end in ends])
        axes.autoscale_view()
        marks.row_axis(axes, METHOD_NAMES.values(), letters=9.5)
        if 0 in ends:
            axes.set_xlim(left=0)
        if line is not None:
            axes.axvline(line, color=style.RULE, lw=1, ls="--")
            axes.set_xlabel("%")
    marks.legend_above(figure, panels[0], letters=9.5)
    used: list[str] = []  # every reading of every run of years that was replayed
    for _, run in forecastable(dataset).query("reason == ''").iterrows():
        years = printed_years(dataset, run["series_id"]).table
        used += years.loc[years["year"].between(run["first"], run["last"]), "reading_id"].tolist()
    return Chart(
        name="fig-record",
        figure=style.finish(figure),
        title=record_title(frame),
        alt="Four panels of points, a row a method. " + " ".join(_scores(row) for _, row in frame.iterrows()),
        measure="Error, interval score, coverage and wins of forecasts made for past years, by method",
        note="Each method forecast past years from the years before them alone. Upper panels: less is better; errors "
        "are scaled by the mean change from year to year, interval scores are on logs. Lower left: dashed line, what "
        "an 80% interval should hold; bars, two standard errors with series as clusters. Lower right: share of series "
        "with a lower interval score than the last value's.",
        source=source_line(dataset, used),
        frame=frame,
    )


def _points(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the marks of one score; the last value cannot beat itself."""
    rows = frame[frame["method"] != NAIVE] if column == "beats_naive" else frame
    share = 1 if PANELS[column][2] is None else 100
    looks = rows["horizon"].map(LOOKS)
    value = share * rows[column]
    spread = 200 * rows["coverage_se"] if column == "coverage" else 0 * value
    return pd.DataFrame(
        {
            "value": value,
            "low": value - spread,
            "high": (value + spread).clip(upper=value.clip(lower=100)),  # a share ends at 100
            "place": rows["method"].map(list(METHOD_NAMES).index) + looks.str[2],
            "marker": looks.str[0],
            "colour": looks.str[1],
            "legend": looks.str[3],
            "alpha": 0.6,
            "address": "#" + _anchors(rows),
        }
    )


def _anchors(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the ids of the rows of the record's table, one a method and horizon."""
    return (
        "record-" + frame["method"].str.replace("[ _]", "-", regex=True) + "-" + frame["horizon"].astype(str)
    )


def record_title(frame: pd.DataFrame) -> str:
    """Say how often another method's pooled errors are below those of the last value."""
    others = rivals(frame)
    better = int((others["mase"] < 1).sum())
    if better == 0:
        return "On average over series, no method comes nearer to the truth than the last published value"
    return f"On average over series, {counted(better)} of {len(others)} contests go against the last published value"


def _scores(row: pd.Series[Any]) -> str:
    """Say one method at one horizon."""
    shown = [
        f"{heading.replace(chr(10), ' ')} {form.format(row[column])}"
        for column, (heading, form, *_) in PANELS.items()
        if not (row["method"] == NAIVE and column == "beats_naive")
    ]
    return f"{capital(_method(row))}, {LOOKS[int(row['horizon'])][3]}: {', '.join(shown)}."


def record_table(dataset: Dataset) -> HtmlTable:
    """Return the pooled record as a table."""
    rows = [
        {
            "method": _method(row),
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
    return table(rows, caption=caption, right=list(rows[0])[1:], anchors=_anchors(pooled(dataset)))


def sharper(others: pd.DataFrame) -> str:
    """Say where another method's interval score is below the last value's."""
    better = others[others["interval_score"] < 1]
    if better.empty:
        return "none has a better interval score either"
    said = [
        f"{_method(row)} {counted(int(row['horizon']), 'year', 'years')} ahead, by "
        f"{written(1 - row['interval_score'], '.0%')}"
        for _, row in better.iterrows()
    ]
    return f"a better interval score is had by {listed(said)}"
