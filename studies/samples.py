"""Known truth for the estimators of samples and funnels: bias and coverage, each with its Monte Carlo error.

    python -m studies.samples                makes the table (a minute)
    python -m studies.samples --sample       makes the first scenario of each estimator again, and compares

One row a scenario: `bias` (estimate less truth) and `coverage` of the interval, with `bias_error` and `coverage_error`,
their Monte Carlo standard errors, and the mean `width`. `market_bounds` has no estimate, so no bias: its bounds must
hold the truth at least as often as they say, and they are checked where the true lift is the worst that they allow.
The truth of `conversion` is the share itself; its draws are those of an observer who knows how wrong the counts are.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models import conversion, corrected_prevalence, market_bounds
from studies.common import generator, made_by, write_meta, write_table

NAME, SEED, RUNS, DIGITS = "samples", 14, 4000, 4
LEVEL, DRAWS = 0.95, 400
Array = NDArray[np.float64]
Runs = tuple[Array, Array, Array, float]  # estimates, lower, upper, truth
COLUMNS = (
    "estimator",
    "scenario",
    "level",
    "runs",
    "bias",
    "bias_error",
    "coverage",
    "coverage_error",
    "width",
)

# Items, true share, sensitivity, specificity, known items that both were estimated from (0: both are known).
TESTS = (
    (50, 0.4, 0.95, 0.95, 0),
    (200, 0.1, 0.9, 0.98, 0),
    (200, 0.1, 0.9, 0.98, 100),
    (1000, 0.02, 0.8, 0.99, 300),
)
# Buys, market's share, true lift, lift as known, fraction of the market that the target holds.
AIMS = ((50, 0.1, 2.0, (1.0, 4.0), 0.25), (50, 0.1, 4.0, (1.0, 4.0), 0.25), (400, 0.2, 1.0, (1.0, 3.0), 0.0))
# Years, share passed on, weights of the lag, sd of the log error of both counts.
FLOWS = ((6, 0.6, (1.0,), 0.02), (6, 0.6, (0.7, 0.3), 0.05), (10, 0.35, (0.7, 0.3), 0.15))


def corrected(rng: np.random.Generator, runs: int, case: tuple[int, float, float, float, int]) -> Runs:
    """Simulate an imperfect test of n items."""
    n, share, se, sp, known = case
    k = rng.binomial(n, share * se + (1 - share) * (1 - sp), runs)
    if not known:
        found = corrected_prevalence(k, n, se, sp)
        return found["raw"].to_numpy(), found["lower"].to_numpy(), found["upper"].to_numpy(), share
    seen_se, seen_sp = rng.binomial(known, se, runs) / known, rng.binomial(known, sp, runs) / known
    found = corrected_prevalence(k, n, seen_se, seen_sp, n_sensitivity=known, n_specificity=known)
    return found["raw"].to_numpy(), found["lower"].to_numpy(), found["upper"].to_numpy(), share


def aimed(
    rng: np.random.Generator, runs: int, case: tuple[int, float, float, tuple[float, float], float]
) -> Runs:
    """Simulate buys in a target where fakes are `lift` times as common as in the market."""
    n, share, lift, known, target = case
    k = rng.binomial(n, share * lift, runs)
    bounds = {int(one): market_bounds(int(one), n, lift=known, target_share=target) for one in np.unique(k)}
    ends = np.array([(bounds[int(one)].lower, bounds[int(one)].upper) for one in k])
    return np.full(runs, np.nan), ends[:, 0], ends[:, 1], share


def flowing(rng: np.random.Generator, runs: int, case: tuple[int, float, tuple[float, ...], float]) -> Runs:
    """Simulate two stages whose counts are wrong by a known spread, and an observer's draws of both."""
    years, share, lag, spread = case
    found = np.empty((runs, 3))
    for run in range(runs):
        entered = 1000 * np.exp(np.cumsum(rng.normal(0.05, 0.1, years)))
        due = sum(weight * np.r_[np.full(k, np.nan), entered[: years - k]] for k, weight in enumerate(lag))
        left = np.where(np.isnan(due), share * entered, share * due)
        seen = [stage * np.exp(rng.normal(0, spread, years)) for stage in (entered, left)]
        draws = [stage * np.exp(rng.normal(0, spread, (DRAWS, years))) for stage in seen]
        one = conversion(*draws, lag=lag, level=LEVEL)
        found[run] = one.estimate[-1], one.lower[-1], one.upper[-1]
    return found[:, 0], found[:, 1], found[:, 2], share


TASKS: dict[str, tuple[Callable[..., Runs], tuple[tuple[object, ...], ...], int]] = {
    "corrected_prevalence": (corrected, TESTS, RUNS),
    "market_bounds": (aimed, AIMS, RUNS),
    "conversion": (flowing, FLOWS, RUNS // 4),
}


def rows(first_only: bool = False) -> Iterator[dict[str, object]]:
    """Yield a row a scenario."""
    for name, (task, cases, runs) in TASKS.items():
        for case in cases[:1] if first_only else cases:
            scenario = " ".join(str(part).replace(" ", "") for part in case)
            estimate, lower, upper, truth = task(generator(SEED, name, scenario), runs, case)
            covered = float(((lower <= truth) & (truth <= upper)).mean())
            away = estimate - truth
            yield dict(
                zip(
                    COLUMNS,
                    (
                        name, scenario, LEVEL, runs, away.mean(), away.std(ddof=1) / runs**0.5, covered,
                        (covered * (1 - covered) / runs) ** 0.5, float((upper - lower).mean()),
                    ),
                    strict=True,
                )
            )  # fmt: skip


def main() -> int:
    """Run the study, or compare its first scenarios with the stored ones."""
    parser = argparse.ArgumentParser(
        description="Bias and coverage of the estimators of samples and funnels."
    )
    parser.add_argument("--sample", action="store_true", help="make the first scenarios again and compare")
    if parser.parse_args().sample:
        from analysis.publish.studies import study

        stored = study(NAME).table.set_index(["estimator", "scenario"])["coverage"]
        wrong = [row for row in rows(first_only=True)
                 if abs(float(str(row["coverage"])) - stored[row["estimator"], row["scenario"]]) > 1e-3]  # fmt: skip
        print("\n".join(map(str, wrong)) or "The sample agrees with the stored one.")
        return int(bool(wrong))
    code = made_by(__file__)
    write_table(NAME, pd.DataFrame(rows(), columns=list(COLUMNS)), digits=DIGITS)
    write_meta(NAME, code=code, seed=SEED, n=RUNS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
