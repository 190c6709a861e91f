"""Matrices of a series are small: threads of the BLAS only wait for each other, and move the last bits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")


def one_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function with one BLAS thread inside; what the caller had set is restored."""

    @wraps(function)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        with _libraries().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return limited


@cache
def _libraries() -> ThreadpoolController:
    """Return the libraries of numpy and scipy, looked for once."""
    import numpy  # noqa: F401
    import scipy.linalg  # noqa: F401 - scipy brings a BLAS of its own

    return ThreadpoolController()
