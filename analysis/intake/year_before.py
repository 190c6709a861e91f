"""The same window a year before: as it was printed, or else as the series estimates it; and the change since then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.intake.record import SLACK, same_window
from analysis.series import Reconstruction, definition, printed_years, reconstructed
from analysis.series.cells import Periods, day_numbers
from analysis.series.draws import draw_cells
from analysis.series.informed import SHOWN, informed
from analysis.series.key import TIER_ORDER
from analysis.series.laplace import link
from analysis.series.observations import FLOW
from analysis.series.pins import pinned_cells
from analysis.threads import one_thread

PRINTED, ESTIMATE = "printed", "estimate"
DRAWS = 200
LONGEST = 366  # days of a window that can stand beside the same one a year before


@dataclass(frozen=True)
class Before:
    """A window a year before a figure's: `kind` is printed or estimate, `name` the reading's or the series' id.

    `change` holds the least and the most that value and value before allow: a ratio less one, or percentage points
    where the unit is percent. `exceeds` tells whether both lie on one side of no change.
    """

    kind: str
    name: str
    start: pd.Timestamp
    end: pd.Timestamp
    low: float
    high: float
    change: tuple[float, float]

    @property
    def exceeds(self) -> bool:
        """Whether the change is more than the two intervals leave open."""
        return self.change[0] > 0 or self.change[1] < 0


def year_before(
    dataset: Dataset, row: pd.Series[Any], others: pd.DataFrame, series: tuple[str, ...]
) -> Before | None:
    """Return the window a year before a figure's, from the readings of its quantity or the estimate of its series.

    None where the figure is itself a change, its window is open or longer than a year, or the record says nothing of
    the year before.
    """
    start, end = row["window_start"], row["window_end"]
    if str(row["kind"]) == "change" or pd.isna(end) or (pd.isna(start) and str(row["kind"]) != "stock"):
        return None
    if str(row["kind"]) == "flow" and row["days"] > LONGEST:
        return None
    first, last = shifted(start, end)
    place = row.copy()
    place["window_start"], place["window_end"] = first, last
    found = others[same_window(place, others)]
    if len(found):
        best = _nearest(found, last)
        low, high = float(best["low"]), float(best["high"])
        return Before(PRINTED, str(best["reading_id"]), first, last, low, high, _change(row, low, high))
    if str(row["kind"]) != "flow" or str(row["unit"]) == "percent":
        return None
    for name in series:
        if band := estimated(dataset, name, first, last):
            return Before(ESTIMATE, name, first, last, *band, _change(row, *band))
    return None


def shifted(start: pd.Timestamp, end: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return a window's ends a year earlier; the last day of a month stays one."""
    year = pd.DateOffset(years=1)
    first = pd.NaT if pd.isna(start) else start - year
    last = end - year
    return first, last + pd.offsets.MonthEnd(0) if (end + pd.Timedelta(days=1)).day == 1 else last


def estimated(
    dataset: Dataset, series_id: str, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[float, float] | None:
    """Return the band of a flow's total over a window, by the series' own draws; None where it estimates none.

    A whole year is that of the series' own table; days inside a month are taken at the month's rate.
    """
    try:
        series = reconstructed(dataset, series_id)
    except InputError:
        return None
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        years = series.yearly.set_index("period")
        if str(start.year) not in years.index or pd.isna(years["estimate"][str(start.year)]):
            return None
        return float(years["lower"][str(start.year)]), float(years["upper"][str(start.year)])
    return _drawn(series, start, end)


@one_thread
def _drawn(series: Reconstruction, start: pd.Timestamp, end: pd.Timestamp) -> tuple[float, float] | None:
    """Return the band of a flow over a window, by draws of its cells; None where the readings hardly inform it."""
    core, cells = series.core, series.observations.cells
    first, last = day_numbers(pd.Series([start, end]))
    days = cells.overlap(np.array([first]), np.array([last]))
    reached = np.flatnonzero((core.weights + core.base)[core.side == 0].any(axis=0))
    span = cells.edges[reached[0]], cells.edges[reached[-1] + 1]
    if series.observations.quantity != FLOW or first < span[0] or last >= span[1]:
        return None
    window = Periods([""], days, np.array([True]))
    expected = link(core, series.points[0].z).expected
    if informed(series.observations, window, expected)[0] < SHOWN:
        return None
    z = draw_cells(core, series.priors, series.points, DRAWS, series.seed)
    z = pinned_cells(z, core, series.observations, series.seed)
    totals = np.exp(z) @ days[0] * np.exp(core.level)
    half = series.level / 2
    low, high = np.quantile(totals, [0.5 - half, 0.5 + half])
    return float(low), float(high)


def _nearest(found: pd.DataFrame, end: pd.Timestamp) -> pd.Series[Any]:
    """Return the reading to take of several: the nearest end, the nearest to who counted, the narrowest, the first."""
    ranks = found.assign(
        apart=(found["window_end"] - end).dt.days.abs().clip(upper=SLACK + 1),
        rank=found["tier"].astype(str).map(TIER_ORDER.index),
        width=found["high"] - found["low"],
    )
    return ranks.sort_values(["apart", "rank", "width", "reading_id"]).iloc[0]


def _change(row: pd.Series[Any], low: float, high: float) -> tuple[float, float]:
    """Return the least and the most change, by both intervals."""
    if str(row["unit"]) == "percent":
        return float(row["low"]) - high, float(row["high"]) - low
    if high <= 0:
        return float("nan"), float("nan")
    return float(row["low"]) / high - 1, float(row["high"]) / low - 1 if low > 0 else float("inf")


def printed_table(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the printed years of a series (see `PrintedYears.table`); no row where nobody printed one."""
    try:
        return printed_years(dataset, series_id).table
    except InputError:
        return pd.DataFrame(columns=["year", "low", "high", "reading_id"])


def whole_year_before(
    dataset: Dataset, row: pd.Series[Any], series: tuple[str, ...]
) -> pd.Series[Any] | None:
    """Return the print of the whole year before the one that a figure's window begins, None where there is none."""
    for name in series:
        table = printed_table(dataset, name)
        rows = table[table["year"] == row["window_start"].year - 1]
        if len(rows) and not definition(dataset, name).fiscal:
            found: pd.Series[Any] = rows.iloc[0]
            return found
    return None
