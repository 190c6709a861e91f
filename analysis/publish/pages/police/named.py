"""The three cases that the founding articles name, with what one seized item would be worth."""

from __future__ import annotations

from collections import Counter

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, quote
from analysis.series.lookup import by_id

COLUMNS = ("case_id", "name", "figures", "value", "items", "remark")


def named_cases() -> list[dict[str, str]]:
    """Return the named cases: ids, name, figures (`id noun; id noun`), the readings of value and items, remark."""
    return remarks("named-cases", COLUMNS, key="case_id")


def figures(case: dict[str, str]) -> dict[str, str]:
    """Return a case's readings with the noun of each, which replaces its unit's word (`dens` instead of `sites`)."""
    parts = (one.strip().partition(" ") for one in case["figures"].split(";"))
    return {name: noun for name, _, noun in parts}


def value_per_item(dataset: Dataset, value_id: str, items_id: str) -> tuple[float, float]:
    """Return the least and the most that one item can be worth, in the unit of the value.

    Raises InputError for an unknown reading, or where there could be no items.
    """
    value, items = by_id(dataset, [value_id, items_id]).values()
    if items["low"] <= 0:
        raise InputError(f"Reading {items_id!r} allows no items at all; a value per item cannot be told.")
    return float(value["low"] / items["high"]), float(value["high"] / items["low"])


def each(dataset: Dataset, case: dict[str, str]) -> str:
    """Say what one item of a case would be worth."""
    if not case["value"]:
        return "no items printed"
    return f"{between(*value_per_item(dataset, case['value'], case['items']), 2)} yuan"


def cases_table(dataset: Dataset) -> HtmlTable:
    """Return the three named cases: what is printed, hedges kept, and yuan per item where both are told.

    Raises InputError where the cases table does not know one of them.
    """
    known, rows = set(dataset.cases["case_id"]), []
    for case in named_cases():
        if case["case_id"] not in known:
            raise InputError(f"cases.csv has no case {case['case_id']!r}; the table of named cases needs it.")
        nouns = figures(case)
        printed = Counter(
            f"{quote(row, unit=False)} {nouns[name]}" for name, row in by_id(dataset, nouns).items()
        )
        rows.append(
            {
                "Case": case["name"],
                "Printed": "; ".join(
                    f"{text} (both articles)" if times > 1 else text for text, times in printed.items()
                ),
                "Value per item": each(dataset, case),
                "Remark": case["remark"],
                "Readings": ", ".join(nouns),
            }
        )
    return table(
        rows,
        caption="Three police cases named in November 2020: what is printed, and what one item would be worth",
        wide=True,
    )
