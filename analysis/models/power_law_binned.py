"""Power-law tails of values that are known by bins only: prices heap at round numbers, reports print bands.

Virkar, Clauset 2014 (Power-law distributions in binned empirical data, Ann Appl Stat 8(1):89-119, doi
10.1214/13-AOAS710). With theta = alpha - 1 the tail is exponential in log x, and the log-likelihood of counts h_i in
bins [b_i, b_(i+1)) from bmin on,

    n theta log bmin + sum_i h_i log[b_i^-theta - b_(i+1)^-theta],

is concave in theta. For bins bmin c^k it gives alpha = 1 + log(1 + 1 / mean k) / log c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Seed, above, checked, least, numbers
from analysis.errors import InputError
from analysis.models.vuong import Versus, binned_lognormal_logs, vuong
from analysis.results import Result
from analysis.rounding import at_least
from analysis.threads import one_thread

Array = NDArray[np.float64]
SOUGHT = 3  # bins with values above a start that is sought: two leave nothing that could misfit
Draws = Annotated[int, least(19)]


@dataclass(frozen=True)
class BinnedTail:
    """A fit from one edge on: position of the edge, theta = alpha - 1, its standard error, distance, log-likelihood."""

    at: int
    theta: float
    se: float
    ks: float
    loglik: float


@dataclass(frozen=True, repr=False)
class BinnedPowerLaw(Result):
    """A power law p(x) ~ x^-alpha above `bmin`, fitted to counts in bins.

    `alpha_se`: standard error with bmin as if known. `n_tail` of `n` values are above bmin. `ks`: the largest
    distance of the distribution functions at an edge. `bmin_given`: bmin was not sought.
    """

    alpha: float
    alpha_se: float
    bmin: float
    n_tail: int
    n: int
    ks: float
    loglik: float
    bmin_given: bool
    edges: Array = field(repr=False)
    counts: Array = field(repr=False)

    @checked
    def versus(self, rival: Literal["lognormal", "exponential"]) -> Versus:
        """Return the log-likelihood ratio to a rival on the tail's bins, and Vuong's two-sided p.

        Above zero the power law is nearer; rivals are cut at bmin as the power law is.
        """
        at = int(np.searchsorted(self.edges, self.bmin))
        low, high = np.log(self.edges[at:-1] / self.bmin), np.log(self.edges[at + 1 :] / self.bmin)
        counts = self.counts[at:]
        own = _log_chances(low, high, self.alpha - 1)
        if rival == "lognormal":
            return vuong(own, binned_lognormal_logs(low, high, counts), counts)
        above = self.edges[at:] / self.bmin - 1  # the power law of exp(above) is the exponential of above
        other = _log_chances(above[:-1], above[1:], _fitted(at, above[:-1], above[1:], counts).theta)
        return vuong(own, other, counts)

    @checked
    def goodness_of_fit(self, draws: Draws = 499, seed: Seed = 0) -> float:
        """Return p of the power law by a bootstrap of the whole recipe, bmin sought anew where it was sought.

        Each draw puts n values into the bins: below bmin with the shares found there, above with the fit's chances.
        p = (b + 1) / (B + 1), b the draws whose distance is at least the sample's.
        """
        rng = np.random.default_rng(seed)
        at = int(np.searchsorted(self.edges, self.bmin))
        low, high = np.log(self.edges[at:-1] / self.bmin), np.log(self.edges[at + 1 :] / self.bmin)
        chances = self.counts / self.n
        chances[at:] = np.exp(_log_chances(low, high, self.alpha - 1)) * self.n_tail / self.n
        drawn = rng.multinomial(self.n, chances / chances.sum(), size=draws).astype(float)
        start = at if self.bmin_given else None
        distances = np.array([getattr(_best(self.edges, counts, start), "ks", 0.0) for counts in drawn])
        return float((at_least(distances, np.array(self.ks)).sum() + 1) / (draws + 1))


@checked
@one_thread
def power_law_binned(
    edges: ArrayLike, counts: ArrayLike, bmin: Annotated[float, above(0)] | None = None
) -> BinnedPowerLaw:
    """Return the power law that fits the tail of binned values best.

    Parameters
    ----------
    edges
        (k + 1) Ascending ends of the bins, in units of the value; the last may be inf, the first 0.
    counts
        (k) How many values lie in each bin; whole numbers of 0 or more.
    bmin
        The edge where the tail starts; without it, the edge at which the Kolmogorov-Smirnov distance to the fit is
        least, of those with at least three bins above that hold values (two are met exactly by any exponent).

    Raises
    ------
    InputError
        If edges do not ascend, lengths do not fit, counts are no whole numbers, bmin is no edge above zero, or
        fewer than two bins above bmin hold values, or three where bmin is sought.
    """
    ends, found = _bins(edges, counts)
    start = None
    if bmin is not None:
        near = np.flatnonzero(np.isclose(ends[:-1], bmin, rtol=1e-9, atol=0))
        if not len(near):
            raise InputError(
                f"bmin must be one of the edges below the last, such as {ends[0]:g}, not {bmin!r}."
            )
        start = int(near[0])
    best = _best(ends, found, start)
    if best is None:
        where, few = ("", "three") if bmin is None else (f" from bmin = {bmin:g} on", "two")
        raise InputError(f"The bins{where} fit no exponent: values must lie in at least {few} of them.")
    n_tail = int(found[best.at :].sum())
    return BinnedPowerLaw(
        1 + best.theta,
        best.se,
        float(ends[best.at]),
        n_tail,
        int(found.sum()),
        best.ks,
        best.loglik,
        bmin is not None,
        ends,
        found,
    )


def _bins(edges: ArrayLike, counts: ArrayLike) -> tuple[Array, Array]:
    """Return edges and counts as floats. Raises InputError where they are no bins."""
    ends, found = numbers(edges, "edges"), numbers(counts, "counts")
    if len(ends) != len(found) + 1 or not len(found):
        raise InputError(
            f"edges has {len(ends)} values and counts {len(found)}; give one edge more than counts, and a bin or more."
        )
    if (
        np.isnan(ends).any()
        or not np.isfinite(ends[:-1]).all()
        or ends[0] < 0
        or np.any(ends[1:] <= ends[:-1])
    ):
        raise InputError("edges must be numbers of 0 or more that ascend, only the last of them infinite.")
    wrong = np.flatnonzero(~np.isfinite(found) | (found < 0) | (found != np.round(found)))
    if len(wrong):
        raise InputError(
            f"counts holds {found[wrong[0]]:g} in bin {wrong[0]} (counted from 0); give whole numbers of 0 or more."
        )
    return ends, found


def _best(edges: Array, counts: Array, start: int | None) -> BinnedTail | None:
    """Return the fit of the least distance; None where no edge has one."""
    starts = range(len(counts)) if start is None else [start]
    return min(_tails(edges, counts, starts), key=lambda tail: tail.ks, default=None)


def _tails(edges: Array, counts: Array, starts: range | list[int]) -> Iterator[BinnedTail]:
    """Yield the fit from each start that has one: two bins with values where it is given, three where it is sought."""
    with np.errstate(divide="ignore"):
        logs = np.log(edges)
    held = counts > 0
    fewest = 2 if len(starts) == 1 else SOUGHT
    for at in starts:
        there = held[at:]
        if edges[at] <= 0 or there.sum() < fewest:
            continue
        low, high = logs[at:-1] - logs[at], logs[at + 1 :] - logs[at]
        yield _fitted(at, low, high, counts[at:])


def _fitted(at: int, low: Array, high: Array, counts: Array) -> BinnedTail:
    """Return the maximum by Newton on log theta, from the root's own bracket: the score falls in theta.

    The score is sum_i h_i [w_i / (exp(theta w_i) - 1) - low_i], w_i = high_i - low_i.
    """
    n, total, width = counts.sum(), counts @ low, high - low
    closed = np.isfinite(width)
    w, h = width[closed], counts[closed]
    theta = n / max(float(total + 0.5 * (h @ w)), 1e-300)
    for _ in range(100):
        grown = np.expm1(np.minimum(theta * w, 700.0))
        score = float(h @ (w / grown)) - total
        information = float(h @ (w**2 * (1 + grown) / grown**2))
        new = theta * np.exp(np.clip(score / (information * theta), -1.0, 1.0))
        done = abs(new - theta) < 1e-13 * theta
        theta = float(new)
        if done:
            break
    chances = _log_chances(low, high, theta)
    fitted = -np.expm1(-theta * high)
    ks = float(np.abs(fitted - np.cumsum(counts) / n).max())
    held = counts > 0
    return BinnedTail(at, theta, 1 / np.sqrt(information), ks, float(counts[held] @ chances[held]))


def _log_chances(low: Array, high: Array, theta: float) -> Array:
    """Return the log chance of each bin, given the tail; ends as logs over bmin."""
    return np.asarray(-theta * low + np.log(-np.expm1(-theta * (high - low))))
