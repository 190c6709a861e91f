"""The body that counted a figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counter:
    """Who counted.

    Attributes
    ----------
    reporter
        A word of the dataset's vocabulary, blank where none is known.
    jurisdiction
        Its place.
    region
        A part of its jurisdiction, blank for all of it.
    part
        The words of a county or a city that no list names, blank where none is told.
    reason, sure
        Why, and how sure from 0 to 1.
    """

    reporter: str = ""
    jurisdiction: str = ""
    region: str = ""
    reason: str = "no body that counts is named"
    sure: float = 0.2
    part: str = ""

    @property
    def known(self) -> bool:
        """Whether a body is told, be it one that the vocabulary has no word for."""
        return bool(self.reporter or self.jurisdiction)
