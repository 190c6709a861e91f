"""Which measures could have moved which series, and when: by the columns `reach` and `edition_of` of measures.csv.

A measure touches a series that shares a subject, a channel and a place with it (the rule stands in
`analysis.dataset.coding_rules`). A wide subject holds its parts: a law on trademarks touches all IPR cases. Controls
(all crimes, other crimes, all cases) hold none, so that only what is about every crime touches them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.coding_rules import REACH_CHANNELS, REACH_PLACES, REACH_SUBJECTS
from analysis.errors import InputError, shown
from analysis.scrutiny.hypothesis import period_of
from analysis.series import Definition, definition

_RIGHTS = frozenset(
    {
        "trademark",
        "copyright",
        "patent",
        "trade_secret",
        "unfair_competition",
        "plant_variety",
        "geographical_indication",
        "technology_contract",
        "other_ip",
    }
)
_SHODDY = frozenset({"counterfeit_and_shoddy", "food_drug", "quality"})
_FAKES = frozenset({"counterfeit_goods", "trademark", "counterfeit_and_shoddy"})
_MIXED = _RIGHTS | _SHODDY | _FAKES
# The parts of the subjects that hold several; any other holds itself.
PARTS: dict[str, frozenset[str]] = {
    "ipr": _RIGHTS | {"ipr", "counterfeit_goods"},
    "counterfeit_goods": _FAKES,
    "counterfeit_and_shoddy": _SHODDY,
    "ipr_and_counterfeit": _MIXED | {"ipr", "ipr_and_counterfeit"},
    "food_drug_environment_ipr": _MIXED | {"ipr", "ipr_and_counterfeit", "food_drug_environment_ipr"},
    "fraud": frozenset({"fraud", "counterfeit_goods"}),
}
CONTROLS = frozenset({"all_crime", "economic_crime", "other_crime", "all_cases"})
MEMBERS = [  # of the EU
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
_ABROAD, _CHINA = "ZZ", ("CN", "HK")


@dataclass(frozen=True)
class Reach:
    """What can be touched, or is counted: subjects, channels and places (None for channels: any)."""

    subjects: frozenset[str]
    channels: frozenset[str] | None
    places: frozenset[str]


@lru_cache(maxsize=1024)
def reach_of_measure(cell: str) -> Reach:
    """Return what a cell of the column reach says; nothing where it is blank."""
    words = frozenset(str(cell).split(";")) - {""}
    subjects = words & set(REACH_SUBJECTS)
    parts = frozenset().union(*(PARTS.get(one, frozenset({one})) for one in subjects))
    if "all_crime" in subjects:
        parts |= CONTROLS | _MIXED | PARTS["food_drug_environment_ipr"]
    return Reach(parts, words & set(REACH_CHANNELS), words & set(REACH_PLACES))


def reach_of_series(series: Definition) -> Reach:
    """Return what a series counts, by its own key."""
    subjects = frozenset().union(*(PARTS.get(one, frozenset({one})) for one in series.key.get("subject", ())))
    tracks = set(series.key.get("track", ()))
    channels: frozenset[str] | None = frozenset(tracks & set(REACH_CHANNELS))
    if "all_courts" in tracks:
        channels = frozenset({"criminal", "civil", "administrative"})
    if series.group == "platforms":
        channels = (channels or frozenset()) | {"platform"}
    country = series.jurisdiction.split("-")[0]
    places = {series.jurisdiction, country} | ({"EU"} if country in MEMBERS else set())
    origins = set(series.key.get("origin", ())) - {""}
    chinese = not origins or bool(origins & set(_CHINA))
    if "border" in tracks and country != "CN" and chinese:
        places.add(_ABROAD)
    return Reach(subjects, channels or None, frozenset(places))


@checked
def touches(dataset: Dataset, measure_id: str, series_id: str) -> bool:
    """Tell whether a measure could move a series.

    Raises
    ------
    InputError
        If there is no such measure or series.
    """
    rows = dataset.measures[dataset.measures["measure_id"] == measure_id]
    if rows.empty:
        raise InputError(f"measures.csv has no row {shown(measure_id)}; give an id of its first column.")
    return overlap(
        reach_of_measure(str(rows["reach"].iloc[0])), reach_of_series(definition(dataset, series_id))
    )


def overlap(measure: Reach, series: Reach) -> bool:
    """Tell whether a measure's reach and what a series counts share a subject, a channel and a place."""
    channel = series.channels is None or bool(measure.channels and measure.channels & series.channels)
    return channel and bool(measure.subjects & series.subjects) and bool(measure.places & series.places)


@lru_cache(maxsize=1024)
def touching(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the measures that could move a series: measure_id, kind, edition_of, first and last period, touched.

    A period is the year, or the fiscal year where the series runs over them, of the effective date, or of the
    announcement where no other is known; a year alone can lie in two fiscal years. Measures without a date are left
    out; editions are among them, with the first one's id.
    """
    return pd.DataFrame(_touching(dataset, series_id), columns=Touch._fields)


class Touch(NamedTuple):
    """A measure that could move a series, as a row of `touching`."""

    measure_id: str
    kind: str
    edition_of: str
    first: int
    last: int


@lru_cache(maxsize=1024)
def _touching(dataset: Dataset, series_id: str) -> list[Touch]:
    """Return the rows of `touching`."""
    series = definition(dataset, series_id)
    counted = reach_of_series(series)
    rows = []
    for date, reach, name, kind, first in _dated(dataset):
        if overlap(reach_of_measure(reach), counted):
            rows.append(Touch(name, kind, first, *period_of(date, fiscal=series.fiscal)))
    return rows


@lru_cache(maxsize=16)
def _dated(dataset: Dataset) -> list[tuple[str, ...]]:
    """Return the measures that have a date: it, their reach, id, kind and the measure they are an edition of."""
    rows = dataset.measures.astype(str).to_dict("records")
    found = [(row["effective"] or row["announced"], row) for row in rows]
    return [
        (date, *(row[c] for c in ("reach", "measure_id", "kind", "edition_of")))
        for date, row in found
        if date
    ]


def starting(dataset: Dataset, series_id: str, first: int, last: int) -> tuple[str, ...]:
    """Return the measures that could move a series and begin in periods `first` to `last`, no later edition."""
    rows = _touching(dataset, series_id)
    return tuple(
        one.measure_id for one in rows if one.first <= last and one.last >= first and not one.edition_of
    )
