"""The borders chapter: what is drawn is what was printed, one answer a year, and the table's checks are real."""

import dataclasses
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis import InputError
from analysis.publish import style
from analysis.publish.lines import lines_of
from analysis.publish.numbers import tell
from analysis.publish.pages import borders
from analysis.publish.pages.borders import comparisons, official, shares
from analysis.scrutiny.comparisons import QUESTIONS, answer, provinces
from analysis.series import printed_years, share_evidence
from analysis.series.ratios import ratio

BLUE, ORANGE = style.GROUPS[:2]
CHAPTER = Path(__file__).parents[2] / "book" / "borders.ipynb"
JAPAN_CASES = lines_of("borders-shipped")["Japan: cases, by shipping economy"]
CHARTS = [
    borders.totals_chart,
    borders.values_chart,
    borders.share_chart,
    borders.shipped_chart,
    borders.official_chart,
    borders.ceiling_chart,
]


def points(axes, colour, marker, *, hollow=False):
    return sorted(
        (float(x), float(y))
        for line in axes.lines
        if line.get_marker() == marker
        and to_hex(line.get_markeredgecolor()) == colour
        and (to_hex(line.get_markerfacecolor()) == "#ffffff") is hollow
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    )


def without(data, reading_id):
    readings = data.readings[data.readings["reading_id"] != reading_id]
    return dataclasses.replace(data, readings=readings)


# Totals and values


def test_every_whole_year_stands_in_its_panel_at_its_printed_value(data):
    figure = borders.totals_chart(data).figure
    for axes, (line,) in zip(figure.axes, lines_of("borders-totals").values(), strict=True):
        series_id, scale, colour = line.series_id, line.scale, line.colour
        table = printed_years(data, series_id).table
        wanted = [(float(y), v / scale) for y, v in zip(table["year"], table["value"], strict=True)]
        drawn = points(axes, colour, "o")
        assert len(drawn) == len(wanted), series_id
        np.testing.assert_allclose(drawn, sorted(wanted), err_msg=series_id)


def test_a_later_year_is_drawn_inside_its_axes(data):
    """As next year's figure must be; a chart that cuts a mark does not exist."""
    row = data.readings[data.readings["reading_id"] == "jp-2024-cases-all"]
    later = row.assign(
        reading_id="jp-2028-cases-all",
        value=99_000.0,
        window_start=pd.Timestamp("2028-01-01"),
        window_end=pd.Timestamp("2028-12-31"),
    )
    axes = borders.totals_chart(
        dataclasses.replace(data, readings=pd.concat([data.readings, later], ignore_index=True))
    ).figure.axes[4]
    assert (2028.0, 99.0) in points(axes, style.GROUPS[2], "o")
    assert axes.get_xlim()[1] > 2028
    assert axes.get_ylim()[1] > 99


def test_a_rival_print_is_drawn_hollow(data):
    axes = borders.totals_chart(data).figure.axes[1]
    assert (2023.0, 23.0) in points(axes, BLUE, "o", hollow=True)


def test_no_line_crosses_the_change_of_exclusion_orders(data):
    axes = borders.totals_chart(data).figure.axes[0]
    solid = [line for line in axes.lines if line.get_marker() == "o" and line.get_linestyle() == "-"]
    assert solid
    for line in solid:
        years = list(line.get_xdata())
        assert not (min(years) <= 2011 and max(years) >= 2012)


def test_the_two_us_values_are_six_to_eight_apart_and_their_bands_do_not_meet(data):
    rows = ratio(data, "us-msrp", "us-value-domestic").set_index("year")
    assert list(rows.index) == [2010, 2011, 2012]
    assert rows.loc[2011, "value"] == pytest.approx(1110 / 178.9)
    assert rows.loc[2010, "low"] == pytest.approx(1350 / 188.15)
    assert rows.loc[2011, "high"] < rows.loc[2010, "low"] <= rows.loc[2010, "high"] < rows.loc[2012, "low"]
    title = borders.values_chart(data).title
    assert "6.2 to 8.1 times" in title


# China's share


def test_printed_shares_go_before_the_table_and_the_table_before_dollars(data):
    found = share_evidence.answers(data, share_evidence.CHINA)
    assert found[2022].how == share_evidence.SHARE
    assert {found[year].how for year in (2019, 2020, 2021, 2023)} == {share_evidence.TABLE}
    assert {found[year].how for year in (2017, 2024)} == {share_evidence.DOLLARS}
    assert 2018 not in found
    assert {found[year].basis for year in range(2008, 2012)} == {"domestic"}


def test_without_a_printed_share_the_next_kind_answers(data):
    found = share_evidence.answers(without(data, "uscbp-0716"), share_evidence.CHINA)
    assert found[2022].how == share_evidence.TABLE


def test_the_table_has_one_row_a_year_and_owns_up_to_gaps_and_disagreement(data):
    rows = {row["FY"]: row for row in shares.share_rows(data)}
    assert list(rows) == [str(year) for year in range(2008, 2025)]
    assert rows["2018"]["China"] == "no figure"
    assert "disagree: 69.7 to 69.8" in rows["2011"]["Remark"]
    assert "dollars agree: 62.6 to 63.1" in rows["2014"]["Remark"]
    assert rows["2016"]["China"] == "44.5 to 45.5"
    assert rows["2016"]["Evidence on China"] == "published share, retail price"


def test_the_two_bases_are_separate_lines_in_the_share_chart(data):
    chart = borders.share_chart(data)
    top = chart.figure.axes[0]
    assert (2011.0, 62.0) in points(top, ORANGE, "s")
    assert (2012.0, 72.0) in points(top, BLUE, "o")
    assert (2022.0, 60.0) in points(top, BLUE, "o")
    for line in top.lines:
        years = np.asarray(line.get_xdata(), dtype=float)
        if line.get_linestyle() == "-" and len(years) > 2:
            assert years.max() <= 2011 or years.min() >= 2012
    assert "FY 2016 44.5 to 45.5 (published share, retail)" in chart.alt
    assert "disagree" not in chart.title


def test_china_and_hong_kong_of_2019_agree_once_the_unknown_counts(data):
    pieces = [one for one in share_evidence.evidence(data, share_evidence.BOTH) if one.year == 2019]
    printed, table = pieces
    assert table.low < printed.low
    assert printed.meets(table)
    assert not share_evidence.Evidence(2019, share_evidence.SHARE, "retail", 95, 96).meets(table)


# The official table


def test_an_empty_official_table_is_refused(data):
    empty = dataclasses.replace(data, border_lines=data.border_lines.iloc[:0])
    with pytest.raises(InputError, match="no rows"):
        borders.official_chart(empty)


def test_every_mark_of_the_official_chart_is_a_share_of_the_last_year(data):
    top, bottom = borders.official_chart(data).figure.axes
    for axes, shares_of in ((top, official.by_way), (bottom, official.by_product)):
        wanted = shares_of(data).loc[2023]
        for measure, marker, colour in (("lines", "o", BLUE), ("msrp_usd", "D", ORANGE)):
            drawn = sorted(x for x, _ in points(axes, colour, marker))
            assert drawn == pytest.approx(sorted(wanted[measure]))
            assert wanted[measure].sum() == pytest.approx(100)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (90, 90, "agrees"),
        (70, 89, "1.1% below"),
        (99, 110, "agrees"),
        (110, 120, "10.0% above"),
        (80, 90, "agrees"),
    ],
)
def test_a_verdict_measures_the_gap_between_intervals(low, high, expected):
    assert official.verdict(low, high, 90, 100) == expected


def test_totals_are_checked_against_every_print(data):
    rows = {(row["FY"], row["What"]): row for row in official.check_rows(data)}
    money = rows["2021", "retail price, dollars"]
    assert money["Verdict"] == "0.2% below or 1.8% below"
    assert "3.31 billion" in money["Printed"]
    assert rows["2022", "retail price, dollars"]["Verdict"] == "agrees"
    assert rows["2023", "lines; published: shipments"]["Verdict"] == "another unit"
    assert "5.27 lines a shipment" in rows["2023", "lines; published: shipments"]["Remark"]


def test_the_printed_product_share_of_2021_rests_on_lines(data):
    rows = {(row["FY"], row["What"]): row for row in official.check_rows(data)}
    assert rows["2021", "lines; published: base of the share of apparel"]["Verdict"] == "agrees"


def test_a_check_whose_print_is_gone_says_so(data):
    with pytest.raises(InputError, match="uscbp-0560"):
        official.check_rows(without(data, "uscbp-0560"))


# Elsewhere


def test_japan_draws_each_shipping_economy_at_its_count(data):
    axes = borders.shipped_chart(data).figure.axes[2]
    for line in JAPAN_CASES:
        table = printed_years(data, line.series_id).table
        assert len(points(axes, line.colour, line.marker)) == len(table), line.series_id
        assert line.name in [text.get_text() for text in axes.texts]


def test_china_has_come_first_in_japan_in_every_printed_year_since_2007(data):
    """As the chart's title says."""
    counts = pd.DataFrame(
        {
            one.series_id: printed_years(data, one.series_id).table.set_index("year")["value"]
            for one in JAPAN_CASES
        }
    ).loc[2007:]
    others = counts.drop(columns="jp-cases-cn").max(axis=1)
    both = pd.concat([counts["jp-cases-cn"], others], axis=1).dropna()
    assert len(both) > 10
    assert (both["jp-cases-cn"] > both[0]).all()


def test_the_table_of_meanings_counts_readings_by_what_the_place_means(data):
    text = repr(borders.meanings_table(data))
    frame = data.readings
    count = ((frame["reporter"] == "JapanCustoms") & (frame["origin_basis"] == "shipping")).sum()
    japan = next(line for line in text.splitlines() if line.startswith("Japan"))
    assert japan.split()[-1] == f"{count:,}"
    assert count > 0


# The OECD


def test_ceilings_floors_and_levels_look_unlike_and_nothing_joins_editions(data):
    left, right = borders.ceiling_chart(data).figure.axes
    for axes, series_id in ((left, "oecd-world-trade"), (right, "oecd-world-share")):
        rows = printed_years(data, series_id).table
        assert len(axes.patches) == len(rows)
        assert all(np.ptp(np.asarray(line.get_xdata(), dtype=float)) < 1 for line in axes.lines)
    tops = [line.get_ydata()[0] for line in left.lines if len(line.get_xdata()) == 2]
    assert sorted(tops) == [200, 461, 464]
    levels = [line.get_ydata()[0] for line in left.lines if len(line.get_xdata()) == 1]
    assert sorted(levels) == [467, 509]
    assert "data of 2005 at least or up to 200" in borders.ceiling_chart(data).alt


# The page


@pytest.mark.parametrize("chart", CHARTS)
def test_charts_have_their_words_and_no_title_in_the_drawing(data, chart):
    made = chart(data)
    assert made.name.startswith("borders-")
    assert made.figure.get_suptitle() == ""
    for text in (made.title, made.alt, made.note):
        assert len(text) > 40
    assert data.fingerprint[:8] in made.source
    assert all(label.get_fontsize() >= 8.5 for axes in made.figure.axes for label in axes.texts)


def test_every_glued_word_exists_and_every_word_is_used(data):
    text = "\n".join(
        cell.source for cell in nbformat.read(CHAPTER, as_version=4).cells if cell.cell_type == "markdown"
    )
    said = borders.words(data)
    used = {part.split("`")[0] for part in text.split("{glue:text}`")[1:]}
    assert used == set(said)


def test_words_follow_the_data(data):
    frame = data.readings.copy()
    frame.loc[frame["reading_id"] == "jp-2024-cases-all", "value"] = 12_345.0
    changed = borders.words(dataclasses.replace(data, readings=frame))
    assert changed["jp_each_2024"] != borders.words(data)["jp_each_2024"]
    assert tell(dataclasses.replace(data, readings=frame), "year", "jp-cases 2024 | bare").text == "12,345"


# Comparisons


@pytest.mark.parametrize("name", [one.name for one in QUESTIONS])
def test_a_comparison_is_drawn_with_its_placebos_in_grey_and_its_flags_in_words(data, name):
    one = answer(data, name)
    chart = borders.comparison_chart(data, name)
    top, bottom = chart.figure.axes
    grey = [line for line in bottom.lines if line.get_color() == style.REST]
    assert {line.get_label() for line in grey} == {f"_{unit}" for unit in one.gaps.index} - {
        f"_{one.question.treated}"
    }
    (own,) = [line for line in bottom.lines if line.get_label() == one.question.treated]
    np.testing.assert_allclose(own.get_ydata(), np.exp(one.gaps.loc[one.question.treated]))
    recorded = one.frame[one.frame["unit"] == one.question.treated].sort_values("period")["y"]
    np.testing.assert_allclose(top.lines[0].get_ydata(), recorded)
    assert all(flag in chart.note for flag in one.found["did"].flags)
    assert f"at least {one.found['did'].floor:.2f}" in chart.note
    assert all(comparisons.unit_word(unit) in chart.alt for unit in one.gaps.index)


def test_the_table_holds_every_question_under_every_design(data):
    text = repr(borders.comparison_table(data))
    markup = borders.comparison_table(data)._repr_html_()
    assert markup.count("<tr>") == 1 + len(QUESTIONS) * len(comparisons.DESIGNS)
    assert text.count("not possible") == sum(len(answer(data, one.name).refused) for one in QUESTIONS)
    registered = set(data.hypotheses["hypothesis_id"])
    for one in QUESTIONS:
        assert one.hypothesis in registered
        assert f"ledger.html#ledger-{one.hypothesis}" in markup


def test_the_chapter_says_why_provinces_are_not_compared(data):
    assert provinces(data) == borders.words(data)["compared_provinces"]


def test_an_unknown_comparison_is_named(data):
    with pytest.raises(InputError, match="no comparison 'france'; there are longteng"):
        borders.comparison_chart(data, "france")
