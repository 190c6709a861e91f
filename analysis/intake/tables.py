"""Tables set as lines of text: rows of a label and a figure a window, or of a window and a figure a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analysis.intake.counted import Counted
from analysis.intake.sentences import Sentence, reworded
from analysis.intake.window_bonds import Time
from analysis.readings.figures import find_figures
from analysis.readings.text import normalise
from analysis.readings.window_words import find_windows

HEAD = "the head of its column or row"
_CELL = re.compile(r"\s*[|\t]\s*|\s{2,}")
_PARTED = re.compile(r"[|\t]|\s\s")
_RULED = re.compile(r"[|\t]")
_LINE = re.compile(r"[-|:+=\s]+")
_FISCAL = re.compile(r"(?i)fiscal|\bfy\b")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONGEST = 60  # characters of a label
_NUMBER = re.compile(r"[0-9]")
# Columns that name units: 扣留数量(万件), "Shipments", "Number of articles".
_EAST_COLUMN = re.compile(
    r"([^()]{2,16}) ?\((?:单位:)?([百千]?[万亿]?(?:[批件起人个宗箱吨次家户条处名]|批次|人次|[美欧日港]?元))\)"
)
_WEST_COLUMN = re.compile(
    r"(?:number of |no\. of )?((?:[a-z]+ )?(?:cases|items|articles|shipments|persons|suspects|arrests|seizures|pieces"
    r"|units|parcels|detentions|products|goods|shops|websites|listings))"
)
# What a label in short stands for: (€m), ($bn), '000.
_SHORT = (
    (re.compile(r"€ ?(?:m|mn|mio)\b|eur ?(?:m|mn|million)\b"), "million euros"),
    (re.compile(r"us\$ ?(?:m|mn)\b|\$ ?(?:m|mn)\b|usd ?(?:m|mn|million)\b"), "million dollars"),
    (re.compile(r"€ ?bn\b"), "billion euros"),
    (re.compile(r"\$ ?bn\b"), "billion dollars"),
    (re.compile(r"€ ?(?:k|000)\b|€ ?'000"), "thousand euros"),
    (re.compile(r"\((?:in )?(?:'000|000s|thousands)\)"), "(thousand)"),
)  # fmt: skip
_SCALES = re.compile(r"[(（].*?(?:thousand|million|billion|万|亿|yuan|dollars?|euros?|元).*?[)）]")
_MONEY = (
    ("EUR", re.compile(r"euros?|eur|欧元")),
    ("USD", re.compile(r"dollars?|usd|\$|美元")),
    ("CNY", re.compile(r"yuan|rmb|元")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a text, or a cell of a table told as one: "Seizures: 2,046".

    Attributes
    ----------
    sentence
        Where it stands; a cell's is its label, a colon and the cell, at the cell's place in the text.
    time
        The window that the table gives it, None elsewhere.
    label
        What it counts and in which scale, blank outside of tables.
    head
        Whether it only heads a table or a row, so that its numbers are no figures.
    """

    sentence: Sentence
    time: Time | None = None
    label: str = ""
    head: bool = False

    def counts(self, figure: Counted) -> bool:
        """Tell whether a figure stands in the cell, and not in its label: (million euros)."""
        opening = self.sentence.text.rfind(": ") if self.label else -1
        return figure.figure.numeral.start > opening


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table behind the first: their windows, their labels, or what is read around their numbers."""

    windows: tuple[Time, ...] = ()
    labels: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.windows or self.units or self.labels)


def lines_of(sentences: Iterable[Sentence], published: date) -> Iterator[Line]:
    """Yield the sentences of a text, those of tables cell by cell, with the window that its head or its row names.

    Under "Channel | Shipments | Items" the row "Mail | 30,216 | 963" says "Mail: 30,216 shipments" and "Mail: 963
    items"; under 扣留数量(万件) a 96.3 is 扣留数量96.3万件.
    """
    head = _Head()
    for sentence in sentences:
        if not _PARTED.search(sentence.text):
            head = _Head()
            yield Line(sentence)
            continue
        if head and _LINE.fullmatch(sentence.text):
            continue
        cells = _cells(sentence.text)
        new = _head_of(sentence.text, cells, published)
        if new:
            head = new
            yield Line(sentence, head=True)
        elif (
            head
            and len(cells) == len(head) + 1
            and (head.windows or head.labels or _numbers(sentence, cells))
        ):
            yield from _row(sentence, cells, head, published)
        else:
            head = _Head()
            yield Line(sentence)


def _cells(line: str) -> list[tuple[int, int]]:
    """Return the places of the cells of a line, the first one even where it is blank."""
    low, high = len(line) - len(line.removeprefix("|")), len(line.removesuffix("|"))
    cells = []
    for match in _CELL.finditer(line, low, high):
        cells.append((low, match.start()))
        low = match.end()
    cells.append((low, max(high, low)))
    return [(start, end) for place, (start, end) in enumerate(cells) if place == 0 or line[start:end].strip()]


def _head_of(line: str, cells: list[tuple[int, int]], published: date) -> _Head | None:
    """Return the columns that a line heads; None where it is no head."""
    words = [line[start:end].strip() for start, end in cells]
    fiscal = "fiscal year " if _FISCAL.search(words[0]) else ""
    if len(words) > 2:
        times = [_window_of(one, published, fiscal) for one in words[1:]]
        if all(times):
            return _Head(windows=tuple(time for time in times if time))
    units = _units_of(words)
    ruled = _RULED.search(line) is not None
    ruled = ruled and len(words) > 1 and all(0 < len(one) < _LONGEST for one in words[1:])
    if ruled and not any(re.search(r"[0-9]", one.replace("'000", "")) for one in words):
        return _Head(labels=tuple(words[1:]), units=units if len(units) == len(words) - 1 else ())
    return _Head(units=units) if units else None


def _units_of(words: list[str]) -> tuple[tuple[str, str], ...]:
    """Return what is read before and behind a number of each column; none where they name no units."""
    if len(words) < 2 or any(re.search(r"[0-9]", one) or len(one) > 24 for one in words):
        return ()
    found: list[tuple[str, str]] = []
    for place, word in enumerate(map(normalise, words)):
        if east := _EAST_COLUMN.fullmatch(word):
            found.append((east[1], east[2]))
        elif west := _WEST_COLUMN.fullmatch(word):
            found.append(("", f" {west[1]}"))
        elif place:
            return ()
    return tuple(found) if len(found) >= 2 else ()


def _window_of(cell: str, published: date, fiscal: str = "") -> Time | None:
    """Return the window that a cell names; "2024 (to 30 April)" ends with that day."""
    if not cell.strip() or len(cell) > 30:
        return None
    words = f"{fiscal}{cell}" if _YEAR.fullmatch(cell.strip()) else cell
    found = find_windows(words, published)
    whole = next((one for one in found if one.start and one.end), None)
    if whole is None or whole.start is None or whole.end is None:
        return None
    ended = next((one.end for one in found if one.form == "as_of" and one.end), whole.end)
    end = ended if whole.start <= ended else whole.end
    return Time(whole.start, end, whole.basis, words, HEAD, 0.9)


def _numbers(sentence: Sentence, cells: list[tuple[int, int]]) -> bool:
    """Tell whether all cells behind the first begin with a digit."""
    return all(_NUMBER.match(sentence.text, low) for low, _ in cells[1:])


def _row(sentence: Sentence, cells: list[tuple[int, int]], head: _Head, published: date) -> Iterator[Line]:
    """Yield the cells of a row as lines, and the cell that heads it."""
    first = sentence.text[slice(*cells[0])].strip()
    own = None if head.windows else _window_of(first, published)
    yield Line(_told(sentence, "", cells[0]), head=True)
    units = head.units if _numbers(sentence, cells) else ()
    for place, cell in enumerate(cells[1:]):
        if units:
            name, unit = units[place]
            before = name if own else f"{normalise(first)}{name}" if name else f"{normalise(first)}: "
            yield Line(reworded(sentence, cell[0], sentence.text[slice(*cell)], (before, unit)), own)
        elif head.windows:
            yield Line(_told(sentence, first, cell), head.windows[place], first)
        else:
            label = _in_full(head.labels[place])
            yield Line(_told(sentence, label if own else f"{first}, {label}", cell), own, label)


def _in_full(label: str) -> str:
    """Return a label with its scale and money in words: Value (million euros)."""
    plain = label
    for short, words in _SHORT:
        plain = short.sub(words, plain.lower()) if short.search(plain.lower()) else plain
    return plain


def _told(sentence: Sentence, label: str, cell: tuple[int, int]) -> Sentence:
    """Return a cell as a sentence that its label opens, at the cell's place in the text."""
    words = sentence.text[slice(*cell)]
    opening = f"{label}: " if label else ""
    plain = normalise(f"{opening}{words}")
    before = len(plain) - len(normalise(words))
    offsets = [0] * before + [min(one, len(words)) for one in range(len(plain) - before + 1)]
    start = sentence.at(0) + cell[0]
    return Sentence(
        start, start + len(words), f"{opening}{words}", plain, sentence.paragraph, sentence.place, offsets
    )


def scaled(one: Counted, label: str) -> Counted:
    """Return a figure in the scale and the money that its label names: Value (million dollars)."""
    if not _SCALES.search(label):
        return one
    plain = label.lower()
    read = find_figures(f"{plain}: {one.sentence.plain[one.figure.numeral.start : one.figure.numeral.end]}")
    unit = next((unit for unit, words in _MONEY if words.search(plain)), one.figure.unit)
    if not read:
        return one
    value: Decimal = read[-1].value
    numeral = replace(one.figure.numeral, value=value, last=read[-1].numeral.last, plain=False)
    return replace(one, figure=replace(one.figure, value=value, numeral=numeral, unit=unit))
