"""What new rows do to the effects that registered hypotheses on a series have: assessed with the rows and without."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.scrutiny.bundles import Bundle, bundles
from analysis.scrutiny.record import scaled
from analysis.scrutiny.unusual import departed
from analysis.series import definition, drawn_years

EFFECTS = ["bundle_id", "hypotheses", "before", "lower", "upper", "after", "lower_after", "upper_after"]
# Each takes a second or two, once without the rows and once with them; more are named and left to the next build.
MOST = 8
DRAWS = 40  # as many as the ledger's answers take, so that one file of draws serves both
_UNTOLD = (math.nan, math.nan, math.nan)


def effects(old: Dataset, new: Dataset, series: set[str]) -> pd.DataFrame:
    """Return the effect of each bundle on some series, as a ratio with its 95% interval, before and after.

    The effect is the departure of the series from its own course in the three periods from the measure on
    (`analysis.scrutiny.unusual.departed`); NaN where the series is too short. At most `MOST` bundles are assessed.

    Parameters
    ----------
    old, new
        The record without and with the rows.
    series
        Ids of the series that the rows touch.

    Returns
    -------
    pandas.DataFrame
        A row a bundle: bundle_id, hypotheses (joined by a blank), before, lower, upper, after, lower_after,
        upper_after; ratios, 1 being no effect.
    """
    listed = [one for one in bundles(new).values() if one.series_id in series]
    rows = [
        (one.bundle_id, " ".join(one.hypotheses), *_effect(old, one), *_effect(new, one))
        for one in listed[:MOST]
    ]
    return pd.DataFrame(rows, columns=EFFECTS)


def effect_words(row: Mapping[Any, Any], when: str) -> str:
    """Write the effect of a row of `EFFECTS` (`when` is blank for before, _after for after): `1.23 (0.98 to 1.54)`."""
    estimate = float(row["after" if when else "before"])
    if math.isnan(estimate):
        return "not to be told"
    return f"{estimate:.2f} ({row[f'lower{when}']:.2f} to {row[f'upper{when}']:.2f})"


def _effect(dataset: Dataset, one: Bundle) -> tuple[float, float, float]:
    """Return estimate, lower and upper end of the effect of one bundle, NaN where it cannot be told."""
    try:
        unit = definition(dataset, one.series_id).unit
        whole = drawn_years(dataset, one.series_id, draws=DRAWS, released=one.at)
        years = whole.between(one.start, int(whole.time.max(initial=one.at)))
        y, draws = scaled(years.y, unit), scaled(years.draws, unit)
        found = departed(y, years.time, one.at, breaks=tuple(one.breaks.values()), draws=draws)
    except InputError:
        return _UNTOLD
    low, estimate, high = (float(part) for part in np.exp([found[1], found[0], found[2]]))
    return estimate, low, high
