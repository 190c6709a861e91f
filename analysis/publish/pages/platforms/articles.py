"""Every figure of the three founding articles on platforms, with its window and what else was printed of it."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import day, listed, quote, window
from analysis.series.lookup import by_id

# The articles by year: the beginning of their readings' ids, and their table's caption.
ARTICLES = {
    2014: ("plat-seed2-", "Every figure of the article of 18 December 2014 on Taobao and the police"),
    2016: ("plat-seed3-", "Every figure of the China Daily article of 17 May 2016"),
    2017: ("plat-seed4-", "Every figure of the Xinhua article of 19 September 2017"),
}
COLUMNS = ("year", "reading_id", "unit", "what", "remark")
REFERENCE = re.compile(r"\[([\w-]+)\]")  # in a remark it stands for another reading's figure and window


def article_remarks(year: int) -> list[dict[str, str]]:
    """Return the rows of a founding article: reading_id, the unit in words, what is counted, a remark.

    Raises InputError where no founding article is of that year.
    """
    if year not in ARTICLES:
        raise InputError(
            f"No founding article on platforms is of {year}; they are of {listed([str(one) for one in ARTICLES])}."
        )
    rows = remarks("platform-articles", COLUMNS, key="reading_id")
    return [row for row in rows if row["year"] == str(year)]


def founding_rows(dataset: Dataset, year: int) -> list[dict[str, object]]:
    """Return the rows of a founding article's table: what, figure with hedge, window, remark.

    Raises
    ------
    InputError
        If no founding article is of that year, or the data hold a figure of it that the table of remarks lacks.
    """
    rows, ids = article_remarks(year), dataset.readings["reading_id"]
    lacking = set(ids[ids.str.startswith(ARTICLES[year][0])]) - {row["reading_id"] for row in rows}
    if lacking:
        raise InputError(
            f"remarks/platform-articles.csv has no row for reading {min(lacking)!r} of {year}; add it."
        )
    return [_row(dataset, row) for row in rows]


def _row(dataset: Dataset, row: dict[str, str]) -> dict[str, object]:
    """Return one figure as a row of the table, the references of its remark told.

    A reference may be retired: where it became the row's own reading, the two prints are one, and none is elsewhere.
    """
    name, elsewhere_ids = row["reading_id"], REFERENCE.findall(row["remark"])
    if name in map(dataset.current_id, elsewhere_ids):
        raise InputError(
            f"remarks/platform-articles.csv: the remark on {name!r} gives its own figure as another; take it out."
        )
    named = by_id(dataset, [name, *elsewhere_ids])

    def elsewhere(found: re.Match[str]) -> str:
        return f"{quote(named[found[1]], unit=False)} ({when(named[found[1]])})"

    reading = named[name]
    return {
        "Figure": f"{quote(reading, unit=False)} {row['unit']}",
        "What": row["what"],
        "Window": when(reading),
        "Remark": REFERENCE.sub(elsewhere, row["remark"]),
    }


def when(reading: pd.Series[Any]) -> str:
    """Write a reading's window for a table; what was not printed is said to be so."""
    start, end, note = reading["window_start"], reading["window_end"], str(reading["window_note"])
    if pd.isna(end):
        said_so = "" if note == "not given" else f" ({note})"
        return f"not printed{said_so}" if pd.isna(start) else f"from {day(start)}, no end printed"
    if reading["kind"] == "stock":
        return f"at {day(end)}"
    return day(end) if start == end else window(start, end)


def founding_table(dataset: Dataset, year: int) -> HtmlTable:
    """Return the table of a founding article. Raises InputError as `founding_rows` does."""
    return table(founding_rows(dataset, year), caption=ARTICLES[year][1], wide=True)
