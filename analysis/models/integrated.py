"""Contrasts of short regressions with AR(1) errors, the autocorrelation integrated out.

    y = X beta + u,   cov(u_s, u_t) = sigma^2 rho^|s - t|,   c' beta | y ~ sum_k w_k t_{n - p}(c' b_k, s_k)

b_k and s_k are estimate and standard error of generalised least squares at rho_k, k runs over a grid of rho, and
w_k is proportional to prior_k times the restricted likelihood of rho_k, sigma^2 integrated out,

    l(rho) = -1/2 [ (n - p) log r' R^-1 r + log|R| + log|X' R^-1 X| ]

(Berger, De Oliveira, Sanso 2001, J Am Stat Assoc 96(456), 1361, doi 10.1198/016214501753382282: under the reference
prior beta and sigma^2 integrate out to this). Half of the prior lies near the unit root, three tenths of the rest at
the lower end, all else is even over the grid: in 8 to 25 points an estimate of rho says too little to be taken for
the truth, and what it misses is mostly a wandering error. p is twice the smaller tail beyond zero, the interval holds
the central `level` of the mixture. `studies/small_sample.py` holds its size and its power.

By itself the mixture rejects a true null of a step in about 4 to 6 percent wherever rho lies; of counts (rho from 0)
with independent errors in about 3, of step and ramp together in about 2 with independent errors and up to 7 near a
random walk. `tested` therefore draws it out about its mean by the design, the contrast and the mean of rho
(`calibration`): 4 to 7 percent everywhere. Steps lose nothing by it, counts gain. Step and ramp gain with independent
errors and lose near a random walk, little from 14 points on (+65%, rho 0.7: seen in 38 samples of 100, by the plain
mixture in 43), much at 8 (rho 0.9: in 35, by the plain mixture in 60): four degrees of freedom hardly tell the two
apart, so that what keeps the size at one end is paid at the other. No prior alone does it (8 points, all prior at the
two ends: 3.4 to 9.4 percent).

Several draws of one series are pooled as a mixture over draws and rho. The draws' centres are moved apart by
sqrt((M + 1) / (M - 1)), so that its variance is Rubin's T = mean U_m + (1 + 1/M) B (`pooling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Level, between, checked, numbers
from analysis.errors import InputError
from analysis.models.autoregression import distances, fittable, whiten
from analysis.models.calibration import DIGITS, Stretch, canonical, null_series, stretch_of
from analysis.models.mixtures import Mixture
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]

HIGHEST = 0.995  # stands for the unit root: 1 itself has no restricted likelihood with an intercept
UNIT_ROOT = 0.5  # the share of the prior at it
LOWEST = -0.3
LOWEST_SHARE = 0.3  # of the rest of the prior: without it a test of independent errors is too shy
LONGEST = 60  # of series whose test is held to its size: longer ones tell their autocorrelation
GRID = (*(round(0.1 * k, 1) for k in range(-3, 10)), 0.95, 0.98, HIGHEST)

Value = Array | float
Share = Annotated[float, between(0, 1)]
Rho = Annotated[float, between(-1, HIGHEST)]


@dataclass(frozen=True, repr=False)
class IntegratedContrast(Result):
    """Contrasts c' beta with the autocorrelation integrated out.

    `estimate` is the mean of the mixture, `se` its spread (root of Rubin's T over draws), `p` two-sided against
    zero, `lower` and `upper` the central interval of `level`, `df` the n - p of each t. `rho` is the mean of the
    autocorrelation after the data, `unit_root` the weight of the grid's upper end, `missing` lambda = (1 + 1/M) B / T,
    the share of the variance that comes from not knowing the series (0 without draws). All but level and df have
    the leading axes of y (none where draws are pooled), and those of `contrast` last where it has several rows;
    rho and unit_root have the leading axes alone. Without any axes they are numbers.
    """

    estimate: Value
    se: Value
    p: Value
    lower: Value
    upper: Value
    rho: Value
    unit_root: Value
    missing: Value
    df: float
    level: float


@dataclass(frozen=True)
class IntegratedFit:
    """Regressions of B series on one X at K values of rho.

    `beta` (B, K, p) and `sigma2` (B, K) of generalised least squares, `unscaled` (K, p, p) = (X' R^-1 X)^-1,
    `weights` (B, K), `rhos` (K), and n - p as `df`; `design` (n, p), `steps` (n - 1) and `unit_root` as given.
    """

    beta: Array
    sigma2: Array
    unscaled: Array
    weights: Array
    rhos: Array
    df: float
    design: Array
    steps: Array
    unit_root: float

    def mixture(self, contrasts: Array) -> Mixture:
        """Return the mixtures (B, J, K) of `contrasts` (J, p), J of them for each series, as the prior has them."""
        centre = np.swapaxes(self.beta @ contrasts.T, 1, 2)
        variance = np.sum((contrasts @ self.unscaled) * contrasts, axis=-1).T  # (J, K)
        scale = np.sqrt(np.maximum(self.sigma2[:, None, :] * variance, 0.0))
        return Mixture(centre, scale, self.weights[:, None, :], self.df)

    def tested(self, contrasts: Array) -> Mixture:
        """Return the mixtures (B, J, K) of `contrasts` (J, p) drawn out so that tests keep their size (`calibration`).

        What a design and a contrast need is found once, in some hundredths of a second, and remembered.
        """
        plain, rho = self.mixture(contrasts), self.rho
        weights = np.broadcast_to(plain.weights, plain.centre.shape)
        steps = np.round(self.steps.astype(float), DIGITS).tobytes()
        drawn = []
        for j, contrast in enumerate(contrasts):
            columns, row = canonical(self.design, contrast)
            how = _stretch(columns.tobytes(), steps, row.tobytes(), float(self.rhos[0]), self.unit_root)
            drawn.append(how(Mixture(plain.centre[:, j], plain.scale[:, j], weights[:, j], self.df), rho))
        centre, scale = (
            np.stack([getattr(one, part) for one in drawn], axis=1) for part in ("centre", "scale")
        )
        return Mixture(centre, scale, plain.weights, self.df)

    @property
    def rho(self) -> Array:
        """The mean autocorrelation (B) after the data."""
        found: Array = self.weights @ self.rhos
        return found


def integrated_fit(
    response: Array, design: Array, steps: Array, *, lowest: float = LOWEST, unit_root: float = UNIT_ROOT
) -> IntegratedFit:
    """Fit the series `response` (B, n) on `design` (n, p), `steps` (n - 1) apart, at every rho of the grid.

    The arrays are taken as they are; `integrated_contrast` checks them.
    """
    n, p = design.shape
    rhos = rho_grid(lowest, steps)
    basis, triangle = np.linalg.qr(design)
    whitener = whiten(np.broadcast_to(np.eye(n), (len(rhos), n, n)), rhos, steps)
    orthogonal, upper = np.linalg.qr(whitener @ basis)
    # one product a rho brings every series to its coefficients and its residuals
    back = np.linalg.inv(triangle) @ np.linalg.inv(upper)
    coefficients = back @ (np.swapaxes(orthogonal, 1, 2) @ whitener)  # (K, p, n)
    residual = whitener - orthogonal @ (np.swapaxes(orthogonal, 1, 2) @ whitener)
    beta = np.swapaxes(response @ np.swapaxes(coefficients, 1, 2), 0, 1)
    squares = np.square(response @ np.swapaxes(residual, 1, 2)).sum(-1).T  # (B, K)
    height = np.log(np.diagonal(whitener, axis1=1, axis2=2)).sum(1)
    height = height - np.log(np.abs(np.diagonal(upper, axis1=1, axis2=2))).sum(1)
    likelihood = height - (n - p) / 2 * np.log(squares)
    logs = likelihood + np.log(rho_prior(rhos, unit_root))
    weights = np.exp(logs - logs.max(1, keepdims=True))
    weights /= weights.sum(1, keepdims=True)
    unscaled = back @ np.swapaxes(back, 1, 2)
    return IntegratedFit(
        beta,
        squares / (n - p),
        unscaled,
        weights,
        rhos,
        float(n - p),
        np.ascontiguousarray(design, dtype=float),
        steps,
        unit_root,
    )


@lru_cache(maxsize=4096)
def _stretch(design: bytes, steps: bytes, contrast: bytes, lowest: float, unit_root: float) -> Stretch:
    """Return what `tested` asks for: the arrays as bytes, so that it is found once a design and contrast."""
    apart, row = np.frombuffer(steps), np.frombuffer(contrast)
    columns = np.frombuffer(design).reshape(-1, len(row))
    rhos = rho_grid(lowest, apart)
    n = len(columns)
    if n > LONGEST or not row.any():
        return Stretch((0.0, 0.0))
    series = null_series(whiten(np.broadcast_to(np.eye(n), (len(rhos), n, n)), rhos, apart))
    fit = integrated_fit(series, columns, apart, lowest=lowest, unit_root=unit_root)
    mixture = fit.mixture(row[None])
    alone = Mixture(mixture.centre[:, 0], mixture.scale[:, 0], fit.weights, fit.df)
    likelihood = np.log(np.maximum(fit.weights, np.finfo(float).tiny)) - np.log(rho_prior(rhos, unit_root))
    return stretch_of(alone, likelihood, rhos)


@checked
@one_thread
def integrated_contrast(
    y: ArrayLike,
    X: ArrayLike,  # noqa: N803
    contrast: ArrayLike,
    time: ArrayLike | None = None,
    *,
    lowest: Rho = LOWEST,
    unit_root: Share = UNIT_ROOT,
    level: Level = 0.95,
    pool: bool = False,
) -> IntegratedContrast:
    """Return estimate, interval and p of c' beta in regressions of `y` on `X` (n, p) with AR(1) errors.

    Parameters
    ----------
    y, X
        One series (n), or series over any leading axes (..., n): draws, places, simulations. In the scale that
        is analysed: logs, where the model is one for logs.
    contrast
        c (p), or several (J, p).
    time
        When the values stand (n numbers that increase), by default one apart; missing periods lengthen a distance.
    lowest
        Where the grid of rho begins. Take 0 where errors cannot swing to and fro, as those of counts of enforcement.
    unit_root
        The share of the prior at rho 0.995.
    level
        Coverage of the interval.
    pool
        Whether the first axis of y are draws of one series, at least two, to be pooled into one answer.

    Raises
    ------
    InputError
        If a value is missing or infinite, columns of X depend on each other, fewer than two degrees of freedom are
        left, the times do not increase, a contrast does not fit X or is zero, or X explains a series without error.

    Source: Berger, De Oliveira, Sanso (2001), doi 10.1198/016214501753382282; Rubin (1987), doi
    10.1002/9780470316696.

    Examples
    --------
    A level that moves from about 1 to about 2 after the sixth of ten values:

    >>> y = [1.0, 1.1, 0.9, 1.1, 1.0, 0.9, 2.0, 2.1, 1.9, 2.0]
    >>> X = [[1, t, int(t >= 6)] for t in range(10)]
    >>> found = integrated_contrast(y, X, [0, 0, 1])
    >>> bool(found.p < 0.01), bool(found.lower < 1 < found.upper)
    (True, True)
    """
    series = np.asarray(numbers(y, "y", np.ndim(y)), dtype=float)
    lead = series.shape[:-1]
    if not series.size:
        raise InputError("y holds no values; give a series, or rows of series.")
    if pool and (not lead or lead[0] < 2):
        raise InputError("Pooling needs at least 2 draws of the series along the first axis of y.")
    flat, design = fittable(series.reshape(-1, series.shape[-1]) if lead else series, X)
    rows = _contrasts(contrast, design.shape[1])
    fit = integrated_fit(
        np.atleast_2d(flat), design, distances(time, len(design)), lowest=lowest, unit_root=unit_root
    )
    several = np.ndim(contrast) == 2
    mixture, missing = fit.tested(rows), np.zeros((len(fit.beta), len(rows)))
    rho, weight = fit.rho, fit.weights[:, -1]
    if pool:
        lead = lead[1:]
        mixture, missing = mixture.split(series.shape[0]).pooled()
        rho, weight = (part.reshape(series.shape[0], -1).mean(0) for part in (rho, weight))
    lower, upper = mixture.interval(level)
    shape = (*lead, len(rows)) if several else lead
    return IntegratedContrast(
        estimate=_shaped(mixture.mean, shape),
        se=_shaped(mixture.spread, shape),
        p=_shaped(mixture.two_sided(), shape),
        lower=_shaped(lower, shape),
        upper=_shaped(upper, shape),
        rho=_shaped(rho, lead),
        unit_root=_shaped(weight, lead),
        missing=_shaped(missing, shape),
        df=fit.df,
        level=level,
    )


def _shaped(values: Array, shape: tuple[int, ...]) -> Value:
    """Return the values in this shape, one value without axes as a number."""
    return values.reshape(shape) if shape else float(values.reshape(()))


def rho_grid(lowest: float, steps: Array) -> Array:
    """Return the values of rho (K) from `lowest` on.

    Where distances are no whole multiples of the smallest a negative rho has no meaning, and 0 is the lowest.
    """
    whole = bool(np.all(steps == np.round(steps)))
    least = lowest if whole else max(lowest, 0.0)
    return np.array([least, *(rho for rho in GRID if rho > least + 1e-9)])


def rho_prior(rhos: Array, unit_root: float) -> Array:
    """Return the prior (K): `unit_root` at the upper end, of the rest a part at the lower, all else even."""
    rest = np.full(len(rhos) - 1, (1 - LOWEST_SHARE) / (len(rhos) - 1))
    rest[0] += LOWEST_SHARE
    return np.append((1 - unit_root) * rest, unit_root)


def _contrasts(contrast: ArrayLike, p: int) -> Array:
    """Return the contrasts (J, p). Raises InputError where they do not fit the columns or are zero."""
    rows = np.atleast_2d(numbers(contrast, "contrast", np.ndim(contrast)))
    if rows.ndim != 2 or rows.shape[1] != p or not np.isfinite(rows).all() or not rows.any(1).all():
        raise InputError(f"A contrast must be {p} numbers, one for each column of X, that are not all zero.")
    return rows
