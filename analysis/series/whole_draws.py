"""Draws of a series' years, made of its readings: apart from `drawn`, so that little code enters their key."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.series.mixture import ReportingError
from analysis.series.reconstruction import reconstruct_whole


def draws_of(
    readings: pd.DataFrame,
    hedge_model: str,
    reporting_error: ReportingError,
    fiscal: bool,
    draws: int,
    released: int | None,
) -> NDArray[np.float64]:
    """Return draws (M, years) of a series of readings, smoothness let go on the first day of a year `released`."""
    found = reconstruct_whole(readings, hedge_model, reporting_error, fiscal)
    day = None
    if released is not None:
        day = pd.Timestamp(released - 1, 10, 1) if fiscal else pd.Timestamp(released, 1, 1)
    return np.asarray(found.draws(draws, "fiscal" if fiscal else "yearly", released=day), dtype=float)
