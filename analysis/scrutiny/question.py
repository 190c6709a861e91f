"""A question to be scrutinised: one series, one measure, and every defensible way to look at them.

`ask` makes one of a registered hypothesis. Whatever follows (primary test, placebo dates, multiverse) sees only the
question, so that simulated registers go through the very same code as the registered hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import Count, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least
from analysis.scrutiny.hypothesis import Hypothesis, hypothesis, period_of
from analysis.series import DENOMINATORS, Definition, definition, denominator, printed_years, reconstructed
from analysis.series.drawn import draws_kept
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE, LEAST_INFORMED

Array = NDArray[np.float64]
DRAWS = 40
# Denominators that a reader might defend, by group of series; shares and the registered one aside.
PLAUSIBLE = {
    "police": ("online_retail_total", "express_parcels"),
    "justice": ("online_retail_total", "trademarks_valid"),
    "administration": ("online_retail_total", "trademarks_valid"),
    "china_customs": ("goods_exports_usd", "express_parcels"),
    "platforms": ("online_retail_total", "express_parcels"),
    "us_border": ("goods_imports_usd",),
    "eu_border": ("goods_imports_usd",),
}
# Other readings of the same quantity: hedge models, and without copies on unrelated hosts.
VARIANTS: dict[str, tuple[str, bool]] = {
    "tight hedges": ("tight", True),
    "open-ended hedges": ("open_ended", True),
    "without mirror hosts": ("default", False),
}
# Printed whole years alone, as printed and at the ends of what their hedges allow.
PRINTED = {"printed years": "value", "printed years, low ends": "low", "printed years, high ends": "high"}


@dataclass(frozen=True, repr=False)
class Series(Result):
    """Yearly figures: `time` (n whole years, in order, perhaps with gaps) and `y` (n, above 0)."""

    time: NDArray[np.int64]
    y: Array

    def between(self, first: int, last: int) -> Series:
        """Return the years from `first` to `last`, both included."""
        inside = (self.time >= first) & (self.time <= last)
        return Series(self.time[inside], self.y[inside])


@dataclass(frozen=True, repr=False)
class Question(Result):
    """One measure and one series.

    `at` is the first year affected, `until` the last of a pulse. `main` is the primary series, `variants` the same
    quantity told otherwise (hedge models, printed years alone, mirror hosts left out), by name. `offsets` holds
    denominators by name as year -> log; `denominator` names the primary one. `draws` (M, n) are draws of `main`.
    `impact` is step, ramp, step+ramp or pulse; `family` loglinear or quasipoisson.
    """

    name: str
    main: Series
    at: int
    impact: str = "step"
    family: str = "loglinear"
    direction: str = "either"
    until: int | None = None
    variants: Mapping[str, Series] = field(default_factory=dict)
    offsets: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    denominator: str = ""
    draws: Array | None = None

    @property
    def n_before(self) -> int:
        """Periods of the primary series before the first one affected."""
        return int((self.main.time < self.at).sum())

    @property
    def n_after(self) -> int:
        """Periods from the first one affected on."""
        return int((self.main.time >= self.at).sum())

    @property
    def enough(self) -> bool:
        """Whether both sides have the periods that an effect asks for."""
        return self.n_before >= FEWEST_BEFORE and self.n_after >= FEWEST_AFTER

    def log_offset(self, name: str, time: NDArray[np.int64]) -> Array:
        """Return log denominators of years, NaN where there is none; zeros for no denominator."""
        if not name:
            return np.zeros(len(time))
        known = self.offsets[name]
        return np.array([known.get(int(year), np.nan) for year in time])


@checked
def informed_periods(
    dataset: Dataset, series: str | Definition, *, hedge_model: str = "default", mirrors: bool = True
) -> pd.DataFrame:
    """Return the periods of a reconstructed series, by its id or definition: period (a year), estimate, informed.

    Years, or fiscal years where the series runs over them. Raises InputError if it cannot be reconstructed.
    """
    key = definition(dataset, series) if isinstance(series, str) else series
    found = reconstructed(dataset, key.series_id, hedge_model=hedge_model, mirrors=mirrors)
    table = found.fiscal if key.fiscal else found.yearly
    return table.assign(period=table["period"].str.removeprefix("FY").astype(int))


@checked
def ask(dataset: Dataset, hypothesis_id: str | Hypothesis, *, draws: Count = DRAWS) -> Question:
    """Return the question that a hypothesis, or the one of an id, asks of its span.

    Raises
    ------
    InputError
        If the hypothesis is unknown or its series cannot be reconstructed.
    """
    one = hypothesis(dataset, hypothesis_id)
    table = informed_periods(dataset, one.series)
    usable = usable_periods(table, one)
    main = _series(table[usable])
    names = dict.fromkeys([one.denominator, *plausible(one.series)])
    offsets = {name: _offsets(dataset, name, one, main.time) for name in names if name}
    kept = {
        name: known
        for name, known in offsets.items()
        if known and (name == one.denominator or len(known) >= FEWEST_BEFORE + FEWEST_AFTER)
    }
    return Question(
        name=one.hypothesis_id,
        main=main,
        at=one.at,
        impact=one.impact,
        family=one.family,
        direction=one.direction,
        until=_until(one) if one.impact == "pulse" else None,
        variants=_variants(dataset, one),
        offsets=kept,
        denominator=one.denominator if one.denominator in kept else "",
        draws=_draws(dataset, one, usable, draws),
    )


def usable_periods(table: pd.DataFrame, one: Hypothesis) -> np.ndarray:
    """Tell which periods of `informed_periods` are informed, estimated and inside the span."""
    inside = table["period"].between(one.start, one.end)
    usable: np.ndarray = (
        inside & at_least(table["informed"], LEAST_INFORMED) & table["estimate"].notna()
    ).to_numpy()
    return usable


def _series(table: pd.DataFrame) -> Series:
    """Return periods as a series."""
    return Series(table["period"].to_numpy(), table["estimate"].to_numpy(dtype=float))


def _variants(dataset: Dataset, one: Hypothesis) -> dict[str, Series]:
    """Return the same quantity told otherwise, where it can be."""
    found = {}
    for name, (model, mirrors) in VARIANTS.items():
        try:
            table = informed_periods(dataset, one.series, hedge_model=model, mirrors=mirrors)
        except InputError:
            continue
        found[name] = _series(table[usable_periods(table, one)])
    try:
        printed = printed_years(dataset, one.series_id).table
    except InputError:
        return found
    printed = printed[printed["year"].between(one.start, one.end) & (printed["low"] > 0)]
    for name, column in PRINTED.items():
        values = printed[column].to_numpy(dtype=float)
        if column == "value" or not np.array_equal(values, printed["value"]):  # exact figures have one end
            found[name] = Series(printed["year"].to_numpy(dtype=np.int64), values)
    return found


def plausible(series: Definition) -> tuple[str, ...]:
    """Return the denominators that may be defended for a series; a share has none."""
    return () if series.unit == "percent" else PLAUSIBLE.get(series.group, ())


def _offsets(dataset: Dataset, name: str, one: Hypothesis, years: np.ndarray) -> dict[int, float]:
    """Return log denominators by year, without those that nobody printed."""
    place = one.series.jurisdiction.split("-")[0]
    if place not in DENOMINATORS[name].jurisdictions:
        return {}
    try:
        table = denominator(dataset, name, years.tolist(), jurisdiction=place, fiscal=one.fiscal)
    except InputError:  # printed for none of these years
        return {}
    known = table[table["value"].notna()]
    return dict(zip(known["year"].astype(int), np.log(known["value"].astype(float)), strict=True))


def _until(one: Hypothesis) -> int:
    """Return the last period of a pulse: that of the measure's end, else its first."""
    last = period_of(one.ended, fiscal=one.fiscal)[1] if one.ended else one.at
    return max(one.at, last)


def _draws(dataset: Dataset, one: Hypothesis, usable: np.ndarray, draws: int) -> np.ndarray | None:
    """Return draws of the usable periods, made with the smoothness released at the first period affected.

    A series smoothed across the measure would carry the counterfactual into the draws (Meng 1994,
    doi 10.1214/ss/1177010269).
    """
    if not usable.any():
        return None
    totals = draws_kept(dataset, one.series_id, draws, one.at)
    return totals[:, usable]
