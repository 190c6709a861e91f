"""Every figure of the three founding articles on platforms, with its window and what else was printed of it."""

from __future__ import annotations

import re

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.platforms.prints import FOUNDING, one, when
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import quote

SAME = "The agency's conversion of the row above: the same quantity, not to be added."
NO_YEARS = "A yearly average; which years is not printed."

# By article, by reading: the unit in words, what is counted, and a remark, in which [id] stands for another
# reading's figure and window.
ROWS: dict[int, dict[str, tuple[str, str, str]]] = {
    2014: {
        "plat-seed2-01": (
            "clusters",
            "clusters of cases",
            "Printed as cases; elsewhere rings: [plat-ir2014-03].",
        ),
        "plat-seed2-02": ("cases", "cases inside the clusters", "Elsewhere [plat-cd2014-03]."),
        "plat-seed2-03": (
            "sites",
            "dens selling fakes",
            "The translation garbles the hedge and once adds factories and markets. Elsewhere "
            "[plat-ir2014-04], [plat-xh2014-01].",
        ),
        "plat-seed2-04": (
            "people",
            "suspects arrested",
            "Three hedges: elsewhere [plat-cd2014-04], [plat-xh2014-02], [plat-ir2014-02].",
        ),
        "plat-seed2-05": ("percent", "of gangs that sell fakes, from ten areas", "Printed in tenths."),
        "plat-seed2-09": ("areas", "the areas of the row above", "Elsewhere, by another method, provinces."),
        "plat-seed2-06": ("percent", "of jewellery and watch cases, in South China", "Printed in tenths."),
        "plat-seed2-07": ("percent", "of outdoor sports cases, from the southeast", "Printed in tenths."),
        "plat-seed2-08": ("percent", "of textile cases, from East China", "Printed in tenths."),
    },
    2016: {
        "plat-seed3-01": (
            "workshops",
            "workshops making fake sports shoes in Putian",
            "Printed as a recent case; elsewhere [plat-putian16-01].",
        ),
        "plat-seed3-02": (
            "people",
            "people who joined a special team",
            "Whether all are employees is not said. Earlier [plat-cd2014-05].",
        ),
        "plat-seed3-03": ("people", "core members of that team", "Inside the row above."),
        "plat-seed3-04": (
            "shops",
            "online shops that signed up to take part",
            "Taking part is not being checked.",
        ),
        "plat-seed3-05": (
            "gangs",
            "gangs on the company's map",
            "No counting window; elsewhere [plat-sjf2016-01]. A later map has [plat-map2017-01], by another method.",
        ),
        "plat-seed3-06": (
            "gangs",
            "gangs, Louis Vuitton fakes, Guangzhou",
            "The year is not printed; taken from the day of the text. The district is misspelt.",
        ),
        "plat-seed3-07": ("man", "believed to be a ringleader", "Same raid; year not printed."),
        "plat-seed3-08": ("people", "alleged accomplices", "Same raid; year not printed."),
        "plat-seed3-09": ("people", "suspects detained in Dubai", "On information from Chinese police."),
        "plat-seed3-10": ("items", "fake goods confiscated in Dubai", "Same case."),
    },
    2017: {
        "plat-seed4-01": ("listings", "products on Alibaba's platforms", "Printed as billion-plus."),
        "plat-seed4-02": ("products", "bought as tests", NO_YEARS),
        "plat-seed4-03": ("yuan", "spent on test buys", NO_YEARS),
        "plat-seed4-04": ("dollars", "spent on test buys", SAME),
        "plat-seed4-05": (
            "percent",
            "of online shops checked each year",
            "Printed as one in four; of which shops is not said.",
        ),
        "plat-seed4-06": (
            "provinces",
            "provinces whose police work with Alibaba",
            "For 2017 elsewhere [plat-ipr201802-05] with agreements, and [plat-ipr201802-04].",
        ),
        "plat-seed4-07": (
            "leads",
            "leads passed to police",
            "Elsewhere the leads taken up, of [plat-idg2017-01] submitted.",
        ),
        "plat-seed4-08": ("people", "suspects arrested", "Police make the arrests."),
        "plat-seed4-09": (
            "sites",
            "manufacturing sites closed",
            "Elsewhere [plat-xh2017-01]; for an overlapping year [plat-sx2017-01].",
        ),
        "plat-seed4-10": (
            "yuan",
            "goods seized",
            "Elsewhere [plat-xh2017-03] is the value of the cases, not of goods seized.",
        ),
        "plat-seed4-11": ("dollars", "goods seized", SAME),
        "plat-seed4-12": (
            "yuan",
            "trade of a ring in weight-loss drugs, Loudi",
            "Sales, not goods found. August may date the raid, not the trade.",
        ),
        "plat-seed4-13": ("dollars", "trade of a ring in weight-loss drugs, Loudi", SAME),
        "plat-seed4-14": (
            "provinces",
            "reached by the ring's sales",
            "Where it sold, not where it was raided.",
        ),
    },
}
CAPTIONS = {
    2014: "Every figure of the article of 18 December 2014 on Taobao and the police",
    2016: "Every figure of the China Daily article of 17 May 2016",
    2017: "Every figure of the Xinhua article of 19 September 2017",
}
REFERENCE = re.compile(r"\[([\w-]+)\]")


def founding_rows(dataset: Dataset, year: int) -> list[dict[str, object]]:
    """Return the rows of a founding article's table: what, figure with hedge, window, remark.

    Raises
    ------
    InputError
        If no founding article is of that year, or the data hold a figure of it that the table lacks.
    """
    if year not in ROWS:
        raise InputError(f"No founding article on platforms is of {year}; they are of 2014, 2016 and 2017.")
    ids = dataset.readings["reading_id"]
    lacking = sorted(set(ids[ids.str.startswith(FOUNDING[year])]) - set(ROWS[year]))
    if lacking:
        raise InputError(f"The table of {year} has no row for reading {lacking[0]!r}; add it to ROWS.")
    return [_row(dataset, name, *parts) for name, parts in ROWS[year].items()]


def _row(dataset: Dataset, name: str, unit: str, what: str, remark: str) -> dict[str, object]:
    reading = one(dataset, name)
    return {
        "Figure": f"{quote(reading, unit=False)} {unit}",
        "What": what,
        "Window": when(reading),
        "Remark": REFERENCE.sub(lambda found: _elsewhere(dataset, found[1]), remark),
    }


def _elsewhere(dataset: Dataset, name: str) -> str:
    """Return another reading's figure and window."""
    reading = one(dataset, name)
    return f"{quote(reading, unit=False)} ({when(reading)})"


def founding_table(dataset: Dataset, year: int) -> HtmlTable:
    """Return the table of a founding article. Raises InputError as `founding_rows` does."""
    return table(founding_rows(dataset, year), caption=CAPTIONS[year], wide=True)
