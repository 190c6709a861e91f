"""Chinese words carry the same numbers as the English ones, written as official releases write them."""

import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.publish import chinese, words
from analysis.publish.findings import Finding, key_findings
from analysis.readings import parse_printed

SIZES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "trillion": 1e12, "billion": 1e9, "million": 1e6}
MONTHS = {pd.Timestamp(2020, month, 1).strftime("%B"): float(month) for month in range(1, 13)}


def figures(text: str) -> set[float]:
    """Return the numbers in a text, of either language, in units of one."""
    found = set()
    for match in re.finditer(r"([−-]?)(\d[\d,]*(?:\.\d+)?) ?(万亿|亿|万|trillion|billion|million)?", text):
        sign, digits, size = match.groups()
        negative = sign == "−"
        value = float(digits.replace(",", "")) * SIZES.get(size or "", 1.0)
        found.add(float(f"{-value if negative else value:.12g}"))
    return found


def in_words(text: str) -> set[float]:
    """Return the numbers that an English text says in letters: three of seven, December."""
    letters = {word: float(place) for place, word in enumerate(words.SMALL)}
    said = re.findall(r"[A-Za-z]+", text)
    return {letters[one] for one in said if one in letters} | {MONTHS[one] for one in said if one in MONTHS}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20_817, "20817"),
        (27_000, "2.7万"),
        (55_180, "5.518万"),
        (470_000, "47万"),
        (9_999, "9999"),
        (10_000, "1万"),
        (7_560_000, "756万"),
        (7.3e9, "73亿"),
        (172.9e9, "1729亿"),
        (1.2e12, "1.2万亿"),
        (-27_000, "\N{MINUS SIGN}2.7万"),
        (-16.87, "\N{MINUS SIGN}16.87"),
        (0, "0"),
        (0.02, "0.02"),
        (71.33, "71.33"),
    ],
)
def test_numbers(value, text):
    assert chinese.number(value) == text


@given(st.floats(1e-3, 1e13), st.integers(2, 12))
def test_a_number_below_zero_is_the_same_with_a_true_minus_in_both_languages(value, digits):
    for write in (chinese.number, words.number):
        assert write(-value, digits) == f"{words.MINUS}{write(value, digits)}"


@given(st.integers(1, 10**13))
def test_a_number_says_what_the_english_one_says(value):
    assert figures(chinese.number(value)) == figures(words.number(value))


@given(st.integers(1, 10**6 - 1))
def test_a_printed_number_is_read_back_as_what_it_was(value):
    assert parse_printed(f"{chinese.number(value)}起").value == value


@pytest.mark.parametrize("english", ["HEDGE_WORDS", "MONEY_WORDS", "UNIT_WORDS"])
def test_every_hedge_and_unit_has_its_word(english):
    assert set(getattr(words, english)) <= set(getattr(chinese, english))


@pytest.mark.parametrize("hedge", sorted(set(chinese.HEDGE_WORDS) - {"range"}))
def test_a_hedge_is_read_back_as_what_it_was(hedge):
    quoted = chinese.quote({"hedge": hedge, "value": 11_000.0, "unit": "case"})
    read = parse_printed(quoted)
    assert (read.value, read.unit) == (11_000, "case")
    assert chinese.HEDGE_WORDS[read.hedge] == chinese.HEDGE_WORDS[hedge]


def test_a_range_has_both_ends():
    row = {"hedge": "range", "value": 20_000.0, "value_high": 30_000.0, "unit": "person"}
    assert chinese.quote(row) == "2万至3万人"


def test_open_ends_are_said_in_words():
    assert chinese.between(11_000, math.inf) == "高于1.1万"
    assert chinese.between(0, 500) == "低于500"
    assert chinese.between(501.1, 501.2) == "501"
    assert chinese.change(math.inf) == "无上限"


def test_dates_and_years():
    told = [chinese.date(text) for text in ("2020-11-09", "2020-11", "2020", "")]
    assert told == ["2020年11月9日", "2020年11月", "2020年", "日期不详"]
    assert [chinese.year(label) for label in ("2012", "FY 2012")] == ["2012年", "2012财年"]
    with pytest.raises(InputError, match="'soon' is no date"):
        chinese.date("soon")


@pytest.fixture(scope="module")
def findings(data) -> list[Finding]:
    return key_findings(data)


def test_each_finding_says_the_same_numbers_in_both_languages(findings):
    for finding in findings:
        english, told = finding.words("en"), finding.words("zh")
        for part in ("headline", "sentence", "value"):
            one, other = getattr(english, part), getattr(told, part)
            assert figures(one) <= figures(other), (finding.name, part)
            # A month, a count in letters and "a million" are figures in Chinese.
            spoken = in_words(one) | ({1e6} if "a million" in one else set())
            assert figures(other) <= figures(one) | spoken, (finding.name, part)
        assert re.search("[\u4e00-\u9fff]", told.headline + told.sentence)


def test_without_words_in_a_language_there_is_no_finding_in_it(findings):
    import dataclasses

    bare = dataclasses.replace(findings[0], chinese=None)
    with pytest.raises(InputError, match=r"has no words in Chinese"):
        bare.words("zh")
    with pytest.raises(InputError, match="no language 'fr'"):
        bare.words("fr")
