"""The language of a text, and what is said of one that the rules do not know."""

from __future__ import annotations

import re
from typing import Literal

from analysis.errors import InputError
from analysis.intake.indicator_words import EAST_TERMS, WEST_TERMS

Language = Literal["zh", "en"]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "a",
        "for",
        "on",
        "with",
        "by",
        "from",
        "that",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "said",
        "at",
        "as",
        "its",
        "this",
        "had",
        "been",
        "more",
        "than",
        "over",
    ]
)
_LEAST_WORDS = 12
_LEAST_SHARE = 0.12
_READ = 50_000  # characters of a text by which its language is told


def language_of(text: str) -> Language:
    """Return the language of a text.

    Raises
    ------
    InputError
        It is neither Chinese nor English; the sentence says which of its words were understood.
    """
    part = text[:_READ]
    chinese, others = len(_CHINESE.findall(part)), len(_KANA_HANGUL.findall(part))
    letters = sum(character.isalpha() for character in part) or 1
    if others > 0.1 * letters or len(_OTHER_SCRIPT.findall(part)) > 0.3 * letters:
        raise InputError(_unknown(part))
    if chinese > 0.15 * letters:
        return "zh"
    words = [word.lower() for word in _WORD.findall(part)]
    if len(words) >= _LEAST_WORDS and sum(word in _COMMON for word in words) < _LEAST_SHARE * len(words):
        terms = sum(1 for _ in WEST_TERMS.finditer(part.lower()))
        if terms < 0.08 * len(words) or len(words) >= 40:
            raise InputError(_unknown(part))
    return "en"


def _unknown(text: str) -> str:
    """Return the sentence on a text in another language."""
    plain = text.lower()
    found = [match[0] for pattern in (EAST_TERMS, WEST_TERMS) for match in pattern.finditer(plain)]
    words = list(dict.fromkeys(found))[:8]
    understood = f"the words understood are {', '.join(words)}" if words else "no word of it was understood"
    return f"the text is neither in Chinese nor in English; {understood}: give it in one of the two"
