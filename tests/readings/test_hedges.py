"""Hedges into intervals: the table of the design, its properties and bad input."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import HEDGES, HedgeModel, interval, intervals, reading_interval

INF = math.inf


@pytest.mark.parametrize(
    ("hedge", "step", "default", "tight", "open_ended"),
    [
        ("exact", 1, (1400, 1400), (1400, 1400), (1400, 1400)),
        ("exact", 100, (1350, 1450), (1375, 1425), (1350, 1450)),
        ("more_than", 100, (1400, 1500), (1400, 1450), (1400, INF)),
        ("at_least", 100, (1400, 1500), (1400, 1450), (1400, INF)),
        ("nearly", 100, (1300, 1400), (1350, 1400), (0, 1400)),
        ("nearly", 1000, (1260, 1400), (1330, 1400), (0, 1400)),
        ("about", 100, (1300, 1500), (1350, 1450), (1300, 1500)),
        ("about", 1000, (1260, 1540), (1330, 1470), (1260, 1540)),
        ("less_than", 100, (0, 1400), (700, 1400), (0, 1400)),
        ("up_to", 100, (0, 1400), (700, 1400), (0, 1400)),
    ],
)
def test_table_of_the_design(
    hedge: str,
    step: float,
    default: tuple[float, float],
    tight: tuple[float, float],
    open_ended: tuple[float, float],
) -> None:
    assert interval(1400, hedge, step) == default
    assert interval(1400, hedge, step, model="tight") == tight
    assert interval(1400, hedge, step, model=HedgeModel.OPEN_ENDED) == open_ended


def test_range() -> None:
    assert interval(3e6, "range", 1e6, high=5e6) == (3e6, 5e6)
    assert interval(3e6, "range", 1e6, high=5e6, model="tight") == (3.5e6, 4.5e6)
    assert interval(-10, "range", high=-5, model="open_ended") == (-10, -5)


def test_rounded_says_what_the_step_cannot() -> None:
    assert interval(52, "exact") == (52, 52)
    assert interval(52, "exact", rounded=True) == (51.5, 52.5)
    assert interval(52.3, "exact", 0.1) == pytest.approx((52.25, 52.35))
    assert interval(14_000, "exact", 1_000, rounded=False) == (14_000, 14_000)


def test_a_hedge_speaks_of_the_size_of_a_fall() -> None:
    assert interval(-29, "more_than") == (-30, -29)
    assert interval(-29, "more_than", model="open_ended") == (-INF, -29)
    assert interval(-30, "nearly") == (-30, -29)
    assert interval(-30, "less_than") == (-30, 0)
    assert interval(-52, "exact", rounded=True) == (-52.5, -51.5)


values = st.floats(0.01, 1e13) | st.integers(1, 10**12).map(float)
steps = st.sampled_from([0.01, 0.1, 1, 10, 100, 1e3, 1e6, 1e9])
hedges = st.sampled_from([hedge for hedge in HEDGES if hedge != "range"])
signs = st.sampled_from([1, -1])


@given(values, steps, hedges, signs)
def test_intervals_are_ordered_nested_and_touch_the_value(
    value: float, step: float, hedge: str, sign: int
) -> None:
    value *= sign
    tight, default, wide = (interval(value, hedge, step, model=m) for m in ("tight", "default", "open_ended"))
    for low, high in (tight, default, wide):
        assert low <= value <= high
    assert wide[0] <= default[0] <= tight[0]
    assert tight[1] <= default[1] <= wide[1]


@given(values, steps, hedges)
def test_tight_is_half_as_wide(value: float, step: float, hedge: str) -> None:
    low, high = interval(value, hedge, step)
    tight_low, tight_high = interval(value, hedge, step, model="tight")
    assert tight_high - tight_low == pytest.approx(
        (high - low) / 2, rel=1e-6, abs=1e-3 * step + 1e-12 * value
    )


@given(values, steps, hedges, st.sampled_from([10.0, 1e4, 1e6]), st.sampled_from(list(HedgeModel)))
def test_intervals_scale_with_the_unit(
    value: float, step: float, hedge: str, factor: float, model: str
) -> None:
    here = interval(value, hedge, step, model=model, rounded=True)
    there = interval(value * factor, hedge, step * factor, model=model, rounded=True)
    assert there == pytest.approx(tuple(end * factor for end in here), rel=1e-9, abs=1e-9 * value * factor)


@given(values, steps, hedges, st.sampled_from(list(HedgeModel)))
def test_a_fall_mirrors_a_rise(value: float, step: float, hedge: str, model: str) -> None:
    low, high = interval(value, hedge, step, model=model)
    assert interval(-value, hedge, step, model=model) == (-high, -low)


@given(values, steps, st.floats(0, 1e13), st.sampled_from(list(HedgeModel)))
def test_a_range_stays_within_its_ends(value: float, step: float, more: float, model: str) -> None:
    low, high = interval(value, "range", step, high=value + more, model=model)
    assert value <= low <= high <= value + more


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((math.nan, "exact"), "nan is not a finite number"),
        ((math.inf, "exact"), "inf is not a finite number"),
        (("many", "exact"), "must be a number"),
        ((1, "exact", 0), "above 0"),
        ((1, "exact", -1), "above 0"),
        ((1, "exact", math.nan), "above 0"),
        ((1, "exact", math.inf), "above 0"),
        ((1, "roughly"), "unknown hedge 'roughly': use one of exact, more_than"),
        (
            (1, "exact", 1, None, "loose"),
            "unknown hedge model 'loose': use one of default, tight, open_ended",
        ),
        ((1, "range"), "needs its upper end"),
        ((1, "range", 1, math.inf), "needs its upper end"),
        ((5, "range", 1, 3), "the upper end 3 of a range is below its value 5"),
    ],
)
def test_bad_input(arguments: tuple, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        interval(*arguments)


def readings(rows: list[tuple]) -> pd.DataFrame:
    columns = ["reading_id", "value", "value_high", "unit", "hedge", "as_printed"]
    return pd.DataFrame(rows, columns=columns)


def test_intervals_of_a_frame() -> None:
    frame = readings(
        [
            ("a", 52, None, "percent", "exact", "52 percent"),
            ("b", 52.3, None, "percent", "exact", "52.3%"),
            ("c", 1400, None, "case", "exact", "1,400 cases"),
            ("d", 11_000, None, "case", "more_than", "1.1万余起"),
            ("e", 14e9, None, "CNY", "exact", "14 billion yuan"),
            ("f", 3e6, 5e6, "item", "range", "3 to 5 million"),
            ("g", 22_800, None, "case", "about", "22,800 cases"),  # the hedge was trimmed from the print
            ("h", 1_382_903_001, None, "USD", "exact", "$1,382,903.001"),  # parses to another value
            ("i", 1.5, None, "ratio", "exact", None),
            ("j", 7_000, None, "case", "exact", ""),
            ("k", 30, None, "person", "exact", "17件30人"),
        ]
    ).set_index(pd.Index(range(100, 111)))
    result = intervals(frame)
    assert result.index.equals(frame.index)
    assert list(result.columns) == ["low", "high", "printed_step"]
    assert result["low"].tolist() == pytest.approx(
        [51.5, 52.25, 1400, 11_000, 13.5e9, 3e6, 22_700, 1_382_903_001, 1.45, 6_950, 30]
    )
    assert result["high"].tolist() == pytest.approx(
        [52.5, 52.35, 1400, 12_000, 14.5e9, 5e6, 22_900, 1_382_903_001, 1.55, 7_050, 30]
    )
    assert result["printed_step"].tolist() == pytest.approx([1, 0.1, 1, 1e3, 1e9, 1e6, 100, 1, 0.1, 1e3, 1])


@pytest.mark.parametrize(
    ("value", "print_", "ends"),
    [
        (10_000, "10,000", (9_500, 10_500)),
        (7_000, "7,000", (6_950, 7_050)),
        (44_000, "44,000", (43_500, 44_500)),
        (50e6, "50 million", (49.5e6, 50.5e6)),
        (1.2e8, "1.2亿", (1.15e8, 1.25e8)),
        (2_000, "2千", (1_950, 2_050)),
        (400, "400", (400, 400)),
        (1_184, "1,184", (1_184, 1_184)),
        (0, "0", (0, 0)),
    ],
)
def test_of_an_unhedged_figure_two_digits_are_believed(value: float, print_: str, ends: tuple) -> None:
    assert reading_interval(value, "item", "exact", as_printed=print_)[:2] == pytest.approx(ends)
    step = 10.0 ** len(str(int(value)))
    assert (
        reading_interval(value, "item", "exact", printed_step=step)[1] == value + step / 2
    )  # told otherwise
    if value:
        assert reading_interval(value, "item", "more_than", printed_step=None)[1] >= ends[1]


@pytest.mark.parametrize(
    ("language", "jurisdiction", "unit", "half"),
    [("en", "CN", "case", 50), ("zh", "CN", "case", 0), ("en", "US", "case", 0), ("en", "CN", "CNY", 0)],
)
def test_chinese_counts_in_english_that_end_in_two_zeros_are_rounded(
    language, jurisdiction, unit, half
) -> None:
    about = {"language": language, "jurisdiction": jurisdiction}
    assert reading_interval(4_400, unit, "exact", **about)[:2] == (4_400 - half, 4_400 + half)
    assert reading_interval(4_410, unit, "exact", **about)[:2] == (4_410, 4_410)
    frame = readings([("a", 4_400, None, unit, "exact", "4,400")]).assign(**about)
    assert intervals(frame).loc[0].tolist() == [4_400 - half, 4_400 + half, 1]


@pytest.mark.parametrize(("value", "unit"), [(0, "percent"), (100, "percent"), (0, "ratio")])
def test_shares_of_nothing_and_of_all_are_themselves(value: float, unit: str) -> None:
    assert reading_interval(value, unit, "exact", kind="flow")[:2] == (value, value)
    low, high, _ = reading_interval(value, unit, "exact", kind="change")
    assert high - low == 1


def test_a_printed_step_column_wins() -> None:
    frame = readings([("a", 1400, None, "case", "more_than", "more than 1,400")]).assign(printed_step=[50.0])
    assert intervals(frame).loc[0].tolist() == [1400, 1450, 50]
    blank = frame.assign(printed_step=[np.nan])
    assert intervals(blank).loc[0].tolist() == [1400, 1500, 100]


def test_the_model_reaches_every_row() -> None:
    frame = readings(
        [(str(n), 1000.0 * n, None, "case", "more_than", f"more than {n},000") for n in range(1, 10)]
    )
    assert np.isinf(intervals(frame, "open_ended")["high"]).all()
    narrow, default = intervals(frame, "tight"), intervals(frame)
    assert ((narrow["high"] - narrow["low"]) * 2 == default["high"] - default["low"]).all()


def test_an_empty_frame_has_no_intervals() -> None:
    result = intervals(readings([]))
    assert result.empty
    assert list(result.columns) == ["low", "high", "printed_step"]


def test_frame_errors_name_the_reading() -> None:
    with pytest.raises(InputError, match="reading b: unknown hedge 'perhaps'"):
        intervals(readings([("a", 1, None, "case", "exact", "1"), ("b", 1, None, "case", "perhaps", "1")]))
    with pytest.raises(InputError, match=r"reading a: .*value must be a number"):
        intervals(readings([("a", None, None, "case", "exact", "")]))
    with pytest.raises(InputError, match="missing: hedge"):
        intervals(readings([]).drop(columns="hedge"))


def test_one_reading() -> None:
    assert reading_interval(52, "percent", "exact") == (51.5, 52.5, 1)
    assert reading_interval(400, "case", "nearly") == (360, 400, 100)
