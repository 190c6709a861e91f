"""The small-sample test: how often it rejects a true null, what it can see, and whether growth is covered.

    python -m studies.small_sample                makes the table (a minute)
    python -m studies.small_sample --sample 6     does the first cells again, and compares
    python -m studies.small_sample --sample 6 --stamp     and notes today's code if they agree

Series of 8 to 25 points have AR(1) errors of unit variance at rho 0 to 0.95, or are a random walk (rho 1, shocks of
half a unit: about what a series at rho 0.9 moves by). One row a cell of what, n and rho:

    step                a step at the middle of a trend, tested by the integrated contrast; share rejected at 5%
    window              the same with three points from the step on, as the primary estimand has it
    step+ramp           step and ramp at the middle: the mean over the first three points
    step, counts        as step, the grid of rho from 0 on, as counts of enforcement are tested
    step+ramp, counts   the same of step+ramp
    power               as step, with an effect of +65% where the residual standard deviation is 0.25
    power, step+ramp    the same of step+ramp, the effect a step
    trend               no step: the share of intervals of growth that hold the truth

with its Monte Carlo error. Each cell has its own generator, seeded by its name. Tests are those that
`analysis.models.calibration` holds to their size; growth is covered by the plain mixture.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.integrated import LOWEST, UNIT_ROOT, integrated_fit
from analysis.models.trend import UNIT_ROOT as TREND_UNIT_ROOT
from analysis.publish.studies import study
from studies.common import compared, generator, made_by, on_both_cores, parser, write_meta, write_table

Array = NDArray[np.float64]
Cell = tuple[str, int, float]

NAME, SEED, SAMPLE, COUNT = "small_sample", 0, 6, 6000
LENGTHS = (8, 9, 10, 12, 14, 17, 20, 25)
TREND_LENGTHS = (8, 10, 12, 14, 17, 21)
RHOS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
WALK = 0.5
EFFECT, SD, LEVEL = np.log(1.65), 0.25, 0.95
KINDS = ("step", "window", "step+ramp", "step, counts", "step+ramp, counts", "power", "power, step+ramp")


def cells() -> Iterator[Cell]:
    """Yield every cell: what, n, rho."""
    for what in KINDS:
        yield from ((what, n, rho) for n in LENGTHS for rho in RHOS)
    yield from (("trend", n, rho) for n in TREND_LENGTHS for rho in RHOS)


def errors(n: int, rho: float, count: int, rng: np.random.Generator) -> Array:
    """Return series (count, n) of unit variance at this rho, or random walks."""
    shocks = rng.standard_normal((count, n))
    if rho == 1:
        return WALK * shocks.cumsum(axis=1)
    for t in range(1, n):
        shocks[:, t] = rho * shocks[:, t - 1] + np.sqrt(1 - rho**2) * shocks[:, t]
    return shocks


def design(what: str, n: int) -> tuple[Array, Array]:
    """Return the columns of a cell (n, p) and the tested contrast (p)."""
    time = np.arange(n, dtype=float)
    if what == "trend":
        return np.column_stack([np.ones(n), time]), np.array([0.0, 1.0])
    start = n - 3 if what == "window" else n // 2
    step = (time >= start).astype(float)
    if "ramp" in what:
        columns = [np.ones(n), time, step, step * (time - start)]
        return np.column_stack(columns), np.array([0.0, 0.0, 1.0, 1.0])
    return np.column_stack([np.ones(n), time, step]), np.array([0.0, 0.0, 1.0])


def run_cell(what: str, n: int, rho: float, count: int = COUNT) -> dict[str, object]:
    """Return one row of the table."""
    columns, contrast = design(what, n)
    series = SD * errors(n, rho, count, generator(SEED, what, n, str(rho)))
    if "power" in what:
        series = series + EFFECT * columns[:, 2]
    fit = integrated_fit(
        series,
        columns,
        np.ones(n - 1),
        lowest=0.0 if "counts" in what else LOWEST,
        unit_root=TREND_UNIT_ROOT if what == "trend" else UNIT_ROOT,
    )
    mixture = fit.mixture(contrast[None]) if what == "trend" else fit.tested(contrast[None])
    p = mixture.two_sided()  # an interval holds zero where p is 5% or more
    rejected = float(np.mean(p < 1 - LEVEL))
    share = 1 - rejected if what == "trend" else rejected
    return {
        "what": what,
        "n": n,
        "rho": rho,
        "share": share,
        "mc_error": np.sqrt(share * (1 - share) / count),
    }


def run(chosen: list[Cell] | None = None) -> pd.DataFrame:
    """Return the rows of the cells, by default of all."""
    return pd.DataFrame(on_both_cores(run_cell, list(cells()) if chosen is None else chosen, NAME))


def compare(n: int) -> list[str]:
    """Make the first n cells again; return a sentence for each that differs from the stored one."""
    stored = study(NAME).table.head(n)
    fresh = run(list(cells())[:n])
    differs = ~np.isclose(stored["share"], fresh["share"], atol=1.5 / COUNT)
    return [
        f"{what}, n {length}, rho {rho}: {new}, stored is {old}"
        for (what, length, rho, old), new in zip(
            stored.loc[differs, ["what", "n", "rho", "share"]].to_numpy(),
            fresh.loc[differs, "share"],
            strict=True,
        )
    ]


def main() -> int:
    """Run the study, or a sample of it."""
    options = parser("Size, power and coverage of the small-sample test.", "cells", SAMPLE).parse_args()
    if options.sample:
        stamped = options.stamp and options.sample >= SAMPLE
        return compared(NAME, compare(options.sample), stamped=stamped, file=__file__)
    code = made_by(__file__)
    table = run()
    write_table(NAME, table)
    write_meta(NAME, code=code, seed=SEED, n=COUNT)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
