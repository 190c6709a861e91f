"""Draws across a measure: the prior with a level shift, and what it does to the draws."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import reconstruct
from analysis.series.mixture import Priors
from analysis.series.shift_prior import SHIFT_SD
from analysis.series.smoothness import Smoothness

MONTHS = np.tile(np.arange(12), 3)


def printed_years(values, first=2008):
    return pd.DataFrame(
        {
            "reading_id": [f"r{number}" for number in range(len(values))],
            "value": values,
            "value_high": np.nan,
            "unit": "case",
            "hedge": "exact",
            "as_printed": [str(value) for value in values],
            "window_start": [f"{first + number}-01-01" for number in range(len(values))],
            "window_end": [f"{first + number}-12-31" for number in range(len(values))],
            "kind": "flow",
        }
    )


@pytest.mark.parametrize("season", [0.0, 0.25])
def test_the_precision_is_that_of_the_wider_covariance(season):
    shift = (np.arange(36) >= 20).astype(float)
    smooth = Smoothness(0.08, 0.1, 0.01, season)
    plain, determinant = Priors(MONTHS, 1.0, 1)(smooth)
    found, wider = Priors(MONTHS, 1.0, 1, SHIFT_SD * shift[:, None])(smooth)
    covariance = np.linalg.inv(plain) + SHIFT_SD**2 * np.outer(shift, shift)
    np.testing.assert_allclose(found @ covariance, np.eye(36), atol=1e-5)
    assert wider == pytest.approx(-np.linalg.slogdet(covariance)[1], abs=1e-5)
    assert wider < determinant


def test_a_level_may_shift_by_a_factor_of_e_or_more():
    """A prior sd of 1 on the log scale; a smaller one would carry the counterfactual into the draws."""
    shift = (np.arange(36) >= 20).astype(float)
    precision, _ = Priors(MONTHS, 1.0, 1, SHIFT_SD * shift[:, None])(Smoothness(0.001, 0.0001, 0.01, 0.0))
    covariance = np.linalg.inv(precision)
    step = np.where(shift == 1, 1 / shift.sum(), -1 / (1 - shift).sum())
    assert np.sqrt(step @ covariance @ step) == pytest.approx(1, rel=0.05)


def test_printed_years_stay_as_printed_and_gaps_open():
    values = [5001, 5203, 5102, 5404, 9007, 9111, 9222, 9333]
    frame = printed_years(values).drop(index=[4])  # nobody printed 2012, the first year of the measure
    series = reconstruct(frame)
    day = pd.Timestamp("2012-01-01")
    plain, released = series.draws(200, "yearly"), series.draws(200, "yearly", released=day)
    years = list(series.yearly["period"])
    printed = [years.index(str(2008 + number)) for number in range(8) if number != 4]
    np.testing.assert_allclose(np.median(released[:, printed], axis=0), np.delete(values, 4), rtol=0.03)
    assert np.isnan(plain[:, years.index("2012")]).all()  # informed by smoothness alone: not estimated


def test_a_day_outside_is_refused():
    series = reconstruct(printed_years([5001, 5203, 5102, 5404]))
    with pytest.raises(InputError, match="2019-01-01 is not inside the series"):
        series.draws(5, "yearly", released=pd.Timestamp("2019-01-01"))
