"""Short names for the labels of drawings; the table beside them gives the full titles."""

from __future__ import annotations

from analysis.publish.pages.ledger.rows import Row

MEASURES = {
    "eu-2003-reg-1383": "EU Regulation 1383 (2004)",
    "us-2016-02-24-tftea": "Trade enforcement act 2016",
    "us-2016-03-de-minimis-800": "De minimis raised 2016",
    "us-2008-pro-ip-act": "PRO-IP Act 2008",
}
# Longer phrases first.
SERIES = (
    ("Value of seizures at US borders", "US seizure value"),
    ("Value of US seizures at retail price", "US seizure value"),
    ("Share of US seizures in express consignment", "US share by express"),
    ("Seizures at US borders", "US seizures"),
    ("Seizures of fakes by French customs", "French seizures"),
    ("Convictions from HSI IPR cases", "HSI convictions"),
    ("Arrests by HSI in IPR cases", "HSI arrests"),
    ("express consignment", "express"),
    ("international mail", "mail"),
    ("domestic value", "domestic"),
    ("at retail price", "retail"),
)


def brief_measure(one: Row, most: int = 34) -> str:
    """Return the measure's short name."""
    return MEASURES.get(one.measure_id, short(one.measure, most))


def brief_series(one: Row, most: int = 34) -> str:
    """Return the series' short name."""
    title = one.series
    for phrase, word in SERIES:
        title = title.replace(phrase, word)
    return short(title, most)


def short(title: str, most: int = 34) -> str:
    """Return a title cut to so many characters, at a word's end."""
    if len(title) <= most:
        return title
    return title[: most - 1].rsplit(" ", 1)[0].rstrip(",:;") + " …"
