"""Tables of cases, and the words of their chapter."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.cases.map import by_province, shapes
from analysis.publish.pages.cases.rows import CHANNEL_WORDS, KIND_WORDS
from analysis.publish.pages.cases.worth import worth_words
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, listed, number
from analysis.series import printed_years
from analysis.series.single_cases import case_rows, median_of, odd, per_item, police_cases, share_of

LEADS = {"yes": "Yes", "no": "No", "unknown": "Not told"}
MOVED = ("medicine", "food", "bags")  # goods shown with and without the mirrors
BIG_THREE = ("CN-SH", "CN-GD", "CN-ZJ")
YEAR = 2020
NATIONAL_VALUE, NATIONAL_CASES = "mps-value", "mps-cases-solved"


def leads(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by channel (rows) and by whether a platform's data started them (columns)."""
    counts = pd.crosstab(frame["channel"].astype(str), frame["platform_lead"].astype(str))
    return counts.reindex(index=list(CHANNEL_WORDS), columns=list(LEADS), fill_value=0)


def leads_table(dataset: Dataset) -> HtmlTable:
    """Return the platform leads by channel, with a line of totals."""
    counts = leads(case_rows(dataset))
    named = {str(name): CHANNEL_WORDS[str(name)].capitalize() for name in counts.index}
    rows: list[dict[str, object]] = [
        {"Channel": named[str(name)], **{LEADS[str(k)]: int(v) for k, v in row.items()}}
        for name, row in counts.iterrows()
    ]
    rows.append({"Channel": "All", **{LEADS[str(name)]: int(value) for name, value in counts.sum().items()}})
    return table(
        rows, caption="Did a platform's data start the case? Cases by channel of sale", right=LEADS.values()
    )


def mirror_table(dataset: Dataset) -> HtmlTable:
    """Return the main figures of the chapter over all cases and without those known from mirrors only."""
    frame = case_rows(dataset)
    every, own = _figures(frame), _figures(frame[~frame["mirror"]])
    rows = [{"": name, "All cases": every[name], "Without mirrors": own[name]} for name in every]
    return table(
        rows,
        caption="The picture with and without the cases known from mirror copies only",
        right=("All cases", "Without mirrors"),
    )


def _figures(frame: pd.DataFrame) -> dict[str, str]:
    """Return the figures of a set of cases in words, by name."""
    kinds = frame["product"].str.split(";")
    involved = frame[frame["value_kind"] == "value_involved"]
    medians = ((frame, "suspects"), (frame, "dens"), (involved, "value_cny"))
    people, dens, value = (
        between(low / size, high / size, 3)
        for (rows, name), size in zip(medians, (1, 1, 1e6), strict=True)
        for low, high in [median_of(rows, name)]
    )
    return {
        "Cases": f"{len(frame):,}",
        "Provinces with a case": str(int((by_province(frame) > 0).sum())),
        "In Shanghai, Guangdong or Zhejiang": _percent(frame["jurisdiction"].isin(BIG_THREE)),
        "Dated 2018 or later": _percent(frame["year"] >= 2018),
        "For export": _percent(frame["channel"] == "export"),
        "Online shop, social media or livestream": _percent(
            frame["channel"].isin(["online_shop", "social", "livestream"])
        ),
        **{
            f"With {kind} among the goods": _percent(kinds.map(lambda found, k=kind: k in found))
            for kind in MOVED
        },
        "Started by a platform's data": _percent(frame["platform_lead"] == "yes"),
        "Median suspects": people,
        "Median dens": dens,
        "Median value involved, million yuan": value,
    }


def _percent(which: pd.Series[bool]) -> str:
    """Return the share of true values."""
    return f"{which.mean():.0%}"


def national(dataset: Dataset, series_id: str, year: int = YEAR) -> tuple[float, float]:
    """Return the interval of a national yearly figure, in its unit. Raises InputError for a year without one."""
    rows = printed_years(dataset, series_id).table
    row = rows[rows["year"] == year]
    if row.empty:
        raise InputError(
            f"Series {series_id!r} has no whole year {year}; choose one of {list(rows['year'])}."
        )
    return float(row["low"].iloc[0]), float(row["high"].iloc[0])


@dataclass(frozen=True)
class Sum:
    """The cases of one kind of value: how many, and the least and greatest sum in yuan."""

    cases: int
    low: float
    high: float


def sums(frame: pd.DataFrame) -> dict[str, Sum]:
    """Return by kind of value what the cases that print one sum to; kinds without a case are left out."""
    valued = frame[frame["value_cny"].notna()]
    found = {}
    for kind in KIND_WORDS:
        rows = valued[valued["value_kind"] == kind]
        if len(rows):
            ends = float(rows["value_cny_low"].sum()), float(rows["value_cny_high"].sum())
            found[kind] = Sum(len(rows), *ends)
    return found


def share_table(dataset: Dataset) -> HtmlTable:
    """Return the year's cases summed by kind of value, as shares of the national value, also without mirrors."""
    frame = police_cases(case_rows(dataset), YEAR)
    whole = national(dataset, NATIONAL_VALUE)
    own = sums(frame[~frame["mirror"]])
    rows = [
        {
            "Value of": KIND_WORDS[kind],
            "Cases": found.cases,
            "Sum, million yuan": between(found.low / 1e6, found.high / 1e6, 3),
            "Percent of national": _share(found, whole),
            "Cases without mirrors": own[kind].cases if kind in own else 0,
            "Their percent": _share(own[kind], whole) if kind in own else "",
        }
        for kind, found in sums(frame).items()
    ]
    return table(
        rows,
        caption=f"Publicised police cases of {YEAR} that give a value, beside the national value of "
        f"{between(*whole, 3)} yuan",
        right=("Cases", "Sum, million yuan", "Percent of national", "Cases without mirrors", "Their percent"),
        wide=True,
    )


def _share(found: Sum, whole: tuple[float, float]) -> str:
    """Return a sum as a percentage of the national value, in words."""
    return between(*share_of((found.low, found.high), whole), 2)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    frame = case_rows(dataset)
    said = {f"median_{name}": between(*median_of(frame, name), 3) for name in ("suspects", "dens")}
    for kind in ("value_involved", "seized", "sales"):
        rows = frame[frame["value_kind"] == kind]
        said[f"median_{kind}"] = f"{between(*median_of(rows, 'value_cny'), 3)} yuan"
    sizes = said | {"no_suspects": str(int(frame["suspects"].isna().sum()))}
    total = leads(frame).sum()
    answers = {
        name: str(int(total[answer]))
        for name, answer in (("lead_yes", "yes"), ("lead_no", "no"), ("lead_unknown", "unknown"))
    }
    told = _evidence(frame) | _places(frame) | sizes | _pairs(frame) | answers | _national(dataset, frame)
    return told | worth_words(dataset)


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
    return {"big_three": f"{int(three.sum())} cases", "no_case": listed(none)}


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


def _national(dataset: Dataset, frame: pd.DataFrame) -> dict[str, str]:
    """Return what the year's cases are beside the national figures."""
    year = police_cases(frame, YEAR)
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
