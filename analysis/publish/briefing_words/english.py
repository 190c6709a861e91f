"""The briefing's sentences in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.briefing_words.interval import (
    APART,
    AVERAGE,
    BAND,
    CHANGE,
    COUNTED,
    EFFECT,
    EXACT,
    EXACT_PRINTS,
    TOO_WIDE,
    interval,
    signed,
)
from analysis.publish.counts import counts
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
from analysis.publish.links import SourceWords
from analysis.publish.style import letters
from analysis.publish.words import UNIT_WORDS, between, counted, listed, number
from analysis.publish.words import day as written_day
from analysis.scrutiny import Answer
from analysis.scrutiny.letters import MEANING

LANGUAGES = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese"}
# How a standing is told in the briefing's first paragraph.
STANDINGS = {
    AGREE: "on texts that agree", ONE_TEXT: "on one text alone", DISAGREE: "on texts that contradict each other",
    COMPUTED: "on our own arithmetic", ESTIMATED: "on an estimate with its band",
    EXPLORATORY: "on an exploratory average", GRADED: "on a graded test",
}  # fmt: skip
# Intervals that are told without their ends.
KINDS = {
    TOO_WIDE: "95 percent interval wider than a factor of ten", CHANGE: "95 percent interval of the change",
    AVERAGE: "95 percent interval of the average change", EXACT_PRINTS: "Both figures are exact counts",
    COUNTED: "Counted in this dataset", EXACT: "Published as an exact count",
    APART: "Two figures, not a range",
}  # fmt: skip


def minute(dataset: Dataset, findings: Sequence[Finding], answers: Sequence[Answer] = ()) -> list[str]:
    """Return the briefing in one minute: what the figures are, what they count and show, how they are quoted."""
    readings, hedged = counts(dataset).readings, int((dataset.readings["hedge"] != "exact").sum())
    documents = counts(dataset).printing
    return [
        "Police, prosecutors, courts, customs services and platforms publish figures on counterfeit goods "
        f"every year. This briefing draws on {number(readings)} of them, published in {number(documents)} public "
        "documents.",
        "Most of them count recorded enforcement, which moves with effort as well as with offences: such a count "
        "does not say whether counterfeiting grew or shrank.",
        f'Of these figures, {number(hedged)} were published with a word such as "more than" or "nearly"; '
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


def meaning(letter: str) -> str:
    """Say what a grade means."""
    return MEANING[letter]


def badge(finding: Finding) -> str:
    """Say how a finding stands."""
    return finding.badge


def interval_line(finding: Finding) -> str:
    """Tell a finding's interval with its unit."""
    found = interval(finding)
    if found.kind in KINDS:
        return KINDS[found.kind]
    if found.kind == EFFECT:
        return f"95 percent interval: {signed(finding.low)} to {signed(finding.high)}"
    kind = "90 percent band" if found.kind == BAND else "Interval"
    ends = between(finding.low, finding.high, found.digits)
    return f"{kind}: {ends} {UNIT_WORDS.get(finding.unit, finding.unit)}".strip()


def ledger(finding: Finding) -> str:
    """Name the row of the ledger behind a finding, or how many there are."""
    rows = finding.hypotheses
    return rows[0] if len(rows) == 1 else f"{len(rows)} rows" if rows else ""


def chapter(name: str) -> str:
    """Name a chapter."""
    return name.replace("-", " ").capitalize()


def label(source: SourceWords) -> str:
    """Name a source."""
    return typographic(source.label)


def title(words: str, language: str) -> str:
    """Quote a title; a description in brackets, and one that no font at hand can set (Hangul), has no marks."""
    if not all(ord(letter) in letters() for letter in words):
        return f"[title in {LANGUAGES.get(language, language)}]"
    if words.startswith("[") and words.endswith("]"):
        return words
    inner = re.sub(r'"([^"\n]*)"', "\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", words)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{typographic(inner)}\N{RIGHT DOUBLE QUOTATION MARK}"


def published(text: str) -> str:
    """Write a source's date as far as it is known: 9 November 2020, November 2020, 2020."""
    if len(text) == len("2020-11-09"):
        return written_day(pd.Timestamp(text))
    return f"{pd.Timestamp(text):%B %Y}" if len(text) == len("2020-11") else text or "undated"


def typographic(text: str) -> str:
    """Set straight quotation marks and apostrophes as a printed page has them."""
    text = re.sub(r'"([^"\n]*)"', "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    return re.sub(r"(?<=\w)'", "\N{RIGHT SINGLE QUOTATION MARK}", text)
