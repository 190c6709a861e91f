"""The verbs of prose: a reading, a year, a rate, an estimate, a share, a change or a finding, as words that lead to it.

Each takes what stands between the backticks of a role in a chapter (``{print}`adm-0677` ``) and returns the words, the
address they lead to, and what a reader sees when pointing at them: the print, its window, who tells it, and its tier.
A number in prose is therefore never typed, and never without its trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.shared import shared
from analysis.errors import InputError
from analysis.publish.addresses import reading_address, series_address
from analysis.publish.bands import band, estimated
from analysis.publish.links import source_words
from analysis.publish.words import MINUS, UNIT_WORDS, between, number, quote, rate, signed_percent, window
from analysis.series import definition, printed_years
from analysis.series.lookup import added, by_id, chosen, daily

HOME = "index.html#finding-"
YEAR_DAYS = 365.25


@dataclass(frozen=True)
class Told:
    """Words of a sentence with the address they lead to (relative to the book's pages) and what to tell beside them."""

    text: str
    address: str
    hover: str


def reading(dataset: Dataset, asked: str) -> Told:
    """Tell a reading as it may be quoted: `adm-0677`, `adm-0677 | bare` (no unit), `adm-0677 | batches` (a noun)."""
    name, noun = _split(asked)
    return _of_reading(dataset, by_id(dataset, [name])[name], noun)


def readings_told(dataset: Dataset, ids: Iterable[str]) -> dict[str, Told]:
    """Tell several readings bare, each by its id, as the marks of a figure do."""
    return {name: _of_reading(dataset, row, "bare") for name, row in by_id(dataset, ids).items()}


def printed_year(dataset: Dataset, asked: str) -> Told:
    """Tell the print of a series' year: `us-seizures 2021`, with `| bare` or `| noun` as for a reading."""
    place, noun = _split(asked)
    series_id, year = _series_year(place)
    return _of_reading(dataset, print_of(dataset, series_id, year), noun)


def pace(dataset: Dataset, asked: str) -> Told:
    """Tell a reading spread evenly over its window: `plat-seed0-01` (a day), or `police-0027 | a year`."""
    name, form = _split(asked)
    row = daily(chosen(dataset, [name])).iloc[0]
    low, high = row["rate_low"], row["rate_high"]
    text = between(low * YEAR_DAYS, high * YEAR_DAYS) if form == "a year" else rate(low, high)
    return Told(text, _address(row), _hover(dataset, row))


def addition(dataset: Dataset, asked: str) -> Told:
    """Tell what a longer window adds to a shorter one: `police-0019 police-0023`, with `| a day` or `| days` of it."""
    place, form = _split(asked)
    if len(names := place.split()) != 2:
        raise InputError(
            f"{asked!r} is no addition; write the shorter window's id, a blank, and the longer's."
        )
    first, second = by_id(dataset, names).values()
    low, high, days = added(first, second)
    forms = {"a day": rate(low / days, high / days), "days": number(days)}
    text = forms.get(form, f"{between(low, high, 2)} {UNIT_WORDS[str(second['unit'])]}")
    hover = f"{_hover(dataset, first)}; {_hover(dataset, second)}"
    return Told(text, _address(second), hover)


def made(dataset: Dataset, asked: str) -> Told:
    """Tell a reconstructed year with its 90 percent band: `mps-suspects 2012`."""
    series_id, year = _series_year(_split(asked)[0])
    text = estimated(dataset, series_id, year)
    informed = float(band(dataset, series_id).set_index("year")["informed"][year])
    title = definition(dataset, series_id).title
    hover = f"{title}, {year}: estimated from all windows, 90 percent band; informed by {informed:.0%}"
    return Told(text, series_address(series_id), hover)


def share(dataset: Dataset, asked: str) -> Told:
    """Tell one year's print as a percentage of another's, by the hedges of both: `us-msrp-cn of us-msrp 2021`."""
    place, _ = _split(asked)
    names, _, year = place.rpartition(" ")
    part_id, joint, whole_id = names.partition(" of ")
    if not joint or not year.isdigit():
        raise InputError(f"{asked!r} is no share; write it as `part-series of whole-series 2021`.")
    part, whole = (print_of(dataset, one.strip(), int(year)) for one in (part_id, whole_id))
    low, high = 100 * part["low"] / whole["high"], 100 * part["high"] / whole["low"]
    hover = f"{_hover(dataset, part)} of {_hover(dataset, whole)}"
    return Told(f"{between(low, high)} percent", series_address(part_id.strip()), hover)


def change(dataset: Dataset, asked: str) -> Told:
    """Tell how a series' print changed between two years, by the hedges of both: `spp-persons-prosecuted 2017 2024`.

    From a doubling on as a factor (`3.06 times`), below it as a percentage; with `| told` as a verb (`rose by 47
    percent`).
    """
    place, form = _split(asked)
    parts = place.split()
    if len(parts) != 3 or not all(one.isdigit() for one in parts[1:]):
        raise InputError(f"{asked!r} is no change; write it as `series-id 2017 2024`.")
    first, last = (print_of(dataset, parts[0], int(one)) for one in parts[1:])
    low, high = last["low"] / first["high"], last["high"] / first["low"]
    ends = dict.fromkeys(signed_percent(one - 1, 0) for one in (low, high))
    signed = " to ".join(ends)
    if low >= 2:
        text = f"{'rose to ' if form == 'told' else ''}{between(low, high)} times"
    elif form != "told":
        text = signed
    elif low < 1 < high:
        text = f"moved by {signed}"
    else:
        sizes = [one.strip(f"+%{MINUS}") for one in (ends if low >= 1 else reversed(ends))]
        text = f"{'rose' if low >= 1 else 'fell'} by {' to '.join(sizes)} percent"
    return Told(text, series_address(parts[0]), f"{_hover(dataset, first)}; {_hover(dataset, last)}")


def finding(dataset: Dataset, asked: str) -> Told:
    """Tell the figure of a finding of the home page, or with `| sentence` the whole of it: `value-2013`."""
    from analysis.publish.findings import key_findings  # findings use this room's other words

    name, form = _split(asked)
    known = {one.name: one for one in key_findings(dataset)}
    if name not in known:
        raise InputError(f"There is no finding {name!r}; choose of: {', '.join(known)}.")
    one = known[name]
    text = one.sentence if form == "sentence" else one.value
    return Told(text, f"{HOME}{name}", f"{one.headline} ({one.badge})")


VERBS: dict[str, Callable[[Dataset, str], Told]] = {
    "print": reading, "year": printed_year, "rate": pace, "added": addition, "made": made, "share": share,
    "change": change, "finding": finding,
}  # fmt: skip


def tell(dataset: Dataset, verb: str, asked: str) -> Told:
    """Return what a role of that name makes of its text.

    Raises
    ------
    InputError
        If the reading, series, year or finding does not exist, or the text is not of the verb's form.
    """
    return VERBS[verb](dataset, asked)


def _split(asked: str) -> tuple[str, str]:
    """Return what is asked for and, after an upright, in which form."""
    name, _, form = asked.partition("|")
    return name.strip(), form.strip()


def _series_year(place: str) -> tuple[str, int]:
    """Return a series and a year, written with a blank between them."""
    series_id, _, year = place.rpartition(" ")
    if not series_id or not year.isdigit():
        raise InputError(f"{place!r} names no series and year; write them as `us-seizures 2021`.")
    return series_id, int(year)


def print_of(dataset: Dataset, series_id: str, year: int) -> pd.Series[Any]:
    """Return the picked print of a series' year."""
    table = printed_years(dataset, series_id).table
    rows = table[table["year"] == year]
    if rows.empty:
        raise InputError(
            f"Series {series_id!r} has no published figure of {year}; see its readings with `show`."
        )
    name = str(rows.iloc[0]["reading_id"])
    return by_id(dataset, [name])[name]


def _of_reading(dataset: Dataset, row: pd.Series[Any], noun: str) -> Told:
    """Return a reading's words, with its unit, with another noun, or bare."""
    text = quote(row, unit=not noun) + ("" if noun in ("", "bare") else f" {noun}")
    return Told(text, _address(row), _hover(dataset, row))


def _address(row: pd.Series[Any]) -> str:
    """Return where a reading stands."""
    return reading_address(str(row["source_id"]), str(row["reading_id"]))


@shared("sources")
def _tiers(dataset: Dataset) -> dict[str, str]:
    """Return the tier of each source."""
    rows = dataset.sources[["source_id", "tier"]].astype(str)
    return dict(zip(rows["source_id"], rows["tier"], strict=True))


def _hover(dataset: Dataset, row: pd.Series[Any]) -> str:
    """Tell a reading's print, window, publisher, date, tier and id."""
    tier = _tiers(dataset)[str(row["source_id"])]
    source = source_words(dataset, str(row["source_id"]))
    when = window(row["window_start"], row["window_end"])
    return f"{row['as_printed']}; {when}; {source.label}, {source.published} ({tier}); {row['reading_id']}"
