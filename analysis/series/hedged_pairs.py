"""The pairs of a coarse and a finer print that conclusions on hedges rest on, found once for a dataset."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.series import calibration
from analysis.series.remembered import SERIES_TABLES, remembered


@remembered(*SERIES_TABLES)
def every_pair(dataset: Dataset) -> pd.DataFrame:
    """Return all pairs, of one key or of one series (columns as in `calibration.pairs`)."""
    return calibration.pairs(dataset, loose=True)


def chosen_pairs(dataset: Dataset) -> pd.DataFrame:
    """Return one pair a coarse print, without misprints, other scopes and prints set aside."""
    return calibration.one_each(every_pair(dataset))


def hedged(found: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs whose coarse print bears a hedge."""
    return found[found["hedge"] != "exact"]
