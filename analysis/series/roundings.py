"""How finely reporters print: significant digits, trailing zeros, and counts that look exact and are not.

Of whole numbers that were counted and not rounded, one in a hundred ends in 00 (their last digits are nearly
uniform once a number has four digits). With p the share that does, (p - 0.01) / 0.99 estimates the share that was
rounded to hundreds: heaping, as in the ages of a census (Myers 1940, Transactions of the Actuarial Society of
America 41, 395-415). It concerns the rule by which an unhedged count written out in full is read as exact.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import MONEY
from analysis.errors import InputError
from analysis.readings import PROPORTIONS, intervals
from analysis.series.definition import with_sources

MANY = 4  # significant digits from which digits are counted together
SMALLEST = 1000  # counts below it say little by ending in 00
EXPECTED = 0.01
_KEPT = ("reading_id", "reporter", "jurisdiction", "language", "hedge", "unit", "kind", "value", "as_printed")


def roundings(dataset: Dataset) -> pd.DataFrame:
    """Return how finely every reading is printed; values of 0 have no digits and are left out.

    Columns: reading_id, reporter, jurisdiction, language (of its source), hedge, unit, kind, value, as_printed;
    step (the printed step, in the unit); digits (significant digits printed); zeros (at the end of the value
    written out in full, 0 where it is no whole number); relative (step over value, the share that the hedge or
    rounding leaves open); counted (an unhedged count of at least `SMALLEST`, written out in full, so that it is
    read as exact); hundred (whether it ends in 00).
    """
    told = with_sources(dataset, dataset.readings)
    told = told[told["value"] != 0].reset_index(drop=True)
    step = intervals(told)["printed_step"].to_numpy(float)
    size = told["value"].abs().to_numpy(float)
    counts = ~told["unit"].isin([*MONEY, *PROPORTIONS]) & (told["kind"] != "change")
    counted = counts & (told["hedge"] == "exact") & (step == 1) & (size >= SMALLEST)
    frame = told[list(_KEPT)].assign(
        step=step,
        digits=np.maximum(np.floor(np.log10(size / step) + 1e-9).astype(int) + 1, 1),
        zeros=[_zeros(value) for value in size],
        relative=step / size,
        counted=counted,
        hundred=size % 100 == 0,
    )
    coded = ["reporter", "jurisdiction", "language", "hedge", "unit", "kind"]
    return frame.assign(**{name: frame[name].astype(str) for name in coded})


def _zeros(value: float) -> int:
    """Return the zeros at the end of a whole number; 0 for any other."""
    digits = str(int(value)) if float(value).is_integer() else "1"
    return len(digits) - len(digits.rstrip("0"))


def digits_by(found: pd.DataFrame, by: str = "hedge") -> pd.DataFrame:
    """Return the share of readings printed with 1, 2, 3 and `MANY` or more significant digits, by a column.

    Columns: 1, 2, 3, `MANY` (shares that sum to 1), n, relative (the median share left open). Rows: the words of
    the column, most readings first. Raises InputError for an unknown column or no readings.
    """
    _check(found, [by])
    shares = pd.crosstab(found[by], found["digits"].clip(upper=MANY), normalize="index")
    shares = shares.reindex(columns=range(1, MANY + 1), fill_value=0.0)
    groups = found.groupby(by)
    shares = shares.assign(n=groups.size(), relative=groups["relative"].median())
    return shares.sort_values("n", ascending=False, kind="stable")


def heaping(found: pd.DataFrame, by: str | Sequence[str], *, level: float = 0.95) -> pd.DataFrame:
    """Return how many counts that are read as exact end in 00, with a Clopper-Pearson interval.

    Columns: those of `by`, n, hundreds, share, lower, upper (0 to 1), rounded (the share that was rounded to
    hundreds as the module says, not below 0). Raises InputError for an unknown column or no such counts.
    """
    names = [by] if isinstance(by, str) else list(by)
    counted = found[found["counted"]] if "counted" in found.columns else found.iloc[:0]
    _check(counted, names)
    table = counted.groupby(names)["hundred"].agg(n="size", hundreds="sum").reset_index()
    n, hits = table["n"].to_numpy(), table["hundreds"].to_numpy()
    lower, upper = proportion_confint(hits, n, alpha=1 - level, method="beta")
    share = hits / n
    return table.assign(
        share=share,
        lower=np.where(hits == 0, 0.0, lower),
        upper=np.where(hits == n, 1.0, upper),
        rounded=np.clip((share - EXPECTED) / (1 - EXPECTED), 0, None),
    )


def _check(found: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame without rows or without one of the columns."""
    if found.empty:
        raise InputError("There are no readings to describe; give the frame that roundings(dataset) returns.")
    if missing := [name for name in names if name not in found.columns]:
        raise InputError(
            f"Roundings have no column {missing[0]!r}; group by hedge, language, reporter or unit."
        )
