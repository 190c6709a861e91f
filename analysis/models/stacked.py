"""One unit treated in several panels: its ranks combined, so that p may fall far below the floor of any one panel.

In panel d unit i has a departure g_di (log), the first unit is the treated one, and

    T = sum_d (g_d1 - mean_i g_di) / r_d,    r_d = root mean square of g_di - mean_i g_di over all units,

so that a loud panel does not decide alone. Were the treated unit like the others, each unit of a panel could as well
stand first, in every panel apart: p is the share of all such choices with |T| at least as large (a stratified
permutation test; Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, doi 10.1007/b138696). Its floor
is one over the product of the panels' sizes. Panels that share a shock to the treated unit alone are not independent
evidence for one cause of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Seed, checked, numbers
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least

Array = NDArray[np.float64]
MOST, DRAWS = 200_000, 20_000


@dataclass(frozen=True, repr=False)
class Stacked(Result):
    """A treated unit against the others of several panels.

    `statistic` is T, `p` two-sided, `floor` the smallest p that could be; `panels` and `units` count, `ranks` is the
    place of the treated unit in each panel by size of departure (1 is the largest); `exact` says whether all choices
    were taken.
    """

    statistic: float
    p: float
    floor: float
    panels: int
    units: tuple[int, ...]
    ranks: tuple[int, ...]
    exact: bool


@checked
def stacked(departures: Sequence[ArrayLike], *, seed: Seed = 0) -> Stacked:
    """Return the combined test of the first unit of each panel.

    Parameters
    ----------
    departures
        for each panel the departures of its units (at least two, logs), the treated one first.
    seed
        of the choices that are drawn where there are more than 200,000.

    Raises
    ------
    InputError
        If no panel is given, one has fewer than two units, or a departure is missing.

    Examples
    --------
    >>> found = stacked([[2.0, 0.1, -0.1, 0.0], [1.5, 0.0, 0.2, -0.2, 0.1]])
    >>> found.p == found.floor == 1 / 20, found.ranks
    (True, (1, 1))
    """
    panels = [_standard(numbers(one, "departures", 1)) for one in departures]
    if not panels:
        raise InputError("Give at least one panel of departures.")
    sizes = tuple(len(one) for one in panels)
    statistic = float(sum(one[0] for one in panels))
    exact = prod(sizes) <= MOST
    if exact:
        sums = np.zeros(1)
        for one in panels:
            sums = (sums[:, None] + one).ravel()
        p = float(np.mean(at_least(np.abs(sums), abs(statistic))))
    else:
        rng = np.random.default_rng(seed)
        sums = np.sum([one[rng.integers(0, len(one), DRAWS)] for one in panels], axis=0)
        p = float((1 + np.sum(at_least(np.abs(sums), abs(statistic)))) / (1 + DRAWS))
    ranks = tuple(int(np.sum(np.abs(one) >= abs(one[0]) - 1e-12)) for one in panels)
    floor = 1 / prod(sizes) if exact else 1 / (1 + DRAWS)
    return Stacked(statistic, p, floor, len(panels), sizes, ranks, exact)


def _standard(values: Array) -> Array:
    """Return departures about their mean, on their own spread."""
    if len(values) < 2 or not np.isfinite(values).all():
        raise InputError("A panel takes at least 2 departures, and none may be missing.")
    away = values - values.mean()
    spread = float(np.sqrt(np.mean(away**2)))
    return np.asarray(away / spread if spread > 0 else away)
