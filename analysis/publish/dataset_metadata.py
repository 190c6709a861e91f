"""The dataset told to machines: schema.org and Croissant as JSON-LD, from the descriptor of the package.

Sources: schema.org Dataset (schema.org/Dataset); Croissant format 1.0 (MLCommons, 2024, docs.mlcommons.org/croissant).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.publish.citation import AUTHORS, LICENCE_ADDRESS

CROISSANT = "http://mlcommons.org/croissant/1.0"
SCHEMA_ORG = "https://schema.org/"
# The context that the Croissant format prescribes, word for word.
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": SCHEMA_ORG, "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "samplingRate": "cr:samplingRate",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "sc": SCHEMA_ORG, "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip
TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}
CSV = "text/csv"


def schema_org(
    package: Mapping[str, Any], cited: str, files: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """Return the dataset as a schema.org Dataset.

    Parameters
    ----------
    package : mapping
        The descriptor (datapackage.json).
    cited : str
        The citation.
    files : mapping
        Of each file that may be downloaded its name, size in bytes and SHA-256; names are addresses relative to the
        description.
    """
    return {
        "@context": SCHEMA_ORG,
        "@type": "Dataset",
        **_told(package),
        "citation": cited,
        "identifier": package["fingerprint"],
        "isAccessibleForFree": True,
        "spatialCoverage": "World, China first",
        "measurementTechnique": "figures as published in public documents, each with its hedge, window and source",
        "distribution": [
            {
                "@type": "DataDownload", "name": name, "contentUrl": name, "encodingFormat": _format(name),
                "contentSize": f"{size} B", "sha256": digest,
            }
            for name, (size, digest) in files.items()
        ],
    }  # fmt: skip


def croissant(package: Mapping[str, Any], cited: str, files: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    """Return the dataset in the Croissant format: a file and a set of records for each table; see `schema_org`."""
    tables = [one for one in package["resources"] if one["path"] in files]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CROISSANT,
        **_told(package),
        "citeAs": cited,
        "distribution": [
            {
                "@type": "cr:FileObject", "@id": one["path"], "name": one["path"], "contentUrl": one["path"],
                "description": one["description"], "encodingFormat": CSV,
                "contentSize": f"{files[one['path']][0]} B", "sha256": files[one["path"]][1],
            }
            for one in tables
        ],
        "recordSet": [_records(one) for one in tables],
    }  # fmt: skip


def _told(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return what both say of the whole."""
    return {
        "name": package["name"],
        "alternateName": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": package["created"][:10],
        "license": LICENCE_ADDRESS,
        "creator": {"@type": "Organization", "name": AUTHORS},
        "keywords": list(package.get("keywords", [])),
        "url": "../index.html",
        "inLanguage": "en",
    }


def _records(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the records of one table: a field for each column, taken from the file."""
    name, path = resource["name"], resource["path"]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "field": [
            {
                "@type": "cr:Field", "@id": f"{name}/{one['name']}", "name": one["name"],
                "description": one.get("description", one["name"]), "dataType": TYPES[one["type"]],
                "source": {"fileObject": {"@id": path}, "extract": {"column": one["name"]}},
            }
            for one in resource["schema"]["fields"]
        ],
    }  # fmt: skip


def _format(name: str) -> str:
    """Return the media type of a file by its name."""
    ends = {".csv": CSV, ".json": "application/json", ".zip": "application/zip"}
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return next((kind for end, kind in ends.items() if name.endswith(end)), excel)
