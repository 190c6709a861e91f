"""The series and denominators of the chapter with what they are called, and what all its parts rest on."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.chart import Source, source_line, version_line
from analysis.publish.words import signed_percent
from analysis.scrutiny.forecast_record import NAIVE
from analysis.scrutiny.growth import COUNT, Rate, growth, with_breaks
from analysis.series import definition, printed_years
from analysis.series.remembered import SERIES_TABLES, remembered

# The Chinese series told per denominator, in the order in which a case travels.
RATED = {
    "mps-cases-solved": "police: cases solved",
    "spp-arrests-approved": "arrests approved",
    "spp-persons-prosecuted": "people prosecuted",
    "spc-criminal-concluded": "criminal trials",
    "spc-civil-trademark-accepted": "trademark suits",
    "spc-all-accepted": "all IP suits",
    "gacc-batches": "customs: batches",
    "gacc-items": "customs: items",
}
ABROAD = {
    "us-seizures": "US: seizures",
    "us-msrp": "US: retail value",
    "jp-cases": "Japan: cases",
    "jp-items": "Japan: items",
    "eu-border-items": "EU: articles",
    "eu-border-value": "EU: value",
}
PER = {
    COUNT: "the count itself",
    "express_parcels": "per million parcels",
    "online_retail_total": "per trillion yuan of online retail",
    "trademarks_valid": "per million trademarks in force",
}
SINCE = 2011  # the first year of any of the denominators
METHOD_NAMES = {
    NAIVE: "last value",
    "drift": "drift",
    "ets": "smoothing",
    "local linear trend": "local trend",
}


@remembered(*SERIES_TABLES, "context")
def rates(dataset: Dataset) -> tuple[Rate, ...]:
    """Return the trends of RATED since SINCE, as counted and per denominator."""
    return growth(dataset, tuple(RATED), tuple(PER), SINCE)


def searched(dataset: Dataset) -> tuple[Rate, ...]:
    """Return the trends of all of RATED and ABROAD over their whole span, with a search for breaks."""
    return with_breaks(dataset, (*RATED, *ABROAD))


def title(dataset: Dataset, series_id: str) -> str:
    """Return the title of a series. Raises InputError for an unknown one."""
    return definition(dataset, series_id).title


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: `items detained`; a short form keeps its capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def percent(growth: float) -> str:
    """Write growth as signed percent, 0.207 as +21%; below 2% with a decimal."""
    return signed_percent(growth, 1 if abs(growth) < 0.02 else 0)


def span(lower: float, upper: float) -> str:
    """Write an interval of growth: `−3% to +50%`."""
    return f"{percent(lower)} to {percent(upper)}"


def trends_source(dataset: Dataset, found: tuple[Rate, ...], beside: str) -> Source:
    """Return the source line of trends: the readings of their years, and what else they rest on."""
    used: set[str] = set()
    for one in found:
        frame = printed_years(dataset, one.series_id).table
        used |= set(frame.loc[frame["year"].isin(one.years), "reading_id"])
    line, version = source_line(dataset, sorted(used)), version_line(dataset)
    return line.worded(f"{line.removesuffix(version)}{beside} {version}")
