"""What Alibaba's programme of test buys comes to, each quotient as wide as the hedges of its parts allow."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dataset import Dataset
from analysis.series.lookup import chosen

BUYS, SPENDING, LISTINGS = "plat-seed4-02", "plat-seed4-03", "plat-seed4-01"
CHECKED, SELLERS, SUSPECTED = "plat-seed4-05", "plat-fortune2016-02", "plat-cqn2017-05"


@dataclass(frozen=True)
class Programme:
    """The programme as printed: intervals (low, high) a year, and what follows from them."""

    buys: tuple[float, float]
    yuan_a_buy: tuple[float, float]
    listings_a_buy: tuple[float, float]
    shops_a_buy: tuple[float, float]
    suspected: float


def programme(dataset: Dataset) -> Programme:
    """Return the arithmetic of the programme, each quotient with the widest interval its parts allow.

    Buys, spending and the share of shops checked are yearly; listings on the platforms and Taobao sellers are
    stocks. Raises InputError if a reading is missing.
    """
    rows = chosen(dataset, [BUYS, SPENDING, LISTINGS, CHECKED, SELLERS, SUSPECTED])
    low, high = rows["low"], rows["high"]

    def a_buy(name: str, share: str | None = None) -> tuple[float, float]:
        """Divide a quantity (or a share in percent of it) by the buys."""
        parts = (low[share] / 100, high[share] / 100) if share else (1.0, 1.0)
        return low[name] * parts[0] / high[BUYS], high[name] * parts[1] / low[BUYS]

    return Programme(
        buys=(low[BUYS], high[BUYS]),
        yuan_a_buy=a_buy(SPENDING),
        listings_a_buy=a_buy(LISTINGS),
        shops_a_buy=a_buy(SELLERS, CHECKED),
        suspected=float(rows["value"][SUSPECTED]) / 100,
    )
