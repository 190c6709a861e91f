"""China's share of the value of US seizures: what three kinds of evidence say of a year, in the order of preference."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dataset import Dataset
from analysis.series.border_lines import shares_by_origin
from analysis.series.printed_years import printed_years
from analysis.series.ratios import ratio

CHINA, BOTH = ("CN",), ("CN", "HK")
PRINTED = {"us-share-cn-domestic": "domestic", "us-share-cn-msrp": "retail"}
PRINTED_BOTH = {"us-share-cn-hk-msrp": "retail"}
MONEY = {"us-domestic-cn": ("us-value-domestic", "domestic"), "us-msrp-cn": ("us-msrp", "retail")}
SHARE, TABLE, DOLLARS = "printed share", "official table", "printed dollars"
PREFERRED = (SHARE, TABLE, DOLLARS)


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence on a share of a year's value, in percent, with the readings it rests on."""

    year: int
    how: str
    basis: str
    low: float
    high: float
    readings: tuple[str, ...] = ()

    def meets(self, other: Evidence) -> bool:
        """Tell whether two intervals share a value."""
        return self.low <= other.high and other.low <= self.high


def evidence(dataset: Dataset, origins: tuple[str, ...]) -> list[Evidence]:
    """Return all evidence on the share of `origins` (CHINA or BOTH), by year, the preferred kind first.

    Printed shares go first, then the official table, then printed dollars over the printed total of the same basis
    (of China alone). The official table's interval runs from no to all of its value of unknown origin.
    """
    found = [
        Evidence(row["year"], SHARE, basis, row["low"], row["high"], (row["reading_id"],))
        for series_id, basis in (PRINTED if origins == CHINA else PRINTED_BOTH).items()
        for row in printed_years(dataset, series_id).table.to_dict("records")
    ]
    found += [
        Evidence(row["year"], TABLE, "retail", row["low"], row["high"])
        for row in shares_by_origin(dataset, origins).to_dict("records")
    ]
    found += [
        Evidence(row["year"], DOLLARS, basis, row["low"], row["high"], (row["above_id"], row["below_id"]))
        for part, (total, basis) in (MONEY if origins == CHINA else {}).items()
        for row in ratio(dataset, part, total, 100).to_dict("records")
    ]
    return sorted(found, key=lambda one: (one.year, PREFERRED.index(one.how)))


def answers(dataset: Dataset, origins: tuple[str, ...]) -> dict[int, Evidence]:
    """Return the preferred piece of evidence of each year."""
    found: dict[int, Evidence] = {}
    for one in evidence(dataset, origins):
        found.setdefault(one.year, one)
    return found
