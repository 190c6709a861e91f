"""Where a log-linear trend breaks: how often, when, and how surely.

    z_t = a_s + b_s t + u_t for t in segment s,   u an AR(1) error,

each segment of at least 4 points having its own level and slope. For a number K of breaks the dates minimise the
sum of squares S_K over all segmentations (dynamic programming: Bai, Perron 2003, J Appl Econom 18(1), 1, doi
10.1002/jae.659). Information criteria that take errors for independent find breaks in every wandering
series, so K is tested upwards from 0: log S_K / S_(K+1) against its law under K breaks, drawn from the fitted
AR(1) model with a full search in every draw, p = (b + 1) / (B + 1). The first K that is not rejected stands.

Intervals of the dates are percentiles of the dates found again in draws from the model with K breaks. Where a true
break goes unmodelled it looks like autocorrelation: the test is cautious, and small breaks go unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.autoregression import ar1_reml, distances
from analysis.models.bootstrap import ar1_draws
from analysis.models.points import Years
from analysis.results import Result
from analysis.rounding import above, at_least
from analysis.threads import one_thread

Array = NDArray[np.float64]
Places = NDArray[np.int64]

LEAST_SEGMENT = 4
MOST_BREAKS = 3
DRAWS = 499
# A sum of squares below this share of the total is rounding error of a constructed series.
EXACT = 1e-20
BLOCK = 4_000_000  # cells of draws by starts by ends that are searched at a time: months of many years fill a memory


@dataclass(frozen=True, repr=False)
class Breaks(Result):
    """The breaks of one trend.

    `table`: period (the first of the new segment, written as the series writes it), lower, upper (interval of the
    date), share (of the draws in which the very date was found), jump (new line over old line at that period, minus
    one), growth_before and growth_after (per period, as a ratio minus one). `tests`: breaks (K), p of K against K + 1.
    """

    table: pd.DataFrame
    tests: pd.DataFrame
    level: float

    @property
    def sentence(self) -> str:
        """What may be said, in one sentence."""
        if self.tests.empty:
            return f"Too few periods to look for a break; {2 * LEAST_SEGMENT} are needed."
        if self.table.empty:
            return f"No break is distinguishable (bootstrap p = {self.tests['p'].iloc[0]:.2g})."
        parts = [
            f"{row['period']} ({self.level:.0%} interval {row['lower']} to {row['upper']})"
            for row in self.table.to_dict("records")
        ]
        return f"The trend breaks in {' and '.join(parts)}."


@one_thread
def structural_breaks(
    z: Array, periods: Years, *, level: float = 0.95, seed: int = 0, name: Callable[[int], str | int] = int
) -> Breaks:
    """Return the breaks in the trend of `z` (n, on logs, not on one exact line) over increasing `periods` (n).

    Tests are at 1 - `level`, intervals of dates at `level`; `seed` seeds the draws, `name` says how a period is
    written. The number of breaks is at most 3, and no more than segments of 4 points allow.
    """
    rng = np.random.default_rng(seed)
    time = (periods - periods[0]).astype(float)
    tests: list[tuple[int, float]] = []
    places: Places = np.zeros(0, dtype=np.int64)
    for k in range(min(MOST_BREAKS, len(z) // LEAST_SEGMENT - 1)):
        more = search_batch(z[None], time, k + 1)[0][0]
        p = _test(z, time, places, more, rng)
        tests.append((k, p))
        if above(p, 1 - level):
            break
        places = more
    table = _table(z, periods, time, places, level, rng)
    for column in ("period", "lower", "upper"):
        table[column] = [name(int(period)) for period in table[column]]
    return Breaks(table, pd.DataFrame(tests, columns=["breaks", "p"]), level)


def search_batch(series: Array, time: Array, count: int) -> tuple[Places, Array]:
    """Return the first positions (B, count) of the new segments that minimise the sums of squares (B) of series (B, n).

    The series are searched in blocks, each of at most `BLOCK` segments.
    """
    step = max(1, BLOCK // len(time) ** 2)
    parts = [_searched(series[first : first + step], time, count) for first in range(0, len(series), step)]
    places, squares = zip(*parts, strict=True)
    return np.concatenate(places), np.concatenate(squares)


def _searched(series: Array, time: Array, count: int) -> tuple[Places, Array]:
    """Return the same of one block."""
    costs = _costs(series, time)
    draws, n = series.shape
    best = costs[:, 0, :]
    back: list[Places] = []
    rows = np.arange(draws)
    for _ in range(count):
        # the cost up to each end, for every start of the last segment
        total = np.pad(best, ((0, 0), (1, 0)), constant_values=np.inf)[:, :n, None] + costs
        back.append(total.argmin(1))
        best = total.min(1)
    places = np.zeros((draws, count), dtype=np.int64)
    end = np.full(draws, n - 1)
    for k in range(count - 1, -1, -1):
        places[:, k] = back[k][rows, end]
        end = places[:, k] - 1
    return places, best[:, -1]


def segment_design(time: Array, places: Places) -> Array:
    """Return the design (n, 2 (K + 1)): a level and a slope for each segment."""
    segment = np.searchsorted(places, np.arange(len(time)), side="right")
    own = (segment[:, None] == np.arange(len(places) + 1)).astype(float)
    return np.column_stack([own, own * (time - time.mean())[:, None]])


def _costs(series: Array, time: Array) -> Array:
    """Return the sum of squares (B, start, end) of a line through points start to end; infinite where too short."""
    n = series.shape[1]
    y = series - series.mean(1, keepdims=True)
    t = time - time.mean()

    def over(values: Array) -> Array:
        """Sum of the values from start to end, both included."""
        total = np.concatenate([np.zeros((*values.shape[:-1], 1)), values.cumsum(-1)], axis=-1)
        sums: Array = total[..., None, 1:] - total[..., :-1, None]
        return sums

    count = np.arange(n)[None, :] - np.arange(n)[:, None] + 1
    enough = count >= LEAST_SEGMENT
    m = np.where(enough, count, 1)
    spread = np.where(enough, over(t**2) - over(t) ** 2 / m, 1.0)
    level = over(y)
    slope = over(y * t) - over(t) * level / m
    squares = over(y**2) - level**2 / m - slope**2 / spread
    result: Array = np.where(enough, np.maximum(squares, 0.0), np.inf)
    return result


def _squares(z: Array, time: Array, places: Places) -> float:
    """Return the sum of squares around the segments' lines."""
    design = segment_design(time, places)
    return float(np.square(z - design @ np.linalg.lstsq(design, z, rcond=None)[0]).sum())


def _is_exact(squares: float, z: Array) -> bool:
    return squares <= EXACT * float(np.square(z - z.mean()).sum() + np.square(z).sum())


def _draws(z: Array, time: Array, places: Places, rng: np.random.Generator) -> Array:
    """Draw series (B, n) from the model with these breaks and AR(1) errors."""
    design = segment_design(time, places)
    fit = ar1_reml(z, design, time)
    errors = ar1_draws(fit.rho, distances(time, len(z)), DRAWS, rng)
    simulated: Array = design @ fit.beta + np.sqrt(fit.sigma2) * errors
    return simulated


def _test(z: Array, time: Array, places: Places, more: Places, rng: np.random.Generator) -> float:
    """Return the bootstrap p of the breaks `places` against one `more`."""
    before, after = _squares(z, time, places), _squares(z, time, more)
    if _is_exact(before, z):
        return 1.0
    if _is_exact(after, z):
        return 1 / (DRAWS + 1)
    simulated = _draws(z, time, places, rng)
    fewer, further = (search_batch(simulated, time, len(some))[1] for some in (places, more))
    reached = at_least(np.log(fewer) - np.log(further), np.log(before) - np.log(after), scale=1)
    return float((reached.sum() + 1) / (DRAWS + 1))


def _table(
    z: Array, periods: Years, time: Array, places: Places, level: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return one row a break."""
    columns = ["period", "lower", "upper", "share", "jump", "growth_before", "growth_after"]
    if not len(places):
        return pd.DataFrame(columns=columns)
    if _is_exact(_squares(z, time, places), z):
        found = np.broadcast_to(places, (DRAWS, len(places)))
    else:
        found = search_batch(_draws(z, time, places, rng), time, len(places))[0]
    tails = [(1 - level) / 2, (1 + level) / 2]
    lower, upper = np.quantile(periods[found], tails, axis=0, method="inverted_cdf")
    design = segment_design(time, places)
    beta = np.linalg.lstsq(design, z, rcond=None)[0]
    levels, slopes = beta[: len(places) + 1], beta[len(places) + 1 :]
    at = time[places] - time.mean()
    # a jump is told against the old line carried on to the first period of the new one
    jump = np.diff(levels) + np.diff(slopes) * at
    parts = [periods[places], lower, upper, (found == places).mean(0)]
    rates = [np.expm1(jump), np.expm1(slopes[:-1]), np.expm1(slopes[1:])]
    return pd.DataFrame(dict(zip(columns, parts + rates, strict=True)))
