"""A question through every check that needs nothing but figures: primary test, placebo dates, multiverse.

At each placebo date the multiverse is run as well, on one side of the measure alone: a share of one sign that is
no larger than at dates where nothing happened says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from analysis.arguments import checked, least
from analysis.models.autoregression import ar1_reml_batch
from analysis.models.batched import poisson
from analysis.models.bootstrap import t_statistics
from analysis.results import Result
from analysis.scrutiny.multiverse import Multiverse, multiverse
from analysis.scrutiny.placebo import PlaceboDate, RankCheck, placebo_dates, rank_p
from analysis.scrutiny.primary import Primary, primary
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.specifications import columns_of


@dataclass(frozen=True, repr=False)
class Scrutiny(Result):
    """What the checks gave.

    `placebos` ranks the primary statistic among those of the placebo dates; `sign_share` is the share of the
    multiverse with the sign of the primary estimate, `placebo_sign_share` the mean of the same at placebo dates
    (NaN without any), `placebo_table` one row a placebo date: at, statistic, share.
    """

    primary: Primary
    multiverse: Multiverse
    placebos: RankCheck
    sign_share: float
    placebo_sign_share: float
    placebo_table: tuple[tuple[int, float, float], ...]


@checked
def scrutinise(
    question: Question,
    *,
    lags: tuple[Annotated[int, least(0)], ...] = (0, 1),
) -> Scrutiny:
    """Put a question through the checks.

    Raises
    ------
    InputError
        If the primary specification cannot be fitted.
    """
    test = primary(question)
    worlds = multiverse(question, lags=lags)
    dates = placebo_dates(question.main.time, question.at)
    rows = [_at_placebo(question, date, lags) for date in dates]
    ranks = rank_p(_statistic(question)[1], [row[1] for row in rows])
    shares = np.array([row[2] for row in rows], dtype=float)
    usable = shares[np.isfinite(shares)]
    return Scrutiny(
        test,
        worlds,
        ranks,
        worlds.share_of(test.log),
        float(usable.mean()) if len(usable) else float("nan"),
        tuple(rows),
    )


def _at_placebo(question: Question, date: PlaceboDate, lags: tuple[int, ...]) -> tuple[int, float, float]:
    """Return date, statistic and the multiverse's share of the estimate's sign at a placebo date."""
    first, last = int(date.first), int(date.last)
    moved = replace(
        question,
        at=int(date.at),
        main=question.main.between(first, last),
        variants={name: one.between(first, last) for name, one in question.variants.items()},
        draws=None,
    )
    estimate, statistic = _statistic(moved)
    share = multiverse(moved, lags=lags).share_of(estimate) if np.isfinite(estimate) else float("nan")
    return int(date.at), statistic, share


def _statistic(question: Question) -> tuple[float, float]:
    """Return estimate (log) and t of the primary model, without draws; NaN where it has too few periods."""
    time, y = question.main.time, question.main.y
    offset = question.log_offset(question.denominator, time)
    known = np.isfinite(offset)
    time, y, offset = time[known], y[known], offset[known]
    impact = "step" if question.impact == "pulse" else question.impact
    matrix, contrast, _ = columns_of(time, question.at, "linear", impact)
    if len(time) < matrix.shape[1] + 2:
        return float("nan"), float("nan")
    if question.family == "quasipoisson":
        fits = poisson(y[None], matrix[None], offset[None], errors="quasi")
        estimate = float(fits.beta[0] @ contrast)
        return estimate, estimate / float(np.sqrt(contrast @ fits.cov[0] @ contrast))
    batch = ar1_reml_batch((np.log(y) - offset)[None], matrix, time.astype(float))
    return float(batch.beta[0] @ contrast), float(t_statistics(batch, contrast[None])[0, 0])


def without(question: Question, others: dict[str, Series]) -> dict[str, float]:
    """Return the primary estimate (log ratio) with the series told by each of `others`, by name."""
    return {
        name: _statistic(replace(question, main=series, draws=None))[0] for name, series in others.items()
    }
