"""Dates at random: the departure by hand, known effects recovered, size under noise, and bad input."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.models import Dated, dates_at_random, departures

TIME = np.arange(2005, 2019)


def walks(rng, many=6, step=0.0, at=7):
    return np.cumsum(rng.normal(0, 0.2, (many, len(TIME))), axis=1) + step * (np.arange(len(TIME)) >= at)


def test_the_departure_by_hand():
    z = [0.0, 1, 2, 3, 8, 9, 10, 7]  # drift 1 a year
    found = departures(z, range(8))
    assert np.isnan(found[[0, 1, 2, 7]]).all()
    level = np.array(z) - np.arange(8)
    assert found[4] == pytest.approx(level[4:7].mean() - level[1:4].mean())
    assert found[6] == pytest.approx(level[6:].mean() - level[3:6].mean())


def test_a_step_without_noise_comes_back_whatever_the_drift_takes():
    series = [Dated(0.05 * TIME + 0.7 * (at <= TIME), TIME, {at: 1}) for at in (2009, 2011, 2013)]
    for weighted in (True, False):
        found = dates_at_random(series, weighted=weighted)
        assert found.estimate == pytest.approx(0.7)
        assert found.departure < 0.7  # the drift has taken a part
    fallen = [Dated(-one.z, one.time, dict.fromkeys(one.dates, -1)) for one in series]
    assert dates_at_random(fallen).estimate == pytest.approx(0.7)


def test_the_interval_covers_and_the_size_is_the_nominal_one():
    rng, trials, effect = np.random.default_rng(4), 300, 0.3
    refused = covered = 0
    for _ in range(trials):
        dates = rng.integers(4, 12, 6)
        quiet = [Dated(z, TIME, {int(TIME[at]): 1}) for z, at in zip(walks(rng), dates, strict=True)]
        refused += dates_at_random(quiet, weighted=False, draws=199).p <= 0.05
        moved = [Dated(one.z + effect * (min(one.dates) <= TIME), TIME, one.dates) for one in quiet]
        found = dates_at_random(moved, weighted=False, draws=199)
        covered += found.lower <= effect <= found.upper
    assert refused / trials <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / trials)
    assert covered / trials >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / trials)


def test_p_and_interval_agree():
    rng = np.random.default_rng(5)
    for step in (0.0, 0.2, 0.4, 0.6, 0.8):
        found = dates_at_random([Dated(z, TIME, {2012: 1}) for z in walks(rng, 4, step)], draws=999)
        assert (found.p <= 0.05) == (found.lower > 0 or found.upper < 0)


def test_quiet_series_count_for_more_with_weights():
    rng = np.random.default_rng(6)
    quiet = Dated(0.02 * rng.standard_normal(14), TIME, {2012: 1})
    loud = Dated(np.cumsum(rng.normal(0, 0.5, 14)) + 3 * (TIME > 2011), TIME, {2012: 1})
    assert (
        dates_at_random([quiet, loud]).departure
        < dates_at_random([quiet, loud], weighted=False).departure / 5
    )


def test_dates_at_the_edges_are_passed_over():
    z = walks(np.random.default_rng(7), 1)[0]
    assert dates_at_random([Dated(z, TIME, {2006: 1, 2012: 1, 2018: 1, 1999: 1})]).pairs == 1
    with pytest.raises(InputError, match="No date"):
        dates_at_random([Dated(z, TIME, {2006: 1})])


@pytest.mark.parametrize(
    ("z", "time", "sentence"),
    [
        ([1, 2, 3], [1, 2], "one length"),
        ([1, np.nan, 3], [1, 2, 3], "finite"),
        ([1, 2, 3], [1, 1, 2], "increase"),
    ],
)
def test_bad_series_are_named(z, time, sentence):
    with pytest.raises(InputError, match=sentence):
        departures(z, time)
