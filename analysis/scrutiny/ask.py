"""A registered hypothesis as a question: its reconstructed series, told in every way the data allow."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.arguments import Count, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.rounding import at_least
from analysis.scrutiny.identifiability import LEAST_INFORMED
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.registered import Hypothesis, hypothesis, period_of
from analysis.series import DENOMINATORS, definition, denominator, reconstructed, yearly

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


@checked
def informed_periods(
    dataset: Dataset, series_id: str, *, hedge_model: str = "default", mirrors: bool = True
) -> pd.DataFrame:
    """Return the periods of a reconstructed series: period (year as a number), estimate, informed.

    Years, or fiscal years where the series runs over them. Raises InputError if it cannot be reconstructed.
    """
    found = reconstructed(dataset, series_id, hedge_model=hedge_model, mirrors=mirrors)
    table = found.fiscal if definition(dataset, series_id).fiscal else found.yearly
    return table.assign(period=table["period"].str.removeprefix("FY").astype(int))


@checked
def ask(dataset: Dataset, hypothesis_id: str, *, draws: Count = DRAWS) -> Question:
    """Return the question that a hypothesis asks of its span.

    Raises
    ------
    InputError
        If the hypothesis is unknown or its series cannot be reconstructed.
    """
    one = hypothesis(dataset, hypothesis_id)
    row = dataset.hypotheses.set_index("hypothesis_id").loc[hypothesis_id]
    table = informed_periods(dataset, one.series_id)
    usable = _usable(table, one)
    main = Series(table.loc[usable, "period"].to_numpy(), table.loc[usable, "estimate"].to_numpy(dtype=float))
    registered = str(row["denominator"])
    names = dict.fromkeys([registered, *_plausible(dataset, one.series_id)])
    offsets = {name: _offsets(dataset, name, one, main.time) for name in names if name}
    kept = {
        name: known for name, known in offsets.items() if known and (name == registered or len(known) >= 7)
    }
    return Question(
        name=hypothesis_id,
        main=main,
        at=one.at,
        impact=str(row["impact"]),
        family=str(row["family"]),
        direction=str(row["direction"]),
        until=_until(dataset, one) if row["impact"] == "pulse" else None,
        variants=_variants(dataset, one),
        offsets=kept,
        denominator=registered if registered in kept else "",
        draws=_draws(dataset, one, usable, draws),
    )


def _usable(table: pd.DataFrame, one: Hypothesis) -> np.ndarray:
    """Tell which periods of a series are informed and inside the span."""
    inside = table["period"].between(one.start, one.end)
    usable: np.ndarray = (
        inside & at_least(table["informed"], LEAST_INFORMED) & table["estimate"].notna()
    ).to_numpy()
    return usable


def _variants(dataset: Dataset, one: Hypothesis) -> dict[str, Series]:
    """Return the same quantity told otherwise, where it can be."""
    found = {}
    for name, (model, mirrors) in VARIANTS.items():
        try:
            table = informed_periods(dataset, one.series_id, hedge_model=model, mirrors=mirrors)
        except InputError:
            continue
        usable = _usable(table, one)
        values = table.loc[usable, "estimate"].to_numpy(dtype=float)
        found[name] = Series(table.loc[usable, "period"].to_numpy(), values)
    try:
        printed = yearly(dataset, one.series_id).table
    except InputError:
        return found
    printed = printed[printed["year"].between(one.start, one.end) & (printed["low"] > 0)]
    for name, column in PRINTED.items():
        values = printed[column].to_numpy(dtype=float)
        if column == "value" or not np.array_equal(values, printed["value"]):  # exact figures have one end
            found[name] = Series(printed["year"].to_numpy(dtype=np.int64), values)
    return found


def _plausible(dataset: Dataset, series_id: str) -> Iterable[str]:
    """Return the denominators that may be defended for a series; a share has none."""
    wanted = definition(dataset, series_id)
    return () if wanted.unit == "percent" else PLAUSIBLE.get(wanted.group, ())


def _offsets(dataset: Dataset, name: str, one: Hypothesis, years: np.ndarray) -> dict[int, float]:
    """Return log denominators by year, without those that nobody printed."""
    place = definition(dataset, one.series_id).jurisdiction.split("-")[0]
    places = DENOMINATORS[name].jurisdictions
    if place not in places:
        return {}
    try:
        table = denominator(dataset, name, years.tolist(), jurisdiction=place, fiscal=one.fiscal)
    except InputError:  # printed for none of these years
        return {}
    known = table[table["value"].notna()]
    return dict(zip(known["year"].astype(int), np.log(known["value"].astype(float)), strict=True))


def _until(dataset: Dataset, one: Hypothesis) -> int:
    """Return the last period of a pulse: that of the measure's end, else its first."""
    ended = str(dataset.measures.set_index("measure_id").loc[one.measure_id, "ended"])
    last = period_of(ended, fiscal=one.fiscal)[1] if ended else one.at
    return max(one.at, last)


def _draws(dataset: Dataset, one: Hypothesis, usable: np.ndarray, draws: int) -> np.ndarray | None:
    """Return draws of the usable periods, made with the smoothness released at the first period affected.

    A series smoothed across the measure would carry the counterfactual into the draws (Meng 1994,
    doi 10.1214/ss/1177010269).
    """
    if not usable.any():
        return None
    found = reconstructed(dataset, one.series_id)
    day = pd.Timestamp(one.at - 1, 10, 1) if one.fiscal else pd.Timestamp(one.at, 1, 1)
    totals = found.draws(draws, "fiscal" if one.fiscal else "yearly", released=day)
    return totals[:, usable]
