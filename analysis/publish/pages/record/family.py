"""The page of a family of series: its units one below the other, each with its printed years and its readings."""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.addresses import series_address
from analysis.publish.citation import series_citation
from analysis.publish.names import unit_name
from analysis.publish.pages.record.chart import year_chart
from analysis.publish.pages.record.markup import Article, link, listing, paragraph, part, rows_table
from analysis.publish.pages.record.pairs import HEADS, known_pairs
from analysis.publish.pages.record.readings import members, readings_table
from analysis.publish.pages.record.series import (
    breaks_part,
    definition_list,
    files_of,
    latest,
    questions_part,
    ways,
    years_table,
)
from analysis.publish.pages.record.years import unit_rows, years_of
from analysis.publish.words import counted
from analysis.series import units_of
from analysis.series.key import UNIT_MARK, declared

NOTE = (
    "Dots are published years, pale bars what their hedge allows; a box is the year's 90 percent band from all "
    "windows, with a dash at the estimate where nobody published the year, broken where readings say little."
)
PRINTS_ALONE = (
    "Dots are published years, pale bars what their hedge allows. All are of whole years: none is estimated."
)


def family_article(dataset: Dataset, family: str) -> Article:
    """Return the page of a family.

    Raises
    ------
    InputError
        If there is no such family.
    """
    key, units = declared(dataset, family), units_of(dataset, family)
    rows = unit_rows(dataset, family)
    ids = [f"{family}{UNIT_MARK}{unit}" for unit in units]
    jumps = ", ".join(
        link(unit_name(unit), series_address(name)) for unit, name in zip(units, ids, strict=True)
    )
    lead = f"{counted(len(units), 'series', 'series').capitalize()} by {key.by}:"
    return Article(
        key.title,
        "".join(
            (
                f"<h1>{escape(key.title)}</h1>",
                f'<p class="lead">{escape(lead)} {jumps}.</p>',
                ways(dataset, family),
                part("What is counted", definition_list(dataset, key), paragraph(key.caveats)),
                breaks_part(dataset, family),
                *(_unit(dataset, name, rows[rows["series"] == name]) for name in ids),
                *(questions_part(dataset, name) for name in ids),
                _code(dataset, family),
            )
        ),
    )


def _unit(dataset: Dataset, name: str, rows: pd.DataFrame) -> str:
    """Return one unit of a family under its own heading."""
    family, _, unit = name.partition(UNIT_MARK)
    held, drawn = members(dataset, family, unit), year_chart(dataset, name)
    pairs = [("", cells) for _, cells in known_pairs(dataset, {str(row["reading_id"]) for row, _, _ in held})]
    title, note = unit_name(unit), NOTE if years_of(dataset, name).boxes else PRINTS_ALONE
    years = years_table(dataset, rows, f"Years of {title}") if len(rows) else None
    readings = (
        f"<details><summary>{len(held):,} {'figures' if len(held) > 1 else 'figure'}</summary>"
        f"{readings_table(dataset, held, f'Readings of {title}')}"
        f"{rows_table(HEADS, pairs, 'Readings that do not go together') if pairs else ''}</details>"
    )
    return part(
        title,
        paragraph(latest(dataset, name)),
        f'<figure class="years">{drawn}<figcaption>{note}</figcaption></figure>' if drawn else "",
        ways(dataset, name),
        f"<details><summary>Years as a table</summary>{years._repr_html_()}</details>" if years else "",
        readings if held else "",
        anchor=unit,
    )


def _code(dataset: Dataset, family: str) -> str:
    """Return the line of code, the tables, and how to cite."""
    code = f'import analysis\n\ndata = analysis.load()\nanalysis.series.panel(data, "{family}")'
    return part(
        "Take it away",
        listing(files_of(family)),
        f"<pre>{escape(code)}</pre>",
        paragraph(series_citation(dataset, family)),
    )
