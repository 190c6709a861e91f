"""The police chapter draws what the readings print, keeps conflicts in sight, and tells windows apart."""

import dataclasses
import itertools
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis import InputError
from analysis.building.prose import pieces
from analysis.publish import style
from analysis.publish.numbers import tell
from analysis.publish.pages import police
from analysis.publish.pages.police import campaigns, named, together, years
from analysis.publish.pages.police.named import PLAN_YEARS
from analysis.publish.pages.police.years import (
    FILED,
    INVESTIGATED,
    NARROW,
    SOLVED,
    WIDE,
    Count,
    Total,
    draw_years,
    yearly_means,
)
from analysis.publish.words import number, rate
from analysis.readings.windows import decimal_year
from analysis.scrutiny import online_rates
from analysis.series import breaks_of, printed_years, readings_of
from analysis.series.lookup import added, by_id, chosen, daily
from analysis.series.solved_2020 import SCOPES, windows_readings

CHAPTER = Path(__file__).parents[2] / "book" / "police-campaigns.ipynb"
CHARTS = [
    police.cases_chart,
    police.value_chart,
    police.kunlun_chart,
    police.nested_chart,
    police.online_chart,
    police.together_chart,
]


def marks(axes, look, *, hollow=False):
    """Return the marks of a look: their years (cut) and values."""
    found = [
        (int(x), y)
        for line in axes.lines
        if line.get_marker() == look.marker
        and to_hex(line.get_markeredgecolor()) == look.colour
        and (to_hex(line.get_markerfacecolor()) == "#ffffff") is hollow
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    return sorted(found)


def roles(data):
    """Return what each role of the chapter's prose that names readings says, with their ids."""
    prose = "".join(text for _, text in pieces(CHAPTER))
    return [
        (tell(data, verb, asked).text, asked.partition("|")[0].split())
        for verb, asked in re.findall(r"\{(print|rate|added)\}`([^`]+)`", prose)
    ]


def without(data, column, value, table="readings"):
    frame = getattr(data, table)
    return dataclasses.replace(data, **{table: frame[frame[column] != value]})


# Whole years


def test_years_are_drawn_at_their_printed_values_and_conflicts_hollow(data):
    axes = police.cases_chart(data).figure.axes[1]
    solved = marks(axes, SOLVED)
    assert (2013, 55_180) in solved
    assert (2020, 21_000) in solved
    assert marks(axes, SOLVED, hollow=True) == [(2013, 59_000)]
    assert marks(axes, INVESTIGATED) == [(2023, 40_000)]
    assert marks(axes, FILED) == [(2023, 40_000), (2024, 37_000)]


def test_a_box_is_as_tall_as_the_hedge_allows(data):
    axes = police.cases_chart(data).figure.axes[1]
    boxes = {
        (patch.get_x(), patch.get_y(), patch.get_height())
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_width() == 1
    }
    assert (2020, 21_000, 1_000) in boxes  # more than 21,000
    assert (2021, 17_500, 1_000) in boxes  # 1.8万, rounded
    assert (2013, 55_180, 0) in boxes  # an exact count


def test_a_later_year_is_drawn_inside_the_frame(data):
    frame = data.readings
    last = printed_years(data, "mps-cases-filed").table.iloc[-1]
    year = int(last["year"]) + 2
    more = frame[frame["reading_id"] == last["reading_id"]].assign(
        reading_id="police-later",
        window_start=pd.Timestamp(year, 1, 1),
        window_end=pd.Timestamp(year, 12, 31),
        value=80_000.0,
        as_printed="80,000",
    )
    axes = police.cases_chart(dataclasses.replace(data, readings=pd.concat([frame, more]))).figure.axes[1]
    assert (year, 80_000) in marks(axes, FILED)
    assert axes.get_xlim()[1] >= year + 1
    assert axes.get_ylim()[1] > 80_000


def test_a_later_autumn_and_its_campaign_are_drawn(data):
    frame, measures = data.readings, data.measures
    more = frame[frame["reading_id"] == "police-0181"].assign(
        reading_id="police-later",
        window_start=pd.Timestamp("2026-01-01"),
        window_end=pd.Timestamp("2026-11-10"),
        programme="kunlun-2026",
    )
    launch = measures[measures["measure_id"] == "cn-2024-kunlun"].assign(
        measure_id="cn-2026-kunlun", announced="2026-03-01", effective="2026-03-01"
    )
    later = dataclasses.replace(
        data, readings=pd.concat([frame, more]), measures=pd.concat([measures, launch])
    )
    chart = police.online_chart(later)
    for axes in chart.figure.axes:
        assert 2026 in {int(x) for line in axes.lines for x in line.get_xdata()}
        assert axes.get_xlim()[1] > 2026
    assert "No count was found for 2022 and 2025" in chart.note
    assert "Kunlun from 2019" in {band.label for band in campaigns.bands(later)}


def test_no_line_joins_two_whole_years(data):
    for axes in (police.cases_chart(data).figure.axes[1], *police.value_chart(data).figure.axes):
        sloped = [
            line
            for line in axes.lines
            if line.get_linestyle() != "None"  # marks alone
            and len(set(line.get_ydata())) > 1
            and len(set(line.get_xdata())) > 1  # an upright marks a break
        ]
        assert not sloped


def test_an_upright_stands_where_a_count_changed_and_nowhere_else(data):
    _, wide, narrow = police.cases_chart(data).figure.axes
    for axes, looks in ((wide, (SOLVED, INVESTIGATED, FILED)), (narrow, (NARROW,))):
        dotted = {round(float(line.get_xdata()[0]), 2) for line in axes.lines if line.get_linestyle() == ":"}
        shown = [count.series_id for count in years.CASE_COUNTS if count.look in looks]
        last = {series_id: printed_years(data, series_id).table["year"].max() for series_id in shown}
        assert dotted == {
            round(decimal_year(day), 2)
            for series_id, year in last.items()
            for day in breaks_of(data, series_id)["date"]
            if day.year <= year
        }
        assert axes is narrow or {2012, 2019} <= dotted
    assert "2019: The ministry was reorganised" in police.cases_chart(data).note


def test_the_narrow_count_stands_by_itself_and_only_solved_cases_are_reconstructed(data):
    _, wide, narrow = police.cases_chart(data).figure.axes
    table = printed_years(data, "mps-ipr-cases-solved").table
    assert marks(narrow, NARROW) == sorted(zip(table["year"], table["value"], strict=True))
    assert marks(wide, NARROW) == []
    hatched = [
        any(one.get_hatch() for one in axes.get_children() if hasattr(one, "get_hatch"))
        for axes in (wide, narrow)
    ]
    assert hatched == [True, False]


def test_the_two_values_of_2013_are_both_drawn_and_both_told(data):
    chart = police.value_chart(data)
    suspects, value = chart.figure.axes
    look = WIDE
    assert (2013, 172.9e9) in marks(value, look)
    assert marks(value, look, hollow=True) == [(2013, 40.6e9)]
    assert marks(suspects, look, hollow=True) == [(2013, 53_000)]
    assert value.get_yscale() == "log"
    assert "2013 172.9 billion (another text: 40.6 billion)" in chart.alt


def test_totals_over_years_are_spread_over_their_days(data):
    row = yearly_means(data, (Total("police-0182", SOLVED),)).iloc[0]
    assert row["mean"] == pytest.approx(5_305 / 5, rel=1e-3)
    axes = police.cases_chart(data).figure.axes[1]
    flat = {round(float(line.get_ydata()[0]), -2) for line in axes.lines if len(line.get_xdata()) == 2}
    assert {33_400, 29_400, 18_000, 34_200} <= flat


def test_an_unknown_series_is_refused(data):
    figure, axes = style.subplots()
    with pytest.raises(InputError, match="no series 'mps-nothing'"):
        draw_years(axes, data, Count("mps-nothing", SOLVED))
    style.finish(figure)


# Campaigns


def test_campaigns_are_dated_by_the_measures(data):
    bands = {band.measure_id or band.label: band for band in campaigns.bands(data)}
    eagle = bands["cn-2004-11-mountain-eagle"]
    assert (eagle.start, eagle.end) == (pd.Timestamp("2004-11-01"), pd.Timestamp("2005-12-31"))
    assert eagle.start_known
    assert eagle.end_known
    special = bands["cn-2010-10-special-campaign"]
    assert (special.start, special.end) == (pd.Timestamp("2010-10-01"), pd.Timestamp("2011-06-30"))
    kunlun = bands["cn-2021-kunlun"]
    assert (kunlun.start, kunlun.end) == (pd.Timestamp("2021-04-01"), pd.Timestamp("2021-12-31"))
    assert kunlun.start_known
    assert not kunlun.end_known
    assert not bands["cn-2022-kunlun"].start_known
    assert not bands["Dajia 2013"].start_known


def test_every_campaign_of_the_ministry_alone_has_a_band(data):
    measures = data.measures
    wanted = set(measures.loc[(measures["kind"] == "campaign") & (measures["issuer"] == "MPS"), "measure_id"])
    assert wanted
    assert wanted <= {band.measure_id for band in campaigns.bands(data)}


def test_an_open_edge_is_dotted(data):
    strip = police.cases_chart(data).figure.axes[0]
    styles = [line.get_linestyle() for line in strip.lines]
    bands = campaigns.bands(data)
    known = sum(band.start_known + band.end_known for band in bands)
    assert styles.count("-") == known
    assert styles.count(":") == 2 * len(bands) - known > 0


def test_a_campaign_without_its_measure_is_refused(data):
    with pytest.raises(InputError, match="no measure_id 'cn-2017-yunduan'"):
        campaigns.bands(without(data, "measure_id", "cn-2017-yunduan", "measures"))


# Windows of 2020


def test_both_windows_of_the_1400_online_cases_are_drawn(data):
    left, right = police.kunlun_chart(data).figure.axes
    labels = [text.get_text() for text in left.get_yticklabels()]
    starts = {
        round(bar.get_x(), 2)
        for bar in left.patches
        if labels[list(left.get_yticks()).index(bar.get_y() + bar.get_height() / 2)] == "more than 1,400"
    }
    assert starts == {2020.0, 2020.33}
    rates = {text.get_text() for text in right.texts}
    assert {"7.3–7.8", "4.4–4.8"} <= rates


def test_every_reading_of_2020_is_drawn_or_named_as_left_out(data):
    found = windows_readings(data)
    chart = police.kunlun_chart(data)
    whole = found[found["days"].notna()]
    assert len(chart.figure.axes[0].patches) == len(whole)
    assert {16_000, 21_000, 11_000, 4_700, 2_100} <= set(whole["value"])
    assert found.loc[found["days"].isna(), "reading_id"].tolist() == ["police-0035"]
    assert chart.note.count("more than 21,000 cases (to 23 April 2021)") == 1
    drawn = set(itertools.chain.from_iterable(found["ids"]))
    assert {"plat-seed0-01", "plat-seed0-02", "plat-seed1-01"} <= drawn
    assert set(found["subject"]) == {subject for subject, _ in SCOPES.values()}
    assert "police-0009" not in drawn  # food and drugs alone


def test_rates_need_a_whole_window(data):
    with pytest.raises(InputError, match="'police-0035' has no complete window"):
        daily(chosen(data, ["police-0035"]))
    rate = daily(chosen(data, ["plat-seed0-02"])).iloc[0]
    assert (rate["rate_low"], rate["rate_high"]) == (11_000 / 193, 12_000 / 193)


def test_an_unknown_reading_is_refused(data):
    with pytest.raises(InputError, match="no row 'police-none'"):
        chosen(data, ["police-0001", "police-none"])


# Counts to date


def test_what_a_longer_window_adds(data):
    december, year = by_id(data, ["police-0019", "police-0023"]).values()
    assert added(december, year) == (4_000, 6_000, 7)
    november, year = by_id(data, ["police-0051", "police-0053"]).values()
    assert added(november, year) == (0, 1_000, 31)  # a count cannot shrink
    with pytest.raises(InputError, match="does not extend"):
        added(*by_id(data, ["police-0001", "plat-seed0-02"]).values())


def test_lines_join_one_start_one_stage_and_one_scope(data):
    for panel in together.PANELS:
        for steps in panel.steps:
            frame = together.nested_rates(data, steps)
            for column in ("window_start", "subject", "stage", "channel", "basis", "detail", "kind"):
                assert frame[column].nunique() == 1, (panel.title, steps.word, column)


def test_nested_panels_carry_their_readings(data):
    figure = police.nested_chart(data).figure
    for axes, panel in zip(figure.axes, together.PANELS, strict=True):
        drawn = {round(float(y)) for line in axes.lines for y in line.get_ydata()}
        for steps in panel.steps:
            for row in chosen(data, steps.ids).to_dict("records"):
                assert round((row["low"] + row["high"]) / 2) in drawn
    assert {8_585, 15_868, 17_773, 43_550} <= {
        round(float(y)) for line in figure.axes[0].lines for y in line.get_ydata()
    }


def test_the_total_of_2012_is_of_another_subject_and_is_not_joined(data):
    panel = next(panel for panel in together.PANELS if panel.title == "2012")
    joined = {name for steps in panel.steps for name in steps.ids}
    apart = chosen(data, [name for name, _ in panel.apart])
    assert not set(apart.index) & joined
    assert not set(apart["subject"]) & set(chosen(data, joined)["subject"])
    axes = police.nested_chart(data).figure.axes[1]
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == style.PAPER]
    assert [float(line.get_ydata()[0]) for line in hollow] == apart["value"].tolist()


# Online cases


def test_every_online_count_is_used(data):
    used = set(online_rates.online_rates(data)["reading_id"])
    assert set(readings_of(data, "mps-online-cases")["reading_id"]) == used


def test_online_cases_have_two_readings_of_the_window_each_year(data):
    rates = online_rates.online_rates(data)
    assert rates.groupby("year").size().to_dict() == {2020: 2, 2021: 2, 2023: 2, 2024: 2}
    assert rates.loc[~rates["printed"], "year"].tolist() == [2023, 2024]
    january, launch = (
        rates[rates["basis"] == basis].set_index("year")
        for basis in (online_rates.FROM_JANUARY, online_rates.FROM_LAUNCH)
    )
    assert (launch["days"] < january["days"]).all()
    assert (launch["value"] == january["value"]).all()
    assert january["rate_low"].is_monotonic_increasing
    assert not launch["rate_low"].is_monotonic_increasing


def test_a_supposed_window_is_hollow_and_2022_is_not_bridged(data):
    _, launch = police.online_chart(data).figure.axes
    hollow = [
        line.get_xdata()[0]
        for line in launch.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == style.PAPER
    ]
    assert hollow == [2023, 2024]
    assert not any(min(line.get_xdata()) <= 2021 and max(line.get_xdata()) >= 2023 for line in launch.lines)


def test_a_launch_in_neither_table_is_refused(data):
    with pytest.raises(InputError, match=r"Neither readings\.csv nor measures\.csv has 'cn-2023-kunlun'"):
        online_rates.online_rates(without(data, "measure_id", "cn-2023-kunlun", "measures"))


# Founding articles


def test_every_figure_of_the_two_founding_articles_is_in_the_chapter(data):
    said = " ".join(text for text, _ in roles(data)) + repr(police.cases_table(data))
    ids = data.readings["reading_id"].str.match(r"plat-seed[01]-")
    rows = data.readings[ids]
    assert len(rows) == 16
    for row in rows.to_dict("records"):
        hedge = {"more_than": "more than ", "about": "about ", "exact": ""}[row["hedge"]]
        assert f"{hedge}{number(row['value'])} " in said, row["reading_id"]
    assert "about 7.56 million dollars (same quantity, do not add)" in said


def test_no_retired_id_is_named_in_the_chapter(data):
    totals = (*years.CASE_TOTALS, *years.SUSPECT_TOTALS, *years.VALUE_TOTALS)
    steps = [name for panel in together.PANELS for one in panel.steps for name in one.ids]
    cases = [name for case in named.named_cases() for name in named.figures(case)]
    prose = [name for _, names in roles(data) for name in names]
    named_ids = {*PLAN_YEARS, *steps, *cases, *prose, *(total.reading_id for total in totals)}
    assert len(prose) > 40
    assert named_ids <= set(data.readings["reading_id"])


def test_value_per_item_follows_from_the_intervals(data):
    low, high = named.value_per_item(data, "plat-seed1-05", "plat-seed1-04")
    assert (low, high) == (200e6 / 2_000, 300e6 / 1_000)
    table = repr(police.cases_table(data))
    assert "100,000 to 300,000 yuan" in table
    assert "30,000 to 70,000 yuan" in table
    assert table.count("Odd") == 2
    assert "more than 50 million yuan (both articles)" in table


def test_the_named_cases_agree_with_the_cases_table(data):
    cases = data.cases.set_index("case_id")
    for one in named.named_cases()[1:]:
        value, items = by_id(data, [one["value"], one["items"]]).values()
        case = cases.loc[one["case_id"]]
        assert (value["value"], items["value"]) == (case["value_cny"], case["items"])
    with pytest.raises(InputError, match="no case 'sd-2020-0508-phones'"):
        police.cases_table(without(data, "case_id", "sd-2020-0508-phones", "cases"))


# The chapter


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_has_its_words_and_letters_large_enough(data, draw):
    chart = draw(data)
    assert chart.title
    assert data.fingerprint[:8] in chart.source
    assert re.search(r"\d,\d{3}", chart.alt)
    texts = [text for axes in chart.figure.axes for text in (*axes.texts, *axes.get_xticklabels())]
    assert min(text.get_fontsize() for text in texts) >= 8.5


def test_the_chapter_uses_every_word_that_is_computed_and_no_other(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", prose)) == set(police.words(data))


def test_the_sum_of_the_plan_years_falls_short_of_the_total_told_for_them(data):
    low, high = (float(part.replace(",", "")) for part in police.words(data)["plan_years"].split(" to "))
    assert low < high < chosen(data, ["police-0524"])["low"].iloc[0]


@pytest.mark.parametrize(
    ("low", "high", "text"), [(57.0, 62.2, "57–62"), (27.6, 28.2, "28"), (4.46, 4.78, "4.5–4.8")]
)
def test_rates_are_written_shortly(low, high, text):
    assert rate(low, high, joint="–") == text
