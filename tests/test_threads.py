"""Fits run with one BLAS thread inside, whoever calls them; what the caller had set is restored."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

import analysis.models
import analysis.series
from analysis.series.reconstruction import Reconstruction
from analysis.threads import one_thread

# of the rooms' public functions those that fit nothing: they sort, pool, look up, or are a formula
FIT_NOTHING = {
    "before_and_after", "change", "controlled_change", "crossing", "dates_at_random", "departures", "expected_penalty",
    "mean_of_shares", "stacked",
    "common_periods", "concentration", "consistency", "conversion", "corrected_prevalence", "count_ratio",
    "detection_yield", "estimated_lag", "gtric", "location_quotient", "market_bounds", "neyman_allocation",
    "pooled_count_ratio", "pooled_record", "proportion_interval", "sample_size_for", "sample_size_for_change",
    "simple_random_half_width", "weighted_mean", "weighted_total",
}  # fmt: skip


def blas_threads():
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_one_inside_and_as_before_outside():
    if threadpool_info() and max(blas_threads(), default=1) < 2:
        with threadpool_limits(2, user_api="blas"):
            if blas_threads() != {2}:
                pytest.skip("The BLAS of this machine takes no second thread, so that none can be limited.")
    with threadpool_limits(2, user_api="blas"):
        assert one_thread(blas_threads)() == {1}
        assert one_thread(one_thread(blas_threads))() == {1}
        assert blas_threads() == {2}
        with pytest.raises(ZeroDivisionError):
            one_thread(lambda: 1 / 0)()
        assert blas_threads() == {2}


@pytest.mark.parametrize(
    "name",
    [one for one in analysis.models.__all__ if one[0].islower() and one not in FIT_NOTHING],
)
def test_every_public_fit_is_limited(name):
    assert _limited(getattr(analysis.models, name))


@pytest.mark.parametrize("name", ["table", "draws", "residuals", "conflicts"])
def test_a_reconstruction_is_limited(name):
    assert _limited(analysis.series.reconstruct)
    member = vars(Reconstruction)[name]
    assert _limited(getattr(member, "func", member))


def test_the_batched_engines_are_limited():
    from analysis.models.batched import least_squares, poisson
    from analysis.scrutiny import multiverse

    assert all(map(_limited, (least_squares, poisson, multiverse)))


def _limited(function):
    """Tell whether the code that runs is that of `one_thread`."""
    code = one_thread(np.zeros).__code__
    while function is not None:
        if getattr(function, "__code__", None) is code:
            return True
        function = getattr(function, "__wrapped__", None)  # a check of arguments may stand around it
    return False
