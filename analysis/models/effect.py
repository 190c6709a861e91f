"""The effect of a measure, read off a fitted segmented regression.

Everything is a contrast c' beta on the log scale (on that of the values under family linear), pooled over the draws
of the series. Where the autocorrelation is integrated out, interval and p are those of a mixture of t (`integrated`);
elsewhere intervals are c' beta +- q sqrt(var), q of t or of the normal. The cumulative effect sum_t [exp(eta_t) -
exp(eta0_t)] has its variance by the delta method.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.models.design import RATIOS, Design
from analysis.models.estimation import Estimates
from analysis.models.mixtures import Mixture
from analysis.models.pooling import pooled
from analysis.models.told import digits_told, number_told, p_told, percent_told
from analysis.results import Result

Array = NDArray[np.float64]

PRIMARY = "mean of first 3"
_BESIDE = re.compile(r"after|(?:step|ramp)[2-9]\d*")


@dataclass(frozen=True, repr=False)
class Effect(Result):
    """What a measure did to a series, by a segmented regression.

    `coefficients`: frame by term (intercept, trend, step, ramp, pulse, after, sin1, cos1, ..., covariates; step2,
    ramp2 of a second date) with estimate, se, statistic, p, lower, upper, df, on the log scale. `effects`: the same
    columns for "at once", "after 1", "after 3" and "mean of first 3" (the primary estimand), counted from the start
    of the effect; NaN where the series ends before. `ratios`: these as rate ratios to the counterfactual (estimate,
    lower, upper, p, with se and df on the log scale). Under family linear coefficients and effects are in units
    of y, and a ratio is 1 + effect / counterfactual, the counterfactual taken as known (missing where it is not
    above 0).
    The primary row of an impact that moves the level alone comes from the periods up to the end of its window.
    `dispersion`: Pearson's for Poisson families, alpha of the negative binomial, the error variance of least squares
    (of the innovations where rho is integrated out). `rho`: autocorrelation of errors, None where there is none in
    the model. `cumulative`: fitted minus counterfactual, summed from the start on (estimate, se, lower, upper, in
    units of y). `fitted` and `counterfactual`: frames with time, estimate, lower, upper, in units of y (of
    loglinear, medians). `missing_fraction`: lambda, the share of the primary estimand's variance that is the
    series' own (0 without draws).
    """

    coefficients: pd.DataFrame
    effects: pd.DataFrame
    ratios: pd.DataFrame
    dispersion: float
    rho: float | None
    cumulative: pd.Series[float]
    fitted: pd.DataFrame
    counterfactual: pd.DataFrame
    n_before: int
    n_after: int
    missing_fraction: float
    family: str
    errors: str
    inference: str
    level: float
    start: str

    def summary(self) -> pd.Series:
        """Return the effect, what it rests on, and the model, a short line each."""
        told = {name: percent_told(*self._row(name)) for name in RATIOS}
        if self.family == "linear":
            told[f"{PRIMARY}, in units of y"] = number_told(*self._row(PRIMARY, self.effects))
        told |= self._beside()
        told |= {
            "p": p_told(float(self.effects["p"].loc[PRIMARY])),
            "periods": f"{self.n_before} before, {self.n_after} from {self.start} on",
            "model": f"{self.family}, errors {self.errors}, inference {self.inference}",
            "rho": "none" if self.rho is None else f"{self.rho:.2f}",
            "share of the series' own uncertainty": f"{self.missing_fraction:.0%}",
        }
        return pd.Series(told, name="Effect", dtype=object)

    def sentence(self) -> str:
        """Return the primary estimand as a sentence."""
        estimate, lower, upper = self._row(PRIMARY)
        if np.isfinite(estimate):
            above, size = estimate >= 1, f"{abs(estimate - 1):.0%}"
            span = f"{lower - 1:+.0%} to {upper - 1:+.0%}"
        else:  # in units of y, where the course has no level above zero
            estimate, lower, upper = self._row(PRIMARY, self.effects)
            above, size = estimate >= 0, digits_told(abs(estimate))
            span = f"{digits_told(lower)} to {digits_told(upper)}"
        return (
            f"Over the first {min(3, self.n_after)} periods from {self.start} on the series stood {size} "
            f"{'above' if above else 'below'} its own course ({self.level:.0%} interval {span}; "
            f"p {p_told(float(self.effects['p'].loc[PRIMARY]))})."
        )

    def _beside(self) -> dict[str, str]:
        """Return what the rows of the effect do not hold: what stays after an end, steps and ramps of later dates."""
        terms = [name for name in map(str, self.coefficients.index) if _BESIDE.fullmatch(name)]
        rows = {name: self.coefficients.loc[name, ["estimate", "lower", "upper"]] for name in terms}
        if self.family == "linear":
            return {name: number_told(*map(float, row)) for name, row in rows.items()}
        return {name: percent_told(*np.exp(row.astype(float)).tolist()) for name, row in rows.items()}

    def _row(self, name: str, table: pd.DataFrame | None = None) -> tuple[float, float, float]:
        rows = self.ratios if table is None else table
        estimate, lower, upper = (float(rows[end].loc[name]) for end in ("estimate", "lower", "upper"))
        return estimate, lower, upper


@dataclass(frozen=True)
class Inference:
    """How a contrast becomes an interval and a p: the kind and the level."""

    kind: str
    level: float


COLUMNS = ("estimate", "se", "statistic", "p", "lower", "upper", "df")


def table(
    found: Estimates, contrasts: Array, how: Inference, *, tested: bool = True
) -> tuple[pd.DataFrame, Array]:
    """Return estimate, se, statistic, p, lower, upper, df of `contrasts` (k, p), and their missing shares (k).

    Where rho is integrated out and they are `tested` the mixture is held to its size (`calibration`).
    """
    if found.over_rho is not None:
        known = np.asarray(np.isfinite(contrasts).all(1))
        rows = np.where(known[:, None], contrasts, 0.0)
        fit = found.over_rho
        frame, missing = _of_mixture(fit.tested(rows) if tested else fit.mixture(rows), how.level)
        frame[~known] = np.nan
        return frame, np.where(known, missing, np.nan)
    variances = np.sum((contrasts @ found.cov) * contrasts, axis=-1)
    return _of_pool(found.beta @ contrasts.T, variances, found.degrees(contrasts), how)


def _of_mixture(drawn: Mixture, level: float) -> tuple[pd.DataFrame, Array]:
    """Return the table of mixtures (M, k, K), pooled over the M draws."""
    if len(drawn.centre) > 1:
        mixture, missing = drawn.pooled()
    else:
        mixture = Mixture(drawn.centre[0], drawn.scale[0], drawn.weights[0], drawn.df)
        missing = np.zeros(len(mixture.centre))
    lower, upper = mixture.interval(level)
    se, mean = mixture.spread, mixture.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = mean / se
    p = np.where(se > 0, mixture.two_sided(), np.nan)
    df = np.full(len(se), mixture.df)
    return pd.DataFrame(dict(zip(COLUMNS, (mean, se, statistic, p, lower, upper, df), strict=True))), missing


def _of_pool(estimates: Array, variances: Array, df: Array, how: Inference) -> tuple[pd.DataFrame, Array]:
    """Return the table of estimates with variances and degrees of freedom (M, k), pooled by Rubin's rules."""
    pool = pooled(estimates, variances, df)
    se = np.sqrt(np.maximum(pool.variance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = pool.estimate / se
    reference = stats.norm() if how.kind == "normal" else stats.t(pool.df)
    reach = np.where(
        se > 0, reference.ppf((1 + how.level) / 2) * se, se
    )  # zeros have neither error nor quantile
    p = 2 * reference.sf(np.abs(statistic))
    columns = (pool.estimate, se, statistic, p, pool.estimate - reach, pool.estimate + reach, pool.df)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))), pool.missing


def coefficients(found: Estimates, design: Design, how: Inference) -> pd.DataFrame:
    """Return the coefficients by term."""
    frame, _ = table(found, np.eye(len(design.terms)), how)
    frame.index = pd.Index(design.terms, name="term")
    return frame


def effects(
    found: Estimates, design: Design, how: Inference, window: tuple[Estimates, Array] | None
) -> tuple[pd.DataFrame, float]:
    """Return the effects by row of `RATIOS` and the primary one's missing share.

    `window` are the estimates from the periods up to the end of the window and the primary contrast (1, p) there,
    where the primary row comes from these.
    """
    frame, missing = table(found, design.effects, how)
    share = float(missing[-1])
    if window is not None:
        primary, own = table(*window, how)
        frame.iloc[-1] = primary.iloc[0]
        share = float(own[0])
    frame.index = pd.Index(list(RATIOS), name="effect")
    return frame, share


def ratios(effects: pd.DataFrame, level: Array | None) -> pd.DataFrame:
    """Return the effects as ratios to the counterfactual: exponentials, or 1 + effect / `level` (k)."""
    ends = effects[["estimate", "lower", "upper"]]
    # a level at or below zero is no whole of which an effect were a part
    shown = ends.apply(np.exp) if level is None else 1 + ends.div(np.where(level > 0, level, np.nan), axis=0)
    shown = shown.assign(p=effects["p"], se=effects["se"], df=effects["df"])
    shown.index = shown.index.rename("ratio")
    return shown


def line(
    found: Estimates, design: Design, offset: Array | None, how: Inference, *, event: bool
) -> pd.DataFrame:
    """Return the fitted series, or the counterfactual without the `event`, with its band; logs have an `offset`."""
    frame, _ = table(found, design.matrix if event else design.counterfactual, how, tested=False)
    shown = frame[["estimate", "lower", "upper"]]
    if offset is not None:
        shown = shown.add(offset, axis=0).apply(np.exp)
    shown.insert(0, "time", list(design.axis.values))
    return shown


def cumulative(found: Estimates, design: Design, offset: Array | None, how: Inference) -> pd.Series[float]:
    """Return fitted minus counterfactual, summed over the periods from the start on."""
    x, x0 = design.matrix[design.after], design.counterfactual[design.after]
    fit = found.over_rho
    beta = found.beta[:, None] if fit is None else fit.beta  # (M, K, p)
    if offset is None:
        gradient = np.broadcast_to((x - x0).sum(0), beta.shape)
        total = np.sum(beta * gradient, axis=-1)
    else:
        mean, mean0 = (np.exp(offset[design.after] + beta @ part.T) for part in (x, x0))
        gradient = mean @ x - mean0 @ x0
        total = (mean - mean0).sum(-1)
    if fit is None:
        variance = np.sum((gradient @ found.cov) * gradient, axis=-1)
        frame, _ = _of_pool(total, variance, found.degrees(gradient.mean((0, 1))[None]), how)
    else:
        spread = np.sum((gradient[:, :, None] @ fit.unscaled)[:, :, 0] * gradient, axis=-1) * fit.sigma2
        scale = np.sqrt(np.maximum(spread, 0.0))
        mixture = Mixture(total[:, None], scale[:, None], fit.weights[:, None], fit.df)
        frame, _ = _of_mixture(mixture, how.level)
    return frame.iloc[0][["estimate", "se", "lower", "upper"]].rename("cumulative").astype(float)
