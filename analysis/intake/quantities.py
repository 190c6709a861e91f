"""Prints of one quantity in one text: the headline's rounder one gives way to the body's finer one."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from analysis.readings.hedges import interval
from analysis.readings.unit_words import STANDS_FOR

_APART = 0.06  # of the value, beyond which two prints are two quantities


def repeated(rows: list[dict[str, Any]]) -> dict[int, int]:
    """Return which rows repeat another, by place: the repeated one to the one that is kept.

    Two rows are one quantity where unit, kind and case agree, neither indicator nor window contradict each other, and
    their intervals meet. The finer print is kept; of equal ones the later, which stands in the body, where the other
    stands in the headline, and else the first.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[row["kind"]].append(place)
    gone: dict[int, int] = {}
    for places in groups.values():
        places.sort(key=lambda place: (abs(rows[place]["value"]), place))
        for at, one in enumerate(places):
            for other in places[at + 1 :]:
                if abs(rows[other]["value"]) > abs(rows[one]["value"]) * (1 + _APART) + 1e-9:
                    break
                if one in gone or other in gone or not _same(rows[one], rows[other]):
                    continue
                lost, kept = _order(rows, one, other)
                gone[lost] = kept
    return gone


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two rows print one quantity."""
    if one["unit"] != other["unit"] and other["unit"] not in STANDS_FOR.get(one["unit"], ()):
        return False
    headline = min(one["_paragraph"], other["_paragraph"]) == 0
    exact = one["value"] == other["value"] and one["hedge"] == other["hedge"]
    if one["_sentence"] == other["_sentence"] or not (headline or exact):
        return False
    if one["breadth"] == "one_case" and other["breadth"] == "one_case" and not headline:
        return exact and one["indicator"] == other["indicator"] and one["value"] > 20
    if one["indicator"] != other["indicator"] and not headline:
        return False
    if not headline and (one["window_start"], one["window_end"]) != (other["window_start"], other["window_end"]):
        return False
    if exact and abs(one["value"]) < 10 and not headline:
        return False
    return _meet(one, other)


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether the intervals of two prints meet."""
    spans = []
    for row in (one, other):
        high = row["value_high"] if not math.isnan(row["value_high"]) else None
        try:
            found = interval(row["value"], row["hedge"], row["printed_step"], high)
            spans.append((float(found[0]), float(found[1])))
        except Exception:
            spans.append((row["value"], row["value"]))
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _order(rows: list[dict[str, Any]], one: int, other: int) -> tuple[int, int]:
    """Return which of two prints of one quantity goes, and which is kept."""
    first, second = sorted((one, other))
    steps = rows[first]["printed_step"], rows[second]["printed_step"]
    if rows[one]["value"] == rows[other]["value"] and rows[first]["_paragraph"] == 0:
        return first, second
    hedged = rows[first]["hedge"] != "exact", rows[second]["hedge"] != "exact"
    if hedged[0] != hedged[1] and abs(rows[first]["value"] - rows[second]["value"]) > 0:
        return (first, second) if hedged[0] else (second, first)
    if steps[0] != steps[1]:
        return (first, second) if steps[0] > steps[1] else (second, first)
    return (first, second) if rows[first]["_paragraph"] == 0 else (second, first)
