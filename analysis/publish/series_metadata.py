"""What a reader must know of one series, as data: definition, origins, processing, breaks, licence and citation.

It lies beside the CSV of the series under the same name, as the metadata of a chart do at Our World in Data.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.citation import LICENCE, LICENCE_ADDRESS, series_citation
from analysis.publish.links import host, source_words
from analysis.publish.words import UNIT_WORDS, listed
from analysis.series import Definition, breaks_of, definition, readings_of, units_of
from analysis.series.families import families
from analysis.series.key import UNIT_MARK, declared
from analysis.series.printed_years import RULE

PROCESSING = (
    f"Published figures are kept as published, with the interval that their wording allows. Published years: {RULE}. "
    "Estimates: all windows of the series together, a random walk of the monthly rate with noise, 90 percent bands; "
    "an estimate whose band is wider than a factor of ten is left blank, and a unit of a family is estimated where "
    "one of its windows is no whole year. Every count is of recorded enforcement: "
    "offences times the effort spent on them."
)
COLUMNS = {
    "series": "id of the series; of a unit of a family, family/unit",
    "period": "year, US fiscal year (FY, October to September) or month",
    "printed": "the figure published for the whole period, in the unit of the series",
    "low": "least value that its wording allows",
    "high": "greatest value that its wording allows",
    "estimate": "what all windows together say of the period",
    "lower": "lower end of its 90 percent band",
    "upper": "upper end of its 90 percent band",
    "informed": "share of the period that the windows inform, 0 to 1",
    "reading_ids": "figures of the whole period, the picked one first; if none, the readings whose windows meet it",
}


def series_metadata(dataset: Dataset, series_id: str) -> dict[str, Any]:
    """Return the metadata of a series or a family, of texts, numbers, lists and dictionaries alone.

    Raises
    ------
    InputError
        If the series is unknown.
    """
    family = series_id in families(dataset)
    key = (declared if family else definition)(dataset, series_id)
    readings = _of_family(dataset, key) if family else readings_of(dataset, series_id)
    return {
        "id": key.series_id,
        "title": key.title,
        "subtitle": _subtitle(key),
        "unit": UNIT_WORDS.get(key.unit, key.unit),
        "definition": _definition(key),
        "processing": PROCESSING,
        **({"by": key.by, "units": list(units_of(dataset, series_id))} if family else {}),
        "caveats": key.caveats,
        "breaks": _breaks(dataset, key.series_id),
        "readings": len(readings),
        "origins": _origins(dataset, readings),
        "columns": COLUMNS,
        "licence": {"name": LICENCE, "address": LICENCE_ADDRESS},
        "version": dataset.version,
        "released": dataset.released,
        "fingerprint": dataset.fingerprint,
        "citation": series_citation(dataset, series_id),
    }


def _of_family(dataset: Dataset, key: Definition) -> pd.DataFrame:
    """Return the readings of all units of a family, each once."""
    if key.drawn_from:
        names = [f"{key.series_id}{UNIT_MARK}{unit}" for unit in units_of(dataset, key.series_id)]
        return pd.concat([readings_of(dataset, name) for name in names])
    rows = dataset.readings_series
    held = rows.loc[rows["series_id"] == key.series_id, "reading_id"]
    return dataset.readings[dataset.readings["reading_id"].isin(set(held))]


def _subtitle(key: Definition) -> str:
    """Say what is counted, by whom and how often."""
    by = f", by {listed(list(key.reporters))}" if key.reporters else ""
    often = key.frequency.replace("_", " ")
    return f"{key.counts[:1].upper()}{key.counts[1:]}{by}, {often}, {SERIES_GROUPS[key.group]}"


def _definition(key: Definition) -> dict[str, Any]:
    """Return what a reading must hold to belong to the series; a blank word takes readings without one."""
    return {
        "counts": key.counts,
        "kind": key.kind,
        "frequency": key.frequency,
        "reporters": list(key.reporters),
        "jurisdiction": key.jurisdiction,
        "indicators": list(key.indicators),
        "dimensions": {name: list(words) for name, words in key.key.items()},
        "channels": list(key.channels),
        "set_aside": list(key.set_aside),
        "controls": list(key.controls),
    }


def _breaks(dataset: Dataset, series_id: str) -> list[dict[str, str]]:
    """Return the days from which something else was counted."""
    return [
        {
            "date": f"{row['date']:%Y-%m-%d}", "what_changed": str(row["what_changed"]),
            "certainty": str(row["certainty"]), "source": str(row["source_id"]),
        }
        for _, row in breaks_of(dataset, series_id).iterrows()
    ]  # fmt: skip


def _origins(dataset: Dataset, readings: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the sources of the readings, each once with the number of its readings, the most used first.

    A copy says so and names its host, for it may be gone, or be another text, by the time that it is looked up.
    """
    counts = readings["source_id"].astype(str).value_counts()
    rows = dataset.sources.set_index("source_id")
    found = []
    for name in sorted(counts.index, key=lambda one: (-counts[one], one)):
        row, words = rows.loc[name], source_words(dataset, name)
        found.append(
            {
                "id": name, "label": words.label, "publisher": str(row["publisher"]), "title": str(row["title"]),
                "published": str(row["published"]), "address": words.url, "host": host(words.url),
                "tier": str(row["tier"]), "copy": words.copy, "language": str(row["language"]),
                "readings": int(counts[name]),
            }
        )  # fmt: skip
    return found
