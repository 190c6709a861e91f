"""Readings for tests, written in one line each."""

from types import SimpleNamespace

import pandas as pd
import pytest


def reading(value, start, end, **cells):
    """Return one row of the readings table: an exact count of cases unless told otherwise."""
    row = {
        "value": value,
        "unit": "case",
        "hedge": "exact",
        "window_start": pd.Timestamp(start) if start else pd.NaT,
        "window_end": pd.Timestamp(end) if end else pd.NaT,
        "kind": "flow",
    }
    return row | cells


def frame(*rows):
    """Return rows as a frame, named r0, r1, ... where they have no name."""
    found = pd.DataFrame(list(rows))
    names = [f"r{at}" for at in range(len(found))]
    found["reading_id"] = found["reading_id"].fillna(pd.Series(names)) if "reading_id" in found else names
    return found


def years(values, first=2010, **cells):
    """Return one exact reading a year."""
    return [reading(v, f"{first + i}-01-01", f"{first + i}-12-31", **cells) for i, v in enumerate(values)]


def growth(value, start, end, **cells):
    """Return a growth rate in percent."""
    return reading(value, start, end, kind="change", unit="percent", **cells)


@pytest.fixture(scope="session")
def rows():
    """Functions that write readings: reading, frame, years, growth."""
    return SimpleNamespace(reading=reading, frame=frame, years=years, growth=growth)
