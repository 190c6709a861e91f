"""Errors by few groups: what the papers print for linear models, and what matrices of all rows give."""

import numpy as np
import pandas as pd
import pytest

from analysis.models import interval_regression
from analysis.models.few_clusters import few_clusters


def linear(x, y, groups):
    """Return what few_clusters asks of a least-squares fit, with the residuals."""
    half = np.linalg.cholesky(np.linalg.inv(x.T @ x))
    left = y - x @ np.linalg.solve(x.T @ x, x.T @ y)
    rows = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    scores = np.array([half.T @ x[r].T @ left[r] for r in rows])
    information = np.array([half.T @ x[r].T @ x[r] @ half for r in rows])
    return few_clusters(scores, information, half), left, rows


def test_two_samples_are_welch_with_the_degrees_of_bell_and_mccaffrey():
    """The difference of two means: the variance is exact, df as in Imbens, Kolesar 2016 (doi 10.1162/REST_a_00552)."""
    none, one = 7, 4
    x = np.column_stack([np.ones(none + one), np.repeat([0, 1], [none, one])])
    y = np.random.default_rng(1).normal(size=none + one)
    (covariance, df), *_ = linear(x, y, np.arange(none + one))
    assert covariance[1, 1] == pytest.approx(y[:none].var(ddof=1) / none + y[none:].var(ddof=1) / one)
    n = none + one
    below = one**2 * (one - 1) + none**2 * (none - 1)
    assert df[1] == pytest.approx(n**2 * (none - 1) * (one - 1) / below)
    assert df[0] == pytest.approx(none - 1)


def test_groups_are_the_matrices_of_all_their_rows():
    """Bell and McCaffrey's CR2 and degrees of freedom written out, rows being independent."""
    rng = np.random.default_rng(2)
    groups = np.repeat(np.arange(6), [1, 2, 3, 5, 4, 9])
    x = np.column_stack([np.ones(24), rng.normal(size=6)[groups], rng.normal(size=24)])
    (covariance, df), left, rows = linear(x, rng.normal(size=24), groups)
    bread = np.linalg.inv(x.T @ x)
    away = np.eye(24) - x @ bread @ x.T
    columns = np.empty((6, 24, 3))
    meat = np.zeros((3, 3))
    for g, r in enumerate(rows):
        values, vectors = np.linalg.eigh(away[np.ix_(r, r)])
        root = vectors @ np.diag(values**-0.5) @ vectors.T
        sums = x[r].T @ root @ left[r]
        meat += np.outer(sums, sums)
        columns[g] = away[:, r] @ root @ x[r] @ bread
    assert np.allclose(covariance, bread @ meat @ bread)
    for k in range(3):
        products = columns[:, :, k] @ columns[:, :, k].T
        assert df[k] == pytest.approx(np.trace(products) ** 2 / (products**2).sum())


def test_a_term_of_one_group_is_told_without_a_number_that_is_none():
    low = np.exp(np.random.default_rng(3).normal(size=40))
    groups = np.repeat(np.arange(10), 4)
    fit = interval_regression(low, 2 * low, (groups == 3).astype(float), cluster=groups)
    assert np.isfinite(fit.coefficients.to_numpy()).all()


def test_intervals_of_twenty_unequal_groups_cover():
    """200 samples of groups of 1 to 24 rows that share a column and half of the error's variance."""
    rng, runs, held = np.random.default_rng(4), 200, []
    groups = np.repeat(np.arange(20), np.round(np.geomspace(1, 24, 20)).astype(int))
    for _ in range(runs):
        x = rng.normal(size=20)[groups]
        t = np.exp(0.5 * x + 0.7 * rng.normal(size=20)[groups] + 0.7 * rng.normal(size=len(x)))
        low = 2.0 ** np.floor(np.log2(t))
        fits = [interval_regression(low, 2 * low, x, cluster=groups, few=few) for few in (True, False)]
        rows = pd.DataFrame([fit.coefficients.loc["x1"] for fit in fits])
        held.append(((rows["lower"] <= 0.5) & (rows["upper"] >= 0.5)).tolist())
    few, plain = np.mean(held, axis=0)
    assert abs(few - 0.95) < 3.5 * np.sqrt(0.95 * 0.05 / runs) + 0.01
    assert plain < 0.9
