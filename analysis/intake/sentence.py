"""One sentence on a figure that may be quoted: hedge, counter, what was counted, days, pace, and the year before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset.vocabularies import REPORTERS
from analysis.intake.year_before import PRINTED, Before
from analysis.readings.words import (
    UNIT_WORDS,
    between,
    counted,
    day,
    number,
    quote,
    rate,
    signed_percent,
    window,
)

PLAIN = {"all": "", "online": "online", "offline": "offline", "border": "at the border"}
NO_SUM = (
    "regions_counted",
    "brands",
    "members",
    "staff",
    "participants",
)  # what is counted once, whatever the days
OFFICES = (
    "Ministry",
    "Supreme",
    "General",
    "State",
    "National",
    "Office",
    "European",
    "Government",
    "Intellectual",
)
MOST = 99  # a change above this many times is said as a bound


def sentence(row: pd.Series[Any], before: Before | None) -> str:
    """Return the sentence of one figure: a row with low, high and days, and the same window a year before."""
    what = _subject(row)
    if str(row["kind"]) == "change":
        said = f"By the count of {_who(row)}, {what} changed by {quote(row)} {_when(row)}"
        return f"{said}{_base(row)}."
    verb = "stood at" if str(row["kind"]) == "stock" else "came to"
    said = f"By the count of {_who(row)}, {what} {verb} {quote(row)} {_when(row)}"
    parts = [said]
    if row["low"] != row["high"]:
        parts.append(f"which leaves {between(float(row['low']), float(row['high']))} open")
    if has_pace(row):
        pace = pace_words(float(row["low"] / row["days"]), float(row["high"] / row["days"]))
        parts.append(f"{pace} a day over {counted(int(row['days']), 'day', 'days')}")
    text = ", ".join(parts)
    return f"{text}{_since(row, before)}."


def has_pace(row: pd.Series[Any]) -> bool:
    """Tell whether a figure has a rate a day: a count over several days that adds up, and not of one case."""
    counts = (
        str(row["kind"]) == "flow" and str(row["unit"]) != "percent" and str(row["indicator"]) not in NO_SUM
    )
    return counts and str(row["breadth"]) != "one_case" and not pd.isna(row["days"]) and row["days"] > 1


def pace_words(low: float, high: float) -> str:
    """Write the interval of a rate: `57 to 62`, from a thousand on to three digits."""
    return rate(low, high) if high < 1000 else amount(low, high)


def amount(low: float, high: float) -> str:
    """Write an interval of counts or money: `4,000 to 6,000`; from nothing on, `up to 1 billion`."""
    return f"up to {number(high, 3)}" if low == 0 and 0 < high < float("inf") else between(low, high)


def _who(row: pd.Series[Any]) -> str:
    """Name who counted."""
    name = str(row["reporter"])
    full = REPORTERS.get(name, "")
    if not full or full == name:
        return name or "an unnamed counter"
    body = full.partition(" (")[0].partition(",")[0]
    body = f"the {body}" if body.split()[0] in OFFICES else body
    return body if body == name else f"{body} ({name})"


def _subject(row: pd.Series[Any]) -> str:
    """Say what was counted, of what, and where it was met."""
    words = [str(row["indicator"]).replace("_", " ")]
    about = str(row["product"]) or str(row["subject"])
    place = PLAIN.get(str(row["channel"]), "")
    told = ", ".join(filter(None, [about.replace("_", " ").replace("ipr", "IPR"), place]))
    return f"{words[0]} ({told})" if told else words[0]


def _when(row: pd.Series[Any]) -> str:
    """Say the days."""
    start, end = row["window_start"], row["window_end"]
    if str(row["kind"]) == "stock" and not pd.isna(end):
        return f"on {day(end)}"
    if pd.isna(start) and pd.isna(end):
        return "in days that are not told"
    if pd.isna(start):
        return f"up to {day(end)}, from a day that is not told"
    if pd.isna(end):
        return f"from {day(start)}, to a day that is not told"
    if start == end:
        return f"on {day(end)}"
    whole = window(start, end)
    return f"in {whole}" if whole[0].isdigit() and " " not in whole else f"from {whole}"


def _base(row: pd.Series[Any]) -> str:
    """Say what a change is against."""
    base = str(row["relation_base"]).replace("_", " ").replace("/", " to ")
    return f", against {base}" if base else ", against a base that is not told"


def _since(row: pd.Series[Any], before: Before | None) -> str:
    """Say the same window a year before, the change, and whether the figures can carry it."""
    if before is None or before.change != before.change:
        return ""
    unit = UNIT_WORDS.get(str(row["unit"]), str(row["unit"]))
    was = f"{between(before.low, before.high)} {unit}"
    told = was if before.kind == PRINTED else f"an estimated {was}"
    sure = "more than the figures leave open" if before.exceeds else "no more than the figures leave open"
    return f"; {window(before.start, before.end)} had {told}, so that the change is {change_words(row, before)}, {sure}"


def change_words(row: pd.Series[Any], before: Before) -> str:
    """Write a change as an interval of percentages, or of percentage points."""
    low, high = before.change
    if str(row["unit"]) == "percent":
        ends = [f"{one:+.1f}" for one in (low, high)]
        return f"{' to '.join(dict.fromkeys(ends))} percentage points"
    ends = [signed_percent(one, 0, most=MOST) for one in (low, high)]
    return " to ".join(dict.fromkeys(ends))
