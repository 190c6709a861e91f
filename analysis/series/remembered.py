"""Functions of a dataset whose results are kept on disk (see `store`): many pages ask for the same ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from analysis.dataset import Dataset
from analysis.series.store import Recipe, kept

P = ParamSpec("P")
R = TypeVar("R")
# What series, and whatever is made of them alone, follow from.
SERIES_TABLES = (
    "readings", "sources", "series", "aliases", "breaks", "conflicts", "vintages", "border_lines", "readings_series",
)  # fmt: skip
# What bundles and their answers follow from as well.
MEASURE_TABLES = (*SERIES_TABLES, "context", "measures", "hypotheses", "scopes", "cases")


def remembered(
    *tables: str,
) -> Callable[[Callable[Concatenate[Dataset, P], R]], Callable[Concatenate[Dataset, P], R]]:
    """Keep what a function of a dataset and of plain values returns, for as long as the rows of `tables` are the same.

    It sees no other table (`Dataset.only`). Within a process the same object is returned again, as by lru_cache, so
    nobody may change it.
    """

    def decorate(function: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
        signature = inspect.signature(function)
        name = f"{function.__module__.rpartition('.')[2]}-{function.__name__}"

        @wraps(function)
        def make(*given: object) -> R:
            return function(**dict(zip(signature.parameters, given, strict=True)))  # type: ignore[call-arg, arg-type]

        @lru_cache(maxsize=64)
        def known(dataset: Dataset, *given: object) -> object:
            named = "-".join([name, *(str(one) for one in given if isinstance(one, str))])
            return kept(Recipe(named, make, (dataset.only(tables), *given)))

        @wraps(function)
        def call(dataset: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(dataset, *args, **kwargs)
            bound.apply_defaults()
            return cast(R, known(*bound.arguments.values()))

        return call

    return decorate
