r"""The minimum detectable effect: how large a change would have to be to be seen.

A contrast with standard error s and nu degrees of freedom is found, at two-sided level a and with power 1 - b,
where its true size reaches about

    MDE = (t_{1 - a/2, nu} + t_{1 - b, nu}) s

(Bloom 1995, Evaluation Review 19:547, doi 10.1177/0193841X9501900504). On the log scale exp(MDE) is the ratio
to the counterfactual; the fall that is as hard to see is its reciprocal. From the design alone, with errors of
standard deviation sigma and correlation R_ij = rho^|t_i - t_j| both known,

    s^2 = sigma^2 c' (X' R^{-1} X)^{-1} c,   nu = n - k.

The t sum stands for the noncentral t: the power it reaches is within a point of 80% from 4 degrees of
freedom on. A rho that has to be estimated costs more, so with few periods this is the least, not the most.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, checked, numbers
from analysis.errors import InputError


@checked
def detectable(se: float, df: float, power: float = 0.8, level: Level = 0.05) -> float:
    """Return the smallest ratio above 1 that a contrast of logs with this standard error would find.

    `se` is the standard error on the log scale, `df` its degrees of freedom (infinity for normal inference),
    `level` the size of the two-sided test. Infinite where exp overflows.

    Raises
    ------
    InputError
        If se is not finite and 0 or more, df is not above 0, or power is not between half the level and 1.
    """
    if not (math.isfinite(se) and se >= 0):
        raise InputError(f"A standard error must be finite and 0 or more, not {se!r}.")
    if not df > 0:
        raise InputError(
            f"Degrees of freedom must be above 0, not {df!r}; the series is too short for its terms."
        )
    if not level / 2 < power < 1:
        raise InputError(f"Power must be above half the level and below 1, not {power!r}; say 0.8.")
    size = float(stats.t.ppf(1 - level / 2, df) + stats.t.ppf(power, df)) * se
    return math.exp(size) if size < 700 else math.inf


@checked
def minimum_detectable(
    design: ArrayLike,
    contrast: ArrayLike,
    rho: float,
    sigma: float,
    power: float = 0.8,
    level: Level = 0.05,
    *,
    time: ArrayLike | None = None,
) -> float:
    """Return the minimum detectable effect of a contrast from its design alone, as a ratio above 1.

    Parameters
    ----------
    design
        Regressors, n periods by k terms.
    contrast
        Weights of the k coefficients whose sum is the estimand on the log scale.
    rho
        Correlation of errors one period apart, from 0 (or below) to under 1.
    sigma
        Standard deviation of the errors (not of their innovations), on the log scale.
    power, level
        Wanted power, and size of the two-sided test.
    time
        Periods, where some are missing between; else consecutive.

    Raises
    ------
    InputError
        If shapes do not fit, the terms are collinear or as many as the periods, rho is not between -1 and 1,
        sigma is not positive, or the time does not increase.
    """
    x, c = _design(design, contrast)
    if not -1 < rho < 1:
        raise InputError(f"rho must lie between -1 and 1, not {rho!r}.")
    if not (math.isfinite(sigma) and sigma > 0):
        raise InputError(f"sigma must be finite and above 0, not {sigma!r}.")
    n, k = x.shape
    lags = _lags(time, n)
    if rho < 0 and not np.allclose(lags, np.round(lags)):
        raise InputError("A negative rho needs whole periods; give time in steps of one.")
    correlation = np.where(lags == 0, 1.0, np.sign(rho) ** np.round(lags) * abs(rho) ** lags)
    information = x.T @ np.linalg.solve(correlation, x)
    variance = float(c @ np.linalg.solve(information, c))
    return detectable(sigma * math.sqrt(max(variance, 0.0)), n - k, power, level)


def _design(design: ArrayLike, contrast: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return design and contrast as arrays that fit each other, or say what does not."""
    x, c = numbers(design, "design", 2), numbers(contrast, "contrast")
    if c.shape != (x.shape[1],):
        raise InputError(
            f"A design of periods by terms needs one contrast weight a term; got shapes {x.shape} and {c.shape}."
        )
    if not (np.isfinite(x).all() and np.isfinite(c).all()):
        raise InputError("Design and contrast must hold finite numbers.")
    n, k = x.shape
    if n <= k:
        raise InputError(f"{n} periods for {k} terms: at least {k + 1} are needed.")
    if np.linalg.matrix_rank(x) < k:
        raise InputError("The terms of the design are collinear: leave out what the others already say.")
    return x, c


def _lags(time: ArrayLike | None, n: int) -> NDArray[np.float64]:
    """Return the distances between periods, n by n."""
    when = np.arange(n, dtype=float) if time is None else numbers(time, "time")
    if when.shape != (n,) or not (np.diff(when) > 0).all():
        raise InputError(f"time must hold {n} increasing periods, one a row of the design.")
    return np.abs(when[:, None] - when[None, :])
