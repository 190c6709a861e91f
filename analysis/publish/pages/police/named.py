"""The named cases and the words of the chapter that are more than one print."""

from __future__ import annotations

from collections import Counter

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.bands import band
from analysis.publish.pages.police.together import SERIES, quarters
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, number, quote, rate
from analysis.scrutiny.online_rates import FROM_LAUNCH, online_rates
from analysis.series import reconstructed
from analysis.series.lookup import by_id, chosen

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
        return "no items published"
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
        caption="Three police cases named in November 2020: what is published, and what one item would be worth",
        wide=True,
    )


# The printed years 2021 to 2024 and the part of 2025, of unlike stages, against the total told for them all.
PLAN_YEARS = ("police-0053", "police-0059", "police-0063", "adm-0840", "police-0065")
KUNLUN_YEAR = "police-0023"
PHONES, WATCHES = "sd-2020-0508-phones", "gd-2020-hurricane183-watches"


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    parts = chosen(dataset, PLAN_YEARS)
    rates = online_rates(dataset)
    launch = rates[(rates["basis"] == FROM_LAUNCH) & (rates["year"] == 2024)].iloc[0]
    cases = {case["case_id"]: case for case in named_cases()}
    found = quarters(reconstructed(dataset, SERIES))
    return {
        "plan_years": between(float(parts["low"].sum()), float(parts["high"].sum()), 3),
        "made_2020_stands": _stands(dataset),
        "quarters": number(len(found)),
        "quarters_told": number(int((~found["hatched"]).sum())),
        "online_launch_2024": rate(launch["rate_low"], launch["rate_high"]),
        "phone_each": each(dataset, cases[PHONES]),
        "watch_each": each(dataset, cases[WATCHES]),
    }


def _stands(dataset: Dataset) -> str:
    """Say how the reconstructed year 2020 stands to its print."""
    years = band(dataset, SERIES)
    low, high = years.loc[years["year"] == 2020, ["lower", "upper"]].to_numpy(dtype=float)[0]
    printed = by_id(dataset, [KUNLUN_YEAR])[KUNLUN_YEAR]
    if high < printed["low"]:
        return "below anything that the published figure allows: the windows around it do not bear it out"
    if low > printed["high"]:
        return "above anything that the published figure allows: the windows around it ask for more"
    return "which meets the published figure"
