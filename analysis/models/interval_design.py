"""What a regression on rows is given beside its values: columns with names, labels that agree, groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import numbers
from analysis.errors import InputError, shown

Array = NDArray[np.float64]


def in_order(values: Any, reference: Any, name: str) -> Any:
    """Return `values` in the order of `reference`'s rows where both carry labels; by position otherwise.

    Raises
    ------
    InputError
        If both carry labels, as many, and they are not the same.
    """
    labelled = pd.Series | pd.DataFrame
    if not (isinstance(values, labelled) and isinstance(reference, labelled)) or len(values) != len(
        reference
    ):
        return values
    if values.index.equals(reference.index):
        return values
    if values.index.is_unique and reference.index.is_unique and values.index.isin(reference.index).all():
        return values.reindex(reference.index)
    raise InputError(
        f"{name} has other row labels than the values ({shown(values.index[0])} comes first); give columns of one "
        f"frame, or the values alone ({name}.to_numpy())."
    )


def design_of(X: ArrayLike | pd.DataFrame, n: int, *, intercept: bool) -> tuple[list[str], Array]:  # noqa: N803
    """Return the terms and the design (n, p), the intercept first where X has no constant column.

    Raises
    ------
    InputError
        If X is not n rows of finite numbers, or there is nothing in it.
    """
    frame = X.to_frame() if isinstance(X, pd.Series) else X
    if isinstance(frame, pd.DataFrame):
        names = [str(name) for name in frame.columns]
        columns = [numbers(frame.iloc[:, k], f"X, column {name!r},") for k, name in enumerate(names)]
        design = np.column_stack(columns) if columns else np.empty((len(frame), 0))
    else:
        given = np.asarray(frame)
        design = numbers(given, "X", 2) if given.ndim != 1 else numbers(given, "X")[:, None]
        names = [f"x{k + 1}" for k in range(design.shape[1])]
    if len(design) != n:
        raise InputError(f"X has {len(design)} rows and low {n}; give one row of X for each value.")
    wrong = np.argwhere(~np.isfinite(design))
    if len(wrong):
        row, k = wrong[0]
        raise InputError(
            f"X: {names[k]!r} is {design[row, k]} in row {row} (counted from 0); leave that row out."
        )
    constant = np.flatnonzero((design == design[:1]).all(0) & design.any(0))
    if len(constant) and not isinstance(frame, pd.DataFrame):
        names[constant[0]] = "intercept"
    if intercept and not len(constant):
        names, design = ["intercept", *names], np.column_stack([np.ones(n), design])
    if not names:
        raise InputError("X has no columns; give at least one, or let intercept be True.")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise InputError(f"X: two terms are called {min(twice)!r}; rename one.")
    return names, design


def groups_of(cluster: ArrayLike, n: int) -> NDArray[np.intp]:
    """Return groups as numbers from 0 on. Raises InputError for another length, gaps, or one group."""
    labels = pd.Series(list(np.asarray(cluster, dtype=object).ravel()), dtype=object)
    if len(labels) != n or np.ndim(cluster) != 1:
        raise InputError(f"cluster has {len(labels)} values and low {n}; give the group of each row.")
    try:
        codes, found = pd.factorize(labels)
    except TypeError:
        raise InputError("cluster must be labels (text or numbers); something in it is neither.") from None
    if (codes < 0).any():
        raise InputError(f"cluster is blank in row {int(np.argmin(codes))} (counted from 0); name its group.")
    if len(found) < 2:
        raise InputError("cluster has one group only; errors by groups need at least two, better 30.")
    return codes.astype(np.intp)
