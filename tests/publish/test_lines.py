"""A yearly series is drawn without hiding gaps, breaks or rival prints."""

import itertools
import re

import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from analysis.errors import InputError
from analysis.publish import lines as lines_module
from analysis.publish import style
from analysis.publish.bands import band, band_in_words, draw_band, estimated
from analysis.publish.lines import LINE_COLUMNS, break_notes, draw_series, lines_of
from analysis.publish.remarks import FOLDER, remarks
from analysis.series import breaks_of, printed_years, reconstructed, single_series
from analysis.series.runs import first_year, runs


@pytest.mark.parametrize(
    ("day", "fiscal", "year"),
    [
        ("2017-01-01", False, 2017),
        ("2016-04-01", False, 2017),
        ("2011-10-01", True, 2012),
        ("2011-11-01", True, 2013),
        ("2011-01-01", True, 2012),
    ],
)
def test_the_first_year_of_a_new_counting_begins_on_its_day_or_later(day, fiscal, year):
    assert first_year(pd.Timestamp(day), fiscal=fiscal) == year


def drawn_lines(axes):
    return [sorted(line.get_xdata()) for line in axes.lines if line.get_linestyle() == "-"]


def drawn_boxes(axes):
    """Return the boxes of bands: (left, right, low, high, hatched)."""
    return sorted(
        (path.vertices[:, 0].min(), path.vertices[:, 0].max(), path.vertices[:, 1].min(), path.vertices[:, 1].max(),
         bool(collection.get_hatch()))
        for collection in axes.collections
        if isinstance(collection, PolyCollection)
        for path in collection.get_paths()
    )  # fmt: skip


def test_no_line_crosses_a_break_or_a_gap(data):
    for series_id in (
        "spc-criminal-concluded",
        "us-seizures",
        "gacc-batches",
        "jp-cases",
        "mps-cases-solved",
    ):
        figure, axes = style.subplots()
        drawn = draw_series(axes, data, series_id, color=style.PRINT)
        style.finish(figure)
        cuts = {
            first_year(day, fiscal=drawn.series.definition.fiscal)
            for day in breaks_of(data, series_id)["date"]
        }
        for years in drawn_lines(axes):
            assert list(years) == list(range(int(years[0]), int(years[0]) + len(years)))  # no gap
            assert not cuts & set(years[1:])  # no break
        everything = sorted(year for years in drawn_lines(axes) for year in years)
        assert everything == list(drawn.series.table["year"])


def test_the_courts_break_of_2017_is_drawn_and_told(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "spc-criminal-concluded", color=style.PRINT)
    style.finish(figure)
    upright = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert 2016.5 in {line.get_xdata()[0] for line in upright}
    assert "2017: To 2016 the courts count fake-goods" in break_notes([drawn, drawn])
    assert break_notes([drawn, drawn]).count("2017:") == 1


def test_uprights_bear_the_numbers_of_their_notes(data):
    figure, (left, right) = style.subplots(1, 2)
    drawn = [
        draw_series(axes, data, name, color=style.PRINT)
        for axes, name in ((left, "spc-criminal-concluded"), (right, "mps-cases-solved"))
    ]
    note = break_notes(drawn)
    style.finish(figure)
    told = re.findall(r"\((\d+)\) (\d{4}): ", note)
    assert [int(number) for number, _ in told] == list(range(1, len(told) + 1))
    assert sorted(year for _, year in told) == [year for _, year in told]
    years = dict(told)
    feet = [(axes, text) for axes in (left, right) for text in axes.texts]
    assert {text.get_text() for _, text in feet} == set(
        years
    )  # each number stands once, beside its own upright
    for axes, text in feet:
        at = text.xy[0]
        assert at in {line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"}
        assert 0 <= at + 0.5 - int(years[text.get_text()]) <= 1  # the first whole year of the new counting


def test_rival_prints_are_hollow_and_intervals_are_bars(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "mps-value", color=style.PRINT, scale=1e9)
    style.finish(figure)
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == style.PAPER]
    assert {round(y, 1) for line in hollow for y in line.get_ydata()} == set(
        (drawn.series.competing["value"] / 1e9).round(1)
    )
    bars = next(one for one in axes.collections if isinstance(one, LineCollection) and one.get_alpha())
    assert len(bars.get_segments()) == len(drawn.series.table)
    assert "rival figure" in drawn.alt


def test_a_series_without_breaks_has_no_note(data):
    quiet = next(s for s in single_series(data) if breaks_of(data, s).empty and s.startswith("kr-"))
    figure, axes = style.subplots()
    assert break_notes([draw_series(axes, data, quiet, color=style.PRINT)]) == ""
    style.finish(figure)


def test_runs_keep_every_year_once(data):
    found = printed_years(data, "eu-border-items")
    together = pd.concat(runs(found, breaks_of(data, "eu-border-items")))
    assert list(together["year"]) == list(found.table["year"])


def test_an_unknown_series_is_a_sentence(data):
    figure, axes = style.subplots()
    with pytest.raises(InputError, match="no series 'nothing-at-all'"):
        draw_series(axes, data, "nothing-at-all", color=style.PRINT)
    style.finish(figure)


# Bands


@pytest.mark.parametrize(("series_id", "scale"), [("mps-suspects", 1.0), ("us-seizures", 1e3)])
def test_a_box_stands_at_each_reconstructed_year_with_its_values(data, series_id, scale):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, series_id, color=style.PRINT, scale=scale)
    style.finish(figure)
    found = reconstructed(data, series_id)
    table = found.fiscal if drawn.series.definition.fiscal else found.yearly
    table = table.dropna(subset=["estimate"]).set_index("period")
    assert len(drawn.band) > 5
    boxes = drawn_boxes(axes)
    assert len(boxes) == len(drawn.band)
    for left, right, low, high, hatched in boxes:
        year = round((left + right) / 2)
        row = table.loc[f"FY{year}" if drawn.series.definition.fiscal else str(year)]
        assert low * scale == pytest.approx(row["lower"])
        assert high * scale == pytest.approx(row["upper"])
        if row["informed"] < 0.5 or row["upper"] > 2 * row["lower"]:
            assert hatched


def test_boxes_of_two_years_never_touch(data):
    for series_id in ("spc-criminal-concluded", "jp-cases", "mps-cases-solved"):
        figure, axes = style.subplots()
        draw_series(axes, data, series_id, color=style.PRINT)
        style.finish(figure)
        boxes = drawn_boxes(axes)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(boxes))


def test_a_year_known_only_across_a_break_is_hatched_and_a_mixed_one_is_not_drawn(data):
    # The five-year total of the plan is all that reaches over 2018, and the ministry changed within it.
    years = band(data, "mps-cases-solved").set_index("year")
    assert years.at[2018, "hatched"]
    for series_id in single_series(data):
        cuts = [day for day in breaks_of(data, series_id)["date"] if (day.month, day.day) != (1, 1)]
        if not cuts or yearly_fiscal(data, series_id):
            continue
        years = band(data, series_id)
        mixed = years["year"].isin([day.year for day in cuts])
        assert years.loc[mixed, "printed"].all()


def yearly_fiscal(data, series_id):
    return data.series.set_index("series_id").at[series_id, "frequency"] == "fiscal_year"


def test_a_year_that_nobody_prints_has_a_dash_and_a_printed_one_has_none(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "mps-suspects", color=style.PRINT)
    style.finish(figure)
    lines = [one for one in axes.collections if isinstance(one, LineCollection) and not one.get_alpha()]
    dashes = {round(float(segment[:, 0].mean())) for one in lines for segment in one.get_segments()}
    printed = set(drawn.series.table["year"])
    assert dashes == set(drawn.band["year"]) - printed
    assert dashes


def test_years_that_count_unlike_things_lend_each_other_nothing(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "saic-trademark-cases", color=style.PRINT, join=False)
    style.finish(figure)
    assert set(drawn.band["year"]) <= set(drawn.series.table["year"])
    assert len(band(data, "saic-trademark-cases")) > len(drawn.band)


def test_the_alt_text_tells_the_band(data):
    years = band(data, "mps-suspects")
    said = band_in_words(years)
    widest = years.loc[(years["upper"] / years["lower"]).idxmax()]
    assert f"band of {len(years)} reconstructed years" in said
    assert f"widest {widest['year']}" in said
    assert f"{int(years['hatched'].sum())} hatched" in said
    assert band_in_words(years[:0]) == "no year can be reconstructed"
    figure, axes = style.subplots()
    assert said in draw_series(axes, data, "mps-suspects", color=style.PRINT).alt
    style.finish(figure)


def test_runs_of_years_are_told_as_spans():
    years = pd.DataFrame({"year": [2000, 2001, 2002, 2005], "lower": 1.0, "upper": [1.5, 3.0, 1.5, 1.5]})
    years = years.assign(estimate=1.2, informed=1.0, printed=False, hatched=[False, True, False, False])
    said = band_in_words(years)
    assert "with 2000 to 2002 and 2005 published by nobody" in said
    assert "widest 2001 (1 to 3), 1 hatched" in said


def test_a_band_without_years_draws_nothing():
    figure, axes = style.subplots()
    draw_band(axes, pd.DataFrame(columns=["year"]), color=style.PRINT)
    style.finish(figure)
    assert not axes.collections


def test_wide_hatched_boxes_do_not_flatten_the_printed_years():
    years = pd.DataFrame({"year": [2000, 2001], "estimate": [10.0, 100.0], "lower": [9.0, 5.0]})
    years = years.assign(upper=[11.0, 1000.0], informed=[1.0, 0.2], printed=[True, False])
    figure, axes = style.subplots()
    draw_band(axes, years.assign(hatched=[False, True]), color=style.PRINT)
    style.finish(figure)
    assert 11 < axes.get_ylim()[1] < 20


def test_a_series_that_cannot_be_reconstructed_has_no_band(data):
    assert band(data, "alibaba-requests-growth").empty
    with pytest.raises(InputError, match="no estimate for 2018"):
        estimated(data, "alibaba-requests-growth", 2018)
    with pytest.raises(InputError, match="no series 'nothing-at-all'"):
        band(data, "nothing-at-all")


def test_an_estimate_is_told_with_its_interval(data):
    row = band(data, "mps-suspects").set_index("year").loc[2012]
    said = estimated(data, "mps-suspects", 2012)
    middle, low, high = (float(one) for one in said.replace(",", "").replace("(", "").replace(")", "").replace(
        " to ", " ").split())  # fmt: skip
    assert middle == pytest.approx(row["estimate"], rel=0.006)
    assert (low, high) == pytest.approx((row["lower"], row["upper"]), rel=0.006)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("lines-*.csv")), ids=lambda path: path.stem)
def test_the_lines_of_figures_are_series_once_a_panel(data, path):
    figures = {row["figure"] for row in remarks(path.stem, LINE_COLUMNS)}
    assert figures
    for figure in figures:
        for lines in lines_of(figure).values():
            ids = [line.series_id for line in lines]
            assert set(ids) <= set(single_series(data))
            assert len(set(ids)) == len(ids)
            assert len({(line.colour, line.marker) for line in lines}) == len(lines)  # told apart


def test_a_figure_without_lines_and_a_colour_without_a_role_are_refused(monkeypatch):
    with pytest.raises(InputError, match=r"lines-justice\.csv has no line of figure 'justice-none'"):
        lines_of("justice-none")
    monkeypatch.setattr(lines_module, "roles", dict)
    with pytest.raises(InputError, match="'group3' is no colour"):
        lines_of("justice-path")
