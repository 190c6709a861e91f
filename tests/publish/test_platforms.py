"""The chapter on platforms: what is drawn, said and tabled is what the readings hold."""

import dataclasses
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import analysis
from analysis.errors import InputError
from analysis.models.sampling import simple_random_half_width
from analysis.publish import style
from analysis.publish.pages import platforms
from analysis.publish.pages.platforms.articles import ARTICLES, article_remarks, founding_rows, when
from analysis.publish.pages.platforms.leads import PANELS, panel, totals_that_fit, value_words
from analysis.publish.pages.platforms.windows import SAME_COUNT
from analysis.publish.words import quote
from analysis.series import readings_of
from analysis.series.lookup import by_id, chosen
from analysis.series.removals import removals
from analysis.series.sample_buys import programme

CHARTS = (
    platforms.shares_chart,
    platforms.arrests_chart,
    platforms.funnel_chart,
    platforms.checks_chart,
    platforms.removals_chart,
)
CHAPTER = Path(__file__).parents[2] / "book" / "platforms.ipynb"


def changed(data: analysis.Dataset, reading_id: str, **cells: object) -> analysis.Dataset:
    """Return the dataset with cells of one reading replaced."""
    frame = data.readings.copy()
    for column, value in cells.items():
        frame.loc[frame["reading_id"] == reading_id, column] = value
    return dataclasses.replace(data, readings=frame)


def one(data: analysis.Dataset, reading_id: str) -> pd.Series:
    return by_id(data, [reading_id])[reading_id]


def without(data: analysis.Dataset, *ids: str) -> analysis.Dataset:
    return dataclasses.replace(data, readings=data.readings[~data.readings["reading_id"].isin(ids)])


def bars(axes: Axes) -> dict[float, float]:
    """Return the top of the bars by their centre."""
    tops: dict[float, float] = {}
    for patch in axes.patches:
        centre = round(patch.get_x() + patch.get_width() / 2, 6)
        tops[centre] = max(tops.get(centre, 0), patch.get_y() + patch.get_height())
    return tops


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_has_its_words_and_draws_no_title(data, chart):
    made = chart(data)
    assert made.alt.endswith(".")
    assert made.source.startswith("Source:")
    assert data.version in made.source
    assert made.figure.get_suptitle() == ""


@pytest.mark.parametrize("year", [2014, 2016, 2017])
def test_every_figure_of_a_founding_article_stands_in_its_table_with_hedge_and_window(data, year):
    ids = [name for name in data.readings["reading_id"] if name.startswith(ARTICLES[year][0])]
    assert len(ids) == {2014: 9, 2016: 10, 2017: 14}[year]
    named = [row["reading_id"] for row in article_remarks(year)]
    assert sorted(named) == sorted(ids)
    rows = founding_rows(data, year)
    for name, row in zip(named, rows, strict=True):
        reading = one(data, name)
        assert str(row["Figure"]).startswith(quote(reading, unit=False) + " ")
        assert row["Window"] == when(reading)
        assert "[" not in str(row["Remark"])


def test_dollar_sums_are_marked_as_the_same_quantity(data):
    marked = [row for row in founding_rows(data, 2017) if "dollars" in str(row["Figure"])]
    assert len(marked) == 3
    assert all("same quantity, not to be added" in str(row["Remark"]) for row in marked)


def test_a_new_figure_of_a_founding_article_cannot_be_forgotten(data):
    extra = data.readings[data.readings["reading_id"] == "plat-seed3-01"].assign(reading_id="plat-seed3-99")
    more = dataclasses.replace(data, readings=pd.concat([data.readings, extra]))
    with pytest.raises(InputError, match="plat-seed3-99"):
        founding_rows(more, 2016)


def test_a_figure_is_not_told_again_as_another(data):
    # the two texts' prints of more than 200 dens are one reading; only the third text's 200 stands elsewhere
    remark = next(
        str(row["Remark"]) for row in founding_rows(data, 2014) if row["What"] == "dens selling fakes"
    )
    assert remark.endswith("Elsewhere 200 (1 January to 24 December 2014).")
    merged = pd.DataFrame(
        {"alias_id": ["plat-ir2014-04"], "table": ["readings"], "kept_id": ["plat-seed2-03"]}
    )
    same = dataclasses.replace(data, aliases=pd.concat([data.aliases, merged]))
    with pytest.raises(InputError, match="the remark on 'plat-seed2-03' gives its own figure"):
        founding_rows(same, 2014)


def test_a_year_without_a_founding_article_is_refused(data):
    with pytest.raises(InputError, match="2014, 2016 and 2017"):
        founding_rows(data, 2015)


def test_a_missing_reading_is_named(data):
    with pytest.raises(InputError, match="plat-seed4-02"):
        platforms.founding_table(without(data, "plat-seed4-02"), 2017)
    with pytest.raises(InputError, match="plat-idg2017-03"):
        platforms.funnel_chart(without(data, "plat-idg2017-03"))


def test_an_unknown_series_is_refused(data):
    with pytest.raises(InputError, match="alibaba-arrests"):
        panel(data, "alibaba-arrests")


@pytest.mark.parametrize("place", range(4))
def test_the_bars_are_the_whole_years_up_to_what_the_hedge_allows(data, place):
    series_id, heading, unit = PANELS[place]
    shown = panel(data, series_id)
    axes = platforms.arrests_chart(data).figure.axes[place]
    assert axes.get_title(loc="left") == heading
    expected = {float(row["year"]): row["high"] / unit for _, row in shown.whole.iterrows()}
    assert bars(axes) == pytest.approx(expected)


def test_a_later_year_is_drawn_inside_the_frame(data):
    latest = data.readings[
        data.readings["reading_id"] == panel(data, "alibaba-suspects").whole["reading_id"].iloc[-1]
    ]
    year = int(latest["window_end"].dt.year.iloc[0]) + 1
    more = latest.assign(
        reading_id="plat-later-01",
        window_start=pd.Timestamp(year, 1, 1),
        window_end=pd.Timestamp(year, 12, 31),
        value=5_001.0,
        as_printed="5,001",
    )
    chart = platforms.arrests_chart(dataclasses.replace(data, readings=pd.concat([data.readings, more])))
    for axes in chart.figure.axes:
        assert axes.get_xlim()[1] > year + 0.5
    assert bars(chart.figure.axes[1])[float(year)] == 5_001
    assert f"5,001 in {year}" in chart.alt


def test_rival_prints_stay_visible(data):
    chart = platforms.arrests_chart(data)
    dashed, dotted = (
        [
            {round(float(line.get_ydata()[0]), 3) for line in axes.lines if line.get_linestyle() == style}
            for axes in chart.figure.axes
        ]
        for style in ("--", ":")
    )
    assert dashed == [set(), set(), set(), {0.43}]
    # 4,495 leads were submitted, 1,184 taken up: two quantities, no rivals
    assert dotted == [{4495, 4500}, set(), set(), set()]
    assert "4,495 for 2016" in chart.alt
    assert "about 430 million for 2017" in chart.alt


def test_the_three_hedges_of_2014_are_drawn_over_their_windows(data):
    other = panel(data, "alibaba-suspects").other
    of_2014 = other[other["window_end"].dt.year == 2014]
    assert set(of_2014["hedge"].astype(str)) == {"nearly", "more_than", "exact"}
    assert (of_2014["value"] == 400).all()
    nearly, more = (of_2014[of_2014["hedge"] == hedge].iloc[0] for hedge in ("nearly", "more_than"))
    assert nearly["high"] <= more["low"]
    ends = [line.get_xdata()[1] for line in platforms.arrests_chart(data).figure.axes[1].lines]
    assert max(end for end in ends if end < 2015) == pytest.approx(2014.48, abs=0.01)


def test_the_alliances_own_counts_are_not_the_companys(data):
    company = {"alibaba-suspects": "pc-0050", "alibaba-dens": "pc-0051"}  # retired ids of alliance counts
    for series_id, retired in company.items():
        alliance = data.current_id(retired)
        shown = panel(data, series_id)
        drawn = pd.concat([shown.whole, shown.rival, shown.apart, shown.other])["reading_id"]
        assert alliance not in set(drawn)
        assert data.readings.set_index("reading_id").loc[alliance, "detail"] == "aaca"
        relabelled = changed(data, alliance, detail="")
        assert alliance in set(readings_of(relabelled, series_id)["reading_id"])


def test_one_operation_is_not_the_company(data):
    assert "plat-cloud2016-06" not in set(readings_of(data, "alibaba-suspects")["reading_id"])
    widened = changed(data, "plat-cloud2016-06", breadth="total")  # what a total would be drawn as
    assert "plat-cloud2016-06" in set(readings_of(widened, "alibaba-suspects")["reading_id"])
    assert "plat-sx2017-01" in set(panel(data, "alibaba-dens").other["reading_id"])


def test_windows_longer_than_a_year_are_not_set_among_years(data):
    assert "plat-ipr201908-01" not in set(panel(data, "alibaba-leads").other["reading_id"])


def test_the_title_of_the_arrests_holds_what_is_drawn(data):
    title = platforms.arrests_chart(data).title
    for number in ("880", "4,125", "1,184", "1,045"):
        assert number in title


def test_the_company_counted_more_suspects_each_year_as_the_chapter_says(data):
    suspects, leads = (
        panel(data, name).whole.set_index("year") for name in ("alibaba-suspects", "alibaba-leads")
    )
    assert suspects["value"].is_monotonic_increasing
    assert leads.loc[2019, "value"] < leads.loc[2016, "value"]
    assert suspects.index.min() == leads.index.min() == 2016


def test_the_funnel_is_drawn_from_its_readings(data):
    chart = platforms.funnel_chart(data)
    widths = [patch.get_width() for patch in chart.figure.axes[0].patches]
    assert widths == [4495, 1184, 469, 33]
    assert [text.split()[0] for text in texts(chart.figure)] == ["4,495", "1,184", "469", "33"]
    assert "26% of the step above" in " ".join(texts(chart.figure))
    assert "0.73% of the first" in chart.alt


def test_the_two_year_total_supports_the_larger_print_of_2017(data):
    words = value_words(data)
    assert words["value_left"] == "4.15 billion to 4.45 billion yuan"
    assert words["value_verdict"] == "the larger figure fits and the smaller does not"
    other_total = changed(data, "plat-ipr201908-04", value=8.3e9, as_printed="a total of 8.3 billion yuan")
    assert value_words(other_total)["value_verdict"] == "the smaller figure fits and the larger does not"
    wide = changed(data, "plat-ipr201908-04", value=2e10, as_printed="a total of 20 billion yuan")
    assert value_words(wide)["value_verdict"] == "neither figure fits"
    coarse = changed(
        data,
        "plat-ipr201908-04",
        value=8.3e9,
        value_high=1.22e10,
        hedge="range",
        as_printed="8.3 to 12.2 billion",
    )
    assert value_words(coarse)["value_verdict"] == "the total does not decide between them"


def test_totals_that_do_not_add_up_are_not_called_fitting(data):
    assert totals_that_fit(data) == ["leads", "suspects", "sites", "value"]
    off = changed(data, "plat-ipr201908-01", value=3545.0, as_printed="3,545")
    assert totals_that_fit(off) == ["suspects", "sites", "value"]


def test_shares_printed_in_tenths_are_up_to_ten_points_wide(data):
    found = chosen(data, ["plat-seed2-05", "plat-seed2-06", "plat-seed2-08", "plat-map2017-03"])
    assert found["printed_step"].tolist()[:3] == [10, 10, 10]  # the data hold the step
    assert list(zip(found["low"], found["high"], strict=True)) == [(81, 90), (60, 70), (50, 60), (62.5, 63.5)]
    lines = [line for line in platforms.shares_chart(data).figure.axes[0].lines if len(line.get_xdata()) == 2]
    drawn = [tuple(map(float, line.get_xdata())) for line in lines[:4]]
    assert drawn == [(81, 90), (60, 70), (60, 70), (50, 60)]


def test_the_programmes_arithmetic(data):
    found = programme(data)
    assert found.buys == pytest.approx((90_000, 110_000))
    assert found.yuan_a_buy == pytest.approx((9e7 / 110_000, 1.1e8 / 90_000))
    assert found.listings_a_buy == pytest.approx((1e9 / 110_000, 2e9 / 90_000))
    # Two digits of the 9 million are believed.
    assert found.shops_a_buy == pytest.approx((8.95e6 * 0.225 / 110_000, 9.05e6 * 0.275 / 90_000))
    assert found.suspected == pytest.approx(1.49 / 10_000)


def test_the_precision_curves_are_those_of_random_sampling(data):
    axes = platforms.checks_chart(data).figure.axes[0]
    curves = [line for line in axes.lines if len(line.get_xdata()) > 2]
    for line, share in zip(curves, (0.5, 0.1, 0.01, 0.000149), strict=True):
        sizes, points = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        assert sizes.min() * share >= 5
        assert points[3] == pytest.approx(100 * simple_random_half_width(share, sizes[3]))
    marked = [float(line.get_xdata()[0]) for line in axes.lines if len(line.get_xdata()) == 1]
    assert marked == pytest.approx([100_000] * 4)
    assert "0.19 points where 10%" in platforms.checks_chart(data).alt


def test_removals_keep_their_windows_and_mark_what_was_not_printed(data):
    found = removals(data).set_index("reading_id")
    assert list(found["taken"][list(SAME_COUNT)]) == [True, False, True]
    assert found.loc["plat-tcr201405-01", "rate"] == pytest.approx(115e6 / 273 * 365)
    assert found.loc["plat-tcr2013-01", "rate"] == pytest.approx(115e6)
    for name in ("pc-0048", "plat-gt2016-01"):  # one count, with and without its hedge
        assert found.loc[name, "rate"] == pytest.approx(380e6, rel=0.005)
    assert "plat-bb201403-01" not in found.index
    assert not found.duplicated(["value", "hedge", "start", "end"]).any()


def test_the_three_windows_of_one_count_are_drawn_apart(data):
    chart = platforms.removals_chart(data)
    left, right = chart.figure.axes
    diamonds = [line for line in right.lines if line.get_marker() == "D"]
    assert len(diamonds) == 3
    assert [line.get_markerfacecolor() for line in diamonds].count(style.PAPER) == 2
    dotted = [line for line in left.lines if line.get_linestyle() == ":"]
    assert len(dotted) == 3
    assert len(left.lines) == len(left.get_yticks()) == len(removals(data))
    assert "87 million listings" in chart.note
    labels = [text.get_text() for text in left.get_yticklabels()]
    assert "more than 380 million,\nproactive" in labels
    assert "115 million,\nsuspected" in labels


def test_whether_2013_fits_follows_from_the_intervals(data):
    # 115 million in 2013 alone are more than the 90.5 million that "90 million" allows up to November 2014.
    assert platforms.words(data)["removed_verdict"] == "neither fits"
    larger = changed(data, "plat-sil2014-02", value=1.2e8, as_printed="removing 120 million listings")
    assert platforms.words(larger)["removed_verdict"] == "both fit, by their rounding"


def test_windows_in_words(data):
    assert when(one(data, "plat-seed2-01")) == "1 January to 12 December 2014"
    assert when(one(data, "plat-seed3-02")) == "at 17 May 2016"
    assert when(one(data, "plat-seed3-06")) == "14 September 2015"
    assert when(one(data, "plat-seed3-09")) == "not published"
    assert when(one(data, "plat-seed4-02")) == "not published (a year on average)"
    assert when(one(data, "plat-putian16-01")) == "from 1 January 2015, no end published"


def test_the_chapter_uses_every_word_and_shows_every_chart_and_table(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    unused = [name for name in platforms.words(data) if f"{{glue:text}}`{name}`" not in prose]
    assert unused == []
    assert all(f"platforms.{chart.__name__}(data).show()" in code for chart in CHARTS)
    assert all(f"platforms.founding_table(data, {year})" in code for year in ARTICLES)
