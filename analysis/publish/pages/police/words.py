"""The words of the chapter on police campaigns: printed figures with their hedges, and rates between readings."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import band, estimated
from analysis.publish.pages.police.founding import founding_words
from analysis.publish.pages.police.online import FROM_JANUARY, FROM_LAUNCH, online_rates
from analysis.publish.pages.police.scales import YEAR_DAYS, spoken
from analysis.publish.pages.police.together import SERIES, quarters
from analysis.publish.words import between, number, quote
from analysis.series import reconstructed
from analysis.series.lookup import added, by_id, chosen, daily

QUOTED = {
    "cases_2008": "adm-0677",
    "cases_2009": "police-0192",
    "narrow_2013_16": "police-0372",
    "cases_2022": "police-0059",
    "investigated_2023": "police-0063",
    "filed_2023": "adm-0867",
    "filed_2024": "adm-0840",
    "since_2011_to_2014": "adm-0202",
    "since_2011_to_2017": "police-0201",
    "five_years": "police-0098",
    "plan_2016_20": "police-0027",
    "plan_2021_25": "police-0524",
    "first_cases_2013": "police-0169",
    "first_suspects_2013": "police-0171",
    "first_value_2013": "police-0170",
    "second_cases_2013": "adm-0244",
    "second_suspects_2013": "adm-0245",
    "second_value_2013": "adm-0246",
    "cases_may_2013": "police-0454",
    "value_may_2013": "police-0456",
    "value_2011_17": "police-0202",
    "suspects_2005": "adm-0672",
    "suspects_2005_part": "police-0114",
    "kunlun_june": "police-0001",
    "kunlun_august": "police-0015",
    "kunlun_december": "police-0019",
    "kunlun_year": "police-0023",
    "bright_sword_whole": "police-0433",
    "bright_sword_october": "police-0083",
    "cases_2021": "police-0053",
    "suspects_q2_2021": "police-0046",
}
# Years that the windows together estimate: name of the glue, series, year.
MADE = {
    "made_2011": (SERIES, 2011),
    "made_2018": (SERIES, 2018),
    "made_2020": (SERIES, 2020),
    "made_suspects_2012": ("mps-suspects", 2012),
}
MEANS = {
    "mean_2016_20": "police-0027",
    "mean_narrow_2013_16": "police-0372",
}
# The printed years 2021 to 2024 and the part of 2025, of unlike stages, against the total told for them all.
PLAN_YEARS = ("police-0053", "police-0059", "police-0063", "adm-0840", "police-0065")
PACES = {
    "pace_may": "plat-seed0-01",
    "pace_january": "plat-seed1-01",
    "pace_august": "police-0015",
    "pace_november": "plat-seed0-02",
}
GAPS = {
    "autumn": ("police-0015", "plat-seed0-02"),
    "last_week": ("police-0019", "police-0023"),
    "last_days_2012": ("adm-0753", "adm-0889"),
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    quoted = by_id(dataset, QUOTED.values())
    said = {name: quote(quoted[reading_id]) for name, reading_id in QUOTED.items()}
    said |= {name: estimated(dataset, *where) for name, where in MADE.items()}
    said |= _means(dataset) | _paces(dataset) | _gaps(dataset) | _online(dataset) | _together(dataset)
    return said | founding_words(dataset)


def _together(dataset: Dataset) -> dict[str, str]:
    """Say how the reconstructed year 2020 stands to its print, and how many quarters the readings tell apart."""
    years = band(dataset, SERIES)
    low, high = years.loc[years["year"] == 2020, ["lower", "upper"]].to_numpy(dtype=float)[0]
    printed = by_id(dataset, [QUOTED["kunlun_year"]])[QUOTED["kunlun_year"]]
    stands = "which meets the printed figure"
    if high < printed["low"]:
        stands = "below anything that the printed figure allows: the windows around it do not bear it out"
    elif low > printed["high"]:
        stands = "above anything that the printed figure allows: the windows around it ask for more"
    found = quarters(reconstructed(dataset, SERIES))
    return {
        "made_2020_stands": stands,
        "quarters": number(len(found)),
        "quarters_told": number(int((~found["hatched"]).sum())),
    }


def _means(dataset: Dataset) -> dict[str, str]:
    """Return totals over several years as cases a year, evenly spread, rounded to three digits."""
    rows = by_id(dataset, MEANS.values())
    parts = chosen(dataset, PLAN_YEARS)
    said = {"plan_years": between(float(parts["low"].sum()), float(parts["high"].sum()), 3)}
    for name, reading_id in MEANS.items():
        row = rows[reading_id]
        years = row["days"] / YEAR_DAYS
        said[name] = between(row["low"] / years, row["high"] / years, 3)
    return said


def _paces(dataset: Dataset) -> dict[str, str]:
    """Return cases a day over single windows."""
    rows = {str(row["reading_id"]): row for _, row in daily(chosen(dataset, PACES.values())).iterrows()}
    return {
        name: spoken(rows[reading_id]["rate_low"], rows[reading_id]["rate_high"])
        for name, reading_id in PACES.items()
    }


def _gaps(dataset: Dataset) -> dict[str, str]:
    """Return what a longer window adds to a shorter one: cases, or cases a day."""
    gaps = {name: added(*by_id(dataset, ids).values()) for name, ids in GAPS.items()}
    low, high, days = gaps["autumn"]
    return {
        "autumn_pace": spoken(low / days, high / days),
        "last_week_days": number(gaps["last_week"][2]),
        "last_week_added": f"{between(*gaps['last_week'][:2], 2)} cases",
        "last_days_2012_added": f"{between(*gaps['last_days_2012'][:2], 2)} cases",
    }


def _online(dataset: Dataset) -> dict[str, str]:
    """Return the first and the last year's online cases a day under both readings of the window."""
    names = {FROM_JANUARY: "january", FROM_LAUNCH: "launch"}
    rates = online_rates(dataset)
    first_and_last = rates[rates["year"].isin([rates["year"].min(), rates["year"].max()])]
    return {
        f"online_{names[row['basis']]}_{row['year']}": spoken(row["rate_low"], row["rate_high"])
        for _, row in first_and_last.iterrows()
    }
