"""What the briefing says: findings, figures and sources as plain data, which the template only lays out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.briefing_words import Speech, speech
from analysis.publish.briefing_words.english import STANDINGS, typographic
from analysis.publish.cards import SHOWN_READINGS
from analysis.publish.chart import Chart
from analysis.publish.findings import GRADED, Finding
from analysis.publish.links import SourceWords, source_words
from analysis.publish.pages.home import since_2010_chart
from analysis.scrutiny import Answer
from analysis.scrutiny.letters import MEANING
from analysis.scrutiny.tallies import by_grade

SHORT_FINGERPRINT = 8
# What the first page tells: three findings on enforcement and one chart.
FIRST_FINDINGS = ("charged", "police-cases", "borders")
FIRST_CHARTS = ("since-2010", "since-2010-zh")  # by language


def content(
    dataset: Dataset, findings: Sequence[Finding], charts: Sequence[Chart], answers: Sequence[Answer] = (),
    language: str = "en",
) -> dict[str, Any]:  # fmt: skip
    """Return everything that the template prints; `answers` on all bundles fill the box on single measures.

    Raises InputError where a piece is missing or unknown.
    """
    say = speech(language)
    if not findings or not charts:
        raise InputError("A briefing needs at least one finding and one chart.")
    released = _released(dataset)
    for finding in findings:
        check_finding(finding)
    sources = _numbered(dataset, findings)
    return {
        "language": language, "colours": style.roles(),
        "version": dataset.version, "released": say.published(dataset.released),
        "date": {"year": released.year, "month": released.month, "day": released.day},
        "fingerprint": dataset.fingerprint, "short_fingerprint": dataset.fingerprint[:SHORT_FINGERPRINT],
        "minute": [typographic(sentence) for sentence in say.minute(dataset, findings, answers)],
        "cannot": [typographic(sentence) for sentence in say.cannot(findings)],
        "identified": identified(answers, say) if answers else None,
        "findings": [_finding(dataset, finding, sources, language) for finding in findings],
        "charts": [_chart(chart, place) for place, chart in enumerate(charts, start=1)],
        "sources": _listed_sources(dataset, sources, say),
    }  # fmt: skip


def briefing_charts(dataset: Dataset, language: str = "en") -> list[Chart]:
    """Return the chart that the briefing shows: recorded enforcement since 2010, in a form for half a page."""
    return [since_2010_chart(dataset, cols=3, language=language)]


def _released(dataset: Dataset) -> dt.date:
    """Return the day of the data's version."""
    try:
        return dt.date.fromisoformat(dataset.released)
    except ValueError as error:
        raise InputError(
            f"datapackage.json: created is {dataset.released!r}, not a date such as 2025-01-31."
        ) from error


def identified(answers: Sequence[Answer], say: Speech) -> dict[str, Any]:
    """Return the box on single measures: each grade with its count and meaning."""
    return {
        "total": len(answers),
        "grades": [
            {"letter": letter, "count": int(n), "meaning": say.meaning(str(letter))}
            for letter, n in by_grade(answers).items()
        ],
    }


def _finding(dataset: Dataset, finding: Finding, sources: Mapping[str, int], language: str) -> dict[str, Any]:
    """Return one finding for the table."""
    say, words = speech(language), finding.words(language)
    return {
        "first": finding.name in FIRST_FINDINGS,
        "value": typographic(words.value), "interval": say.interval_line(finding),
        "standing": finding.standing, "badge": say.badge(finding),
        "headline": typographic(words.headline), "sentence": typographic(words.sentence),
        "readings": list(finding.readings[:SHOWN_READINGS]),
        "more_readings": max(0, len(finding.readings) - SHOWN_READINGS),
        "sources": sorted(sources[source] for source in _source_ids(dataset, finding)),
        "ledger": say.ledger(finding), "chapter": say.chapter(finding.chapter),
    }  # fmt: skip


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


def _listed_sources(dataset: Dataset, sources: Mapping[str, int], say: Speech) -> list[dict[str, Any]]:
    """Return the numbered sources for the list at the end."""
    rows = dataset.sources.set_index("source_id").to_dict("index")
    return [
        _source(rows[source], source_words(dataset, source), place, say) for source, place in sources.items()
    ]


def _source(row: Mapping[Any, Any], source: SourceWords, place: int, say: Speech) -> dict[str, Any]:
    """Return one source for the list."""
    url, language = source.url, str(row["language"])
    return {
        "number": place, "publisher": say.label(source), "copy": source.copy,
        "title": say.title(str(row["title"]), language), "date": say.published(str(row["published"])),
        "url": url if url.startswith(("https://", "http://")) else "", "language": language,
    }  # fmt: skip


def _chart(chart: Chart, place: int) -> dict[str, Any]:
    """Return one figure's words; the drawing lies beside them as `file`."""
    if not chart.alt.strip() or not chart.title.strip():
        raise InputError(f"Chart {chart.name!r} needs a title and an alt text for the briefing.")
    words = {key: typographic(getattr(chart, key)) for key in ("title", "subtitle", "alt", "note", "source")}
    return {**words, "file": f"figure-{place}.svg", "first": chart.name in FIRST_CHARTS}
