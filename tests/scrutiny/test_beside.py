"""How others fared: controls by arithmetic, panels without holes, and why a grade moved."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny import bundle
from analysis.scrutiny.beside import Beside, _largest, beside
from analysis.scrutiny.bias import risks
from analysis.scrutiny.moves import Older, reason
from analysis.scrutiny.stacked_borders import departures_of
from analysis.scrutiny.unusual import departed
from analysis.series import definition, drawn_years


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
    with pytest.raises(InputError, match="no two years before 2014"):
        _largest(wide, 2014)


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
