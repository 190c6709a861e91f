"""The ministry's counts of solved cases of 2020, by what they are of."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.lookup import with_days

# What each count is of (subject and channel), in the order drawn; the wide count is another scope and stands apart.
SCOPES = {
    "IPR and fake goods": ("ipr_and_counterfeit", "all"),
    "Fakes sold online": ("counterfeit_goods", "online"),
    "With food, drugs and environment": ("food_drug_environment_ipr", "all"),
}
SAME = ["scope", "value", "hedge", "window_start", "window_end"]


def windows_readings(dataset: Dataset) -> pd.DataFrame:
    """Return the ministry's counts of solved cases of 2020, those without a complete window included.

    One row a scope, value and window, with `scope`, `low`, `high`, `days` and `ids` (the readings that print
    it). Raises InputError where the data hold none.
    """
    frame = dataset.readings
    words = {"|".join(key): scope for scope, key in SCOPES.items()}
    scope = (frame["subject"].astype(str) + "|" + frame["channel"].astype(str)).map(words)
    of_2020 = (frame["window_start"].dt.year == 2020) | (
        frame["window_start"].isna() & (frame["programme"] == "kunlun-2020")
    )
    found = frame[
        (frame["reporter"] == "MPS") & (frame["jurisdiction"] == "CN") & (frame["stage"] == "solved")
        & (frame["unit"] == "case") & (frame["kind"] == "flow") & scope.notna() & of_2020
    ].assign(scope=scope)  # fmt: skip
    if found.empty:
        raise InputError(
            "readings.csv has no solved cases of 2020 by MPS; the Kunlun 2020 figure needs them."
        )
    found = with_days(found).assign(hedge=found["hedge"].astype(str))
    rows = found.groupby(SAME, dropna=False, sort=False).first().reset_index()
    ids = found.groupby(SAME, dropna=False, sort=False)["reading_id"].agg(list).tolist()
    return rows.assign(ids=pd.Series(ids, dtype=object)).sort_values(
        ["window_start", "window_end", "value"], ignore_index=True
    )
