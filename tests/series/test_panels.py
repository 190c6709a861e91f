"""Panels: what each rests on, that its cells are the dataset's, and what is refused."""

import pytest

import analysis
from analysis.errors import InputError
from analysis.models import compared
from analysis.series import PANELS, comparison_panel, printed_years

BUILT = [name for name in PANELS if name != "cn-provinces"]


@pytest.fixture(scope="module")
def data() -> analysis.Dataset:
    return analysis.load()


def cell(found, unit, period):
    rows = found.frame[(found.frame["unit"] == unit) & (found.frame["period"] == period)]
    assert len(rows) == 1
    return float(rows["y"].iloc[0])


@pytest.mark.parametrize("name", BUILT)
def test_every_panel_is_one_a_comparison_takes(data, name):
    found = comparison_panel(data, name)
    frame = found.frame
    assert found.name == name
    assert list(frame.columns) == ["unit", "period", "y", "exposure"]
    assert (frame["y"] > 0).all()
    assert frame["period"].dtype.kind == "i"
    assert not frame.duplicated(["unit", "period"]).any()
    assert frame["unit"].nunique() >= 2
    assert "not untouched" in found.caveat
    for source in found.sources:
        known = source == "border_lines" or source in set(data.series["series_id"])
        assert known or source in set(data.sources["source_id"])


@pytest.mark.parametrize("name", ["us-lines-origin", "us-lines-mode"])
def test_the_micro_panels_lose_no_line(data, name):
    found = comparison_panel(data, name)
    left_out = "ZZ" if name == "us-lines-origin" else ""
    column = "origin" if name == "us-lines-origin" else "mode"
    rows = data.border_lines[data.border_lines[column] != left_out]
    assert found.frame["y"].sum() == rows["lines"].sum()
    assert found.frame.groupby("unit").size().eq(5).all()
    china = rows[(rows[column] == ("CN" if column == "origin" else "mail")) & (rows["fiscal_year"] == 2021)]
    assert cell(found, "CN" if column == "origin" else "mail", 2021) == china["lines"].sum()


def test_products_by_origin_are_balanced_cells_of_the_table(data):
    found = comparison_panel(data, "us-lines-product-origin")
    assert found.frame.groupby("unit").size().eq(5).all()
    rows = data.border_lines
    rows = rows[(rows["product"] == "footwear") & (rows["origin"] == "HK") & (rows["fiscal_year"] == 2022)]
    assert cell(found, "footwear, HK", 2022) == rows["lines"].sum()


def test_printed_panels_hold_the_yearly_series(data):
    found = comparison_panel(data, "jp-cases-origin")
    for code in ("cn", "kr", "vn"):
        table = printed_years(data, f"jp-cases-{code}").table
        own = found.frame[found.frame["unit"] == code.upper()]
        assert own["period"].to_list() == table["year"].to_list()
        middle = (table["low"] + table["high"]) / 2
        assert own["y"].to_list() == pytest.approx(middle.to_list())


def test_a_share_times_a_total(data):
    found = comparison_panel(data, "eu-articles-origin")
    share = printed_years(data, "eu-border-share-items-cn").table.set_index("year")
    total = printed_years(data, "eu-border-items").table.set_index("year")
    expected = share.loc[2018, ["low", "high"]].mean() / 100 * total.loc[2018, ["low", "high"]].mean()
    assert cell(found, "CN", 2018) == pytest.approx(expected)


def test_other_is_what_remains(data):
    found = comparison_panel(data, "us-value-origin")
    total = printed_years(data, "us-msrp").table.set_index("year")
    sums = found.frame.groupby("period")["y"].sum()
    other = found.frame[found.frame["unit"] == "other"]
    assert len(other) >= 3
    for year in other["period"]:
        assert sums[year] == pytest.approx(total.loc[year, ["low", "high"]].mean())


def test_a_comparison_runs_on_them(data):
    ours = compared(comparison_panel(data, "us-lines-origin").frame, "CN", 2021)
    assert ours.n_before == 2
    assert ours.floor == pytest.approx(1 / (ours.n_controls + 1))
    japan = comparison_panel(data, "jp-cases-origin").frame
    found = compared(japan, "CN", 2018, controls=["HK", "KR", "PH", "VN"])
    assert found.n_controls == 4
    assert found.p >= found.floor
    assert any("unbalanced" in flag for flag in found.flags)


def test_provinces_are_refused_plainly(data):
    with pytest.raises(InputError, match="Provinces cannot be compared: no figure of a province"):
        comparison_panel(data, "cn-provinces")


def test_an_unknown_panel(data):
    with pytest.raises(InputError, match="There is no panel 'mars'; there are us-lines-origin"):
        comparison_panel(data, "mars")
