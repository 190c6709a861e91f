"""The words of the chapter that are worked out from several prints: ratios, sums, differences and spreads."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.pages.justice.checks import criminal_totals, first_half_shares, in_year, ratio_in
from analysis.publish.pages.justice.holding import ARRESTED, CHARGED, persons_per_case
from analysis.publish.words import between, number
from analysis.series import printed_years

# Criminal cases that courts accept for each case charged: name of the glue, what courts count, year.
ACCEPTED = {
    "ratio_wide_2013": ("spc-criminal-accepted", 2013),
    "ratio_wide_2015": ("spc-criminal-accepted", 2015),
    "ratio_narrow_2013": ("spc-criminal-narrow-accepted", 2013),
    "ratio_after_2018": ("spc-criminal-accepted", 2018),
    "ratio_after_2020": ("spc-criminal-accepted", 2020),
    "ratio_after_2024": ("spc-criminal-accepted", 2024),
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter, by the name under which its prose uses it.

    Raises InputError where a reading that they rest on is missing.
    """
    received, charged = first_half_shares(dataset)
    rest, printed = criminal_totals(dataset)
    return (
        {
            name: f"{ratio_in(dataset, accepted, 'spp-cases-prosecuted', year):.2f}"
            for name, (accepted, year) in ACCEPTED.items()
        }
        | {"half_of_received": f"{received} percent", "half_of_charged": f"{charged} percent"}
        | {"total_rest": between(*rest), "total_printed": between(*printed)}
        | _per_case(dataset)
        | _courts(dataset)
    )


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return persons a case in single years, and the spread over all years."""
    charged, arrested = (persons_per_case(dataset, stage) for stage in (CHARGED, ARRESTED))
    held = charged.set_index(["year", "rival"])["value"]
    said = {f"held_{year}": f"{held[year, False]:.2f}" for year in (2013, 2024, 2017)}
    return said | {
        "held_2017_rival": f"{held[2017, True]:.2f}",
        "held_arrest": between(float(arrested["low"].min()), float(arrested["high"].max())),
    }


def _courts(dataset: Dataset) -> dict[str, str]:
    """Return differences between courts' counts."""
    copyright_suits, suits = "spc-civil-copyright-accepted", "spc-civil-accepted"
    fewer = in_year(dataset, copyright_suits, 2021) - in_year(dataset, copyright_suits, 2022)
    work, white = "spc-work-report-concluded", "spc-all-concluded"
    shares = [
        100 * ratio_in(dataset, work, white, year) for year in printed_years(dataset, work).table["year"]
    ]
    return {
        "copyright_share_2023": f"{100 * ratio_in(dataset, copyright_suits, suits, 2023):.0f} percent",
        "copyright_fewer": number(fewer),
        "work_of_white": f"{min(shares):.0f} to {max(shares):.0f} percent",
    }
