"""The chapter on administrations and China's customs: what is drawn, said and tabled is what the readings hold."""

import dataclasses
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

import analysis
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.lines import draw_series
from analysis.publish.numbers import tell
from analysis.publish.pages import administration
from analysis.publish.pages.administration import counts, customs
from analysis.publish.pages.administration.customs import conflicts
from analysis.series import editions, printed_years
from analysis.series.ratios import ratio

CHARTS = (
    administration.counts_chart,
    administration.sword_net_chart,
    administration.transfers_chart,
    administration.customs_chart,
    administration.modes_chart,
    administration.vintages_chart,
)
CHAPTER = Path(__file__).parents[2] / "book" / "administration.ipynb"


def changed(data: analysis.Dataset, reading_id: str, **cells: object) -> analysis.Dataset:
    """Return the dataset with cells of one reading replaced."""
    frame = data.readings.copy()
    for column, value in cells.items():
        frame.loc[frame["reading_id"] == reading_id, column] = value
    return dataclasses.replace(data, readings=frame)


def marks(axes, marker: str, *, hollow: bool = False) -> set[tuple[float, float]]:
    """Return the drawn marks of one shape: filled, or hollow ones alone."""
    lines = [line for line in axes.lines if line.get_marker() == marker]
    kept = [line for line in lines if (to_hex(line.get_markerfacecolor()) == "#ffffff") == hollow]
    return {(float(x), float(y)) for line in kept for x, y in zip(*line.get_data(), strict=True)}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_has_its_words_and_no_title_in_the_drawing(data, chart):
    drawn = chart(data)
    assert drawn.name.startswith("administration-")
    assert drawn.source.startswith("Source: ")
    assert data.fingerprint[:8] in drawn.source
    assert drawn.title not in {text.get_text() for text in drawn.figure.findobj(match=Text)}


def test_every_year_of_the_counts_is_drawn_the_first_one_too(data):
    panels = administration.counts_chart(data).figure.axes
    for axes, series_id, marker in (
        (panels[0], "nlg-cases", "D"),
        (panels[0], "saic-ipr-counterfeit-cases", "o"),
        (panels[1], "saic-trademark-violations", "^"),
        (panels[1], "samr-trademark-patent-cases", "s"),
        (panels[2], "cnipa-patent-passing-off", "s"),
        (panels[3], "ncac-copyright-cases", "v"),
    ):
        table = printed_years(data, series_id).table
        assert set(zip(table["year"].astype(float), table["value"], strict=True)) <= marks(axes, marker)


def test_years_that_count_unlike_things_are_not_joined(data):
    _, axes = style.subplots()
    draw_series(axes, data, "gacc-mail-batches", color="k", join=False)
    draw_series(axes, data, "gacc-batches", color="b")
    mail = [line for line in axes.lines if line.get_color() == "k" and len(line.get_xdata())]
    assert all(line.get_linewidth() == 0 for line in mail if line.get_linestyle() != "None")
    assert any(line.get_linewidth() > 0 and len(line.get_xdata()) > 1 for line in axes.lines)


def test_an_edition_of_sword_net_stands_with_its_last_print(data):
    found = editions.editions(data).set_index(["edition", "measure"])
    assert found.loc[(2017, "cases"), "value"] == 543  # not the 37 criminal ones, nor the interim 314 filed
    assert found.loc[(2017, "websites"), "value"] == 2554  # not the interim 1,655
    assert found.loc[(2021, "links"), "value"] == 618_300  # not what platforms removed
    assert not found.loc[(2016, "cases"), "whole"]
    assert not found.loc[(2019, "websites"), "whole"]
    days = editions.windows(editions.editions(data))
    assert days[2005] == 122
    assert days[2023] == 365
    assert np.isnan(days[2018])


def test_sword_net_draws_every_edition_and_marks_unlike_counts_hollow(data):
    chart = administration.sword_net_chart(data)
    cases, websites, links, _ = chart.figure.axes
    found = editions.editions(data)
    for axes, measure in ((cases, "cases"), (websites, "websites"), (links, "links")):
        rows = found[found["measure"] == measure]
        drawn = marks(axes, "o") | marks(axes, "o", hollow=True)
        assert drawn == set(zip(rows["edition"].astype(float), rows["value"], strict=True))
    assert marks(websites, "o", hollow=True) == {(2019, 418), (2021, 245)}
    assert "2016 (153 days): 514 cases (administrative only)" in chart.alt


def test_a_later_edition_of_sword_net_is_drawn_inside_its_axes(data):
    """As next year's edition must be; a chart that cuts a mark does not exist."""
    row = data.readings[data.readings["programme"] == "sword-net-2021"]
    row = row[row["reading_id"] == editions.editions(data).query("edition == 2021")["reading_id"].iloc[0]]
    later = row.assign(reading_id="adm-9999", programme="sword-net-2027", value=9_000.0)
    chart = administration.sword_net_chart(
        dataclasses.replace(data, readings=pd.concat([data.readings, later], ignore_index=True))
    )
    cases = chart.figure.axes[0]
    assert (2027.0, 9_000.0) in marks(cases, "o")
    assert cases.get_xlim()[1] > 2027
    assert cases.get_ylim()[1] > 9_000


def test_no_edition_of_sword_net_is_an_input_error(data):
    empty = dataclasses.replace(data, readings=data.readings[data.readings["programme"] == ""])
    with pytest.raises(InputError, match="no edition"):
        editions.editions(empty)


def test_transfers_are_divided_within_one_window_and_stay_below_one_in_ten(data):
    found = counts.shares(data)
    assert found["high"].max() < 10  # what the title says
    first = found.iloc[3]
    assert first["value"] == pytest.approx(100 * 477 / 83_141)
    hedged = found[found["note"].str.startswith("more than")].iloc[0]
    assert (hedged["low"], hedged["high"]) == pytest.approx((100_000 / 43_550, 200_000 / 43_450))
    moved = changed(data, "adm-0255", window_start=data.readings["window_start"].max())
    with pytest.raises(InputError, match="do not share a window"):
        counts.shares(moved)


def test_first_prints_are_known_early_and_later_prints_late(data):
    found = customs.known(data).set_index(["series", "year", "on"])["value"]
    assert found[("gacc-batches", 2018, "2019-01-31")] == 44_500
    assert found[("gacc-batches", 2018, "2019-12-31")] == 47_200
    assert found[("gacc-items", 2013, "2014-04-30")] == 60e6
    assert found[("gacc-items", 2013, "2014-12-31")] == 76e6


def test_the_prints_of_2013_exclude_each_other_as_the_prose_says(data):
    for _, rows in customs.known(data).query("year == 2013").groupby("series"):
        first, later = rows.to_dict("records")
        assert first["high"] < later["low"]


def test_a_day_before_any_print_is_an_input_error(data, monkeypatch):
    monkeypatch.setattr(customs, "KNOWN", {2018: ("2018-12-31", "2019-12-31")})
    with pytest.raises(InputError, match="no published figure of 2018 by 2018-12-31"):
        customs.known(data)


def test_first_prints_stand_hollow_beside_the_later_ones(data):
    batches, items, each, rights = administration.customs_chart(data).figure.axes
    assert {(2013, 19_000), (2018, 44_500)} <= marks(batches, "o", hollow=True)
    assert (2018, 47_200) in marks(batches, "o")
    assert {(2013, 60e6), (2018, 22.94e6)} <= marks(items, "^", hollow=True)
    assert marks(each, "D")
    assert marks(rights, "v")


def test_items_a_batch_need_both_counts_of_a_year(data):
    found = ratio(data, customs.ITEMS, customs.BATCHES).set_index("year")
    assert 2007 not in found.index
    assert 2021 not in found.index
    assert found.loc[2018, ["low", "high"]].tolist() == pytest.approx(
        [24_800_150 / 47_250, 24_800_250 / 47_150]
    )
    words = administration.words(data)
    assert words["each_2018"] == "525 to 526"
    assert found["low"].idxmin() == 2018


def test_modes_are_shares_of_their_own_year(data):
    found = customs.mode_shares(data).set_index(["name", "year", "quantity"])
    freight = found.loc[("freight", 2023, "items")]
    assert (freight["low"], freight["high"]) == pytest.approx(
        (100 * 74_591_050 / 82_889_450, 100 * 74_591_150 / 82_889_350)
    )
    assert found["high"].max() <= 100
    axes = administration.modes_chart(data).figure.axes[0]
    assert len(marks(axes, "s")) + len(marks(axes, "o")) == len(found)


def test_words_follow_the_readings(data):
    words = administration.words(data)
    assert words["left_two_years"] == "813,000 to 825,000 cases"
    assert tell(data, "print", "adm-0117 | batches").text == "65,192 batches"
    fewer = changed(data, "adm-0735", value=162_000.0, as_printed="162,000 cases")
    assert administration.words(fewer)["left_two_years"] == "913,000 to 925,000 cases"
    doubled = changed(data, "adm-0718", value=47_620_000.0, as_printed="47.62 million items")
    assert administration.words(doubled)["half_implied"] == "about 23.7 million items"


def test_the_table_of_conflicts_holds_these_bodies_alone(data):
    found = conflicts(data)
    assert {"adm-0016.vs.adm-0152", "adm-0377.vs.adm-0406", "adm-0293.vs.adm-0297"} <= set(
        found["conflict_id"]
    )
    assert not found["reading_b"].str.startswith(("police-", "jus-")).any()
    assert administration.conflicts_table(data)._repr_html_().count("<tr>") == len(found) + 1


def test_the_chapter_uses_every_word_and_shows_every_chart(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert set(administration.words(data)) == set(re.findall(r"\{glue:text\}`(\w+)`", prose))
    assert all(f"administration.{chart.__name__}(data).show()" in code for chart in CHARTS)
    assert "administration.conflicts_table(data)" in code
