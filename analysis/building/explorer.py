"""What the page "Explorer" draws: an index and one small file a series, as scripts of the site's own.

    explorer/index.js          every series and unit, denominators by year, measures, how to cite
    explorer/ID.js             one series: years, readings with their windows, breaks, what it may be divided by
    explorer/FAMILY/UNIT.js    the same of a unit of a family

A script that hands over its content stands for JSON because browsers let no page that was opened from a folder fetch
a file, while a script of the same folder loads; Sphinx brings its search index in the same way. The years are the rows
of series/ID.csv, cell by cell. Words of the data are strings here and become text nodes there, never markup.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pandas as pd

from analysis.building.explorer_readings import exact, readings_told, rows_of, safe
from analysis.building.series_downloads import table_file
from analysis.dataset import Dataset
from analysis.dataset.code import page_code
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish.citation import citation
from analysis.publish.links import source_link
from analysis.publish.names import unit_name
from analysis.publish.pages.record.readings import every_break
from analysis.publish.pages.record.years import unit_rows, years_of
from analysis.publish.series_tables import yearly_table
from analysis.publish.words import UNIT_WORDS
from analysis.scrutiny.reach import touching
from analysis.series import (
    DENOMINATORS,
    Definition,
    definition,
    denominator,
    has_years,
)
from analysis.series.families import families, single_series
from analysis.series.key import UNIT_MARK, declared
from analysis.series.runs import first_year
from analysis.series.store import Recipe, kept

FOLDER = "explorer"
OPENS = ("us-msrp",)  # what the page shows before anything is chosen
# What may stand below a count: trade below what customs stop, people and output below anything.
BORDERS = {"china_customs", "us_border", "eu_border", "japan_border", "other_borders"}
TRADE = {
    "goods_exports_usd", "goods_exports_cny", "goods_imports_usd", "imports_value", "entry_summaries",
    "de_minimis_shipments",
}  # fmt: skip
ANYWHERE = {"gdp_current_usd", "population"}
PLACES = {"CN": "China", "EU": "the EU", "US": "the United States"}
# Units that are rates already, and kinds that no year adds up.
NO_COUNTS = {"percent", "percentage_point", "ratio", "year"}
LEAST_YEARS = 2  # that a denominator must share with a series
SCRIPT = "explorer.take({},{});\n"


def write_explorer(dataset: Dataset, site: Path) -> list[Path]:
    """Write the data of the Explorer into the folder of a site; list what was written."""
    written = []
    for name, content in cast("dict[str, bytes]", kept(recipe(dataset))).items():
        path = site / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def recipe(dataset: Dataset) -> Recipe:
    """Return how the files are made."""
    return Recipe("files-of-explorer", explorer_files, (dataset, citation(dataset), page_code(__name__)))


def explorer_files(dataset: Dataset, cite: str, *_: str) -> dict[str, bytes]:
    """Return every file of the Explorer by its name below its folder; `cite` is how the data are cited."""
    units = {name: unit_rows(dataset, name) for name in families(dataset)}
    return series_scripts(dataset, single_series(dataset), yearly_table(dataset), cite, units)


def series_scripts(
    dataset: Dataset, names: Iterable[str], yearly: pd.DataFrame, cite: str,
    units: Mapping[str, pd.DataFrame] | None = None,
) -> dict[str, bytes]:  # fmt: skip
    """Return the index and a file for each of `names`, whose years are those rows of `yearly`, and for each of `units`.

    `units` holds the years of each family's units.

    Raises
    ------
    InputError
        If a series is unknown.
    """
    told = {name: series_told(dataset, name, yearly[yearly["series"] == name]) for name in names}
    entries = [_entry(definition(dataset, name), one["years"]) for name, one in told.items()]
    of_families = []
    for family, rows in (units or {}).items():
        by_name = dict(iter(rows.groupby("series", sort=False)))
        held = {str(name): series_told(dataset, str(name), mine) for name, mine in by_name.items()}
        of_families.append(_family_entry(dataset, family, held))
        told |= held
    index = {
        "cite": cite,
        "opens": [name for name in OPENS if name in told] or list(told)[:1],
        "groups": SERIES_GROUPS,
        "series": entries,
        "families": of_families,
        "denominators": _denominators(dataset, {key for one in told.values() for _, key in one["per"]}),
        "measures": _measures(dataset, {name for one in told.values() for name in one["measures"]}),
    }
    files = {f"{name}.js": _script(name, one) for name, one in told.items()}
    return {"index.js": _script("index", index), **files}


def _script(name: str, told: dict[str, Any]) -> bytes:
    """Return a script that hands `told` over under its name; only ASCII, so that no encoding matters."""
    words = (json.dumps(one, allow_nan=False, separators=(",", ":")) for one in (name, told))
    return SCRIPT.format(*words).encode("ascii")


def _entry(key: Definition, years: list[list[Any]]) -> dict[str, Any]:
    """Return a series as the list to choose from tells it."""
    return {
        "id": key.series_id,
        "title": key.title,
        "counts": key.counts,
        "unit": UNIT_WORDS.get(key.unit, key.unit),
        "group": key.group,
        "by": ", ".join(key.reporters),
        "place": key.jurisdiction,
        "fiscal": key.fiscal,
        "since": years[0][0] if years else None,
        "until": years[-1][0] if years else None,
    }


def _family_entry(dataset: Dataset, family: str, told: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a family as `_entry` does, with its units as [unit, its name, first year, last year]."""
    units = []
    for name, one in told.items():
        unit, years = name.partition(UNIT_MARK)[2], one["years"]
        units.append([unit, unit_name(unit), years[0][0] if years else None, years[-1][0] if years else None])
    return _entry(declared(dataset, family), []) | {"units": units}


def series_told(dataset: Dataset, series_id: str, rows: pd.DataFrame) -> dict[str, Any]:
    """Return what is drawn of one series; `rows` are its rows of the yearly table."""
    key = definition(dataset, series_id)
    years = _years(dataset, key, rows)
    return {
        "years": years,
        "readings": readings_told(dataset, key),
        "breaks": _breaks(dataset, key),
        "measures": sorted(touching(dataset, series_id)["measure_id"].astype(str)),
        "caveats": key.caveats,
        "per": _below(dataset, key, [row[0] for row in years]),
        "controls": _controls(dataset, key),
    }


def _breaks(dataset: Dataset, key: Definition) -> list[list[Any]]:
    """Return the days on which the count changed as [day, what changed, the first year counted anew]."""
    told = every_break(dataset).get(key.series_id.partition(UNIT_MARK)[0], [])
    return [
        [f"{row['date']:%Y-%m-%d}", str(row["what_changed"]), first_year(row["date"], fiscal=key.fiscal)]
        for row in told
    ]


def _years(dataset: Dataset, key: Definition, rows: pd.DataFrame) -> list[list[Any]]:
    """Return years as [year, label, run, hatched, printed, low, high, estimate, lower, upper, informed, readings].

    Printed years of one run are consecutive and counted alike; a year that nobody prints has none.
    """
    anew = {first for _, _, first in _breaks(dataset, key)}
    hatched = {box.year for box in years_of(dataset, key.series_id).boxes if box.weak}
    told: list[list[Any]] = []
    run, last = -1, -1
    for row in csv.DictReader(io.StringIO(table_file(rows).decode("utf-8-sig"))):
        year = int(row["period"].removeprefix("FY"))
        numbers = [_number(row[name]) for name in list(row)[2:9]]
        if numbers[0] is not None:
            run, last = run + (year != last + 1 or year in anew), year
        place = None if numbers[0] is None else run
        told.append([year, row["period"], place, int(year in hatched), *numbers, row["reading_ids"]])
    return told


def _number(cell: str) -> float | int | None:
    """Return a cell of a series' CSV as a number."""
    if cell == "":
        return None
    return float(cell) if "." in cell else int(cell)


def _below(dataset: Dataset, key: Definition, years: list[int]) -> list[list[str]]:
    """Return the denominators of a series' own jurisdiction as [name, key into the index]."""
    if key.unit in NO_COUNTS or key.kind != "flow":
        return []
    told = []
    for name, one in DENOMINATORS.items():
        fits = name in ANYWHERE or (name in TRADE) == (key.group in BORDERS)
        if fits and key.jurisdiction in one.jurisdictions and not (key.fiscal and one.stock):
            table = _of(dataset, name, key.jurisdiction, fiscal=key.fiscal)
            if len(set(table["year"].astype(int)) & set(years)) >= LEAST_YEARS:
                told.append([name, f"{name}.{key.jurisdiction}{'.fiscal' if key.fiscal else ''}"])
    return told


@lru_cache(maxsize=64)
def _of(dataset: Dataset, name: str, place: str, *, fiscal: bool) -> pd.DataFrame:
    """Return the years in which a denominator is printed; none where it is not."""
    try:
        return denominator(dataset, name, jurisdiction=place, fiscal=fiscal).dropna(subset=["value"])
    except InputError:
        return pd.DataFrame({"year": [], "value": [], "context_ids": []})


def _controls(dataset: Dataset, key: Definition) -> list[str]:
    """Return the controls by the same counter that count in the same unit over the same years."""
    found = []
    for name in key.controls:
        other = definition(dataset, name)
        if (other.unit, other.fiscal, other.reporters) == (key.unit, key.fiscal, key.reporters) and has_years(
            dataset, name
        ):
            found.append(other.series_id)
    return found


def _denominators(dataset: Dataset, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return denominators by their keys: label, unit, values by year, and the sources they were printed in."""
    rows = dataset.context.set_index("context_id")["source_id"].astype(str)
    told = {}
    for key in sorted(keys):
        name, place, *fiscal = key.split(".")
        table = _of(dataset, name, place, fiscal=bool(fiscal))
        ids = [one for cell in table["context_ids"] for one in str(cell).split(";")]
        links = [source_link(dataset, one) for one in sorted({rows[name] for name in ids})]
        told[key] = {
            "label": DENOMINATORS[name].label,
            "unit": DENOMINATORS[name].unit,
            "place": PLACES[place],
            "blended": bool(fiscal) and any(";" in str(cell) for cell in table["context_ids"]),
            "years": {str(int(row["year"])): exact(row["value"]) for row in rows_of(table)},
            "sources": [[link.text, safe(link.url)] for link in links],
        }  # fmt: skip
    return told


def _measures(dataset: Dataset, names: Iterable[str]) -> dict[str, list[str]]:
    """Return measures by their ids as [date, title, kind, issuer]."""
    wanted = set(names)
    return {
        str(row["measure_id"]): [
            str(row["effective"] or row["announced"]),
            str(row["title"]),
            str(row["kind"]).replace("_", " "),
            str(row["issuer"]),
        ]
        for row in rows_of(dataset.measures.sort_values("measure_id"))
        if row["measure_id"] in wanted
    }
