"""The five articles that this project began with: what each prints, and where the book treats it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dataset import Dataset
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import quote
from analysis.series.lookup import chosen


@dataclass(frozen=True)
class System:
    """One system of counting that a founding article draws on, and the readings that show it."""

    article: str
    system: str
    counter: str
    readings: tuple[str, ...]
    chapter: str
    page: str


POLICE = ("Police campaigns", "police-campaigns.html")
PLATFORMS = ("Platforms", "platforms.html")

SYSTEMS = (
    System(
        "ecns-2020-11-12-1400-online",
        "Police campaign Kunlun 2020, national counts since May",
        "Ministry of Public Security",
        ("plat-seed0-01", "plat-seed0-02"),
        *POLICE,
    ),
    System(
        "ecns-2020-11-12-1400-online",
        "Joint inspections of physical markets",
        "police with administrations",
        ("plat-seed0-06",),
        *POLICE,
    ),
    System(
        "economicdaily-2020-11-clear-inventory-scams",
        "The same campaign counted since January, and three named cases",
        "Ministry of Public Security",
        ("plat-seed1-01", "plat-seed1-05", "plat-seed1-08"),
        *POLICE,
    ),
    System(
        "sinatech-2014-12-18-taobao-police-report",
        "Taobao's linkage with the police, 2014",
        "the company",
        ("plat-seed2-02", "plat-seed2-04"),
        *PLATFORMS,
    ),
    System(
        "chinadaily-2016-05-17-alibaba-vows",
        "The company's own team, and its map of gangs",
        "the company",
        ("plat-seed3-02", "plat-seed3-05"),
        *PLATFORMS,
    ),
    System(
        "chinadaily-2016-05-17-alibaba-vows",
        "Police raids on the company's leads: Putian, Guangzhou, Dubai",
        "the company, of police work",
        ("plat-seed3-01", "plat-seed3-10"),
        *PLATFORMS,
    ),
    System(
        "xinhua-2017-09-19-fighting-counterfeits",
        "Test buys and shop checks",
        "the company",
        ("plat-seed4-02", "plat-seed4-05"),
        *PLATFORMS,
    ),
    System(
        "xinhua-2017-09-19-fighting-counterfeits",
        "From leads to suspects, sites and value, 2016",
        "the company, of police work",
        ("plat-seed4-07", "plat-seed4-08", "plat-seed4-09"),
        *PLATFORMS,
    ),
)


def systems_table(dataset: Dataset) -> HtmlTable:
    """Return the table of the founding articles' systems, each with figures it prints and its chapter."""
    sources = dataset.sources.set_index("source_id")
    rows = []
    for one in SYSTEMS:
        source = sources.loc[one.article]
        printed = "; ".join(quote(row) for _, row in chosen(dataset, one.readings).iterrows())
        rows.append(
            {
                "article": f"{source['publisher'].split(' (')[0]}, {source['published']}",
                "system": one.system,
                "who counts": one.counter,
                "it prints": printed,
                "chapter": Link(one.chapter, one.page),
            }
        )
    return table(rows, caption="The systems of the five founding articles", wide=True)
