"""The effect of a measure, read off a fitted segmented regression.

Everything is a contrast c' beta on the log scale, with its variance and degrees of freedom pooled over the draws of
the series. Intervals are c' beta +- q sqrt(var): q of the normal, of t, or of |t*| in a parametric bootstrap from the
fitted model (Davison, Hinkley 1997, Bootstrap Methods and their Application, Cambridge, chapter 5.2, doi
10.1017/CBO9780511802843). The cumulative effect sum_t [exp(eta_t) - exp(eta0_t)] has its variance by the delta method.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.models.autoregression import ar1_reml_batch, distances
from analysis.models.bootstrap import ar1_draws, t_statistics
from analysis.models.design import RATIOS, Design
from analysis.models.estimation import Estimates
from analysis.models.pooling import Pooled, pooled
from analysis.results import Result
from analysis.rounding import at_least

Array = NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Effect(Result):
    """What a measure did to a series, by a segmented regression.

    `coefficients`: frame by term (intercept, trend, step, ramp, pulse, sin1, cos1, ..., covariates) with estimate,
    se, statistic, p, lower, upper, df, on the log scale. `ratios`: rows "at once", "after 1", "after 3" and "mean of
    first 3" (the primary estimand) with estimate, lower, upper, p: rate ratios to the counterfactual, counted from
    the start of the effect, and se and df on the log scale; NaN where the series ends before.
    `dispersion`: Pearson's for Poisson families, alpha of the negative binomial, the error variance of loglinear.
    `rho`: autocorrelation of errors, None where there is none in the model. `cumulative`: fitted minus
    counterfactual, summed from the start on (estimate, se, lower, upper, in units of y). `fitted` and
    `counterfactual`: frames with time, estimate, lower, upper, in units of y (of loglinear, medians).
    `bootstrap_p`: p of the primary estimand under inference="bootstrap", else None.
    `missing_fraction`: share of the primary estimand's uncertainty that is the series' own (0 without draws).
    """

    coefficients: pd.DataFrame
    ratios: pd.DataFrame
    dispersion: float
    rho: float | None
    cumulative: pd.Series[float]
    fitted: pd.DataFrame
    counterfactual: pd.DataFrame
    n_before: int
    n_after: int
    bootstrap_p: float | None
    missing_fraction: float
    family: str
    errors: str
    inference: str
    level: float


@dataclass(frozen=True)
class Inference:
    """How a pooled contrast becomes an interval and a p: the kind, the level, and the bootstrap's reference."""

    kind: str
    level: float
    reference: object = field(default=None, repr=False)  # AutoregressiveBatch of the bootstrap's refits

    def critical_and_p(self, contrasts: Array, pool: Pooled, statistic: Array) -> tuple[Array, Array]:
        """Return the half-width in standard errors and the two-sided p of each contrast."""
        tail = (1 + self.level) / 2
        if self.kind == "normal":
            return np.full(len(statistic), stats.norm.ppf(tail)), np.asarray(
                2 * stats.norm.sf(np.abs(statistic))
            )
        if self.kind == "t":
            width, p = stats.t.ppf(tail, pool.df), 2 * stats.t.sf(np.abs(statistic), pool.df)
            return np.asarray(width), np.asarray(p)
        with np.errstate(divide="ignore", invalid="ignore"):
            reference = np.abs(t_statistics(self.reference, contrasts))  # type: ignore[arg-type]
        draws = len(reference)
        # the ceiling of (B + 1) level, as p = (b + 1) / (B + 1) has it
        rank = min(draws, int(np.ceil((draws + 1) * self.level))) - 1
        p = (at_least(reference, np.abs(statistic)).sum(0) + 1) / (draws + 1)
        return np.sort(reference, axis=0)[rank], np.where(np.isfinite(statistic), p, np.nan)


def bootstrap_inference(found: Estimates, design: Design, level: float, draws: int, seed: int) -> Inference:
    """Return bootstrap inference: series drawn at the fitted rho, each fitted anew."""
    steps = distances(design.axis.numbers, len(design.matrix))
    rng = np.random.default_rng(seed)
    series = ar1_draws(float(found.rho.mean()), steps, draws, rng)
    return Inference("bootstrap", level, ar1_reml_batch(series, design.matrix, design.axis.numbers))


def table(found: Estimates, contrasts: Array, how: Inference) -> tuple[pd.DataFrame, Pooled]:
    """Return estimate, se, statistic, p, lower, upper and df of `contrasts` (k, p), on the log scale."""
    covariance = found.plain if how.kind == "bootstrap" else found.cov
    variances = np.sum((contrasts @ covariance) * contrasts, axis=-1)
    pool = pooled(found.beta @ contrasts.T, variances, found.degrees(contrasts))
    se = np.sqrt(np.maximum(pool.variance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = pool.estimate / se
    critical, p = how.critical_and_p(contrasts, pool, statistic)
    reach = np.where(se > 0, critical * se, se)  # a contrast of zeros has neither error nor quantile
    columns = {
        "estimate": pool.estimate,
        "se": se,
        "statistic": statistic,
        "p": p,
        "lower": pool.estimate - reach,
        "upper": pool.estimate + reach,
        "df": pool.df,
    }
    return pd.DataFrame(columns), pool


def coefficients(found: Estimates, design: Design, how: Inference) -> pd.DataFrame:
    """Return the coefficients by term."""
    frame, _ = table(found, np.eye(len(design.terms)), how)
    frame.index = pd.Index(design.terms, name="term")
    return frame


def ratios(found: Estimates, design: Design, how: Inference) -> tuple[pd.DataFrame, Pooled, float]:
    """Return the rate ratios, the pooled contrasts, and the statistic of the primary estimand."""
    frame, pool = table(found, design.effects, how)
    primary = float(frame["statistic"].iloc[-1])
    shown = (
        frame[["estimate", "lower", "upper"]]
        .apply(np.exp)
        .assign(p=frame["p"], se=frame["se"], df=frame["df"])
    )
    shown.index = pd.Index(list(RATIOS), name="ratio")
    return shown, pool, primary


def line(found: Estimates, design: Design, offset: Array, how: Inference, *, event: bool) -> pd.DataFrame:
    """Return the fitted series, or the counterfactual without the `event`, with its band."""
    frame, _ = table(found, design.matrix if event else design.counterfactual, how)
    shown = frame[["estimate", "lower", "upper"]].add(offset, axis=0).apply(np.exp)
    shown.insert(0, "time", list(design.axis.values))
    return shown


def cumulative(found: Estimates, design: Design, offset: Array, how: Inference) -> pd.Series[float]:
    """Return fitted minus counterfactual, summed over the periods from the start on."""
    x, x0, shift = (part[design.after] for part in (design.matrix, design.counterfactual, offset))
    mean = np.exp(shift + found.beta @ x.T)
    mean0 = np.exp(shift + found.beta @ x0.T)
    gradient = mean @ x - mean0 @ x0  # (M, p)
    covariance = found.plain if how.kind == "bootstrap" else found.cov
    variance = np.sum((gradient[:, None] @ covariance)[:, 0] * gradient, axis=1)
    centre = gradient.mean(0, keepdims=True)
    pool = pooled((mean - mean0).sum(1)[:, None], variance[:, None], found.degrees(centre))
    se = float(np.sqrt(pool.variance[0]))
    critical, _ = how.critical_and_p(centre, pool, np.zeros(1))
    estimate, reach = float(pool.estimate[0]), float(critical[0]) * se if se > 0 else 0.0
    values = {"estimate": estimate, "se": se, "lower": estimate - reach, "upper": estimate + reach}
    return pd.Series(values, name="cumulative")
