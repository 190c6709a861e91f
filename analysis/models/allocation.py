"""How many buys each stratum gets when a budget is given and buys cost differently.

The variance of the stratified mean is sum_h W_h^2 S_h^2 (1 / n_h - 1 / N_h), W_h = N_h / N, S_h^2 = P_h (1 - P_h)
N_h / (N_h - 1). For a cost of sum_h c_h n_h it is smallest at n_h proportional to N_h S_h / sqrt(c_h) (Neyman 1934,
JRSS 97(4), 558, doi 10.2307/2342192; with costs: Cochran 1977, Sampling Techniques, 3rd edition, Wiley, chapter 5.5).
Where that asks for fewer than two or more than N_h, the bound holds and the rest is shared out anew: n_h = the bound
nearest to t N_h S_h / sqrt(c_h), with t found so that the budget is spent (the Kuhn-Tucker conditions).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import above, checked
from analysis.errors import InputError, shown
from analysis.models.tallies import counts, fractions, labels, positive, together
from analysis.results import Result

Array = NDArray[np.float64]

FEWEST = 2  # buys that show a spread


@dataclass(frozen=True, repr=False)
class Allocation(Result):
    """A plan of buys by stratum.

    `table`: population, prevalence (expected), cost (of a buy), optimum (not whole), buys (whole, within the budget),
    a row a stratum. `se`: the standard error of the market's share if the expected prevalences are true;
    `se_proportional`: what the same money gives when buys are shared out by population alone.
    """

    table: pd.DataFrame
    se: float
    se_proportional: float
    spent: float
    budget: float


@checked
def neyman_allocation(
    population: ArrayLike,
    prevalence: ArrayLike,
    cost: ArrayLike = 1.0,
    *,
    budget: Annotated[float, above(0)],
) -> Allocation:
    """Return the buys of each stratum that measure the market's share best for `budget`.

    `population` (strata): listings, 2 or more each; `prevalence`: the share of fakes expected in each, a fraction;
    `cost` of one buy in each, in the unit of `budget`. One number serves all strata. With a cost of 1 the budget is
    the number of buys.

    Raises
    ------
    InputError
        If an argument is outside its range, every expected share is 0 or 1, or the budget does not pay two buys a
        stratum.

    >>> neyman_allocation([900, 100], [0.1, 0.5], budget=100).table["buys"].tolist()
    [84, 16]
    """
    size, share, price = together(
        population=counts(population, "population", FEWEST),
        prevalence=fractions(prevalence, "prevalence"),
        cost=positive(cost, "cost"),
    )
    spread = np.sqrt(share * (1 - share) * size / (size - 1))
    if not spread.any():
        raise InputError(
            "Every prevalence is 0 or 1, so there would be nothing to find out; give the shares that are expected."
        )
    needed = float(price.sum() * FEWEST)
    if not np.isfinite(budget) or budget < needed:
        raise InputError(
            f"A budget of {shown(budget)} does not pay {FEWEST} buys in each of {len(size)} strata; "
            f"that takes {needed:g}."
        )
    optimum = _spent(size * spread / np.sqrt(price), size, price, budget)
    buys = _whole(optimum, size * spread, size, price, budget)
    columns = {"population": size, "prevalence": share, "cost": price, "optimum": optimum, "buys": buys}
    table = pd.DataFrame(columns, index=labels(population, prevalence, cost)).astype({"buys": int})
    plain = _spent(size, size, price, budget)
    return Allocation(
        table, _se(size, spread, buys), _se(size, spread, plain), float(price @ buys), float(budget)
    )


def _whole(optimum: Array, pull: Array, size: Array, price: Array, budget: float) -> Array:
    """Return whole buys: rounded down, and what money is left goes where one more buy helps most for its price."""
    buys: Array = np.floor(optimum + 1e-9)
    for _ in range(len(buys)):
        open_ = (buys < size) & (price <= budget - price @ buys + 1e-9)
        if not open_.any():
            break
        gain = np.where(open_, pull**2 / (buys * (buys + 1) * price), -1.0)
        buys[int(np.argmax(gain))] += 1
    return buys


def _se(size: Array, spread: Array, buys: Array) -> float:
    """Return the standard error of the stratified mean."""
    return float(np.sqrt(((size / size.sum() * spread) ** 2 * (1 / buys - 1 / size)).sum()))


def _spent(pull: Array, size: Array, price: Array, budget: float) -> Array:
    """Return buys in proportion to `pull`, from two to all of a stratum, that cost the budget (or buy everything)."""
    if price @ size <= budget:
        return size.astype(float)
    pull = np.maximum(pull, 1e-12 * pull.max())  # a stratum without spread gets what is left over
    # spending rises with t, piecewise linearly: find the piece between the bounds' breaks, then solve it
    breaks = np.sort(np.concatenate([FEWEST / pull, size / pull]))
    costs = np.array([price @ np.clip(t * pull, FEWEST, size) for t in breaks])
    at = int(np.searchsorted(costs, budget, side="right"))
    if at >= len(breaks):
        return np.asarray(size, dtype=float)
    low, cost_low = breaks[at - 1], costs[at - 1]
    slope = (costs[at] - cost_low) / (breaks[at] - low)
    buys: Array = np.clip((low + (budget - cost_low) / slope) * pull, FEWEST, size)
    return buys
