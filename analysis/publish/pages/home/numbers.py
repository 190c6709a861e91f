"""The six numbers of the front page: the latest print, how many times an earlier one it is, and a small line."""

from __future__ import annotations

from html import escape

from analysis.dataset import Dataset
from analysis.publish.addresses import series_address
from analysis.publish.lines import in_words
from analysis.publish.moves import moved
from analysis.publish.pages.home.spark import spark
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable
from analysis.publish.words import quote
from analysis.series import BetweenYears, between_years, breaks_of, printed_years
from analysis.series.between_years import SINCE
from analysis.series.lookup import by_id
from analysis.series.runs import runs

COLUMNS = ("series_id", "name", "panel", "word")


def shown() -> list[dict[str, str]]:
    """Return the series of the front page with their names."""
    return remarks("home-numbers", COLUMNS, key="series_id")


def six_numbers(dataset: Dataset) -> HtmlTable:
    """Return the six numbers as tiles, each a link to its series; the stored text holds the same words."""
    tiles, lines = [], []
    for row in shown():
        found = between_years(dataset, row["series_id"])
        name = found.reading_ids[1]
        value = f"{quote(by_id(dataset, [name])[name], unit=False)} {row['word']}"
        since = f"{moved(found)} since {found.labels[0]}"
        lines.append(f"{row['name']}, {found.labels[1]}: {value}; {since} [{name}]")
        tiles.append(_tile(dataset, row, found, value, since))
    markup = f'<div class="numbers">\n{"".join(tiles)}</div>'
    return HtmlTable(markup, "\n".join(lines))


def _tile(dataset: Dataset, row: dict[str, str], found: BetweenYears, value: str, since: str) -> str:
    """Return one tile as markup."""
    years = printed_years(dataset, row["series_id"])
    parts = [run[run["year"] >= SINCE] for run in runs(years, breaks_of(dataset, row["series_id"]))]
    points = [list(zip(part["year"], part["value"], strict=True)) for part in parts if len(part)]
    address = escape(series_address(row["series_id"]))
    return (
        f'<a class="number" href="{address}"><span class="name">{escape(row["name"])}, '
        f'{escape(found.labels[1])}</span><span class="value">{escape(value)}</span>'
        f"{spark(points, in_words(years))}"
        f'<span class="since">{escape(since)}</span></a>\n'
    )
