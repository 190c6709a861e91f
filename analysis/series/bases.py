"""What a growth reading is measured against.

The base of a window of up to a year (366 days) is the same dates one year earlier, where a window that ends with
a month has a base that ends with it (28 or 29 February); of a longer window the preceding window of equal length;
`base_start` and `base_end`, where a reading gives both, come before either.
"""

from __future__ import annotations

import math
import re

import pandas as pd

from analysis.errors import InputError
from analysis.readings.printed import figures_in

GROWTH = ("change", "growth")
LONGEST_YEAR = 366
# "1.4倍" alone, trimmed of its verb, may say either; there the row is believed.
_EITHER = re.compile(r"\s*[\d.]+\s*倍\s*")


def with_bases(frame: pd.DataFrame) -> pd.DataFrame:
    """Return readings with base_start and base_end of each growth reading, blank for all others.

    Raises
    ------
    InputError
        If a growth reading gives only one day of its base, a base that ends before it starts, its own
        window as its base, or as its value the multiple of the base that it prints ("1.7 times").
    """
    grown = frame["kind"].isin(GROWTH)
    what = "prints a multiple of its base, which is no growth rate; give the change: 70 percent for 1.7 times"
    _refuse(frame, grown & _multiples(frame), what)
    given = frame["base_start"].notna() & frame["base_end"].notna()
    half = grown & ~given & (frame["base_start"].notna() | frame["base_end"].notna())
    _refuse(frame, half, "gives only one day of its base; give base_start and base_end, or neither")
    start, end = _convention(frame["window_start"], frame["window_end"])
    start = frame["base_start"].where(given, start).where(grown)
    end = frame["base_end"].where(given, end).where(grown)
    _refuse(frame, start > end, "has a base that ends before it starts; swap base_start and base_end")
    same = (start == frame["window_start"]) & (end == frame["window_end"])
    _refuse(frame, same, "is measured against its own window; mend base_start and base_end")
    return frame.assign(base_start=start, base_end=end)


def _multiples(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell which readings have for a value the multiple, or the index, that their own words print."""
    if "as_printed" not in frame:
        return pd.Series(False, index=frame.index)
    grown = frame["kind"].isin(GROWTH)
    rows = zip(frame["as_printed"], frame["value"], frame["unit"], grown, strict=True)
    found = [bool(is_grown) and _is_multiple(*row) for *row, is_grown in rows]
    return pd.Series(found, index=frame.index, dtype=bool)


def _is_multiple(words: object, value: float, unit: str) -> bool:
    """Tell whether a value is the level that words state as a multiple or an index, and not the change to it."""
    if not isinstance(words, str) or not words.strip() or _EITHER.fullmatch(words):
        return False
    for figure in figures_in(words):
        level = float(figure.value) * {"multiple": 1.0, "index": 0.01}.get(figure.kind, math.nan)
        if math.isclose(level * (100.0 if unit == "percent" else 1.0), value, rel_tol=1e-9):
            return True
    return False


def _convention(start: pd.Series, end: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return first and last day of the bases that windows have by convention."""
    days = (end - start).dt.days + 1
    year = pd.DateOffset(years=1)
    earlier_start, earlier_end = start - year, end - year
    month_end = (end + pd.Timedelta(days=1)).dt.day == 1
    earlier_end = earlier_end.where(~month_end, earlier_end + pd.offsets.MonthEnd(0))
    long = days > LONGEST_YEAR
    earlier_start = earlier_start.where(~long, start - pd.to_timedelta(days, unit="D"))
    earlier_end = earlier_end.where(~long, start - pd.Timedelta(days=1))
    return earlier_start, earlier_end


def _refuse(frame: pd.DataFrame, wrong: pd.Series, what: str) -> None:
    """Raise InputError naming the first growth reading that is wrong."""
    if wrong.any():
        raise InputError(f"Growth reading {str(frame[wrong].iloc[0]['reading_id'])!r} {what}.")
