"""Seconds for many fits of short series: the batched engine against a loop over statsmodels, in one run.

    python benchmarks/multiverse_engine.py [--all] [--fits N] [--loop N]

10,000 segmented regressions of 25 points on four columns, least squares with Newey-West errors and quasi-Poisson.
The loop is timed on its first 1,000 fits and scaled up; `--all` runs it over every one. Each engine is timed as the
best of three, after one run that warms it up. The aim is a ratio of 30. Set OMP_NUM_THREADS=1 for steady times.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import statsmodels.api as sm
from tabulate import tabulate

from analysis.models.batched import Fits, least_squares, poisson

POINTS, LAGS = 25, 2


def simulate(fits: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return logs (F, n), counts (F, n) and designs (F, n, 4) of series with an event at a random year."""
    rng = np.random.default_rng(0)
    years = np.arange(1, POINTS + 1)
    at = rng.integers(7, 19, fits)[:, None]
    step = (years >= at).astype(float)
    design = np.stack(
        [np.ones_like(step), np.broadcast_to(years, step.shape), step, step * (years - at)], axis=2
    )
    logs = 4 + 0.03 * (years - 13) - 0.1 * step + 0.2 * rng.standard_normal((fits, POINTS))
    return logs, rng.poisson(np.exp(logs)).astype(float), design


def loop_least_squares(y: np.ndarray, design: np.ndarray) -> np.ndarray:
    """Return coefficients and standard errors (F, 2, p), one statsmodels fit after the other."""
    options = {"maxlags": LAGS, "use_correction": True}
    fits = (sm.OLS(a, b).fit(cov_type="HAC", cov_kwds=options) for a, b in zip(y, design, strict=True))
    return np.array([(fit.params, fit.bse) for fit in fits])


def loop_quasi_poisson(y: np.ndarray, design: np.ndarray) -> np.ndarray:
    """Return coefficients and standard errors (F, 2, p), one statsmodels fit after the other."""
    family = sm.families.Poisson()
    fits = (sm.GLM(a, b, family=family).fit(scale="X2", tol=1e-12) for a, b in zip(y, design, strict=True))
    return np.array([(fit.params, fit.bse) for fit in fits])


def seconds(call: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the best of `times` runs, and what the last one gave."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - start)
    return best, result


def apart(batch: Fits, loop: np.ndarray) -> float:
    """Return the greatest difference, coefficients in standard errors and standard errors relatively."""
    n = len(loop)
    coefficients = np.abs(batch.beta[:n] - loop[:, 0]) / loop[:, 1]
    return float(max(coefficients.max(), np.abs(batch.se[:n] / loop[:, 1] - 1).max()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fits", type=int, default=10_000)
    parser.add_argument("--loop", type=int, default=1_000, help="fits the loop is timed on")
    parser.add_argument("--all", action="store_true", help="time the loop on every fit")
    given = parser.parse_args()
    looped = given.fits if given.all else min(given.loop, given.fits)
    logs, counts, design = simulate(given.fits)
    pairs = {
        "least squares, HAC": (
            lambda: least_squares(logs, design, errors="hac", lags=LAGS),
            lambda: loop_least_squares(logs[:looped], design[:looped]),
        ),
        "quasi-Poisson": (
            lambda: poisson(counts, design, errors="quasi"),
            lambda: loop_quasi_poisson(counts[:looped], design[:looped]),
        ),
    }
    rows = []
    for name, (batch, loop) in pairs.items():
        batch()
        fast, fits = seconds(batch, 3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            slow, reference = seconds(loop, 1)
        slow *= given.fits / looped
        rows.append(
            (name, f"{fast:.3f}", f"{slow:.2f}", f"{slow / fast:.0f}", f"{apart(fits, reference):.1e}")
        )
    how = "on every fit" if looped == given.fits else f"on {looped:,} fits and scaled up"
    print(f"{given.fits:,} fits of {POINTS} points; the loop over statsmodels timed {how}.")
    print(tabulate(rows, headers=("model", "batched, s", "loop, s", "ratio", "greatest difference")))


if __name__ == "__main__":
    main()
