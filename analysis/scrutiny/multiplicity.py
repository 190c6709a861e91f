"""Many hypotheses at once: p values adjusted for the false discovery rate.

With p_(1) <= ... <= p_(m) the p of the m hypotheses tested,

    BH: q_(i) = min over j >= i of min(1, m p_(j) / j)
    BY: q_(i) = min over j >= i of min(1, m c(m) p_(j) / j),  c(m) = 1 + 1/2 + ... + 1/m.

Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57:289) control the rate under
independence and positive dependence; Benjamini and Yekutieli (2001, Annals of Statistics 29:1165,
doi 10.1214/aos/1013699998) under any dependence, which stands beside it because hypotheses share series.
A hypothesis that was not tested has no p: it stays NaN and does not count in m.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.multitest import multipletests

from analysis.arguments import checked, numbers
from analysis.errors import InputError


@checked
def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """Return p adjusted after Benjamini and Hochberg, in the order given; NaN stays NaN.

    Raises InputError if p is not one row of numbers between 0 and 1.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.02, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.04, 0.04, 0.5]
    """
    return _adjusted(p, "fdr_bh")


@checked
def benjamini_yekutieli(p: ArrayLike) -> NDArray[np.float64]:
    """Return p adjusted after Benjamini and Yekutieli, in the order given; NaN stays NaN.

    Raises InputError if p is not one row of numbers between 0 and 1.
    """
    return _adjusted(p, "fdr_by")


@checked
def adjusted(p: pd.Series | Mapping[str, float | None]) -> pd.DataFrame:
    """Return p, bh and by of hypotheses by id: one row each, in the order given.

    Raises
    ------
    InputError
        If a p is not between 0 and 1 (NaN or None: not tested), or an id stands twice; the sentence names it.
    """
    series = pd.Series(p, dtype=object) if isinstance(p, Mapping) else p
    values = pd.to_numeric(series, errors="coerce").astype(float)
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    lost = np.isnan(numbers) & series.notna().to_numpy()
    wrong = lost | (~np.isnan(numbers) & ~((numbers >= 0) & (numbers <= 1)))
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"p of {series.index[place]!r} is {series.iloc[place]!r}; give a number from 0 to 1, or NaN."
        )
    if not series.index.is_unique:
        raise InputError(f"{series.index[series.index.duplicated()][0]!r} has two p values; give one each.")
    columns = {"p": numbers, "bh": benjamini_hochberg(numbers), "by": benjamini_yekutieli(numbers)}
    return pd.DataFrame(columns, index=series.index)


def _adjusted(p: ArrayLike, method: str) -> NDArray[np.float64]:
    """Return adjusted p by a method of statsmodels' multipletests, over those that are not NaN."""
    given = numbers(p, "p")
    tested = ~np.isnan(given)
    if not ((given[tested] >= 0) & (given[tested] <= 1)).all():
        raise InputError("p must lie between 0 and 1, NaN where not tested.")
    result = np.full(given.shape, np.nan)
    if tested.any():
        result[tested] = multipletests(given[tested], method=method)[1]
    return result
