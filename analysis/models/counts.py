"""Negative binomial regression of counts: variance mu + alpha mu^2, log link, alpha by maximum likelihood.

For given alpha the coefficients come from iteratively reweighted least squares with W = mu / (1 + alpha mu); alpha
maximises the likelihood so profiled (Venables, Ripley 2002, Modern Applied Statistics with S, 4th edition, chapter
7.4, as R's glm.nb). The covariance is (X'WX)^-1 at that alpha. alpha = 0 is the Poisson model: where the counts
spread no more than Poisson's, the fit ends there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from analysis.errors import InputError
from analysis.models.batched_algebra import sandwich
from analysis.threads import one_thread

Array = NDArray[np.float64]

_LOG_ALPHA = (-16.0, 4.0)


@dataclass(frozen=True)
class NegativeBinomialFit:
    """`beta` (p), its covariance `cov` (p, p), and `alpha`, the extra variance over mu^2."""

    beta: Array
    cov: Array
    alpha: float


@one_thread
def negative_binomial(
    y: Array,
    X: Array,  # noqa: N803
    offset: Array,
    *,
    errors: str = "model",
    lags: int | None = None,
) -> NegativeBinomialFit:
    """Regress the counts `y` (n) on `X` (n, p) with `offset` (n) on the log scale.

    `errors` is model or hac (Newey-West with `lags` and the factor n / (n - p)).

    Raises
    ------
    InputError
        If the fit does not converge.
    """
    basis, triangle = np.linalg.qr(X)
    found = minimize_scalar(
        lambda log_alpha: (
            -_log_likelihood(y, _reweighted(y, basis, offset, np.exp(log_alpha))[1], np.exp(log_alpha))
        ),
        bounds=_LOG_ALPHA,
        method="bounded",
        options={"xatol": 1e-8},
    )
    alpha = float(np.exp(found.x)) if found.x > _LOG_ALPHA[0] + 1e-3 else 0.0
    gamma, mean = _reweighted(y, basis, offset, alpha)
    inverse: Array = np.linalg.inv(basis.T @ (basis * (mean / (1 + alpha * mean))[:, None])).astype(float)
    if errors == "hac":
        scores = basis * ((y - mean) / (1 + alpha * mean))[:, None]
        n, p = X.shape
        inverse = sandwich(scores[None], inverse[None], np.array([float(n)]), p, lags, correction=True)[0]
    back = np.linalg.inv(triangle)
    return NegativeBinomialFit(back @ gamma, back @ inverse @ back.T, alpha)


def _reweighted(y: Array, basis: Array, offset: Array, alpha: float) -> tuple[Array, Array]:
    """Return coefficients and means at one alpha. Raises InputError if they do not settle."""
    mean = (y + y.mean()) / 2
    linear = np.log(mean)
    gamma = np.zeros(basis.shape[1])
    for _ in range(100):
        weight = mean / (1 + alpha * mean)
        working = linear - offset + (y - mean) / mean
        try:
            updated = np.linalg.solve(basis.T @ (basis * weight[:, None]), basis.T @ (weight * working))
        except np.linalg.LinAlgError:
            break
        moved = np.abs(updated - gamma).max()
        gamma = updated
        linear = np.clip(offset + basis @ gamma, -30, 700)
        mean = np.exp(linear)
        if moved <= 1e-9 * (1 + np.abs(gamma).max()):
            return gamma, mean
    raise InputError(
        "The negative binomial model does not converge on this series; use quasipoisson, or fewer terms."
    )


def _log_likelihood(y: Array, mean: Array, alpha: float) -> float:
    """Return the log likelihood, with 1 / alpha as the size."""
    size = 1 / alpha
    terms = gammaln(y + size) - gammaln(size) - gammaln(y + 1)
    # log1p keeps the Poisson limit: size is large where alpha is small
    return float(
        np.sum(terms - size * np.log1p(alpha * mean) + y * (np.log(alpha * mean) - np.log1p(alpha * mean)))
    )
