"""The words of the chapter on the destinations' borders."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import estimated
from analysis.publish.pages.borders.checks import AGREES, ANOTHER, check_rows
from analysis.publish.pages.borders.comparison_charts import comparison_words
from analysis.publish.pages.borders.official import shares_by, totals
from analysis.publish.pages.borders.ratios import opposed, ratio
from analysis.publish.pages.borders.shares import share_words
from analysis.publish.pages.borders.values import ratio_words
from analysis.publish.words import between, number, quote
from analysis.series import printed_years
from analysis.series.lookup import by_id

# A year of a series, quoted with its hedge: name of the glue, series, year.
QUOTED = {
    "eu_items_2011": ("eu-border-items", 2011),
    "eu_items_2012": ("eu-border-items", 2012),
    "eu_cases_2011": ("eu-border-cases", 2011),
    "eu_cases_2012": ("eu-border-cases", 2012),
    "jp_cases_2024": ("jp-cases", 2024),
    "jp_items_2024": ("jp-items", 2024),
    "jp_items_2025": ("jp-items", 2025),
    "jp_cases_2025": ("jp-cases", 2025),
    "oecd_2016": ("oecd-world-trade", 2016),
    "oecd_2019": ("oecd-world-trade", 2019),
    "us_seizures_2021": ("us-seizures", 2021),
    "us_seizures_2020": ("us-seizures", 2020),
    "us_msrp_2020": ("us-msrp", 2020),
    "us_msrp_2021": ("us-msrp", 2021),
    "eu_cn_2016": ("eu-border-share-items-cn", 2016),
    "eu_cn_2019": ("eu-border-share-items-cn", 2019),
    "jp_cn_cases_2024": ("jp-share-cases-cn", 2024),
    "jp_cn_items_2024": ("jp-share-items-cn", 2024),
    "jp_kr_2006": ("jp-cases-kr", 2006),
    "jp_kr_2014": ("jp-cases-kr", 2014),
    "jp_vn_2014": ("jp-cases-vn", 2014),
    "jp_vn_2024": ("jp-cases-vn", 2024),
    "eu_parcels_2018": ("eu-border-share-cases-parcels", 2018),
    "jp_post_2024": ("jp-share-cases-post", 2024),
    "jp_cargo_2024": ("jp-share-items-cargo", 2024),
    "us_cargo_value_2018": ("us-share-msrp-cargo", 2018),
    "kr_parcels_2024": ("kr-seizures", 2024),
    "kr_crime_2024": ("kr-criminal-cases", 2024),
    "fr_items_2023": ("fr-items", 2023),
    "eu_items_2023": ("eu-border-items", 2023),
}
# Series whose unit prose names itself: a case of Japan or the EU is called a seizure in the data.
BARE = (
    *("eu-border-items", "jp-items", "fr-items"),
    *("eu-border-cases", "jp-cases", "us-seizures", "kr-seizures"),
    *("jp-cases-kr", "jp-cases-vn"),
)
# Years that the windows together estimate: name of the glue, series, year.
MADE = {"made_us_2024": ("us-seizures", 2024), "made_jp_2011": ("jp-items", 2011)}
CIGARETTES = "eu-border-share-items-cigarettes"
FIRST_EU_2006, FIRST_EU_2022 = "eu-2006-items-first", "eu-2022-items"


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter. Raises InputError if a series or reading is missing."""
    said = {name: quoted(dataset, *where, unit=where[0] not in BARE) for name, where in QUOTED.items()}
    said |= {name: estimated(dataset, *where) for name, where in MADE.items()}
    said |= _per_case(dataset) | _official(dataset) | _others(dataset)
    return said | share_words(dataset) | comparison_words(dataset)


def quoted(dataset: Dataset, series_id: str, year: int, *, unit: bool = True) -> str:
    """Return a series' year as it was printed, hedge first. Raises KeyError where the year is missing."""
    name = printed_years(dataset, series_id).table.set_index("year").loc[year, "reading_id"]
    return quote(by_id(dataset, [str(name)])[str(name)], unit=unit)


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return items a consignment, and how often cases and items moved apart."""
    said: dict[str, str] = {}
    pairs = {
        "eu": ("eu-border-items", "eu-border-cases"),
        "jp": ("jp-items", "jp-cases"),
        "us": ("us-items", "us-seizures"),
    }
    for name, (items, cases) in pairs.items():
        rows = ratio(dataset, items, cases).to_dict("records")
        said |= {f"{name}_each_{row['year']}": between(row["low"], row["high"], 2) for row in rows}
    for name in ("eu", "jp"):
        apart, certain = opposed(dataset, *pairs[name])
        said |= {f"{name}_apart": number(apart), f"{name}_certain": number(certain)}
    return {key: said[key] for key in PER_CASE}


PER_CASE = (
    *("eu_each_2011", "eu_each_2012", "jp_each_2024", "us_each_2022"),
    *("eu_apart", "eu_certain", "jp_apart", "jp_certain"),
)


def _official(dataset: Dataset) -> dict[str, str]:
    """Return what the official US table holds, and how its checks came out."""
    rows = check_rows(dataset)
    ways = shares_by(dataset, "way").unstack("label")
    last = int(totals(dataset).index.max())
    sea = ways["msrp_usd"]["sea cargo"]
    comparable = [row for row in rows if row["Verdict"] != ANOTHER]
    cargo = ratio(dataset, "us-seizures-cargo", "us-seizures", 100).set_index("year")["value"]
    return {
        "lines_all": number(int(totals(dataset)["lines"].sum())),
        "checks_agree": number(sum(row["Verdict"] == AGREES for row in comparable)),
        "checks_all": number(len(comparable)),
        "express_lines": number(float(ways["lines"]["express parcel"][last]), 2),
        "sea_lines": number(float(ways["lines"]["sea cargo"][last]), 2),
        "sea_value_low": number(float(sea.min()), 2),
        "sea_value_high": number(float(sea.max()), 2),
        "us_cargo_count_2018": number(float(cargo[2018]), 2),
        "unknown_lines": number(_unknown(dataset), 2),
        "retail_ratio": ratio_words(dataset),
    }


def _unknown(dataset: Dataset) -> float:
    """Return the percent of all lines whose origin is unknown."""
    frame = dataset.border_lines
    return float(frame.loc[frame["origin"] == "ZZ", "lines"].sum() / frame["lines"].sum() * 100)


def _others(dataset: Dataset) -> dict[str, str]:
    """Return restated EU totals, and the span of the EU's share of cigarettes."""
    first = by_id(dataset, [FIRST_EU_2006, FIRST_EU_2022])
    smoke = printed_years(dataset, CIGARETTES).table["value"]
    return {
        "eu_2006_first": quote(first[FIRST_EU_2006], unit=False),
        "eu_2006_later": quoted(dataset, "eu-border-items", 2006, unit=False),
        "eu_2022_first": quote(first[FIRST_EU_2022], unit=False),
        "eu_2022_later": quoted(dataset, "eu-border-items", 2022, unit=False),
        "smoke_low": number(smoke.min(), 2),
        "smoke_high": number(smoke.max(), 2),
    }
