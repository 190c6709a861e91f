"""A family as a panel: its cells are those of its readings, its holes are holes, and what is refused."""

import pandas as pd
import pytest

import analysis
from analysis.errors import InputError
from analysis.series import (
    definition,
    every_series,
    families,
    panel,
    printed_grid,
    printed_years,
    readings_of,
    reconstructed,
    single_series,
    store,
    units_of,
)

FAMILY = "jp-cases-by-origin"


@pytest.fixture(scope="module")
def data() -> analysis.Dataset:
    return analysis.load()


@pytest.fixture
def kept_here(tmp_path, monkeypatch):
    """Results made by a test are kept nowhere else."""
    monkeypatch.setattr(store, "FOLDER", tmp_path)


def small(data, *prints, **cells):
    """A dataset of one family with readings (origin, start, end, value); `cells` are the family's own."""
    pattern = readings_of(data, f"{FAMILY}/CN").iloc[:1][data.readings.columns]
    rows = [
        pattern.assign(
            reading_id=f"r{number}",
            origin=origin,
            window_start=pd.Timestamp(start),
            window_end=pd.Timestamp(end),
            value=float(value),
            as_printed=str(value),
            hedge="exact",
            printed_step=1.0,
        )
        for number, (origin, start, end, value) in enumerate(prints)
    ]
    series = data.series[data.series["series_id"] == FAMILY].assign(**cells)
    return data.reduced(readings=pd.concat(rows, ignore_index=True), series=series, sources=data.sources)


PRINTS = [
    ("CN", "2018-01-01", "2018-06-30", 1000),
    ("CN", "2018-07-01", "2018-12-31", 1500),
    ("CN", "2019-01-01", "2019-12-31", 3000),
    ("HK", "2019-01-01", "2019-12-31", 120),
    ("HK", "2020-01-01", "2020-12-31", 140),
    ("CN+HK", "2018-01-01", "2018-12-31", 2700),
    ("OTHER", "2018-01-01", "2018-12-31", 10),
]


def test_a_panel_is_units_by_years_with_holes(data, kept_here):
    found = panel(small(data, *PRINTS), FAMILY, "origin").set_index(["unit", "year"])
    assert list(found.index) == [(unit, year) for unit in ("CN", "HK") for year in (2018, 2019, 2020)]
    assert found["coverage"].tolist() == ["estimated", "printed", "hole", "hole", "printed", "printed"]
    told = found.loc[("CN", 2019)]
    assert (told["value"], told["low"], told["high"], told["reading_id"]) == (3000, 3000, 3000, "r2")
    assert found.loc[("CN", 2018), "reading_ids"] == "r0;r1"
    assert found.loc[("CN", 2018), "estimate"] == pytest.approx(1000 + 1500, rel=0.02)
    assert found.loc[("CN", 2018), "lower"] < 1000 + 1500 < found.loc[("CN", 2018), "upper"]
    assert pd.isna(found.loc[("CN", 2018), "value"])
    assert found.loc[("CN", 2018), "reading_id"] == ""
    hole = found.loc[("HK", 2018)]
    assert hole[["value", "low", "high", "estimate", "lower", "upper", "informed"]].isna().all()
    assert (hole["reading_ids"], hole["hedge"]) == ("", "")


def test_a_unit_is_reconstructed_as_a_series_of_its_own_readings(data, kept_here):
    few = small(data, *PRINTS)
    found = reconstructed(few, f"{FAMILY}/HK")
    assert list(found.observations.names) == ["r3", "r4"]
    assert definition(few, f"{FAMILY}/HK").key["origin"] == ("HK",)
    assert every_series(few) == [f"{FAMILY}/CN", f"{FAMILY}/HK"]


def test_units_of_few_years_may_be_left_out(data, kept_here):
    few = small(data, *PRINTS, ("KR", "2018-01-01", "2018-12-31", 5))
    assert panel(few, FAMILY)["unit"].unique().tolist() == ["CN", "HK", "KR"]
    assert panel(few, FAMILY, least=2)["unit"].unique().tolist() == ["CN", "HK"]
    with pytest.raises(InputError, match="no unit with 9 or more years"):
        panel(few, FAMILY, least=9)


def test_the_grid_tells_prints_from_windows_that_meet_a_year(data):
    grid = printed_grid(small(data, *PRINTS), FAMILY)
    assert grid.loc["CN"].tolist() == ["touched", "printed", "hole"]
    assert grid.loc["HK"].tolist() == ["hole", "printed", "printed"]


def test_words_that_a_family_names_are_its_units(data):
    assert units_of(small(data, *PRINTS, origin="CN|KR|CN+HK"), FAMILY) == ("CN", "CN+HK")


@pytest.mark.parametrize(
    ("name", "by", "sentence"),
    [
        (FAMILY, "colour", "no panel by 'colour'; by is one of origin, product, mode"),
        (FAMILY, "mode", "is by origin, not by mode"),
        (f"{FAMILY}/CN", None, f"'{FAMILY}/CN' is one unit, and a panel needs its family"),
        ("jp-cases", None, "'jp-cases' is a single series, and a panel needs a family"),
        (
            "mars-cases",
            "origin",
            "'mars-cases' is not in series.csv.* a family by origin: there are .*jp-cases-by",
        ),
    ],
)
def test_what_is_no_panel_is_a_sentence(data, name, by, sentence):
    with pytest.raises(InputError, match=sentence):
        panel(data, name, by)


def test_one_unit_is_no_panel(data):
    with pytest.raises(InputError, match=r"one unit only \(CN\)"):
        panel(small(data, *PRINTS[:3]), FAMILY)


def test_a_family_is_no_series_and_an_unknown_unit_is_named(data):
    with pytest.raises(InputError, match="is a family of series by origin: name one"):
        definition(data, FAMILY)
    with pytest.raises(InputError, match="has no unit 'XX'; its units by origin are CN"):
        readings_of(data, f"{FAMILY}/XX")
    with pytest.raises(InputError, match="'jp-cases' is no family"):
        reconstructed(data, "jp-cases/CN")


def test_a_retired_id_may_lead_to_a_unit(data):
    row = {
        "alias_id": "old-id",
        "table": "series",
        "kept_id": f"{FAMILY}/HK",
        "kind": "renamed",
        "reason": "x",
    }
    few = small(data, *PRINTS)
    few = few.reduced(
        readings=few.readings, series=few.series, sources=few.sources, aliases=pd.DataFrame([row], dtype=str)
    )
    assert definition(few, "old-id").series_id == f"{FAMILY}/HK"


def test_single_series_and_families_are_all_rows(data):
    assert sorted([*single_series(data), *families(data)]) == list(data.series["series_id"])
    assert all("/" in name for name in every_series(data)[len(single_series(data)) :])


def test_the_panel_of_japan_holds_the_prints_of_its_series(data):
    found = panel(data, FAMILY)
    for unit in ("CN", "HK", "VN"):
        ours = found[(found["unit"] == unit) & (found["coverage"] == "printed")]
        table = printed_years(data, f"jp-cases-{unit.lower()}").table
        columns = ["year", "value", "low", "high", "reading_id"]
        pd.testing.assert_frame_equal(
            ours[columns].reset_index(drop=True), table[columns].reset_index(drop=True), check_dtype=False
        )
    sure = found[found["estimate"].notna()]
    assert (sure["lower"] <= sure["estimate"]).all()
    assert (sure["estimate"] <= sure["upper"]).all()


def test_the_official_table_is_added_up_by_unit(data):
    found = panel(data, "us-lines-by-mode").set_index(["unit", "year"])
    lines = data.border_lines
    assert (found["coverage"] == "printed").all()
    for unit, year in found.index:
        chosen = (lines["mode"] == unit) & (lines["fiscal_year"] == year)
        assert found.loc[(unit, year), "value"] == lines.loc[chosen, "lines"].sum()
