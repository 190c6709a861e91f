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
    """Two years with two prints each that exclude one another: any of four in ten may be the wrong one."""
    rivals = [*rows.years([2400], first=2011), *rows.years([2500], first=2014)]
    assert doubted(rows.frame(*rows.years(STEADY), *rivals), reporting_error=0.01) == set()
    more = rows.years(STEADY, first=2018)
    found = reconstruct(rows.frame(*rows.years(STEADY), *rivals, *more), reporting_error=0.01)
    assert 0 < (found.core.variance > found.printed.variance).sum() <= len(found.core.y) / 3


def test_a_doubted_reading_is_believed_as_far_as_its_contradiction_allows(rows):
    """Its own error is as large as it lies off what the others predict: log(3600 / 2387) for twice 1193.5."""
    found = reconstruct(rows.frame(*rows.years(STEADY), rows.reading(3600, "2012-01-01", "2013-12-31")))
    extra = found.core.variance - found.printed.variance
    assert np.sqrt(extra.max()) == pytest.approx(np.log(3600 / 2387), rel=0.05)
