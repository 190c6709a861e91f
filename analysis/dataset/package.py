"""The Frictionless Data Package: what a stranger needs to read the tables, made from the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.dataset.files import PACKAGE
from analysis.dataset.fingerprint import file_hash, fingerprint
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES

TITLE = "Counting Counterfeits"
DESCRIPTION = (
    "Figures on anti-counterfeiting enforcement printed by police, prosecutors, courts, customs and "
    "platforms (China first, with the borders that receive the goods), each with its hedge, window, source."
)
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_TYPES = {"number": "number", "integer": "integer", "date": "date"}


def _field(field: Field) -> dict[str, Any]:
    """Describe one column as a Table Schema field."""
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.vocabulary and field.type == "category":
        constraints["enum"] = list(field.vocabulary)
    if field.pattern:
        constraints["pattern"] = field.pattern
    described = {
        "name": field.name,
        "type": _TYPES.get(field.type, "string"),
        "description": field.description,
    }
    if field.type == "partial_date":
        described["description"] += "; ISO 8601, to the precision known"
    return described | ({"constraints": constraints} if constraints else {})


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    """Describe one table as a tabular resource with its hash and size."""
    path = folder / f"{table.name}.csv"
    foreign = [
        {
            "fields": field.name,
            "reference": {"resource": field.refers_to, "fields": TABLES[field.refers_to].id},
        }
        for field in table.fields
        if field.refers_to and field.type != "list"  # Table Schema knows no keys inside a list
    ]
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "primaryKey": table.id,
        "missingValues": [""],
    }
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_hash(path)}",
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def describe(folder: Path, version: str, released: str) -> dict[str, Any]:
    """Return the data package descriptor of the tables in `folder`."""
    return {
        "name": "counting-counterfeits",
        "title": TITLE,
        "description": DESCRIPTION,
        "profile": "tabular-data-package",
        "version": version,
        "created": f"{released}T00:00:00Z",
        "fingerprint": fingerprint(folder),
        "licenses": [LICENCE],
        "keywords": ["counterfeit goods", "intellectual property", "enforcement", "China", "customs"],
        "resources": [_resource(folder, table) for table in TABLES.values()],
    }


def write(folder: Path, version: str, released: str) -> None:
    """Write datapackage.json into `folder`."""
    text = json.dumps(describe(folder, version, released), ensure_ascii=False, indent=2)
    (folder / PACKAGE).write_text(text + "\n", encoding="utf-8")
