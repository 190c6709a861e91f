"""Tables of prosecutors and courts, the checks on prints that disagree, and the chapter's words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.justice.counts import ARRESTED, CHARGED
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, number, plain, quote, window
from analysis.series import printed_years
from analysis.series.lookup import by_id, chosen
from analysis.series.persons_per_case import persons_per_case
from analysis.series.ratios import base_before

PARTS_2010 = (
    "spc-civil-patent-accepted",
    "spc-civil-trademark-accepted",
    "spc-civil-copyright-accepted",
    "spc-civil-technology-contract-accepted",
    "spc-civil-unfair-competition-accepted",
    "spc-civil-other-ip-accepted",
)
TO_2017, TO_2024 = "jus-0046", "jus-0549"
HALF_2023 = "jus-0622"


def first_half_shares(dataset: Dataset) -> tuple[str, str]:
    """Return the disputed first half of 2023 as a share of those received and of those charged in 2023.

    Percent, rounded to whole ones.
    """
    half = float(by_id(dataset, [HALF_2023])[HALF_2023]["value"])
    received, charged = (
        in_year(dataset, name, 2023) for name in ("spp-review-prosecution-persons", "spp-persons-prosecuted")
    )
    return f"{100 * half / received:.0f}", f"{100 * half / charged:.0f}"


def parts_of_2010(dataset: Dataset) -> float:
    """Return the sum of the kinds of civil suit accepted in 2010 (cases)."""
    return sum(in_year(dataset, name, 2010) for name in PARTS_2010)


def criminal_totals(dataset: Dataset) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what the total to 2024 leaves after the total to 2017, and what printed years after 2017 sum to.

    Each as least and most (cases).
    """
    early, late = by_id(dataset, (TO_2017, TO_2024)).values()
    table = printed_years(dataset, "spc-criminal-concluded").table
    years = table[table["year"].between(2018, 2024)]
    rest = float(late["low"] - early["high"]), float(late["high"] - early["low"])
    return rest, (float(years["low"].sum()), float(years["high"].sum()))


def share_of_sum(part: float, whole: float, *, add_part: bool) -> float:
    """Return a part in percent of the whole, or of part and whole together."""
    return 100 * part / (whole + part if add_part else whole)


def in_year(dataset: Dataset, series_id: str, year: int) -> float:
    """Return the picked value of a series in a year. Raises KeyError where that year has no print."""
    table = printed_years(dataset, series_id).table
    return float(table.set_index("year")["value"].loc[year])


def ratio_in(dataset: Dataset, part: str, whole: str, year: int) -> float:
    """Return one series over another in a year."""
    return in_year(dataset, part, year) / in_year(dataset, whole, year)


OUTCOME_COLUMNS = ("what", "place", "printed", "part", "whole", "add_part")
LANGUAGE_NAMES = {"en": "English", "zh": "Chinese", "ja": "Japanese"}
TERMS = ("yi-song", "shou-li", "pi-bu", "qi-su", "shen-jie", "pan-jue")


def terms_table(dataset: Dataset) -> HtmlTable:
    """Return the words of the path from the glossary. Raises InputError where a term is missing."""
    glossary = dataset.glossary.set_index("term_id")
    if missing := [term for term in TERMS if term not in glossary.index]:
        raise InputError(f"glossary.csv has no term {missing[0]!r}; the table of the path needs it.")
    rows = [
        {
            "Chinese": f"{row['term']} ({row['pinyin']})",
            "What it is": row["english"],
            "Also published as": row["also"],
            "Careful": plain(row["caution"]),
        }
        for _, row in glossary.loc[list(TERMS)].iterrows()
    ]
    return table(rows, caption="The words of the path, in the order in which a case meets them", wide=True)


def disagreements_table(dataset: Dataset) -> HtmlTable:
    """Return prints that disagree, with the text of each and what other prints say about them."""
    rows, numbers = [], _speaks(dataset)
    for one in remarks("disagreements", ("what", "first", "second", "first_as", "second_as", "said")):
        first, second = by_id(dataset, (one["first"], one["second"])).values()
        rows.append(
            {
                "What": one["what"],
                "One figure": _print(dataset, first, one["first_as"]),
                "Another": _print(dataset, second, one["second_as"]),
                "What other figures say": one["said"].format_map(numbers),
            }
        )
    return table(rows, caption="Figures that disagree", wide=True)


def _print(dataset: Dataset, row: pd.Series[Any], called: str) -> str:
    """Write a print with what it calls itself, its language and the day of its text."""
    source = dataset.sources.set_index("source_id").loc[row["source_id"]]
    name = f", {called}" if called else ""
    language = LANGUAGE_NAMES.get(str(source["language"]), str(source["language"]))
    return f"{quote(row)}{name} ({language}, {source['published']})"


def _speaks(dataset: Dataset) -> dict[str, str]:
    """Return what other prints imply of those that disagree, for the sentences of their table."""
    received, charged = first_half_shares(dataset)
    rest, printed = criminal_totals(dataset)
    return {
        "cases": between(*base_before(dataset, "jus-0082", "jus-0084"), 4),
        "persons": between(*base_before(dataset, "jus-0083", "jus-0085"), 4),
        "received": received,
        "charged": charged,
        "kinds": number(parts_of_2010(dataset)),
        "rest": between(*rest),
        "printed": between(*printed),
    }


def outcomes_table(dataset: Dataset) -> HtmlTable:
    """Return the shares of outcomes, percent, with window, place and whether printed or computed."""
    return table(
        [_outcome(dataset, one) for one in remarks("outcomes", OUTCOME_COLUMNS)],
        caption="Shares of outcomes, wherever a text gives them or their parts",
        right=["Percent"],
        wide=True,
    )


def _outcome(dataset: Dataset, one: dict[str, str]) -> dict[str, object]:
    """Return one row: a share that a reading prints, or a part over a whole (or over its sum with the part)."""
    row = chosen(dataset, [one["printed"] or one["part"]]).iloc[0]
    if one["printed"]:
        share, how = number(float(row["value"])), "published"
    else:
        whole, added = chosen(dataset, [one["whole"]]).iloc[0], one["add_part"] == "yes"
        share = f"{share_of_sum(row['value'], whole['value'], add_part=added):.1f}"
        joint, charged = ("to", " charged") if added else ("of", "")
        how = f"{number(row['value'])} {joint} {number(whole['value'])}{charged}"
    when = window(row["window_start"], row["window_end"])
    return {"What": one["what"], "Where": one["place"], "When": when, "Percent": share, "How": how}


# Criminal cases that courts accept for each case charged: name of the glue, what courts count, year.
ACCEPTED = {
    "ratio_wide_2013": ("spc-criminal-accepted", 2013),
    "ratio_wide_2015": ("spc-criminal-accepted", 2015),
    "ratio_narrow_2013": ("spc-criminal-narrow-accepted", 2013),
    "ratio_after_2018": ("spc-criminal-accepted", 2018),
    "ratio_after_2020": ("spc-criminal-accepted", 2020),
    "ratio_after_2024": ("spc-criminal-accepted", 2024),
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter, by the name under which its prose uses it.

    Raises InputError where a reading that they rest on is missing.
    """
    received, charged = first_half_shares(dataset)
    rest, printed = criminal_totals(dataset)
    return (
        {
            name: f"{ratio_in(dataset, accepted, 'spp-cases-prosecuted', year):.2f}"
            for name, (accepted, year) in ACCEPTED.items()
        }
        | {"half_of_received": f"{received} percent", "half_of_charged": f"{charged} percent"}
        | {"total_rest": between(*rest), "total_printed": between(*printed)}
        | _per_case(dataset)
        | _courts(dataset)
    )


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return persons a case in single years, and the spread over all years."""
    charged, arrested = (
        persons_per_case(dataset, stage.persons, stage.cases) for stage in (CHARGED, ARRESTED)
    )
    held = charged.set_index(["year", "rival"])["value"]
    said = {f"held_{year}": f"{held[year, False]:.2f}" for year in (2013, 2024, 2017)}
    return said | {
        "held_2017_rival": f"{held[2017, True]:.2f}",
        "held_arrest": between(float(arrested["low"].min()), float(arrested["high"].max())),
    }


def _courts(dataset: Dataset) -> dict[str, str]:
    """Return differences between courts' counts."""
    copyright_suits, suits = "spc-civil-copyright-accepted", "spc-civil-accepted"
    fewer = in_year(dataset, copyright_suits, 2021) - in_year(dataset, copyright_suits, 2022)
    work, white = "spc-work-report-concluded", "spc-all-concluded"
    shares = [
        100 * ratio_in(dataset, work, white, year) for year in printed_years(dataset, work).table["year"]
    ]
    return {
        "copyright_share_2023": f"{100 * ratio_in(dataset, copyright_suits, suits, 2023):.0f} percent",
        "copyright_fewer": number(fewer),
        "work_of_white": f"{min(shares):.0f} to {max(shares):.0f} percent",
    }
