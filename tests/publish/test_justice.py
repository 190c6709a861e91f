"""The chapter on prosecutors and courts: what is drawn, said and tabled is what the readings hold."""

import dataclasses
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

import analysis
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.lines import Line, lines_of
from analysis.publish.numbers import VERBS, tell
from analysis.publish.pages import justice
from analysis.publish.pages.justice import counts, tables
from analysis.publish.pages.justice.counts import draw_counts
from analysis.publish.style import PAPER
from analysis.publish.words import number
from analysis.series import persons_per_case, printed_years
from analysis.series.ratios import base_before

CHAPTER = Path(__file__).parents[2] / "book" / "justice.ipynb"
CHARTS = (
    justice.path_chart,
    justice.holding_chart,
    justice.criminal_chart,
    justice.civil_chart,
    justice.scopes_chart,
    justice.own_acts_chart,
)
PANELS = tuple(
    (chart, tuple(lines_of(name).values()))
    for chart, name in (
        (justice.path_chart, "justice-path"),
        (justice.own_acts_chart, "justice-own-acts"),
        (justice.criminal_chart, "justice-criminal"),
        (justice.civil_chart, "justice-civil"),
        (justice.scopes_chart, "justice-scopes"),
    )
)


def changed(data: analysis.Dataset, target: str, **cells: object) -> analysis.Dataset:
    """Return the dataset with cells of one reading replaced."""
    frame = data.readings.copy()
    frame.loc[frame["reading_id"] == target, list(cells)] = list(cells.values())
    return dataclasses.replace(data, readings=frame)


def marks(axes: Axes, *, hollow: bool = False) -> set[tuple[float, float]]:
    """Return the points that carry a filled (or a hollow) mark."""
    return {
        (float(x), float(y))
        for line in axes.lines
        if line.get_marker() not in ("None", None, "")
        and (line.get_markerfacecolor() in (PAPER, "white", "none")) == hollow
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_has_its_words_no_title_inside_and_letters_large_enough(data, draw):
    chart = draw(data)
    assert chart.title
    assert chart.alt.endswith(".")
    assert re.search(r"\d", chart.alt)
    assert data.fingerprint[:8] in chart.source
    assert chart.figure.get_suptitle() == ""
    texts = [t for axes in chart.figure.axes for t in (*axes.texts, *axes.get_xticklabels())]
    assert texts
    assert min(text.get_fontsize() for text in texts) >= 8.5


@pytest.mark.parametrize(("draw", "panels"), PANELS, ids=[draw.__name__ for draw, _ in PANELS])
def test_every_year_of_every_count_is_drawn_in_its_panel(data, draw, panels):
    chart = draw(data)
    for axes, shown in zip(chart.figure.axes, panels, strict=True):
        drawn = marks(axes)
        for count in shown:
            table = printed_years(data, count.series_id).table
            assert set(zip(table["year"].astype(float), table["value"], strict=True)) <= drawn
            assert number(table["value"].iloc[-1]) in chart.alt
        low, high = axes.get_ylim()
        assert all(low <= y <= high for _, y in drawn)
        left, right = axes.get_xlim()
        assert all(left <= x <= right for x, _ in drawn)


def test_an_unknown_count_is_refused(data):
    axes = justice.path_chart(data).figure.axes[0]
    with pytest.raises(InputError, match="no series 'spp-none'"):
        draw_counts(axes, data, [Line("spp-none", "black", "o", "none")], "cases a year")


# The path


def test_the_rival_prints_of_2017_are_hollow(data):
    persons, cases = justice.path_chart(data).figure.axes
    assert (2017.0, 7_157.0) in marks(persons, hollow=True)
    assert (2017.0, 3_880.0) in marks(cases, hollow=True)
    assert (2017.0, 6_809.0) in marks(persons)
    assert (2017.0, 3_674.0) in marks(cases)


def test_the_requests_of_2012_are_no_approvals(data):
    cases = justice.path_chart(data).figure.axes[1]
    assert (2012.0, 5_256.0) in marks(cases, hollow=True)
    approved = printed_years(data, "spp-arrests-approved-cases").table
    assert 2012 not in set(approved["year"])
    assert "5,256 cases as arrests approved" in justice.path_chart(data).alt


def test_more_are_charged_than_approved_for_arrest_in_every_year_with_both(data):
    charged, approved = (
        printed_years(data, name).table.set_index("year")["value"]
        for name in ("spp-persons-prosecuted", "spp-arrests-approved")
    )
    both = charged.index.intersection(approved.index)
    assert len(both) >= 10
    assert (charged[both] > approved[both]).all()


def test_persons_charged_are_unbroken_since_2013(data):
    assert set(range(2013, 2025)) <= set(printed_years(data, "spp-persons-prosecuted").table["year"])


def test_stages_are_never_joined(data):
    for axes in justice.path_chart(data).figure.axes:
        for line in axes.lines:
            years = np.asarray(line.get_xdata(), dtype=float)
            assert (np.diff(years) == 1).all() or line.get_linestyle() == "None"


# Persons a case


def test_persons_a_case_follow_from_both_prints(data):
    frame = persons_per_case.persons_per_case(data, counts.CHARGED.persons, counts.CHARGED.cases)
    rows = frame[~frame["rival"]].set_index("year")
    assert rows.loc[2024, "value"] == pytest.approx(20_817 / 9_452)
    assert rows.loc[2024, "low"] == rows.loc[2024, "high"]  # both exact
    assert rows.loc[2021, "low"] == pytest.approx(14_020 / 6_600)  # more than 6,500 cases
    assert rows.loc[2021, "high"] == pytest.approx(14_020 / 6_500)
    assert not rows.loc[2021, "same_text"]
    assert rows.loc[2013, "same_text"]


def test_rival_prints_of_one_text_are_divided_by_each_other_only(data):
    frame = persons_per_case.persons_per_case(data, counts.CHARGED.persons, counts.CHARGED.cases)
    rivals = frame[frame["rival"]]
    assert rivals["year"].tolist() == [2017]
    assert rivals["value"].iloc[0] == pytest.approx(7_157 / 3_880)
    x, y = next(iter(marks(justice.holding_chart(data).figure.axes[0], hollow=True)))
    assert (round(x), y) == (2017, pytest.approx(7_157 / 3_880))


def test_totals_of_several_whole_years_are_drawn_as_boxes(data):
    totals = {
        stage.name: persons_per_case.persons_per_case_totals(data, stage.persons, stage.cases)
        for stage in counts.STAGES
    }
    charged = totals["charged"].set_index("year")
    assert charged.loc[2008, "value"] == pytest.approx(29_481 / 17_062)
    assert charged["last_year"].to_dict() == {2008: 2012, 2016: 2020, 2021: 2023}
    drawn = justice.holding_chart(data).figure.axes[0].collections
    boxes = [one for one in drawn if isinstance(one, PolyCollection)]
    assert len(boxes) == sum(len(frame) for frame in totals.values())


def test_a_charged_case_holds_more_persons_than_one_with_arrests(data):
    charged, arrested = (
        persons_per_case.persons_per_case(data, stage.persons, stage.cases)
        .query("not rival")
        .set_index("year")
        for stage in (counts.CHARGED, counts.ARRESTED)
    )
    both = charged.index.intersection(arrested.index)
    assert (charged.loc[both, "low"] > arrested.loc[both, "high"]).all()


# Courts


def test_no_line_crosses_the_break_of_2017(data):
    axes = justice.criminal_chart(data).figure.axes[0]
    upright = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert {float(line.get_xdata()[0]) for line in upright} == {2016.5}
    for line in axes.lines:
        years = np.asarray(line.get_xdata(), dtype=float)
        assert line in upright or not ((years <= 2016).any() and (years >= 2017).any())
    assert "inferred" in justice.criminal_chart(data).note


def test_courts_accept_what_is_charged_only_on_the_narrow_count(data):
    accepted, charged = "spc-criminal-accepted", "spp-cases-prosecuted"
    assert tables.ratio_in(data, accepted, charged, 2015) > 2
    assert tables.ratio_in(data, "spc-criminal-narrow-accepted", charged, 2013) == pytest.approx(1, abs=0.02)
    for year in (2018, 2020, 2024):
        assert tables.ratio_in(data, accepted, charged, year) == pytest.approx(1, abs=0.06)


def test_copyright_outnumbers_trademark_and_patent_together_in_every_year_told(data):
    kinds = {
        kind: printed_years(data, f"spc-civil-{kind}-accepted").table.set_index("year")["value"]
        for kind in ("copyright", "trademark", "patent")
    }
    years = set.intersection(*(set(values.index) for values in kinds.values()))
    assert len(years) >= 6
    assert all(kinds["copyright"][y] > kinds["trademark"][y] + kinds["patent"][y] for y in years)


def test_the_five_year_total_is_not_drawn_as_the_year_2022(data):
    assert "adm-0503" in set(data.readings["reading_id"])
    assert 2022 not in set(printed_years(data, "spc-all-first-concluded").table["year"])
    assert all(y < 700_000 for _, y in marks(justice.scopes_chart(data).figure.axes[0]))


def test_the_work_report_is_below_the_white_paper_in_every_year_with_both(data):
    work, white = (
        printed_years(data, name).table.set_index("year")
        for name in ("spc-work-report-concluded", "spc-all-concluded")
    )
    both = work.index.intersection(white.index)
    assert {2019, 2023, 2024} <= set(both)
    assert (work.loc[both, "high"] < white.loc[both, "low"]).all()


# Tables and words


def test_the_glossary_gives_the_words_of_the_path(data):
    text = repr(justice.terms_table(data))
    assert all(word in text for word in ("批捕", "起诉", "审结", "arrest approved", "charged in court"))
    fewer = dataclasses.replace(data, glossary=data.glossary[data.glossary["term_id"] != "pi-bu"])
    with pytest.raises(InputError, match="no term 'pi-bu'"):
        justice.terms_table(fewer)


def test_both_sides_of_each_disagreement_stand_with_language_and_day(data):
    text = repr(justice.disagreements_table(data))
    for print_ in (
        "3,880 cases (Chinese, 2018-04-24)",
        "3,674 cases (Chinese, 2018-04-25)",
        "7,157 people",
        "6,809 people",
        "5,256 cases, arrests approved (English",
        "5,256 cases, arrests requested (Chinese",
        "11,675 people, charged (English",
        "11,675 people, received for charging (Chinese",
        "42,931 cases",
        "42,731 cases",
    ):
        assert print_ in text


def test_growth_printed_for_2018_fits_the_second_prints_of_2017(data):
    for level, growth, second, first in (
        ("jus-0082", "jus-0084", 3_674, 3_880),
        ("jus-0083", "jus-0085", 6_809, 7_157),
    ):
        low, high = base_before(data, level, growth)
        assert low - 0.5 <= second <= high + 0.5
        assert first > high


def test_the_kinds_of_2010_add_up_to_the_second_print(data):
    assert tables.parts_of_2010(data) == 42_731


def test_the_totals_since_2013_cannot_chain(data):
    rest, printed = tables.criminal_totals(data)
    assert rest == (64_550 - 43_500, 64_650 - 42_500)
    assert printed[0] > rest[1]


def test_shares_of_outcomes_are_printed_or_computed_from_their_parts(data):
    text = repr(justice.outcomes_table(data))
    assert "5,754 to 20,817 charged" in text
    assert tables.share_of_sum(540, 6_017, add_part=True) == pytest.approx(8.2, abs=0.05)  # as printed
    assert tables.share_of_sum(330, 1_934, add_part=False) == pytest.approx(17.06, abs=0.01)
    doubled = changed(data, "jus-0371", value=660.0)
    assert "34.1" in repr(justice.outcomes_table(doubled))
    assert "34.1" not in text


def test_the_chapter_uses_every_word_that_is_computed_and_no_other(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", prose)) == set(justice.words(data))


def test_every_number_of_the_prose_can_be_told(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    asked = re.findall(rf"\{{({'|'.join(VERBS)})\}}`([^`]+)`", prose)
    assert len(asked) > 30
    for verb, what in asked:
        assert re.search(r"\d", tell(data, verb, what).text)


def test_a_missing_reading_is_refused(data):
    gone = dataclasses.replace(data, readings=data.readings[data.readings["reading_id"] != "jus-0622"])
    with pytest.raises(InputError, match="no row 'jus-0622'"):
        justice.words(gone)


def test_a_print_of_a_later_year_stands_inside_its_axes(data):
    rows = data.readings[data.readings["reading_id"].isin(["jus-0714"])]
    later = rows.assign(
        reading_id="jus-9999",
        window_start=pd.Timestamp(2027, 1, 1),
        window_end=pd.Timestamp(2027, 12, 31),
        value=98_765.0,
        as_printed="98765",
    )
    more = dataclasses.replace(data, readings=pd.concat([data.readings, later], ignore_index=True))
    figure, axes = style.subplots()
    draw_counts(axes, more, lines_of("justice-path")["persons a year"][1:2], "persons a year")
    style.finish(figure)
    assert (2027.0, 98_765.0) in marks(axes)
    assert axes.get_xlim()[1] > 2027
    assert axes.get_ylim()[1] > 98_765
