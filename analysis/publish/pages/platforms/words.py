"""The words that the chapter on platforms takes from the data."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import estimated
from analysis.publish.pages.platforms.checks import check_words
from analysis.publish.pages.platforms.leads import (
    FUNNEL,
    totals_that_fit,
    value_words,
)
from analysis.publish.pages.platforms.prints import one, said
from analysis.publish.pages.platforms.windows import removal_words
from analysis.publish.words import listed, number, quote
from analysis.series import printed_years

PLATFORMS = (
    *("Alibaba", "Amazon", "Tencent", "Douyin", "Etsy", "Pinduoduo", "TikTok", "eBay", "JD", "Kuaishou"),
    *("Xiaohongshu", "Temu"),
)
QUOTED = {
    "cases_2014": "plat-seed2-02",
    "suspects_2014": "plat-seed2-04",
    "suspects_2014_xinhua": "plat-xh2014-02",
    "suspects_2014_trade": "plat-ir2014-02",
    "ten_areas": "plat-seed2-05",
    "five_provinces": "plat-map2017-03",
    "team": "plat-seed3-02",
    "map_2016": "plat-seed3-05",
    "map_2017": "plat-map2017-01",
    "suspects_2016": "plat-seed4-08",
    "printed_ratio": "plat-idg2017-05",
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every number that the chapter's prose holds, by the name of its glue.

    Raises
    ------
    InputError
        If a reading that the chapter quotes is missing.
    """
    reporters = dataset.readings["reporter"].astype(str)
    return {
        "platform_readings": number(int(reporters.isin(PLATFORMS).sum())),
        "alibaba_readings": number(int((reporters == "Alibaba").sum())),
        **{name: said(dataset, reading_id) for name, reading_id in QUOTED.items()},
        "leads_2016": said(dataset, "plat-seed4-07", unit=False),
        "submitted": said(dataset, FUNNEL[0][0], unit=False),
        "totals_that_fit": listed(totals_that_fit(dataset)),
        "police_suspects_2016": _police_suspects(dataset, 2016),
        "made_suspects_2014": estimated(dataset, "alibaba-suspects", 2014),
        "made_value_2015": estimated(dataset, "alibaba-value", 2015),
        **value_words(dataset),
        **check_words(dataset),
        **removal_words(dataset),
    }


def _police_suspects(dataset: Dataset, year: int) -> str:
    """Return the ministry's own count of suspects in a year, as printed."""
    table = printed_years(dataset, "mps-suspects").table.set_index("year")
    return quote(one(dataset, str(table.loc[year, "reading_id"])))
