"""Forecasts of the next years with their intervals, and the list of all that are on record."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import runs
from analysis.publish.pages.what_comes_next.found import METHOD_NAMES, on_record, title
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import UNIT_WORDS, between, number
from analysis.rounding import written
from analysis.series import PrintedYears, breaks_of, printed_years

# Series drawn: the heading of the panel, and what its axis counts in.
SHOWN = {
    "spp-persons-prosecuted": ("China: people prosecuted", 1e3, "thousand people"),
    "eu-border-items": ("EU border: articles", 1e6, "million articles"),
    "us-msrp": ("US border: retail value", 1e9, "billion dollars"),
    "jp-items": ("Japan's border: items", 1e6, "million items"),
}
FROM = 2010


def chosen(dataset: Dataset, series_id: str | None = None) -> pd.DataFrame:
    """Return the forecasts by the chosen methods, of one series or of all.

    Raises
    ------
    InputError
        If the series is not forecast.
    """
    rows = on_record(dataset)
    rows = rows[rows["chosen"] == "yes"]
    if series_id is not None:
        rows = rows[rows["series_id"] == series_id]
        if rows.empty:
            raise InputError(f"There is no forecast of {series_id!r}; `forecastable` says why.")
    return rows.astype({"period": int}).sort_values(["series_id", "period"], ignore_index=True)


def ahead_chart(dataset: Dataset) -> Chart:
    """Draw four series since 2010 with the forecasts of the chosen method and their intervals."""
    figure, grid = style.subplots(2, 2, size=(5.8, 5.0))
    series = {}
    for axes, (series_id, (heading, scale, unit)) in zip(grid.flat, SHOWN.items(), strict=True):
        series[series_id] = _panel(axes, dataset, series_id, scale)
        axes.set_title(heading, fontsize=9.5)
        axes.set_ylabel(unit, fontsize=9.5)
    ids = [i for found in series.values() for i in found.table.loc[found.table["year"] >= FROM, "reading_id"]]
    return Chart(
        name="fig-ahead",
        figure=style.finish(figure),
        title=_title(dataset),
        alt="Four panels of dots since 2010, each ending in two forecasts with bars. "
        + " ".join(_told(dataset, series_id, found) for series_id, found in series.items()),
        note="Dots: printed years; a line joins neighbouring years counted alike. Diamonds: forecast of the method "
        "that the series' own record chooses; bars: its 80% interval. US years are fiscal years.",
        source=source_line(dataset, ids),
    )


def _panel(axes: Axes, dataset: Dataset, series_id: str, scale: float) -> PrintedYears:
    """Draw one series and its forecasts."""
    found = printed_years(dataset, series_id)
    for run in runs(found, breaks_of(dataset, series_id)):
        run = run[run["year"] >= FROM]
        axes.plot(run["year"], run["value"] / scale, color=style.INK, marker="o", ms=3.5, lw=1.3)
    rows = chosen(dataset, series_id)
    axes.vlines(
        rows["period"], rows["lower"] / scale, rows["upper"] / scale, color=style.ORANGE, lw=5, alpha=0.4
    )
    axes.plot(rows["period"], rows["estimate"] / scale, "D", color=style.ORANGE, ms=5, ls="none")
    axes.set_ylim(0, None)
    axes.set_xlim(FROM - 0.8, rows["period"].max() + 0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    return found


def _title(dataset: Dataset) -> str:
    """Say how wide the forecasts are: the median ratio of the interval's ends two years on."""
    ratio = reach(dataset)
    return (
        f"Two years on, the upper end of an 80% interval is typically {written(ratio, '.1f')} times the lower"
    )


def reach(dataset: Dataset) -> float:
    """Return the median over series of upper over lower end of the chosen forecast of the second year."""
    last = chosen(dataset).groupby("series_id").tail(1)
    return float((last["upper"] / last["lower"]).median())


def _told(dataset: Dataset, series_id: str, found: PrintedYears) -> str:
    """Say one panel."""
    unit = UNIT_WORDS[found.definition.unit]
    last = found.table.iloc[-1]
    rows = chosen(dataset, series_id)
    said = [
        f"{row['period']} forecast {short(row['estimate'])}, interval {between(*rounded(row))}"
        for _, row in rows.iterrows()
    ]
    return (
        f"{found.definition.title} ({unit}): {last['label']} {short(last['value'])}; "
        f"{'; '.join(said)} ({method_of(rows.iloc[0])})."
    )


def short(value: float) -> str:
    """Write a value with three significant digits."""
    return number(float(written(value, ".3g")), 3)


def rounded(row: pd.Series[Any]) -> tuple[float, float]:
    """Return the ends of a forecast's interval with three significant digits."""
    return float(written(row["lower"], ".3g")), float(written(row["upper"], ".3g"))


def method_of(row: pd.Series[Any]) -> str:
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
                "last printed": f"{short(last['value'])} ({last['label']})",
                "year": row["period"],
                "method": method_of(row),
                "forecast": short(row["estimate"]),
                "80% interval": between(*rounded(row)),
            }
        )
    count = len({row["series"] for row in rows})
    caption = f"Forecasts of the chosen method for {count} series"
    return table(rows, caption=caption, right=("last printed", "forecast"), folded=True, wide=True)


def best_of(dataset: Dataset) -> dict[str, str]:
    """Return the method chosen for every series on record."""
    methods = chosen(dataset).groupby("series_id")["method"].first().astype(str)
    return dict(methods.str.replace("_", " "))
