"""Known truth for the estimators of values, tails, places, shares and chains: bias and coverage, with their errors.

    python -m studies.estimators                     makes the table (two minutes)
    python -m studies.estimators --sample 6          makes so many scenarios again, and compares
    python -m studies.estimators --sample 6 --stamp  and notes today's code if they agree

One row a scenario and what is estimated in it: `bias` (estimate less truth) and `coverage`, the share of intervals that
hold the truth, with `bias_error` and `coverage_error`, their Monte Carlo standard errors; the mean `width`; and `rms`,
the root mean square error over that of the plain estimate, where there is one to beat. Bounds and tests have no
estimate, so no bias; the coverage of a test is how often a true hypothesis is kept. Where an interval is not meant to
cover (`holds` is False) the row says by how much it falls short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from analysis.publish.studies import study
from studies.common import compared, generator, made_by, parser, write_meta, write_table
from studies.known_truth import chains, places, shares, tails, unequal, values
from studies.known_truth.runs import Runs, Scenario

NAME, SEED, SAMPLE, DIGITS = "estimators", 14, 6, 4
SCENARIOS: tuple[Scenario, ...] = (
    *values.SCENARIOS, *tails.SCENARIOS, *unequal.SCENARIOS, *places.SCENARIOS, *shares.SCENARIOS, *chains.SCENARIOS,
)  # fmt: skip
KEYS = ["estimator", "scenario", "what"]


def quick(count: int) -> list[Scenario]:
    """Return so many scenarios of different estimators, those of the fewest seconds first."""
    first = {one.estimator: one for one in reversed(SCENARIOS)}
    return [first[name] for name in QUICK[:count]]


QUICK = ("corrected_prevalence", "location_quotient", "detection_yield", "crossing", "expected_penalty", "power_law",
         "truncated_lognormal", "count_ratio", "interval_regression")  # fmt: skip


def rows(scenarios: Iterable[Scenario] = SCENARIOS) -> Iterator[dict[str, object]]:
    """Yield a row a scenario and what is estimated."""
    for one in scenarios:
        rng = generator(SEED, one.estimator, one.words)
        for what, found in one.simulate(rng, one.runs, one.level).items():
            about = {"estimator": one.estimator, "scenario": one.words, "what": what}
            size = {"holds": one.holds, "level": one.level, "runs": one.runs}
            yield {**about, **size, **measured(found)}


def measured(found: Runs) -> dict[str, float]:
    """Return bias, coverage, width and the gain over a plain estimate; errors are those of runs."""
    away = (found.estimate - found.truth).reshape(len(found.estimate), -1)
    inside = ((found.lower <= found.truth) & (found.truth <= found.upper)).reshape(len(found.lower), -1)
    held = inside.all(1) if found.together else inside.mean(1)
    bias, root = away.mean(1), np.sqrt(len(held))
    width = found.upper - found.lower
    gain = np.nan
    if found.raw is not None:
        gain = float(np.sqrt((away**2).mean() / ((found.raw - found.truth) ** 2).mean()))
    return {
        "bias": float(bias.mean()),
        "bias_error": float(bias.std(ddof=1) / root),
        "coverage": float(held.mean()),
        "coverage_error": float(held.std(ddof=1) / root),
        "width": float(width[np.isfinite(width)].mean()),
        "rms": gain,
    }


def compare(count: int) -> list[str]:
    """Make some scenarios again; return a sentence for each number that differs from the stored one."""
    stored = study(NAME).table.set_index(KEYS)
    differences = []
    for row in rows(quick(count)):
        key = tuple(row[name] for name in KEYS)
        for name in ("coverage", "width"):
            old, new = float(stored.loc[key, name]), float(str(row[name]))
            if abs(new - old) > 1e-3 * max(1.0, abs(old)):
                differences.append(f"{', '.join(map(str, key))}: {name} {new:.4g}, stored is {old:.4g}")
    return differences


def main() -> int:
    """Run the study, or a sample of it."""
    options = parser(
        "Bias and coverage of every estimator of samples and cases.", "scenarios", SAMPLE
    ).parse_args()
    if options.sample:
        stamped = options.stamp and options.sample >= SAMPLE
        return compared(NAME, compare(options.sample), stamped=stamped, file=__file__)
    code = made_by(__file__)
    table = pd.DataFrame(rows())
    write_table(NAME, table, digits=DIGITS)
    write_meta(NAME, code=code, seed=SEED, n=int(table["runs"].sum()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
