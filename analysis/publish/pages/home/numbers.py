"""The six numbers of the front page: the latest print, how many times an earlier one it is, and a small line."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import chinese
from analysis.publish.addresses import series_address
from analysis.publish.lines import in_words
from analysis.publish.moves import moved
from analysis.publish.names import names
from analysis.publish.pages.home import in_chinese
from analysis.publish.pages.home.spark import spark
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable
from analysis.publish.words import quote
from analysis.series import BetweenYears, PrintedYears, between_years, breaks_of, printed_years
from analysis.series.between_years import SINCE
from analysis.series.lookup import by_id
from analysis.series.runs import runs

COLUMNS = ("series_id", "name", "panel", "word")


def shown() -> list[dict[str, str]]:
    """Return the series of the front page with their names."""
    return remarks("home-numbers", COLUMNS, key="series_id")


@dataclass(frozen=True)
class Tile:
    """The words of one number: whose it is and of which year, the print, how it moved, and its small line in words."""

    name: str
    value: str
    since: str
    alt: str


def six_numbers(dataset: Dataset, language: str = "en") -> HtmlTable:
    """Return the six numbers as tiles, each a link to its series; the stored text holds the same words."""
    tiles, lines = [], []
    for row in shown():
        found, years = between_years(dataset, row["series_id"]), printed_years(dataset, row["series_id"])
        say = (_english if language == "en" else _chinese)(dataset, row, found, years)
        lines.append(f"{say.name}: {say.value}; {say.since} [{found.reading_ids[1]}]")
        tiles.append(_tile(dataset, say, years))
    markup = f'<div class="numbers">\n{"".join(tiles)}</div>'
    return HtmlTable(markup, "\n".join(lines))


def _latest(dataset: Dataset, found: BetweenYears) -> pd.Series[Any]:
    """Return the later print of a move."""
    return by_id(dataset, [found.reading_ids[1]])[found.reading_ids[1]]


def _english(dataset: Dataset, row: dict[str, str], found: BetweenYears, years: PrintedYears) -> Tile:
    """Return a number's words in English."""
    return Tile(
        f"{row['name']}, {found.labels[1]}", f"{quote(_latest(dataset, found), unit=False)} {row['word']}",
        f"{moved(found)} since {found.labels[0]}", in_words(years),
    )  # fmt: skip


def _chinese(dataset: Dataset, row: dict[str, str], found: BetweenYears, years: PrintedYears) -> Tile:
    """Return a number's words in Chinese."""
    name, word = (names(f"home {what}", "zh")[row["series_id"]] for what in ("name", "word"))
    return Tile(
        f"{name}，{chinese.year(found.labels[1])}", f"{chinese.quote(_latest(dataset, found), unit=False)}{word}",
        f"自{chinese.year(found.labels[0])}以来{chinese.moved(found)}", in_chinese.in_words(years),
    )  # fmt: skip


def _tile(dataset: Dataset, say: Tile, years: PrintedYears) -> str:
    """Return one tile as markup."""
    series_id = years.definition.series_id
    parts = [run[run["year"] >= SINCE] for run in runs(years, breaks_of(dataset, series_id))]
    points = [list(zip(part["year"], part["value"], strict=True)) for part in parts if len(part)]
    address = escape(series_address(series_id))
    return (
        f'<a class="number" href="{address}"><span class="name">{escape(say.name)}</span>'
        f'<span class="value">{escape(say.value)}</span>{spark(points, say.alt)}'
        f'<span class="since">{escape(say.since)}</span></a>\n'
    )
