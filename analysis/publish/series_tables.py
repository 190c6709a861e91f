"""Every series as readers take it away: year by year and month by month, what is printed and what is estimated.

The numbers are those of the charts: a year's print is the one that `printed_years` picks, its estimate the band that is
drawn behind it. The tables are kept on disk for the rows that they follow from, since all series are asked together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.bands import COLUMNS as BAND
from analysis.publish.bands import band
from analysis.publish.estimates import too_wide
from analysis.readings import intervals
from analysis.series import definition, has_years, printed_years, readings_of, reconstructed
from analysis.series.coverage import all_yearly
from analysis.series.families import single_series
from analysis.series.key import UNIT_MARK, declared
from analysis.series.printed_years import ranked
from analysis.series.reconstructed import make_series
from analysis.series.remembered import SERIES_TABLES
from analysis.series.store import Recipe, is_kept, kept
from analysis.series.whole_years import year_of, years_touched

COLUMNS = (
    "series", "period", "printed", "low", "high", "estimate", "lower", "upper", "informed", "reading_ids",
)  # fmt: skip
PRINTED = ("printed", "low", "high")
ESTIMATED = ("estimate", "lower", "upper", "informed")
JOINT = ";"


def yearly_table(dataset: Dataset) -> pd.DataFrame:
    """Return every single series by year: `COLUMNS`, a row for each year that is printed as a whole or estimated.

    printed, low and high are the picked print and the interval of its hedge; estimate, lower and upper the
    reconstruction with its 90 percent band, blank where the band is wider than a factor of ten, in the series' unit;
    informed, 0 to 1, the share of the period that windows inform. reading_ids are the prints of the period, the picked
    one first; where nobody prints it, the readings whose windows meet it. Fiscal years are
    FY2023. Of the units of families `unit_estimates` tells what is estimated.
    """
    return _kept(dataset, "yearly-of-series", all_years, single_series(dataset))


def unit_estimates(dataset: Dataset) -> pd.DataFrame:
    """Return the estimated years of the units of families: `series` (family/unit), and the columns of `band`.

    A unit is estimated where one of its windows is no whole year: where all are, what is printed is what is known.
    """
    return _kept(dataset, "estimates-of-units", all_unit_estimates, units_to_estimate(dataset))


def monthly_table(dataset: Dataset) -> pd.DataFrame:
    """Return every single series by month: as `yearly_table`, with months such as 2023-05."""
    return _kept(dataset, "monthly-of-series", all_months, single_series(dataset))


def _kept(dataset: Dataset, name: str, make: Callable[..., object], asked: list[str]) -> pd.DataFrame:
    """Return a table from disk where it was made of the same rows, else make and keep it; it rests on `asked`."""
    recipe = Recipe(name, make, (dataset.only(SERIES_TABLES),))
    if not is_kept(recipe.name, recipe.key):
        make_series(dataset, asked, (("default", True),), progress=False)
    return cast(pd.DataFrame, kept(recipe)).copy(deep=False)


def units_to_estimate(dataset: Dataset) -> list[str]:
    """Return the units of families of which a window is no whole year; sums of the official table are exact."""
    held = dataset.readings_series[dataset.readings_series["member"] != ""]
    rows = held.merge(dataset.readings[["reading_id", "window_start", "window_end"]], on="reading_id")
    found: set[str] = set()
    for family, mine in rows[rows["window_end"].notna()].groupby("series_id"):
        whole = year_of(mine, fiscal=declared(dataset, str(family)).fiscal).notna()
        found |= {f"{family}{UNIT_MARK}{unit}" for unit in mine.loc[~whole, "member"]}
    return sorted(found)


def all_years(dataset: Dataset) -> pd.DataFrame:
    """Return the table of years, made anew."""
    printed = {one.definition.series_id: one.table for one in all_yearly(dataset)}
    return _stacked([_years_of(dataset, name, printed.get(name)) for name in single_series(dataset)])


def all_unit_estimates(dataset: Dataset) -> pd.DataFrame:
    """Return the estimated years of units, made anew."""
    bands = [(name, band(dataset, name)) for name in units_to_estimate(dataset)]
    filled = [found.assign(series=name) for name, found in bands if len(found)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=["series", *BAND])


def all_months(dataset: Dataset) -> pd.DataFrame:
    """Return the table of months, made anew."""
    return _stacked([months_of(dataset, str(name)) for name in single_series(dataset)])


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return frames one below the other, without those that have no row."""
    filled = [one for one in frames if len(one)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS))


def years_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return one series by year. Raises InputError for an unknown series."""
    printed = printed_years(dataset, series_id).table if has_years(dataset, series_id) else None
    return _years_of(dataset, series_id, printed)


def _years_of(dataset: Dataset, series_id: str, printed: pd.DataFrame | None) -> pd.DataFrame:
    """Return one series by year, of its printed years."""
    key = definition(dataset, series_id)
    readings = readings_of(dataset, series_id)
    years = year_of(readings, fiscal=key.fiscal)
    prints = _prints(None if printed is None else printed.rename(columns={"year": "at"}))
    estimates = band(dataset, series_id).rename(columns={"year": "at"}).set_index("at")
    meets = years_touched(readings, fiscal=key.fiscal)
    label = "FY{}" if key.fiscal else "{}"
    return _joined(series_id, prints, estimates, readings, years, meets, label.format)


def months_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return one series by month; empty where no month is printed or estimated. Raises InputError if unknown."""
    readings = readings_of(dataset, series_id)
    start, end = readings["window_start"], readings["window_end"]
    one = (start.dt.is_month_start & end.dt.is_month_end & (_month(start) == _month(end))).fillna(value=False)
    months = _month(end).where(one.astype(bool))
    whole = readings.assign(at=months)[months.notna()]
    if len(whole):
        whole = whole.join(intervals(whole)[["low", "high"]])
        aside = whole["reading_id"].isin(definition(dataset, series_id).set_aside)
        whole = ranked(whole[~aside], ["at"]).drop_duplicates("at")
    try:
        found = reconstructed(dataset, series_id).monthly.dropna(subset=["estimate"])
    except InputError:  # its readings make no series: prints alone
        found = pd.DataFrame({"period": pd.Series(dtype=str)})
    at = _month(pd.to_datetime(found["period"]))
    meets = pd.DataFrame({"first": _month(start.fillna(end)), "last": _month(end)})
    estimates = found.set_index(pd.Index(at, name="at"))
    return _joined(series_id, _prints(whole), estimates, readings, months, meets, _month_label)


def _month(days: pd.Series) -> pd.Series[int]:
    """Return the number of each day's month, counted from the year 0; <NA> where there is no day."""
    found: pd.Series[int] = (12 * days.dt.year + days.dt.month - 1).astype("Int64")
    return found


def _month_label(at: int) -> str:
    """Write a month by its number: 2023-05."""
    return f"{at // 12}-{at % 12 + 1:02d}"


def _prints(picked: pd.DataFrame | None) -> pd.DataFrame:
    """Return picked prints by period: printed, low, high, reading_id."""
    columns = ["printed", "low", "high", "reading_id"]
    if picked is None or picked.empty:
        return pd.DataFrame(columns=columns)
    return picked.rename(columns={"value": "printed"}).set_index("at")[columns]


def _joined(
    series_id: str, prints: pd.DataFrame, estimates: pd.DataFrame, readings: pd.DataFrame,
    whole: pd.Series[int], meets: pd.DataFrame, label: object,
) -> pd.DataFrame:  # fmt: skip
    """Return prints and estimates of one series side by side, with the readings behind each period."""
    periods = sorted({int(at) for at in [*prints.index, *estimates.index]})
    cells = np.hstack([_at(periods, prints, PRINTED), _at(periods, estimates, ESTIMATED)])
    table = pd.DataFrame(cells, index=periods, columns=[*PRINTED, *ESTIMATED])
    wide = too_wide(table["lower"], table["upper"])
    table.loc[wide, ["estimate", "lower", "upper"]] = np.nan
    table = table.dropna(subset=["printed", "estimate"], how="all")
    table.insert(0, "period", [label(at) for at in table.index])  # type: ignore[operator]
    table.insert(0, "series", series_id)
    first, last = (
        meets["first"].to_numpy(float, na_value=np.nan),
        meets["last"].to_numpy(float, na_value=np.nan),
    )
    names, exact = readings["reading_id"].astype(str).to_numpy(), whole.to_numpy(float, na_value=np.nan)
    first_of = dict(zip(map(int, prints.index), prints["reading_id"].astype(str), strict=True))
    listed = []
    for at in table.index:
        ids = sorted(names[exact == at]) or sorted(names[(first <= at) & (at <= last)])
        picked = first_of.get(int(at), "")
        listed.append(JOINT.join([picked] * bool(picked) + [one for one in ids if one != picked]))
    table["reading_ids"] = listed
    return table.reset_index(drop=True)


def _at(periods: list[int], frame: pd.DataFrame, names: tuple[str, ...]) -> NDArray[np.float64]:
    """Return columns of a frame, a row for each period; NaN where it has no such period or column."""
    places = {int(at): place for place, at in enumerate(frame.index)}
    held = [(row, places[at]) for row, at in enumerate(periods) if at in places]
    found = np.full((len(periods), len(names)), np.nan)
    if held:
        rows, taken = (list(one) for one in zip(*held, strict=True))
        cells = frame.reindex(columns=list(names)).to_numpy(dtype=float, na_value=np.nan)
        found[rows] = cells[taken]
    return found
