"""The chapter on single cases draws what the rows print, keeps value kinds apart, and leaves out what is no case."""

import dataclasses
import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis import InputError
from analysis.building import outline
from analysis.publish import style
from analysis.publish.pages import cases
from analysis.publish.pages.cases import map, rows, sizes, tables
from analysis.publish.remarks import remarks
from analysis.series import single_cases

CHAPTER = Path(__file__).parents[2] / "book" / "cases.ipynb"
CHARTS = [
    cases.provinces_chart,
    cases.years_chart,
    cases.products_chart,
    cases.sizes_chart,
    cases.values_chart,
    cases.items_chart,
]


@pytest.fixture(scope="module")
def frame(data):
    return single_cases.case_rows(data)


def made(*cells, **columns):
    """Return a few cases made for a test; `cells` are value_kind, value low and high, mirror."""
    frame = pd.DataFrame(
        [(f"c{i}", kind, low, low, high, mirror) for i, (kind, low, high, mirror) in enumerate(cells)],
        columns=["case_id", "value_kind", "value_cny", "value_cny_low", "value_cny_high", "mirror"],
    )
    return frame.assign(**columns)


# Rows


def test_rows_of_many_cases_are_left_out_of_everything(data, frame):
    several = set(data.cases.loc[data.cases["several"].eq("yes"), "case_id"])
    # 35 cases of a festival, 18 clusters, pirated textbooks, seven cases of a city, 34 of another
    assert {"cn-2011-midautumn-liquor", "cn-2014-taobao-18-clusters", "cn-2022-pirated-textbooks"} < several
    assert {"c2-sx-2019-taiyuan-liquor", "c2-gx-2022-pubei-liquor"} < several
    assert set(frame["case_id"]) == set(data.cases["case_id"]) - several
    for chart in (cases.provinces_chart, cases.years_chart, cases.products_chart):
        assert f"Source: {len(frame)} cases" in chart(data).source


def test_a_row_marked_as_several_cases_leaves_the_single_ones(data, frame):
    first = frame["case_id"].iloc[0]
    marked = data.cases["several"].mask(data.cases["case_id"] == first, "yes")
    fewer = single_cases.case_rows(dataclasses.replace(data, cases=data.cases.assign(several=marked)))
    assert set(frame["case_id"]) - set(fewer["case_id"]) == {first}


def test_a_value_in_another_currency_is_no_value_in_yuan(data, frame):
    other = data.cases[data.cases["value_other"].notna()].set_index("case_id")
    printed = other.loc["c2-hk-2021-03-vintage", ["value_other", "currency"]].tolist()
    assert printed == [5_300_000, "HKD"]  # SCMP of 22 March 2021
    assert frame[frame["case_id"].isin(other.index)]["value_cny_low"].isna().all()


def test_a_hedge_becomes_an_interval(frame):
    by_id = frame.set_index("case_id")
    phones = by_id.loc["sd-2020-0508-phones"]
    assert (phones["items_low"], phones["items_high"]) == (1_000, 2_000)
    assert (phones["value_cny_low"], phones["value_cny_high"]) == (2e8, 3e8)
    bound = by_id.loc["sh-2021-fengxian-jewelry"]  # up to
    assert (bound["value_cny_low"], bound["value_cny_high"]) == (0, 3.4e8)
    blank = frame[frame["value_cny"].isna()]
    assert blank["value_cny_low"].isna().all()


def test_mirrors_are_those_of_the_sources_table(data, frame):
    tiers = data.sources.set_index("source_id")["tier"].astype(str)
    assert (frame["mirror"] == (frame["source_id"].map(tiers) == "mirror")).all()
    assert 0.2 < frame["mirror"].mean() < 0.5


def test_a_median_needs_a_number(frame):
    with pytest.raises(InputError, match="No case prints dens"):
        single_cases.median_of(frame[frame["dens"].isna()], "dens")
    cells = [("sales", 10, 20, False), ("sales", 30, 30, False), ("sales", 50, 90, True)]
    assert single_cases.median_of(made(*cells), "value_cny") == (30, 30)


# Provinces


def test_every_province_with_a_case_has_a_bar_with_its_number(data, frame):
    axes = cases.provinces_chart(data).figure.axes[0]
    counts = frame["jurisdiction"].astype(str).value_counts().drop("CN")
    written = [int(re.match(r"\d+", text.get_text())[0]) for text in axes.texts]
    assert written == sorted(counts, reverse=True)
    ends = np.zeros(len(counts))
    for bar in axes.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        ends[row] = max(ends[row], bar.get_x() + bar.get_width())
    assert ends.tolist() == written


def test_provinces_without_a_case_and_cases_without_a_province_are_named(data, frame):
    chart = cases.provinces_chart(data)
    national = int((frame["jurisdiction"] == "CN").sum())
    assert f"{national} cases of several provinces" in chart.note
    assert re.search(r"None: .*Taiwan", chart.alt)
    shanghai = frame[frame["jurisdiction"] == "CN-SH"]
    assert f"Shanghai {len(shanghai)} ({int(shanghai['mirror'].sum())})" in chart.alt


def test_a_place_without_a_shape_is_refused(frame):
    with pytest.raises(InputError, match="no shape for 'US'"):
        map.by_province(frame.assign(jurisdiction="US"))


def test_the_projection_keeps_areas():
    def area(west, south):
        box = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]]
        x, y = map.project(np.array(box)).T
        return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2

    sphere = {
        south: np.radians(1) * np.diff(np.sin(np.radians([south, south + 1])))[0] for south in (20, 35, 50)
    }
    for south, true in sphere.items():
        assert area(80, south) == pytest.approx(true, rel=1e-3)
        assert area(120, south) == pytest.approx(true, rel=1e-3)


def test_the_shapes_are_small_closed_and_in_degrees():
    assert map.SHAPES.stat().st_size < 300_000
    shapes = map.shapes()
    assert len(shapes) == 34
    for code, feature in shapes.items():
        for ring in (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon):
            points = np.array(ring)
            assert ring[0] == ring[-1], code
            assert len(ring) > 3, code
            assert points.min(axis=0) == pytest.approx([104, 36], abs=32)
    readme = map.SHAPES.with_name("README.md").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in readme


def test_conversion_simplifies_borders_and_joins_units(tmp_path):
    # two squares side by side: arc 0 is their common border, with a point that strays by 0.001
    topology = {
        "transform": {"scale": [0.001, 0.001], "translate": [114.0, 22.0]},
        "arcs": [
            [[1000, 0], [1, 500], [-1, 500]],
            [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]],
            [[1000, 1000], [1000, 0], [0, -1000], [-1000, 0]],
        ],
        "objects": {"units": {"geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Hunan"}},
            {"type": "Polygon", "arcs": [[-1, -3]], "properties": {"name": "Hubei"}},
        ]}},
    }  # fmt: skip
    hunan, _ = outline._provinces(topology)
    assert hunan["properties"]["code"] == "CN-HN"
    assert hunan["geometry"]["coordinates"] == [[[[115, 22], [115, 23], [114, 23], [114, 22], [115, 22]]]]
    found = outline._outline(topology, outline._lines(topology, 0.01))
    assert found == [[(115, 23), (114, 23), (114, 22), (115, 22), (116, 22), (116, 23), (115, 23)]]
    with pytest.raises(InputError, match=r"CHN\.json is missing"):
        outline.main(tmp_path)


def test_an_outline_that_does_not_close_is_refused():
    topology = {"objects": {"units": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}}}
    with pytest.raises(InputError, match="do not close"):
        outline._outline(topology, [[(0.0, 0.0), (1.0, 0.0)]])


# Years and channels


def test_bars_and_cells_hold_the_counts(data, frame):
    top, grid = cases.years_chart(data).figure.axes
    own, mirror = top.containers
    expected = rows.by_year(frame)
    assert [bar.get_height() for bar in own] == expected[rows.PARTS[0]].tolist()
    assert [bar.get_height() for bar in mirror] == expected[rows.PARTS[1]].tolist()
    assert [bar.get_y() for bar in mirror] == expected[rows.PARTS[0]].tolist()
    assert all(bar.get_hatch() for bar in mirror)
    assert expected.to_numpy().sum() == len(frame)
    first = expected.index[0]
    assert [first + bar.get_x() + bar.get_width() / 2 - 0.5 for bar in own] == pytest.approx(expected.index)
    cells = {
        (first + round(text.get_position()[0] - 0.5), text.get_position()[1] - 0.5): int(text.get_text())
        for text in grid.texts
        if text.get_weight() != "bold"
    }
    channels = rows.by_channel(frame)
    assert sum(cells.values()) == len(frame)
    live = list(channels.index).index("livestream")
    assert {year: n for (year, row), n in cells.items() if row == live} == {
        year: n for year, n in channels.loc["livestream"].items() if n
    }
    totals = [int(text.get_text()) for text in grid.texts if text.get_weight() == "bold"]
    assert totals == channels.sum(axis=1).tolist()


# Goods


def test_a_case_of_two_kinds_counts_in_both():
    frame = pd.DataFrame({"product": ["toys;bags", "bags", "other"], "mirror": [False, True, True]})
    found = rows.by_product(frame)
    assert found.to_dict("index") == {
        "bags": dict(zip(rows.PARTS, (1, 1), strict=True)),
        "toys": dict(zip(rows.PARTS, (1, 0), strict=True)),
        "other": dict(zip(rows.PARTS, (0, 1), strict=True)),
    }


def test_product_bars_hold_the_counts(data, frame):
    axes = cases.products_chart(data).figure.axes[0]
    own, mirror = axes.containers
    medicine = frame[frame["product"].str.split(";").map(lambda kinds: "medicine" in kinds)]
    position = [text.get_text() for text in axes.get_yticklabels()].index("medicine")
    assert own[position].get_width() == (~medicine["mirror"]).sum()
    assert mirror[position].get_width() == medicine["mirror"].sum()
    assert f"medicine {len(medicine)} ({medicine['mirror'].sum()})" in cases.products_chart(data).alt


# Sizes and values


def dots(axes):
    """Return the printed numbers drawn as dots, hollow ones included."""
    return sorted(float(x) for line in axes.lines if line.get_marker() == "o" for x in line.get_xdata())


def test_every_printed_size_is_drawn_on_a_log_axis(data, frame):
    for axes, (name, *_) in zip(cases.sizes_chart(data).figure.axes, sizes.PANELS, strict=True):
        assert axes.get_xscale() == "log"
        assert dots(axes) == sorted(frame[name].dropna().astype(float))
        low, high = axes.get_xlim()
        assert low < frame[name].min()
        assert frame[name].max() < high


def test_value_kinds_have_panels_of_their_own(data, frame):
    panels = cases.values_chart(data).figure.axes
    assert len(panels) == len(rows.KIND_WORDS)
    for axes, kind in zip(panels, rows.KIND_WORDS, strict=True):
        printed = frame.loc[frame["value_kind"] == kind, "value_cny"].dropna().astype(float)
        assert dots(axes) == sorted(printed)
        assert axes.get_xlim()[0] < printed.min() <= printed.max() < axes.get_xlim()[1]
    drawn = sum(len(dots(axes)) for axes in panels)
    assert drawn == frame["value_cny"].notna().sum()


def test_hollow_dots_are_mirrors_and_bars_are_intervals():
    figure, axes = style.subplots()
    axes.set_xscale("log")
    axes.set_xlim(1, 1_000)
    cells = ("sales", 10, 20, True), ("sales", 30, 40, False), ("sales", 50, 50, False)
    frame = made(*cells, year=2015, source_id="a-source")
    frame.loc[2, "value_cny_low"] = 0
    rows.draw_intervals(axes, frame, "value_cny", pd.Series([0.5, 1.5, 2.5]), "#000000")
    style.finish(figure)
    solid, hollow = axes.lines
    assert list(hollow.get_xdata()) == [10]
    assert to_hex(hollow.get_markerfacecolor()) == "#ffffff"
    assert list(solid.get_xdata()) == [30, 50]
    bars, bounds = ([path[:, 0].tolist() for path in found.get_segments()] for found in axes.collections)
    assert bars == [[10, 20], [30, 40]]
    assert bounds == [[1, 50]]  # "up to" reaches to the edge


def test_ranks_are_percentages():
    assert sizes.ranks_of(pd.DataFrame(index=["a", "b"])).to_dict() == {"a": 25, "b": 75}


def test_colours_do_not_run_out():
    assert len(rows.KIND_WORDS) == 5  # as the title and the prose say
    assert set(rows.KIND_COLOURS) == set(sizes.MARKERS) == set(rows.KIND_WORDS)
    assert len(set(sizes.MARKERS.values())) == len(rows.KIND_WORDS)


def test_a_larger_case_of_a_later_year_is_drawn_inside_its_axes(data):
    row = data.cases[data.cases["case_id"] == "sd-2020-0508-phones"]
    larger = row.assign(
        case_id="sd-2028-made", date="2028-05-08", suspects=99_999, suspects_hedge="exact", value_cny=7e13
    )
    more = dataclasses.replace(data, cases=pd.concat([data.cases, larger], ignore_index=True))
    suspects = cases.sizes_chart(more).figure.axes[0]
    assert suspects.get_xlim()[1] > max(dots(suspects)) == 99_999
    drawn = [axes for axes in cases.values_chart(more).figure.axes if 7e13 in dots(axes)]
    assert len(drawn) == 1
    assert drawn[0].get_xlim()[1] > 7e13
    assert (
        len(cases.years_chart(more).figure.axes[0].containers[0])
        == 2028 - int(data.cases["date"].str[:4].min()) + 1
    )


# Items against value


def test_value_per_item_is_an_interval(frame):
    phones = single_cases.per_item(frame).set_index("case_id").loc["sd-2020-0508-phones"]
    assert phones["each"] == 200_000
    assert (phones["each_low"], phones["each_high"]) == (100_000, 300_000)


def test_implausible_pairs_are_ringed_listed_and_explained(data, frame):
    flagged = single_cases.odd(frame)
    assert {"sd-2020-0508-phones", "gd-2020-hurricane183-watches", "sh-2019-dubai-luxury"} <= set(
        flagged["case_id"]
    )
    assert (flagged["each"] >= single_cases.ODD_FROM).all()
    axes = cases.items_chart(data).figure.axes[0]
    rings = next(line for line in axes.lines if line.get_markerfacecolor() == "none")
    assert sorted(rings.get_ydata()) == sorted(flagged["value_cny"].astype(float))
    said = {row["case_id"] for row in remarks("cases_items", ("case_id", "remark"), key="case_id")}
    assert set(flagged["case_id"]) <= said <= set(data.cases["case_id"])
    text = repr(cases.odd_table(data))
    assert "100,000 to 300,000" in text
    assert sizes.NO_REMARK not in text


def test_all_pairs_are_drawn_by_kind(data, frame):
    axes = cases.items_chart(data).figure.axes[0]
    both = single_cases.per_item(frame)
    for kind, word in rows.KIND_WORDS.items():
        line = next(line for line in axes.lines if line.get_label() == word)
        assert line.get_marker() == sizes.MARKERS[kind]
        assert sorted(line.get_ydata()) == sorted(
            both.loc[both["value_kind"] == kind, "value_cny"].astype(float)
        )


def test_a_name_on_a_case_that_is_not_flagged_is_refused(frame):
    figure, axes = style.subplots()
    with pytest.raises(InputError, match="'sh-2020-0828-livestream' is not among the flagged"):
        sizes._name(axes, single_cases.odd(frame), "sh-2020-0828-livestream", "8.28", (1, 1))
    style.finish(figure)


# Beside the national figure


def test_sums_never_pool_kinds():
    frame = made(("sales", 10, 20, False), ("seized", 30, 30, True), ("sales", 5, 6, False))
    assert tables.sums(frame) == {"seized": tables.Sum(1, 30, 30), "sales": tables.Sum(2, 15, 26)}


def test_a_share_divides_interval_by_interval():
    assert single_cases.share_of((10, 20), (100, 200)) == (5, 20)


def test_judgments_and_seizures_by_others_are_not_police_cases(frame):
    police = single_cases.police_cases(frame, tables.YEAR)
    assert set(police["year"]) == {2020}
    assert "tj-2020-champion-shoes" not in set(police["case_id"])  # customs
    assert "judgment" not in set(police["date_kind"])
    assert "gd-2020-hurricane183-watches" in set(police["case_id"])


def test_the_national_value_is_the_series_of_its_year(data):
    assert tables.national(data, "mps-value") == (1.7e10, 1.9e10)
    with pytest.raises(InputError, match="no whole year 2019"):
        tables.national(data, "mps-value", 2019)


def test_the_table_of_shares_has_a_row_for_each_kind(data, frame):
    text = repr(cases.share_table(data))
    for kind in tables.sums(single_cases.police_cases(frame, tables.YEAR)):
        assert rows.KIND_WORDS[kind] in text
    assert "17 billion to 19 billion" in text


# Platform leads, mirrors, words


def test_leads_are_counted_by_channel(data, frame):
    counts = tables.leads(frame)
    assert counts.to_numpy().sum() == len(frame)
    shops = frame[(frame["channel"] == "online_shop") & (frame["platform_lead"] == "yes")]
    assert counts.loc["online_shop", "yes"] == len(shops)
    assert re.search(rf"All +{(frame['platform_lead'] == 'yes').sum()} ", repr(cases.leads_table(data)))


def test_the_mirror_table_sets_both_pictures_side_by_side(data, frame):
    assert re.search(rf"Cases +{len(frame)} +{(~frame['mirror']).sum()}\b", repr(cases.mirror_table(data)))


def test_what_the_prose_says_of_the_year_and_of_mirrors_still_holds(frame):
    police = single_cases.police_cases(frame, tables.YEAR)
    two = police[police["value_kind"] == "value_involved"].nlargest(2, "value_cny")
    assert two["product"].tolist() == ["watches", "tobacco"]
    assert two["jurisdiction"].tolist() == ["CN-JS", "CN-YN"]
    assert not frame.loc[frame["year"] < 2010, "mirror"].any()
    dolls = frame[(frame["year"] == 2025) & (frame["channel"] == "export")]
    assert (dolls["product"].str.contains("toys")).mean() > 0.5


def test_every_word_of_the_prose_is_computed_and_used(data):
    prose = "".join(cell.source for cell in nbformat.read(CHAPTER, 4).cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", prose)) == set(cases.words(data))
    assert "(police-campaigns.ipynb)" in prose


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_charts_tell_their_words_and_letters_are_legible(data, chart):
    made_chart = chart(data)
    assert made_chart.alt.endswith(".")
    assert data.version in made_chart.source
    for axes in made_chart.figure.axes:
        assert not axes.get_title()
        written = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
        assert min(text.get_fontsize() for text in written if text.get_text()) >= 8.5


def test_the_shapes_file_is_geojson():
    found = json.loads(map.SHAPES.read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert {feature["geometry"]["type"] for feature in found["features"]} == {"MultiPolygon"}
