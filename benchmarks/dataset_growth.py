"""Time and memory of loading, validating and reconstructing against the number of rows.

    python benchmarks/dataset_growth.py [TIMES ...]

Repeats every row under new ids, as the rows of other places would be: the copies of a series take the copies of its
readings and no others, and break no rule. Prints for each multiple the processor's seconds for `load`, for all that
`python -m analysis validate` asks, and for the reconstruction of the same few series, the peak memory, and the ratio
to the tables as they are. The named alternative is linear growth: a ratio of 100 for 100 times the rows; a
reconstruction takes the rows of its series, so that only finding them may grow.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from tabulate import tabulate

import analysis
from analysis.dataset.dimensions import TO_READINGS
from analysis.dataset.schema import Table
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from analysis.series.memberships import memberships

ROOT = Path(__file__).resolve().parents[1]
MEASURE = """
import resource, sys, time
import analysis
from analysis.dataset.validate import validate
from analysis.readings.agreement import unexplained
from analysis.series import reconstruct
from analysis.series.material import material
from analysis.series.memberships import outdated
clock = time.process_time
start = clock(); data = analysis.load(sys.argv[1]); loaded = clock()
found = validate(sys.argv[1], more=[unexplained, outdated]); checked = clock()
other = [one for one in found if one.table != "datapackage"]  # the version is that of the tables as they are
assert not other, other[:3]
for name in ("mps-cases-solved", "jp-cases"):
    reconstruct(material(data, name))
print(sum(len(data.table(name)) for name in %TABLES%), loaded - start, checked - loaded, clock() - checked,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
""".replace("%TABLES%", repr(list(TABLES)))


def enlarge(target: Path, times: int) -> None:
    """Write the tables into `target` with every row `times` times."""
    for name, table in {**TABLES, **BESIDE}.items():
        if name == "readings_series":
            continue
        frame = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype="str", keep_default_na=False)
        count = 1 if name == "versions" else times
        copies = pd.concat([_copied(table, frame, f"x{n}") if n else frame for n in range(count)])
        copies.sort_values(table.id).to_csv(target / f"{name}.csv", index=False, lineterminator="\n")
    (target / "datapackage.json").write_bytes((ROOT / "data" / "datapackage.json").read_bytes())
    empty = pd.DataFrame(columns=TABLES["readings_series"].columns)
    empty.to_csv(target / "readings_series.csv", index=False, lineterminator="\n")
    links = memberships(analysis.load(target))
    links.to_csv(target / "readings_series.csv", index=False, lineterminator="\n")


def _copied(table: Table, frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Return the rows of one copy: ids and references marked, and what else may not stand twice."""
    one = frame.copy()
    for field in table.fields:
        if field.refers_to or (field.name == table.id and table.name not in ("conflicts", "forecasts")):
            one[field.name] = _each(one[field.name], field.joint or ";", lambda part: f"{part}.{mark}")
    if table.name == "readings":
        kinds = "|".join(TO_READINGS)
        one["relation"] = one["relation"].str.replace(rf"^((?:{kinds}):.*)$", rf"\1.{mark}", regex=True)
    if table.name in ("readings", "scopes"):
        one["detail"] = one["detail"].map(lambda cell: f"{cell};{mark}".lstrip(";"))
    if table.name == "series":
        one["detail"] = _each(one["detail"], "|", lambda word: mark if word == "-" else f"{word};{mark}")
    if table.name == "sources":
        one["url"] = one["url"].map(lambda cell: cell and f"{cell.partition('#')[0]}/{mark}")
    if table.name == "measures":
        one["issuer"] = _each(one["issuer"], ";", lambda issuer: f"{issuer} {mark}")
    if table.name == "conflicts":
        one["conflict_id"] = one["reading_a"] + ".vs." + one["reading_b"]
    if table.name == "forecasts":
        one["forecast_id"] = one[["version", "series_id", "period", "method"]].agg("-".join, axis=1)
    return one


def _each(cells: pd.Series, joint: str, marked) -> pd.Series:
    """Return lists with each part marked."""
    return cells.map(lambda cell: joint.join(map(marked, cell.split(joint))) if cell else cell)


def measure(times: int) -> tuple[int, float, float, float, float]:
    """Return rows, seconds to load, to validate and to reconstruct, and peak megabytes for `times` times the rows."""
    with tempfile.TemporaryDirectory() as place:
        enlarge(Path(place), times)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, place], stdout=subprocess.PIPE, text=True, check=True
        )
    rows, load, check, made, memory = done.stdout.split()
    return int(rows), float(load), float(check), float(made), float(memory)


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
            f"{made:.2f}",
            f"{memory:,.0f}",
            f"{(load + check) / (base[1] + base[2]):.1f}",
        )
        for times, (n, load, check, made, memory) in found.items()
    ]
    heads = (
        "times",
        "rows",
        "load, s",
        "validate, s",
        "reconstruct, s",
        "peak, MB",
        "load and validate, ratio",
    )
    print(tabulate(rows, headers=heads))


if __name__ == "__main__":
    main()
