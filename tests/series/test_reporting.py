"""The prior of the reporting error by reporter: arithmetic, and the counts it rests on made again."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import material, reconstruct, single_series
from analysis.series.reporting import REPEATS, START, repeats, tau_prior_of


def test_nobody_named_has_the_general_prior_and_a_stranger_the_start():
    assert tau_prior_of(pd.DataFrame({"value": [1.0]})) is None
    told = tau_prior_of(pd.DataFrame({"reporter": ["nobody", "nobody"]}))
    assert [share for share, _, _ in told] == pytest.approx(START)


def test_shares_are_those_of_start_and_counts(monkeypatch):
    monkeypatch.setitem(REPEATS, "one", (60, 0, 20))
    told = tau_prior_of(pd.DataFrame({"reporter": ["one", "nobody"]}))
    alone = np.array([17 + 60, 2.4, 0.6 + 20]) / 100
    assert [share for share, _, _ in told] == pytest.approx((alone + np.array(START)) / 2)


def test_a_careful_reporter_has_narrower_bands(rows, monkeypatch):
    given = rows.frame(*rows.years([1184, 1203, 1197]))
    monkeypatch.setitem(REPEATS, "careful", (500, 0, 0))
    monkeypatch.setitem(REPEATS, "careless", (0, 0, 500))
    widths = []
    for name in ("careful", "careless"):
        table = reconstruct(given.assign(reporter=name)).yearly
        widths.append(np.log(table["upper"] / table["lower"]).max())
    assert widths[0] < widths[1]


def test_no_readings_have_no_repeats(data):
    with pytest.raises(InputError, match="no readings to count repeats of"):
        repeats(data, [])


@pytest.mark.slow
def test_the_counts_are_those_of_the_data(data):
    groups = []
    for name in single_series(data):
        try:
            groups.append(material(data, name))
        except InputError:  # nothing with a window
            continue
    assert repeats(data, groups) == REPEATS
