"""Comparison designs: what became of treated units against units that a measure could hardly reach.

The estimand is one for all designs: the mean, over the first `horizon` periods from the measure on (three, by the
project's rule; None for all), of the log ratio of the treated units' figures to their counterfactual,

    theta = mean_{t = at .. at + h - 1} [ log y_t - log y_t(no measure) ],   ratio = exp(theta).

did        the counterfactual runs parallel to the controls, from the mean before (`analysis.models.did`).
cits       it follows the controls and the groups' own drift apart (`controlled_series`).
event      it runs parallel to the controls, from the period before the measure (`event_study`).
synthetic  it is the mix of controls that fitted best before (`synthetic`).

Inference. Cluster-robust and wild-bootstrap tests fail where one unit is treated (MacKinnon, Webb 2018, doi
10.1111/ectj.12107), so p and interval of did, event and synthetic come from permuting the treated unit over the
units (`permutation`), p at least 1 / (controls + 1): the floor. Below 19 controls a 95% interval is infinite, and
`flags` says so. With several treated units the permutation runs over sets of as many; with eight or more on either
side did has a cluster-robust t test beside. cits has p and interval of its regression (the autocorrelation integrated
out, `integrated`), its permutation beside. On levels the estimand is the mean difference, in units of y.

Controls are taken as untouched. Where shares sum to one or inspectors turn from one kind of parcel to another they
are not, and the effect is then overstated.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

import numpy as np
import pandas as pd

from analysis.arguments import Count, Level, Seed, checked, least, several
from analysis.errors import InputError, shown
from analysis.models import did, event_study
from analysis.models.comparison_designs import Found, run
from analysis.models.controlled_series import IMPACTS, Course
from analysis.models.did import ClusterTest
from analysis.models.event_study import Pretrend
from analysis.models.honest import HonestBounds, honest_bounds
from analysis.models.integrated import LOWEST, Rho
from analysis.models.panel import Array, Grid, grid
from analysis.models.permutation import Permuted
from analysis.models.time_axis import time_axis
from analysis.models.told import number_told, p_told, percent_told
from analysis.results import Result
from analysis.rounding import above
from analysis.threads import one_thread

DESIGNS = ("did", "cits", "event", "synthetic")


@dataclass(frozen=True, repr=False)
class Comparison(Result):
    """The effect of a measure by one comparison design, on the log scale, or in units of y where `scale` is level.

    `estimate`, `lower`, `upper`, `p` and the smallest attainable `floor` of the permutation; `permutation` that
    test itself (the same but for cits) and `cluster` the cluster-robust test where units suffice.
    `pretrend` is the p of the joint leads, its details in `before`. `weights` (unit, weight) are the controls',
    NaN where an unbalanced panel gives them none; `placebos` (units, treated, estimate, statistic) the actual
    and every placebo assignment; `leads` the event study's coefficients; `path` (period, treated,
    counterfactual, gap, lower, upper) on the log scale, the band pointwise and NaN where there is none.
    `robust` are bounds under unequal trends, about the event study's estimate; None for synthetic and where the
    leads have gaps. `flags` are sentences a reader must see.
    """

    design: str
    estimate: float
    lower: float
    upper: float
    p: float
    floor: float
    level: float
    n_treated: int
    n_controls: int
    n_before: int
    n_after: int
    weights: pd.DataFrame
    placebos: pd.DataFrame
    pretrend: float
    before: Pretrend
    leads: pd.DataFrame
    path: pd.DataFrame
    robust: HonestBounds | None
    permutation: Permuted
    cluster: ClusterTest | None
    flags: tuple[str, ...]
    scale: str = "log"
    start: Any = None

    @property
    def ratio(self) -> float:
        """The treated units' figures over their counterfactual, as a factor."""
        return self._ratio(self.estimate)

    @property
    def ratio_interval(self) -> tuple[float, float]:
        """The interval of the ratio; 0 and infinity where nothing can be refused."""
        return self._ratio(self.lower), self._ratio(self.upper)

    def _ratio(self, effect: float) -> float:
        """Return an effect as a factor; of levels, over the counterfactual's mean in the window, taken as known."""
        if self.scale == "log":
            return float(np.exp(effect))
        rows = self.path[self.path["period"] >= self.start].iloc[: self.n_after]
        return 1 + effect / float(rows["counterfactual"].mean())

    def summary(self) -> pd.Series:
        """Return the effect, what it rests on, and what to beware of, a short line each."""
        told = {
            "effect": percent_told(self.ratio, *self.ratio_interval),
            "estimate": number_told(self.estimate, self.lower, self.upper),
            "p": p_told(self.p),
            "floor of the permutation": p_told(self.floor),
            "p of the pre-trend": p_told(self.pretrend),
            "units": f"{self.n_treated} treated, {self.n_controls} controls",
            "periods": f"{self.n_before} before, {self.n_after} in the window from {self.start} on",
            "design": f"{self.design}, scale {self.scale}",
        }
        told |= {f"beware {k}": said for k, said in enumerate(self.flags, start=1)}
        return pd.Series(told, name="Comparison", dtype=object)

    def sentence(self) -> str:
        """Return the estimand as a sentence."""
        way = "above" if self.ratio >= 1 else "below"
        low, high = self.ratio_interval
        interval = f"{low - 1:+.0%} to {high - 1:+.0%}" if np.isfinite(high - low) else "without bounds"
        return (
            f"Over {self.n_after} periods from {self.start} on the treated stood {abs(self.ratio - 1):.0%} {way} what "
            f"the controls lead to expect ({self.level:.0%} interval {interval}; p {p_told(self.p)})."
        )


@checked
@one_thread
def compared(
    panel: pd.DataFrame,
    treated: str | Sequence[str],
    at: Hashable | Sequence[Hashable],
    *,
    design: str = "did",
    level: Level = 0.95,
    seed: Seed = 0,
    controls: Sequence[str] | None = None,
    horizon: Count | None = 3,
    impact: str = "step",
    demean: bool = False,
    scale: Literal["log", "level"] = "log",
    trend: bool = True,
    harmonics: Annotated[int, least(0)] = 0,
    period: float | None = None,
    until: Hashable | None = None,
    lowest: Rho = LOWEST,
) -> Comparison:
    """Return the effect of a measure on treated units against control units.

    Parameters
    ----------
    panel
        long frame: unit, period (whole numbers, dates, or labels that sort in time), y (natural units, above 0
        under scale log), and exposure where there is one: log(y / exposure) is analysed.
    treated, at
        the treated unit or units, and the period from which the measure acts, written as the panel's are or in
        any other way that `interrupted` takes; for cits also a list of periods, each with a step or ramp of its own,
        the effect being counted from the first.
    controls
        the control units; without it all others.
    horizon
        the periods from `at` on that count; None for all.
    design
        one of did, cits, event, synthetic.
    level, seed
        of the intervals, and of whatever is drawn at random (sets of many treated units, bootstrap, sup-t).
    impact
        step, ramp, step+ramp, pulse or pulse+after (a campaign that ends, and what stays), for cits alone.
    demean
        match movements about each unit's mean, not levels; for synthetic alone.
    scale
        log, or level: differences in units of y.
    trend, harmonics, period, until, lowest
        for cits alone: whether the groups may drift apart, pairs of sine and cosine for a pattern of so many periods
        (by default 12, or as many as the labels have a year), the last period of a pulse, and where the grid of
        rho begins (see `interrupted`).

    Raises
    ------
    InputError
        If the design or level is unknown, or the panel cannot carry the design (see `analysis.models.panel`).
    """
    if design not in DESIGNS:
        raise InputError(f"Design {design!r} is unknown; choose one of {', '.join(DESIGNS)}.")
    if impact not in IMPACTS:
        raise InputError(f"Impact {shown(impact)} is unknown; choose one of {', '.join(IMPACTS)}.")
    dates: tuple[Any, ...] = tuple(cast(Any, at)) if several(at) else (at,)
    if not dates:
        raise InputError("No date of a measure is named; give at least one period of the panel.")
    if design != "cits" and (len(dates) != 1 or harmonics or until is not None or not trend):
        raise InputError(
            f"Several dates, seasons, `until` and trend=False go with design 'cits', not {design!r}."
        )
    given = grid(panel, treated, dates[0], controls=controls, horizon=horizon, scale=scale)
    course = Course(impact, trend, harmonics, period or _a_year(given), dates[1:], until, lowest)
    found = run(given, design, level, seed, course, demean)
    leads, covariance = event_study.coefficients(given, level=level, seed=seed)
    before = event_study.pretrend(given, seed)
    robust = None if design == "synthetic" else _robust(given, leads, covariance, level)
    n_before = int(np.isfinite(given.log_y[: given.treated, : given.start]).any(axis=0).sum())
    cluster = did.cluster_test(given.cut(), level) if design == "did" else None
    return Comparison(
        design=design,
        estimate=found.estimate,
        lower=found.lower,
        upper=found.upper,
        p=found.p,
        floor=found.permutation.floor,
        level=level,
        n_treated=given.treated,
        n_controls=given.controls,
        n_before=n_before,
        n_after=given.stop - given.start,
        weights=pd.DataFrame({"unit": given.units[given.treated :], "weight": found.weights}),
        placebos=found.placebos,
        pretrend=before.p,
        before=before,
        leads=leads,
        path=_path(given, found),
        robust=robust,
        permutation=found.permutation,
        cluster=cluster,
        flags=_flags(given, found, before, design, level, horizon),
        scale=scale,
        start=given.periods[given.start],
    )


def _a_year(given: Grid) -> float:
    """Return the periods a year where the labels tell, else 12."""
    try:
        told = time_axis(pd.Index(given.periods), len(given.periods)).per_year
    except InputError:
        told = 1
    return float(told if told > 1 else 12)


def _path(given: Grid, found: Found) -> pd.DataFrame:
    own = given.log_y[: given.treated]
    counted = np.isfinite(own).sum(axis=0)
    treated = np.where(counted > 0, np.nansum(own, axis=0) / np.maximum(counted, 1), np.nan)
    return pd.DataFrame(
        {
            "period": list(given.periods),
            "treated": treated,
            "counterfactual": treated - found.gap,
            "gap": found.gap,
            "lower": found.gap - found.half,
            "upper": found.gap + found.half,
        }
    )


def _robust(given: Grid, leads: pd.DataFrame, covariance: Array, level: float) -> HonestBounds | None:
    """Return the bounds about the event study's estimate, from the unbroken run of leads before the base."""
    last = given.log_y[: given.treated, given.start - 1]
    if not np.isfinite(last).all() or np.any(np.diff(given.time[given.start - 1 : given.stop]) != 1):
        return None
    estimate: Array = leads["estimate"].to_numpy(dtype=float)
    neighbours = np.diff(given.time[: given.start]) == 1
    broken = np.flatnonzero(~(np.isfinite(estimate[: given.start - 1]) & neighbours))
    first = int(broken[-1]) + 1 if len(broken) else 0
    if first >= given.start - 1:
        return None
    places = np.r_[first : given.start - 1, given.start : given.stop]
    return honest_bounds(
        estimate[first : given.start - 1],
        estimate[given.window],
        covariance[np.ix_(places, places)],
        level=level,
        df=max(given.controls - 1, 1),
    )


def _flags(
    given: Grid, found: Found, before: Pretrend, design: str, level: float, horizon: Any
) -> tuple[str, ...]:
    """Return what a reader must be told about this comparison."""
    said = []
    after = given.stop - given.start
    test = found.permutation
    if above(test.floor, 1 - level):
        said.append(
            f"With {given.controls} control{'' if given.controls == 1 else 's'} the permutation p cannot fall below "
            f"{test.floor:.3g}, so its {level:.0%} interval is infinite."
        )
    if np.isnan(test.lower):
        said.append(
            "No constant effect agrees with the permutation test at this level; the interval is empty."
        )
    if not before.could_fail:
        said.append(
            f"The smallest attainable p of the pre-trend test is {before.floor:.3g}: it cannot find one."
        )
    if horizon is not None and after < horizon:
        said.append(f"The effect is averaged over {after} of {horizon} periods; the panel has no more.")
    if not given.balanced:
        said.append("The panel is unbalanced; the permutation is then approximate.")
    if design == "synthetic" and given.start <= given.controls:
        said.append(
            f"{given.start} periods before are no more than {given.controls} controls: a close fit proves little."
        )
    return tuple(said)
