"""Time and memory of `reconstruct` against the number of readings and of months.

    python benchmarks/reconstruction.py [READINGS,MONTHS ...]

Each cell of the table is one process: seconds for the fit with its yearly, monthly and quarterly tables, for the
residuals and conflicts, for 100 draws, and peak memory. Readings are windows of 1 to 36 months, a tenth of them
growth rates, three to a release, of a random walk that is known. A size is called practical where the fit takes
at most a minute and 2 GB; sizes beyond one that is not practical are not tried, and the last line says where
that is.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from tabulate import tabulate

READINGS, MONTHS = (10, 60, 200, 1_000, 3_000, 10_000), (60, 300, 1_000, 3_000)
MOST_SECONDS, MOST_MEGABYTES = 60.0, 2_048.0
PATIENCE = 240.0  # seconds after which a process is stopped
MEASURE = """
import resource, sys, time
sys.path.insert(0, sys.argv[3])
from reconstruction import simulated
from analysis.series import reconstruct
n, months = int(sys.argv[1]), int(sys.argv[2])
reconstruct(simulated(10, 60)).yearly
readings = simulated(n, months)
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
times = [time.perf_counter()]
found = reconstruct(readings); found.yearly, found.monthly, found.quarterly; times.append(time.perf_counter())
print(times[-1] - times[-2], peak(), len(found.points), flush=True)
found.residuals, found.conflicts; times.append(time.perf_counter())
print(times[-1] - times[-2], flush=True)
found.draws(100); times.append(time.perf_counter())
print(times[-1] - times[-2], peak(), flush=True)
"""


def simulated(n: int, months: int, seed: int = 0) -> pd.DataFrame:
    """Return n readings over a number of months of a walk of 8 percent a month from 1900 on."""
    rng = np.random.default_rng(seed)
    periods = pd.period_range("1900-01", periods=months, freq="M")
    totals = np.exp(np.clip(np.cumsum(rng.normal(0, 0.08, months)), -4, 4) + 5) * periods.days_in_month
    running = np.concatenate([[0.0], np.cumsum(totals)])
    length = np.minimum(rng.choice([1, 3, 6, 11, 12, 12, 12, 24, 36], n), months)
    first = (rng.random(n) * (months - length + 1)).astype(int)
    value = running[first + length] - running[first]
    grown = (np.arange(n) % 10 == 9) & (first >= 12) & (length <= 12)
    before = running[np.maximum(first - 12, 0) + length] - running[np.maximum(first - 12, 0)]
    step = 10.0 ** np.maximum(np.floor(np.log10(value)) - 2, 0)
    return pd.DataFrame(
        {
            "reading_id": [f"r{i}" for i in range(n)],
            "value": np.where(grown, np.round(100 * (value / before - 1), 1), np.floor(value / step) * step),
            "unit": np.where(grown, "percent", "case"),
            "hedge": np.where(grown | (np.arange(n) % 2 == 0), "exact", "more_than"),
            "printed_step": np.where(grown, 0.1, step),
            "kind": np.where(grown, "change", "flow"),
            "window_start": periods.start_time[first],
            "window_end": periods.end_time[first + length - 1].normalize(),
            "source_id": [f"s{i // 3}" for i in range(n)],
        }
    )


def measure(n: int, months: int) -> list[float]:
    """Return seconds and megabytes of the fit, grid points, seconds of residuals, seconds and peak of draws.

    What a process that was stopped did not reach is missing at the end.
    """
    command = [sys.executable, "-c", MEASURE, str(n), str(months), str(Path(__file__).parent)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
    except subprocess.TimeoutExpired as stopped:
        done = stopped.stdout.decode() if stopped.stdout else ""
    return [float(word) for word in done.split()]


def practical(found: list[float]) -> bool:
    """Tell whether a fit ended within the limits."""
    return len(found) > 1 and found[0] <= MOST_SECONDS and found[1] <= MOST_MEGABYTES


def shown(n: int, months: int, found: list[float]) -> list[str]:
    """Return one row of the table; what was not reached in time is said."""
    late = f"> {PATIENCE:.0f}"
    cells = [f"{value:,.2f}" if at not in (1, 2, 5) else f"{value:,.0f}" for at, value in enumerate(found)]
    cells += [late] * (6 - len(cells))
    peak = cells[5] if len(found) == 6 else "-"
    return [f"{n:,}", f"{months:,}", cells[0], cells[1], cells[2], cells[3], cells[4], peak]


def main() -> None:
    """Print the table and where it stops being practical."""
    sizes = [tuple(int(part) for part in word.split(",")) for word in sys.argv[1:]]
    rows, lost = [], []
    for n, months in sizes or [(n, months) for months in MONTHS for n in READINGS]:
        if any(n >= many and months >= long for many, long in lost):
            rows.append([f"{n:,}", f"{months:,}", *["not tried"] * 6])
            continue
        found = measure(n, months)
        rows.append(shown(n, months, found))
        if not practical(found):
            lost.append((n, months))
    heads = ("readings", "months", "fit, s", "fit, MB", "points", "residuals, s", "100 draws, s", "peak, MB")
    print(tabulate(rows, headers=heads, disable_numparse=True, colalign=["right"] * len(heads)))
    ends = "; ".join(f"{n:,} readings over {months:,} months" for n, months in lost)
    print(
        f"\nBeyond {MOST_SECONDS:.0f} s or {MOST_MEGABYTES / 1024:.0f} GB for one fit: "
        f"{ends or 'none of these sizes'}."
    )


if __name__ == "__main__":
    main()
