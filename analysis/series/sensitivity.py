"""What a series owes to single choices: the hedge model, each reading, and sources that survive as copies.

The hyperparameters stay at the best point, and each fit starts from its mode, so that a move is the choice's
own and not that of another smoothness. What is left out takes its doubts with it: where a doubted reading goes,
the others are looked at again (see `doubt`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.rounding import settled
from analysis.series.definition import definition
from analysis.series.families import single_series
from analysis.series.laplace import core_of
from analysis.series.material import material
from analysis.series.mixture import Point
from analysis.series.observations import Observations, observe
from analysis.series.outliers import doubts
from analysis.series.reconstructed import FEW, recipe_of, reconstruct_all
from analysis.series.reconstruction import Reconstruction
from analysis.series.store import Recipe, kept, make_missing

HEDGE_MODELS = ("tight", "open_ended")
LEFT_OUT, NO_MIRRORS = "left_out", "no_mirrors"
VARIANTS = (*HEDGE_MODELS, LEFT_OUT, NO_MIRRORS)
NUMBERS = ["estimate", "base", "lower", "upper", "move"]
CHOICES = ["series_id", "variant", "left_out", "period", *NUMBERS, "size", "out", "gone"]
COLUMNS = ["series_id", "variant", "left_out", "period", "estimate", "base", "lower", "upper", "move"]


def sensitivity(
    dataset: Dataset, names: Iterable[str] | None = None, *, progress: bool = True
) -> pd.DataFrame:
    """Return the yearly estimates of every series (or of `names`) under other choices, kept on disk.

    One row a series, choice and year (fiscal year where the series runs over these). Columns: series_id;
    variant (tight, open_ended, left_out, no_mirrors); left_out, the reading that was left out, else blank;
    period; estimate under the choice, NaN where it leaves the year uninformed; base, the estimate with all
    readings under the default hedge model at the same hyperparameters; lower and upper, the 90% band of the
    series as published; move, estimate / base. Years that the series does not estimate are not there, nor are
    choices that change nothing (no mirror among the sources) or under which no level is left to start from.

    Raises
    ------
    InputError
        If a series is unknown.
    """
    asked = single_series(dataset) if names is None else names
    wanted = [definition(dataset, name).series_id for name in asked]
    made = reconstruct_all(dataset, wanted, progress=progress)
    able = [name for name in wanted if isinstance(made[name], Reconstruction)]
    recipes = [_recipe(dataset, name) for name in able]
    make_missing(recipes, label="sensitivity", progress=progress, few=FEW)
    parts = [part for name in able if len(part := sensitivity_of(dataset, name))]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def choices(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a choice (a variant of one series, for `left_out` with one reading) of `sensitivity`.

    Columns: series_id, variant, left_out; period, estimate, base, lower, upper and move of the year that moves most on
    the log scale (blank and NaN where no year is left); size, the largest |move - 1|; out, whether any year leaves
    the published band; gone, whether any year is left without an estimate.
    """
    moves = frame["move"].astype(float)
    told = frame.assign(
        size=(moves - 1).abs(),
        out=(frame["estimate"] < frame["lower"]) | (frame["estimate"] > frame["upper"]),
        gone=moves.isna(),
        far=settled(np.abs(np.log(moves))),
    )
    by = ["series_id", "variant", "left_out"]
    each = told.groupby(by, sort=False).agg(size=("size", "max"), out=("out", "any"), gone=("gone", "any"))
    known = told[told["far"].notna()].sort_values(["far", "period"], ascending=[False, True], kind="stable")
    most = known.drop_duplicates(by).set_index(by)[["period", *NUMBERS]]
    return each.join(most).reset_index()[CHOICES]


def largest_moves(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the choice of each series and variant that moves most, the largest move first.

    `rows` as `choices` gives them. Columns as there, and outside: whether the estimate leaves the published band.
    """
    known = rows[rows["move"].notna()]
    far = settled(
        np.abs(np.log(known["move"].to_numpy(dtype=float)))
    )  # of equal moves the first name's is kept
    order = ["far", "series_id", "variant", "left_out", "period"]
    found = known.assign(far=far).sort_values(order, ascending=[False, True, True, True, True])
    found = found.drop_duplicates(["series_id", "variant"]).drop(columns="far")
    outside = (found["estimate"] < found["lower"]) | (found["estimate"] > found["upper"])
    return found.assign(outside=outside).reset_index(drop=True)


def sensitivity_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the variants of one series, in the columns of `sensitivity`, kept on disk.

    Raises
    ------
    InputError
        If the series is unknown or cannot be reconstructed.
    """
    return cast(pd.DataFrame, kept(_recipe(dataset, series_id)))


def _recipe(dataset: Dataset, series_id: str) -> Recipe:
    """Return how the variants of a series are made."""
    wanted = definition(dataset, series_id)
    readings = material(dataset, series_id)
    return Recipe(f"{wanted.series_id}-sensitivity", variants_of, (readings, wanted.series_id, wanted.fiscal))


def variants_of(readings: pd.DataFrame, series_id: str, fiscal: bool) -> pd.DataFrame:
    """Return the variants of a series from the readings that it is made of.

    Raises
    ------
    InputError
        If it cannot be reconstructed.
    """
    series = cast(Reconstruction, kept(recipe_of(readings, series_id, fiscal=fiscal)))
    frequency = "fiscal" if fiscal else "yearly"
    published = series.table(frequency).set_index("period")
    shown = published["estimate"].notna()
    base = _yearly(series, series.observations, frequency)
    parts = []
    for variant, left_out, observations in _variants(readings, series):
        try:
            estimate = _yearly(series, observations, frequency)
        except InputError:  # nothing is left to fit: no estimate, which the gap in the frame says
            continue
        rows = pd.DataFrame({"estimate": estimate, "base": base}).join(published[["lower", "upper"]])[shown]
        rows = rows.rename_axis("period").reset_index()
        parts.append(rows.assign(series_id=series_id, variant=variant, left_out=left_out))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    found = pd.concat(parts, ignore_index=True)
    return found.assign(move=found["estimate"] / found["base"])[COLUMNS]


def _variants(readings: pd.DataFrame, series: Reconstruction) -> Iterator[tuple[str, str, Observations]]:
    """Yield every choice: its name, the reading left out, and what is then observed, on the series' grid."""
    observed = series.observations
    edges, fiscal = observed.cells.edges, observed.fiscal
    start, end = (f"{pd.Timestamp(int(day), unit='D'):%Y-%m-%d}" for day in (edges[0], edges[-1] - 1))
    for model in HEDGE_MODELS:
        try:
            yield model, "", observe(readings, start=start, end=end, hedge_model=model, fiscal=fiscal)
        except InputError:  # only bounds are left
            continue
    for place, name in enumerate(observed.names):
        rest = np.flatnonzero(np.arange(len(observed)) != place)
        if _has_level(observed, rest):
            yield LEFT_OUT, str(name), observed.take(rest)
    if (readings["tier"] == "mirror").any() and (readings["tier"] != "mirror").any():
        try:
            others = readings[readings["tier"] != "mirror"]
            yield NO_MIRRORS, "", observe(others, start=start, end=end, fiscal=fiscal)
        except InputError:  # growth rates or bounds only
            return


def _has_level(observed: Observations, rows: np.ndarray) -> bool:
    """Tell whether readings hold a level with two ends."""
    return bool(((observed.side[rows] == 0) & ~observed.growth[rows]).any())


def _yearly(series: Reconstruction, observations: Observations, frequency: str) -> pd.Series:
    """Return the estimates by period with other readings, at the hyperparameters of the series' best point."""
    best = series.points[0]
    core = core_of(observations)
    known = dict(zip(series.observations.names, series.core.variance - series.printed.variance, strict=True))
    extra = np.array([known.get(name, 0.0) for name in observations.names])
    # Shifted to the new centre of the levels, the old mode is where the search begins.
    start = best.z + series.core.level - core.level
    gone = sum(value > 0 for value in known.values()) > (extra > 0).sum()
    if gone:
        extra = doubts(core, series.priors, best.smooth, start, series.taus[0])
    believed = replace(core, variance=core.variance + extra)
    point = Point(best.smooth, 1.0, start)
    jumps = np.flatnonzero(np.isin(observations.names, np.asarray(series.observations.names)[series.jumps]))
    moved = replace(
        series, observations=observations, printed=core, core=believed, points=[point], jumps=jumps
    )
    table = moved.table(frequency)
    return table.set_index("period")["estimate"]
