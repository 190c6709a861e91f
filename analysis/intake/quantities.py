"""Prints of one quantity in one text: the headline's rounder one gives way to the body's finer one."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from analysis.readings.hedges import interval
from analysis.readings.unit_words import STANDS_FOR

_LEAD = 1  # the paragraph that a headline sums up, be it of one case
_SMALL = 10  # below it, equal counts of one kind in a text are seldom one quantity
_EQUAL = (
    "value",
    "hedge",
    "unit",
    "indicator",
    "kind",
    "window_start",
    "window_end",
    "reporter",
    "jurisdiction",
    "breadth",
)


def repeated(rows: list[dict[str, Any]]) -> dict[int, int]:
    """Return which rows repeat another, by place: the repeated one to the one that is kept.

    A print of the headline is the body's where kind and unit agree and the intervals of both meet: the finer one is
    kept, of equal ones the body's. Elsewhere only what is equal in value, hedge, indicator, window, counter and
    breadth is repeated.
    """
    gone: dict[int, int] = {}
    head = [place for place, row in enumerate(rows) if row["_paragraph"] == 0]
    body = [place for place, row in enumerate(rows) if row["_paragraph"] > 0]
    for one in head:
        for other in body:
            if other not in gone and _one_quantity(rows[one], rows[other]):
                lost, kept = _order(rows, one, other)
                gone[lost] = kept
                break
    first: dict[tuple[Any, ...], int] = {}
    for place in body:
        key = tuple(rows[place][column] for column in _EQUAL)
        if place in gone or abs(rows[place]["value"]) < _SMALL or rows[place]["kind"] == "change":
            continue
        held = first.setdefault(key, place)
        if held != place and rows[held]["_sentence"] != rows[place]["_sentence"]:
            gone[place] = held
    return gone


def _one_quantity(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a print of the headline and one of the body are of one quantity."""
    of_case = other["breadth"] == "one_case" != one["breadth"]
    if one["kind"] != other["kind"] or (of_case and other["_paragraph"] > _LEAD):
        return False
    if one["unit"] != other["unit"] and other["unit"] not in STANDS_FOR.get(one["unit"], ()):
        return False
    (low, high), (bottom, top) = _interval(one), _interval(other)
    return low <= top and bottom <= high


def _interval(row: dict[str, Any]) -> tuple[float, float]:
    """Return the interval of a print; a rounded one's is that of its step."""
    high = None if math.isnan(row["value_high"]) else row["value_high"]
    return _leaves_open(row["value"], row["hedge"], row["printed_step"], high)


@lru_cache(maxsize=4096)
def _leaves_open(value: float, hedge: str, step: float, high: float | None) -> tuple[float, float]:
    low, top = interval(value, hedge, step, high)
    return float(low), float(top)


def _order(rows: list[dict[str, Any]], one: int, other: int) -> tuple[int, int]:
    """Return which print goes, and which is kept: the finer one, of equal ones the body's."""
    finer = rows[other]["printed_step"] < rows[one]["printed_step"]
    exact = rows[one]["hedge"] == "exact" != rows[other]["hedge"] and not (
        finer and rows[other]["hedge"] == "about"
    )
    if rows[one]["value"] != rows[other]["value"] and exact:
        return other, one
    return (other, one) if rows[one]["printed_step"] < rows[other]["printed_step"] and (
        rows[one]["value"] != rows[other]["value"]
    ) else (one, other)  # fmt: skip
