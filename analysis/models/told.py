"""Numbers of a result in a few words, for its `summary` and `sentence`."""

from __future__ import annotations

import numpy as np


def percent_told(ratio: float, lower: float, upper: float) -> str:
    """Return ratios as changes in percent: +65% (10% to 150%); "none" where there is no number."""
    if not np.isfinite(ratio):
        return "none"
    return f"{ratio - 1:+.1%} ({lower - 1:+.1%} to {upper - 1:+.1%})"


def number_told(value: float, lower: float, upper: float) -> str:
    """Return a number with its interval, to three digits."""
    return f"{value:.3g} ({lower:.3g} to {upper:.3g})" if np.isfinite(value) else "none"


def p_told(p: float) -> str:
    """Return a p to two digits, "below 0.001" where it is."""
    if not np.isfinite(p):
        return "none"
    return "below 0.001" if p < 0.001 else f"{p:.2g}"
