"""The official US table against what CBP printed: totals and shares, and why some differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.borders.official import UNKNOWN, lines, totals
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, listed, number, quote
from analysis.series import printed_years
from analysis.series.lookup import by_id

ANOTHER = "another unit"
AGREES = "agrees"
LATER = "Probably the later extract; no text says why."
APPAREL = {2021: ("uscbp-0668", "uscbp-0676"), 2023: ("uscbp-0755", "uscbp-0757")}
SHIPMENTS = {
    2019: "uscbp-0553",
    2020: "uscbp-0609",
    2021: "uscbp-0674",
    2022: "uscbp-0714",
    2023: "uscbp-0756",
}
RETAIL = "us-msrp"


@dataclass(frozen=True)
class Part:
    """A part of the official table that CBP prints as a count, a share or dollars.

    `measure` is lines or msrp_usd; `same_unit` is false where CBP counts shipments instead.
    """

    reading_id: str
    year: int
    what: str
    column: str
    words: tuple[str, ...]
    measure: str
    remark: str = ""
    same_unit: bool = True


PARTS = (
    Part("uscbp-0559", 2019, "China and Hong Kong, by count", "origin", ("CN", "HK"), "lines",
         "Lines, not shipments; the unknown origins could close the gap.", same_unit=False),
    Part("uscbp-0558", 2019, "express and mail, by count", "mode", ("express", "mail"), "lines",
         "Lines, not shipments; the table also has goods not met in transport.", same_unit=False),
    Part("uscbp-0755", 2023, "clothing, lines; printed: apparel and accessories", "product_as_printed",
         ("Clothing",), "lines", "The part exceeds the whole: unexplained; the print is an unofficial copy."),
    Part("uscbp-0560", 2019, "China and Hong Kong, by retail price", "origin", ("CN", "HK"), "msrp_usd"),
    Part("uscbp-0716", 2022, "China, by retail price", "origin", ("CN",), "msrp_usd"),
    Part("uscbp-0631", 2020, "China, dollars", "origin", ("CN",), "msrp_usd",
         "The whole total falls short too."),
    Part("uscbp-0720", 2022, "China, dollars", "origin", ("CN",), "msrp_usd"),
    Part("uscbp-0564", 2019, "watches and jewellery, by retail price", "product_as_printed",
         ("Watch", "Jewelry"), "msrp_usd", "Categories may be cut differently."),
    Part("uscbp-0759", 2023, "watches and jewellery, by retail price", "product_as_printed",
         ("Watch", "Jewelry"), "msrp_usd", "Categories may be cut differently."),
    Part("uscbp-0776", 2023, "handbags and wallets, dollars", "product_as_printed",
         ("Purse/Wallets", "Luggage"), "msrp_usd",
         "Unexplained even with luggage; the print is an unofficial copy."),
)  # fmt: skip


def verdict(low: float, high: float, printed_low: float, printed_high: float) -> str:
    """Say how an interval of the table stands to a printed one: inside, or below or above by how many percent."""
    if low <= printed_high and printed_low <= high:
        return AGREES
    gap = (high / printed_low - 1) if high < printed_low else (low / printed_high - 1)
    return f"{abs(gap) * 100:.1f}% {'below' if gap < 0 else 'above'}"


def check_rows(dataset: Dataset) -> list[dict[str, object]]:
    """Return the table's rows: fiscal year, what, official table, print, verdict, remark.

    Raises InputError if a reading that a check needs is missing.
    """
    ids = [*SHIPMENTS.values(), *(one.reading_id for one in PARTS)]
    ids += [name for pair in APPAREL.values() for name in pair]
    prints, sums = by_id(dataset, ids), totals(dataset)
    counts = {int(str(year)): float(count) for year, count in sums["lines"].items()}
    money = {int(str(year)): float(dollars) for year, dollars in sums["msrp_usd"].items()}
    rows = [_count_row(year, counts[year], prints[name]) for year, name in SHIPMENTS.items()]
    rows += [
        _base_row(year, counts[year], prints[part], prints[share]) for year, (part, share) in APPAREL.items()
    ]
    retail = printed_years(dataset, RETAIL).readings
    rows += [_money_row(year, dollars, retail[retail["year"] == year]) for year, dollars in money.items()]
    return rows + [_part_row(dataset, one, prints[one.reading_id]) for one in PARTS]


def _row(year: int, what: str, table_says: str, printed: str, found: str, remark: str) -> dict[str, object]:
    return {
        "FY": str(year),
        "What": what,
        "Table": table_says,
        "Printed": printed,
        "Verdict": found,
        "Remark": remark,
    }


def _count_row(year: int, count: float, printed: pd.Series[Any]) -> dict[str, object]:
    each = count / printed["value"]
    return _row(year, "lines; printed: shipments", number(count), quote(printed, unit=False), ANOTHER,
                f"{each:.2f} lines a shipment.")  # fmt: skip


def _base_row(
    year: int,
    count: float,
    part: pd.Series[Any],
    share: pd.Series[Any],
) -> dict[str, object]:
    """Return the row that compares the lines with the base that a printed count and its share imply."""
    low, high = part["low"] / share["high"] * 100, part["high"] / share["low"] * 100
    return _row(
        year,
        "lines; printed: base of the share of apparel",
        number(count),
        between(low, high, 4),
        verdict(count, count, low, high),
        "The base is lines, though the text says seizures.",
    )


def _money_row(year: int, dollars: float, printed: pd.DataFrame) -> dict[str, object]:
    """Return the row that sets a year's retail value beside every whole-year print of it."""
    told = [
        (quote(row, unit=False), verdict(dollars, dollars, row["low"], row["high"]))
        for _, row in printed.iterrows()
    ]
    fits = [words for words, found in told if found == AGREES]
    gaps = sorted({found for _, found in told if found != AGREES})
    if fits:
        verdict_words, remark = AGREES, f"Of {len(told)} prints only with {listed(fits)}." if gaps else ""
    else:
        verdict_words, remark = " or ".join(gaps), LATER
    return _row(year, "retail price, dollars", number(dollars), "; ".join(words for words, _ in told),
                verdict_words, remark)  # fmt: skip


def _part_row(dataset: Dataset, part: Part, printed: pd.Series[Any]) -> dict[str, object]:
    """Return the row of a part as CBP printed it: a share in percent, a count, or dollars.

    Parts by origin reach from none to all of what is of unknown origin.
    """
    low, high = part_interval(dataset, part, share=printed["unit"] == "percent")
    found = verdict(low, high, printed["low"], printed["high"]) if part.same_unit else ANOTHER
    remark = part.remark
    if found == AGREES:
        alone = verdict(low, low, printed["low"], printed["high"]) == AGREES
        remark = "" if alone else "Agrees once part of the unknown origin is counted."
    return _row(part.year, part.what, between(low, high, 3), quote(printed, unit=False), found, remark)


def part_interval(dataset: Dataset, part: Part, *, share: bool) -> tuple[float, float]:
    """Return the least and the most that a part of the official table can be, in percent or in its unit."""
    year = lines(dataset)
    year = year[year["fiscal_year"] == part.year]
    low = float(year.loc[year[part.column].isin(part.words), part.measure].sum())
    unknown = float(year.loc[year["origin"] == UNKNOWN, part.measure].sum())
    high = low + unknown if part.column == "origin" else low
    scale = 100 / float(year[part.measure].sum()) if share else 1.0
    return low * scale, high * scale


def checks_table(dataset: Dataset) -> HtmlTable:
    """Return the checks of the official table's totals and parts against printed ones."""
    return table(
        check_rows(dataset),
        caption="The official US table of seizure lines against printed figures, FY 2019 to 2023",
        right=("Table",),
        wide=True,
    )
