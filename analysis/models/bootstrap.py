"""Parametric bootstrap of regressions with AR(1) errors.

The distribution of t = c' beta_hat / se under the null c' beta = 0 is found by drawing series from the model fitted
under the null and fitting each without it. t does not change with the null's coefficients or its variance, so only
rho has to be known: it is the REML estimate under the null. In short series this holds the size of a test better
than any table of t does, since rho is estimated anew in every draw.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Seed, checked, least, numbers
from analysis.errors import InputError
from analysis.models.autoregression import (
    AutoregressiveBatch,
    ar1_reml,
    ar1_reml_batch,
    distances,
    fittable,
    refined_rho,
)
from analysis.rounding import at_least
from analysis.threads import one_thread

Array = NDArray[np.float64]


@checked
@one_thread
def bootstrap_p(
    y: ArrayLike,
    X: ArrayLike,  # noqa: N803
    tested_contrast: ArrayLike,
    time: ArrayLike | None = None,
    *,
    draws: Annotated[int, least(99)] = 1999,
    seed: Seed = 0,
    statistic: float | None = None,
) -> float:
    """Return the parametric bootstrap p of the null c' beta = 0 in a regression with AR(1) errors.

    `tested_contrast` is c (p). rho is estimated by REML under the null, `draws` series are drawn from that
    model, and each is fitted without the null; p = (b + 1) / (draws + 1), b the draws whose t is at least as
    large in size as the observed one (Phipson, Smyth 2010, Stat Appl Genet Mol Biol 9(1), 39,
    doi 10.2202/1544-6115.1585), so it is never below 1 / (draws + 1). The size of t does not change with the null's
    coefficients or its variance, so both are left at 0 and 1 in the draws. `statistic` takes the place of the observed
    t where it was pooled elsewhere.

    Raises
    ------
    InputError
        As `ar1_reml`, or if the contrast is not p numbers, all are zero, or draws are fewer than 99.
    """
    response, design = fittable(y, X)
    contrast = numbers(tested_contrast, "tested_contrast")
    if len(contrast) != design.shape[1] or not np.isfinite(contrast).all() or not np.any(contrast):
        raise InputError(f"A tested contrast must be {design.shape[1]} numbers that are not all zero.")
    # the columns of the orthogonal complement of c span the designs that obey the null
    complement = np.linalg.qr(contrast[:, None], mode="complete")[0][:, 1:]
    null = ar1_reml(response, design @ complement, time) if complement.size else None
    rho = null.rho if null is not None else _rho_without_regressors(response, time)
    simulated = ar1_draws(rho, distances(time, len(response)), draws, np.random.default_rng(seed))
    reference = np.abs(t_statistics(ar1_reml_batch(simulated, design, time), contrast[None])[:, 0])
    if statistic is None:
        observed = ar1_reml_batch(response[None], design, time)
        statistic = float(t_statistics(observed, contrast[None])[0, 0])
    return float((np.sum(at_least(reference, abs(statistic))) + 1) / (draws + 1))


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


def _rho_without_regressors(response: Array, time: ArrayLike | None) -> float:
    """Return the maximum likelihood rho of a series whose mean is known to be zero."""
    steps = distances(time, len(response))
    return float(refined_rho(response[None], np.zeros((len(response), 0)), steps)[0])
