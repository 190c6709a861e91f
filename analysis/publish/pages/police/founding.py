"""The three cases that the founding articles name, with what one seized item would be worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, listed, quote
from analysis.series.lookup import by_id


@dataclass(frozen=True)
class Named:
    """A named case: its row among the cases, its readings, those of its value and items, and a remark.

    `nouns` replace the unit's word for a reading ("dens" instead of "sites").
    """

    case_id: str
    name: str
    ids: tuple[str, ...]
    nouns: dict[str, str]
    remark: str
    value_id: str = ""
    items_id: str = ""


NAMED = (
    Named(
        "sh-2020-0828-livestream",
        "Shanghai, 8.28 (livestream sale)",
        (
            "plat-seed0-05",
            "plat-seed1-02",
            "plat-sh828-01",
            "plat-seed0-03",
            "plat-seed1-03",
            "plat-seed0-04",
        ),
        {
            "plat-seed0-05": "people caught",
            "plat-seed1-02": "people caught",
            "plat-sh828-01": "people caught (told elsewhere)",
            "plat-seed0-03": "yuan",
            "plat-seed1-03": "yuan",
            "plat-seed0-04": "dollars (same quantity, do not add)",
        },
        "The first article calls the sum the sales, the second the worth of the case. No items are printed.",
    ),
    Named(
        "sd-2020-0508-phones",
        "Shandong, 5.08 (phones)",
        ("plat-seed1-04", "plat-seed1-05"),
        {"plat-seed1-04": "phones", "plat-seed1-05": "yuan"},
        "Odd: no phone costs that much. The sum is more likely that of the whole case.",
        "plat-seed1-05",
        "plat-seed1-04",
    ),
    Named(
        "gd-2020-hurricane183-watches",
        "Guangdong, Hurricane 183 (watches)",
        ("plat-seed1-06", "plat-seed1-07", "plat-seed1-08", "plat-seed1-09", "plat-seed1-10"),
        {
            "plat-seed1-06": "dens",
            "plat-seed1-07": "watches",
            "plat-seed1-08": "yuan",
            "plat-seed1-09": "brands",
            "plat-seed1-10": "models",
        },
        "Odd for fakes, possible for the genuine watches: the basis of the value is not said.",
        "plat-seed1-08",
        "plat-seed1-07",
    ),
)


def value_per_item(dataset: Dataset, value_id: str, items_id: str) -> tuple[float, float]:
    """Return the least and the most that one item can be worth, in the unit of the value.

    Raises InputError for an unknown reading, or where there could be no items.
    """
    value, items = by_id(dataset, [value_id, items_id]).values()
    if items["low"] <= 0:
        raise InputError(f"Reading {items_id!r} allows no items at all; a value per item cannot be told.")
    return float(value["low"] / items["high"]), float(value["high"] / items["low"])


def cases_table(dataset: Dataset) -> HtmlTable:
    """Return the three named cases: what is printed, hedges kept, and yuan per item where both are told."""
    rows = [_row(dataset, named) for named in NAMED]
    return table(
        rows,
        caption="Three police cases named in November 2020: what is printed, and what one item would be worth",
        wide=True,
    )


def _row(dataset: Dataset, named: Named) -> dict[str, object]:
    """Return one case as a row of the table. Raises InputError where the cases table does not know it."""
    if named.case_id not in set(dataset.cases["case_id"]):
        raise InputError(f"cases.csv has no case {named.case_id!r}; the table of named cases needs it.")
    readings = by_id(dataset, named.ids)
    each = "no items printed"
    if named.value_id:
        low, high = value_per_item(dataset, named.value_id, named.items_id)
        each = f"{between(low, high, 2)} yuan"
    return {
        "Case": named.name,
        "Printed": "; ".join(_once(_quoted(row, named.nouns[name]) for name, row in readings.items())),
        "Value per item": each,
        "Remark": named.remark,
        "Readings": ", ".join(named.ids),
    }


def _once(printed: Iterable[str]) -> list[str]:
    """Return what is printed, a figure that both articles print once, and marked so."""
    times = Counter(printed)
    return [f"{text} (both articles)" if count > 1 else text for text, count in times.items()]


def _quoted(row: pd.Series[Any], noun: str) -> str:
    return f"{quote(row, unit=False)} {noun}"


def founding_words(dataset: Dataset) -> dict[str, str]:
    """Return the words on the founding articles: national counts, and the three cases in one sentence each."""
    ids = {
        "online_may": "plat-seed0-01",
        "online_january": "plat-seed1-01",
        "kunlun_november": "plat-seed0-02",
        "actions": "plat-seed0-06",
        "actions_june": "police-0002",
        "actions_year": "police-0026",
    }
    rows = by_id(dataset, ids.values())
    said = {name: quote(rows[reading_id]) for name, reading_id in ids.items()}
    phone, watch = (value_per_item(dataset, named.value_id, named.items_id) for named in NAMED[1:])
    return said | {
        "phones": _case(dataset, NAMED[1], 2),
        "phone_each": f"{between(*phone, 2)} yuan",
        "watch_each": f"{between(*watch, 2)} yuan",
    }


def _case(dataset: Dataset, named: Named, how_many: int) -> str:
    """Name the first figures of a case: `more than 1,000 phones and more than 200 million yuan`."""
    rows = by_id(dataset, named.ids[:how_many])
    return listed([_quoted(row, named.nouns[name]) for name, row in rows.items()])
