"""What a series must hold to carry a question: the thresholds that several rooms share."""

from __future__ import annotations

# Periods before the first one affected by a measure, and from it on: a level and a slope need four points to be told
# from noise, and the estimand is the mean of the first three periods.
FEWEST_BEFORE, FEWEST_AFTER = 4, 3
# Share of a period that windows inform (see `informed`), from which it counts as informed; charts hatch below it.
LEAST_INFORMED = 0.5
