"""A number found in a text, with what is needed to say how finely it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a normalised text.

    Attributes
    ----------
    start, end
        Where it stands in the normalised text.
    value
        The number, scale words included; in percent where `meaning` is "percent".
    last
        One unit of its last printed significant digit (a printed decimal zero counts).
    scale
        The factor of the scale word behind the last digits; 1 where there is none.
    plain
        Whether it is a whole number written out in full, without a scale word.
    over
        Whether 余 or 多 stands inside it ("9600余万").
    meaning
        "percent" for a spelled share, "ratio" for "double"; blank for all others.
    high
        The upper end of words that name no one number (数十, 一两万, "dozens"); else None.
    growth
        Whether the word itself says a change: 翻一番, "halved".
    """

    start: int
    end: int
    value: Decimal
    last: Decimal
    scale: Decimal = Decimal(1)
    plain: bool = True
    over: bool = False
    meaning: str = ""
    high: Decimal | None = None
    growth: bool = False


def last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last significant digit of `value`: 100 for 1400, 0.01 for 1.50, 1 for 0."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return Decimal(1).scaleb(exponent)
    digits = str(int(abs(value)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10**zeros) if value else Decimal(1)
