"""Spot checks: counts that round to the printed share, exact intervals, and claims that they exclude."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis.errors import InputError
from analysis.models import market_bounds
from analysis.scrutiny.spot_checks import against_claims, checked_shares, left_open

TAOBAO = {
    "check": "taobao",
    "tested": "plat-saic2014-06",
    "failed": "",
    "share": "plat-saic2014-02",
    "means": "passed",
}
JD = {"check": "jd", "tested": "p2-sohu-2015-01-23-saic-online-03", "failed": "", "share": "plat-saic2014-03",
      "means": "passed"}  # fmt: skip
TEMU = {"check": "temu", "tested": "plat-itif2025-02", "failed": "plat-itif2025-01", "share": "", "means": ""}
UNSIZED = {"check": "kay", "tested": "", "failed": "", "share": "plat-techi15-01", "means": "failed"}


def asked(*rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def test_the_counts_are_those_that_round_to_the_printed_share(data):
    found = checked_shares(data, asked(TAOBAO, JD))
    # 37.25 percent of 51 is 19 genuine, and only 19; 90 percent of 20 is 18
    assert round(100 * 19 / 51, 2) == 37.25
    assert found["k_low"].tolist() == found["k_high"].tolist() == [51 - 19, 20 - 18]
    assert found["n"].tolist() == [51, 20]


@pytest.mark.parametrize("row", [TAOBAO, JD, TEMU], ids=lambda row: row["check"])
def test_the_interval_is_the_exact_one_of_an_independent_program(data, row):
    found = checked_shares(data, asked(row)).iloc[0]
    exact = binomtest(int(found["k_low"]), int(found["n"])).proportion_ci(0.95, method="exact")
    assert (found["lower"], found["upper"]) == pytest.approx((exact.low, exact.high))
    assert found["estimate"] == pytest.approx(found["k_low"] / found["n"])


def test_a_share_without_its_sample_has_no_interval(data):
    found = checked_shares(data, asked(UNSIZED)).iloc[0]
    assert found["estimate"] == pytest.approx(0.49)
    assert np.isnan([found["lower"], found["upper"], found["n"]]).all()


def test_a_hedged_sample_counts_as_the_smallest_it_may_be(data):
    row = {"check": "apple", "tested": "p2-aofirs-2016-10-23-apple-fakes-01", "failed": "",
           "share": "p2-aofirs-2016-10-23-apple-fakes-02", "means": "failed"}  # fmt: skip
    found = checked_shares(data, asked(row)).iloc[0]
    assert found["n"] == 100
    assert found["n_high"] > 100
    assert found["k_low"] < found["k_high"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**UNSIZED, "share": ""}, "no sample and no share"),
        ({**TAOBAO, "tested": "p2-sohu-2015-01-23-saic-online-06"}, "not of one check"),  # 37.25 percent of 3
        ({**TEMU, "failed": "no-such"}, "no-such"),
    ],
)
def test_what_makes_no_check_is_refused(data, row, said):
    with pytest.raises(InputError, match=said):
        checked_shares(data, asked(row))


def test_a_table_without_its_columns_is_refused(data):
    with pytest.raises(InputError, match="no column 'means'"):
        checked_shares(data, asked(TAOBAO).drop(columns="means"))


def test_a_claim_is_excluded_where_the_intervals_do_not_meet(data):
    shares = checked_shares(data, asked(TAOBAO, TEMU))
    claims = asked(
        {"reading_id": "plat-ith2016-05", "of": "failed", "check": "taobao"},  # up to 67 percent
        {"reading_id": "plat-cqn2017-05", "of": "failed", "check": "taobao"},  # 1.49 in 10,000
        {"reading_id": "plat-amz2019-05", "of": "passed", "check": "temu"},  # 99.9 percent without
    )
    found = against_claims(data, claims, shares)
    assert found["excluded"].tolist() == [False, True, True]
    lower = shares.loc["taobao", "lower"]
    assert found["lift_low"].iloc[1] == pytest.approx(lower / 0.000149, rel=0.01)
    assert found["claim_low"].iloc[2] == pytest.approx(0.001, abs=0.0006)


def test_a_claim_beside_a_check_without_a_sample_is_refused(data):
    claims = asked({"reading_id": "plat-ith2016-05", "of": "failed", "check": "kay"})
    with pytest.raises(InputError, match="no check with a sample"):
        against_claims(data, claims, checked_shares(data, asked(UNSIZED)))


def test_what_aimed_buys_leave_open_is_what_the_bounds_say_of_a_huge_sample():
    n = 10**9
    for share, target in ((0.5, 0.25), (0.1, 0.25), (0.8, 0.6)):
        found = left_open([share], target).iloc[0]
        bounds = market_bounds(int(share * n), n, lift=(1, 1 / target), target_share=target)
        assert (found["lower"], found["upper"]) == pytest.approx((bounds.lower, bounds.upper), abs=1e-4)
        # without a sure gain from aiming: everything outside the target may be fake
        free = market_bounds(int(share * n), n, lift=(1e-6, 1 / target), target_share=target)
        assert found["upper_unaimed"] == pytest.approx(free.upper, abs=1e-4)


def test_buys_from_the_whole_market_are_the_market():
    assert left_open([0.3], 1.0).iloc[0].tolist() == pytest.approx([0.3] * 4)


@pytest.mark.parametrize("target", [0, 1.2])
def test_a_target_that_is_no_share_is_refused(target):
    with pytest.raises(InputError, match="target_share"):
        left_open([0.3], target)
