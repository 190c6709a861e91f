"""A series by year without its frames: what is printed, what competes, what is estimated. Made for all series at once.

What a reading prints is told by readings_series.csv, which every release makes by the rule of `printed_years`; the
estimates are those of the tables that readers take away.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.bands import band, says_little
from analysis.publish.pages.record.readings import Row, every_break, members, missing
from analysis.publish.series_tables import COLUMNS, JOINT, unit_estimates, yearly_table
from analysis.publish.words import day, number
from analysis.readings.windows import decimal_year
from analysis.series import BetweenYears, readings_of, units_of
from analysis.series.between_years import SINCE
from analysis.series.key import UNIT_MARK, declared
from analysis.series.runs import first_year
from analysis.series.whole_years import FISCAL_FROM

PICKED = re.compile(r"(?:prints|picked for) (\d{4})")  # as readings_series.csv says it
YEAR = re.compile(r"(?:FY )?\d{4}")
RIVAL = re.compile(r"(\d{4}): .*; the two exclude each other")


class Print(NamedTuple):
    """A print on the axis of years: of a whole year at its number, of a stock on its day."""

    at: float
    label: str
    value: float
    low: float
    high: float
    words: str
    reading_id: str


class Box(NamedTuple):
    """An estimated year with its 90 percent band; `weak` where readings say little."""

    year: int
    label: str
    estimate: float
    lower: float
    upper: float
    weak: bool
    printed: bool
    informed: float


class Years(NamedTuple):
    """What is drawn of a series."""

    prints: tuple[Print, ...]
    rivals: tuple[Print, ...]
    boxes: tuple[Box, ...]


@lru_cache(maxsize=2048)
def years_of(dataset: Dataset, series_id: str) -> Years:
    """Return the years of a series, or of a unit of a family."""
    family, _, unit = series_id.partition(UNIT_MARK)
    key = declared(dataset, family)
    if key.drawn_from:
        return Years(_sums(dataset, series_id), (), ())
    name = "FY {}" if key.fiscal else "{}"
    prints, rivals = [], []
    for row, role, why in members(dataset, family, unit):
        if role == "used" and (found := PICKED.match(why)):
            prints.append(_print(row, int(found[1]), name.format(found[1])))
        elif role == "competing" and (found := RIVAL.match(why)):
            rivals.append(_print(row, int(found[1]), name.format(found[1])))
        elif role == "used" and key.kind == "stock" and not missing(row["window_end"]):
            prints.append(_print(row, decimal_year(row["window_end"]) - 0.5, day(row["window_end"])))
    return Years(tuple(sorted(prints)), tuple(sorted(rivals)), _boxes(dataset, series_id))


def _print(row: Row, at: float, label: str) -> Print:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return Print(at, label, value, low, high, str(row["as_printed"]), str(row["reading_id"]))


def _sums(dataset: Dataset, series_id: str) -> tuple[Print, ...]:
    """Return the sums of the official table, a fiscal year each; a sum of exact prints is exact."""
    rows = zip(
        *(readings_of(dataset, series_id)[name] for name in ("window_end", "value", "reading_id")),
        strict=True,
    )
    return tuple(
        Print(end.year, f"FY {end.year}", value, value, value, number(value), str(name))
        for end, value, name in rows
    )


@lru_cache(maxsize=4)
def yearly_rows(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return the years of each single series as readers take them away, by its id."""
    return {str(name): rows for name, rows in yearly_table(dataset).groupby("series", sort=False)}


def _boxes(dataset: Dataset, series_id: str) -> tuple[Box, ...]:
    """Return the estimated years of a series, those of its chart and its CSV."""
    if UNIT_MARK in series_id:
        return _boxes_of_units(dataset).get(series_id, ())
    if (rows := yearly_rows(dataset).get(series_id)) is None:
        return ()
    rows = rows[rows["estimate"].notna()]
    weak = dict(zip(rows["period"], says_little(rows), strict=True))
    alone = rows["printed"].isna() & ~says_little(rows)
    if series_id in every_break(dataset) and alone.any():  # it may be known from windows across a break alone
        hatched = band(dataset, series_id).set_index("year")["hatched"]
        weak = {name: bool(hatched[int(str(name)[-4:])]) for name in weak}
    return tuple(
        Box(
            int(row["period"][-4:]), row["period"].replace("FY", "FY "), row["estimate"], row["lower"], row["upper"],
            bool(weak[row["period"]]), not math.isnan(row["printed"]), row["informed"],
        )
        for row in rows.to_dict("records")
    )  # fmt: skip


@lru_cache(maxsize=4)
def _boxes_of_units(dataset: Dataset) -> dict[str, tuple[Box, ...]]:
    """Return the estimated years of the units of families, by their ids."""
    found: dict[str, list[Box]] = {}
    for row in unit_estimates(dataset).to_dict("records"):
        name, year = str(row["series"]), int(row["year"])
        label = f"FY {year}" if declared(dataset, name.partition(UNIT_MARK)[0]).fiscal else str(year)
        ends = (row["estimate"], row["lower"], row["upper"])
        box = Box(year, label, *ends, bool(row["hatched"]), bool(row["printed"]), row["informed"])
        found.setdefault(name, []).append(box)
    return {name: tuple(boxes) for name, boxes in found.items()}


def unit_rows(dataset: Dataset, family: str) -> pd.DataFrame:
    """Return the units of a family by year, as `yearly_table` tells single series, named family/unit."""
    rows = [
        row for unit in units_of(dataset, family) for row in _of_unit(dataset, f"{family}{UNIT_MARK}{unit}")
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(COLUMNS[2:9], float))


def _of_unit(dataset: Dataset, series_id: str) -> Iterator[tuple[object, ...]]:
    """Yield each year of a unit that is printed as a whole or estimated."""
    found = years_of(dataset, series_id)
    prints = {one.label: one for one in found.prints if YEAR.fullmatch(one.label)}
    boxes = {one.label: one for one in found.boxes}
    family, _, unit = series_id.partition(UNIT_MARK)
    key = declared(dataset, family)
    met = [
        (str(row["reading_id"]), *_years_met(row, fiscal=key.fiscal))
        for row in counts_of(dataset, family, unit, key.kind)
    ]
    for label in sorted({*prints, *boxes}, key=lambda one: one[-4:]):
        one, box, year = prints.get(label), boxes.get(label), int(label[-4:])
        whole = sorted(name for name, first, last, exact in met if exact and first == last == year)
        ids = whole or sorted(name for name, first, last, _ in met if first <= year <= last)
        picked = [one.reading_id] if one else []
        yield (
            series_id, label.replace(" ", ""), *((one.value, one.low, one.high) if one else (math.nan,) * 3),
            *((box.estimate, box.lower, box.upper, box.informed) if box else (math.nan,) * 4),
            JOINT.join([*picked, *(name for name in ids if name not in picked)]),
        )  # fmt: skip


def counts_of(dataset: Dataset, family: str, unit: str, kind: str) -> list[Row]:
    """Return the readings of a unit that are of its `kind`: not the growth rates that inform a count."""
    return [
        row for row, _, _ in members(dataset, family, unit) if (row["kind"] == "change") == (kind == "change")
    ]


def _years_met(row: Row, *, fiscal: bool) -> tuple[int, int, bool]:
    """Return the first and the last year that a window meets, and whether it is exactly a year."""
    start, end = row["window_start"], row["window_end"]
    if missing(end):
        return 0, -1, False
    begun = end if missing(start) else start
    first, last = (day.year + int(fiscal and day.month >= FISCAL_FROM) for day in (begun, end))
    ends = ((10, 1), (9, 30)) if fiscal else ((1, 1), (12, 31))
    return first, last, ((begun.month, begun.day), (end.month, end.day)) == ends


def moved_between(dataset: Dataset, series_id: str) -> BetweenYears | None:
    """Return how the print moved since 2010 in the present way of counting, as `between_years`; None if it cannot."""
    prints, key = years_of(dataset, series_id).prints, declared(dataset, series_id)
    if key.kind == "stock" or not prints:
        return None
    last = prints[-1]
    starts = [first_year(row["date"], fiscal=key.fiscal) for row in every_break(dataset).get(series_id, [])]
    begun = max([SINCE, *(year for year in starts if year <= last.at)])
    first = next((one for one in prints if one.at >= begun), last)
    if first.at >= last.at or first.low <= 0:
        return None
    return BetweenYears(
        series_id=series_id, first=int(first.at), last=int(last.at), labels=(first.label, last.label),
        before=(first.value, first.low, first.high), after=(last.value, last.low, last.high),
        factor=last.value / first.value, low=last.low / first.high, high=last.high / first.low,
        reading_ids=(first.reading_id, last.reading_id),
    )  # fmt: skip
