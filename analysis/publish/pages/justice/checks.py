"""What other prints say about prints that disagree: sums, growth rates and what a total leaves over."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.series import printed_years
from analysis.series.lookup import by_id

PARTS_2010 = (
    "spc-civil-patent-accepted",
    "spc-civil-trademark-accepted",
    "spc-civil-copyright-accepted",
    "spc-civil-technology-contract-accepted",
    "spc-civil-unfair-competition-accepted",
    "spc-civil-other-ip-accepted",
)
TO_2017, TO_2024 = "jus-0046", "jus-0549"
HALF_2023 = "jus-0622"


def base_before(dataset: Dataset, level: str, growth: str) -> tuple[float, float]:
    """Return the least and most that a printed level and its printed growth (percent) imply a year before."""
    now, rate = by_id(dataset, (level, growth)).values()
    return float(now["low"] / (1 + rate["high"] / 100)), float(now["high"] / (1 + rate["low"] / 100))


def first_half_shares(dataset: Dataset) -> tuple[str, str]:
    """Return the disputed first half of 2023 as a share of those received and of those charged in 2023.

    Percent, rounded to whole ones.
    """
    half = float(by_id(dataset, [HALF_2023])[HALF_2023]["value"])
    received, charged = (
        in_year(dataset, name, 2023) for name in ("spp-review-prosecution-persons", "spp-persons-prosecuted")
    )
    return f"{100 * half / received:.0f}", f"{100 * half / charged:.0f}"


def parts_of_2010(dataset: Dataset) -> float:
    """Return the sum of the kinds of civil suit accepted in 2010 (cases)."""
    return sum(in_year(dataset, name, 2010) for name in PARTS_2010)


def criminal_totals(dataset: Dataset) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what the total to 2024 leaves after the total to 2017, and what printed years after 2017 sum to.

    Each as least and most (cases).
    """
    early, late = by_id(dataset, (TO_2017, TO_2024)).values()
    table = printed_years(dataset, "spc-criminal-concluded").table
    years = table[table["year"].between(2018, 2024)]
    rest = float(late["low"] - early["high"]), float(late["high"] - early["low"])
    return rest, (float(years["low"].sum()), float(years["high"].sum()))


def share_of_sum(part: float, whole: float, *, add_part: bool) -> float:
    """Return a part in percent of the whole, or of part and whole together."""
    return 100 * part / (whole + part if add_part else whole)


def in_year(dataset: Dataset, series_id: str, year: int) -> float:
    """Return the picked value of a series in a year. Raises KeyError where that year has no print."""
    table = printed_years(dataset, series_id).table
    return float(table.set_index("year")["value"].loc[year])


def ratio_in(dataset: Dataset, part: str, whole: str, year: int) -> float:
    """Return one series over another in a year."""
    return in_year(dataset, part, year) / in_year(dataset, whole, year)
