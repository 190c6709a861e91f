"""What follows from some tables of a dataset alone: made once for all datasets of a process that hold these tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from analysis.dataset.load import Dataset

P = ParamSpec("P")
R = TypeVar("R")
MOST = 2048  # results of one function: several times the number of series


class _Held:
    """The tables of a dataset as a key: equal where they are the same frames, which nobody changes."""

    def __init__(self, dataset: Dataset, names: tuple[str, ...]) -> None:
        self.dataset = dataset
        self.frames: tuple[pd.DataFrame, ...] = tuple(getattr(dataset, name) for name in names)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.frames)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and all(
            a is b for a, b in zip(self.frames, other.frames, strict=True)
        )


def shared(
    *names: str,
) -> Callable[[Callable[Concatenate[Dataset, P], R]], Callable[Concatenate[Dataset, P], R]]:
    """Keep what a function of a dataset returns for as long as the tables `names` are the same frames.

    `Dataset.only` hands the same frames on, so that what is made for a kept result is there for the page as well.
    The function sees no other table. Every call asks the dataset for these tables, so that they are noted as read.
    The same object is returned again, so nobody may change it.
    """

    def decorate(function: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
        @lru_cache(maxsize=MOST)
        def known(held: _Held, *given: Hashable) -> object:
            make = cast(Callable[..., object], function)
            return make(held.dataset.only(names), *given)

        @wraps(function)
        def call(dataset: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if kwargs:
                raise TypeError(f"{function.__name__} takes what it is given by place")
            return cast(R, known(_Held(dataset, names), *cast(Any, args)))

        return call

    return decorate
