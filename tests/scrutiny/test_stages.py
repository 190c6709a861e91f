"""Stages as inputs of a funnel: exact years are their prints, runs have no gap, ratios hold their hedges."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from analysis.errors import InputError
from analysis.scrutiny import stages
from analysis.scrutiny.stages import passed_on, per_entered, per_hundred, stage_draws, what_must_hold

CHARGED, ARRESTED = "spp-persons-prosecuted", "spp-arrests-approved"


def test_a_year_that_one_exact_print_fixes_is_that_print_in_every_draw(data):
    drawn = stage_draws(data, CHARGED)
    assert np.allclose(drawn[2019], 11_003, rtol=1e-4)
    assert drawn.shape[0] == stages.DRAWS
    assert (drawn > 0).all().all()


@pytest.mark.parametrize(
    ("years", "run"),
    [
        ([2001, 2002, 2004, 2005, 2006], [2004, 2005, 2006]),
        ([2001, 2002, 2004, 2005], [2004, 2005]),
        ([], []),
    ],
)
def test_the_longest_run_has_no_gap(years, run):
    assert stages._longest_run(years) == run


def test_charged_of_received_is_the_quotient_of_the_prints(data):
    found = passed_on(data, "spp-review-prosecution-persons", CHARGED)
    at = found.years.index(2021)
    assert found.estimate[at] == pytest.approx(14_020 / 22_011, rel=1e-3)
    assert (found.lower <= found.upper).all()


def test_more_are_charged_than_arrested_so_some_came_from_elsewhere(data):
    row = what_must_hold(data, ARRESTED, CHARGED)
    assert row["share"] > 1
    assert row["chance_above_1"] == 1
    assert row["backlog_lower"] > 0


def test_stages_without_a_common_year_are_refused(data):
    with pytest.raises(InputError, match="no year in common from 2030"):
        passed_on(data, ARRESTED, CHARGED, since=2030)


def programme(**ids: str) -> pd.DataFrame:
    row = {"programme": "x", "entered": "plat-seed4-07", "suspects": "", "sites": "", "value": "", **ids}
    return pd.DataFrame([row])


def test_the_interval_of_a_count_for_each_lead_is_the_exact_poisson_one(data):
    found = per_entered(data, programme(suspects="plat-seed4-08")).iloc[0]
    assert found["estimate"] == pytest.approx(880 / 1184)
    # at the ends as many or more (fewer) come by chance in 2.5 percent of cases
    assert poisson.sf(879, found["lower"] * 1184) == pytest.approx(0.025, abs=1e-6)
    assert poisson.cdf(880, found["upper"] * 1184) == pytest.approx(0.025, abs=1e-6)


def test_the_interval_of_a_value_is_what_the_hedge_allows(data):
    found = per_entered(data, programme(value="plat-xh2017-03")).iloc[0]
    assert (found["lower"] * 1184, found["upper"] * 1184) == pytest.approx((3e9, 4e9))  # more than 3 billion


def test_a_hedged_count_is_as_wide_as_both_ends(data):
    hedged = per_entered(data, programme(sites="plat-xh2017-01")).iloc[0]  # more than 1,400
    assert hedged["lower"] * 1184 < 1_400
    assert hedged["upper"] * 1184 > 1_500


def test_chains_are_set_to_a_hundred_of_the_base(data):
    chain = {"place": "Henan", "window": "2015", "suspects": "adm-0652", "charged": "jus-0356"}
    without = {**chain, "place": "Hainan", "suspects": ""}
    found = per_hundred(data, pd.DataFrame([chain, without]), ("suspects", "charged"), "suspects")
    assert found["place"].tolist() == ["Henan", "Henan"]
    assert found["value"].tolist() == pytest.approx([100, 100 * 1872 / 1867])
