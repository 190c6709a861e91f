"""What a growth reading is measured against.

The base of a window of up to a year (366 days) is the same dates one year earlier, where a window that ends with
a month has a base that ends with it (28 or 29 February); of a longer window the preceding window of equal length;
`base_start` and `base_end`, where a reading gives both, come before either.
"""

from __future__ import annotations

import pandas as pd

from analysis.errors import InputError

GROWTH = ("change", "growth")
LONGEST_YEAR = 366


def with_bases(frame: pd.DataFrame) -> pd.DataFrame:
    """Return readings with base_start and base_end of each growth reading, blank for all others.

    Raises
    ------
    InputError
        If a growth reading gives only one day of its base, a base that ends before it starts, or its own
        window as its base.
    """
    grown = frame["kind"].isin(GROWTH)
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
