"""Agreement of as_printed with the row, on rows whose answers are known."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.readings import agreement, summary

# reading_id, value, value_high, unit, hedge, as_printed; then whether value, value unaided, unit and hedge
# agree (None: not printed)
ROWS = [
    ("agrees", 11_000, None, "case", "more_than", "more than 11,000 cases", True, True, True, True),
    ("not-printed", 1_184, None, "case", "exact", "1,184", True, True, None, True),
    ("trimmed-hedge", 22_800, None, "case", "about", "22,800 cases", True, True, True, False),
    ("second-figure", 37, None, "person", "exact", "17件 37人", True, False, True, True),
    ("other-unit", 5, None, "seizure", "exact", "5 cases", True, True, False, True),
    ("other-value", 6, None, "case", "exact", "5 cases", False, False, True, True),
    ("range", 3e6, 5e6, "item", "range", "3 to 5 million items", True, True, True, True),
    ("range-lost", 3e6, None, "item", "exact", "3 to 5 million items", False, False, True, False),
    ("no-figure", 1, None, "person", "exact", "a ringleader", False, False, None, None),
    ("blank", 1, None, "person", "exact", None, False, False, None, None),
]
ANSWERS = ["agrees_value", "agrees_unaided", "agrees_unit", "agrees_hedge"]
COLUMNS = ["reading_id", "value", "value_high", "unit", "hedge", "as_printed"]


@pytest.fixture
def readings() -> pd.DataFrame:
    frame = pd.DataFrame([row[:6] for row in ROWS], columns=COLUMNS)
    return frame.astype({"unit": "category", "hedge": "category"}).set_index(pd.Index([7] * len(ROWS)))


def test_agreement(readings: pd.DataFrame) -> None:
    result = agreement(readings)
    assert result["reading_id"].tolist() == [row[0] for row in ROWS]
    answers = result[ANSWERS].astype(object).where(result[ANSWERS].notna(), None)
    assert [tuple(row) for row in answers.to_numpy()] == [row[6:] for row in ROWS]
    assert result.loc[3, "figures"] == 2
    assert result.loc[6, ["parsed_value", "parsed_high"]].tolist() == [3e6, 5e6]


def test_summary(readings: pd.DataFrame) -> None:
    counts = summary(agreement(readings))
    assert counts["n"].to_dict() == {"value": 10, "value_unaided": 10, "unit": 7, "hedge": 8}
    assert counts["agrees"].to_dict() == {"value": 6, "value_unaided": 5, "unit": 6, "hedge": 6}
    assert counts.loc["value", "share"] == pytest.approx(0.6)
    assert counts.loc["hedge", "share"] == pytest.approx(0.75)


def test_value_high_is_optional(readings: pd.DataFrame) -> None:
    result = agreement(readings.drop(columns="value_high"))
    assert result.loc[0, "agrees_value"]
    assert not result.loc[6, "agrees_value"], "the text prints a range, the row has no upper end"


def test_nothing_compared_is_no_agreement(readings: pd.DataFrame) -> None:
    counts = summary(agreement(readings.iloc[:0]))
    assert counts["n"].sum() == 0
    assert counts["share"].isna().all()


def test_bad_input(readings: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="missing: as_printed"):
        agreement(readings.drop(columns="as_printed"))
    with pytest.raises(InputError, match="missing columns: agrees_value"):
        summary(readings)
