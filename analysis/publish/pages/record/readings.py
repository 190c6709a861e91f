"""Readings in words: as they were printed and read, from when to when, where they stand, and how to quote them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.addresses import reading_address, source_address
from analysis.publish.links import source_link
from analysis.publish.names import names
from analysis.publish.pages.record.markup import link, linked, rows_table
from analysis.publish.quoting import NOT, QUOTE, Quoting, quoting
from analysis.publish.words import quote, window
from analysis.readings import intervals
from analysis.series.definition import with_sources

HEADS = ("published", "window", "in the series", "source", "may it be quoted")
ROLES = {"used": "used", "competing": "competing", "partial": "partial window", "set_aside": "set aside"}
BADGES = {QUOTE: "yes", NOT: "no"}

Row = dict[str, Any]
Member = tuple[Row, str, str]  # a reading with its role in a series and the reason


@lru_cache(maxsize=4)
def every_reading(dataset: Dataset) -> dict[str, Row]:
    """Return every reading as a row with low and high, by its id."""
    told = with_sources(dataset, dataset.readings)  # in which language a count is told decides its step
    frame = dataset.readings.assign(**intervals(told)[["low", "high"]])
    return {str(row["reading_id"]): {str(k): v for k, v in row.items()} for row in frame.to_dict("records")}


@lru_cache(maxsize=4)
def every_break(dataset: Dataset) -> dict[str, list[Row]]:
    """Return the breaks of each series and family by date, by its id; `breaks_of` for all of them at once."""
    found: dict[str, list[Row]] = {}
    for row in dataset.breaks.sort_values("date").to_dict("records"):
        for name in str(row["series"]).split(";"):
            found.setdefault(name, []).append({str(k): v for k, v in row.items()})
    return found


@lru_cache(maxsize=4)
def memberships(dataset: Dataset) -> dict[str, list[Row]]:
    """Return the rows of readings_series.csv of each reading, by its id."""
    found: dict[str, list[Row]] = {}
    for row in dataset.readings_series.astype(str).to_dict("records"):
        found.setdefault(row["reading_id"], []).append({str(k): v for k, v in row.items()})
    return found


def address(dataset: Dataset, reading_id: str) -> str:
    """Return where a reading stands; what is no reading is a sum of the official table, and leads to that source."""
    if row := every_reading(dataset).get(reading_id):
        return reading_address(str(row["source_id"]), reading_id)
    official = dataset.border_lines["source_id"]
    return source_address(str(official.iloc[0])) if len(official) else ""


def reading_link(dataset: Dataset, reading_id: str, says: str = "") -> str:
    """Return the link to a reading, with its id or other words."""
    return link(says or reading_id, address(dataset, reading_id))


def missing(value: object) -> bool:
    """Tell whether a cell holds nothing."""
    return value is None or value is pd.NaT or value != value  # NaN is not itself


def when(row: Row) -> str:
    """Return the window of a reading in words."""
    start, end = row["window_start"], row["window_end"]
    if row["kind"] == "stock" and missing(start) and not missing(end):
        return f"on {window(end, end).partition(' to ')[2]}"
    return window(start, end)


def source_cell(dataset: Dataset, source_id: str) -> str:
    """Return the source of a reading: its link and its tier."""
    return f'{linked(source_link(dataset, source_id))}<span class="aside">{escape(tiers(dataset)[source_id])}</span>'


@lru_cache(maxsize=4)
def tiers(dataset: Dataset) -> dict[str, str]:
    """Return the tier of each source in words, by its id."""
    words = names("tier")
    pairs = zip(dataset.sources["source_id"].astype(str), dataset.sources["tier"].astype(str), strict=True)
    return {name: words[tier] for name, tier in pairs}


def quoting_cell(dataset: Dataset, reading_id: str) -> str:
    """Return whether a reading may be quoted, why, and the others that it was judged beside."""
    found = quoting(dataset).get(reading_id)
    return "" if found is None else badge(found) + _why(dataset, found)


def badge(found: Quoting) -> str:
    """Return the answer as a badge."""
    css = {QUOTE: "yes", NOT: "no"}.get(found.word, "with")
    return f'<span class="quoting {css}">{escape(found.word)}</span>'


def _why(dataset: Dataset, found: Quoting) -> str:
    rows = every_reading(dataset)
    others = "; ".join(
        reading_link(dataset, one, f"{rows[one]['as_printed']} ({one})")
        for one in found.others
        if one in rows
    )
    said = ": ".join(part for part in (escape(found.why), others) if part)
    return f' <span class="aside">{said}</span>' if said else ""


def printed_cell(dataset: Dataset, row: Row) -> str:
    """Return the printed words, linked to the reading, and how they are read."""
    name = str(row["reading_id"])
    return f'{reading_link(dataset, name, str(row["as_printed"]))}<span class="aside">{escape(quote(row))}</span>'


def readings_table(dataset: Dataset, held: Iterable[Member], label: str) -> str:
    """Return the readings of a series as a table, each with what the series makes of it."""
    rows = []
    for row, role, why in held:
        name = str(row["reading_id"])
        cells = (
            printed_cell(dataset, row),
            escape(when(row)),
            f'{escape(ROLES[role])}<span class="aside">{escape(why)}</span>',
            source_cell(dataset, str(row["source_id"])),
            quoting_cell(dataset, name),
        )
        rows.append((f"r-{name}", cells))
    return rows_table(HEADS, rows, label)


def members(dataset: Dataset, series_id: str, unit: str = "") -> list[Member]:
    """Return the readings of a series, or of a unit of a family, each with role and reason, by window and id."""
    return _members(dataset).get((series_id, unit), [])


@lru_cache(maxsize=4)
def _members(dataset: Dataset) -> dict[tuple[str, str], list[Member]]:
    rows, far = every_reading(dataset), pd.Timestamp.max
    found: dict[tuple[str, str], list[Member]] = {}
    for name, told in memberships(dataset).items():
        for one in told:
            held = found.setdefault((one["series_id"], one["member"]), [])
            held.append((rows[name], one["role"], one["why"]))

    def place(one: Member) -> tuple[object, ...]:
        row = one[0]
        ends = (row["window_start"], row["window_end"])
        return (*(far if missing(end) else end for end in ends), str(row["reading_id"]))

    return {key: sorted(held, key=place) for key, held in found.items()}
