"""Measures of the chain on simulated registers, by groups of series.

Every row is a group of series with one effect:

    series, failed     series drawn; those whose model could not be fitted (in `graded` and `rejected` they count as no)
    rejected           share with p below 0.05: with no effect the size of the test, with one its power
    adjusted           the same after Benjamini-Hochberg over the register
    graded             share graded A or B; without comparison series B is the best there is
    covered            share of 95% intervals that hold the true ratio
    bias, error        median of log(estimate / truth); median of its absolute value
    ols_..., hac_...   naive ITS on the printed years with plain t and with Newey-West

A share's Monte Carlo error stands beside it (`_se`): the binomial one, or, over registers, that of the registers'
means where they are ten or more, since one register's series share an adjustment.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.scrutiny.grades import MOST_P

NOISE = {"sd": [0.0, 0.2, 1.0], "labels": ["below 0.2", "0.2 and more"]}
# Name of the grouping, the columns that make it; every one is split by effect as well.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("kind", ("kind",)),
    ("length", ("years",)),
    ("rho", ("rho",)),
    ("length, rho", ("years", "rho")),
    ("noise", ("noise",)),
    ("length, noise", ("years", "noise")),
)
APART = "random walk"


def summary(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row a group of series and effect; the registers near a random walk stand apart."""
    table = _marked(results)
    apart = table["kind"] == APART
    rows = []
    for grouping, columns in GROUPS:
        rows += _rows(grouping, columns, table[~apart])
    for grouping, columns in (("random walk", ()), ("random walk, length", ("years",))):
        rows += _rows(grouping, columns, table[apart])
    return pd.DataFrame(rows)


def _marked(results: pd.DataFrame) -> pd.DataFrame:
    """Add what is true or false of every series."""
    table = results.copy()
    truth = np.log1p(table["effect"])
    table["noise"] = pd.cut(table["sd"], NOISE["sd"], labels=NOISE["labels"], right=False).astype(str)
    table["failed"] = table["p"].isna()
    table["rejected"], table["adjusted"] = table["p"] < MOST_P, table["p_bh"] < MOST_P
    table["graded"] = table["grade"].isin(["A", "B"])
    for prefix in ("", "ols_", "hac_"):
        held = (table[f"{prefix}lower"] <= truth) & (truth <= table[f"{prefix}upper"])
        table[f"{prefix}covered"] = held.astype(float).where(table[f"{prefix}p"].notna())
        table[f"{prefix}error"] = table[f"{prefix}estimate"] - truth
    for name in ("ols", "hac"):
        table[f"{name}_rejected"] = table[f"{name}_p"] < MOST_P
    return table


def _rows(grouping: str, columns: tuple[str, ...], table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of one grouping."""
    if table.empty:
        return []
    rows = []
    for key, part in table.groupby([*columns, "effect"], sort=True):
        *names, effect = key
        group = ", ".join(f"{name:g}" if isinstance(name, float) else str(name) for name in names)
        rows.append({"grouping": grouping, "group": group or "all", "effect": effect, **_measures(part)})
    return rows


def _measures(part: pd.DataFrame) -> dict[str, object]:
    """Return the measures of one group."""
    row: dict[str, object] = {"series": len(part), "failed": int(part["failed"].sum())}
    for name in ("rejected", "adjusted", "graded", "covered"):
        row |= _share(part, name)
    row["bias"], row["error"] = float(part["error"].median()), float(part["error"].abs().median())
    for prefix in ("ols_", "hac_"):
        for name in ("rejected", "covered"):
            row |= _share(part, f"{prefix}{name}")
        row[f"{prefix}error"] = float(part[f"{prefix}error"].abs().median())
    return row


def _share(part: pd.DataFrame, name: str) -> dict[str, float]:
    """Return a share and its Monte Carlo error, registers being the clusters."""
    known = part[part[name].notna()]
    values = known[name].astype(float)
    share = float(values.mean())
    apart = (values - share).groupby([known["kind"], known["register"]]).sum()
    binomial = float(np.sqrt(share * (1 - share) / len(values))) if len(values) else np.nan
    clustered = float(np.sqrt((apart**2).sum())) / len(values) if len(values) else np.nan
    return {name: share, f"{name}_se": max(binomial, clustered) if len(apart) >= 10 else binomial}
