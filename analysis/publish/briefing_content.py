"""What the briefing says: findings, figures and sources as plain data, which the template only lays out."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.cards import SHOWN_READINGS
from analysis.publish.chart import Chart
from analysis.publish.counts import counts
from analysis.publish.estimates import NO_ESTIMATE
from analysis.publish.findings import (
    AGREE,
    COMPUTED,
    DISAGREE,
    ESTIMATED,
    EXPLORATORY,
    GRADED,
    ONE_TEXT,
    Finding,
)
from analysis.publish.findings.effects import single_measures
from analysis.publish.links import SourceWords, source_words
from analysis.publish.pages.home import since_2010_chart
from analysis.publish.style import letters
from analysis.publish.words import UNIT_WORDS, between, counted, day, listed, number, signed_percent
from analysis.rounding import settled
from analysis.scrutiny import Answer
from analysis.scrutiny.letters import MEANING
from analysis.scrutiny.tallies import by_grade

# How a standing is told in the briefing's first paragraph.
STANDINGS = {
    AGREE: "on texts that agree", ONE_TEXT: "on one text alone", DISAGREE: "on texts that contradict each other",
    COMPUTED: "on our own arithmetic", ESTIMATED: "on an estimate with its band",
    EXPLORATORY: "on an exploratory average", GRADED: "on a graded test",
}  # fmt: skip
SHORT_FINGERPRINT = 8
# What the first page tells: three findings on enforcement and one chart.
FIRST_FINDINGS = ("charged", "police-cases", "borders")
FIRST_CHART = "since-2010"
LANGUAGES = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese"}


def content(
    dataset: Dataset, findings: Sequence[Finding], charts: Sequence[Chart], answers: Sequence[Answer] = ()
) -> dict[str, Any]:
    """Return everything that the template prints; `answers` on all bundles fill the box on single measures.

    Raises InputError where a piece is missing or unknown.
    """
    if not findings or not charts:
        raise InputError("A briefing needs at least one finding and one chart.")
    released = _released(dataset)
    for finding in findings:
        check_finding(finding)
    sources = _numbered(dataset, findings)
    return {
        "colours": style.roles(), "version": dataset.version, "released": day(released),
        "date": {"year": released.year, "month": released.month, "day": released.day},
        "fingerprint": dataset.fingerprint, "short_fingerprint": dataset.fingerprint[:SHORT_FINGERPRINT],
        "minute": [typographic(sentence) for sentence in minute(dataset, findings, answers)],
        "cannot": [typographic(sentence) for sentence in cannot(findings)],
        "identified": identified(answers) if answers else None,
        "findings": [_finding(dataset, finding, sources) for finding in findings],
        "charts": [_chart(chart, place) for place, chart in enumerate(charts, start=1)],
        "sources": _listed_sources(dataset, sources),
    }  # fmt: skip


def briefing_charts(dataset: Dataset) -> list[Chart]:
    """Return the chart that the briefing shows: recorded enforcement since 2010, in a form for half a page."""
    return [since_2010_chart(dataset, cols=3)]


def _released(dataset: Dataset) -> pd.Timestamp:
    """Return the day of the data's version."""
    try:
        return pd.Timestamp(dt.date.fromisoformat(dataset.released))
    except ValueError as error:
        raise InputError(
            f"datapackage.json: created is {dataset.released!r}, not a date such as 2025-01-31."
        ) from error


def minute(dataset: Dataset, findings: Sequence[Finding], answers: Sequence[Answer] = ()) -> list[str]:
    """Return the briefing in one minute: what the figures are, what they count and show, how they are quoted."""
    readings, hedged = counts(dataset).readings, int((dataset.readings["hedge"] != "exact").sum())
    documents = counts(dataset).printing
    return [
        "Police, prosecutors, courts, customs services and platforms publish figures on counterfeit goods "
        f"every year. This briefing draws on {number(readings)} of them, printed in {number(documents)} public "
        "documents.",
        "Most of them count recorded enforcement, which moves with effort as well as with offences: such a count "
        "does not say whether counterfeiting grew or shrank.",
        f'Of these figures, {number(hedged)} were printed with a word such as "more than" or "nearly"; '
        "those below keep that word and show the interval that it allows.",
        *([single_measures(answers).sentence] if answers else []),
        _standing_sentence([finding.standing for finding in findings]),
    ]


def cannot(findings: Sequence[Finding]) -> list[str]:
    """Return what cannot be said, in two lines; the second only where the briefing has averages over measures."""
    averages = any(finding.standing == EXPLORATORY for finding in findings)
    return [
        "No count says how many fakes there are, and counts of different bodies, stages or units may not be added.",
        *(["For no single law or campaign do these counts show what it did."] if averages else []),
    ]


def identified(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the box on single measures: each grade with its count and meaning."""
    return {
        "total": len(answers),
        "grades": [
            {"letter": letter, "count": int(n), "meaning": MEANING[str(letter)]}
            for letter, n in by_grade(answers).items()
        ],
    }


def _standing_sentence(standings: Sequence[str]) -> str:
    """Say on what the findings rest."""
    counts = {standing: standings.count(standing) for standing in STANDINGS if standing in standings}
    if len(standings) == 1:
        return f"The finding below rests {STANDINGS[standings[0]]}."
    if len(counts) == 1:
        return f"All {counted(len(standings))} findings rest {STANDINGS[standings[0]]}."
    (first, count), *rest = counts.items()
    parts = [f"{counted(count)} {'rests' if count == 1 else 'rest'} {STANDINGS[first]}"]
    parts += [f"{counted(count)} {STANDINGS[standing]}" for standing, count in rest]
    return f"Of the {counted(len(standings))} findings, {listed(parts)}."


def _finding(dataset: Dataset, finding: Finding, sources: Mapping[str, int]) -> dict[str, Any]:
    """Return one finding for the table."""
    return {
        "first": finding.name in FIRST_FINDINGS,
        "value": typographic(finding.value), "interval": interval_line(finding),
        "standing": finding.standing, "badge": finding.badge,
        "headline": typographic(finding.headline), "sentence": typographic(finding.sentence),
        "readings": list(finding.readings[:SHOWN_READINGS]),
        "more_readings": max(0, len(finding.readings) - SHOWN_READINGS),
        "sources": sorted(sources[source] for source in _source_ids(dataset, finding)),
        "ledger": _ledger_trail(finding),
        "chapter": finding.chapter.replace("-", " ").capitalize(),
    }  # fmt: skip


def _ledger_trail(finding: Finding) -> str:
    """Name the row of the ledger behind a finding, or how many there are."""
    rows = finding.hypotheses
    return rows[0] if len(rows) == 1 else f"{len(rows)} rows" if rows else ""


def check_finding(finding: Finding) -> None:
    """Raise InputError for a finding whose standing, interval or trail cannot be shown."""
    name, low, high = finding.name, finding.low, finding.high
    if finding.standing not in STANDINGS:
        raise InputError(
            f"Finding {name!r} has standing {finding.standing!r}; it is one of {', '.join(STANDINGS)}."
        )
    if math.isnan(low) or math.isnan(high) or low > high:
        raise InputError(f"Finding {name!r} has the interval {low} to {high}; give low <= high.")
    if finding.standing == GRADED and (finding.grade not in MEANING or not finding.hypotheses):
        raise InputError(
            f"Finding {name!r} is graded {finding.grade!r} on {len(finding.hypotheses)} hypotheses; it needs one of "
            f"{', '.join(MEANING)} and its row of the ledger."
        )
    if not finding.readings and not finding.hypotheses:
        raise InputError(f"Finding {name!r} names no reading; its trail must lead to the data.")


def interval_line(finding: Finding) -> str:
    """Tell a finding's interval with its unit, in as few digits as keep its ends apart and in place."""
    low, high = finding.low, finding.high
    if finding.value == NO_ESTIMATE:
        return "95 percent interval wider than a factor of ten"
    if finding.standing == GRADED:
        words = f"{_signed(low)} to {_signed(high)}"
        # What the figures do not decide is quoted as its interval alone.
        return "95 percent interval" + (" of the change" if " to " in finding.value else f": {words}")
    if finding.standing == EXPLORATORY:
        return "95 percent interval of the average change"
    if low == high and finding.unit == "times":
        return "Both prints are exact counts"
    if low == high:
        return "Counted in this dataset" if finding.standing == COMPUTED else "Printed as an exact count"
    slack = (0.1 if finding.standing in (COMPUTED, ESTIMATED) else 0.02) * (high - low)
    ends = [end for end in (low, high) if math.isfinite(end)]
    digits = 2
    while digits < 15 and any(abs(float(f"{end:.{digits}g}") - end) > slack for end in ends):
        digits += 1
    kind = "90 percent band" if finding.standing == ESTIMATED else "Interval"
    return f"{kind}: {between(low, high, digits)} {UNIT_WORDS.get(finding.unit, finding.unit)}".strip()


def _signed(change: float) -> str:
    """Write a change in percent without decimals."""
    return signed_percent(settled(change) / 100, 0)


def _source_ids(dataset: Dataset, finding: Finding) -> list[str]:
    """Return the sources of the readings that a finding's trail names, in their order, each once."""
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    missing = [reading for reading in finding.readings if reading not in source_of.index]
    if missing:
        raise InputError(f"Finding {finding.name!r} names reading {missing[0]!r}, which readings.csv lacks.")
    shown = finding.readings[:SHOWN_READINGS]
    return list(dict.fromkeys(str(source_of[reading]) for reading in shown))


def _numbered(dataset: Dataset, findings: Sequence[Finding]) -> dict[str, int]:
    """Number the sources behind the findings as they are met."""
    met = [source for finding in findings for source in _source_ids(dataset, finding)]
    return {source: place for place, source in enumerate(dict.fromkeys(met), start=1)}


def _listed_sources(dataset: Dataset, sources: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the numbered sources for the list at the end."""
    rows = dataset.sources.set_index("source_id").to_dict("index")
    return [_source(rows[source], source_words(dataset, source), place) for source, place in sources.items()]


def _source(row: Mapping[Any, Any], source: SourceWords, place: int) -> dict[str, Any]:
    """Return one source for the list."""
    url, language = source.url, str(row["language"])
    return {
        "number": place, "publisher": typographic(source.label), "copy": source.copy,
        "title": _title(str(row["title"]), language), "date": _published(str(row["published"])),
        "url": url if url.startswith(("https://", "http://")) else "", "language": language,
    }  # fmt: skip


def _title(title: str, language: str) -> str:
    """Quote a title; a description in brackets, and one that no font at hand can set (Hangul), has no marks."""
    if not all(ord(letter) in letters() for letter in title):
        return f"[title in {LANGUAGES.get(language, language)}]"
    if title.startswith("[") and title.endswith("]"):
        return title
    inner = re.sub(r'"([^"\n]*)"', "\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", title)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{typographic(inner)}\N{RIGHT DOUBLE QUOTATION MARK}"


def _published(text: str) -> str:
    """Write a source's date as far as it is known: 9 November 2020, November 2020, 2020."""
    if len(text) == len("2020-11-09"):
        return day(pd.Timestamp(text))
    return f"{pd.Timestamp(text):%B %Y}" if len(text) == len("2020-11") else text or "undated"


def _chart(chart: Chart, place: int) -> dict[str, Any]:
    """Return one figure's words; the drawing lies beside them as `file`."""
    if not chart.alt.strip() or not chart.title.strip():
        raise InputError(f"Chart {chart.name!r} needs a title and an alt text for the briefing.")
    words = {key: typographic(getattr(chart, key)) for key in ("title", "alt", "note", "source")}
    return {**words, "file": f"figure-{place}.svg", "first": chart.name == FIRST_CHART}


def typographic(text: str) -> str:
    """Set straight quotation marks and apostrophes as a printed page has them."""
    text = re.sub(r'"([^"\n]*)"', "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    return re.sub(r"(?<=\w)'", "\N{RIGHT SINGLE QUOTATION MARK}", text)
