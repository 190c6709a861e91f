"""What happened to every series: change from its first to its last years, growth, peak, and per denominator.

What happened and what may be projected are two answers. The factor says what was recorded, as well as the figures are
known; `p` and `exceeds` say whether the change is more than the series' own noise from year to year.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.change import LEAST, Change, change
from analysis.scrutiny.headlines import HEADLINES, question_of
from analysis.series import (
    DENOMINATORS,
    Years,
    definition,
    denominator,
    drawn_years,
    reconstruct_all,
    single_series,
)
from analysis.series.drawn import make_draws
from analysis.series.remembered import MEASURE_TABLES, remembered

# Per what a series is told, by the column's name: denominators of context.csv in the order of preference, or a series.
PER: dict[str, tuple[str, ...]] = {
    "online_sales": ("online_retail_total",),
    "parcels": ("express_parcels",),
    "imports": ("goods_imports_usd",),
    "all_prosecutions": ("spp-all-persons-prosecuted",),
}
# The groups whose crimes and cases all prosecutions of China may be held against.
PROSECUTED = ("police", "justice")


@checked
def what_happened(dataset: Dataset, series: Sequence[str] | None = None) -> pd.DataFrame:
    """Return what happened to every series that has at least five informed years, or to those of `series`.

    One row a series: series_id, title, question (of `HEADLINES`, else blank), group, unit, n, first and last year;
    factor with lower and upper (95%, from draws alone), known (the interval holds no 1); growth_2010, growth_2015 and
    growth_2019 a year to the latest year with their _lower and _upper; peak and peak_share; drift a year with
    drift_lower, drift_upper, p and exceeds (it can be told from year-to-year noise); per_online_sales, per_parcels,
    per_imports and per_all_prosecutions, the factor per each, with _lower and _upper, missing where it makes no
    sense or fewer than five years have both. Columns as in `Change`.

    Raises
    ------
    InputError
        If a series of `series` is unknown.
    """
    return _what_happened(dataset, tuple(single_series(dataset) if series is None else series)).copy()


@checked
@remembered(*MEASURE_TABLES)
def headlines(dataset: Dataset) -> pd.DataFrame:
    """Return what happened to the series of `HEADLINES`, by question, as `what_happened` tells it."""
    names = [name for listed in HEADLINES.values() for name in listed]
    return what_happened(dataset, names)


@checked
def happened(dataset: Dataset, series_id: str, *, per: str = "") -> Change:
    """Return what happened to one series, or to it per something: a word of `PER`.

    Raises
    ------
    InputError
        If the series is unknown or has fewer than five informed years (that have both figures).
    """
    years = drawn_years(dataset, series_id)
    if per:
        years = _divided(dataset, series_id, years, per)
    if len(years.time) < LEAST:
        told = f" that have {per.replace('_', ' ')} as well" if per else ""
        raise InputError(
            f"Series {series_id!r} has {len(years.time)} informed years{told}; {LEAST} are needed."
        )
    return change(years.y, years.time, years.draws)


@lru_cache(maxsize=8)
def _what_happened(dataset: Dataset, series: tuple[str, ...]) -> pd.DataFrame:
    """Return a row for each series that can have one."""
    for one in series:
        definition(dataset, one)  # says what is wrong with a name
    known = reconstruct_all(dataset, series, progress=False)
    make_draws(dataset, [(one, None) for one in series if not isinstance(known[one], str)])
    rows = []
    for one in series:
        try:
            rows.append(_row(dataset, one))
        except InputError:  # too few informed years
            continue
    return pd.DataFrame(rows)


def _row(dataset: Dataset, series_id: str) -> dict[str, object]:
    found, own = happened(dataset, series_id), definition(dataset, series_id)
    row: dict[str, object] = {
        "series_id": series_id,
        "title": own.title,
        "question": question_of(series_id),
        "group": own.group,
        "unit": own.unit,
        "n": found.n,
        "first": found.first[0],
        "last": found.last[1],
        "factor": found.factor,
        "lower": found.lower,
        "upper": found.upper,
        "known": found.known,
    }
    for span in found.growth.to_dict("records"):
        name = f"growth_{int(span['since'])}"
        row |= {name: span["growth"], f"{name}_lower": span["lower"], f"{name}_upper": span["upper"]}
    row |= {"peak": found.peak, "peak_share": found.peak_share, "drift": found.drift}
    row |= {"drift_lower": found.drift_lower, "drift_upper": found.drift_upper, "p": found.p}
    row["exceeds"] = found.exceeds
    for per in PER:
        ends = (np.nan, np.nan, np.nan)
        try:
            beside = happened(dataset, series_id, per=per)
            ends = (beside.factor, beside.lower, beside.upper)
        except InputError:
            pass
        row |= dict(zip((f"per_{per}", f"per_{per}_lower", f"per_{per}_upper"), ends, strict=True))
    return row


def _divided(dataset: Dataset, series_id: str, years: Years, per: str) -> Years:
    """Return the years of a series that have a denominator, divided by it; draws of a series by its draws."""
    if per not in PER:
        raise InputError(f"There is no denominator {per!r}; per is one of {', '.join(PER)}.")
    own = definition(dataset, series_id)
    if own.unit == "percent" or own.kind != "flow":
        raise InputError(f"Series {series_id!r} is no count over a year; it is told per nothing.")
    name = PER[per][0]
    if name in DENOMINATORS:
        below, draws = _context(dataset, name, own.jurisdiction.split("-")[0], years, fiscal=own.fiscal)
    elif own.group in PROSECUTED and series_id != name:
        other = drawn_years(dataset, name)
        places = {int(year): place for place, year in enumerate(other.time)}
        below = {year: float(other.y[place]) for year, place in places.items()}
        draws = {year: other.draws[:, place] for year, place in places.items()}
    else:
        below, draws = {}, {}
    kept = np.array([int(year) in below for year in years.time], dtype=bool)
    if not kept.any():
        raise InputError(f"Series {series_id!r} has no year with {per.replace('_', ' ')} as well.")
    time = years.time[kept]
    values = np.array([below[int(year)] for year in time])
    drawn = np.array([draws[int(year)] for year in time]).reshape(len(time), -1).T
    return Years(time, years.y[kept] / values, years.draws[:, kept] / drawn)


def _context(
    dataset: Dataset, name: str, place: str, years: Years, *, fiscal: bool
) -> tuple[dict[int, float], dict[int, np.ndarray]]:
    """Return a denominator by year, and the same as its draws: it is taken as known."""
    if place not in DENOMINATORS[name].jurisdictions:
        return {}, {}
    try:
        table = denominator(dataset, name, years.time.tolist(), jurisdiction=place, fiscal=fiscal)
    except InputError:  # printed for none of these years
        return {}, {}
    table = table[table["value"].notna()]
    below = {int(y): float(v) for y, v in zip(table["year"], table["value"], strict=True)}
    return below, {year: np.full(1, value) for year, value in below.items()}
