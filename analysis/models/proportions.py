"""Shares found in simple samples: k of n with an interval, and what an imperfect eye makes of them.

Intervals for a share p from k of n, z the normal quantile of the level, q = 1 - level:

- wilson: (k + z^2/2 +- z sqrt(k (n - k) / n + z^2/4)) / (n + z^2) (Wilson 1927, doi 10.1080/01621459.1927.10502953);
- clopper-pearson: the beta quantiles B(q/2; k, n-k+1) and B(1-q/2; k+1, n-k), exact: it covers at least as often as
  it says (Clopper, Pearson 1934, doi 10.1093/biomet/26.4.404);
- jeffreys: B(q/2; k+1/2, n-k+1/2) and B(1-q/2; ...), with 0 below k = 0 and 1 above k = n.

Brown, Cai, DasGupta (2001, Statistical Science 16(2), 101, doi 10.1214/ss/1009213286) compare them: Wilson or
Jeffreys for small n; Clopper-Pearson where covering less than the level is not allowed.

Authentication with sensitivity Se (a fake is called fake) and specificity Sp (a genuine item is called genuine) finds
the apparent share p = P Se + (1 - P)(1 - Sp), so P = (p + Sp - 1) / (Se + Sp - 1) (Rogan, Gladen 1978, Am J
Epidemiology 107(1), 71, doi 10.1093/oxfordjournals.aje.a112510).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, checked
from analysis.errors import InputError
from analysis.models.tallies import counts, fractions, labels, shares_of, together

Array = NDArray[np.float64]
Method = Literal["wilson", "clopper-pearson", "jeffreys"]


@checked
def proportion_interval(
    k: ArrayLike, n: ArrayLike, method: Method = "wilson", *, level: Level = 0.95
) -> pd.DataFrame:
    """Return the share k / n of each row with its interval: estimate, lower, upper, as fractions.

    `k` and `n`: one whole number or a row (rows) of them; the frame keeps the labels of a Series.

    Raises
    ------
    InputError
        If a k or n is no whole number, an n is below 1, or a k lies above its n.

    >>> proportion_interval(7, 20).round(3).iloc[0].to_dict()
    {'estimate': 0.35, 'lower': 0.181, 'upper': 0.567}
    """
    found, tested = shares_of(k, n)
    lower, upper = limits(found, tested, method, level)
    columns = {"estimate": found / tested, "lower": lower, "upper": upper}
    return pd.DataFrame(columns, index=labels(k, n))


def limits(found: Array, tested: Array, method: str, level: float) -> tuple[Array, Array]:
    """Return the lower and upper limits (rows) of the shares `found` of `tested`."""
    tail = (1 - level) / 2
    missed = tested - found
    if method == "wilson":
        z = float(stats.norm.isf(tail))
        middle = found + z**2 / 2
        half = z * np.sqrt(found * missed / tested + z**2 / 4)
        lower, upper = (middle - half) / (tested + z**2), (middle + half) / (tested + z**2)
    else:
        a, b = (0.0, 1.0) if method == "clopper-pearson" else (0.5, 0.5)
        with np.errstate(invalid="ignore"):
            lower = np.asarray(stats.beta.ppf(tail, found + a, missed + b))
            upper = np.asarray(stats.beta.isf(tail, found + b, missed + a))
    return np.where(found == 0, 0.0, lower), np.where(missed == 0, 1.0, upper)


@checked
def corrected_prevalence(
    k: ArrayLike,
    n: ArrayLike,
    sensitivity: ArrayLike,
    specificity: ArrayLike,
    *,
    n_sensitivity: ArrayLike | None = None,
    n_specificity: ArrayLike | None = None,
    method: Method = "wilson",
    level: Level = 0.95,
) -> pd.DataFrame:
    """Return the share of fakes behind k called fake of n, when authentication errs (Rogan, Gladen 1978).

    A row for each k of n: `apparent` k / n; `raw` (p + Sp - 1) / (Se + Sp - 1), which may lie outside 0 to 1;
    `estimate`, raw cut to 0 to 1; `se` of raw by Rogan and Gladen,

        se^2 = [p (1 - p) / n + P^2 Se (1 - Se) / n_Se + (1 - P)^2 Sp (1 - Sp) / n_Sp] / (Se + Sp - 1)^2,

    and `lower`, `upper`. With Se and Sp known, the limits of p (by `method`) are carried over, which keeps their
    coverage (Reiczigel, Foldi, Ozsvari 2010, Epidemiology and Infection 138(11), 1674, doi
    10.1017/S0950268810000385). With Se and Sp estimated from `n_sensitivity` known fakes and `n_specificity` known
    genuine items, the interval is that of Lang, Reiczigel (2014, Prev Vet Med 113(1), 13, doi
    10.1016/j.prevetmed.2013.09.015), which moves each count towards the middle before the formula above, as
    Agresti and Coull do.

    Raises
    ------
    InputError
        If sensitivity or specificity lie outside 0 to 1, do not exceed 1 together (such a test tells nothing), only
        one of their sample sizes is given, or k, n are no counts.

    >>> corrected_prevalence(23, 150, 0.96, 0.89).round(3).iloc[0][["estimate", "lower", "upper"]].to_dict()
    {'estimate': 0.051, 'lower': 0.0, 'upper': 0.129}
    """
    if (n_sensitivity is None) != (n_specificity is None):
        raise InputError("Give both n_sensitivity and n_specificity, or neither where both rates are known.")
    rows = shares_of(k, n)
    found, tested, se, sp = together(
        k=rows[0],
        n=rows[1],
        sensitivity=fractions(sensitivity, "sensitivity"),
        specificity=fractions(specificity, "specificity"),
    )
    _check_tells(se, sp)
    apparent, gain = found / tested, se + sp - 1
    raw = (apparent + sp - 1) / gain
    spread = apparent * (1 - apparent) / tested
    if n_sensitivity is None:
        lower, upper = ((limit + sp - 1) / gain for limit in limits(found, tested, method, level))
    else:
        _, n_se, n_sp = together(
            k=found,
            n_sensitivity=counts(n_sensitivity, "n_sensitivity", 1),
            n_specificity=counts(n_specificity, "n_specificity", 1),
        )
        spread = spread + raw**2 * se * (1 - se) / n_se + (1 - raw) ** 2 * sp * (1 - sp) / n_sp
        lower, upper = _lang_reiczigel(apparent, tested, (se, n_se), (sp, n_sp), level)
    columns = {
        "apparent": apparent,
        "raw": raw,
        "estimate": np.clip(raw, 0, 1),
        "se": np.sqrt(spread) / gain,
        "lower": np.clip(lower, 0, 1),
        "upper": np.clip(upper, 0, 1),
    }
    return pd.DataFrame(columns, index=labels(k, n))


def _check_tells(se: Array, sp: Array) -> None:
    wrong = np.flatnonzero(se + sp <= 1)
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"A sensitivity of {se[at]:g} with a specificity of {sp[at]:g} tells no fake from a genuine item: "
            "together they must exceed 1."
        )


def _lang_reiczigel(
    apparent: Array, n: Array, sensitive: tuple[Array, Array], specific: tuple[Array, Array], level: float
) -> tuple[Array, Array]:
    """Return the limits of Lang, Reiczigel (2014), not yet cut to 0 to 1."""
    z = float(stats.norm.isf((1 - level) / 2))
    (se, n_se), (sp, n_sp) = sensitive, specific
    size, size_se, size_sp = n + z**2, n_se + 2, n_sp + 2
    p = (n * apparent + z**2 / 2) / size
    se, sp = (n_se * se + 1) / size_se, (n_sp * sp + 1) / size_sp
    gain = se + sp - 1
    share = (p + sp - 1) / gain
    fakes, genuine = se * (1 - se) / size_se, sp * (1 - sp) / size_sp
    shift = 2 * z**2 * (share * fakes - (1 - share) * genuine)
    spread = p * (1 - p) / size + share**2 * fakes + (1 - share) ** 2 * genuine
    half = z * np.sqrt(spread) / gain
    return share + shift - half, share + shift + half
