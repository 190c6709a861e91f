"""The words of the chapter on platforms that are more than one print: counts, quotients, and what adds up."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.pages.platforms.checks import check_words
from analysis.publish.pages.platforms.leads import totals_that_fit, value_words
from analysis.publish.pages.platforms.windows import removal_words
from analysis.publish.words import listed, number

PLATFORMS = (
    *("Alibaba", "Amazon", "Tencent", "Douyin", "Etsy", "Pinduoduo", "TikTok", "eBay", "JD", "Kuaishou"),
    *("Xiaohongshu", "Temu"),
)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name of its glue.

    Raises InputError if a reading that they rest on is missing.
    """
    reporters = dataset.readings["reporter"].astype(str)
    return {
        "platform_readings": number(int(reporters.isin(PLATFORMS).sum())),
        "alibaba_readings": number(int((reporters == "Alibaba").sum())),
        "totals_that_fit": listed(totals_that_fit(dataset)),
        **value_words(dataset),
        **check_words(dataset),
        **removal_words(dataset),
    }
