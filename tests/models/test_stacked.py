"""A treated unit in several panels: p by enumeration, its floor, its size, and bad input."""

from itertools import product

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.models import stacked

PANELS = [[0.9, 0.1, -0.3, 0.2], [0.4, -0.5, 0.1], [0.2, 0.3, -0.6, 0.1, 0.0]]


def test_p_is_the_share_of_all_choices():
    standard = []
    for one in PANELS:
        away = np.array(one) - np.mean(one)
        standard.append(away / np.sqrt(np.mean(away**2)))
    actual = sum(one[0] for one in standard)
    sums = [abs(sum(chosen)) for chosen in product(*standard)]
    found = stacked(PANELS)
    assert found.statistic == pytest.approx(actual)
    assert found.p == pytest.approx(np.mean([one >= abs(actual) - 1e-12 for one in sums]))
    assert found.floor == pytest.approx(1 / (4 * 3 * 5))
    assert found.units == (4, 3, 5)


def test_one_panel_is_the_permutation_of_its_units():
    assert stacked([[5.0, 1.0, 0.0, 2.0, 1.5]]).p == pytest.approx(1 / 5)


def test_the_size_is_the_nominal_one():
    rng, trials = np.random.default_rng(1), 600
    refused = sum(
        stacked([rng.normal(0, s, n) for s, n in ((1, 5), (9, 6), (2, 4))]).p <= 0.05 for _ in range(trials)
    )
    assert refused / trials < 0.05 + 3 * np.sqrt(0.05 * 0.95 / trials)


def test_many_panels_are_drawn():
    rng = np.random.default_rng(2)
    found = stacked([np.r_[6.0, rng.normal(0, 1, 19)] for _ in range(5)])
    assert not found.exact
    assert found.p < 0.001


@pytest.mark.parametrize("bad", [[], [[1.0]], [[1.0, np.nan]]])
def test_bad_panels_are_refused(bad):
    with pytest.raises(InputError, match=r"at least"):
        stacked(bad)
