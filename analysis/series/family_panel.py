"""A family of series unit by unit and year by year: what is printed, what is estimated, and where the holes are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from analysis.arguments import Count, checked
from analysis.dataset import Dataset
from analysis.dataset.series_words import FAMILIES
from analysis.errors import InputError, shown
from analysis.series.definition import definition, readings_of
from analysis.series.families import families, units_of
from analysis.series.key import KEPT, UNIT_MARK, declared
from analysis.series.printed_years import has_years, printed_years
from analysis.series.reconstructed import DEFAULT, make_series, reconstructed
from analysis.series.thresholds import LEAST_INFORMED
from analysis.series.whole_years import year_of

PRINTED, ESTIMATED, WEAK, TOUCHED, HOLE = "printed", "estimated", "weak", "touched", "hole"
FEWEST_UNITS = 2
_PRINT = ["value", "low", "high", "hedge", "reading_id"]
_BAND = ["estimate", "lower", "upper", "informed"]
COLUMNS = ["unit", "year", *_PRINT, *_BAND, "reading_ids", "coverage"]


@checked
def panel(dataset: Dataset, series_id: str, by: str | None = None, *, least: Count = 1) -> pd.DataFrame:
    """Return a family of series as one tidy frame, each unit reconstructed like a series of its own.

    Units are read from disk where they were made before, the others made on every core.

    Parameters
    ----------
    dataset
        The dataset.
    series_id
        A family of series.csv: a row with a word in `by`.
    by
        What its units are, where the caller wants that checked: origin, product, mode, province, border, crime or
        platform.
    least
        Units with fewer years that are printed or estimated are left out.

    Returns
    -------
    pandas.DataFrame
        One row a unit and year, sorted; every year from the first to the last of the family for every unit. `year` is
        a calendar year or, where the family's `frequency` says so, a US fiscal year. In the unit of measurement of the
        family:

        value, low, high, hedge, reading_id
            the print picked for the year by the rule of `printed_years` with its interval; missing where none is
        estimate, lower, upper
            of the reconstruction from all windows, with its 90 percent band; missing where nothing informs the year
        informed
            the share of the year that windows inform, 0 to 1
        reading_ids
            every reading whose window meets the year, joined by a semicolon; of a sum of the official table (see
            `line_sums`) the first line's id
        coverage
            printed; estimated (no print, informed by at least one half); weak (informed by less); hole

    Raises
    ------
    InputError
        If there is no such family, its units are others than `by`, or it has fewer than two (with as many years).
    """
    return _panel(dataset, _family(dataset, series_id, by), least).copy(deep=False)  # as `readings_of`


def make_units(dataset: Dataset, families: Iterable[str]) -> None:
    """Make the units of families that are not kept yet, on every core, before many processes ask for them."""
    names = [f"{family}{UNIT_MARK}{unit}" for family in families for unit in units_of(dataset, family)]
    make_series(dataset, names, ((DEFAULT, True),), progress=False)


@lru_cache(maxsize=32)
def _panel(dataset: Dataset, family: str, least: int) -> pd.DataFrame:
    """Return the frame of a family, made once: bundles ask for the same few again and again."""
    units = units_of(dataset, family)
    if len(units) < FEWEST_UNITS:
        raise InputError(_too_few(family, list(units), "readings with a complete window"))
    names = {unit: f"{family}{UNIT_MARK}{unit}" for unit in units}
    make_series(dataset, names.values(), ((DEFAULT, True),), progress=False)
    found = {unit: _unit(dataset, name) for unit, name in names.items()}
    parts = [part.assign(unit=unit) for unit, part in found.items() if len(part) >= least]
    if len(parts) < FEWEST_UNITS:
        kept = [unit for unit, part in found.items() if len(part) >= least]
        raise InputError(_too_few(family, kept, f"{least} or more years that are printed or estimated"))
    told = pd.concat(parts, ignore_index=True)
    years = range(int(told["year"].min()), int(told["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([told["unit"].unique(), years], names=["unit", "year"]).to_frame(
        index=False
    )
    whole = grid.merge(told, on=["unit", "year"], how="left", validate="one_to_one")
    texts = ["hedge", "reading_id", "reading_ids"]
    whole[texts] = whole[texts].astype(object).fillna("").astype(str)
    whole["coverage"] = _coverage(whole)
    return whole[COLUMNS]


def _too_few(family: str, units: list[str], held: str) -> str:
    """Say that a family is no panel."""
    what = f"one unit only ({units[0]})" if units else "no unit"
    return f"Family {family!r} has {what} with {held}; a panel takes {FEWEST_UNITS}: choose another family."


def _family(dataset: Dataset, series_id: str, by: str | None) -> str:
    """Return the id of a family. Raises InputError where it is none, or one by something else."""
    if by is not None and by not in FAMILIES:
        raise InputError(f"There is no panel by {shown(by)}; by is one of {', '.join(FAMILIES)}.")
    listed = families(dataset)
    if (unit_of := series_id.partition(UNIT_MARK)[0]) in listed and unit_of != series_id:
        raise InputError(
            f"{shown(series_id)} is one unit, and a panel needs its family: ask for {unit_of!r}, "
            "or `reconstructed` for the unit alone."
        )
    if series_id not in listed:
        alike = [name for name in listed if by is None or declared(dataset, name).by == by]
        what = (
            "is a single series" if series_id in set(dataset.series["series_id"]) else "is not in series.csv"
        )
        raise InputError(
            f"{shown(series_id)} {what}, and a panel needs a family"
            f"{f' by {by}' if by else ''}: there are {', '.join(alike) or 'none'}."
        )
    held = declared(dataset, series_id).by
    if by not in (None, held):
        raise InputError(f"Family {series_id!r} is by {held}, not by {by}; leave `by` out or say {held!r}.")
    return series_id


def _unit(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the years of one unit that are printed or estimated."""
    fiscal = definition(dataset, series_id).fiscal
    frame = pd.DataFrame(columns=["year", *_PRINT]).astype({"year": int})
    if has_years(dataset, series_id):
        frame = printed_years(dataset, series_id).table[["year", *_PRINT]].astype({"year": int})
    try:
        found = reconstructed(dataset, series_id)
    except InputError:  # bounds alone, say: the prints stand for themselves
        return frame.assign(**dict.fromkeys(_BAND, float("nan")), reading_ids=frame["reading_id"])
    table = (found.fiscal if fiscal else found.yearly).dropna(subset=["estimate"])
    table = table.assign(year=table["period"].str.removeprefix("FY").astype(int))
    both = frame.merge(table[["year", *_BAND]], on="year", how="outer", validate="one_to_one")
    return both.assign(reading_ids=_meeting(readings_of(dataset, series_id), both["year"], fiscal=fiscal))


@checked
def printed_grid(dataset: Dataset, family: str) -> pd.DataFrame:
    """Return how each year (columns) of each unit (index) of a family is told, without any estimate.

    A cell is `PRINTED` (a whole-year print), `TOUCHED` (a window meets the year), or `HOLE`; the years run without a
    gap. Empty for a family without a unit.
    """
    return _printed_grid(dataset, family).copy()  # whoever changes it changes a copy


@lru_cache(maxsize=KEPT)
def _printed_grid(dataset: Dataset, family: str) -> pd.DataFrame:
    told: dict[str, dict[int, str]] = {}
    for unit in units_of(dataset, family):
        readings = readings_of(dataset, f"{family}{UNIT_MARK}{unit}")
        fiscal = declared(dataset, family).fiscal
        start = readings["window_start"].fillna(readings["window_end"])
        shift = pd.DateOffset(months=3 if fiscal else 0)  # of a US fiscal year to its calendar year
        first, last = ((days + shift).dt.year for days in (start, readings["window_end"]))
        spans = zip(first, last, strict=True)
        met = {y for a, b in spans if not (math.isnan(a) or math.isnan(b)) for y in range(int(a), int(b) + 1)}
        printed = set(year_of(readings, fiscal=fiscal).dropna())
        told[unit] = {year: PRINTED if year in printed else TOUCHED for year in sorted(met)}
    years = sorted({year for cells in told.values() for year in cells})
    span = range(years[0], years[-1] + 1) if years else range(0)
    cells = {unit: [told[unit].get(year, HOLE) for year in span] for unit in told}
    return pd.DataFrame.from_dict(cells, orient="index", columns=list(span))


def _meeting(readings: pd.DataFrame, years: pd.Series[int], *, fiscal: bool) -> list[str]:
    """Return the ids of the readings whose window meets each year, joined."""
    start = readings["window_start"].fillna(readings["window_end"])
    end = readings["window_end"]
    ids = readings["reading_id"]
    found = []
    for year in years:
        first = pd.Timestamp(year - 1, 10, 1) if fiscal else pd.Timestamp(year, 1, 1)
        last = pd.Timestamp(year, 9, 30) if fiscal else pd.Timestamp(year, 12, 31)
        found.append(";".join(ids[(start <= last) & (end >= first)]))
    return found


def _coverage(frame: pd.DataFrame) -> pd.Series[str]:
    """Return how each year is known."""
    said = pd.Series(HOLE, index=frame.index)
    said[frame["estimate"].notna()] = WEAK
    said[frame["estimate"].notna() & (frame["informed"] >= LEAST_INFORMED)] = ESTIMATED
    said[frame["reading_id"] != ""] = PRINTED
    return said
