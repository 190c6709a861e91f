"""Values of cases: the regression against another program, bins and sums against arithmetic, flags against the rule."""

import dataclasses

import numpy as np
import pytest
from scipy import optimize, stats

from analysis.errors import InputError
from analysis.scrutiny.case_values import (
    FAR,
    KINDS,
    bins,
    case_tail,
    design,
    factors,
    implausible,
    sums_beside_national,
    value_regression,
    valued,
)
from analysis.series.single_cases import odd


def test_the_regression_is_at_the_maximum_of_its_likelihood(data):
    frame, fit = valued(data), value_regression(data)
    terms = np.column_stack([np.ones(len(frame)), design(frame).to_numpy(float)])
    low, high = (np.log(frame[f"value_cny_{end}"].to_numpy(float).clip(1e-300)) for end in ("low", "high"))
    wide = frame["value_cny_high"].to_numpy(float) > frame["value_cny_low"].to_numpy(float)

    def lack(guess):
        middle, scale = terms @ guess[:-1], np.exp(guess[-1])
        inside = stats.norm.cdf((high - middle) / scale) - stats.norm.cdf((low - middle) / scale)
        at = stats.norm.logpdf((high - middle) / scale) - np.log(scale)
        return -np.where(wide, np.log(np.maximum(inside, 1e-300)), at).sum()

    start = np.append(fit.coefficients["estimate"].to_numpy(), np.log(fit.scale))
    slope = optimize.approx_fprime(start, lack, 1e-6)
    assert np.abs(slope).max() < 0.05


def test_a_case_of_two_goods_has_both_terms_and_an_unprinted_number_has_a_term(data):
    frame = valued(data)
    terms = design(frame)
    both = frame["product"] == "apparel;footwear"
    assert both.any()
    assert (terms.loc[both, ["goods: apparel", "goods: footwear"]] == 1).all().all()
    assert (terms["suspects not printed"] == frame["suspects"].isna()).all()
    blank = terms.loc[frame["suspects"].isna(), "suspects, doubled"]
    assert blank.nunique() == 1


def test_each_kind_of_value_but_the_first_has_a_factor(data):
    found = factors(data).set_index("term")
    assert {f"value: {kind}" for kind in KINDS[1:]} <= set(found.index)
    assert ((found["lower"] < found["estimate"]) & (found["estimate"] < found["upper"])).all()
    assert found.loc["suspects, doubled", "lower"] > 1


def test_bins_begin_at_prints_and_hold_every_value():
    edges = bins(np.array([30.0, 50.0, 99.0, 2000.0]))
    assert edges.tolist() == [20, 50, 100, 200, 500, 1000, 2000, 5000]
    assert np.histogram([50.0], edges)[0].tolist() == [0, 1, 0, 0, 0, 0, 0]


def test_the_tail_holds_one_kind_and_rare_values_are_larger(data):
    frame = valued(data)
    found = case_tail(data, draws=19)
    kind = frame["value_kind"].astype(str) == "value_involved"
    assert found.spread.n == int((kind & (frame["value_cny_low"] > 0)).sum())
    levels = found.levels
    assert levels["estimate"].is_monotonic_increasing
    assert ((levels["lower"] < levels["estimate"]) & (levels["estimate"] < levels["upper"])).all()
    # once a year in 12 years: near the twelfth largest of the excesses
    above = np.sort(found.excess.excess)[::-1] + found.excess.threshold
    assert above[17] <= levels["estimate"].iloc[0] <= above[7]


def test_an_unknown_kind_is_refused(data):
    with pytest.raises(InputError, match="choose one of value_involved"):
        case_tail(data, "losses")


def test_sums_are_of_police_cases_and_shares_of_the_national_value(data):
    found = sums_beside_national(data).set_index(["series", "year"])
    row = found.loc[("mps-value", 2020)]
    assert row["share_low"] == pytest.approx(100 * row["low"] / row["national_high"])
    assert row["national_low"] <= 1.8e10 <= row["national_high"]  # 18 billion yuan, the ministry's figure
    assert (found["share_low"] <= found["share_high"]).all()


def test_a_row_is_flagged_by_its_residual_or_by_the_rule(data):
    found = implausible(data).set_index("case_id")
    rule = set(odd(valued(data))["case_id"])
    assert set(found.index[found["by"] != "residual"]) == rule
    assert (found.loc[found["by"] != "rule", "residual"].abs() >= FAR).all()
    assert found.loc["sd-2020-0508-phones", "each"] == 200_000  # 200 million over 1,000


def test_a_value_a_thousand_times_too_large_is_flagged(data):
    at = data.cases["case_id"] == "bj-2011-shark-hunt-45"
    wrong = data.cases["value_cny"].mask(at, 8e12)
    found = implausible(dataclasses.replace(data, cases=data.cases.assign(value_cny=wrong)))
    assert found.set_index("case_id").loc["bj-2011-shark-hunt-45", "residual"] > FAR
