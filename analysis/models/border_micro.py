"""The borders' small tables: how prone an economy's exports are to be seized, and shares of cells modelled.

GTRIC-e, the General Trade-Related Index of Counterfeiting of economies (OECD, EUIPO 2016, Trade in Counterfeit and
Pirated Goods, annex A, doi 10.1787/9789264252653-en; first in OECD 2008, doi 10.1787/9789264045521-en): with v_ie the
seizures of reporter i from economy e and m_ie its imports,

    gamma_ie = v_ie / sum_e v_ie,   Gamma_e = sum_i w_i gamma_ie,   w_i = sum_e m_ie / sum_ie m_ie,
    CE_e = Gamma_e / s_e,   s_e = sum_i m_ie / sum_ie m_ie,   c_e = log(1 + CE_e),

    GTRIC_e = F(c_e),   F the normal law with the mean and standard deviation of the c_e, cut off below 0:
    F(c) = [Phi((c - m) / s) - Phi(-m / s)] / [1 - Phi(-m / s)].

The steps up to CE and the left-truncated normal are those published; the annex itself was not at hand, and
log(1 + CE) with n - 1 in the standard deviation is our reading of it. Each step from CE to the index keeps the order:
ranks depend on seizures, imports and the reporters' weights alone, and an index of one set of economies is not
comparable with that of another. It says how prone imports are to be seized as fakes next to others', never which part
of them is fake.

Shares of cells modelled are in `fractional.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.special import ndtr

from analysis.arguments import Level, Seed, checked, least, numbers
from analysis.errors import InputError, shown
from analysis.models.fractional import FractionalFit, fractional_logit
from analysis.models.tallies import same_labels
from analysis.threads import one_thread

Array = NDArray[np.float64]

__all__ = ["FractionalFit", "fractional_logit", "gtric", "gtric_ranks"]


@checked
def gtric(seizures: ArrayLike | pd.DataFrame, imports: ArrayLike | pd.DataFrame) -> pd.Series:
    """Return the propensity index of each economy, from 0 to 1 (GTRIC-e).

    `seizures`, `imports` (economies), or (reporters, economies): counts or values, any unit, the same economies in
    the same order. The Series keeps the economies' labels.

    Raises
    ------
    InputError
        If shapes or labels differ, there are fewer than three economies, an economy has no imports, a number is
        missing or negative, a reporter has no seizures, or all economies are seized alike (no spread).

    >>> gtric([80, 15, 5], [100, 100, 100]).round(2).tolist()
    [0.85, 0.24, 0.08]
    """
    seized, traded, names = _economies(seizures, imports)
    return pd.Series(_index(_factor(seized[None], traded))[0], index=names, name="gtric")


@checked
@one_thread
def gtric_ranks(
    seizures: ArrayLike | pd.DataFrame,
    imports: ArrayLike | pd.DataFrame,
    resample: Literal["seizures", "reporters"] = "seizures",
    *,
    level: Level = 0.9,
    draws: Annotated[int, least(99)] = 2000,
    seed: Seed = 0,
) -> pd.DataFrame:
    """Return each economy's index and rank with bootstrap intervals, the most prone first.

    Columns: factor (CE), index, index_lower, index_upper, rank (1 the most prone), rank_lower, rank_upper,
    chance_first. "seizures" draws each reporter's seizures anew, as many as there were, by multinomial chance: counts
    are needed, and that one shipment says nothing of the next. "reporters" draws whole rows anew (reporters, or years
    where rows are years): the differences between them are in the interval, and values will do; it needs five rows.
    Ties share the better rank.

    Raises
    ------
    InputError
        As `gtric`; or if counts are not whole, or the rows are fewer than five for "reporters".
    """
    seized, traded, names = _economies(seizures, imports)
    rng = np.random.default_rng(seed)
    if resample == "seizures":
        wrong = np.argwhere(seized != np.round(seized))
        if len(wrong):
            raise InputError(
                f"seizures has {seized[tuple(wrong[0])]:g}, which is no count; draw whole rows anew where they "
                "are values (resample='reporters')."
            )
        copies = np.stack(
            [rng.multinomial(int(one.sum()), one / one.sum(), size=draws) for one in seized], axis=1
        )
        factor = _factor(copies.astype(float), traded)
    else:
        if len(seized) < 5:
            raise InputError(f"{len(seized)} rows are too few to draw rows anew; it takes five or more.")
        chosen = rng.integers(0, len(seized), size=(draws, len(seized)))
        factor = np.concatenate([_factor(seized[one][None], traded[one]) for one in chosen])
    found = _factor(seized[None], traded)
    ranks, indexes = _ranks(factor), _index(factor)
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(indexes, ends, axis=0)
    first, last = np.quantile(ranks, ends, axis=0, method="inverted_cdf")
    frame = pd.DataFrame(
        {
            "factor": found[0],
            "index": _index(found)[0],
            "index_lower": low,
            "index_upper": high,
            "rank": _ranks(found)[0].astype(int),
            "rank_lower": first.astype(int),
            "rank_upper": last.astype(int),
            "chance_first": (ranks == 1).mean(0),
        },
        index=names,
    )
    return frame.sort_values("rank", kind="stable")


def _factor(seized: Array, traded: Array) -> Array:
    """Return CE (draws, economies) from seizures (draws, reporters, economies) and imports (reporters, economies)."""
    weight = traded.sum(1) / traded.sum()
    intensity = np.einsum("i,die->de", weight, seized / seized.sum(2, keepdims=True))
    share: Array = traded.sum(0) / traded.sum()
    if np.any(share <= 0):  # a draw of rows without the only reporter that imports from an economy
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(share > 0, intensity / share, 0.0)
    return np.asarray(intensity / share, dtype=float)


def _index(factor: Array) -> Array:
    """Return the index (draws, economies) of factors: the left-truncated normal law at log(1 + CE)."""
    logs = np.log1p(factor)
    mean, spread = logs.mean(1, keepdims=True), logs.std(1, ddof=1, keepdims=True)
    spread = np.where(spread > 0, spread, np.nan)
    # survival functions keep their digits where the law lies far above 0
    index: Array = 1 - ndtr((mean - logs) / spread) / ndtr(mean / spread)
    return np.clip(index, 0, 1)


def _ranks(factor: Array) -> Array:
    """Return ranks (draws, economies), 1 for the largest."""
    return np.asarray(stats.rankdata(-np.round(factor, 12), method="min", axis=1), dtype=float)


def _economies(seizures: Any, imports: Any) -> tuple[Array, Array, pd.Index | None]:
    """Return seizures and imports as (reporters, economies) and the economies' names. Raises InputError."""
    tables = []
    for value, name in ((seizures, "seizures"), (imports, "imports")):
        table = numbers(value, name, 2) if np.ndim(value) == 2 else numbers(value, name)[None]
        if not np.all(np.isfinite(table)) or np.any(table < 0):
            raise InputError(
                f"{name} has a number that is missing, infinite or below zero; leave that economy out."
            )
        tables.append(table)
    seized, traded = tables
    if seized.shape != traded.shape:
        raise InputError(
            f"seizures are {seized.shape} and imports {traded.shape}; give the same rows and economies."
        )
    if seized.shape[1] < 3 or not len(seized):
        raise InputError(f"{seized.shape[1]} economies make no index; give three or more.")
    named = [_names(one) for one in (seizures, imports) if isinstance(one, pd.Series | pd.DataFrame)]
    if len(named) == 2 and not same_labels(*named):
        raise InputError("seizures and imports name other economies, or in another order; give both alike.")
    both = isinstance(seizures, pd.DataFrame) and isinstance(imports, pd.DataFrame)
    if both and not same_labels(seizures.index, imports.index):
        raise InputError("seizures and imports name other reporters, or in another order; give both alike.")
    names = named[0] if named else None
    without = np.flatnonzero(traded.sum(0) <= 0)
    if len(without):
        which = f"Economy {int(without[0]) + 1 if names is None else shown(names[without[0]])}"
        raise InputError(
            f"{which} has zero imports, so its seizures have no share to be held against; leave it out."
        )
    if np.any(seized.sum(1) <= 0):
        raise InputError(
            f"Row {int(np.argmax(seized.sum(1) <= 0)) + 1} has no seizures; leave that reporter out."
        )
    factor = _factor(seized[None], traded)[0]
    if np.ptp(factor) <= 1e-12 * factor.max():
        raise InputError(
            "All economies are seized in proportion to their imports; there is no spread to index."
        )
    return seized, traded, names


def _names(table: Any) -> pd.Index:
    return table.columns if isinstance(table, pd.DataFrame) else table.index
