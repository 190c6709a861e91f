"""All single cases as a table to search, filter and sort."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from typing import Any

from analysis.dataset import Dataset
from analysis.publish.filters import Line, browser
from analysis.publish.links import source_link
from analysis.publish.pages.cases.map import shapes
from analysis.publish.pages.cases.rows import CHANNEL_WORDS, KIND_WORDS, PRODUCT_WORDS
from analysis.publish.tables import HtmlTable, Link, cell
from analysis.publish.words import HEDGE_WORDS, number, plain
from analysis.series.single_cases import case_rows

HEADS = ("case", "date and place", "goods and brands", "sold", "suspects", "value in yuan")
ORDERS = (
    ("", "place"),
    ("date down", "date, latest first"),
    ("date up", "date, earliest first"),
    ("value down", "value, largest first"),
    ("suspects down", "suspects, most first"),
)
SIZES = (  # value in yuan from, words
    (1e9, "a billion yuan or more"),
    (1e8, "a hundred million or more"),
    (1e7, "ten million or more"),
    (1e6, "a million or more"),
    (0.0, "below a million"),
)
NO_VALUE = "no value published"
SEVERAL_PLACES = "several provinces, or not told"


def case_browser(dataset: Dataset) -> HtmlTable:
    """Return the table of all single cases with its filters; every word of the data is escaped."""
    frame = case_rows(dataset)
    places = {code: str(one["properties"]["name"]) for code, one in shapes().items()}
    rows = frame.assign(
        province=frame["jurisdiction"].astype(str).map(places).fillna(SEVERAL_PLACES),
    ).to_dict("records")
    links = [source_link(dataset, str(row["source_id"]), str(row["name"])) for row in rows]
    markup = browser(
        "cases",
        HEADS,
        map(_line, rows, links),
        what="cases",
        words="name, brand, goods or place",
        picks={
            "channel": list(CHANNEL_WORDS.items()),
            "product": [
                (name, PRODUCT_WORDS.get(name, name))
                for name in sorted(set(frame["product"].str.split(";").explode()))
            ],
            "province": [(name, name) for name in sorted({str(row["province"]) for row in rows})],
            "year": [(f"{year}", f"{year}") for year in sorted(set(frame["year"]))],
            "size": [(words, words) for _, words in SIZES] + [(NO_VALUE, NO_VALUE)],
        },
        orders=ORDERS,
    )
    digest = hashlib.sha256(markup.encode()).hexdigest()[:16]
    return HtmlTable(markup, f"All single cases (table of {len(rows)} rows, sha256 {digest})")


def _line(row: Mapping[Any, Any], link: Link) -> Line:
    """Return one case as a row, with what it is filtered and sorted by."""
    kinds = str(row["product"]).split(";")
    brands = str(row["brands"] or "").replace(";", ", ")
    goods = ", ".join(PRODUCT_WORDS.get(kind, kind) for kind in kinds)
    told = (
        f"{row['date']}, {plain(str(row['place'] or row['province']))}",
        f"{goods}: {brands}" if brands else goods,
        CHANNEL_WORDS[str(row["channel"])],
        _count(row, "suspects"),
        _value(row),
    )
    marks = {
        "channel": str(row["channel"]),
        "product": "|".join(kinds),
        "province": str(row["province"]),
        "year": f"{row['year']}",
        "size": size_of(row["value_cny"]),
        "date": (str(row["date"]).replace("-", "") + "0000")[:8],
        "value": _sortable(row["value_cny"]),
        "suspects": _sortable(row["suspects"]),
    }
    return Line((cell(link), *map(html.escape, told)), marks, f"case-{row['case_id']}")


def size_of(value: Any) -> str:
    """Return the size by which a value in yuan is found."""
    if _missing(value):
        return NO_VALUE
    return next(words for least, words in SIZES if float(value) >= least)


def _missing(value: Any) -> bool:
    """Return whether a number is not printed."""
    return str(value) in ("None", "nan", "<NA>")


def _sortable(value: Any) -> str:
    """Return a number as an attribute, blank where there is none."""
    return "" if _missing(value) else f"{float(value):.6g}"


def _count(row: Mapping[Any, Any], name: str) -> str:
    """Return a printed number with its hedge, blank where there is none."""
    if _missing(row[name]):
        return ""
    hedge = row[{"value_cny": "value_hedge"}.get(name, f"{name}_hedge")]
    return f"{HEDGE_WORDS[str(hedge)]}{number(float(row[name]))}"


def _value(row: Mapping[Any, Any]) -> str:
    """Return the printed value with its hedge and kind."""
    text = _count(row, "value_cny")
    return f"{text} ({KIND_WORDS[str(row['value_kind'])]})" if text else ""
