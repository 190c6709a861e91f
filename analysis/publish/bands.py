"""Draw what all windows of a series say of its years: a box a year, hatched where the readings say little.

A box is the 90 percent band of one year, and boxes of different years are never joined, so that none leads
across a gap or a break. A year is hatched where smoothness says more than readings do (`informed` below one
half), where the ends of the band differ by more than a factor of two, or where every window that speaks of it
reaches over a break of counting.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.addresses import series_address
from analysis.publish.estimates import too_wide
from analysis.publish.marks import cut
from analysis.publish.touch import tell
from analysis.publish.words import between, listed
from analysis.rounding import above
from analysis.series import Reconstruction, breaks_of, definition, readings_of, reconstructed
from analysis.series.thresholds import LEAST_INFORMED
from analysis.series.whole_years import year_of

Days = NDArray[np.datetime64]
WIDTH = 0.8  # of a box, in years: neighbours stay apart
FACTOR = 2.0
REACH = 1.25  # how far above the highest print boxes may stretch the axis
HATCH = "/////"
ABOVE = 1.5  # in the order of drawing: over grid and uprights, under lines and marks
COLUMNS = ("year", "estimate", "lower", "upper", "informed", "printed", "hatched")
BAND_NOTE = (
    "Shaded boxes are reconstructed years, not published ones; of hatched ones little is known. A box that meets the "
    "frame goes on beyond it."
)


def band(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the years of a series that its reconstruction estimates.

    Columns: year; estimate, lower and upper in the series' unit (lower and upper the 90 percent band);
    informed, 0 to 1; printed, whether a whole-year figure was picked; hatched, whether readings say little.
    Left out are years that nobody prints and in which the count changed, and years whose band is wider than a factor
    of ten: of these there is no estimate. Empty where a series cannot be
    reconstructed. Raises InputError for an unknown series.
    """
    return _band(dataset, definition(dataset, series_id).series_id).copy(deep=False)


@lru_cache(maxsize=2048)
def _band(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Make the band of a series once for a dataset, which never changes."""
    try:
        found = reconstructed(dataset, series_id)
    except InputError:
        return pd.DataFrame(columns=list(COLUMNS))
    key, prints = definition(dataset, series_id), readings_of(dataset, series_id)
    fiscal, taken = key.fiscal, prints[~prints["reading_id"].isin(key.set_aside)]
    table = (found.fiscal if fiscal else found.yearly).dropna(subset=["estimate"])
    table = table.assign(year=table["period"].str.removeprefix("FY").astype(int))
    table["printed"] = table["year"].isin(year_of(taken, fiscal=fiscal).dropna())
    days = breaks_of(dataset, series_id)["date"].to_numpy("datetime64[D]")
    first, last = _ends(table["year"].to_numpy(int), fiscal=fiscal)
    told = table["printed"].to_numpy(bool) | ~_crossed(days, first, last)
    kept = told & ~too_wide(table["lower"], table["upper"])
    table, first, last = table[kept], first[kept], last[kept]
    table["hatched"] = says_little(table) | (_only_across(found, days, first, last) & ~table["printed"])
    return table[list(COLUMNS)].reset_index(drop=True)


def says_little(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell of which rows (informed, lower, upper) readings say less than smoothness does, or no more than a size."""
    return (table["informed"] < LEAST_INFORMED) | above(table["upper"], FACTOR * table["lower"])


def _ends(years: NDArray[np.int64], *, fiscal: bool) -> tuple[Days, Days]:
    """Return the first and the last days of calendar or US fiscal years."""
    months = (years - 1970).astype("datetime64[Y]").astype("datetime64[M]") - (3 if fiscal else 0)
    return months.astype("datetime64[D]"), (months + 12).astype("datetime64[D]") - 1


def _crossed(days: Days, first: Days, last: Days) -> NDArray[np.bool_]:
    """Tell in which windows the count changes: after their first day, up to their last."""
    crossed: NDArray[np.bool_] = np.any((first[:, None] < days) & (days <= last[:, None]), axis=1)
    return crossed


def _only_across(found: Reconstruction, days: Days, first: Days, last: Days) -> NDArray[np.bool_]:
    """Tell of which years, by their ends, each window that meets them reaches over a break of counting."""
    if not len(days):
        return np.zeros(len(first), dtype=bool)
    windows = found.observations.frame
    end = windows["window_end"].to_numpy("datetime64[D]")
    start = windows["window_start"].fillna(windows["window_end"]).to_numpy("datetime64[D]")
    meets = (start <= last[:, None]) & (end >= first[:, None])
    across: NDArray[np.bool_] = np.all(~meets | _crossed(days, start, end), axis=1)
    return across


def draw_band(
    axes: Axes, years: pd.DataFrame, *, color: str, scale: float = 1.0, left: float = -WIDTH / 2, width: float = WIDTH,
    series_id: str = "",
) -> None:  # fmt: skip
    """Draw the boxes of a band, from year + `left` on, `width` years wide, values divided by `scale`.

    A box leads to the page of the series, where `series_id` names it.

    The estimate of years that nobody prints is a dash; printed years have their mark. The axis is
    stretched to at most `REACH` times the highest printed year's estimate; boxes beyond are cut by it.
    """
    if years.empty:
        return
    rows = years.to_dict("records")
    for hatched in (False, True):
        if held := [row for row in rows if bool(row["hatched"]) == hatched]:
            _draw_boxes(axes, held, color, scale, left, width, series_address(series_id) if series_id else "")
    ends = [(row["year"] + left, row["estimate"] / scale) for row in rows if not row["printed"]]
    dashes = LineCollection([[(x, y), (x + width, y)] for x, y in ends], colors=color, linewidths=1.3)
    dashes.set_zorder(ABOVE + 0.1)
    cut(dashes)  # the note says that boxes which meet the frame go on beyond it
    axes.add_collection(dashes, autolim=False)
    _stretch(axes, rows, scale, left, width)


def _draw_boxes(
    axes: Axes, rows: list[dict[Any, Any]], color: str, scale: float, left: float, width: float, page: str
) -> None:
    """Draw boxes that are all hatched, or none of them; they lead to `page`."""
    sides = [(row["year"] + left, row["lower"] / scale, row["upper"] / scale) for row in rows]
    boxes = [[(x, low), (x + width, low), (x + width, high), (x, high)] for x, low, high in sides]
    hatched = bool(rows[0]["hatched"])
    drawn = PolyCollection(boxes, zorder=ABOVE, facecolor="none" if hatched else (color, 0.22))
    if hatched:
        drawn.set(hatch=HATCH, edgecolor=(color, 0.55), linewidth=0.5)
    else:
        drawn.set(lw=0, ec="none")
    drawn.set_label("_band hatched" if hatched else "_band")  # an underscore keeps it out of legends
    axes.add_collection(drawn, autolim=False)
    tell(drawn, [(_box_in_words(row, scale), page) for row in rows])


def _box_in_words(row: dict[Any, Any], scale: float) -> str:
    """Tell one year's box: its band, its estimate, and whether readings say little of it."""
    low, middle, high = (float(row[name]) / scale for name in ("lower", "estimate", "upper"))
    little = "; the readings say little of it" if row["hatched"] else ""
    when = row.get("period", row["year"])  # a month or a quarter stands at a fraction of a year
    return f"{when}: estimated {between(middle, middle)}, 90 percent band {between(low, high)}{little}"


def _stretch(axes: Axes, rows: list[dict[Any, Any]], scale: float, left: float, width: float) -> None:
    """Make room for the boxes, but for hatched ones no more than `REACH` times what is well known."""
    sound = [row for row in rows if row["printed"] or not row["hatched"]]
    top = max(row["upper"] for row in sound or rows) * (REACH if sound else 1)
    years = [row["year"] for row in rows]
    corners = [
        (min(years) + left, min(row["lower"] for row in rows) / scale),
        (max(years) + left + width, min(max(row["upper"] for row in rows), top) / scale),
    ]
    axes.update_datalim(corners)
    axes.autoscale_view()


def band_in_words(years: pd.DataFrame) -> str:
    """Say a band for an alt text: how many years, which of them nobody prints, the widest, the hatched."""
    if years.empty:
        return "no year can be reconstructed"
    alone = [str(year) for year in years.loc[~years["printed"].astype(bool), "year"]]
    widest = years.iloc[int(np.argmax(years["upper"] / years["lower"]))]
    count = int(years["hatched"].sum())
    parts = [f"band of {len(years)} reconstructed year{'s' if len(years) > 1 else ''}"]
    if alone:
        parts.append(f"with {_spans(alone)} published by nobody as a whole")
    parts.append(f"widest {widest['year']} ({between(float(widest['lower']), float(widest['upper']))})")
    return ", ".join(parts) + (f", {count} hatched" if count else "")


def _spans(years: list[str]) -> str:
    """List years, runs of three and more as `2000 to 2007`."""
    runs: list[list[int]] = []
    for year in map(int, years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return listed(
        [one for run in runs for one in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    )


def estimated(dataset: Dataset, series_id: str, year: int) -> str:
    """Return a reconstructed year for prose, with its band: `27,900 (23,200 to 33,500)`.

    Raises InputError where the series is unknown or the year is not estimated.
    """
    rows = band(dataset, series_id).set_index("year")[["estimate", "lower", "upper"]]
    if year not in rows.index:
        raise InputError(f"Series {series_id!r} has no estimate for {year}; see its readings with `show`.")
    middle, low, high = map(float, rows.loc[year])
    return f"{between(middle, middle)} ({between(low, high)})"
