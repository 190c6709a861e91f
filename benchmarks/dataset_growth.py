"""Time and memory of loading and validating against the number of rows.

    python benchmarks/dataset_growth.py [TIMES ...]

Copies the tables with every row repeated under new ids and prints, for each multiple, seconds for `load` and
`validate`, peak memory, and the ratio to the tables as they are. The named alternative is linear growth: a
ratio of 100 for 100 times the rows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from tabulate import tabulate

from analysis.dataset.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
MEASURE = """
import resource, sys, time
import analysis
from analysis.dataset.validate import validate
start = time.perf_counter(); data = analysis.load(sys.argv[1]); loaded = time.perf_counter()
validate(sys.argv[1]); done = time.perf_counter()  # copies break the rules on what may not stand twice
print(sum(len(data.table(name)) for name in %TABLES%), loaded - start, done - loaded,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
""".replace("%TABLES%", repr(list(TABLES)))


def enlarge(target: Path, times: int) -> None:
    """Write the tables into `target` with every row `times` times; ids and references get a suffix."""
    for name, table in TABLES.items():
        frame = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype="str", keep_default_na=False)
        keys = [field for field in table.fields if field.refers_to or field.name == table.id]
        copies = []
        for copy in range(times):
            one = frame.copy()
            for field in keys if copy else ():
                one[field.name] = one[field.name].map(
                    lambda cell, c=copy: (
                        ";".join(f"{part}.x{c}" for part in cell.split(";")) if cell else cell
                    )
                )
            copies.append(one)
        pd.concat(copies).sort_values(table.id).to_csv(
            target / f"{name}.csv", index=False, lineterminator="\n"
        )
    (target / "datapackage.json").write_bytes((ROOT / "data" / "datapackage.json").read_bytes())


def measure(times: int) -> tuple[int, float, float, float]:
    """Return rows, seconds to load, seconds to validate and peak megabytes for `times` times the rows."""
    with tempfile.TemporaryDirectory() as place:
        enlarge(Path(place), times)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, place], capture_output=True, text=True, check=True
        )
    rows, load, check, memory = done.stdout.split()
    return int(rows), float(load), float(check), float(memory)


def main() -> None:
    """Print the table."""
    multiples = [int(word) for word in sys.argv[1:]] or [1, 10, 100]
    found = {times: measure(times) for times in multiples}
    base = found[multiples[0]]
    rows = [
        (
            times,
            f"{n:,}",
            f"{load:.2f}",
            f"{check:.2f}",
            f"{memory:,.0f}",
            f"{(load + check) / (base[1] + base[2]):.1f}",
        )
        for times, (n, load, check, memory) in found.items()
    ]
    print(
        tabulate(
            rows, headers=("times", "rows", "load, s", "validate, s", "peak, MB", "time, ratio to first")
        )
    )


if __name__ == "__main__":
    main()
