"""The informed years of a series with draws of them, kept on disk: draws take longer than the series itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, cast

import numpy as np
from numpy.typing import NDArray

from analysis.arguments import checked, least
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least
from analysis.series.definition import definition
from analysis.series.reconstructed import reconstructed, series_recipe
from analysis.series.store import Recipe, kept, make_missing
from analysis.series.thresholds import LEAST_INFORMED
from analysis.series.whole_draws import draws_of

Array = NDArray[np.float64]
DRAWS = 60


@dataclass(frozen=True, repr=False)
class Years(Result):
    """Informed years (fiscal ones by the year of their end): `time` (n), `y` (n, above 0) and `draws` (M, n)."""

    time: NDArray[np.int64]
    y: Array
    draws: Array

    def between(self, first: int, last: int) -> Years:
        """Return the years from `first` to `last`, both included."""
        inside = (self.time >= first) & (self.time <= last)
        return Years(self.time[inside], self.y[inside], self.draws[:, inside])


@checked
def drawn_years(
    dataset: Dataset, series_id: str, *, draws: Annotated[int, least(2)] = DRAWS, released: int | None = None
) -> Years:
    """Return the informed years of a series and draws of them.

    `released` is a year (or fiscal year) from whose first day on smoothness is let go, so that a step there is not
    smoothed into its neighbours (Meng 1994, doi 10.1214/ss/1177010269). Years whose value or a draw is not above 0
    are left out.

    Raises
    ------
    InputError
        If the series is unknown or cannot be reconstructed.
    """
    return _drawn_years(dataset, series_id, draws, released)


def make_draws(dataset: Dataset, asked: list[tuple[str, int | None]], *, draws: int = DRAWS) -> None:
    """Make the draws of series, each released at a year or not, that are not kept yet, on every core."""
    recipes = []
    for series_id, released in asked:
        try:
            reconstructed(dataset, series_id)
            recipes.append(_recipe(dataset, series_id, draws, released))
        except InputError:  # told where they are asked for
            continue
    make_missing(recipes, label="draws", progress=False)


@lru_cache(maxsize=2048)
def _drawn_years(dataset: Dataset, series_id: str, draws: int, released: int | None) -> Years:
    found = reconstructed(dataset, series_id)
    table = found.fiscal if definition(dataset, series_id).fiscal else found.yearly
    totals = draws_kept(dataset, series_id, draws, released)
    y = table["estimate"].to_numpy(dtype=float)
    informed = at_least(table["informed"].to_numpy(dtype=float), LEAST_INFORMED)
    with np.errstate(invalid="ignore"):
        usable = informed & (y > 0) & (np.isfinite(totals) & (totals > 0)).all(axis=0)
    time = np.array([int(one) for one in table["period"].str.removeprefix("FY")], dtype=np.int64)
    return Years(time[usable], y[usable], totals[:, usable])


def draws_kept(dataset: Dataset, series_id: str, draws: int, released: int | None) -> Array:
    """Return draws of all years of a series (M, years), from disk where they were made before."""
    return cast(Array, kept(_recipe(dataset, series_id, draws, released)))


def _recipe(dataset: Dataset, series_id: str, draws: int, released: int | None) -> Recipe:
    """Return how draws are made, of what the series itself is made of."""
    one = series_recipe(dataset, series_id)
    name = f"draws-{series_id}" + (f"-{released}" if released else "")
    return Recipe(name, draws_of, (one.name, *one.given, draws, released))
