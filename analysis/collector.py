"""Python's collector of garbage: it need not look through what was imported again and again."""

from __future__ import annotations

import gc
from functools import cache

# Objects made until it looks at the young, and how many such looks until it looks at older ones.
SELDOM = (20_000, 20, 50)


@cache
def look_seldom() -> None:
    """Leave what is imported out of every look, and look less often: a program that computes makes few circles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def look_no_more() -> None:
    """Leave everything out of every look from now on: what is held when a process ends goes with it."""
    gc.disable()
    gc.freeze()
