"""The primary test of a question: one specification, registered beforehand.

Loglinear questions: least squares on logs with AR(1) errors whose autocorrelation is integrated out from 0 on
(`analysis.models.integrated`), draws of the series pooled by Rubin's rules. Small counts: quasi-Poisson with Pearson's
dispersion and t. The estimand is one for all: the mean log ratio to the counterfactual over the first three periods.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from analysis.arguments import checked
from analysis.errors import InputError
from analysis.models import Effect, interrupted
from analysis.results import Result
from analysis.rounding import settled
from analysis.scrutiny.power import detectable
from analysis.scrutiny.question import Question

PRIMARY = "mean of first 3"
LOWEST_RHO = 0.0  # recorded counts hang together; errors that swing to and fro are none of theirs


@dataclass(frozen=True, repr=False)
class Primary(Result):
    """What the primary specification gave.

    Ratios to the counterfactual: `estimate`, `lower`, `upper` (95%), and `at_once`; `slope` is the ramp's ratio a
    period where there is one. `p` with its smallest attainable value `floor` (0: nothing is drawn); `statistic` is
    t; `detectable` the smallest ratio that 80 of 100 such series would show; `rho` the errors' autocorrelation;
    `missing` the share of the uncertainty that is the series' own.
    """

    estimate: float
    lower: float
    upper: float
    at_once: float
    slope: float
    p: float
    floor: float
    statistic: float
    detectable: float
    rho: float
    missing: float
    effect: Effect

    @property
    def log(self) -> float:
        """The estimate on the log scale."""
        return float(np.log(self.estimate))


@checked
def primary(question: Question) -> Primary:
    """Return the primary test of a question.

    Raises
    ------
    InputError
        If the series cannot carry the model: too few periods, a constant series, zeros under a log.
    """
    series = question.main
    counts = question.family == "quasipoisson"
    offset = question.log_offset(question.denominator, series.time)
    known = np.isfinite(offset)
    if not known.all():
        missing = ", ".join(str(year) for year in series.time[~known])
        raise InputError(f"{question.denominator} is not printed for {missing}; the primary model needs it.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found = interrupted(
            settled(series.y).round() if counts else series.y,
            series.time,
            question.at,
            impact=question.impact,
            family=question.family,
            offset=offset,
            errors="model" if counts else "ar1",
            draws=None if counts else question.draws,
            until=question.until,
            gaps=True,
            lowest=LOWEST_RHO,
        )
    return _read(found)


def _read(found: Effect) -> Primary:
    """Return what a ledger needs of an effect."""
    row = {
        name: float(found.ratios[name].loc[PRIMARY])
        for name in ("estimate", "lower", "upper", "p", "se", "df")
    }
    terms = {str(name): float(value) for name, value in found.coefficients["estimate"].items()}
    once = {str(name): float(value) for name, value in found.ratios["estimate"].items()}["at once"]
    se, df = row["se"], row["df"]
    usable = se > 0 and df > 0
    return Primary(
        estimate=row["estimate"],
        lower=row["lower"],
        upper=row["upper"],
        at_once=once,
        slope=float(np.exp(terms.get("ramp", np.nan))),
        p=row["p"],
        floor=0.0,
        statistic=float(np.log(row["estimate"])) / se if usable else float("nan"),
        detectable=detectable(se, df) if usable else float("nan"),
        rho=float("nan") if found.rho is None else found.rho,
        missing=found.missing_fraction,
        effect=found,
    )
