r"""The minimum detectable effect: how large a change would have to be to be seen.

A contrast with standard error s and nu degrees of freedom is found, at two-sided level a and with power 1 - b,
where its true size reaches about

    MDE = (t_{1 - a/2, nu} + t_{1 - b, nu}) s

(Bloom 1995, Evaluation Review 19:547, doi 10.1177/0193841X9501900504). On the log scale exp(MDE) is the ratio
to the counterfactual; the fall that is as hard to see is its reciprocal. The t sum stands for the noncentral t: the
power it reaches is within a point of 80% from 4 degrees of freedom on. A rho that has to be estimated costs more, so
with few periods this is the least, not the most.
"""

from __future__ import annotations

import math

from scipy import stats

from analysis.arguments import Level, checked
from analysis.errors import InputError


@checked
def detectable(se: float, df: float, power: float = 0.8, level: Level = 0.05) -> float:
    """Return the smallest ratio above 1 that a contrast of logs with this standard error would find.

    `se` is the standard error on the log scale, `df` its degrees of freedom (infinity for normal inference),
    `level` the size of the two-sided test. Infinite where exp overflows.

    Raises
    ------
    InputError
        If se is not finite and 0 or more, df is not above 0, or power is not between half the level and 1.
    """
    if not (math.isfinite(se) and se >= 0):
        raise InputError(f"A standard error must be finite and 0 or more, not {se!r}.")
    if not df > 0:
        raise InputError(
            f"Degrees of freedom must be above 0, not {df!r}; the series is too short for its terms."
        )
    if not level / 2 < power < 1:
        raise InputError(f"Power must be above half the level and below 1, not {power!r}; say 0.8.")
    size = float(stats.t.ppf(1 - level / 2, df) + stats.t.ppf(power, df)) * se
    return math.exp(size) if size < 700 else math.inf
