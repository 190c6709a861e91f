"""Seconds of `interval_regression` beside lifelines and R's survreg, in one run, as ratios.

    python benchmarks/interval_regression.py [ROWS ...]

Rows are simulated with ten columns: a quarter each exact, censored on the left, on the right, and between two ends.
By default 2,000 and 100,000 rows; lifelines is asked up to 5,000. A time is the least of five (lifelines: one);
survreg's is of the call alone, without the start of R. lifelines (`pip install lifelines`) and Rscript with the
package survival are used if they are there. The last columns are the largest differences of coefficients and
log-likelihoods from ours.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from tabulate import tabulate

from analysis.models import interval_regression

ROWS, COLUMNS, MOST_OF_LIFELINES = (2_000, 100_000), 10, 5_000
DISTS = ("lognormal", "weibull", "loglogistic")
SURVREG = """
suppressMessages(library(survival))
given <- commandArgs(TRUE); d <- read.csv(given[1]); X <- as.matrix(d[, -(1:2)])
S <- Surv(d$low, d$high, type = "interval2")
best <- Inf
for (i in 1:5) {
  took <- system.time(f <- survreg(S ~ X, dist = given[2], control = survreg.control(rel.tolerance = 1e-11)))
  best <- min(best, took[["elapsed"]])
}
cat(sprintf("%.10g", c(best, f$loglik[2], coef(f))))
"""


def simulated(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ends and columns of n rows."""
    rng = np.random.default_rng(n)
    x = rng.normal(size=(n, COLUMNS))
    t = np.exp(1 + x @ np.linspace(-0.5, 0.5, COLUMNS) + rng.normal(size=n))
    kind = np.arange(n) % 4
    low = np.select([kind == 1, kind == 2, kind == 3], [0, t * 0.6, t * 0.7], t)
    high = np.select([kind == 1, kind == 2, kind == 3], [t * 1.5, np.inf, t * 1.4], t)
    return low, high, x


def ours(low, high, x, dist):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        fit = interval_regression(low, high, x, dist)
        times.append(time.perf_counter() - start)
    return min(times), fit.loglik, fit.coefficients["estimate"].to_numpy()


def lifelines(low, high, x, dist):
    package = importlib.import_module("lifelines")

    fitter, location = {
        "lognormal": (package.LogNormalAFTFitter, "mu_"),
        "weibull": (package.WeibullAFTFitter, "lambda_"),
        "loglogistic": (package.LogLogisticAFTFitter, "alpha_"),
    }[dist]
    names = [f"x{k + 1}" for k in range(COLUMNS)]
    frame = pd.DataFrame(x, columns=names).assign(low=np.maximum(low, 1e-10), high=high)
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = fitter().fit_interval_censoring(frame, "low", "high")
    took = time.perf_counter() - start
    return took, fit.log_likelihood_, fit.params_[location][["Intercept", *names]].to_numpy()


def survreg(low, high, x, dist):
    with tempfile.TemporaryDirectory() as folder:
        rows, script = Path(folder, "rows.csv"), Path(folder, "fit.R")
        frame = pd.DataFrame(x).assign(
            low=np.where(low == 0, np.nan, low), high=np.where(high == np.inf, np.nan, high)
        )
        frame[["low", "high", *range(COLUMNS)]].to_csv(rows, index=False)
        script.write_text(SURVREG, encoding="utf-8")
        done = subprocess.run(["Rscript", script, rows, dist], capture_output=True, text=True, check=True)
    took, loglik, *coefficients = map(float, done.stdout.replace("\n", " ").split())
    return took, loglik, np.array(coefficients)


def rivals() -> dict[str, object]:
    """Return the programs that are there; say in a sentence which are not."""
    found: dict[str, object] = {}
    if importlib.util.find_spec("lifelines"):
        found["lifelines"] = lifelines
    else:
        print("lifelines is not installed, so it is left out (pip install lifelines).")
    has_r = shutil.which("Rscript") is not None
    if has_r and subprocess.run(["Rscript", "-e", "library(survival)"], capture_output=True).returncode == 0:
        found["survreg"] = survreg
    else:
        print("Rscript with the package survival is not installed, so survreg is left out.")
    return found


def main(sizes: list[int]) -> None:
    programs, table = rivals(), []
    for n in sizes:
        low, high, x = simulated(n)
        for dist in DISTS:
            took, loglik, estimates = ours(low, high, x, dist)
            table.append([n, dist, "ours", took, 1.0, 0.0, 0.0])
            for name, run in programs.items():
                if name == "lifelines" and n > MOST_OF_LIFELINES:
                    continue
                other, other_loglik, others = run(low, high, x, dist)
                gap = float(np.abs(others - estimates).max())
                table.append([n, dist, name, other, other / took, gap, abs(other_loglik - loglik)])
    head = ["rows", "dist", "program", "seconds", "times ours", "coefficients", "loglik"]
    print(tabulate(table, headers=head, floatfmt=("", "", "", ".4f", ".2f", ".1e", ".1e")))


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or list(ROWS))
