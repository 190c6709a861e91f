"""What single choices do to the yearly estimates that they touch."""

from __future__ import annotations

import pandas as pd

from analysis.series.sensitivity import VARIANTS

TENTH = 0.1  # a move that is worth telling


def by_choice(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a variant: what its choices do to the series that they touch.

    A choice is a row of `choices`. Columns: variant; series and choices, how many; median, of the choices' largest
    |move - 1| over the years; beyond, the share that moves a year by more than a tenth; outside, the share that takes a
    year out of the published 90% band; lost, the share that leaves a year without an estimate.
    """
    flags = {"beyond": rows["size"] > TENTH, "outside": rows["out"], "lost": rows["gone"]}
    groups = rows.assign(**{name: flag.astype(float) for name, flag in flags.items()}).groupby("variant")
    found = groups.agg(
        series=("series_id", "nunique"),
        choices=("series_id", "size"),
        median=("size", "median"),
        beyond=("beyond", "mean"),
        outside=("outside", "mean"),
        lost=("lost", "mean"),
    )
    return found.reindex([name for name in VARIANTS if name in found.index]).reset_index()
