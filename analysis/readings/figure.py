"""A figure: a number that a text states about something."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.readings.numeral import Numeral
from analysis.readings.unit_words import PROPORTIONS

# A level is a count, a sum or a share; growth is in percent of an earlier level, of which a multiple is the whole
# (twice) and an index too, in percent (112.4% of the year before); a difference is in the units of both levels.
KINDS = ("level", "growth", "multiple", "index", "difference", "mean")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text states about something.

    Attributes
    ----------
    numeral
        The number as found.
    value
        Its value with its sign, in base units of `unit`.
    high
        The upper end of a printed range, else None.
    unit
        The dataset's unit that the text names, else None.
    hedge
        One of the dataset's hedges.
    level
        Whether it is what a change led to ("rose 5 percent to 1,950").
    aside
        Whether it stands in brackets beside another figure, or within words that describe one.
    kind
        One of `KINDS`.
    measure
        The measure word or noun that it counts with (瓶, 件, "handbags"); blank where none is known.
    foreign
        Whether it has a unit that the dataset has not (a pound's weight, a gram).
    """

    numeral: Numeral
    value: Decimal
    high: Decimal | None
    unit: str | None
    hedge: str
    level: bool = False
    aside: bool = False
    kind: str = "level"
    measure: str = ""
    foreign: bool = False

    def step(self, hedge: str | None = None, unit: str | None = None) -> Decimal:
        """Return the printed step, in base units, under `hedge` and `unit` (by default the printed ones).

        One unit of the last printed significant digit; but one where an unhedged count is written out in
        full with one or two trailing zeros ("1,400 cases"), and where a percentage or ratio has no decimals.
        """
        number = self.numeral
        if number.plain and (unit or self.unit) in PROPORTIONS:
            return Decimal(1)
        if number.plain and (hedge or self.hedge) == "exact" and number.last < 1000:
            return Decimal(1)
        return number.last
