"""Fractional logit: shares between 0 and 1, both ends included, on covariates.

E(y | x) = 1 / (1 + exp(-x b)) by Bernoulli quasi-likelihood sum w [y log p + (1 - y) log(1 - p)], fitted by iteratively
reweighted least squares, with errors that hold whatever the variance of y is,

    cov = A^-1 B A^-1,   A = X' diag(w p (1 - p)) X,   B = sum_g s_g s_g',   s_g = sum_(i in g) w_i (y_i - p_i) x_i,

g each row alone, or each cluster (Papke, Wooldridge 1996, J Applied Econometrics 11(6), 619, doi
10.1002/(SICI)1099-1255(199611)11:6<619::AID-JAE418>3.0.CO;2-1). For rows B is scaled by n / (n - p), and intervals are
by Student's t with n - p degrees of freedom. For clusters the sandwich allows for few of them (`few_clusters`). Scaled
by G / (G - 1) (n - 1) / (n - p) and with G - 1 degrees of freedom, as usual for G clusters, it makes intervals too
short where these are few (Cameron, Miller 2015, J Human Resources 50(2), 317, doi 10.3368/jhr.50.2.317).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.special import expit

from analysis.arguments import Level, aligned, checked, numbers
from analysis.errors import InputError, shown
from analysis.models.few_clusters import few_clusters
from analysis.models.tallies import fractions, positive
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]

FARTHEST = 25.0  # on the log-odds scale: beyond it a fitted share is 0 or 1 and the fit runs away


@dataclass(frozen=True, repr=False)
class FractionalFit(Result):
    """Shares on covariates.

    `coefficients`: frame by term with estimate, se, statistic, p, lower, upper, df, on the log-odds scale; `slopes`:
    the mean change of the share by a unit of each covariate, b mean(p (1 - p)); `fitted` (n) shares; `clusters`:
    how many, None without.
    """

    coefficients: pd.DataFrame
    slopes: pd.Series[float]
    fitted: Array
    n: int
    clusters: int | None
    level: float


@checked
@one_thread
def fractional_logit(
    y: ArrayLike,
    X: ArrayLike | pd.DataFrame,  # noqa: N803
    clusters: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    intercept: bool = True,
    few: bool = True,
    level: Level = 0.95,
) -> FractionalFit:
    """Regress shares `y` (n), fractions, on `X` (n, terms) with errors robust by row or by cluster.

    `clusters` (n): labels of what may move together (a product, say). `weights` (n): above 0; the cells' totals make
    it a regression of the pooled share. `intercept` adds a constant unless X holds one. Without `few` the errors by
    clusters are those of other programs, which do not allow for few of them.

    Raises
    ------
    InputError
        If a share lies outside 0 to 1, lengths differ, a covariate is missing or follows from the others, there are
        fewer than two clusters or no more rows than terms, or the shares are separated, so that no fit exists.
    """
    share = fractions(y, "y")
    matrix, names = _design(aligned(X, y, "X"), len(share), intercept)
    weight = np.ones(len(share)) if weights is None else positive(aligned(weights, y, "weights"), "weights")
    if len(weight) != len(share):
        raise InputError(f"y has {len(share)} shares and weights {len(weight)}; give one for each.")
    group = None if clusters is None else _clusters(aligned(clusters, y, "clusters"), len(share))
    beta = _fitted(share, matrix, weight)
    mean = expit(matrix @ beta)
    cov, df = _covariance(matrix, weight * (share - mean), weight * mean * (1 - mean), group, few=few)
    se = np.sqrt(np.diag(cov))
    statistic, half = beta / se, stats.t.isf((1 - level) / 2, df) * se
    columns = {
        "estimate": beta,
        "se": se,
        "statistic": statistic,
        "p": 2 * stats.t.sf(np.abs(statistic), df),
        "lower": beta - half,
        "upper": beta + half,
        "df": df,
    }
    moves = [name for name in names if name != "intercept"]
    slopes = pd.Series(beta * float((mean * (1 - mean)).mean()), index=names, name="slope")[moves]
    groups = None if group is None else int(group.max()) + 1
    return FractionalFit(pd.DataFrame(columns, index=names), slopes, mean, len(share), groups, level)


def _covariance(
    matrix: Array, errors: Array, hat: Array, group: NDArray[np.intp] | None, *, few: bool
) -> tuple[Array, Array]:
    """Return the sandwich covariance and the degrees of freedom of each coefficient."""
    n, p = matrix.shape
    scores = matrix * errors[:, None]
    factor, df = n / (n - p), n - p
    root = np.linalg.inv(np.linalg.cholesky(matrix.T @ (matrix * hat[:, None]))).T
    if group is not None:
        count = int(group.max()) + 1
        summed = np.zeros((count, p))
        np.add.at(summed, group, scores)
        if few:
            turned = matrix @ root
            parts = [turned[group == one] * np.sqrt(hat[group == one])[:, None] for one in range(count)]
            return few_clusters(summed @ root, np.array([part.T @ part for part in parts]), root)
        scores, factor, df = summed, count / (count - 1) * (n - 1) / (n - p), count - 1
    moved = scores @ root @ root.T
    return np.asarray(factor * moved.T @ moved), np.full(p, float(df))


def _fitted(share: Array, matrix: Array, weight: Array) -> Array:
    """Return the coefficients by reweighted least squares. Raises InputError if they run away."""
    eta: Array = np.log((share + 0.5) / (1.5 - share))
    beta: Array = np.zeros(matrix.shape[1])
    for _ in range(100):
        mean = expit(eta)
        hat = mean * (1 - mean)
        root = np.sqrt(weight * hat)
        target = root * (eta + (share - mean) / hat)
        updated: Array = np.asarray(
            np.linalg.lstsq(matrix * root[:, None], target, rcond=None)[0], dtype=float
        )
        eta = np.asarray(matrix @ updated, dtype=float)
        if np.abs(eta).max() > FARTHEST:
            break
        if np.abs(updated - beta).max() <= 1e-11 * (1 + np.abs(updated).max()):
            return updated
        beta = updated
    raise InputError(
        "The shares are separated: some terms are all 0 or all 1, so the best coefficient is infinite. Leave out "
        "the term, or join it with another."
    )


def _design(given: Any, n: int, intercept: bool) -> tuple[Array, list[str]]:
    """Return the columns (n, terms) and their names. Raises InputError."""
    flat = np.ndim(given) == 1
    matrix = numbers(given, "X")[:, None] if flat else numbers(given, "X", 2)
    names = [str(name) for name in given.columns] if isinstance(given, pd.DataFrame) else []
    names = names or [f"x{k + 1}" for k in range(matrix.shape[1])]
    if len(matrix) != n:
        raise InputError(f"y has {n} shares and X {len(matrix)} rows; give one row for each.")
    if not np.all(np.isfinite(matrix)):
        raise InputError(
            f"X has a missing or infinite value in {names[int(np.argwhere(~np.isfinite(matrix))[0, 1])]!r}."
        )
    constant = (np.ptp(matrix, axis=0) == 0) & (matrix[0] != 0) if n else np.array([], dtype=bool)
    if intercept and not constant.any():
        matrix, names = np.column_stack([np.ones(n), matrix]), ["intercept", *names]
    if n <= matrix.shape[1]:
        raise InputError(f"{n} rows are too few for {matrix.shape[1]} terms.")
    sizes = np.linalg.norm(matrix, axis=0)
    if not sizes.all() or np.linalg.matrix_rank(matrix / sizes) < matrix.shape[1]:
        raise InputError(f"One of the terms {shown(names)} is zero or follows from the others; leave it out.")
    return matrix, names


def _clusters(given: Any, n: int) -> NDArray[np.intp]:
    """Return the number of each row's cluster. Raises InputError."""
    cells = np.asarray(given, dtype=object)
    if cells.shape != (n,):
        raise InputError(f"clusters must be one row of {n} labels, one for each share.")
    codes, names = pd.factorize(pd.Series(cells, dtype=object))
    if codes.min() < 0:
        raise InputError(
            f"clusters has no label at place {int(np.argmin(codes)) + 1}; give each row its cluster."
        )
    if len(names) < 2:
        raise InputError("One cluster shows no spread between clusters; give two or more, or leave them out.")
    return codes.astype(np.intp)
