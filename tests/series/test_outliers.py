"""Which readings are doubted before the fit, and when none is."""

import numpy as np
import pytest

from analysis.series import reconstruct

STEADY = [1184, 1203, 1197, 1190, 1211, 1176, 1189, 1204]


def doubted(given, **options):
    found = reconstruct(given, **options)
    return set(found.observations.names[found.core.variance > found.printed.variance])


@pytest.mark.parametrize(("value", "names"), [(2400, set()), (2750, {"r8"}), (5000, {"r8"})])
def test_a_reading_is_doubted_beyond_three_and_a_half_predictive_deviations(rows, value, names):
    """With a reporting error of 3%, 2750 where about 2400 are expected lies some four of them away."""
    assert doubted(rows.frame(*rows.years(STEADY), rows.reading(value, "2012-01-01", "2013-12-31"))) == names


def test_those_that_a_wrong_one_contradicts_are_left_alone(rows):
    wrong = rows.reading(3600, "2012-01-01", "2013-12-31")  # half as many again as its two years together
    assert doubted(rows.frame(*rows.years(STEADY), wrong)) == {"r8"}


def test_where_more_than_a_third_would_be_doubted_none_is(rows):
    """Four years with two prints each that exclude one another: any of eight in ten may be the wrong one."""
    rivals = [one for at in range(4) for one in rows.years([2400 + 50 * at], first=2011 + at)]
    assert doubted(rows.frame(*rows.years(STEADY[:6]), *rivals)) == set()


@pytest.mark.parametrize("jump", [40, 11900, 35700])
def test_a_jump_that_no_other_window_meets_is_believed(rows, jump):
    """Smoothness contradicts nobody: not where years jump, nor where only a total of many years meets the year."""
    given = rows.years([*STEADY[:4], jump, *STEADY[4:]])
    assert doubted(rows.frame(*given)) == set()
    table = reconstruct(rows.frame(*given)).yearly
    assert table.loc[4, "lower"] <= jump <= table.loc[4, "upper"]
    assert table.loc[4, "estimate"] == pytest.approx(jump, rel=0.1)
    total = rows.reading(9000, "2010-01-01", "2018-12-31", hedge="about")
    assert "r4" not in doubted(rows.frame(*given, total))


def test_the_only_informant_of_a_window_is_believed_against_its_growth(rows):
    """Growth of a third on a year that nobody else prints: no doubt, however far the years before lie."""
    odd = rows.reading(9000, "2018-01-01", "2018-12-31")
    rate = rows.growth(30, "2019-01-01", "2019-12-31")
    assert doubted(rows.frame(*rows.years(STEADY), odd, rate)) == set()


def test_of_two_prints_of_one_window_both_are_doubted_unless_a_verdict_rejects_one(rows):
    pair = [rows.reading(2027, "2012-01-01", "2012-12-31"), rows.reading(1013, "2012-01-01", "2012-12-31")]
    beside = rows.years([1184, 1203], first=2010)
    assert doubted(rows.frame(*pair, *beside)) == {"r0", "r1"}
    assert doubted(rows.frame(*pair)) == {"r0", "r1"}
    told = [pair[0] | {"rejected": True}, pair[1] | {"rejected": False}]
    given = rows.frame(*told, *(one | {"rejected": False} for one in beside))
    assert doubted(given) == {"r0"}


def test_a_doubted_reading_is_believed_as_far_as_its_contradiction_allows(rows):
    """Its own error is as large as it lies off what the others predict: log(3600 / 2387) for twice 1193.5."""
    found = reconstruct(rows.frame(*rows.years(STEADY), rows.reading(3600, "2012-01-01", "2013-12-31")))
    extra = found.core.variance - found.printed.variance
    assert np.sqrt(extra.max()) == pytest.approx(np.log(3600 / 2387), rel=0.05)
