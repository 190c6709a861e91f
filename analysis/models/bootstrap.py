"""Series with AR(1) errors drawn at random, and the t statistics of regressions on a batch of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.models.autoregression import AutoregressiveBatch

Array = NDArray[np.float64]


def ar1_draws(rho: float, steps: Array, draws: int, rng: np.random.Generator) -> Array:
    """Return `draws` stationary AR(1) series (draws, n) of unit variance over the distances `steps` (n - 1)."""
    shocks = rng.standard_normal((draws, len(steps) + 1))
    power = np.power(rho, steps)
    for t, (keep, new) in enumerate(zip(power, np.sqrt(1 - power**2), strict=True), start=1):
        shocks[:, t] = keep * shocks[:, t - 1] + new * shocks[:, t]
    return shocks


def t_statistics(batch: AutoregressiveBatch, contrasts: Array, truth: Array | None = None) -> Array:
    """Return the t statistics (B, k) of `contrasts` (k, p) about their `truth` (k, by default 0)."""
    centre = 0.0 if truth is None else truth
    variance = np.sum((contrasts @ batch.cov) * contrasts, axis=-1)
    result: Array = (batch.beta @ contrasts.T - centre) / np.sqrt(variance)
    return result
