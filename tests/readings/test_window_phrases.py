"""Any window phrase that a generator makes, knowing its days by arithmetic of its own, is read back."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.readings import find_windows, read_window

EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December")  # fmt: skip
ZH = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NTH = ("first", "second", "third", "fourth")
COUNT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DAY = timedelta(days=1)


class Truth(NamedTuple):
    """A phrase, and its first and last day."""

    phrase: str
    start: date | None
    end: date | None


def first(year: int, month: int) -> date:
    """First day of a month, counted on beyond December."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def last(year: int, month: int) -> date:
    return first(year, month + 1) - DAY


def ended(start: date, end: date, today: date) -> tuple[date, date]:
    """A window that the text falls into ends with it; one that begins later is told as it stands."""
    return start, today if start <= today < end else end


def spelled(month: int, draw: st.DrawFn) -> str:
    return draw(st.sampled_from([f"{month}月", f"{month}月份", f"{ZH[month - 1]}月"]))


def year_words(year: int, today: date, draw: st.DrawFn, chinese: bool) -> str:
    """A year in words: printed, or this, last or the one before where it is that."""
    relative = (
        {0: ["今年", "本年"], 1: ["去年", "上年"], 2: ["前年"]}
        if chinese
        else {0: ["this year"], 1: ["last year"]}
    )
    printed = [f"{year}年"] if chinese else [str(year)]
    return draw(st.sampled_from(relative.get(today.year - year, []) + printed))


@st.composite
def chinese(draw: st.DrawFn, today: date) -> Truth:
    year = draw(st.integers(max(1990, today.year - 12), today.year))
    a, b = sorted((draw(st.integers(1, 12)), draw(st.integers(1, 12))))
    words, n = year_words(year, today, draw, True), draw(st.integers(2, 12))
    dash = draw(st.sampled_from(["至", "到", "-", "~", "—"]))
    past = today.year if last(today.year, b) <= today else today.year - 1
    begun = today.year if first(today.year, a) <= today else today.year - 1
    quarter = (b + 2) // 3
    over = today.year if last(today.year, 3 * quarter) <= today else today.year - 1
    later = year + draw(st.integers(1, 4))
    forms = [
        (words, first(year, 1), last(year, 12), True),
        (f"{words}{spelled(b, draw)}", first(year, b), last(year, b), True),
        (f"{words}{a}{dash}{b}月" if a < b else f"{words}{a}月", first(year, a), last(year, b), True),
        (f"{words}{spelled(a, draw)}{dash}{spelled(b, draw)}", first(year, a), last(year, b), True),
        (f"{words}前{b}个月" if b > 1 else f"{words}1月", first(year, 1), last(year, b), True),
        (f"{words}上半年", first(year, 1), last(year, 6), True),
        (f"{words}第{ZH[quarter - 1]}季度", first(year, 3 * quarter - 2), last(year, 3 * quarter), True),
        (f"{year}-{later}年", first(year, 1), last(later, 12), True),
        (f"{year}年{a}月{dash}{later}年{b}月", first(year, a), last(later, b), True),
        (f"{year}年{a}月1日{dash}{b}月28日", first(year, a), date(year, b, 28), True),
        (f"{ZH[quarter - 1]}季度", first(over, 3 * quarter - 2), last(over, 3 * quarter), True),
        (f"{a}{dash}{b}月份" if a < b else f"{a}月至{b}月", first(past, a), last(past, b), True),
        (f"自{year}年{a}月以来" if first(year, a) <= today else "今年以来",
         *((first(year, a), today) if first(year, a) <= today else (first(today.year, 1), today)), False),
        (f"{a}月以来", first(begun, a), today, False),
        ("今年以来", first(today.year, 1), today, False),
        (f"截至{year}年{a}月底", None, last(year, a), False),
        ("截至目前", None, today, False),
        (f"历时{n}个月", None, None, False),
        (f"近{n}天", today - timedelta(days=n - 1), today, False),
    ]  # fmt: skip
    phrase, start, end, clips = draw(st.sampled_from(forms))
    return Truth(phrase, *(ended(start, end, today) if clips and start and end else (start, end)))


@st.composite
def english(draw: st.DrawFn, today: date) -> Truth:
    year = draw(st.integers(max(1990, today.year - 12), today.year))
    a, b = sorted((draw(st.integers(1, 12)), draw(st.integers(1, 12))))
    words, n = year_words(year, today, draw, False), draw(st.integers(2, 12))
    of = "" if words.startswith(("last", "this")) else "of "
    month, other = (draw(st.sampled_from([EN[k - 1], EN[k - 1][:3]])) for k in (a, b))
    past = today.year if last(today.year, b) <= today else today.year - 1
    begun = today.year if first(today.year, a) <= today else today.year - 1
    quarter, later = (b + 2) // 3, year + draw(st.integers(1, 4))
    day = draw(st.integers(1, 28))
    to = draw(st.sampled_from([" to ", " through ", "-", " – "]))
    us_start = first(year - 1, 10)
    ended_month = last(year, b) if last(year, b) <= today else last(year - 1, b)
    forms = [
        (f"in {words}", first(year, 1), last(year, 12), True),
        (f"in {other} {words}", first(year, b), last(year, b), True),
        (f"on {other} {day}, {year}", date(year, b, day), date(year, b, day), True),
        (f"on {day} {EN[b - 1]} {year}", date(year, b, day), date(year, b, day), True),
        (f"{EN[a - 1]}{to}{EN[b - 1]} {year}", first(year, a), last(year, b), True),
        (f"from {EN[a - 1]} {year} to {EN[b - 1]} {later}", first(year, a), last(later, b), True),
        (f"between {EN[a - 1]} and {EN[b - 1]}", first(past, a), last(past, b), True),
        (f"between 1 {EN[a - 1]} and 28 {EN[b - 1]} {year}", first(year, a), date(year, b, 28), True),
        (f"in the first half {of}{words}", first(year, 1), last(year, 6), True),
        (
            f"the {NTH[quarter - 1]} quarter {of}{words}",
            first(year, 3 * quarter - 2),
            last(year, 3 * quarter),
            True,
        ),
        (f"Q{quarter} {year}", first(year, 3 * quarter - 2), last(year, 3 * quarter), True),
        (f"the first {COUNT[n - 1]} months {of}{words}", first(year, 1), last(year, n), True),
        (f"{year}-{later}", first(year, 1), last(later, 12), True),
        (f"from {year} to {later}", first(year, 1), last(later, 12), True),
        (f"FY {year}", us_start, last(year, 9), True),
        (f"FY{year} Q{quarter}", first(year - 1, 3 * quarter + 7), last(year - 1, 3 * quarter + 9), True),
        (
            f"{n} months to {EN[b - 1]} {ended_month.year}",
            first(ended_month.year, b - n + 1),
            ended_month,
            False,
        ),
        (f"since {month}", first(begun, a), today, False),
        (f"since {year}", first(year, 1), today, False),
        ("so far this year", first(today.year, 1), today, False),
        ("year to date", first(today.year, 1), today, False),
        (f"as of the end of {EN[a - 1]} {year}", None, last(year, a), False),
        (f"over the past {COUNT[n - 1]} days", today - timedelta(days=n - 1), today, False),
        (f"a {COUNT[n - 1]}-month campaign", None, None, False),
    ]
    phrase, start, end, clips = draw(st.sampled_from(forms))
    return Truth(phrase, *(ended(start, end, today) if clips and start and end else (start, end)))


DAYS = st.dates(date(2001, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(("language", "phrases", "around"), [
    ("zh", chinese, ("记者获悉，{}，全国公安机关共破案1.2万起，抓获34人。", "{}破案12起")),
    ("en", english, ("Police solved 1,400 cases {}, the ministry said.", "{}: 12 cases")),
])  # fmt: skip
@settings(max_examples=400, deadline=None)
@given(data=st.data(), today=DAYS)
def test_a_phrase_is_read_back(
    language: str, phrases: object, around: tuple[str, str], data: st.DataObject, today: date
) -> None:
    truth = data.draw(phrases(today))  # type: ignore[operator]
    found = read_window(truth.phrase, today)
    assert found is not None
    assert (found.start, found.end) == (truth.start, truth.end), truth.phrase
    text = data.draw(st.sampled_from(around)).format(truth.phrase)
    within = find_windows(text, today, language)  # type: ignore[arg-type]
    assert [(one.start, one.end) for one in within] == [(truth.start, truth.end)], text
    assert text[slice(*within[0].span)] == within[0].words == found.words


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cc"]), min_size=1), today=DAYS)
def test_any_text_is_read_without_a_fault(text: str, today: date) -> None:
    if text.strip():
        spans = [one.span for one in find_windows(text, today)]
        assert spans == sorted(spans)
        assert all(0 <= a < b <= len(text) for a, b in spans)


PIECES = st.sampled_from(
    [
        "2019年",
        "今年",
        "去年",
        "5月",
        "至",
        "-",
        "日",
        "3",
        "截至",
        "以来",
        "上半年",
        "季度",
        "自",
        "同期",
        "近",
        "五",
        "年",
        "since",
        "from",
        "to",
        "May",
        "2020",
        "last",
        "year",
        "the",
        "first",
        "half",
        "of",
        "FY",
        "12",
        "months",
        "Q1",
        ",",
        "。",
        "行动",
        "期间",
        "between",
        "and",
        "30",
        "February",
    ]
)


@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(PIECES, min_size=1, max_size=12), today=DAYS)
def test_words_of_windows_in_any_order_make_windows_in_order_or_none(pieces: list[str], today: date) -> None:
    text = " ".join(pieces) if len(pieces) % 2 else "".join(pieces)
    if not text.strip():
        return
    found = find_windows(text, today)
    for one in found:
        assert one.start is None or one.end is None or one.start <= one.end
        assert text[slice(*one.span)] == one.words
    for one, after in itertools.pairwise(found):
        assert one.span[1] <= after.span[0]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("in the January-June period of 2023", ("2023-01-01", "2023-06-30")),
        ("for the five years 2018 to 2022", ("2018-01-01", "2022-12-31")),
        ("over the 2019-20 financial year", ("2019-04-01", "2020-03-31")),
        ("in the week of 29 December 2023", ("2023-12-29", "2024-01-04")),
        ("over the last decade", ("2014-09-07", "2024-09-06")),
        ("最近半年", ("2024-03-07", "2024-09-06")),
        ("半年来", ("2024-03-07", "2024-09-06")),
        ("开年以来", ("2024-01-01", "2024-09-06")),
        ("截至6月30日,破获案件1222宗", ("2024-01-01", "2024-06-30")),
        ("截至2024年6月30日,破获案件1222宗", ("None", "2024-06-30")),
        ("截至6月30日,平台有品牌8000家", ("None", "2024-06-30")),
    ],
)
def test_a_phrase_that_texts_showed_is_read(words, days):
    found = read_window(words, "2024-09-06")
    assert found is not None
    assert (f"{found.start}", f"{found.end}") == days


def test_over_a_year_is_held_against_only_behind_a_word_of_change():
    forms = [
        find_windows(words, "2024-09-06")[0].form for words in ("up 5% over 2018", "500 cases over 2018")
    ]
    assert forms == ["compared", "period"]


def test_a_year_ago_is_a_year_before_the_period_told_and_none_without_a_figure():
    text = "In the first half of 2023 there were 500 cases, against 400 a year ago; the year-ago period was quiet."
    found = find_windows(text, "2024-09-06")
    assert [f"{one.start}" for one in found] == ["2023-01-01", "2022-01-01", "2022-01-01"]
    assert find_windows("The law took effect a year ago.", "2024-09-06") == ()


@pytest.mark.parametrize("words", ["FY2016/19", "the 2016/19 financial year", "FY 2016-18", "FY2016/16"])
def test_a_fiscal_year_is_of_two_years_that_follow_each_other(words):
    one_year = [
        one for one in find_windows(words, "2024-01-01") if one.start and (one.end - one.start).days < 366
    ]
    assert not [one for one in one_year if one.start.month == 4]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("FY2016-2019", "2015-10-01", "2019-09-30"),
        ("FY 2016–2019", "2015-10-01", "2019-09-30"),
        ("FY2016-19", "2015-10-01", "2019-09-30"),
        ("fiscal years 2016-2019", "2015-10-01", "2019-09-30"),
        ("fiscal years 2016 to 2019", "2015-10-01", "2019-09-30"),
        ("the 2016-2019 fiscal years", "2015-10-01", "2019-09-30"),
        ("financial years 2016-2019", "2016-04-01", "2020-03-31"),
        ("FY2016/17", "2016-04-01", "2017-03-31"),
    ],
)
def test_fiscal_years_from_one_to_another_are_one_window(words, first, last):
    (one,) = find_windows(f"In {words} CBP made 90 seizures.", "2024-01-01")
    assert (str(one.start), str(one.end)) == (first, last)


def test_a_fiscal_year_may_run_into_another_century():
    (one,) = find_windows("financial year 1999/2000", "2024-01-01")
    assert (str(one.start), str(one.end)) == ("1999-04-01", "2000-03-31")
