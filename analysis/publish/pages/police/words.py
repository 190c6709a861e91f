"""The words of the chapter on police campaigns that are more than one print: sums, what fits, counts of quarters."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import band
from analysis.publish.pages.police.named import each, named_cases
from analysis.publish.pages.police.together import SERIES, quarters
from analysis.publish.pages.police.windows import FROM_LAUNCH, online_rates
from analysis.publish.words import between, number, rate
from analysis.series import reconstructed
from analysis.series.lookup import by_id, chosen

# The printed years 2021 to 2024 and the part of 2025, of unlike stages, against the total told for them all.
PLAN_YEARS = ("police-0053", "police-0059", "police-0063", "adm-0840", "police-0065")
KUNLUN_YEAR = "police-0023"
PHONES, WATCHES = "sd-2020-0508-phones", "gd-2020-hurricane183-watches"


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    parts = chosen(dataset, PLAN_YEARS)
    rates = online_rates(dataset)
    launch = rates[(rates["basis"] == FROM_LAUNCH) & (rates["year"] == 2024)].iloc[0]
    cases = {case["case_id"]: case for case in named_cases()}
    found = quarters(reconstructed(dataset, SERIES))
    return {
        "plan_years": between(float(parts["low"].sum()), float(parts["high"].sum()), 3),
        "made_2020_stands": _stands(dataset),
        "quarters": number(len(found)),
        "quarters_told": number(int((~found["hatched"]).sum())),
        "online_launch_2024": rate(launch["rate_low"], launch["rate_high"]),
        "phone_each": each(dataset, cases[PHONES]),
        "watch_each": each(dataset, cases[WATCHES]),
    }


def _stands(dataset: Dataset) -> str:
    """Say how the reconstructed year 2020 stands to its print."""
    years = band(dataset, SERIES)
    low, high = years.loc[years["year"] == 2020, ["lower", "upper"]].to_numpy(dtype=float)[0]
    printed = by_id(dataset, [KUNLUN_YEAR])[KUNLUN_YEAR]
    if high < printed["low"]:
        return "below anything that the printed figure allows: the windows around it do not bear it out"
    if low > printed["high"]:
        return "above anything that the printed figure allows: the windows around it ask for more"
    return "which meets the printed figure"
