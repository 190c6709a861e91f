"""Official monthly series told by windows and hedges: 90% bands of years hold the true totals nearly as often.

UK drivers killed or seriously injured, airline passengers, deaths in England and Wales: campaigns of no press office,
with their real seasons and slopes. Months are spread over their days at random; no print is the register's own.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.series import reconstruct
from analysis.series.simulate import Truth
from analysis.series.simulated_readings import WINDOWS, printed_readings

MONTHS = pd.read_csv(Path(__file__).parents[1] / "published" / "data" / "official_months.csv")
SETS = 8  # of readings a series


def truth(rng, months):
    """Return the days of a monthly series: each month's total falls on its days at random."""
    days = pd.PeriodIndex(months["month"], freq="M").days_in_month
    spread = [rng.multinomial(v, np.full(d, 1 / d)) for v, d in zip(months["value"], days, strict=True)]
    counts = np.concatenate(spread)
    return Truth(int(months["month"].iloc[0][:4]), counts, counts.astype(float), "official")


def years_of(name, error, number):
    """Return the estimated years of one set of readings: truth, estimate, lower, upper, informed."""
    rng = np.random.default_rng([5, number, int(100 * error), len(name)])
    true = truth(rng, MONTHS[MONTHS["series"] == name])
    n = int(np.exp(rng.uniform(np.log(8), np.log(50))))
    told = {"windows": WINDOWS[number % 4], "error": error, "growth": 0.15, "register": False}
    given = printed_readings(rng, true, n, **told).drop(columns=["true_value", "tier"])
    return reconstruct(given).yearly.set_index("period").join(true.periods("Y").rename("truth")).dropna()


@pytest.mark.slow
@pytest.mark.parametrize("error", [0.0, 0.03])
def test_years_are_held_by_their_bands_as_often_as_they_say(error):
    """86 to 97 percent: of some 450 years the Monte Carlo error is two percent, for the years of a set go together."""
    names = MONTHS["series"].unique()
    table = pd.concat([years_of(name, error, number) for name in names for number in range(SETS)])
    held = ((table["lower"] <= table["truth"]) & (table["truth"] <= table["upper"])).mean()
    assert len(table) > 200
    assert 0.86 <= held <= 0.97
    assert abs(np.log(table["estimate"] / table["truth"]).mean()) < 0.01
