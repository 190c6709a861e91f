"""The series in figures: what each was made from, how smooth it is, and what in it cannot all be true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.bands import band
from analysis.publish.pages.every_series.made import made
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import number
from analysis.series import Reconstruction, definition
from analysis.series.thresholds import LEAST_INFORMED

NO_YEAR = "Its windows inform no whole year."
NUMBERS = ("readings", "years estimated", "nobody prints", "well informed", "hatched", "doubted", "conflicts")


@dataclass(frozen=True)
class Told:
    """What is told of one reconstructed series: counts of its readings, years and doubts; sigma a month."""

    series_id: str
    title: str
    group: str
    readings: int
    first: str
    last: str
    years: int
    alone: int
    informed: int
    hatched: int
    sigma: float
    omega: float
    doubted: int
    conflicts: int


@lru_cache(maxsize=4)
def _all(dataset: Dataset) -> tuple[dict[str, Told], dict[str, str]]:
    """Return what is told of each reconstructed series, and the sentence on each that is not."""
    told, reasons = {}, {}
    for series_id, found in made(dataset).items():
        if isinstance(found, str):
            reasons[series_id] = found
            continue
        told[series_id] = _told(dataset, series_id, found)
        if told[series_id].years == 0:
            reasons[series_id] = NO_YEAR
    return told, reasons


def _told(dataset: Dataset, series_id: str, found: Reconstruction) -> Told:
    """Sum up one series."""
    years, summary, key = band(dataset, series_id), found.summary(), definition(dataset, series_id)
    return Told(
        series_id,
        key.title,
        key.group,
        len(found.observations),
        str(summary["first"]),
        str(summary["last"]),
        len(years),
        int((~years["printed"].astype(bool)).sum()),
        int((years["informed"] >= LEAST_INFORMED).sum()),
        int(years["hatched"].sum()),
        float(summary["sigma"]),
        float(summary["omega"]),
        int((found.core.variance > found.printed.variance).sum()),
        len(found.conflicts[["reading_a", "reading_b"]].drop_duplicates()),
    )


def summary_table(dataset: Dataset) -> HtmlTable:
    """Return one row a reconstructed series: readings, span, years, best smoothness, doubts and conflicts."""
    rows = [
        {
            "series": one.series_id,
            "title": one.title,
            "strand": SERIES_GROUPS[one.group],
            "readings": one.readings,
            "span": f"{one.first} to {one.last}",
            "years estimated": one.years,
            "nobody prints": one.alone,
            "well informed": one.informed,
            "hatched": one.hatched,
            "smoothness a month": f"{one.sigma:g} and {one.omega:g}",
            "doubted": one.doubted,
            "conflicts": one.conflicts,
        }
        for one in _all(dataset)[0].values()
    ]
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
        for series_id, why in sorted(_all(dataset)[1].items())
    ]
    return table(rows, caption="Series without a reconstructed year, and why", wide=True)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    told, reasons = _all(dataset)
    found = [one for one in told.values() if one.years]
    years = sum(one.years for one in found)
    return {
        "series": number(len(dataset.series)),
        "made": number(len(found)),
        "left_out": number(len(reasons)),
        "years": number(years),
        "alone": number(sum(one.alone for one in found)),
        "hatched": number(sum(one.hatched for one in found)),
        "doubted": number(sum(one.doubted for one in found)),
        "doubted_series": number(sum(one.doubted > 0 for one in found)),
        "conflicts": number(sum(one.conflicts for one in found)),
        "calm": number(sum(one.conflicts == 0 for one in found)),
    }
