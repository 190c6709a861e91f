"""What the Explorer draws of single readings: their windows and intervals, how they stand, whether to quote them."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.links import source_link
from analysis.publish.pages.record.readings import members, missing
from analysis.publish.pages.record.years import PICKED, RIVAL, counts_of
from analysis.publish.tables import SAFE_SCHEMES
from analysis.publish.words import quote
from analysis.readings import intervals
from analysis.rounding import settled
from analysis.series import Definition, readings_of
from analysis.series.key import UNIT_MARK


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries."""
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def readings_told(dataset: Dataset, key: Definition) -> list[list[Any]]:
    """Return readings as [id, print, in words, value, low, high, first day, last day, standing, verdict, source, link].

    Those whose window lacks a day, or is planned, cannot be drawn and are left out.
    """
    family, _, unit = key.series_id.partition(UNIT_MARK)
    if key.drawn_from:
        frame = readings_of(dataset, key.series_id)
        found = rows_of(frame.join(intervals(frame)[["low", "high"]]))
        standing = {str(row["reading_id"]): "taken" for row in found}  # sums of whole years, one a year
    else:
        found = counts_of(dataset, family, unit, key.kind)
        held = members(dataset, family, unit)
        standing = {str(row["reading_id"]): _stands(role, why) for row, role, why in held}
    verdicts = verdicts_of(dataset)
    told: list[list[Any]] = []
    for row in found:
        start, end = row["window_start"], row["window_end"]
        if missing(end) or (missing(start) and key.kind != "stock"):
            continue
        name = str(row["reading_id"])
        link = source_link(dataset, str(row["source_id"]))
        first = end if missing(start) else start
        told.append(
            [
                name, str(row["as_printed"]), quote(row, unit=False),
                exact(row["value"]), _finite(row["low"]), _finite(row["high"]), f"{first:%Y-%m-%d}", f"{end:%Y-%m-%d}",
                standing.get(name, "window"), verdicts.get(name, ""), link.text, safe(link.url),
            ]
        )  # fmt: skip
    return told


def _stands(role: str, why: str) -> str:
    """Tell how a reading stands, from its row in readings_series.csv: taken, rival, beside, aside or window."""
    if role == "used":
        return "taken" if PICKED.match(why) else "window"
    if role == "competing":
        return "rival" if RIVAL.match(why) else "beside"
    return "aside" if role == "set_aside" else "window"


def exact(value: object) -> float | int:
    """Return a printed number as JSON tells it shortest."""
    number = float(cast(float, value))
    return int(number) if number.is_integer() else number


def _finite(value: object) -> float | int | None:
    """Return an end of an interval as the downloads write it; None where it is open."""
    number = float(cast(float, value))
    return exact(round(settled(number), 9)) if math.isfinite(number) else None


def safe(address: str) -> str:
    """Return an address that a link may lead to: relative, or on the web; else blank."""
    scheme = address.partition(":")[0].strip().lower() if ":" in address else ""
    return address if not scheme or scheme in SAFE_SCHEMES else ""


# How the verdict of a conflict bids to quote its first and its second print; of several the first named here counts.
QUOTED = {
    "quote_neither": ("do not quote", "do not quote"),
    "quote_b": ("do not quote", "quote"),
    "quote_a": ("quote", "do not quote"),
    "quote_both": ("quote with the other print", "quote with the other print"),
    "quote_each": ("quote for what it counts", "quote for what it counts"),
}
GRAVITY = ("do not quote", "quote with the other print", "quote for what it counts", "quote")


@lru_cache(maxsize=4)
def verdicts_of(dataset: Dataset) -> dict[str, str]:
    """Return for each reading that conflicts.csv judges whether to quote it."""
    told: dict[str, str] = {}
    for row in rows_of(dataset.table("conflicts")):
        words = QUOTED.get(str(row["verdict"]))
        for name, word in zip((str(row["reading_a"]), str(row["reading_b"])), words or (), strict=False):
            told[name] = min(told.get(name, word), word, key=GRAVITY.index)
    return told
