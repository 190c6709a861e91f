"""Readings of one series that cannot all be true, by three rules.

loo     what the other readings predict of a reading lies more than three predictive standard deviations away;
        the partner is the reading whose absence would mend it best
nested  of two windows, one inside the other, the difference implies a daily rate more than three times, or less
        than a third of, the inner one's (windows that are equal: the intervals exclude each other)
        (flows only: the difference of two averages is no quantity, so that shares, prices and stocks are not
        compared but over equal windows)
copied  the same value, hedge and unit from one release season, with unequal windows

A rule finds pairs to look at. Campaign months and rushes at a year's end are found too: the reason is not its
business (see `reasons` for what the sources suggest).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.readings import nested_pairs
from analysis.rounding import above, settled
from analysis.series.bases import GROWTH
from analysis.series.laplace import Core
from analysis.series.mixture import Point, Priors
from analysis.series.observations import FLOW, Observations
from analysis.series.residuals import Linearised, leave_one_out, linearise, yardstick

Array = NDArray[np.float64]
BEYOND = 3.0  # predictive standard deviations
RATE = 3.0  # times the inner window's daily rate
APART = 1.02  # equal windows: the nearer ends differ by more than 2 percent
SEASON_DAYS = 183  # two prints of one release season
COLUMNS = ["reading_a", "reading_b", "rule", "size"]
SAME_FIGURE = ["value", "hedge", "unit", "kind"]


def conflicts_in(observations: Observations, core: Core, priors: Priors, points: list[Point]) -> pd.DataFrame:
    """Return pairs of readings that do not go together, by rule (copied, loo, nested), each the heaviest first.

    Columns: reading_a, reading_b, rule (loo, nested, copied), size. The size is in predictive standard
    deviations for loo, how many times the inner window's daily rate (or its inverse) for nested, the ratio of
    the windows' lengths for copied. A nested rate of nothing, or below, has the size 1,000. A pair found by
    several rules has a row for each.
    """
    frame = observations.frame
    parts = [nested_conflicts(frame), copied_conflicts(frame)]
    if (core.side == 0).sum() > 2:
        parts.append(_left_out(observations, linearise(core, priors, yardstick(points), points[0].z)))
    found = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)])
    order = ["rule", "size", "reading_a", "reading_b"]
    found = found.assign(size=settled(found["size"]))
    return found.sort_values(order, ascending=[True, False, True, True], ignore_index=True)


def _left_out(observations: Observations, model: Linearised) -> pd.DataFrame:
    """Rule loo, each pair once."""
    apart, sd = leave_one_out(model)
    scores = np.abs(apart / sd)
    rows = []
    for place in np.flatnonzero(above(scores, BEYOND)):
        partner = _partner(model, int(place), _overlapping(observations, model, int(place)))
        names = [str(observations.names[model.rows[one]]) for one in (place, partner)]
        rows.append([*sorted(names), "loo", float(scores[place])])
    found = pd.DataFrame(rows, columns=COLUMNS).sort_values("size", ascending=False)
    once: pd.DataFrame = found.drop_duplicates(["reading_a", "reading_b"])
    return once


def _overlapping(observations: Observations, model: Linearised, place: int) -> NDArray[np.int64]:
    """Return the other readings whose window or base meets that of one; all others where none does."""
    reach = (observations.weights + observations.base)[model.rows] > 0
    meets = (reach & reach[place]).any(axis=1)
    meets[place] = False
    if not meets.any():
        meets = np.arange(len(reach)) != place
    return np.flatnonzero(meets)


def _partner(model: Linearised, place: int, others: NDArray[np.int64]) -> int:
    """Return the reading without which the residual of the one at `place` is smallest."""
    m, u = model.inverse, model.apart
    determinant = m[place, place] * m[others, others] - m[place, others] ** 2
    apart = (m[others, others] * u[place] - m[place, others] * u[others]) / determinant
    sd = np.sqrt(m[others, others] / determinant)
    return int(others[np.argmin(settled(np.abs(apart / sd)))])


def nested_conflicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rule nested, over rows with reading_id, kind, unit, window_start, window_end, low and high.

    A pair counts only where every value that the two intervals allow breaks the rule.
    """
    levels = frame[~frame["kind"].isin(GROWTH)]
    pairs = nested_pairs(levels)
    if not ((levels["kind"] == FLOW) & (levels["unit"] != "percent")).all():
        pairs = pairs[pairs["equal"]]
    if pairs.empty:
        return pd.DataFrame(columns=COLUMNS)
    ends = levels.set_index("reading_id")[["low", "high"]]
    inner, outer = ends.loc[pairs["inner"]].to_numpy(), ends.loc[pairs["outer"]].to_numpy()
    days, more = pairs["inner_days"].to_numpy(), (pairs["outer_days"] - pairs["inner_days"]).to_numpy()
    equal = more == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        slow = np.maximum(outer[:, 1] - inner[:, 0], 0) / more / (inner[:, 0] / days)  # at most
        fast = (outer[:, 0] - inner[:, 1]) / more / (inner[:, 1] / days)  # at least
        gap = np.maximum(inner[:, 0] / outer[:, 1], outer[:, 0] / inner[:, 1])
    wrong = np.where(equal, above(gap, APART), above(1 / RATE, slow) | above(fast, RATE))
    size = np.where(equal, gap, np.where(above(fast, RATE), fast, 1 / np.maximum(slow, 1e-3)))
    found = pd.DataFrame(
        {
            "reading_a": np.minimum(pairs["inner"].to_numpy(), pairs["outer"].to_numpy()),
            "reading_b": np.maximum(pairs["inner"].to_numpy(), pairs["outer"].to_numpy()),
            "rule": "nested",
            "size": size,
        }
    )
    kept: pd.DataFrame = found[wrong]
    return kept


def copied_conflicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rule copied: equal figures of one season over unequal windows.

    The season is told from the texts' dates (`published`) where that column is given, else from the ends of
    the windows.
    """
    flows = frame[frame["kind"] != "stock"]
    twice = flows.duplicated(SAME_FIGURE, keep=False)
    if not twice.any():
        return pd.DataFrame(columns=COLUMNS)
    told = pd.to_datetime(flows["published"], errors="coerce") if "published" in flows else None
    when = flows["window_end"] if told is None else told.fillna(flows["window_end"])
    flows, when = flows[twice], when[twice]
    start, end = flows["window_start"], flows["window_end"]
    rows = pd.DataFrame(
        {
            "id": flows["reading_id"],
            "key": list(zip(*(flows[name] for name in SAME_FIGURE), strict=True)),
            "when": when,
            "start": start,
            "end": end,
            "days": (end - start).dt.days + 1,
        }
    )
    pairs = rows.merge(rows, on="key", suffixes=("_a", "_b"))
    pairs = pairs[pairs["id_a"] < pairs["id_b"]]
    unequal = (pairs["start_a"] != pairs["start_b"]) | (pairs["end_a"] != pairs["end_b"])
    meets = (pairs["start_a"] <= pairs["end_b"]) & (pairs["start_b"] <= pairs["end_a"])
    near = (pairs["when_a"] - pairs["when_b"]).dt.days.abs() <= SEASON_DAYS
    found = pairs[unequal & meets & near]
    longer = found[["days_a", "days_b"]].max(axis=1) / found[["days_a", "days_b"]].min(axis=1)
    return pd.DataFrame(
        {"reading_a": found["id_a"], "reading_b": found["id_b"], "rule": "copied", "size": longer}
    )
