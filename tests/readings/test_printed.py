"""parse_printed: every rule by example, and round trips of figures written in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import HEDGES, UNITS, Printed, parse_printed


def printed(text: str, unit: str | None = None) -> Printed:
    result = parse_printed(text, unit)
    assert result is not None, text
    return result


# text, value, printed step, hedge, unit
FIGURES = [
    # the figures named in the issue and the design
    ("1.6万名", 16_000, 1_000, "exact", "person"),
    ("1.1万余", 11_000, 1_000, "more_than", None),
    ("4700余起", 4_700, 100, "more_than", "case"),
    ("一百三十三亿", 13_300_000_000, 1e8, "exact", None),
    ("$7.56 million", 7_560_000, 10_000, "exact", "USD"),
    ("nearly 400", 400, 100, "nearly", None),
    ("a dozen", 12, 12, "exact", None),
    ("0.4 million", 400_000, 100_000, "exact", None),
    ("more than 18 billion yuan", 18e9, 1e9, "more_than", "CNY"),
    ("1,184", 1_184, 1, "exact", None),
    ("50 million", 50e6, 10e6, "exact", None),
    ("down 29%", -29, 1, "exact", "percent"),
    ("90%以上", 90, 1, "at_least", "percent"),
    # printed step of counts: hedged, exact with few and with many trailing zeros, with a scale word
    ("more than 1,400 cases", 1_400, 100, "more_than", "case"),
    ("1,400 cases", 1_400, 1, "exact", "case"),
    ("14,000 cases", 14_000, 1_000, "exact", "case"),
    ("1.50 million", 1_500_000, 10_000, "exact", None),
    ("7", 7, 1, "exact", None),
    ("0件", 0, 1, "exact", None),
    ("9600余万元", 96e6, 1e6, "more_than", "CNY"),
    ("4812万件", 48_120_000, 10_000, "exact", None),
    ("1200万", 12e6, 1e6, "exact", None),
    # percentages, ratios and decimals go by the printed digit
    ("52 percent", 52, 1, "exact", "percent"),
    ("50%", 50, 1, "exact", "percent"),
    ("52.3%", 52.3, 0.1, "exact", "percent"),
    ("more than 90 percent", 90, 1, "more_than", "percent"),
    ("28 times the number of complaints", 28, 1, "exact", "ratio"),
    ("28倍", 28, 1, "exact", "ratio"),
    ("up to 10 times", 10, 1, "up_to", "ratio"),
    ("超过200倍", 200, 1, "more_than", "ratio"),
    ("52 percentage points", 52, 1, "exact", "percentage_point"),
    ("下降10.8个百分点", -10.8, 0.1, "exact", "percentage_point"),
    # spelled numbers
    ("seven suspects", 7, 1, "exact", "person"),
    ("four thousand", 4_000, 1_000, "exact", None),
    ("two hundred and six cases", 206, 1, "exact", "case"),
    ("Thirty-three cases", 33, 1, "exact", "case"),
    ("six million web links", 6e6, 1e6, "exact", "listing"),
    ("more than a billion dollars", 1e9, 1e9, "more_than", "USD"),
    ("two and a half million", 2.5e6, 1e5, "exact", None),
    ("two dozen suspects", 24, 12, "exact", "person"),
    ("一千四百八十九万元", 14_890_000, 10_000, "exact", "CNY"),
    ("二点三六亿元", 236e6, 1e6, "exact", "CNY"),
    ("五万一千八百五十一件", 51_851, 1, "exact", None),
    ("近两万人", 20_000, 10_000, "nearly", "person"),
    ("十几万", 100_000, 100_000, "more_than", None),
    ("上千名", 1_000, 1_000, "more_than", "person"),
    ("一年花一个亿", 1e8, 1e8, "exact", None),
    # shares and ratios in words
    ("more than half", 50, 10, "more_than", "percent"),
    ("Around one in four online shops", 25, 10, "about", "percent"),
    ("Four out of five", 80, 10, "exact", "percent"),
    ("三成", 30, 10, "exact", "percent"),
    ("5割以上", 50, 10, "at_least", "percent"),
    ("百分之九十", 90, 1, "exact", "percent"),
    ("一半", 50, 10, "exact", "percent"),
    ("四分之一", 25, 10, "exact", "percent"),
    ("more than double the number", 2, 1, "more_than", "ratio"),
    ("3.5 out of every 10,000 transactions", 0.035, 0.001, "exact", "percent"),
    ("每1万笔订单中仅有1.49笔", 0.0149, 0.0001, "exact", "percent"),
    # scale words, in groups and apart
    ("13亿3千余万元", 1.33e9, 1e7, "more_than", "CNY"),
    ("1.2万亿元", 1.2e12, 1e11, "exact", "CNY"),
    ("3조 2천459억원", 3_245_900_000_000, 1e8, "exact", "KRW"),
    ("4,653 (억원)", 465_300_000_000, 1e8, "exact", "KRW"),
    ("$3.1 (in millions)", 3_100_000, 100_000, "exact", "USD"),
    ("109万7400点", 1_097_400, 1, "exact", "item"),
    ("9만8,192건", 98_192, 1, "exact", None),
    ("약 5만명", 50_000, 10_000, "about", "person"),
    ("推計で約282億円", 28.2e9, 1e8, "about", "JPY"),
    ("兩萬多批", 20_000, 10_000, "more_than", "seizure"),
    ("US$96,000", 96_000, 1_000, "exact", "USD"),
    ("at least $40 m", 40e6, 10e6, "at_least", "USD"),
    ("at least $200bn", 200e9, 100e9, "at_least", "USD"),
    # languages and money of the further borders
    ("närmare 87 miljoner kronor", 87e6, 1e6, "nearly", "SEK"),
    ("knap 8.500 sager i 2020", 8_500, 100, "nearly", None),
    ("blisko 300 interwencji", 300, 100, "nearly", None),
    ("ponad 388 mln zł", 388e6, 1e6, "more_than", "PLN"),
    ("590 tys. artykułów", 590_000, 10_000, "exact", None),
    ("2,34 miliardy korun", 2.34e9, 1e7, "exact", "CZK"),
    ("более 5,5 тысячи случаев", 5_500, 100, "more_than", None),
    ("5,8 млрд руб.", 5.8e9, 1e8, "exact", "RUB"),
    ("nagyjából 124 ezerre", 124_000, 1_000, "about", None),
    ("cerca de 300 mil artigos", 300_000, 100_000, "nearly", "item"),
    ("más de tres millones", 3e6, 1e6, "more_than", None),
    ("um neun Prozent zurück", -9, 1, "exact", "percent"),
    ("spadek o 78 proc.", -78, 1, "exact", "percent"),
    ("exceeding NT$690 million", 690e6, 10e6, "more_than", "TWD"),
    ("around Dh16.8 million", 16.8e6, 100_000, "about", "AED"),
    ("about P17.21 billion", 17.21e9, 1e7, "about", "PHP"),
    ("R2 710 118 775", 2_710_118_775, 1, "exact", "ZAR"),
    ("8만1천821kg", 81_821, 1, "exact", "kilogram"),
    # separators of other languages
    ("34,2% en 2016", 34.2, 0.1, "exact", "percent"),
    ("81・5%", 81.5, 0.1, "exact", "percent"),
    ("1.900 millones de euros", 1.9e9, 1e8, "exact", "EUR"),
    ("9,1 millions en 2021", 9.1e6, 1e5, "exact", None),
    ("above 90.000", 90_000, 10_000, "more_than", None),
    ("5 369 104", 5_369_104, 1, "exact", None),
    ("2,5 Mrd. Euro", 2.5e9, 1e8, "exact", "EUR"),
    ("１２．５％", 12.5, 0.1, "exact", "percent"),
    # sign
    ("下降43.4%", -43.4, 0.1, "exact", "percent"),
    ("再降11.4%", -11.4, 0.1, "exact", "percent"),
    ("同比减少12%", -12, 1, "exact", "percent"),
    ("fell by more than 30 percent", -30, 1, "more_than", "percent"),
    ("a 12.8 percent drop in FY 2017", -12.8, 0.1, "exact", "percent"),
    ("31.5%減", -31.5, 0.1, "exact", "percent"),
    ("en baisse de 27 %", -27, 1, "exact", "percent"),
    ("30% fewer cases", -30, 1, "exact", "percent"),
    ("-16.87%", -16.87, 0.01, "exact", "percent"),
    ("+71.33%", 71.33, 0.01, "exact", "percent"),
    ("同比增长20%", 20, 1, "exact", "percent"),
    ("fell to 30 percent", 30, 1, "exact", "percent"),
    ("less than 1%", 1, 1, "less_than", "percent"),
    ("decreased by five percent", -5, 1, "exact", "percent"),
    # the figure among years, dates, durations, labels and other figures
    ("21 cases in 2014", 21, 1, "exact", "case"),
    ("2013年的10万件", 100_000, 100_000, "exact", None),
    ("increased 8 percent over FY2016", 8, 1, "exact", "percent"),
    ("more than 2000 staff", 2_000, 1_000, "more_than", "person"),
    ("5年内下降67%", -67, 1, "exact", "percent"),
    ("increased by 153 percent in four years", 153, 1, "exact", "percent"),
    ("17 June 2020: 40 raids", 40, 1, "exact", "action"),
    ("fell 4% in fiscal 2009 to $260.7 million", 260.7e6, 1e5, "exact", "USD"),
    ("climbed 50 percent to 1,950", 1_950, 1, "exact", None),
    ("from 115 million to 40 million in 2012", 40e6, 10e6, "exact", None),
    ("3,627 shipments (97.16%)", 3_627, 1, "exact", "seizure"),
    ("90 (4.0%) cases of 2012", 90, 1, "exact", "case"),
    ("4.67 million yuan ($672,232)", 4.67e6, 1e4, "exact", "CNY"),
    ("5 out of 9 handbags", 5, 1, "exact", "item"),
    ("新收刑事一审案件5707件", 5_707, 1, "exact", "case"),
    ("over100,000 face masks", 100_000, 100_000, "more_than", "item"),
    # units by the noun
    ("84,000 law enforcement operations", 84_000, 1_000, "exact", "action"),
    ("more than 300 suspected counterfeit gang members", 300, 100, "more_than", None),
    ("two criminal gangs", 2, 1, "exact", "gang"),
    ("涉假线索402条", 402, 1, "exact", "lead"),
    ("摧毁窝点33个", 33, 1, "exact", "place"),
    ("3个犯罪团伙", 3, 1, "exact", "gang"),
    ("1,910 pieces of fake-fighting clues", 1_910, 1, "exact", "lead"),
    ("HK$166 million", 166e6, 1e6, "exact", "HKD"),
    ("exceeding GBP 500 million", 500e6, 100e6, "more_than", "GBP"),
    ("EUR 2 billion", 2e9, 1e9, "exact", "EUR"),
    ("1.5亿美元", 150e6, 1e7, "exact", "USD"),
    ("¥500", 500, 1, "exact", None),
    ("343件", 343, 1, "exact", None),
]


@pytest.mark.parametrize(("text", "value", "step", "hedge", "unit"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figure(text: str, value: float, step: float, hedge: str, unit: str | None) -> None:
    result = printed(text)
    assert result.value == pytest.approx(value, rel=1e-12)
    assert result.printed_step == pytest.approx(step, rel=1e-12)
    assert (result.high, result.hedge, result.unit) == (None, hedge, unit)


HEDGED = {
    "more_than": "more than 500|over 500|exceeding 500|in excess of 500|surpassed 500|超过500人|超500人"
    "|逾500人|500余人|500多人|plus de 500|mehr als 500|más de 500",
    "at_least": "at least 500|no fewer than 500|500 or more|500+ cases|500人以上|至少500人"
    "|不低于500|500명 이상",
    "nearly": "nearly 500|almost 500|close to 500|近500人|将近500人|接近500人|près de 500|just shy of 500",
    "about": "about 500|around 500|roughly 500|some 500 cases|approximately 500|an estimated 500|~500|大约500"
    "|约500|500人左右|environ 500|rund 500",
    "less_than": "fewer than 500|less than 500|under 500|just under 500|不到500人|不足500人|moins de 500",
    "up_to": "up to 500|as many as 500|as high as 500|no more than 500|最多500人|500人以下|jusqu'à 500",
    "exact": "500|a total of 500 cases|共500人|达500人|高达500人|500人被抓",
}
PHRASES = [(hedge, text) for hedge, texts in HEDGED.items() for text in texts.split("|")]


@pytest.mark.parametrize(("hedge", "text"), PHRASES, ids=[text for _, text in PHRASES])
def test_hedge_words(hedge: str, text: str) -> None:
    result = printed(text)
    assert (result.value, result.hedge) == (500, hedge)
    assert result.printed_step == (1 if hedge == "exact" else 100)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3 to 5 million", 3e6, 5e6, None),
        ("$3-5 million", 3e6, 5e6, "USD"),
        ("1.5 to 2.5 million items", 1.5e6, 2.5e6, "item"),
        ("500,000 to 2 million", 5e5, 2e6, None),
        ("30-40%", 30, 40, "percent"),
        ("between 4 and 6 cases", 4, 6, "case"),
        ("3-5万件", 3e4, 5e4, None),
        ("10至20人", 10, 20, "person"),
        ("三到五万人", 3e4, 5e4, "person"),
        ("50 percent to 60 percent", 50, 60, "percent"),
        ("down 5-10%", -10, -5, "percent"),
    ],
)
def test_range(text: str, low: float, high: float, unit: str | None) -> None:
    result = printed(text)
    assert (result.value, result.high, result.hedge, result.unit) == (low, high, "range", unit)


@pytest.mark.parametrize(
    "text",
    [
        "", "no figure here", "FY 2019", "in 2019", "since May 2020", "between 2014 and 2016",
        "第三批", "一审", "three years in prison", "3 May 2014", "the 5th campaign", "No. 3", "1/3",
        "15-24 year olds", "十十零件", "first half of the year", "COVID-19",
    ],
)  # fmt: skip
def test_no_figure(text: str) -> None:
    assert parse_printed(text) is None


def test_the_unit_asked_for_chooses_among_figures() -> None:
    text = "9557件23687人"
    assert printed(text).value == 9557
    assert printed(text, "person").value == 23687
    assert printed(text, "case").value == 9557, "件 names no single unit, so it may be cases"
    assert printed("$375 million or 31 percent", "percent").value == 31
    assert parse_printed("up 5%", "USD") is None, "a share is not given where a sum is asked for"


def test_a_conversion_in_brackets_is_hedged_alike() -> None:
    result = printed("over GBP 1 billion (EUR 1.3 bn)", "EUR")
    assert (result.value, result.hedge) == (1.3e9, "more_than")


def test_text_must_be_text() -> None:
    with pytest.raises(InputError, match="text must be text"):
        parse_printed(float("nan"))  # type: ignore[arg-type]


# --- round trips -------------------------------------------------------------------------------------

counts = st.integers(1, 10**12)
mantissas = st.decimals(Decimal("0.01"), Decimal("999.99"), places=2)
ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
CHINESE_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
WRAPPERS = {"{}": "exact", "more than {}": "more_than", "nearly {}": "nearly", "about {}": "about"}


@given(counts, st.sampled_from(sorted(WRAPPERS)))
def test_grouped_digits_round_trip(count: int, wrapper: str) -> None:
    result = printed(wrapper.format(f"{count:,} cases"))
    assert (result.value, result.hedge, result.unit) == (count, WRAPPERS[wrapper], "case")
    assert count % result.printed_step == 0


@given(mantissas, st.sampled_from(sorted(ENGLISH_SCALES)))
def test_english_scales_round_trip(mantissa: Decimal, scale: str) -> None:
    result = printed(f"RMB {mantissa} {scale}")
    factor = ENGLISH_SCALES[scale]
    assert (result.value, result.unit) == (float(mantissa * factor), "CNY")
    assert result.printed_step == factor / 100, "a printed decimal zero counts"


@given(mantissas, st.sampled_from(sorted(CHINESE_SCALES)), st.sampled_from(["", "余", "多"]))
def test_chinese_scales_round_trip(mantissa: Decimal, scale: str, more: str) -> None:
    result = printed(f"{mantissa}{scale}{more}元")
    factor = CHINESE_SCALES[scale]
    assert (result.value, result.unit) == (float(mantissa * factor), "CNY")
    assert result.printed_step == pytest.approx(factor / 100, rel=1e-12)
    assert result.hedge == ("more_than" if more else "exact")


def spell(number: int) -> str:
    """Spell a number below 10,000 in Chinese, independently of cn2an."""
    digits, text, gap = "零一二三四五六七八九", "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + sign
        gap = not digit
    return text


@given(st.integers(10, 9_999), st.sampled_from(["", "万", "亿"]))
def test_spelled_chinese_round_trip(number: int, scale: str) -> None:
    result = printed(f"{spell(number)}{scale}元")
    assert result.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert result.unit == "CNY"


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_mixed_chinese_groups_round_trip(high: int, low: int) -> None:
    assert printed(f"{high}万{low:04d}件").value == high * 10_000 + low


@given(st.decimals(Decimal("0.1"), Decimal("99.9"), places=1))
def test_change_words_set_the_sign(change: Decimal) -> None:
    for text in (f"up {change}%", f"同比增长{change}%", f"an increase of {change} percent"):
        assert printed(text).value == float(change)
    for text in (f"down {change}%", f"同比下降{change}%", f"a decrease of {change} percent", f"-{change}%"):
        assert printed(text).value == -float(change)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["million", "万"]))
def test_ranges_round_trip(one: int, other: int, scale: str) -> None:
    assume(one != other)
    low, high = sorted((one, other))
    factor = {"million": 10**6, "万": 10**4}[scale]
    result = printed(f"{low}-{high} {scale}")
    assert (result.value, result.high, result.hedge) == (low * factor, high * factor, "range")


@given(
    st.text(max_size=60)
    | st.text(alphabet="0123456789 .,-%万亿千百余多近约至一二两十个件人年月to$()/", max_size=30)
)
def test_any_text_is_read_or_refused_without_error(text: str) -> None:
    try:
        result = parse_printed(text)
    except InputError as error:
        if not re.search(r"no printed figure is|fewer than none", str(error)):
            raise
        return
    if result is not None:
        assert result.hedge in HEDGES
        assert result.unit is None or result.unit in UNITS
        assert result.printed_step > 0
        assert (result.hedge == "range") == (result.high is not None)
        assert result.high is None or result.high > result.value


def test_a_bare_dollar_sign_is_of_the_country_asked_for() -> None:
    assert parse_printed("about $40 million", "HKD").unit == "HKD"
    assert parse_printed("about US$40 million", "HKD") is None, (
        "dollars of another country are not given instead"
    )
    assert parse_printed("about $40 million").unit == "USD"
