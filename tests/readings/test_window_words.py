"""Windows from words: a table of phrases with arithmetic truth, whole texts, campaigns, and bad input."""

from __future__ import annotations

import gc
import time
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.readings import FoundWindow, find_windows, read_window
from analysis.readings.window_words.feasts import feast_days

# Phrase, date of the text, first day, last day ("" where the words leave it open), basis.
PHRASES = [line.split("|") for line in """
今年1至6月|2022-07-20|2022-01-01|2022-06-30|text_date
1-9月份|2014-11-03|2014-01-01|2014-09-30|text_date
1~9月份|2014-11-03|2014-01-01|2014-09-30|text_date
１至９月|2014-11-03|2014-01-01|2014-09-30|text_date
前三季度|2020-10-23|2020-01-01|2020-09-30|text_date
今年前十个月|2017-11-20|2017-01-01|2017-10-31|text_date
上半年|2020-11-09|2020-01-01|2020-06-30|text_date
上半年|2021-03-05|2020-01-01|2020-06-30|text_date
2021年下半年|2022-03-05|2021-07-01|2021-12-31|printed
一季度|2018-04-20|2018-01-01|2018-03-31|text_date
第四季度|2018-04-20|2017-10-01|2017-12-31|text_date
三、四季度|2018-04-20|2017-07-01|2017-12-31|text_date
1、2月份|2018-04-20|2018-01-01|2018-02-28|text_date
今年以来|2025-08-25|2025-01-01|2025-08-25|text_date
今年|2025-08-25|2025-01-01|2025-08-25|text_date
去年|2021-03-08|2020-01-01|2020-12-31|text_date
全年|2021-01-08|2020-01-01|2020-12-31|text_date
2019年全年|2020-01-09|2019-01-01|2019-12-31|printed
二〇一九年|2020-01-09|2019-01-01|2019-12-31|printed
2018-2020年|2021-04-26|2018-01-01|2020-12-31|printed
截至目前|2020-11-09||2020-11-09|text_date
截至6月30日|2014-07-31||2014-06-30|text_date
截至2019年年底|2020-01-09||2019-12-31|printed
5月底前|2020-11-09||2020-05-31|text_date
自2018年5月以来|2020-11-09|2018-05-01|2020-11-09|text_date
自2018年5月3日起|2020-11-09|2018-05-03|2020-11-09|text_date
5月以来|2020-11-09|2020-05-01|2020-11-09|text_date
5月以來|2020-03-09|2019-05-01|2020-03-09|text_date
11月以来|2020-11-09|2020-11-01|2020-11-09|text_date
今年5月专项行动开展以来|2020-11-09|2020-05-01|2020-11-09|text_date
近五年|2021-04-26|2016-01-01|2020-12-31|text_date
五年来|2022-05-19|2017-01-01|2021-12-31|text_date
过去的五年|2018-03-10|2013-01-01|2017-12-31|text_date
“十三五”期间|2021-04-26|2016-01-01|2020-12-31|printed
“十四五”期间|2025-08-25|2021-01-01|2025-08-25|text_date
历时三个月|2020-11-09|||unknown
为期40天的专项整治|2020-11-09|||unknown
自4月起,历时三个月|2020-11-09|2020-04-01|2020-06-30|text_date
2024年1月1日至10月31日|2024-12-19|2024-01-01|2024-10-31|printed
2018年10月至2019年1月|2019-02-11|2018-10-01|2019-01-31|printed
去年10月至今年3月|2020-11-09|2019-10-01|2020-03-31|text_date
10月至次年3月|2020-11-09|2019-10-01|2020-03-31|text_date
3月1日至10日|2020-11-09|2020-03-01|2020-03-10|text_date
3月上旬|2020-11-09|2020-03-01|2020-03-10|text_date
2月下旬|2020-11-09|2020-02-21|2020-02-29|text_date
去年底|2020-11-09|2019-12-31|2019-12-31|text_date
上月15日|2020-03-09|2020-02-15|2020-02-15|text_date
上周五|2022-11-09|2022-11-04|2022-11-04|text_date
1月24日0时至2月7日24时|2022-11-09|2022-01-24|2022-02-07|text_date
2018、2019年|2022-11-09|2018-01-01|2019-12-31|printed
昨日|2020-03-01|2020-02-29|2020-02-29|text_date
今年以来,截至5月底|2020-11-09|2020-01-01|2020-05-31|text_date
2020年,截至10月底|2020-11-09|2020-01-01|2020-10-31|printed
国庆黄金周|2020-11-09|2020-10-01|2020-10-07|text_date
2019年春节黄金周|2020-11-09|2019-02-05|2019-02-11|printed
黄金周|2020-03-09|2020-01-25|2020-01-31|text_date
2020-03-05|2020-11-09|2020-03-05|2020-03-05|printed
since May|2020-11-09|2020-05-01|2020-11-09|text_date
Since the launch of that campaign in May|2020-11-09|2020-05-01|2020-11-09|text_date
since 2010|2016-05-17|2010-01-01|2016-05-17|text_date
since last October|2011-07-29|2010-10-01|2011-07-29|text_date
launched last November, by April 1|2005-04-27|2004-11-01|2005-04-01|text_date
nine-month special campaign since last October|2011-07-29|2010-10-01|2011-06-30|text_date
in the first half|2020-11-09|2020-01-01|2020-06-30|text_date
in the first half|2021-03-05|2020-01-01|2020-06-30|text_date
the first three quarters of 2019|2020-11-09|2019-01-01|2019-09-30|printed
year to date|2020-11-09|2020-01-01|2020-11-09|text_date
so far this year|2020-11-09|2020-01-01|2020-11-09|text_date
since the beginning of the year|2020-11-09|2020-01-01|2020-11-09|text_date
this year, to the end of September|2023-10-11|2023-01-01|2023-09-30|text_date
as of April 24 since this year|2018-05-07|2018-01-01|2018-04-24|text_date
so far|2020-11-09||2020-11-09|text_date
as of September 30|2020-11-09||2020-09-30|text_date
As of the end of August 2017|2018-01-09||2017-08-31|printed
as of December|2014-12-18||2014-12-18|text_date
by the end of 2017|2018-01-11||2017-12-31|printed
last year|2021-03-11|2020-01-01|2020-12-31|text_date
the year before last|2021-03-11|2019-01-01|2019-12-31|text_date
In August|2020-11-09|2020-08-01|2020-08-31|text_date
In December|2020-11-09|2019-12-01|2019-12-31|text_date
On Sept 14|2016-05-17|2015-09-14|2015-09-14|text_date
in 2017|2017-07-01|2017-01-01|2017-07-01|text_date
FY2020 Q1|2021-11-09|2019-10-01|2019-12-31|printed
the first two months of Fiscal Year (FY) 2024|2023-12-22|2023-10-01|2023-11-30|printed
the last financial year|2023-10-09|2022-04-01|2023-03-31|text_date
2022/23 financial year|2023-10-09|2022-04-01|2023-03-31|printed
between 1 January and 12 December|2014-12-18|2014-01-01|2014-12-12|text_date
from January 1, 2014 to December 12, 2014|2014-12-18|2014-01-01|2014-12-12|printed
between January and November in 2023|2024-01-18|2023-01-01|2023-11-30|printed
from last October to June this year|2011-07-29|2010-10-01|2011-06-30|text_date
between the end of September and January|2007-03-05|2006-09-30|2007-01-31|text_date
28 November 2017 to 31 January 2018|2018-03-05|2017-11-28|2018-01-31|printed
January-June 2020|2020-08-05|2020-01-01|2020-06-30|printed
June 1-20, 2020|2020-08-05|2020-06-01|2020-06-20|printed
over the past three years|2021-04-09|2018-01-01|2020-12-31|text_date
over the past year|2018-08-22|2017-08-23|2018-08-22|text_date
over the past 30 days|2020-11-09|2020-10-11|2020-11-09|text_date
12 months to August 2005|2005-09-08|2004-09-01|2005-08-31|printed
in the year ended 31 March 2019|2020-11-09|2018-04-01|2019-03-31|printed
the quarter ended June 2019|2020-11-09|2019-04-01|2019-06-30|printed
National Day Golden Week|2020-11-09|2020-10-01|2020-10-07|text_date
Golden Week|2020-11-09|2020-10-01|2020-10-07|text_date
4·26 week|2020-11-09|2020-04-20|2020-04-26|text_date
during the 13th Five-Year Plan period|2021-04-26|2016-01-01|2020-12-31|printed
last month|2020-03-09|2020-02-01|2020-02-29|text_date
end-2019|2022-11-09|2019-12-31|2019-12-31|printed
mid-June|2022-11-09|2022-06-11|2022-06-20|text_date
the year 2000|2022-11-09|2000-01-01|2000-12-31|printed
over the first half of the year|2022-11-09|2022-01-01|2022-06-30|text_date
the first week of May|2022-11-09|||unknown
in the past decade|2021-03-09|2011-01-01|2020-12-31|text_date
last week|2020-03-11|2020-03-02|2020-03-08|text_date
yesterday|2020-03-01|2020-02-29|2020-02-29|text_date
early February 2018|2018-05-09|2018-02-01|2018-02-10|printed
a three-month campaign|2020-11-09|||unknown
2020-03-05|2020-11-09|2020-03-05|2020-03-05|printed
""".strip().splitlines()]  # fmt: skip
# First day of the Chinese year by lunardate 0.3.0 (PyPI): LunarDate(year, 1, 1).to_solar_date().
LUNARDATE = {
    1995: "01-31", 1996: "02-19", 1997: "02-07", 1998: "01-28", 1999: "02-16", 2000: "02-05", 2001: "01-24",
    2002: "02-12", 2003: "02-01", 2004: "01-22", 2005: "02-09", 2006: "01-29", 2007: "02-18", 2008: "02-07",
    2009: "01-26", 2010: "02-14", 2011: "02-03", 2012: "01-23", 2013: "02-10", 2014: "01-31", 2015: "02-19",
    2016: "02-08", 2017: "01-28", 2018: "02-16", 2019: "02-05", 2020: "01-25", 2021: "02-12", 2022: "02-01",
    2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13",
    2030: "02-03", 2031: "01-23", 2032: "02-11", 2033: "01-31", 2034: "02-19", 2035: "02-08",
}  # fmt: skip
MEASURES = pd.DataFrame(
    [
        ("Kunlun 2020", "campaign", "2020-05", ""),
        ("Kunlun 2021", "campaign", "2021-04-20", "2021-12-31"),
        ("Sword Net 2016", "campaign", "2016-07-12", "2016-11"),
        ("Iron Fist 2019", "campaign", "2019", ""),
        ("Kunlun law", "law", "2020-07-01", ""),
    ],
    columns=["title", "kind", "effective", "ended"],
)


def shown(found: FoundWindow | None) -> tuple[str, str]:
    assert found is not None
    return str(found.start or ""), str(found.end or "")


@pytest.mark.parametrize(
    ("phrase", "published", "start", "end", "basis"), PHRASES, ids=lambda cell: str(cell)
)
def test_phrases(phrase: str, published: str, start: str, end: str, basis: str) -> None:
    found = read_window(phrase, published)
    assert shown(found) == (start, end)
    assert found is not None
    assert found.basis == basis
    assert phrase[slice(*found.span)] == found.words


def test_a_text_in_chinese() -> None:
    text = (
        "记者从公安部获悉，今年1至6月，全国公安机关共破案1.2万起，去年同期为9800余起，比2018年上升10.8%。"
        "其中，5月以来破案3000余起。截至目前，昆仑行动开展以来已查处案件279起，近年来，案件数下降。"
    )
    got = [(one.form, *shown(one)) for one in find_windows(text, "2020-07-20", campaigns=MEASURES)]
    assert got == [
        ("period", "2020-01-01", "2020-06-30"),
        ("same_period", "2019-01-01", "2019-06-30"),
        ("compared", "2018-01-01", "2018-12-31"),
        ("since", "2020-05-01", "2020-07-20"),
        ("now", "", "2020-07-20"),
        ("campaign", "2020-05-01", "2020-07-20"),
        ("recent", "", "2020-07-20"),
    ]


def test_a_text_in_english() -> None:
    text = (
        "Police solved over 1,400 cases since May, up 12% from 2019, and 2,000 in the first half, against 1,900 in the "
        "same period of 2018. They may march on. In 2020 cases were seized; a total of 2019 cases came up."
    )
    got = [(one.form, *shown(one)) for one in find_windows(text, "2020-11-09", "en")]
    assert got == [
        ("since", "2020-05-01", "2020-11-09"),
        ("compared", "2019-01-01", "2019-12-31"),
        ("period", "2020-01-01", "2020-06-30"),
        ("same_period", "2018-01-01", "2018-06-30"),
        ("period", "2020-01-01", "2020-11-09"),
    ]


@pytest.mark.parametrize(
    ("words", "published", "start", "end", "basis"),
    [
        ("“昆仑2020”专项行动开展以来", "2020-11-09", "2020-05-01", "2020-11-09", "campaign"),
        ("昆仑行动开展以来", "2021-05-09", "2021-04-20", "2021-05-09", "campaign"),
        ("昆仑2021行动启动以来", "2022-03-09", "2021-04-20", "2021-12-31", "campaign"),
        ("“剑网2016”专项行动期间", "2017-03-09", "2016-07-12", "2016-11-30", "campaign"),
        ("昆仑行动启动以来,截至6月底", "2021-07-09", "2021-04-20", "2021-06-30", "campaign"),
        (
            "since the launch of the Kunlun 2020 campaign",
            "2020-11-09",
            "2020-05-01",
            "2020-11-09",
            "campaign",
        ),
        ("during the Sword Net 2016 campaign", "2017-03-09", "2016-07-12", "2016-11-30", "campaign"),
        ("铁拳2019行动开展以来", "2019-11-09", "", "2019-11-09", "unknown"),
        ("山鹰行动开展以来", "2005-11-09", "", "2005-11-09", "unknown"),
        ("昆仑行动开展以来", "2019-11-09", "", "2019-11-09", "unknown"),
    ],
)
def test_campaigns(words: str, published: str, start: str, end: str, basis: str) -> None:
    found = read_window(words, published, campaigns=MEASURES)
    assert shown(found) == (start, end)
    assert found is not None
    assert found.basis == basis


def test_fiscal_years_by_jurisdiction() -> None:
    ends = {
        "AU": "2019-06-30",
        "IN": "2019-03-31",
        "HK": "2020-03-31",
        "US": "2019-09-30",
        "JP": "2020-03-31",
    }
    starts = {
        "AU": "2018-07-01",
        "IN": "2018-04-01",
        "HK": "2019-04-01",
        "US": "2018-10-01",
        "JP": "2019-04-01",
    }
    for jurisdiction in ends:
        assert shown(read_window("FY2019", "2022-05-01", jurisdiction=jurisdiction)) == (
            starts[jurisdiction],
            ends[jurisdiction],
        )


def test_a_text_known_by_its_month_or_year_leaves_open_what_depends_on_the_day() -> None:
    assert shown(read_window("last year", "2015")) == ("2014-01-01", "2014-12-31")
    assert shown(read_window("今年以来", "2015-08")) == ("2015-01-01", "")
    assert shown(read_window("since May", "2015")) == ("", "")
    assert shown(read_window("in 2013", "2015")) == ("2013-01-01", "2013-12-31")
    assert shown(read_window("5月以来", date(2015, 8, 3))) == ("2015-05-01", "2015-08-03")


def test_chinese_new_year_is_that_of_another_program() -> None:
    for year, day in LUNARDATE.items():
        ends = feast_days("spring", year)
        assert ends is not None
        assert ends[0] == date.fromisoformat(f"{year}-{day}")
        assert (ends[1] - ends[0]).days == 6


def test_a_window_that_the_text_falls_into_ends_there_and_a_later_one_is_a_plan() -> None:
    clipped, plan = read_window("2018-2020年", "2020-11-09"), read_window("2021年5月", "2020-11-09")
    assert shown(clipped) == ("2018-01-01", "2020-11-09")
    assert clipped
    assert clipped.reason == "ended by the text's date"
    assert shown(plan) == ("2021-05-01", "2021-05-31")
    assert plan
    assert plan.reason == "lies after the text's date"


@pytest.mark.parametrize(
    "words",
    ["5万元以上案件279起", "一个", "1.8亿元", "12起", "2,019 cases", "the same time", "he may come", "10/11/2019",
     "昆仑2021", "20195", "上海",
     "十三亿", "version 1.2.3"],
)  # fmt: skip
def test_what_is_no_window(words: str) -> None:
    assert find_windows(words, "2020-11-09") == ()


def test_results_fit_a_screen() -> None:
    found = read_window("since May", "2020-11-09")
    assert found is not None
    assert found.window is not None
    assert found.window.days == 193
    assert "2020-05-01" in repr(found)
    assert len(repr(found).splitlines()) < 24
    assert found.summary()["words"] == "since May"
    assert read_window("nothing", "2020-11-09") is None


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [
        ("", "2020-11-09", "text is empty"),
        (" \n", "2020-11-09", "text is empty"),
        ("since May\x00", "2020-11-09", r"control character U\+0000 at 9"),
        ("x" * 1_048_577, "2020-11-09", "longer than 1 MB"),
        ("今" * 349_526, "2020-11-09", "longer than 1 MB"),
        ("since May", None, "published must be"),
        ("since May", "", "is no date"),
        ("since May", "9 November 2020", "is no date"),
        ("since May", "2020-02-30", "is no date"),
        ("since May", "2020-13", "is no date"),
        ("since May", "0020-01-01", "is no date since 1800"),
        ("since May", date.today() + timedelta(days=1), "lies after today"),
        ("since May", datetime.max, "lies after today"),
        ("since May", 2020, "published must be"),
    ],
    ids=range(14),
)
def test_bad_input_is_a_sentence(text: str, published: date, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_windows(text, published)


def test_bad_arguments_are_sentences() -> None:
    with pytest.raises(InputError, match="language must be"):
        find_windows("since May", "2020-11-09", "fr")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="jurisdiction 'CN' has no fiscal year"):
        find_windows("since May", "2020-11-09", jurisdiction="CN")
    with pytest.raises(InputError, match="missing: ended"):
        find_windows("since May", "2020-11-09", campaigns=MEASURES.drop(columns="ended"))
    with pytest.raises(InputError, match="effective 'May' of 'Kunlun 2020' is no date"):
        find_windows("since May", "2020-11-09", campaigns=MEASURES.assign(effective="May"))


@pytest.mark.parametrize(
    "part",
    [
        "今年1至6月，全国公安机关共破获案件1.2万起，去年同期一千八百余宗。专项行动开展以来，上海批捕一万零十二人。",
        "In 2019 police solved 1,400 cases, from January 2018 to May 2019, and of the 12 months to June, since May. ",
        "1-", "一", "年", "以来", "since a b c ", "2019-", "the same period of ", "“", "行动", "1月至",
    ],
)  # fmt: skip
def test_time_grows_as_the_text_does(part: str) -> None:
    """Eight times the text takes about eight times as long: with nested repeats it would be sixty-four times.

    Without the collector of garbage, whose rounds take as long as whatever else the process holds.
    """

    def seconds(size: int) -> float:
        text = part * (size // len(part.encode()))
        begun = time.process_time()
        find_windows(text, "2020-11-09")
        return time.process_time() - begun

    gc.disable()
    try:
        least, most = min(seconds(40_000) for _ in range(3)), min(seconds(320_000) for _ in range(2))
    finally:
        gc.enable()
    assert most < 32 * least + 0.1
