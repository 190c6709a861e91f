"""Bounds of Rambachan and Roth: closed forms, reductions, a coverage check and every refusal."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.models import honest_bounds


def test_without_violation_the_bounds_are_the_estimate():
    found = honest_bounds([0.1, -0.2], [0.5, 0.7, 0.9], np.zeros((5, 5)))
    first = found.table.iloc[0]
    assert first["Mbar"] == 0
    assert [first["lower"], first["upper"], found.estimate] == pytest.approx([0.7, 0.7, 0.7])


def test_relative_magnitudes_by_hand():
    """Changes before: -0.3 (0.1 to -0.2) and 0.2 (-0.2 to 0): B = 0.3, half-width M * 0.3 * 2 over three periods."""
    found = honest_bounds([0.1, -0.2], [0.5, 0.7, 0.9], np.zeros((5, 5)), bounds=[0, 0.5, 1, 2])
    assert found.violation == pytest.approx(0.3)
    assert found.table["identified_lower"].to_list() == pytest.approx([0.7, 0.4, 0.1, -0.5])
    assert found.table["upper"].to_list() == pytest.approx([0.7, 1.0, 1.3, 1.9])
    assert found.breakdown == pytest.approx(0.7 / 0.6)


def test_the_bounds_are_attained_by_the_worst_path():
    """Brute force over violations that grow by at most M B a period finds nothing beyond the bounds."""
    rng = np.random.default_rng(0)
    changes = rng.choice([-1.0, 1.0], (4000, 4)) * 0.3 * 1.5
    deltas = np.cumsum(changes, axis=1).mean(axis=1)
    found = honest_bounds([-0.3], [1.0, 1.0, 1.0, 1.0], bounds=[1.5]).table.iloc[0]
    assert found["identified_lower"] == pytest.approx(1 - deltas.max())
    assert found["identified_upper"] == pytest.approx(1 - deltas.min())


def test_smoothness_continues_a_straight_trend():
    """A pure linear trend before and after is no effect at M = 0; at M > 0 the bounds widen as by hand."""
    found = honest_bounds([-0.2, -0.1], [0.1, 0.2, 0.3], restriction="smoothness", bounds=[0, 0.01])
    assert found.table["identified_lower"].to_list() == pytest.approx([0, -0.01 * 10 / 3])
    assert found.violation == pytest.approx(0.1)
    second = np.cumsum(np.cumsum(np.full(3, 0.01))).mean()
    assert found.table["identified_upper"].iloc[1] == pytest.approx(second)


def test_the_breakdown_is_where_the_interval_meets_zero():
    covariance = 0.002 * (np.eye(5) + 1)
    for restriction in ("relative", "smoothness"):
        lags = [0.9, 1.0, 1.2]
        first = honest_bounds([0.05, -0.02], lags, covariance, restriction=restriction, df=9)
        assert 0 < first.breakdown < np.inf
        at = honest_bounds(
            [0.05, -0.02], lags, covariance, restriction=restriction, df=9, bounds=[first.breakdown]
        )
        assert at.table["lower"].iloc[0] == pytest.approx(0, abs=1e-12)


def test_breakdown_at_its_ends():
    zeros = np.zeros((2, 2))
    assert honest_bounds([0.0], [0.5], zeros).breakdown == np.inf
    assert honest_bounds([0.2], [0.1], np.eye(2)).breakdown == 0
    assert np.isnan(honest_bounds([0.2], [0.1]).breakdown)
    assert honest_bounds([0.2], [0.1]).table["lower"].isna().all()
    assert honest_bounds([0.2], [0.1]).table["identified_lower"].notna().all()


@pytest.mark.parametrize("restriction", ["relative", "smoothness"])
def test_intervals_cover_where_the_restriction_holds(restriction):
    """Leads and lags with noise around a straight difference in trends: M = 1 (relative) or 0 (smoothness) is true."""
    rng = np.random.default_rng(3)
    k = np.array([-4, -3, -2, 0, 1, 2])
    truth = 0.05 * (k + 1) + np.where(k >= 0, 0.4, 0)
    covered = []
    for _ in range(400):
        noise = rng.normal(0, 0.1, 7)
        beta = truth + noise[:6] - noise[6]
        covariance = 0.01 * (np.eye(6) + 1)
        table = honest_bounds(
            beta[:3],
            beta[3:],
            covariance,
            restriction=restriction,
            bounds=[1.0 if restriction == "relative" else 0.0],
        ).table.iloc[0]
        covered.append(table["lower"] <= 0.4 <= table["upper"])
    assert np.mean(covered) >= 0.95


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([], [1.0]), "at least one lead"),
        (([1.0], []), "at least one lead"),
        (([np.nan], [1.0]), "missing or infinite"),
        (([1.0], [1.0], np.eye(3)), "must be a square"),
    ],
)
def test_refusals(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        honest_bounds(*arguments)


def test_refused_settings():
    with pytest.raises(InputError, match="Restriction 'x' is unknown"):
        honest_bounds([0.1], [0.2], restriction="x")
    with pytest.raises(InputError, match="0 or more"):
        honest_bounds([0.1], [0.2], bounds=[-1])
