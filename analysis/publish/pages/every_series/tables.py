"""The series in figures: what each was made from, how smooth it is, and what in it cannot all be true."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.bands import band
from analysis.publish.pages.every_series.panels import made
from analysis.publish.tables import HtmlTable, keyed, table
from analysis.publish.words import number
from analysis.series import Reconstruction, definition
from analysis.series.thresholds import LEAST_INFORMED

NO_YEAR = "Its windows inform no whole year."
NUMBERS = ("readings", "years estimated", "nobody prints", "well informed", "hatched", "doubted", "conflicts")


@lru_cache(maxsize=4)
def facts(dataset: Dataset) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return what is told of each reconstructed series, and the sentence on each that has no year.

    A row a series, by its id: title, strand, span and smoothness in words, and the counts in `NUMBERS`.
    """
    found = made(dataset)
    rows = {name: _facts(dataset, name, one) for name, one in found.items() if not isinstance(one, str)}
    told = pd.DataFrame.from_dict(rows, orient="index")
    reasons = {name: one for name, one in found.items() if isinstance(one, str)}
    return told, reasons | dict.fromkeys(told.index[told["years estimated"] == 0], NO_YEAR)


def _facts(dataset: Dataset, series_id: str, found: Reconstruction) -> dict[str, object]:
    """Sum up one series."""
    years, summary, key = band(dataset, series_id), found.summary(), definition(dataset, series_id)
    return {
        "title": key.title,
        "strand": SERIES_GROUPS[key.group],
        "readings": len(found.observations),
        "span": f"{summary['first']} to {summary['last']}",
        "years estimated": len(years),
        "nobody prints": int((~years["printed"].astype(bool)).sum()),
        "well informed": int((years["informed"] >= LEAST_INFORMED).sum()),
        "hatched": int(years["hatched"].sum()),
        "smoothness a month": f"{float(summary['sigma']):g} and {float(summary['omega']):g}",
        "doubted": int((found.core.variance > found.printed.variance).sum()),
        "conflicts": len(found.conflicts[["reading_a", "reading_b"]].drop_duplicates()),
    }


def summary_table(dataset: Dataset) -> HtmlTable:
    """Return one row a reconstructed series: readings, span, years, best smoothness, doubts and conflicts."""
    rows = list(keyed(facts(dataset)[0].rename_axis("series").reset_index(), "series").values())
    caption = f"The {len(rows)} reconstructed series: what each rests on"
    return table(rows, caption=caption, right=NUMBERS, wide=True, folded=True)


def left_out_table(dataset: Dataset) -> HtmlTable:
    """Return the series without a reconstructed year, each with the reason."""
    rows = [
        {
            "series": series_id,
            "title": definition(dataset, series_id).title,
            "why": why.removeprefix(f"Series {series_id!r} cannot be reconstructed: "),
        }
        for series_id, why in sorted(facts(dataset)[1].items())
    ]
    return table(rows, caption="Series without a reconstructed year, and why", wide=True)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    told, reasons = facts(dataset)
    found = told[told["years estimated"] > 0]
    return {
        "series": number(len(dataset.series)),
        "made": number(len(found)),
        "left_out": number(len(reasons)),
        "years": number(int(found["years estimated"].sum())),
        "alone": number(int(found["nobody prints"].sum())),
        "hatched": number(int(found["hatched"].sum())),
        "doubted": number(int(found["doubted"].sum())),
        "doubted_series": number(int((found["doubted"] > 0).sum())),
        "conflicts": number(int(found["conflicts"].sum())),
        "calm": number(int((found["conflicts"] == 0).sum())),
    }
