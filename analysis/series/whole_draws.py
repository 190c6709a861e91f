"""Draws of a series' years, made of its readings: apart from `drawn`, so that little code enters their key."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.series.mixture import ReportingError
from analysis.series.reconstruction import Reconstruction, reconstruct_whole
from analysis.series.store import Recipe, kept


def draws_of(
    name: str,
    readings: pd.DataFrame,
    hedge_model: str,
    reporting_error: ReportingError,
    fiscal: bool,
    draws: int,
    released: int | None,
) -> NDArray[np.float64]:
    """Return draws (M, years) of a series of readings, smoothness let go on the first day of a year `released`.

    The series itself is taken from where it is kept under its `name`.
    """
    whole = Recipe(name, reconstruct_whole, (readings, hedge_model, reporting_error, fiscal))
    found = cast(Reconstruction, kept(whole))
    day = None
    if released is not None:
        day = pd.Timestamp(released - 1, 10, 1) if fiscal else pd.Timestamp(released, 1, 1)
    return np.asarray(found.draws(draws, "fiscal" if fiscal else "yearly", released=day), dtype=float)
