"""A figure as a row of readings.csv, with a confidence and the reason for each field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.intake.breadths import OPERATION, WITHIN, breadth_of
from analysis.intake.counted import Counted
from analysis.intake.counter import Counter
from analysis.intake.meaning import Meaning, is_stock
from analysis.intake.proposal import COLUMNS
from analysis.intake.scope import (
    Programmes,
    channel_of,
    known,
    mode_of,
    origin_of,
    product_of,
    programme_in,
    subject_of,
    track_of,
)
from analysis.intake.window_bonds import Time

_MOST_WORDS = 12
_BLANK = dict.fromkeys(COLUMNS, "")
_BASES = {
    ("arrests_approved", "person"): "persons", ("arrests_approved", "case"): "cases",
    ("cases_accepted", "person"): "persons", ("persons_convicted", "case"): "cases",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all figures of a text share."""

    text: str
    opening: str
    title: str
    published: date
    source: str
    programmes: Programmes


def row_of(
    figure: Counted,
    time: Time,
    counter: Counter,
    meaning: Meaning,
    scene: tuple[bool, str, bool],
    around: Surroundings,
) -> dict[str, Any]:
    """Return a figure as a row of readings.csv, with span, confidence and reasons; keys with _ are its own.

    `scene` tells whether its sentence is on one case, on which part of its counter's jurisdiction, and whether on the
    operation of its text.
    """
    low, high = figure.span
    sentence = figure.sentence
    near = sentence.plain
    clause = near[max(0, figure.low - 60) : figure.high + 40]
    subject, why = subject_of(near, around.title, around.opening)
    track, because = track_of(counter.reporter, near, meaning.indicator)
    programme = programme_in(
        f"{near} {time.words.lower()}", time.end.year if time.end else None, around.programmes
    )
    case, part, operation = scene
    national = counter.jurisdiction in ("CN", "US", "EU", "") and not counter.region
    national = national and meaning.indicator != "regions_counted"
    breadth, therefore = breadth_of(
        near[: figure.low],
        near[figure.figure.numeral.end :],
        case,
        national,
        counter.region or counter.part or ("" if meaning.indicator == "regions_counted" else part),
        None if _of_a_year(time, near, around.title) else time.campaign or operation,
        counter.reporter,
    )
    number = figure.figure
    # What stands on a day has no beginning.
    standing = is_stock(meaning) and (time.borrowed or time.days == 1)
    printed, told = (
        _printed(around.text[low:high]),
        f"{time.words}: {time.reason}" if time.words else time.reason,
    )
    row: dict[str, Any] = _BLANK | {
        "reporter": counter.reporter,
        "jurisdiction": counter.jurisdiction,
        "programme": programme,
        "indicator": meaning.indicator,
        "channel": channel_of(track, near),
        "value": float(number.value),
        "value_high": float("nan") if number.high is None else float(number.high),
        "unit": meaning.unit,
        "hedge": number.hedge,
        "window_start": str("" if standing else time.start or ""),
        "window_end": str(time.end or ""),
        "window_note": time.words,
        "kind": meaning.kind,
        "as_printed": printed,
        "source_id": around.source,
        "locator": f"para {sentence.paragraph + 1}",
        "subject": subject,
        "track": known("track", track),
        "stage": known("stage", meaning.stage),
        "product": product_of(clause),
        "origin": origin_of(clause),
        "mode": mode_of(clause) if track == "border" else "",
        "region": counter.region,
        "basis": _BASES.get((meaning.indicator, meaning.unit), ""),
        "relation": meaning.relation,
        "relation_base": _base(near, meaning),
        "window_basis": time.basis,
        "printed_step": float(number.step()),
        "breadth": breadth,
        "span_start": low,
        "span_end": high,
        "_paragraph": sentence.paragraph,
    }
    row["origin_basis"] = "origin" if row["origin"] else ""
    row["reasons"] = {
        "value": f"read from {printed}",
        "window_start": told,
        "window_end": told,
        "indicator": meaning.reason,
        "reporter": counter.reason,
        "subject": why,
        "track": because,
        "breadth": therefore,
    } | ({"programme": "named in its sentence"} if programme else {})
    sure = min(time.sure, meaning.sure, counter.sure)
    row["confidence"] = round(sure * (0.6 + 0.4 * (time.sure + meaning.sure + counter.sure) / 3), 2)
    return row


def _of_a_year(time: Time, near: str, title: str) -> bool:
    """Tell whether a window is a whole year, in a text whose headline is on no campaign: a ministry's year.

    What a sentence says a campaign brought in is the campaign's all the same: 在龙腾行动2025中.
    """
    if time.start is None or time.end is None or OPERATION.search(title) or WITHIN.search(near):
        return False
    whole = (time.start.month, time.start.day, time.end.month, time.end.day) == (1, 1, 12, 31)
    return whole and time.start.year == time.end.year


def _printed(words: str) -> str:
    """Return a figure as printed, in at most twelve words and on one line."""
    return " ".join(words.split()[:_MOST_WORDS])


def _base(near: str, meaning: Meaning) -> str:
    """Return what a change is against, where the sentence says so."""
    if meaning.kind != "change":
        return ""
    if re.search(r"同比|去年同期|上年同期|year[- ]on[- ]year|same period|a year earlier", near):
        return "same_period_last_year"
    return "previous_year" if re.search(r"上年|去年|previous year|last year|prior year", near) else ""
