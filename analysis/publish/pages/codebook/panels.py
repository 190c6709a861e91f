"""The families of series: which unit is printed in which year, and where the holes are."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.series_words import FAMILIES
from analysis.publish.tables import HtmlTable, table
from analysis.series import families, printed_grid
from analysis.series.family_panel import HOLE, PRINTED, TOUCHED
from analysis.series.key import declared

MARKS = {PRINTED: "\u25cf", TOUCHED: "\u25cb", HOLE: ""}


def panels_table(dataset: Dataset) -> HtmlTable:
    """Return a row for each family of series: what its units are, how many, its years, and how full the grid is."""
    rows = []
    for family in families(dataset):
        grid = printed_grid(dataset, family)
        found = declared(dataset, family)
        printed = int((grid == PRINTED).to_numpy().sum())
        rows.append(
            {
                "family": family,
                "title": found.title,
                "years": _span(grid),
                "units": len(grid),
                "published": f"{printed / grid.size:.0%}" if grid.size else "",
                "with 3 years": int(((grid == PRINTED).sum(axis=1) >= 3).sum()),
            }
        )
    caption = (
        f"{len(rows)} families of series: units, years, and the share of unit-years that somebody published"
    )
    anchors = [f"family-{row['family']}" for row in rows]
    return table(
        rows, caption=caption, right=("units", "published", "with 3 years"), anchors=anchors, folded=True
    )


def panel_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a folded table of units by years for each family that has two units or more."""
    for family in families(dataset):
        grid = printed_grid(dataset, family)
        if len(grid) < 2:
            continue
        rows = [
            {"unit": unit.replace("_", " ")} | {str(year): MARKS[cell] for year, cell in cells.items()}
            for unit, cells in zip(map(str, grid.index), grid.to_dict("records"), strict=True)
        ]
        found = declared(dataset, family)
        caption = f"{found.title} ({family}, {FAMILIES[found.by]}): {len(grid)} units, {_span(grid)}"
        yield table(rows, caption=caption, wide=True, folded=True)


def _span(grid: pd.DataFrame) -> str:
    """Return the years of a grid in words."""
    return f"{grid.columns[0]} to {grid.columns[-1]}" if grid.size else ""
