"""Each kind of slip that a reading of whole tables found is refused where it is put back, and passes where it is meant.

A plain reading of the small dataset is spoilt, with its own words or with rows beside it.
"""

import pandas as pd
import pytest

from analysis.dataset import coding_rules, dimensions, suspicions, told
from analysis.dataset.rules import broken
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.series.definition import readings_of
from tests.dataset.small import edit, read, write
from tests.dataset.test_corrupted import only

PLAIN = {"window_note": "", "notes": "", "as_printed": "5 cases", "programme": "", "region": "", "detail": ""}
YEAR = {"window_start": "2019-01-01", "window_end": "2019-12-31"}
BLANK = {"window_start": "", "window_end": "", "window_basis": "unknown"}


def failures(frames, name, frame):
    return broken(TABLES[name], frame, frames | {name: frame}, "2099-01-01")


def spoilt(small_frames, **cells):
    """The failures of the readings when the plain row holds other cells."""
    frame = small_frames["readings"].copy()
    for column, cell in {**PLAIN, "breadth": "total", **cells}.items():
        frame.loc[1, column] = cell
    found = failures(small_frames, "readings", frame)
    assert all(failure.row == frame.loc[1, "reading_id"] for failure in found)
    return [(failure.column, failure.value, failure.rule) for failure in found]


REFUSED = [
    (
        {**BLANK, "window_note": "in 2019"},
        "window_end",
        "must be given: window_note or as_printed prints the year",
    ),
    ({**BLANK, "window_note": "2019 whole year"}, "window_end", "must be given"),
    ({**BLANK, "as_printed": "2019年5件"}, "window_end", "must be given"),
    (
        {**YEAR, "window_basis": "edition", "window_note": "in 2019"},
        "window_basis",
        "must be printed: the row's own",
    ),
    (
        {**YEAR, "window_basis": "text_date", "as_printed": "5 cases in 2019"},
        "window_basis",
        "must be printed",
    ),
    (
        {**YEAR, "window_basis": "text_date", "notes": "the headline says 2019"},
        "window_basis",
        "must be printed",
    ),
    (
        {
            "window_start": "2018-10-01",
            "window_end": "2019-09-30",
            "window_basis": "edition",
            "window_note": "FY 2019",
        },
        "window_basis",
        "must be printed",
    ),
    ({"as_printed": "46起重点案件"}, "breadth", "must not be wider than the row's own words tell"),
    ({"detail": "mps_supervised", "breadth": "one_place"}, "breadth", "must not be wider"),
    ({"region": "wuhan"}, "breadth", "must not be wider"),
    ({"notes": "found in one raid"}, "breadth", "must not be wider"),
    ({"notes": "brought in by the special campaign of spring"}, "breadth", "must not be wider"),
    ({"programme": "sword-net-2019", "reporter": "NCAC"}, "breadth", "must not be wider"),
    (
        {"indicator": "items_seized", "unit": "item", "stage": "seized", "as_printed": "5件销毁"},
        "stage",
        "must be destroyed (or the indicator goods_destroyed)",
    ),
    (
        {"indicator": "items_seized", "unit": "item", "stage": "seized", "notes": "destroyed on the day"},
        "stage",
        "must be destroyed",
    ),
    *(
        ({"indicator": "other", "unit": unit, **words}, "unit", "must be tonne or kilogram")
        for unit, words in (
            ("item", {"as_printed": "More than 90 million tons"}),
            ("item", {"as_printed": "超过3000吨"}),
            ("case", {"as_printed": "8만1천821kg"}),
            ("tonne", {"as_printed": "1.2万公斤"}),
            ("item", {"as_printed": "5", "notes": "unit is tonnes"}),
        )
    ),
    *(
        (
            {"indicator": "items_seized", "unit": "item", "as_printed": print_},
            "basis",
            "must tell (or detail must)",
        )
        for print_ in ("195,000 cartons", "3亿多粒", "some 5,000 boxes of fakes")
    ),
    ({"as_printed": "5 cases per day"}, "relation", "must be mean_of: and what is averaged"),
    ({"window_note": "on average"}, "relation", "must be mean_of:"),
    ({"as_printed": "日均5件"}, "relation", "must be mean_of:"),
    ({"detail": "per_case"}, "relation", "must be mean_of:"),
    (
        {"indicator": "other", "relation": "mean_of:cases_solved"},
        "detail",
        "must tell over what a mean is taken",
    ),
    ({"relation": "mean_of:cases_solved", "detail": "per_day"}, "indicator", "must be other for a mean"),
    ({"basis": "daily_average"}, "basis", "must not be a rate"),
    ({"basis": "per_year"}, "basis", "must not be a rate"),
]


@pytest.mark.parametrize(("cells", "column", "rule"), REFUSED)
def test_a_row_is_held_to_its_own_words(small_frames, cells, column, rule):
    [(where, value, sentence)] = spoilt(small_frames, **cells)
    assert where == column
    assert sentence.startswith(rule)
    plain = small_frames["readings"].loc[1]
    assert value == cells.get(column, "total" if column == "breadth" else plain[column])


@pytest.mark.parametrize(
    "cells",
    [
        {**BLANK, "window_note": "in 2019", "notes": "months not printed"},
        {**BLANK, "window_note": "last year"},
        {**YEAR, "window_basis": "edition", "window_note": "2019 report"},
        {**YEAR, "window_basis": "text_date", "window_note": "last year (text of March 2020)"},
        {**YEAR, "window_basis": "text_date", "as_printed": "2019 cases", "value": "2019"},
        {**YEAR, "window_basis": "text_date", "as_printed": "up 5% from 2018"},
        {"notes": "5 cases, of which the ministry supervised none"},
        {"as_printed": "46起重点案件", "breadth": "one_case"},
        {"region": "wuhan", "breadth": "key_cases"},
        {"programme": "kunlun-2020", "reporter": "MPS", **YEAR},  # a campaign that is all of the year's work
        {"indicator": "items_seized", "unit": "item", "stage": "seized", "notes": "seized and destroyed"},
        {
            "indicator": "items_seized",
            "unit": "item",
            "as_printed": "5 items, 257.7 tons",
        },  # beside the count
        {"indicator": "weight_seized", "unit": "tonne", "as_printed": "257.7톤"},
        {"indicator": "items_seized", "unit": "item", "as_printed": "300 pairs of shoes"},  # a pair is a good
        {
            "indicator": "items_seized",
            "unit": "item",
            "as_printed": "5 cartons",
            "detail": "cigarettes;cartons",
        },
        {"indicator": "items_seized", "unit": "item", "as_printed": "5 pills", "basis": "pills"},
        {
            "indicator": "other",
            "relation": "mean_of:cases_solved",
            "detail": "per_day",
            "as_printed": "5 a day",
        },
        {"as_printed": "up from 5 a year ago"},
        {
            "indicator": "goods_destroyed",
            "unit": "item",
            "stage": "destroyed",
            "notes": "destroyed on the day",
        },
    ],
)
def test_what_the_words_allow_passes(small_frames, cells):
    assert spoilt(small_frames, **cells) == []


@pytest.mark.parametrize(
    ("title", "start", "end", "shown"),
    [
        ("Judicial Protection of IPR in Chinese Courts (2022)", "2022-01-01", "2022-12-31", True),
        ("令和4年の税関における差止状況", "2022-01-01", "2022-12-31", True),
        ("平成31年・令和元年の差止状況", "2019-01-01", "2019-12-31", True),
        ("《二〇二四年中国知识产权保护状况》白皮书", "2024-01-01", "2024-12-31", True),
        ("令和7年上半期の税関における差止状況", "2025-01-01", "2025-06-30", True),
        ("令和7年の税関における差止状況", "2025-01-01", "2025-06-30", False),  # the half is not named
        ("CBP seizures in FY17", "2016-10-01", "2017-09-30", True),
        ("CBP seizures in FY17", "2015-10-01", "2016-09-30", False),  # the year before, told beside
        ("A prosecutor's report (data of 2024)", "2024-01-01", "2024-12-31", False),  # a collector's words
        ("White paper published, 4,773 cases", "2022-01-01", "2022-12-31", False),
    ],
)
def test_a_title_prints_the_year_of_a_whole_window(small_frames, title, start, end, shown):
    row = small_frames["readings"].iloc[[1]].assign(
        **PLAIN, window_start=start, window_end=end, window_basis="edition"
    )  # fmt: skip
    sources = small_frames["sources"].copy()
    sources.loc[sources["source_id"] == row["source_id"].iloc[0], ["title", "published"]] = [title, "2030"]
    assert told.window_shown(row, sources).tolist() == [shown]


def neighbours(small_frames, values, **cells):
    """The readings with the plain row repeated in years from 2015 on, with other values."""
    frame = small_frames["readings"]
    plain = frame.iloc[[1]].assign(
        **PLAIN | {"detail": "a_key_of_its_own"}, breadth="total", window_basis="printed"
    )
    rows = [
        plain.assign(
            reading_id=f"zz-{year}", value=value, window_start=f"{year}-01-01", window_end=f"{year}-12-31"
        )
        for year, value in enumerate(values, start=2015)
    ]
    rows[1] = rows[1].assign(**cells)
    return pd.concat([frame, *rows], ignore_index=True)


@pytest.mark.parametrize("values", [("40", "400", "50"), ("400", "50", "410")])
def test_a_year_eight_times_both_its_neighbours_is_named(small_frames, values):
    failure = only(failures(small_frames, "readings", neighbours(small_frames, values)))
    assert (failure.row, failure.column, failure.value) == ("zz-2016", "value", values[1])
    assert failure.rule.startswith("must be explained in the notes or in conflicts.csv")


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (("40", "310", "40"), {}),  # less than eight times
        (("40", "400", "4000"), {}),  # growth
        (("40", "400", "50"), {"notes": "ten times its neighbours in print"}),
        (("40", "400", "50"), {"breadth": "one_case"}),  # another quantity
        (("40", "400", "50"), {"window_start": "2016-07-01"}),  # no year
    ],
)
def test_a_year_that_does_not_stand_out_or_says_why_passes(small_frames, values, cells):
    assert failures(small_frames, "readings", neighbours(small_frames, values, **cells)) == []


def test_a_conflict_explains_a_year_that_stands_out(small_frames):
    frame = neighbours(small_frames, ("40", "400", "50"))
    conflicts = small_frames["conflicts"].copy()
    conflicts.loc[0, "reading_b"] = "zz-2016"
    assert failures(small_frames | {"conflicts": conflicts}, "readings", frame) == []


def test_one_figure_of_one_source_stands_once(small_frames):
    frame = neighbours(small_frames, ("40", "41"))
    frame.loc[len(frame) - 1, ["value", "window_start", "window_end", "hedge"]] = [
        "40", "2015-01-01", "2015-12-31", "about",
    ]  # fmt: skip
    found = failures(small_frames, "readings", frame)
    assert [(failure.row, failure.column) for failure in found] == [
        ("zz-2015", "hedge"),
        ("zz-2016", "hedge"),
    ]
    assert all(failure.rule.startswith("must not repeat another row of its source") for failure in found)
    frame.loc[len(frame) - 1, "detail"] = "another_part"
    assert failures(small_frames, "readings", frame) == []


def test_one_address_is_one_source_or_both_say_why(few):
    sources = read(few, "sources")
    sources[0] |= {"url": "https://www.host.example/page/", "notes": ""}
    sources[1] |= {"url": "http://host.example/page#top", "notes": ""}
    write(few, "sources", sources)

    found = [failure for failure in validate(few) if failure.table == "sources"]
    assert [(one.row, one.column) for one in found] == [(sources[n]["source_id"], "url") for n in (0, 1)]
    assert found[0].rule.startswith("must not be the address of another source")
    for row in (0, 1):
        edit(few, "sources", "notes", "one address carries several texts", row)
    assert [failure for failure in validate(few) if failure.table == "sources"] == []


def test_every_word_of_subject_and_breadth_has_its_rule():
    assert list(coding_rules.SUBJECTS) == list(dimensions.SUBJECTS)
    assert list(coding_rules.BREADTHS) == list(dimensions.BREADTHS)
    assert set(suspicions.NARROWER) == set(dimensions.BREADTHS)
    for word, rule in {**coding_rules.SUBJECTS, **coding_rules.BREADTHS}.items():
        assert rule.sentence.endswith("."), word
        others = {name for name in (*dimensions.SUBJECTS, *dimensions.BREADTHS) if name != word}
        assert any(name in rule.counter for name in others), (
            f"{word}: the counter-example names the word it takes"
        )


def test_no_series_of_totals_draws_picked_cases_or_single_places(data):

    for series_id in ("gacc-items", "spp-persons-prosecuted", "alibaba-suspects"):
        assert set(readings_of(data, series_id)["breadth"]) == {"total"}
    assert "one_operation" in set(readings_of(data, "mps-cases-solved")["breadth"])


def test_no_print_is_before_and_after_another(small_frames):
    frame = small_frames["vintages"].head(1).copy()
    back = frame.rename(columns={"first_id": "later_id", "later_id": "first_id"})
    back["vintage_id"] = back["first_id"] + ".then." + back["later_id"]
    both = pd.concat([frame, back[frame.columns]], ignore_index=True)
    assert failures(small_frames, "vintages", frame) == []
    found = failures(small_frames, "vintages", both)
    assert [one.column for one in found] == ["later_id", "later_id"]
    assert "must not be tied in another row" in found[0].rule
