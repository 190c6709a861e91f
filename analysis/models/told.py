"""Numbers of a result in a few words, for its `summary` and `sentence`."""

from __future__ import annotations

import numpy as np


def percent_told(ratio: float, lower: float, upper: float) -> str:
    """Return ratios as changes in percent: +65% (10% to 150%); "none" where there is no number."""
    if not np.isfinite(ratio):
        return "none"
    if not np.isfinite(upper - lower):
        return f"{ratio - 1:+.1%} (without bounds)"
    return f"{ratio - 1:+.1%} ({lower - 1:+.1%} to {upper - 1:+.1%})"


def number_told(value: float, lower: float, upper: float) -> str:
    """Return a number with its interval, to three digits."""
    if not np.isfinite(value):
        return "none"
    unbounded = not np.isfinite(lower) and not np.isfinite(upper)
    ends = "without bounds" if unbounded else f"{digits_told(lower)} to {digits_told(upper)}"
    return f"{digits_told(value)} ({ends})"


def digits_told(value: float) -> str:
    """Return a number to three digits: 0.0123, 4,150, 12,300,000."""
    return f"{float(f'{value:.3g}'):,.0f}" if 1e3 <= abs(value) < 1e15 else f"{value:.3g}"


def p_told(p: float) -> str:
    """Return a p to two digits, "below 0.001" where it is."""
    if not np.isfinite(p):
        return "none"
    return "below 0.001" if p < 0.001 else f"{p:.2g}"
