"""What is wrong with the tables: one cell, row or file, and the rule that it breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHOLE_FILE = "-"
_SHOWN = 60
# Letters and marks that print nothing: fillers of Hangul, the blank of Braille, joiners, selectors of variants.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True)
class Failure:
    """One cell (or file) that breaks a rule. `row` is the row's id; `-` stands for the whole file."""

    table: str
    row: str
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        place = f"{self.table}, row {shown(self.row)}, column {self.column}"
        return f"{place}, value '{shown(self.value)}': {self.rule}"


def of_file(table: str, sentence: str) -> Failure:
    """Return the failure of a whole file."""
    return Failure(table, WHOLE_FILE, "-", "", sentence)


def seen(text: str) -> bool:
    """Tell whether every character of a text prints something, or is the plain space."""
    return text.isprintable() and not _UNSEEN.search(text)


def shown(cell: str, most: int = _SHOWN) -> str:
    """Return a cell as a terminal may show it: short, and what cannot be seen as its code (U+200B is \\u200b)."""
    start = "".join(one if seen(one) else ascii(one)[1:-1] for one in cell[:most])
    return start + ("..." if len(cell) > most else "")
