"""The words of the chapter: printed figures with their hedges, and the few sums that prose needs."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import estimated
from analysis.publish.pages.administration.customs import items_a_batch
from analysis.publish.pages.administration.modes import shares as mode_shares
from analysis.publish.pages.administration.tables import conflicts
from analysis.publish.words import between, quote
from analysis.series.lookup import by_id

QUOTED = {
    "all_2013": "adm-0735",
    "all_2016": "adm-0419",
    "all_2016_other": "adm-0766",
    "police_2016": "police-0199",
    "all_2018": "adm-0556",
    "all_2024": "adm-0513",
    "all_four_years": "adm-0418",
    "all_2014_part": "adm-0745",
    "industry_2012": "adm-0894",
    "brands_2012": "adm-0896",
    "campaigns_2020": "adm-0185",
    "campaigns_2024": "adm-0550",
    "markets_2020": "adm-0188",
    "markets_2024": "adm-0552",
    "disputes_2024": "adm-0839",
    "links_2021": "adm-0404",
    "links_platforms_2021": "adm-0405",
    "sword_total": "adm-0406",
    "sword_total_other": "adm-0377",
    "police_received_2021": "police-0055",
    "advised_2021": "jus-0129",
    "recordals_2012": "adm-0893",
    "recordals_2024": "adm-0029",
    "batches_2009": "adm-0117",
    "cases_2005": "adm-0668",
    "batches_2018_first": "adm-0016",
    "mail_2018": "adm-0471",
    "half_2018": "adm-0464",
    "half_2019": "adm-0718",
    "half_growth": "adm-0721",
    "export_items_2013": "adm-0109",
    "export_items_2024": "adm-0040",
    "trademark_items_2013": "adm-0105",
    "trademark_items_2024": "adm-0034",
    "value_2009_first": "adm-0118",
    "value_2009_other": "adm-0805",
}
# Years that the windows together estimate: name of the glue, series, year.
MADE = {
    "made_all_2012": ("nlg-cases", 2012),
    "made_all_2014": ("nlg-cases", 2014),
    "made_batches_2019": ("gacc-batches", 2019),
    "made_batches_2021": ("gacc-batches", 2021),
}
EACH = (2012, 2018, 2024)
SHORT = {"freight": "freight", "e-commerce": "parcels"}
# The units of UNIT_WORDS are too wide here: a seizure is a batch or a case, a listing a link.
UNITS = {
    "batches_2009": "batches",
    "cases_2005": "cases",
    "batches_2018_first": "batches",
    "mail_2018": "batches",
    "links_2021": "links",
    "links_platforms_2021": "links",
    "recordals_2012": "rights",
    "recordals_2024": "rights",
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    quoted = by_id(dataset, QUOTED.values())
    said = {
        name: f"{quote(quoted[reading_id], unit=False)} {UNITS[name]}"
        if name in UNITS
        else quote(quoted[reading_id])
        for name, reading_id in QUOTED.items()
    }
    return (
        said
        | {name: estimated(dataset, *where) for name, where in MADE.items()}
        | _leading_group(dataset)
        | _half_year(dataset)
        | _customs(dataset)
        | {"conflicts": f"{len(conflicts(dataset))}"}
    )


def _leading_group(dataset: Dataset) -> dict[str, str]:
    """Return what the total of 2013 to 2016 leaves for the two years in the middle."""
    names = ("all_four_years", "all_2013", "all_2016")
    total, first, last = by_id(dataset, [QUOTED[name] for name in names]).values()
    low = float(total["low"] - first["high"] - last["high"])
    high = float(total["high"] - first["low"] - last["low"])
    return {"left_two_years": f"{between(low, high, 3)} cases"}


def _half_year(dataset: Dataset) -> dict[str, str]:
    """Return the items of the first half of 2018 that the growth printed a year later implies."""
    later, growth = by_id(dataset, [QUOTED["half_2019"], QUOTED["half_growth"]]).values()
    low = float(later["low"]) / (1 + float(growth["high"]) / 100)
    high = float(later["high"]) / (1 + float(growth["low"]) / 100)
    return {"half_implied": f"about {between(low, high, 3)} items"}


def _customs(dataset: Dataset) -> dict[str, str]:
    """Return items a batch in single years, and what e-commerce and freight held in 2023, in percent."""
    each = items_a_batch(dataset)
    said = {
        f"each_{row['year']}": between(row["low"], row["high"], 3)
        for row in each[each["year"].isin(EACH)].to_dict("records")
    }
    found = mode_shares(dataset)
    of_2023 = found[(found["year"] == 2023) & found["name"].isin(SHORT)]
    return said | {
        f"{SHORT[row['name']]}_{row['quantity']}": f"{between(row['low'], row['high'], 2)} percent"
        for row in of_2023.to_dict("records")
    }
