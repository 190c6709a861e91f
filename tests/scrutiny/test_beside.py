"""How others fared: controls by arithmetic, panels without holes, and why a grade moved."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny import bundle
from analysis.scrutiny.beside import Beside, _largest, apart, balanced, beside
from analysis.scrutiny.bias import risks
from analysis.scrutiny.moves import Older, reason
from analysis.scrutiny.reach import MEMBERS
from analysis.scrutiny.stacked_borders import departures_of
from analysis.scrutiny.unusual import departed
from analysis.series import definition, drawn_years, units_of


def test_a_control_is_the_test_of_the_log_ratio(data):
    one = bundle(data, "h-clxi-2021-prosecuted")
    found = beside(data, one)
    assert {control.series_id for control in found.controls} <= set(definition(data, one.series_id).controls)
    first = found.controls[0]
    own, other = (drawn_years(data, name) for name in (one.series_id, first.series_id))
    time = np.intersect1d(own.time[own.time >= one.start], other.time)
    z = np.log(own.y[np.isin(own.time, time)] / other.y[np.isin(other.time, time)])
    draws = np.log(own.draws[:, np.isin(own.time, time)] / other.draws[:, np.isin(other.time, time)])
    expected = departed(z, time, one.at, breaks=tuple(one.breaks.values()), draws=draws)
    assert (first.estimate, first.p, first.n) == pytest.approx((np.exp(expected[0]), expected[3], len(time)))
    untouched = [control.touched for control in found.controls]
    assert untouched == sorted(untouched)  # those that the measures do not touch come first


def test_without_a_panel_no_bound_is_honest():
    nothing = Beside((), None, "", "", "")
    assert not nothing.compared
    assert not nothing.honest


def test_the_largest_block_without_a_hole():
    wide = pd.DataFrame(
        {2014: [1, 1, 1, 1], 2015: [1, 1, 1, np.nan], 2016: [1, 1, 1, 1], 2017: [1, np.nan, np.nan, np.nan]},
        index=["CN", "HK", "KR", "VN"],
    )
    found = _largest(wide, 2016)
    assert list(found.index) == ["CN", "HK", "KR"]
    assert list(found.columns) == [2014, 2015, 2016]
    with pytest.raises(InputError, match=r"no two years before 2014.*: 0 of 4 have as many of the 4 years"):
        _largest(wide, 2014)


@pytest.mark.parametrize(
    ("hypothesis", "family", "unit", "beside_it", "never"),
    [
        (
            "h-at-2020-items",
            "borders-items",
            "AT",
            {"DE", "FR", "SI"},
            {"EU", "JP", "CN"},
        ),  # an act of its own
        ("h-ics2-2021-si-cases", "borders-cases", "SI", {"JP", "US"}, {"EU", "AT", "DE"}),  # the EU's rules
        ("h-ics2-2021-eu-items", "borders-items", "EU", {"JP", "CN"}, {"DE", "FR", "AT"}),
        ("h-japan-2022-cases", "borders-cases", "JP", {"EU", "AT", "US"}, set()),  # neither has the law
        ("h-longteng-2017-japan-cn", "jp-cases-by-origin", "CN", {"VN"}, set()),
    ],
)
def test_a_member_of_the_eu_stands_beside_members_or_beside_others(
    data, hypothesis, family, unit, beside_it, never
):
    held = set(units_of(data, family)) - apart(data, bundle(data, hypothesis), family, unit)
    assert unit in held
    assert beside_it <= held
    assert not never & held


def test_a_panel_of_members_holds_its_years_without_a_hole(data):
    one = bundle(data, "h-at-2020-items")
    frame = balanced(data, "borders-items", "AT", one.at, apart(data, one, "borders-items", "AT"))
    assert set(frame["unit"]) <= set(MEMBERS)
    assert frame["unit"].nunique() >= 3
    assert (frame.groupby("unit").size() == frame["period"].nunique()).all()
    assert (frame["period"].min(), frame["period"].max()) <= (one.at - 1, one.at + 2)


def test_a_year_that_many_others_have_does_not_break_the_block():
    """Three units share 2011 to 2014; 2010 is held by more units, of which none has the rest."""
    held = {"EU": range(2010, 2015), "JP": range(2011, 2015), "CN": range(2011, 2015)}
    held |= dict.fromkeys(("AT", "DE", "FR", "SE"), (2010, 2012))
    wide = pd.DataFrame(
        {year: {unit: 1.0 for unit, of in held.items() if year in of} for year in range(2010, 2015)}
    )
    found = _largest(wide, 2013)
    assert set(found.index) == {"EU", "JP", "CN"}
    assert list(found.columns) == [2011, 2012, 2013, 2014]


def test_years_from_the_measure_on_have_no_gap():
    wide = pd.DataFrame(1.0, index=["EU", "JP", "CN"], columns=[2010, 2011, 2012, 2014])
    assert list(_largest(wide, 2012).columns) == [2010, 2011, 2012]
    with pytest.raises(InputError, match="no two years before 2013 and one from it on"):
        _largest(wide, 2013)


def test_departures_of_units_are_means_of_logs():
    wide = pd.DataFrame(
        {2014: [1.0, 2], 2015: [1.0, 2], 2016: [np.e, 2], 2017: [np.e, 2 * np.e]}, index=["CN", "HK"]
    )
    assert departures_of(wide, 2016).to_dict() == pytest.approx({"CN": 1.0, "HK": 0.5})


def test_every_item_of_epoc_has_a_level_and_a_reason(data):
    one = bundle(data, "h-phase-one-2020-us-seizures")
    found = risks(one, tuple(range(2003, 2024)))
    assert len({risk.item for risk in found}) == 7
    assert all(risk.level in ("low", "unclear", "high") and risk.reason for risk in found)
    assert found[0].level == ("high" if one.near else "low" if len(one.measures) == 1 else "unclear")


@pytest.mark.parametrize(
    ("faults", "letter", "own", "expected"),
    [
        (("rivals",), "C", (), "are joint (2 others begin with it)"),
        (("breaks",), "C", ("jp-foreign-senders-2022",), "a break is its own"),
        (("breaks",), "C", (), "held by a step"),
        (("after",), "C", (), "two after suffice"),
        (("before",), "D", (), "1 informed periods before"),
    ],
)
def test_a_move_has_its_reason(faults, letter, own, expected):
    before = Older("D", faults)
    held = SimpleNamespace(measures=("a", "b", "c"), own=own)
    after = SimpleNamespace(letter=letter, failure="1 informed periods before", bundle=held)
    assert expected in reason(before, after)
