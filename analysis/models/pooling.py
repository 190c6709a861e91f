"""One answer from several draws of a series: Rubin's rules on the log scale.

With Q_m = c' beta_m and U_m its variance in draw m of M,

    Q = mean Q_m,   T = mean U_m + (1 + 1/M) B,   B = variance of the Q_m,   lambda = (1 + 1/M) B / T,
    1 / df = lambda^2 / (M - 1) + 1 / [(v + 1) / (v + 3) v (1 - lambda)],   v the degrees of freedom of one draw

(Rubin 1987, Multiple Imputation for Nonresponse in Surveys, Wiley, doi 10.1002/9780470316696; df of Barnard, Rubin
1999, Biometrika 86(4), 948, doi 10.1093/biomet/86.4.948). The missing share is lambda: how much of the variance
comes from not knowing the series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """`estimate`, `variance`, `df` and `missing` share of k quantities, (k) each."""

    estimate: Array
    variance: Array
    df: Array
    missing: Array


def pooled(estimates: Array, variances: Array, df: Array) -> Pooled:
    """Pool `estimates`, `variances` and complete-data `df` of k quantities over M draws, (M, k) each.

    A single draw is returned as it is, with a missing share of 0.
    """
    draws = len(estimates)
    complete = df.mean(0)
    if draws == 1:
        return Pooled(estimates[0], variances[0], complete, np.zeros(estimates.shape[1]))
    within = variances.mean(0)
    between = (1 + 1 / draws) * estimates.var(0, ddof=1)
    total = within + between
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, between / total, 0.0)
        observed = (complete + 1) / (complete + 3) * complete * (1 - share)
        degrees = 1 / (share**2 / (draws - 1) + 1 / observed)
    return Pooled(estimates.mean(0), total, degrees, share)
