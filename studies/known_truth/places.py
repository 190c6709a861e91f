"""Places and borders: quotients, first areas, steadied rates, ranks of propensity, shares of cells."""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy.special import expit

from analysis.models import empirical_bayes_rates, fractional_logit, gtric_ranks, location_quotient, top_share
from studies.known_truth.runs import Runs, Scenario, bounds_only


def quotients(
    rng: np.random.Generator,
    runs: int,
    level: float,
    *,
    areas: int,
    cases: int,
    simultaneous: bool = True,
    method: str = "clopper-pearson",
) -> dict[str, Runs]:
    """Simulate cases in areas whose quotients lie between a half and two."""
    base = rng.uniform(1, 8, areas)
    share = base * np.exp(rng.uniform(-0.7, 0.7, areas))
    share /= share.sum()
    found = np.empty((runs, 3, areas))
    for k in range(runs):
        table = location_quotient(
            rng.multinomial(cases, share), base, method=method, level=level, simultaneous=simultaneous
        )  # type: ignore[arg-type]
        found[k] = table[["estimate", "lower", "upper"]].to_numpy().T
    truth = share / (base / base.sum())
    name = "all quotients together" if simultaneous else "each quotient"
    return {name: Runs(found[:, 0], found[:, 1], found[:, 2], truth, simultaneous)}


def first_ten(
    rng: np.random.Generator, runs: int, level: float, *, spread: float, cases: int
) -> dict[str, Runs]:
    """Simulate cases in 31 places with log-normal rates, other ones in each run."""
    found, truth, raw = np.empty((runs, 3)), np.empty(runs), np.empty(runs)
    for k in range(runs):
        share = np.exp(rng.normal(0, spread, 31))
        share /= share.sum()
        truth[k] = np.sort(share)[-10:].sum()
        one = top_share(rng.multinomial(cases, share), draws=400, level=level, seed=k)
        found[k], raw[k] = (one.corrected, one.lower, one.upper), one.estimate
    return {"share of the first ten": Runs(*found.T, truth, raw=raw)}


def steadied(
    rng: np.random.Generator, runs: int, level: float, *, method: str, areas: int = 31
) -> dict[str, Runs]:
    """Simulate counts in areas of unequal size whose true rates follow a gamma law."""
    found, truth, raw = np.empty((runs, 3, areas)), np.empty((runs, areas)), np.empty((runs, areas))
    for k in range(runs):
        base, truth[k] = rng.uniform(1, 30, areas), rng.gamma(3, 0.5 / 3, areas)
        table = empirical_bayes_rates(rng.poisson(base * truth[k]), base, method, level=level).table  # type: ignore[arg-type]
        found[k], raw[k] = table[["estimate", "lower", "upper"]].to_numpy().T, table["raw"]
    return {"rates": Runs(found[:, 0], found[:, 1], found[:, 2], truth, raw=raw)}


def ranks(rng: np.random.Generator, runs: int, level: float, *, resample: str) -> dict[str, Runs]:
    """Simulate seizures of eight economies by twelve reporters, who differ where whole rows are drawn anew."""
    bought, propensity = rng.uniform(50, 150, (12, 8)), np.exp(np.linspace(1, -1, 8))
    found = np.empty((runs, 2, 8))
    for k in range(runs):
        own = 1.0 if resample == "seizures" else rng.gamma(2, 0.5, bought.shape)
        chance = bought * propensity * own
        seized = np.stack([rng.multinomial(60, one / one.sum()) for one in chance])
        table = gtric_ranks(seized, bought, resample, level=level, draws=200, seed=k).sort_index()  # type: ignore[arg-type]
        found[k] = table[["rank_lower", "rank_upper"]].to_numpy().T
    return {"ranks": bounds_only(found[:, 0], found[:, 1], np.arange(1.0, 9.0))}


def mean_slope(rng: np.random.Generator) -> float:
    """Return what the regression of infinitely many products has for a slope: shares are averaged over products."""
    own = np.quantile(rng.normal(0, 0.6, 200_000), (np.arange(400) + 0.5) / 400)
    year = np.repeat(np.arange(5.0), len(own))
    return float(
        fractional_logit(expit(-1 + 0.3 * year + np.tile(own, 5)), year).coefficients.loc["x1", "estimate"]
    )


def cells(
    rng: np.random.Generator, runs: int, level: float, *, products: int, by_product: bool, between: bool
) -> dict[str, Runs]:
    """Simulate shares of products over five years, each at its own level; the covariate is the year or a kind."""
    group, year = np.repeat(np.arange(products), 5), np.tile(np.arange(5.0), products)
    truth, found = mean_slope(rng), np.empty((runs, 3))
    for k in range(runs):
        own = rng.normal(0, 0.6, products)[group]
        kind = rng.permutation(np.arange(products) % 2)[group]
        p = expit(-1 + 0.3 * year + own)
        y, x = rng.beta(20 * p, 20 * (1 - p)), kind if between else year
        fit = fractional_logit(y, x, group if by_product else None, level=level)
        found[k] = fit.coefficients.loc["x1", ["estimate", "lower", "upper"]]
    return {"coefficient": Runs(*found.T, 0.0 if between else truth)}


SCENARIOS = (
    Scenario("location_quotient", "12 areas, 450 cases", 2000, partial(quotients, areas=12, cases=450)),
    Scenario("location_quotient", "31 areas, 150 cases", 2000, partial(quotients, areas=31, cases=150)),
    Scenario("location_quotient", "31 areas, 150 cases, Goodman", 2000,
             partial(quotients, areas=31, cases=150, method="wilson"), False),
    Scenario("location_quotient", "31 areas, 450 cases", 1000,
             partial(quotients, areas=31, cases=450, simultaneous=False)),
    Scenario("top_share", "450 cases, rates much alike", 800, partial(first_ten, spread=0.2, cases=450)),
    Scenario("top_share", "150 cases, rates far apart", 800, partial(first_ten, spread=1.2, cases=150)),
    Scenario("empirical_bayes_rates", "31 areas, by likelihood", 400, partial(steadied, method="likelihood")),
    Scenario("empirical_bayes_rates", "10 areas, by likelihood", 400,
             partial(steadied, method="likelihood", areas=10)),
    Scenario("empirical_bayes_rates", "31 areas, by Marshall's moments", 400, partial(steadied, method="marshall")),
    Scenario("gtric_ranks", "seizures drawn anew", 300, partial(ranks, resample="seizures"), level=0.9),
    Scenario("gtric_ranks", "reporters drawn anew", 300, partial(ranks, resample="reporters"), level=0.9),
    *(Scenario("fractional_logit", f"{products} products over 5 years, by product, {word}", 400,
               partial(cells, products=products, by_product=True, between=between))
      for products, between, word in ((30, False, "years"), (30, True, "kinds"))),
    Scenario("fractional_logit", "10 products over 5 years, by product, kinds", 400,
             partial(cells, products=10, by_product=True, between=True), False),
    Scenario("fractional_logit", "30 products over 5 years, by row, kinds", 400,
             partial(cells, products=30, by_product=False, between=True), False),
)  # fmt: skip
