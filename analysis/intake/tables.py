"""Tables set as lines of text: a head of windows, and rows of a label and a figure a window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from analysis.intake.counted import Counted
from analysis.intake.sentences import Sentence, reworded
from analysis.intake.window_bonds import Time
from analysis.readings.figures import find_figures
from analysis.readings.text import normalise
from analysis.readings.window_words import read_window

_CELL = re.compile(r"\s*[|\t]\s*|\s{2,}")
_PARTED = re.compile(r"[|\t]|\s\s")
_MOST = 8  # cells of a head
_NUMBER = re.compile(r"[0-9]")
_EAST_COLUMN = re.compile(
    r"([^()]{2,16}) ?\((?:单位:)?([百千]?[万亿]?(?:[批件起人个宗箱吨次家户条处名]|批次|人次|[美欧日港]?元))\)"
)
_WEST_COLUMN = re.compile(
    r"(?:number of |no\. of )?((?:[a-z]+ )?(?:cases|items|articles|shipments|persons|suspects|arrests|seizures|pieces"
    r"|units|parcels|detentions|products|goods|shops|websites|listings))"
)
_FISCAL = re.compile(r"(?i)fiscal|\bfy\b")
_SCALES = re.compile(r"[(（].*?(?:thousand|million|billion|万|亿|yuan|dollars?|euros?|元).*?[)）]")
_MONEY = (
    ("EUR", re.compile(r"euros?|eur|欧元")),
    ("USD", re.compile(r"dollars?|usd|\$|美元")),
    ("CNY", re.compile(r"yuan|rmb|元")),
)  # fmt: skip


def cells_of(sentence: Sentence) -> list[str]:
    """Return the cells of a line of a table, of one cell where it is none."""
    line = sentence.text.strip().strip("|")
    return [cell for cell in (_CELL.split(line) if _PARTED.search(line) else (line,)) if cell.strip()]


def told_by_columns(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield sentences, the rows of a table whose columns name units as a sentence a figure.

    Under "Channel | Shipments | Items" the row "Mail | 30,216 | 963" says "Mail: 30,216 shipments" and "Mail: 963
    items"; under 扣留数量(万件) a 96.3 is 扣留数量96.3万件.
    """
    columns: list[tuple[str, str]] = []
    for sentence in sentences:
        cells = cells_of(sentence)
        if head := _columns_of(cells):
            columns = head
        elif columns and len(cells) == len(columns) + 1 and all(_NUMBER.match(cell) for cell in cells[1:]):
            label, at = normalise(cells[0]), 0
            for cell, (name, unit) in zip(cells[1:], columns, strict=True):
                at = sentence.text.index(cell, at)
                yield reworded(sentence, at, cell, (f"{label}{name}" if name else f"{label}: ", unit))
                at += len(cell)
            continue
        else:
            columns = []
        yield sentence


def _columns_of(cells: list[str]) -> list[tuple[str, str]]:
    """Return what is read before and behind a number of each column; none where they name no units."""
    if not 2 <= len(cells) <= _MOST or any(re.search(r"[0-9]", cell) or len(cell) > 24 for cell in cells):
        return []
    found: list[tuple[str, str]] = []
    for cell in map(normalise, cells):
        if east := _EAST_COLUMN.fullmatch(cell):
            found.append((east[1], east[2]))
        elif west := _WEST_COLUMN.fullmatch(cell):
            found.append(("", f" {west[1]}"))
        elif found or cell != normalise(cells[0]):
            return []
    return found if len(found) >= 2 else []


def head_of(sentence: Sentence, published: date) -> list[Time]:
    """Return the windows of a table's head, one for each column behind the first; none where it is no head."""
    cells = cells_of(sentence)
    if len(cells) < 3:
        return []
    fiscal = "fiscal year " if _FISCAL.search(cells[0]) else ""
    times = []
    for cell in cells[1:]:
        words = f"{fiscal}{cell}" if re.fullmatch(r"(?:19|20)[0-9]{2}", cell.strip()) else cell
        found = read_window(words, published) if len(cell) < 30 else None
        if found is None or found.window is None:
            return []
        times.append(Time(found.start, found.end, found.basis, words, "the head of its column", 0.9))
    return times


def row_of_table(
    sentence: Sentence, figures: list[Counted], columns: list[Time]
) -> tuple[list[Counted], list[Time]] | None:
    """Return the figures of a row and the window of each, None where a line is no row of the table."""
    cells = cells_of(sentence) if columns else []
    if not columns or len(cells) != len(columns) + 1:
        return None
    label_end = sentence.text.find(cells[0]) + len(cells[0])
    kept = [one for one in figures if one.span[0] - sentence.start >= label_end]
    if len(kept) != len(columns):
        return None
    return [replace(_scaled(one, cells[0]), index=place) for place, one in enumerate(kept)], columns


def _scaled(one: Counted, label: str) -> Counted:
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
