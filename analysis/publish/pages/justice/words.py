"""The words of the chapter on prosecutors and courts: printed figures with their hedges, ratios between prints."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.bands import estimated
from analysis.publish.pages.justice.checks import criminal_totals, first_half_shares, in_year, ratio_in
from analysis.publish.pages.justice.holding import ARRESTED, CHARGED, persons_per_case
from analysis.publish.words import between, number, quote
from analysis.series import printed_years
from analysis.series.lookup import by_id

QUOTED = {
    "charged_2013": "jus-0075",
    "charged_2024": "jus-0714",
    "arrests_2013": "jus-0073",
    "arrests_2024": "jus-0710",
    "sent_2024": "jus-0145",
    "penalties_2016": "jus-0051",
    "charged_2016": "jus-0685",
    "disputed_2012": "jus-0705",
    "disputed_2023": "jus-0622",
    "cases_2017_first": "jus-0308",
    "persons_2017_first": "jus-0309",
    "cases_2017": "jus-0312",
    "persons_2017": "jus-0313",
    "concluded_2016": "jus-0050",
    "concluded_2018": "jus-0057",
    "total_2017": "jus-0046",
    "total_2024": "jus-0549",
    "trademark_2020": "jus-0408",
    "copyright_2020": "jus-0210",
    "secrets_2020": "jus-0211",
    "copyright_civil_2021": "jus-0794",
    "copyright_civil_2022": "jus-0870",
    "all_accepted_2021": "jus-0197",
    "all_accepted_2022": "jus-0227",
    "work_2019": "jus-0273",
    "white_2019": "jus-0927",
    "work_2024": "jus-0748",
    "first_2024": "adm-0547",
    "told_to_file_2022": "jus-0127",
    "told_to_file_2023": "jus-0128",
    "fakes_transferred_2018": "jus-0641",
    "fakes_transferred_2024": "jus-0579",
    "transferred_2018": "jus-0086",
    "transferred_2023": "jus-0133",
}
# Years that the windows together estimate: name of the glue, series, year.
MADE = {
    "made_charged_2012": ("spp-persons-prosecuted", 2012),
    "made_arrests_2022": ("spp-arrests-approved", 2022),
    "made_civil_2021": ("spc-civil-accepted", 2021),
}
SHARES = {
    "wide_2013": ("spc-criminal-accepted", "spp-cases-prosecuted", 2013),
    "wide_2015": ("spc-criminal-accepted", "spp-cases-prosecuted", 2015),
    "narrow_2013": ("spc-criminal-narrow-accepted", "spp-cases-prosecuted", 2013),
    "after_2018": ("spc-criminal-accepted", "spp-cases-prosecuted", 2018),
    "after_2020": ("spc-criminal-accepted", "spp-cases-prosecuted", 2020),
    "after_2024": ("spc-criminal-accepted", "spp-cases-prosecuted", 2024),
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it.

    Raises InputError where a reading that the chapter quotes is missing.
    """
    quoted = by_id(dataset, QUOTED.values())
    said = {name: quote(quoted[reading_id]) for name, reading_id in QUOTED.items()}
    received, charged = first_half_shares(dataset)
    rest, printed = criminal_totals(dataset)
    return (
        said
        | {name: estimated(dataset, *where) for name, where in MADE.items()}
        | {f"ratio_{name}": f"{ratio_in(dataset, *pair):.2f}" for name, pair in SHARES.items()}
        | {"half_of_received": f"{received} percent", "half_of_charged": f"{charged} percent"}
        | {"total_rest": between(*rest), "total_printed": between(*printed)}
        | _per_case(dataset)
        | _courts(dataset)
    )


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return persons a case in single years, and the spread over all years."""
    charged, arrested = (persons_per_case(dataset, stage) for stage in (CHARGED, ARRESTED))
    years = {int(row["year"]): row for row in charged[~charged["rival"]].to_dict("records")}
    rival = {int(row["year"]): row for row in charged[charged["rival"]].to_dict("records")}
    return {
        "held_2013": f"{years[2013]['value']:.2f}",
        "held_2024": f"{years[2024]['value']:.2f}",
        "held_2017": f"{years[2017]['value']:.2f}",
        "held_2017_rival": f"{rival[2017]['value']:.2f}",
        "held_arrest": between(float(arrested["low"].min()), float(arrested["high"].max())),
    }


def _courts(dataset: Dataset) -> dict[str, str]:
    """Return differences between courts' counts."""
    year = 2023
    copyright_share = ratio_in(dataset, "spc-civil-copyright-accepted", "spc-civil-accepted", year)
    fewer = in_year(dataset, "spc-civil-copyright-accepted", 2021) - in_year(
        dataset, "spc-civil-copyright-accepted", 2022
    )
    work = printed_years(dataset, "spc-work-report-concluded").table
    shares = [ratio_in(dataset, "spc-work-report-concluded", "spc-all-concluded", y) for y in work["year"]]
    return {
        "copyright_share_2023": f"{100 * copyright_share:.0f} percent",
        "copyright_fewer": number(fewer),
        "work_of_white": f"{100 * min(shares):.0f} to {100 * max(shares):.0f} percent",
    }
