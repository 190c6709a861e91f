"""The four comparison designs, each run on a checked grid and brought into one form for `compared`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import InputError
from analysis.models import did, event_study
from analysis.models.controlled_series import Course, controlled_series
from analysis.models.panel import Array, Grid, Mask
from analysis.models.permutation import Permuted, assignments, contrasts, linear, permuted
from analysis.models.synthetic import synthetic


@dataclass(frozen=True)
class Found:
    """What a design returns: estimate, interval and p, its permutation, the gap with its band, and its placebos.

    `gap` and `half` (periods,) are the log ratio to the counterfactual and the half-width of its band, `weights`
    (controls,) those of the controls.
    """

    estimate: float
    lower: float
    upper: float
    p: float
    permutation: Permuted
    gap: Array
    half: Array
    weights: Array
    placebos: pd.DataFrame


def run(given: Grid, design: str, level: float, seed: int, course: Course, demean: bool) -> Found:
    """Return what one design (did, cits, event, synthetic) finds on a checked grid. Arguments as for `compared`.

    `course` is that of a controlled series.

    Raises
    ------
    InputError
        If the grid cannot carry the design.
    """
    if design == "synthetic":
        return _synthetic(given, level, demean)
    sets = assignments(len(given.units), given.treated, seed=seed)
    if design == "cits":
        return _controlled(given, sets, level, course)
    return _event(given, sets, level) if design == "event" else _did(given, sets, level)


def _did(given: Grid, sets: Mask, level: float) -> Found:
    used = given.cut()
    estimates, loadings = did.two_way(used, sets)
    known = np.isfinite(estimates)
    base = np.arange(given.log_y.shape[1]) < given.start
    return _parallel(given, sets[known], base, estimates[known], loadings[known], level)


def _event(given: Grid, sets: Mask, level: float) -> Found:
    if given.treated > 1 and not given.balanced:
        raise InputError(
            "An event study of several treated units needs every unit in every period; use design 'did', "
            "or keep the periods that all share with common_periods."
        )
    scores, loadings = event_study.window_scores(given)
    units = len(given.units)
    # a unit's gap to the others is units / (units - 1) times its deviation from the mean of all units
    scale = (units - 1) / units if given.treated > 1 else None
    if scale is None:
        order = sets.argmax(axis=1)
        estimates, loads = scores[order], loadings[order]
    else:
        estimates, loads = contrasts(scores * scale, sets), contrasts(loadings * scale, sets)
    return _parallel(given, sets, event_study.base_before(given), estimates, loads, level)


def _parallel(given: Grid, sets: Mask, base: Mask, estimates: Array, loadings: Array, level: float) -> Found:
    """Return what did and event share: a permutation test, and gaps to a parallel counterfactual."""
    test = linear(estimates, loadings, level)
    se = did.spread(did.control_paths(given, base))
    half = float(stats.t.ppf((1 + level) / 2, max(given.controls - 1, 1))) * se
    return Found(
        float(estimates[0]),
        test.lower,
        test.upper,
        test.p,
        test,
        did.treated_gap(given, base),
        half,
        _equal_weights(given),
        _placebos(given, sets, estimates, np.abs(estimates)),
    )


def _controlled(given: Grid, sets: Mask, level: float, course: Course) -> Found:
    fit = controlled_series(given, course, level=level)
    estimates = contrasts(fit.scores, sets)
    own = (np.arange(len(given.units)) < given.treated).astype(float)
    test = linear(estimates, contrasts(own, sets), level)
    gap, half = np.full((2, given.log_y.shape[1]), np.nan)
    gap[: len(fit.effect)], half[: len(fit.effect)] = fit.effect, fit.half_width
    return Found(
        fit.estimate,
        fit.lower,
        fit.upper,
        fit.p,
        test,
        gap,
        half,
        _equal_weights(given),
        _placebos(given, sets, estimates, np.abs(estimates)),
    )


def _synthetic(given: Grid, level: float, demean: bool) -> Found:
    fit = synthetic(given, demean=demean)
    test = permuted(*fit.quadratics(given.window), level)
    estimates = fit.gap[:, given.window].mean(axis=1)
    frame = _placebos(given, np.eye(len(given.units), dtype=bool), estimates, fit.after / fit.before)
    frame = frame.assign(rmspe_before=fit.before, rmspe_after=fit.after)
    return Found(
        float(estimates[0]),
        test.lower,
        test.upper,
        test.p,
        test,
        fit.gap[0],
        np.full(fit.gap.shape[1], np.nan),
        fit.weights[0, 1:],
        frame,
    )


def _equal_weights(given: Grid) -> Array:
    return np.full(given.controls, 1 / given.controls if given.balanced else np.nan)


def _placebos(given: Grid, sets: Mask, estimates: Array, statistic: Array) -> pd.DataFrame:
    """Return one row an assignment, the actual one first."""
    names = np.array(given.units, dtype=object)
    labels = [" + ".join(names[members]) for members in sets]
    actual = np.arange(len(sets)) == 0
    return pd.DataFrame({"units": labels, "treated": actual, "estimate": estimates, "statistic": statistic})
