"""Tables of the chapter: the words of the path, prints that disagree, and shares of outcomes where printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.justice.checks import (
    base_before,
    criminal_totals,
    first_half_shares,
    parts_of_2010,
    share_of_sum,
)
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, number, quote, window
from analysis.series.lookup import by_id, chosen

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
            "Also printed as": row["also"],
            "Careful": row["caution"],
        }
        for _, row in glossary.loc[list(TERMS)].iterrows()
    ]
    return table(rows, caption="The words of the path, in the order in which a case meets them", wide=True)


@dataclass(frozen=True)
class Disagreement:
    """Two prints that cannot both be right as worded; `first_as` and `second_as` say what each calls it."""

    what: str
    first: str
    second: str
    first_as: str = ""
    second_as: str = ""


DISAGREEMENTS = (
    Disagreement("Cases charged, 2017", "jus-0308", "jus-0312"),
    Disagreement("Persons charged, 2017", "jus-0309", "jus-0313"),
    Disagreement("Arrests, 2012", "jus-0176", "jus-0705", "arrests approved", "arrests requested"),
    Disagreement("Charges, first half of 2023", "jus-0252", "jus-0622", "charged", "received for charging"),
    Disagreement("Civil suits accepted, 2010", "jus-0521", "jus-0813"),
    Disagreement("Criminal cases concluded since 2013", "jus-0046", "jus-0549", "to 2017", "to 2024"),
    Disagreement("All cases concluded, 2022", "adm-0503", "jus-0228", "first instance", "all instances"),
)


def disagreements_table(dataset: Dataset) -> HtmlTable:
    """Return prints that disagree, with the text of each and what other prints say about them."""
    rows = []
    for one, said in zip(DISAGREEMENTS, _speaks(dataset), strict=True):
        first, second = by_id(dataset, (one.first, one.second)).values()
        rows.append(
            {
                "What": one.what,
                "One print": _print(dataset, first, one.first_as),
                "Another": _print(dataset, second, one.second_as),
                "What other prints say": said,
            }
        )
    return table(rows, caption="Prints that disagree", wide=True)


def _print(dataset: Dataset, row: pd.Series[Any], called: str) -> str:
    """Write a print with what it calls itself, its language and the day of its text."""
    source = dataset.sources.set_index("source_id").loc[row["source_id"]]
    name = f", {called}" if called else ""
    language = LANGUAGE_NAMES.get(str(source["language"]), str(source["language"]))
    return f"{quote(row)}{name} ({language}, {source['published']})"


def _speaks(dataset: Dataset) -> list[str]:
    """Say for each disagreement, in order, what the other prints imply."""
    received, charged = first_half_shares(dataset)
    rest, printed = criminal_totals(dataset)
    parts = number(parts_of_2010(dataset))
    cases = base_before(dataset, "jus-0082", "jus-0084")
    persons = base_before(dataset, "jus-0083", "jus-0085")
    return [
        f"The growth printed for 2018 implies {between(*cases, 4)}: the second.",
        f"The growth printed for 2018 implies {between(*persons, 4)}: the second.",
        "Only the Chinese wording decides: requests.",
        f"{received} percent of those received in the whole year, {charged} percent of those charged; the "
        "Chinese wording decides: received.",
        f"The printed kinds of suit add up to {parts}: the second.",
        f"The later total leaves {between(*rest)} for 2018 to 2024; the printed ones of these years "
        f"alone have {between(*printed)}. They count different things.",
        "A part cannot exceed the whole; the first is probably a total of five years.",
    ]


@dataclass(frozen=True)
class Outcome:
    """A share of outcomes: printed in one reading, or a part over a whole (or over its sum with the part)."""

    what: str
    where: str
    printed: str = ""
    part: str = ""
    whole: str = ""
    add_part: bool = False


OUTCOMES = (
    Outcome("Not charged, of persons decided on", "China", printed="jus-0414"),
    Outcome("Not charged, of persons decided on", "China", part="jus-0717", whole="jus-0714", add_part=True),
    Outcome(
        "Not charged as minor, of persons who pleaded guilty", "China", part="jus-0105", whole="jus-0104"
    ),
    Outcome("Judgments that find guilt", "Liaoning", printed="jus-0348"),
    Outcome("Prison not suspended, of persons convicted", "Zhejiang", part="jus-0371", whole="jus-0370"),
    Outcome("Three years of prison or more", "Quanzhou", part="jus-0377", whole="jus-0376"),
    Outcome("Fined as well", "Quanzhou", part="jus-0378", whole="jus-0376"),
    Outcome("Civil: appealed", "China", printed="jus-0016"),
    Outcome("Civil: appealed", "China", printed="jus-0015"),
    Outcome("Civil: withdrawn after mediation", "China", printed="jus-0837"),
    Outcome("Civil: mediated or withdrawn", "China", printed="jus-0516"),
    Outcome("Civil: withdrawn after mediation", "China", printed="jus-0268"),
)


def outcomes_table(dataset: Dataset) -> HtmlTable:
    """Return the shares of outcomes, percent, with window, place and whether printed or computed."""
    return table(
        [_outcome(dataset, one) for one in OUTCOMES],
        caption="Shares of outcomes, wherever a text prints them or their parts",
        right=["Percent"],
        wide=True,
    )


def _outcome(dataset: Dataset, one: Outcome) -> dict[str, object]:
    """Return one row of the table of outcomes."""
    row = chosen(dataset, [one.printed or one.part]).iloc[0]
    if one.printed:
        share, how = number(float(row["value"])), "printed"
    else:
        whole = chosen(dataset, [one.whole]).iloc[0]
        share = f"{share_of_sum(row['value'], whole['value'], add_part=one.add_part):.1f}"
        charged = " charged" if one.add_part else ""
        how = f"{number(row['value'])} {'to' if one.add_part else 'of'} {number(whole['value'])}{charged}"
    when = window(row["window_start"], row["window_end"])
    return {"What": one.what, "Where": one.where, "When": when, "Percent": share, "How": how}
