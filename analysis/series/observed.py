"""The readings behind a fit as it saw them: what it expected of each, which it doubts, and their daily rates."""

from __future__ import annotations

import pandas as pd

from analysis.series.reconstruction import Reconstruction


def observed(found: Reconstruction) -> pd.DataFrame:
    """Return the readings that entered a reconstruction, growth rates among them.

    Columns of `Reconstruction.observations.frame` with expected and residual, and: doubted, whether the reading
    got an error of its own; growth; days, the length of its window; rate_low and rate_high, what the interval
    comes to a day (NaN for growth).
    """
    frame = found.observations.frame.merge(found.residuals, on="reading_id", validate="one_to_one")
    days = (frame["window_end"] - frame["window_start"]).dt.days + 1
    growth = pd.Series(found.observations.growth, index=frame.index)
    return frame.assign(
        doubted=found.core.variance > found.printed.variance,
        growth=growth,
        days=days,
        rate_low=(frame["low"] / days).where(~growth),
        rate_high=(frame["high"] / days).where(~growth),
    )
