"""The words of the chapter on single cases."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.cases.items import odd, per_item
from analysis.publish.pages.cases.map import by_province, shapes
from analysis.publish.pages.cases.rows import case_rows, median_of
from analysis.publish.pages.cases.tables import (
    BIG_THREE,
    NATIONAL_CASES,
    NATIONAL_VALUE,
    leads,
    national,
    police_cases,
    share_of,
    sums,
)
from analysis.publish.words import between, listed, number


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    frame = case_rows(dataset)
    return (
        _evidence(frame)
        | _places(frame)
        | _sizes(frame)
        | _pairs(frame)
        | _leads(frame)
        | _share(dataset, frame)
    )


def _evidence(frame: pd.DataFrame) -> dict[str, str]:
    """Return how many cases there are, from when, and on what texts."""
    food = frame.loc[frame["product"].str.split(";").map(lambda kinds: "food" in kinds), "mirror"]
    return {
        "cases": f"{len(frame)} cases",
        "sources": f"{frame['source_id'].nunique()} sources",
        "first_year": str(frame["year"].min()),
        "last_year": str(frame["year"].max()),
        "mirrors": f"{int(frame['mirror'].sum())} of them",
        "mirror_share": f"{frame['mirror'].mean():.0%}",
        "food_mirror": f"{int(food.sum())} of {len(food)}",
        "channel_unknown": str(int((frame["channel"] == "unknown").sum())),
        "livestreams": f"{int((frame['channel'] == 'livestream').sum())} livestream cases",
    }


def _places(frame: pd.DataFrame) -> dict[str, str]:
    """Return where the cases are and are not."""
    counts = by_province(frame)
    names = {code: str(feature["properties"]["name"]) for code, feature in shapes().items()}
    none = sorted(names[str(code)] for code, count in counts.items() if count == 0)
    three = frame["jurisdiction"].isin(BIG_THREE)
    return {
        "big_three": f"{int(three.sum())} cases",
        "no_case": listed(none),
    }


def _sizes(frame: pd.DataFrame) -> dict[str, str]:
    """Return medians, and how many cases print no number of suspects."""
    said = {f"median_{name}": between(*median_of(frame, name), 3) for name in ("suspects", "dens")}
    for kind in ("value_involved", "seized", "sales"):
        rows = frame[frame["value_kind"] == kind]
        said[f"median_{kind}"] = f"{between(*median_of(rows, 'value_cny'), 3)} yuan"
    return said | {"no_suspects": str(int(frame["suspects"].isna().sum()))}


def _pairs(frame: pd.DataFrame) -> dict[str, str]:
    """Return what one item would be worth, at the extremes."""
    both, flagged = per_item(frame), odd(frame)
    return {
        "pairs": str(len(both)),
        "flagged": str(len(flagged)),
        "each_median": f"{number(round(float(both['each'].median())), 2)} yuan",
        "phone_each": _each(flagged, "sd-2020-0508-phones"),
        "watch_each": _each(flagged, "gd-2020-hurricane183-watches"),
    }


def _each(flagged: pd.DataFrame, case: str) -> str:
    """Return what one item of a flagged case would be worth. Raises InputError where it is not flagged."""
    rows = flagged[flagged["case_id"] == case]
    if rows.empty:
        raise InputError(f"Case {case!r} is not among the flagged; take it out of the chapter's prose.")
    return f"{between(float(rows['each_low'].iloc[0]), float(rows['each_high'].iloc[0]), 2)} yuan"


def _leads(frame: pd.DataFrame) -> dict[str, str]:
    """Return the platform leads."""
    total = leads(frame).sum()
    return {name: str(int(total[answer])) for name, answer in
            (("lead_yes", "yes"), ("lead_no", "no"), ("lead_unknown", "unknown"))}  # fmt: skip


def _share(dataset: Dataset, frame: pd.DataFrame) -> dict[str, str]:
    """Return what the year's cases are beside the national figures."""
    year = police_cases(frame)
    value, cases = national(dataset, NATIONAL_VALUE), national(dataset, NATIONAL_CASES)
    found = sums(year)["value_involved"]
    part = (found.low, found.high)
    rows = year[year["value_kind"] == "value_involved"].nlargest(2, "value_cny")
    two = (float(rows["value_cny_low"].sum()), float(rows["value_cny_high"].sum()))
    rest = (part[0] - two[0], part[1] - two[1])
    alone = (100 * two[0] / (two[0] + rest[1]), 100 * two[1] / (two[1] + rest[0]))
    return {
        "year_cases": str(len(year)),
        "year_case_share": f"{between(*share_of((len(year), len(year)), cases), 2)} percent",
        "year_value_cases": str(found.cases),
        "year_value": f"{between(*part, 3)} yuan",
        "year_value_share": f"{between(*share_of(part, value), 2)} percent",
        "national_value": f"{between(*value, 3)} yuan",
        "two_largest": f"{between(*alone, 2)} percent",
    }
