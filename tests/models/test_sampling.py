"""The arithmetic of random samples, against textbook values, an exact law and a simulation."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.models.sampling import sample_size_for, simple_random_half_width

# Cochran works with t = 2, which is this level.
COCHRAN_LEVEL = 2 * NormalDist().cdf(2) - 1


def test_cochrans_blood_groups():
    """Cochran 1977, chapter 4: d = 5 points, P = 50%: 400 people, 356 of an island of 3,200."""
    assert sample_size_for(0.05, 0.5, level=COCHRAN_LEVEL) == 400
    assert sample_size_for(0.05, 0.5, population=3200, level=COCHRAN_LEVEL) == 356


def test_the_pollsters_numbers():
    assert sample_size_for(0.05) == 385
    assert sample_size_for(0.03) == 1068
    assert simple_random_half_width(0.5, 1000) == pytest.approx(0.03099, abs=5e-6)
    assert simple_random_half_width(0.5, 1000, level=0.99) == pytest.approx(0.04073, abs=5e-6)


def test_a_census_leaves_no_doubt_and_a_vast_population_changes_nothing():
    assert simple_random_half_width(0.3, 500, population=500) == 0
    assert simple_random_half_width(0.3, 1, population=1) == 0
    free = simple_random_half_width(0.1, 100_000)
    assert simple_random_half_width(0.1, 100_000, population=1e9) == pytest.approx(free, rel=1e-4)
    assert simple_random_half_width(0.1, 100_000, population=200_000) == pytest.approx(
        free / math.sqrt(2), rel=1e-4
    )


@pytest.mark.parametrize("population", [None, 800, 10_000, 10**9])
@pytest.mark.parametrize("half_width", [0.01, 0.05, 0.2])
@pytest.mark.parametrize("prevalence", [0.02, 0.3, 0.5])
def test_the_size_is_the_smallest_that_reaches_the_precision(population, half_width, prevalence):
    n = sample_size_for(half_width, prevalence, population)
    reached = simple_random_half_width(prevalence, n, population)
    assert reached <= half_width * (1 + 1e-9)
    if n > 1:
        assert simple_random_half_width(prevalence, n - 1, population) > half_width


def test_the_variance_is_that_of_the_hypergeometric_law():
    """The share in a sample without replacement is hypergeometric: its exact variance is the formula's."""
    population, fakes, n = 40, 10, 15
    ways = [math.comb(fakes, k) * math.comb(population - fakes, n - k) for k in range(fakes + 1)]
    shares = np.arange(fakes + 1) / n
    weights = np.array(ways) / math.comb(population, n)
    variance = float((weights * shares**2).sum() - (weights * shares).sum() ** 2)
    z = NormalDist().inv_cdf(0.975)
    assert simple_random_half_width(0.25, n, population) == pytest.approx(z * math.sqrt(variance))


@pytest.mark.parametrize(("prevalence", "n", "population"), [(0.1, 2000, 50_000), (0.3, 400, 1000)])
def test_the_interval_covers_as_often_as_it_says(prevalence, n, population):
    """20,000 seeded samples without replacement; the Monte Carlo error is 0.15 points at 95%."""
    rng = np.random.default_rng(20251122)
    fakes = int(prevalence * population)
    found = rng.hypergeometric(fakes, population - fakes, n, size=20_000) / n
    half = simple_random_half_width(prevalence, n, population)
    covered = np.mean(np.abs(found - prevalence) <= half)
    assert covered == pytest.approx(0.95, abs=0.012)


def test_without_the_correction_a_large_sample_covers_too_much():
    rng = np.random.default_rng(7)
    found = rng.hypergeometric(300, 700, 400, size=20_000) / 400
    half = simple_random_half_width(0.3, 400)
    assert np.mean(np.abs(found - 0.3) <= half) > 0.98


def test_targeted_buys_do_not_show_prevalence():
    """Why the chapter warns: nine buys in ten among the suspicious tenth show six times the prevalence."""
    suspicious, plain = 0.5, 0.02
    prevalence = 0.1 * suspicious + 0.9 * plain
    among_buys = 0.9 * suspicious + 0.1 * plain
    assert among_buys > 6 * prevalence
    assert among_buys - prevalence > 100 * simple_random_half_width(prevalence, 100_000)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: simple_random_half_width(1.2, 100), "between 0 and 1"),
        (lambda: simple_random_half_width(math.nan, 100), "between 0 and 1"),
        (lambda: simple_random_half_width(0.5, 0), "at least 1"),
        (lambda: simple_random_half_width(0.5, math.inf), "at least 1"),
        (lambda: simple_random_half_width(0.5, 11, population=10), "cannot be drawn"),
        (lambda: simple_random_half_width(0.5, 10, level=1), "say 0.95"),
        (lambda: simple_random_half_width(0.5, 10, population=0), "or None"),
        (lambda: sample_size_for(0), "above 0"),
        (lambda: sample_size_for(0.05, -0.1), "between 0 and 1"),
        (lambda: sample_size_for(0.05, population=math.nan), "or None"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
