"""Kinds of figures that readers of print get wrong, in all their forms: data/printed_kinds.csv holds what each says.

The cases were written for these tests in the forms of releases; what each says is arithmetic on its words.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import parse_printed
from analysis.readings.report import COLUMNS, Case, judge, load_cases, main, misread, table

FILE = Path(__file__).parent / "data" / "printed_kinds.csv"
with FILE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", ROWS, ids=[row["as_printed"] for row in ROWS])
def test_kind(row: dict[str, str]) -> None:
    printed = parse_printed(row["as_printed"])
    if not row["value"]:
        assert printed is None
        return
    assert printed is not None
    assert printed.value == pytest.approx(float(row["value"]), rel=1e-6, abs=1e-12)
    assert printed.high == (pytest.approx(float(row["value_high"])) if row["value_high"] else None)
    assert (printed.unit or "", printed.hedge) == (row["unit"], row["hedge"])
    if row["says"]:
        assert printed.kind == row["says"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["unit"]], ids=lambda row: row["as_printed"])
def test_the_unit_told_finds_the_same_figure(row: dict[str, str]) -> None:
    printed = parse_printed(row["as_printed"], row["unit"])
    assert printed is not None
    assert printed.value == pytest.approx(float(row["value"]), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("查办案件17件", "CNY"),
        ("查办案件17件", "person"),
        ("抓获30人", "case"),
        ("涉案5亿元", "USD"),
        ("涉案5亿元", "case"),
        ("上升12%", "case"),
        ("300 pounds of fentanyl", "GBP"),
        ("300 grams of gold", "kilogram"),
        ("是去年的1.7倍", "percent"),
        ("more than double the number", "percent"),
        ("30 suspects", "item"),
        ("$40 million", "EUR"),
    ],
)
def test_a_figure_of_another_unit_is_not_given_instead(text: str, unit: str) -> None:
    assert parse_printed(text, unit) is None


def test_words_that_the_dataset_counts_by_another_unit() -> None:
    for text, unit, value in [
        ("1,076 infringement cases", "seizure", 1076),
        ("同比上升10.8个百分点", "percent", 10.8),
        ("17件37人", "person", 37),
        ("17件37人", "case", 17),
    ]:
        printed = parse_printed(text, unit)
        assert printed is not None
        assert printed.value == value


def test_dollars_are_of_the_jurisdiction() -> None:
    for text, place, unit in [
        ("about $43.7 million", "HK", "HKD"),
        ("$43.7 million", "AU", "AUD"),
        ("約1,400萬元", "HK", "HKD"),
        ("约1,400万元人民币", "HK", "CNY"),
        ("US$43.7 million", "HK", "USD"),
        ("$43.7 million", "US", "USD"),
        ("约1,400万元", "CN", "CNY"),
    ]:
        printed = parse_printed(text, jurisdiction=place)
        assert printed is not None
        assert printed.unit == unit, (text, place)


@pytest.mark.parametrize(
    ("text", "measure"), [("300瓶", "瓶"), ("查获300余双", "双"), ("300 items", ""), ("30件", "件")]
)
def test_the_measure_word_is_kept(text: str, measure: str) -> None:
    printed = parse_printed(text)
    assert printed is not None
    assert printed.measure == measure


@given(st.integers(1, 999), st.sampled_from(["", "万", "亿", "万亿"]), st.integers(0, 9999))
def test_large_signs_multiply_what_stands_before_them(head: int, sign: str, tail: int) -> None:
    scale = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[sign]
    text = f"{head}{sign}{tail:04d}元" if sign and tail > 9 else f"{head}{sign}元"
    printed = parse_printed(text)
    assert printed is not None
    assert printed.value == head * scale + (tail if sign and tail > 9 else 0)


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from("万千百"))
def test_the_spoken_short_form_leaves_out_the_last_sign(head: int, tail: int, sign: str) -> None:
    digits, scale = "零一二三四五六七八九", {"万": 10_000, "千": 1_000, "百": 100}[sign]
    printed = parse_printed(f"{digits[head]}{sign}{digits[tail]}元")
    assert printed is not None
    assert printed.value == head * scale + tail * scale // 10


@given(st.integers(1, 12), st.integers(1, 12), st.integers(3, 900), st.sampled_from("至到~-—"))
def test_a_window_is_no_figure(first: int, last: int, count: int, link: str) -> None:
    printed = parse_printed(f"{first}{link}{last}月,立案{count}起")
    assert printed is not None
    assert (printed.value, printed.high) == (count, None)


@given(st.integers(1, 99), st.integers(0, 9))
def test_a_multiple_grows_or_is_reached(whole: int, tenth: int) -> None:
    grown, reached = parse_printed(f"同比增长{whole}.{tenth}倍"), parse_printed(f"是去年的{whole}.{tenth}倍")
    assert grown is not None
    assert reached is not None
    assert (grown.value, grown.unit, grown.kind) == (
        pytest.approx(100 * whole + 10 * tenth),
        "percent",
        "growth",
    )
    assert (reached.value, reached.unit, reached.kind) == (
        pytest.approx(whole + tenth / 10),
        "ratio",
        "multiple",
    )


# --- the report


def case(
    text: str, value: float | None, unit: str = "", hedge: str = "exact", high: float | None = None
) -> Case:
    return Case("c", "k", text, value, high, unit, hedge)


def test_verdicts() -> None:
    right = judge(case("30 cases", 30, "case"))
    assert (right.told, right.unaided, right.silent, right.hedge, right.unit) == (
        True,
        True,
        False,
        True,
        True,
    )
    second = judge(case("17件 37人", 37, "person"))
    assert (second.told, second.unaided, second.silent) == (True, False, True)
    missed = judge(case("no number at all", 30, "case"))
    assert (missed.told, missed.silent, missed.hedge, missed.unit) == (False, False, None, None)
    invented = judge(case("30 cases", None, hedge="none"))
    assert (invented.told, invented.silent) == (False, True)
    assert judge(case("dozens of cases", None, "case", "vague")).told
    assert judge(case("3 to 5 cases", 3, "case", "range", 5)).told
    assert not judge(case("3 to 5 cases", 3, "case", "range")).told


def test_the_table_counts_by_kind_and_over_all() -> None:
    verdicts = [judge(case("30 cases", 30, "case")), judge(case("30 cases", 31, "case"))]
    lines = table(verdicts).splitlines()
    assert lines[2].split() == ["k", "2", "50.0%", "50.0%", "50.0%", "100.0%", "100.0%"]
    assert lines[-1].split()[:3] == ["all", "2", "50.0%"]
    assert len(misread(verdicts)) == 1


def test_the_project_s_own_cases_are_within_the_targets() -> None:
    verdicts = [judge(one) for one in load_cases(FILE)]
    assert sum(verdict.told for verdict in verdicts) >= 0.97 * len(verdicts)
    assert sum(verdict.unaided for verdict in verdicts) >= 0.95 * len(verdicts)
    assert sum(verdict.silent for verdict in verdicts) < 0.015 * len(verdicts)


def test_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(FILE), "--misread"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == [
        "kind",
        "n",
        "told",
        "unaided",
        "silent",
        "hedge",
        "unit",
    ]
    assert main([]) == 1
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_table_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="needs rows with the columns"):
        load_cases(path)
    path.write_text(",".join(COLUMNS) + "\nx,30 cases,thirty,,case,exact,k\n", encoding="utf-8")
    with pytest.raises(InputError, match="case 'x', column value: 'thirty' is no number"):
        load_cases(path)
