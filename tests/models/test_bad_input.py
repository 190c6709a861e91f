"""Wrong numbers given to every estimator of values, tails, places, shares and chains: a sentence, or a result.

Each argument of a good call is replaced by each wrong value in turn; nothing but an InputError may come back, and no
warning. What the sentences say of the cases that users meet stands in the tests of each estimator and below.
"""

import warnings
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis import models
from analysis.errors import InputError

INF, NAN = np.inf, np.nan
RNG = np.random.default_rng(0)
X, SHARES = RNG.normal(size=30).tolist(), RNG.random(30).tolist()
VALUES = np.exp(RNG.normal(size=30))
PARETO = ((1 - RNG.random(30)) ** (-1 / 1.5)).tolist()
GROUPS = [k % 6 for k in range(30)]
SEIZED = [[7, 2, 1, 3], [5, 4, 2, 2], [6, 2, 3, 1], [5, 1, 1, 1], [2, 2, 2, 4]]
GOOD = {
    "interval_regression": {"low": VALUES.tolist(), "high": (2 * VALUES).tolist(), "X": X, "cluster": GROUPS},
    "power_law": {"x": PARETO, "xmin": 1.0},
    "power_law_binned": {"edges": [1, 2, 4, 8, INF], "counts": [30, 10, 5, 3], "bmin": 1.0},
    "pareto_excess": {"x": PARETO, "threshold": 1.0},
    "truncated_lognormal": {"x": PARETO, "threshold": 1.0},
    "concentration": {"x": PARETO, "top": [0.1], "draws": 19},
    "location_quotient": {"count": [4, 5, 6], "base": [1, 2, 3]},
    "top_share": {"count": [4, 5, 6], "n": 2, "draws": 99},
    "empirical_bayes_rates": {"count": [4, 5, 60], "base": [1, 2, 3]},
    "gtric": {"seizures": SEIZED[0], "imports": [5, 6, 7, 5]},
    "gtric_ranks": {"seizures": SEIZED, "imports": [[5, 5, 5, 5]] * 5, "draws": 99},
    "fractional_logit": {"y": SHARES, "X": X, "clusters": GROUPS, "weights": [1.0] * 30},
    "conversion": {"entered": [4, 5, 6, 7], "left": [1, 2, 3, 4], "lag": [0.7, 0.3]},
    "estimated_lag": {"entered": [4, 5, 6, 7, 9], "left": [1, 2, 3, 4, 5], "years": 2},
    "consistency": {"stages": {"a": [4, 5, 6], "b": [1, 2, 3]}, "lag": [0.7, 0.3]},
    "count_ratio": {"count": [4, 5], "base": [2, 3]},
    "pooled_count_ratio": {"count": [40, 5, 7], "base": [2, 3, 9]},
    "expected_penalty": {"links": {"a": (0.1, 0.2)}, "penalty": (0.1, 0.2), "gain": (0.1, 0.2)},
    "mean_of_shares": {"share": [0.3, 0.7], "low": [0, 1], "high": [1, 2]},
    "crossing": {"low": [1, 2], "high": [2, 3], "thresholds": {"a": 2.0}},
    "controlled_change": {"before": (1, 2), "after": (1, 2), "control_before": (1, 2), "control_after": (1, 2)},
    "proportion_interval": {"k": [1, 2], "n": [3, 4]},
    "corrected_prevalence": {"k": [1, 2], "n": [3, 4], "sensitivity": 0.9, "specificity": 0.9, "n_sensitivity": 10,
                             "n_specificity": 10},
    "market_bounds": {"k": 1, "n": 4, "lift": (1, 2), "target_share": 0.1},
    "detection_yield": {"k": 1, "n": 4, "k_random": 1, "n_random": 9},
    "neyman_allocation": {"population": [10, 20], "prevalence": [0.1, 0.2], "cost": [1, 2], "budget": 20},
    "weighted_mean": {"y": [1, 0, 1, 0], "weights": [1, 2, 3, 4], "strata": list("aabb"), "population": [10, 20]},
    "weighted_total": {"y": [1, 0, 1, 0], "weights": [1, 2, 3, 4], "strata": list("aabb"), "population": [10, 20]},
    "simple_random_half_width": {"prevalence": 0.1, "n": 10, "population": 100},
    "sample_size_for": {"half_width": 0.1, "prevalence": 0.5, "population": 100},
    "sample_size_for_change": {"before": 0.1, "after": 0.2, "power": 0.8},
}  # fmt: skip
WRONG = [
    NAN, INF, -INF, -1, 0, 0.5, 2, 10**400, "x", None, True, {}, [], [1], [NAN], [2, 1], [0, 0], [0, 0, 0], [1, 1, 1],
    *([one] * 4 for one in (0, 0.5, 1, -1, NAN, INF, "x", None, 1 + 2j)), [[1, 2], [3, 4]], [[1], [2, 3]],
    *([one] * 30 for one in (0, 1, -1, NAN, INF, "x", None, 1e9)), [0.0] * 15 + [1.0] * 15,
    [[0] * 4] * 5, [[1] * 4] * 5,
    {"a": NAN}, {"a": (2, 1)}, {"a": 1.5}, {"a": [0, 0, 0], "b": [0, 0, 0]}, {"a": [1], "b": [1]}, {"a": "x"},
    pd.Series([1, 2, 3, 4], index=list("abcd")), pd.Series([1, 1, 1, 1], index=[0, 0, 1, 1]),
    pd.Timestamp("2020-01-01"),
]  # fmt: skip


def test_the_walk_passes_every_estimator():
    elsewhere = {
        "ar1_reml", "before_and_after", "change", "common_periods", "compared", "dates_at_random", "departures",
        "forecast", "honest_bounds", "integrated_contrast", "interrupted", "placebo_dates", "pooled_record", "stacked",
        "trend",
    }  # fmt: skip
    assert set(GOOD) == {name for name in models.__all__ if name[0].islower()} - elsewhere


@pytest.mark.parametrize("name", GOOD)
def test_nothing_but_a_sentence_comes_of_wrong_values(name):
    function, good = getattr(models, name), GOOD[name]
    said: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        function(**good)
        for argument in good:
            for wrong in WRONG:
                try:
                    function(**{**good, argument: wrong})
                except InputError as error:
                    said.append(str(error))
    assert len(said) > len(WRONG) / 2
    assert all(one.endswith(".") for one in said), said


def rows(value):
    return isinstance(value, list) and len(value) > 1 and not isinstance(value[0], list)


@pytest.mark.parametrize("name", GOOD)
def test_no_two_rows_of_other_order_are_paired_by_their_places(name):
    function, good = getattr(models, name), GOOD[name]
    for one, other in combinations([key for key, value in good.items() if rows(value)], 2):
        if len(good[one]) != len(good[other]):
            continue
        labels = [f"r{k:02}" for k in range(len(good[one]))]
        first, second = (pd.Series(good[key], labels) for key in (one, other))
        try:
            turned = function(**{**good, one: first, other: second[::-1]})
        except InputError:
            continue
        assert told(turned) == told(function(**good))


def told(found):
    """What a result holds, to ten digits and without labels."""
    parts = vars(found).values() if hasattr(found, "__dataclass_fields__") else [found]
    arrays = [np.asarray(part) for part in parts]
    return [part.round(10).tolist() if part.dtype.kind == "f" else str(part) for part in arrays]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: models.crossing([3], [2], {"serious": 1.0}), "3 lies above the upper end 2"),
        (lambda: models.controlled_change((2, 1), (1, 1), (1, 1), (1, 1)), "2 lies above the upper end 1"),
        (lambda: models.controlled_change("ab", (1, 1), (1, 1), (1, 1)), "before must be"),
        (lambda: models.concentration([5.0]), "give at least 2"),
        (lambda: models.truncated_lognormal([5.0], 1.0), "needs at least 3"),
        (lambda: models.pareto_excess([5.0], 1.0), "1 of 1 values"),
        (lambda: models.power_law_binned([1, 2, 4], [1, 0], 1), "at least two of them"),
        (lambda: models.empirical_bayes_rates([1], [2]), "One area"),
        (lambda: models.gtric([1], [2]), "three or more"),
        (lambda: models.gtric(pd.DataFrame(SEIZED), pd.DataFrame(SEIZED)[::-1]), "other reporters"),
        (lambda: models.fractional_logit([1, 1, 1, 1], [1, 2, 3, 4]), "separated"),
        (lambda: models.corrected_prevalence(8, 7, 0.9, 0.9), "never more"),
        (lambda: models.detection_yield(1, 4, 11, 10), "never more"),
        (lambda: models.conversion([1, 2], [1, 2], lag=(0, 0)), "sum to 1, not 0"),
        (lambda: models.pareto_excess(PARETO, 1.0).shape_interval(95), "level"),
    ],
)
def test_what_users_meet_is_said(call, said):
    with pytest.raises(InputError, match=said):
        call()
