"""The words of the chapter on the destinations' borders that no role tells: ratios, shares, and how checks came out."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.pages.borders.comparisons import comparison_words
from analysis.publish.pages.borders.counts import ratio_words
from analysis.publish.pages.borders.official import AGREES, ANOTHER, by_way, check_rows
from analysis.publish.pages.borders.shares import share_words
from analysis.publish.words import between, number
from analysis.series import printed_years
from analysis.series.border_lines import totals, unknown_share
from analysis.series.ratios import opposed, ratio

# Pieces and cases of each border, and the years for which prose divides them.
PAIRS = {
    "eu": ("eu-border-items", "eu-border-cases", (2011, 2012)),
    "jp": ("jp-items", "jp-cases", (2024,)),
    "us": ("us-items", "us-seizures", (2022,)),
}
CIGARETTES = "eu-border-share-items-cigarettes"


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter. Raises InputError if a series or reading is missing."""
    smoke = printed_years(dataset, CIGARETTES).table["value"]
    said = {"smoke_low": number(smoke.min(), 2), "smoke_high": number(smoke.max(), 2)}
    said |= _per_case(dataset) | _official(dataset)
    return said | share_words(dataset) | comparison_words(dataset)


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return items a consignment, and how often cases and items moved apart."""
    said: dict[str, str] = {}
    for name, (items, cases, years) in PAIRS.items():
        rows = ratio(dataset, items, cases).to_dict("records")
        said |= {
            f"{name}_each_{row['year']}": between(row["low"], row["high"], 2)
            for row in rows
            if row["year"] in years
        }
        if name != "us":
            apart, certain = opposed(dataset, items, cases)
            said |= {f"{name}_apart": number(apart), f"{name}_certain": number(certain)}
    return said


def _official(dataset: Dataset) -> dict[str, str]:
    """Return what the official US table holds, and how its checks came out."""
    rows = check_rows(dataset)
    ways = by_way(dataset)
    last, sea = ways.loc[ways.index[-1][0], "lines"], ways["msrp_usd"].xs("sea cargo", level=1)
    comparable = [row for row in rows if row["Verdict"] != ANOTHER]
    cargo = ratio(dataset, "us-seizures-cargo", "us-seizures", 100).set_index("year")["value"]
    return {
        "lines_all": number(int(totals(dataset)["lines"].sum())),
        "checks_agree": number(sum(row["Verdict"] == AGREES for row in comparable)),
        "checks_all": number(len(comparable)),
        "express_lines": number(float(last["express parcel"]), 2),
        "sea_lines": number(float(last["sea cargo"]), 2),
        "sea_value_low": number(float(sea.min()), 2),
        "sea_value_high": number(float(sea.max()), 2),
        "us_cargo_count_2018": number(float(cargo[2018]), 2),
        "unknown_lines": number(unknown_share(dataset), 2),
        "retail_ratio": ratio_words(dataset),
    }
