"""What simulations say of the test: its size, its power and the coverage of intervals, each beside what it promises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.publish.studies import TABLES, study
from analysis.publish.tables import HtmlTable, table
from analysis.rounding import written

# Of a study: the columns that the table needs.
NEEDED = {
    "small_sample": "what n rho share",
    "chain": "grouping group effect series rejected adjusted covered ols_rejected hac_rejected",
    "reconstruction": "kind group method series coverage",
}
NOMINAL, BAND = "5%", "90%"
SEEN = 0.65  # the change of the power study, as its code has it
SIZES = {
    "rejected": "the ledger's test",
    "ols_rejected": "least squares",
    "hac_rejected": "least squares, Newey-West",
}


def rows_of(name: str, folder: Path = TABLES) -> pd.DataFrame:
    """Return the table of a study.

    Raises
    ------
    InputError
        If the study was not run, or its table lacks a column.
    """
    found = study(name, folder).table
    if missing := [column for column in NEEDED[name].split() if column not in found.columns]:
        raise InputError(f"{name}.csv lacks {', '.join(missing)}; run `make studies`.")
    return found


def chain(grouping: str, effect: float, folder: Path = TABLES) -> pd.Series:
    """Return the row of the chain study for a grouping (`all`, `random walk`) and a true effect (0.5 is plus 50%).

    Raises InputError as `rows_of` does, or where there is no such row.
    """
    found = rows_of("chain", folder)
    found = found[(found["grouping"] == grouping) & (found["group"] == "all")]
    found = found[np.isclose(found["effect"], effect)]
    if found.empty:
        raise InputError(f"chain.csv has no row of {grouping!r} with effect {effect:g}; run `make studies`.")
    return found.iloc[0]


def small(what: str, folder: Path = TABLES, **where: float) -> pd.Series:
    """Return the shares of the small-sample study for a test, at a length `n` or an autocorrelation `rho`."""
    found = rows_of("small_sample", folder)
    found = found[found["what"] == what]
    for column, value in where.items():
        found = found[found[column] == value]
    if found.empty:
        raise InputError(f"small_sample.csv has no row of {what!r}; run `make studies`.")
    return found["share"]


def studies_table(folder: Path = TABLES) -> HtmlTable:
    """Return size, power and coverage as the studies found them. Raises InputError as `rows_of` does."""
    lengths = sorted(set(rows_of("small_sample", folder)["n"]))
    short, long = lengths[0], lengths[-1]
    span = f"{short} to {long} years"
    rows = [
        ("size", f"a departure of three years, {span}", NOMINAL, _range(small("window", folder))),
        ("size", f"a lasting step, {span}", NOMINAL, _range(small("step, counts", folder))),
    ]
    for grouping, errors in (("all", "errors that fade"), ("random walk", "errors near a random walk")):
        none = chain(grouping, 0.0, folder)
        rows += [
            ("size", f"{name}, {errors}, {none['series']:.0f} series", NOMINAL, _percent(none[column]))
            for column, name in SIZES.items()
        ]
    for years in (short, lengths[len(lengths) // 2], long):
        apart, near = small("power", folder, n=years, rho=0), small("power", folder, n=years, rho=0.8)
        said = f"{_range(apart)} to {_range(near)} by the errors"
        rows.append(("power", f"a lasting rise by {SEEN:.0%}, {years} years", "", said))
    for effect in sorted({float(one) for one in rows_of("chain", folder)["effect"] if one > 0}):
        row = chain("all", effect, folder)
        said = f"{_percent(row['rejected'])}, corrected for many tests {_percent(row['adjusted'])}"
        rows.append(("power", f"a rise by {effect:.0%}, whole chain, {row['series']:.0f} series", "", said))
    rows += [
        ("coverage", "95% intervals of no effect, whole chain", "95%", _percent(chain("all", 0.0, folder)["covered"])),
        ("coverage", "growth a year, 95% intervals", "95%", _range(small("trend", folder))),
        ("coverage", "bands of reconstructed years", BAND, _percent(_bands(folder))),
    ]  # fmt: skip
    told = [
        {
            "question": what,
            "simulated": which,
            "found": f"{found} ({promised} promised)" if promised else found,
        }
        for what, which, promised, found in rows
    ]
    return table(told, caption="What simulated series say of the test")


def _bands(folder: Path) -> float:
    """Return the share of reconstructed years whose band holds the truth."""
    found = rows_of("reconstruction", folder)
    return float(found[(found["kind"] == "all") & (found["method"] == "model")]["coverage"].iloc[0])


def _percent(value: float) -> str:
    return written(value, ".1%")


def _range(shares: pd.Series) -> str:
    low, high = _percent(shares.min()), _percent(shares.max())
    return low if low == high else f"{low} to {high}"
