"""When an estimate is told at all: an interval wider than a factor of ten says no more than an order of size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.publish.words import listed
from analysis.rounding import above

WIDEST = 10.0  # the largest factor between the ends of an interval that is told
NO_ESTIMATE = "no estimate"


def too_wide(lower: ArrayLike, upper: ArrayLike) -> NDArray[np.bool_]:
    """Tell which intervals (of levels or of ratios, both above zero) are wider than a factor of ten.

    Such an interval prints as "no estimate", and no chart draws it. Missing ends make no wide interval.
    """
    return above(upper, WIDEST * np.asarray(lower, dtype=float))


def left_out(groups: Mapping[str, Sequence[str]]) -> str:
    """Return a note's sentence on what has too wide an interval, names by group; blank where nothing has.

    Examples
    --------
    >>> left_out({"China": ["toys", "watches"], "Hong Kong": []})
    ' No estimate, for its interval is wider than a factor of ten, of China: toys and watches.'
    """
    said = [f"{group}: {listed(list(names))}" for group, names in groups.items() if names]
    return (
        f" No estimate, for its interval is wider than a factor of ten, of {'; of '.join(said)}."
        if said
        else ""
    )
