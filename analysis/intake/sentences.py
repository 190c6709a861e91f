"""A text in sentences, each with its place in the text and the form that the rules read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.readings.text import normalise

_CJK = re.compile(r"[\u4e00-\u9fff]")
# A point behind one of these ends no sentence.
_ABBREVIATED = (
    "No Nos U.S U.S.C U.K E.U Mr Ms Dr St Inc Ltd Co Ext ext Tel tel approx Art vs"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_SHORT = "".join(rf"(?<!\b{re.escape(one)}\.)" for one in _ABBREVIATED.split())
_END = re.compile(
    rf"(?=[。！？!?.\n])(?:[。！？!?][”’\"』」）)]*|\.(?=[”’\"')]*\s+[“‘\"'(]?[A-Z0-9]){_SHORT}[”’\"')]*|\n+)"
)
_ENDED = re.compile(r"[。！？!?.;；:：|\t][”’\"』」）)]*\s*$")
_BREAK = re.compile(r"\n(?![ \t]*\n)")
_OF_A_CASE = re.compile(
    r"\s*[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|案例.{1,3})[)）、.:：][^。；;]{4,60}案\s*$"
)  # a heading
_COLUMNS = re.compile(r"\S {3,}\S|\S {2,}\S.* {2,}\S")
_LONGEST = 1500  # characters of a sentence
_LEAST = 40  # characters of a line that was wrapped
_LEAST_CJK = 18


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes
    ----------
    start, end
        Its characters in the text.
    text
        As printed.
    plain
        As the rules for figures read it (`analysis.readings.text.normalise`).
    paragraph, place
        The number of its paragraph, and its own number within it, from 0.
    """

    start: int
    end: int
    text: str
    plain: str
    paragraph: int
    place: int
    _offsets: list[int] | None = field(default=None, repr=False)

    def at(self, index: int) -> int:
        """Return the character of the text that a character of `plain` stands for."""
        if self._offsets is None:
            return self.start + index
        return self.start + self._offsets[min(index, len(self._offsets) - 1)]


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order; lines that were wrapped are put together again."""
    joined = _unwrapped(text)
    start, paragraph, place = 0, 0, 0
    ends = [(match.end(), "\n" in match[0]) for match in _END.finditer(joined)]
    for end, last in (*ends, (len(text), False)):
        for low, high in _pieces(text, start, end):
            if made := _sentence(text, low, high, paragraph, place):
                yield made
                place += 1
        if last:
            paragraph, place = paragraph + 1, 0
        start = end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch of text in pieces that may be sentences: one without a stop is cut at a comma or a blank."""
    while end - start > _LONGEST:
        within = text[start : start + _LONGEST]
        cut = max(within.rfind(mark) for mark in "，；、,; ") + 1
        high = start + (cut if cut > _LONGEST // 2 else _LONGEST)
        yield start, high
        start = high
    yield start, end


def _unwrapped(text: str) -> str:
    """Return the text with a blank in place of each end of line within a sentence."""
    pieces, last = [], 0
    for match in _BREAK.finditer(text):
        at = match.start()
        begin = text.rfind("\n", max(0, at - 400), at) + 1
        line, after = text[begin:at], text[at + 1 : at + 3]
        least = _LEAST_CJK if _CJK.search(line) else _LEAST
        soft = (
            "|" not in line
            and "\t" not in line
            and not _COLUMNS.search(line)
            and len(line.strip()) >= least
            and not _ENDED.search(line)
            and not _OF_A_CASE.match(line)
            and bool(after.strip())
        )
        if soft and (after[:1].islower() or after[:1].isdigit() or _CJK.match(after)) and begin > 0:
            pieces += [text[last:at], " "]
            last = at + 1
    return "".join(pieces) + text[last:]


def _sentence(text: str, start: int, end: int, paragraph: int, place: int) -> Sentence | None:
    """Return the sentence between two characters, without the blanks around it."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    start += len(words) - len(words.lstrip())
    plain = normalise(stripped)
    offsets = None if len(plain) == len(stripped) else _offsets(stripped, plain)
    return Sentence(start, start + len(stripped), stripped, plain, paragraph, place, offsets)


def reworded(whole: Sentence, at: int, printed: str, parts: tuple[str, str]) -> Sentence:
    """Return a stretch of a sentence as a sentence of its own, with words before and behind its number.

    `at` is its first character in the sentence, `printed` its characters, `parts` what is read before it and behind
    its number: "13,911 (82.3%)" as "China: 13,911 cases (82.3%)".
    """
    before, behind = parts
    plain = normalise(printed)
    offsets = _offsets(printed, plain)[:-1]
    number = re.match(r"[0-9.,]*", plain)
    end = number.end() if number else 0
    close = offsets[end] if end < len(offsets) else len(printed)
    low = whole.start + at
    told = [0] * len(before) + offsets[:end] + [close] * len(behind) + offsets[end:] + [len(printed)]
    words = f"{before}{plain[:end]}{behind}{plain[end:]}"
    return Sentence(low, low + len(printed), printed, words, whole.paragraph, whole.place, told)


def _offsets(printed: str, plain: str) -> list[int]:
    """Return for each character of the plain form the printed one that it came from."""
    offsets: list[int] = []
    blank = True
    for index, character in enumerate(printed):
        for one in unicodedata.normalize("NFKC", character):
            if one.isspace():
                if not blank:
                    offsets.append(index)
                blank = True
            else:
                offsets.append(index)
                blank = False
    if len(offsets) < len(plain):
        offsets += [len(printed)] * (len(plain) - len(offsets))
    return [*offsets[: len(plain)], len(printed)]
