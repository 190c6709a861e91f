"""The sentences of the briefing, a module a language; which numbers stand in them is decided once, for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.briefing_words import chinese, english
from analysis.publish.findings import Finding
from analysis.publish.links import SourceWords
from analysis.scrutiny import Answer


class Speech(Protocol):
    """What a language must say."""

    @property
    def STANDINGS(self) -> Mapping[str, str]:  # noqa: N802
        """On what findings rest, as the first paragraph says it."""

    def minute(
        self, dataset: Dataset, findings: Sequence[Finding], answers: Sequence[Answer] = ...
    ) -> list[str]:
        """Return the briefing in one minute."""

    def cannot(self, findings: Sequence[Finding]) -> list[str]:
        """Return what cannot be said."""

    def meaning(self, letter: str) -> str:
        """Say what a grade means."""

    def badge(self, finding: Finding) -> str:
        """Say how a finding stands."""

    def interval_line(self, finding: Finding) -> str:
        """Tell a finding's interval with its unit."""

    def ledger(self, finding: Finding) -> str:
        """Name the row of the ledger behind a finding, or how many there are."""

    def chapter(self, name: str) -> str:
        """Name a chapter."""

    def label(self, source: SourceWords) -> str:
        """Name a source."""

    def title(self, words: str, language: str) -> str:
        """Quote a source's title."""

    def published(self, text: str) -> str:
        """Write a date as far as it is known."""


SPEECHES: dict[str, Speech] = {"en": english, "zh": chinese}


def speech(language: str) -> Speech:
    """Return what a language says. Raises InputError for a language that the briefing does not speak."""
    if language not in SPEECHES:
        raise InputError(f"The briefing does not speak {language!r}; choose of: {', '.join(SPEECHES)}.")
    return SPEECHES[language]
