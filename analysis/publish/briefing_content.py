"""What the briefing says: findings, figures and sources as plain data, which the template only lays out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.chart import Chart
from analysis.publish.fonts import letters
from analysis.publish.words import UNIT_WORDS, between, day, listed, number

if TYPE_CHECKING:
    from analysis.publish.findings import Finding

STANDINGS = ("several texts agree", "one text", "texts disagree", "computed")
SHOWN_READINGS = 4
SHOWN_SOURCES = 18
SHORTEST_FINGERPRINT = 8
LANGUAGES = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese"}
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def content(dataset: Dataset, findings: Sequence[Finding], charts: Sequence[Chart]) -> dict[str, Any]:
    """Return everything that the template prints. Raises InputError where a piece is missing or unknown."""
    if not findings or not charts:
        raise InputError("A briefing needs at least one finding and one chart.")
    released = _released(dataset)
    sources = _sources(dataset, findings)
    return {
        "version": dataset.version,
        "released": day(released),
        "date": {"year": released.year, "month": released.month, "day": released.day},
        "fingerprint": dataset.fingerprint,
        "short_fingerprint": dataset.fingerprint[:SHORTEST_FINGERPRINT],
        "minute": [typographic(sentence) for sentence in minute(dataset, findings)],
        "findings": [_finding(dataset, finding, sources) for finding in findings],
        "charts": [_chart(chart, place) for place, chart in enumerate(charts, start=1)],
        "sources": [_source(row, place) for row, place in _shown(dataset, sources)],
        "more_sources": _more_sources(len(sources) - SHOWN_SOURCES),
    }


def _released(dataset: Dataset) -> pd.Timestamp:
    """Return the day of the data's version."""
    try:
        return pd.Timestamp(pd.to_datetime(dataset.released, format="%Y-%m-%d"))
    except ValueError as error:
        raise InputError(
            f"datapackage.json: created is {dataset.released!r}, not a date such as 2025-01-31."
        ) from error


def minute(dataset: Dataset, findings: Sequence[Finding]) -> list[str]:
    """Return the briefing in one minute: what the figures are, what they count, how they are quoted."""
    readings, hedged = len(dataset.readings), int((dataset.readings["hedge"] != "exact").sum())
    documents = int(dataset.readings["source_id"].nunique())
    counts = {name: sum(f.standing == name for f in findings) for name in STANDINGS}
    return [
        "Police, prosecutors, courts, customs services and platforms publish figures on counterfeit goods "
        f"every year. This briefing rests on {number(readings)} of them, printed in {number(documents)} "
        "public documents.",
        "Every one counts recorded enforcement: it moves with effort as well as with offences, so no figure "
        "here says whether counterfeiting grew or shrank.",
        f'{number(hedged)} of them were printed with a word such as "more than" or "nearly". Figures below '
        "keep that word and show the interval that it allows.",
        _standing_sentence(counts, len(findings)),
    ]


def _standing_sentence(counts: Mapping[str, int], total: int) -> str:
    """Say on what the findings rest."""
    says = {
        "several texts agree": "on texts that agree",
        "one text": "on one text alone",
        "texts disagree": "on texts that contradict each other",
        "computed": "on a computation from several readings",
    }
    parts = [f"{small(counts[name])} {words}" for name, words in says.items() if counts[name]]
    if total == 1:
        return f"The finding below rests {parts[0].partition(' ')[2]}."
    verb = "rests" if counts[next(name for name in says if counts[name])] == 1 else "rest"
    return f"Of the {small(total)} findings, {parts[0].replace(' on', f' {verb} on', 1)}" + (
        f", {listed(parts[1:])}." if len(parts) > 1 else "."
    )


def small(count: int) -> str:
    """Write a small count in words."""
    return SMALL[count] if count < len(SMALL) else number(count)


def _finding(dataset: Dataset, finding: Finding, sources: Mapping[str, int]) -> dict[str, Any]:
    """Return one finding for the table."""
    if finding.standing not in STANDINGS:
        raise InputError(
            f"Finding {finding.name!r} has standing {finding.standing!r}; it is one of {', '.join(STANDINGS)}."
        )
    cited = [sources[source] for source in _source_ids(dataset, finding)]
    return {
        "value": typographic(finding.value),
        "interval": interval_words(finding),
        "standing": finding.standing,
        "headline": typographic(finding.headline),
        "sentence": typographic(finding.sentence),
        "readings": list(finding.readings[:SHOWN_READINGS]),
        "more_readings": max(0, len(finding.readings) - SHOWN_READINGS),
        "sources": sorted({place for place in cited if place <= SHOWN_SOURCES}),
        "chapter": finding.chapter,
    }


def interval_words(finding: Finding) -> str:
    """Write a finding's interval with its unit, in as few digits as tell its ends apart."""
    low, high = finding.low, finding.high
    if math.isnan(low) or math.isnan(high) or low > high:
        raise InputError(f"Finding {finding.name!r} has the interval {low} to {high}; give low <= high.")
    if low == high:
        return "exact"
    written = (between(low, high, digits) for digits in range(3, 8))
    words = next((text for text in written if len(set(text.split(" to "))) > 1 or " to " not in text), "")
    return f"{words or between(low, high, 15)} {UNIT_WORDS.get(finding.unit, finding.unit)}".strip()


def _source_ids(dataset: Dataset, finding: Finding) -> list[str]:
    """Return the sources of a finding's readings, in the readings' order, each once."""
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    missing = [reading for reading in finding.readings if reading not in source_of.index]
    if missing or not finding.readings:
        what = f"names reading {missing[0]!r}, which readings.csv lacks" if missing else "names no reading"
        raise InputError(f"Finding {finding.name!r} {what}; its trail must lead to the data.")
    return list(dict.fromkeys(str(source_of[reading]) for reading in finding.readings))


def _sources(dataset: Dataset, findings: Sequence[Finding]) -> dict[str, int]:
    """Number the sources behind the findings: each finding's first source before any one's second."""
    lists = [_source_ids(dataset, finding) for finding in findings]
    longest = max(len(ids) for ids in lists)
    ordered = [ids[place] for place in range(longest) for ids in lists if place < len(ids)]
    return {source: place for place, source in enumerate(dict.fromkeys(ordered), start=1)}


def _shown(dataset: Dataset, sources: Mapping[str, int]) -> list[tuple[pd.Series[Any], int]]:
    """Return the rows of the sources that the briefing lists, in order."""
    frame = dataset.sources.set_index("source_id")
    return [(frame.loc[source], place) for source, place in sources.items() if place <= SHOWN_SOURCES]


def _source(row: pd.Series[Any], place: int) -> dict[str, Any]:
    """Return one source for the list."""
    url, language = str(row["url"]), str(row["language"])
    return {
        "number": place,
        "publisher": typographic(str(row["publisher"])),
        "title": _settable(str(row["title"]), language),
        "date": _published(str(row["published"])),
        "url": url if url.startswith(("https://", "http://")) else "",
        "language": language,
    }


def _settable(title: str, language: str) -> str:
    """Return a title, or what language it is in where no font at hand has its letters (Hangul)."""
    if all(ord(letter) in letters() for letter in title):
        return typographic(title)
    return f"[title in {LANGUAGES.get(language, language)}]"


def _published(text: str) -> str:
    """Write a source's date as far as it is known: 9 November 2020, November 2020, 2020."""
    if len(text) == len("2020-11-09"):
        return day(pd.Timestamp(text))
    return f"{pd.Timestamp(text):%B %Y}" if len(text) == len("2020-11") else text or "undated"


def _more_sources(rest: int) -> str:
    """Say how many sources the list leaves to the book."""
    if rest <= 0:
        return ""
    what = "One more source is" if rest == 1 else f"{small(rest).capitalize()} more sources are"
    return f"{what} listed in the book's chapter on sources."


def _chart(chart: Chart, place: int) -> dict[str, Any]:
    """Return one figure's words; the drawing lies beside them as `file`."""
    if not chart.alt.strip() or not chart.title.strip():
        raise InputError(f"Chart {chart.name!r} needs a title and an alt text for the briefing.")
    words = {key: typographic(getattr(chart, key)) for key in ("title", "alt", "note", "source")}
    return {**words, "file": f"figure-{place}.svg"}


def typographic(text: str) -> str:
    """Set straight quotation marks and apostrophes as a printed page has them."""
    text = re.sub(r'"([^"\n]*)"', "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    return re.sub(r"(?<=\w)'", "\N{RIGHT SINGLE QUOTATION MARK}", text)
