"""Power-law tails of values and counts: exponent, start, goodness of fit, and rivals.

The recipe of Clauset, Shalizi, Newman (2009, Power-law distributions in empirical data, SIAM Review 51(4):661-703,
doi 10.1137/070710111): maximum likelihood above each possible start, the start at the least Kolmogorov-Smirnov
distance, a bootstrap of the whole recipe for the fit, Vuong's test against rivals. A straight line through a log-log
histogram is none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Seed, above, checked, least
from analysis.errors import InputError
from analysis.models.positive import positive_values
from analysis.models.power_law_tails import Tail, best_tail, random_tail
from analysis.models.vuong import (
    Versus,
    binned_lognormal_logs,
    exponential_logs,
    geometric_logs,
    lognormal_logs,
    vuong,
)
from analysis.models.zeta import log_zeta
from analysis.results import Result
from analysis.rounding import at_least
from analysis.threads import one_thread

Array = NDArray[np.float64]
LARGEST_COUNT = 1e12
Draws = Annotated[int, least(19)]


@dataclass(frozen=True, repr=False)
class PowerLaw(Result):
    """A power law p(x) ~ x^-alpha above `xmin`.

    `alpha_se`: its standard error with xmin as if known. `n_tail` of `n` values are in the tail. `ks`: the distance
    of the distribution functions; `loglik` of the tail. `discrete`: whole numbers. `xmin_given`: xmin was not sought.
    """

    alpha: float
    alpha_se: float
    xmin: float
    n_tail: int
    n: int
    ks: float
    loglik: float
    discrete: bool
    xmin_given: bool
    values: Array = field(repr=False)

    @checked
    def versus(self, rival: Literal["lognormal", "exponential"]) -> Versus:
        """Return the log-likelihood ratio to a rival on the tail, and Vuong's two-sided p.

        Above zero the power law is nearer, below zero the rival; a p that is not small says that the values cannot
        tell. Where the best log-normal is the power law itself (its Pareto limit) the ratio is 0 and p is 1. For
        whole numbers x the log-normal has the chance of [x - 1/2, x + 1/2], and the exponential is geometric.
        """
        tail = self.values[-self.n_tail :]
        if not self.discrete:
            logs = np.log(tail / self.xmin)
            own = np.log(self.alpha - 1) - self.alpha * logs - np.log(self.xmin)
            other = (
                lognormal_logs(logs) - logs - np.log(self.xmin)
                if rival == "lognormal"
                else exponential_logs(tail, self.xmin)
            )
            return vuong(own, other, np.ones(len(tail)))
        x, counts = np.unique(tail, return_counts=True)
        own = -self.alpha * np.log(x) - log_zeta(self.alpha, self.xmin)
        weights = counts.astype(float)
        if rival == "exponential":
            return vuong(own, geometric_logs(x, weights, self.xmin), weights)
        start = np.log(self.xmin - 0.5)
        return vuong(
            own, binned_lognormal_logs(np.log(x - 0.5) - start, np.log(x + 0.5) - start, weights), weights
        )

    @checked
    def goodness_of_fit(self, draws: Draws = 499, seed: Seed = 0) -> float:
        """Return p of the power law by a bootstrap of the whole recipe, xmin sought anew in each draw.

        A draw has n values, each from the fitted power law with chance n_tail / n, else from the values below xmin
        (section 4.1 of the paper). p = (b + 1) / (B + 1), b the draws whose distance is at least the sample's. Below
        0.1 the paper calls the power law ruled out.
        """
        rng = np.random.default_rng(seed)
        rest = self.values[: self.n - self.n_tail]
        tail = Tail(self.alpha, self.alpha_se, self.xmin, self.n_tail, self.ks, self.loglik)
        distances = np.empty(draws)
        for k in range(draws):
            inside = int(rng.binomial(self.n, self.n_tail / self.n))
            if len(rest) == 0:
                inside = self.n
            drawn = np.concatenate(
                [
                    rng.choice(rest, self.n - inside) if inside < self.n else rest[:0],
                    random_tail(tail, inside, self.discrete, rng),
                ]
            )
            distances[k] = _distance_of(np.sort(drawn), self)
        return float((at_least(distances, np.array(self.ks)).sum() + 1) / (draws + 1))


def _distance_of(drawn: Array, law: PowerLaw) -> float:
    """Return the distance of a draw's own fit; 0 where it has none (a tail of one value)."""
    xmin = law.xmin if law.xmin_given else None
    above = drawn if xmin is None else drawn[drawn >= xmin]
    if len(above) < 2 or above[0] == above[-1]:
        return 0.0
    return best_tail(drawn, law.discrete, xmin).ks


@checked
@one_thread
def power_law(
    x: ArrayLike, discrete: bool = False, *, xmin: Annotated[float, above(0)] | None = None
) -> PowerLaw:
    """Return the power law that fits the tail of values best.

    Continuous: alpha = 1 + n / sum log(x / xmin). Discrete: the maximum of -n log zeta(alpha, xmin) - alpha sum log x,
    zeta Hurwitz's. xmin: the value (not the largest) above which the Kolmogorov-Smirnov distance to the fit is least;
    with more than some 14,000 different values (2,000 of counts) an even choice of them is tried, then all beside the
    best of those.

    Parameters
    ----------
    x
        (n) Values above zero, of any unit; whole numbers where `discrete`.
    discrete
        Whether x are counts.
    xmin
        Where the tail starts, if it is not to be sought.

    Raises
    ------
    InputError
        If a value is not finite or not above zero, is no whole number where they should be, fewer than 2 values differ
        (above xmin), or xmin is not finite or no whole number for counts.
    """
    values = np.sort(positive_values(x, "x", 2))
    if discrete and (np.any(values != np.round(values)) or values[-1] > LARGEST_COUNT):
        raise InputError(
            "x must be whole numbers up to 10^12 where discrete=True; leave it out for values that are not counts."
        )
    if xmin is not None and (not np.isfinite(xmin) or (discrete and xmin != round(xmin))):
        raise InputError(f"xmin must be a finite {'whole ' if discrete else ''}number, not {xmin!r}.")
    above_start = values if xmin is None else values[values >= xmin]
    if len(above_start) < 2 or not above_start[-1] > above_start[0] * (1 + 1e-12):
        where = "" if xmin is None else f" from xmin = {xmin:g} on"
        raise InputError(
            f"x has {len(above_start)} values{where} and no two that differ; a power law needs a tail of at least two."
        )
    tail = best_tail(values, discrete, xmin)
    return PowerLaw(
        tail.alpha,
        tail.alpha_se,
        tail.xmin,
        tail.n_tail,
        len(values),
        tail.ks,
        tail.loglik,
        discrete,
        xmin is not None,
        values,
    )
