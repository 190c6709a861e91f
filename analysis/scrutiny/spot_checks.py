"""Spot checks as printed: how many failed of how many tested, the exact interval, and the claims that it excludes.

A check prints a count, a share, or both. Where only the share is printed, the counts are those that round to it; where
the sample is hedged, the smallest that the print allows is taken, since it tells least. The interval is
Clopper-Pearson's from the fewest to the most failures that the prints allow. It speaks of the goods that the check
could have drawn, and of no market, unless they were drawn at random from it.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from numpy.typing import ArrayLike

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.sampling import proportion_interval
from analysis.models.tallies import fractions
from analysis.series.lookup import by_id

ASKED = ("check", "tested", "failed", "share", "means")
PASSED = "passed"


@checked
def checked_shares(dataset: Dataset, asked: pd.DataFrame) -> pd.DataFrame:
    """Return each check's share of failures with its exact 95 percent interval, as fractions.

    `asked` has a row a check: `check` (its name), and the readings `tested`, `failed` and `share` ("" where there is
    none); `means` tells whether the share is of what `passed` or `failed`. Columns of the answer, indexed by check:
    estimate, lower, upper (NaN where no sample is printed), k_low, k_high, n, n_high (above n where the sample is
    hedged), and readings, a tuple.

    Raises
    ------
    InputError
        If a column is missing, a reading is unknown, a check has neither failures nor a share, or no count of the
        sample rounds to its share.
    """
    lacking = [name for name in ASKED if name not in asked]
    if lacking:
        raise InputError(f"The table of checks has no column {lacking[0]!r}; it needs {', '.join(ASKED)}.")
    rows = [_one(dataset, row) for row in asked.to_dict("records")]
    return pd.DataFrame(rows).set_index("check").rename_axis(None)


def _one(dataset: Dataset, asked: dict[Any, Any]) -> dict[str, object]:
    """Return one check: its counts, share and interval."""
    ids = [asked[name] for name in ("tested", "failed", "share") if asked[name]]
    rows = by_id(dataset, ids)
    told = {"check": asked["check"], "readings": tuple(ids)}
    low, high = _share(rows.get(asked["share"]), passed=asked["means"] == PASSED)
    if not asked["tested"]:
        if not asked["share"]:
            raise InputError(
                f"Check {asked['check']!r} has no sample and no share; nothing can be said of it."
            )
        middle = (low + high) / 2
        return {**told, "estimate": middle, "lower": math.nan, "upper": math.nan,
                "k_low": math.nan, "k_high": math.nan, "n": math.nan, "n_high": math.nan}  # fmt: skip
    n = math.ceil(float(rows[asked["tested"]]["low"]))
    if asked["failed"]:
        failed = rows[asked["failed"]]
        least, most = math.ceil(float(failed["low"])), math.floor(float(failed["high"]))
    else:
        least, most = _counts(low, high, n, str(asked["check"]))
    ends = proportion_interval([least, most], [n, n], method="clopper-pearson")
    return {**told, "estimate": (least + most) / 2 / n, "lower": float(ends["lower"].iloc[0]),
            "upper": float(ends["upper"].iloc[1]), "k_low": least, "k_high": most, "n": n,
            "n_high": float(rows[asked["tested"]]["high"])}  # fmt: skip


def _share(row: pd.Series[Any] | None, *, passed: bool) -> tuple[float, float]:
    """Return what a printed share allows of failures, as fractions; (nan, nan) where none is printed."""
    if row is None:
        return math.nan, math.nan
    low, high = float(row["low"]) / 100, float(row["high"]) / 100
    return (max(0.0, 1 - high), min(1.0, 1 - low)) if passed else (low, min(1.0, high))


def _counts(low: float, high: float, n: int, check: str) -> tuple[int, int]:
    """Return the fewest and the most of n whose share lies in the printed interval."""
    least, most = math.ceil(low * n - 1e-9), math.floor(high * n + 1e-9)
    if least > most:
        raise InputError(
            f"Check {check!r}: no count of {n} has a share between {low:.2%} and {high:.2%}; "
            "the share and the sample are not of one check."
        )
    return least, most


@checked
def against_claims(dataset: Dataset, claims: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return whether each claim of a prevalence can be true of what its check could draw, and what it would take.

    `claims`: reading_id (a percentage), check (a name in `shares`, see `checked_shares`). Adds to them claim_low and
    claim_high (fractions), excluded (the two intervals do not meet), and lift_low, lift_high: how many times as often
    as a random buyer the check must have met failures for claim and check to be true of one market.

    Raises
    ------
    InputError
        If a claim names no check that has a sample.
    """
    rows = []
    for claim in claims.to_dict("records"):
        if claim["check"] not in shares.index or math.isnan(shares.loc[claim["check"], "lower"]):
            raise InputError(f"Claim {claim['reading_id']!r}: {claim['check']!r} is no check with a sample.")
        low, high = _share(by_id(dataset, [claim["reading_id"]])[claim["reading_id"]], passed=False)
        if claim.get("of") == PASSED:
            low, high = max(0.0, 1 - high), 1 - low
        check = shares.loc[claim["check"]]
        rows.append(
            {
                **claim, "claim_low": low, "claim_high": high, "lower": check["lower"], "upper": check["upper"],
                "excluded": bool(check["lower"] > high or check["upper"] < low),
                "lift_low": check["lower"] / high if high else math.inf,
                "lift_high": check["upper"] / low if low else math.inf,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


@checked
def left_open(found: ArrayLike, target_share: float) -> pd.DataFrame:
    """Return what a share found among aimed buys leaves open of the market, when nobody prints how they were aimed.

    `found` (shares): fractions found among the buys, taken as known; `target_share`: the fraction of the market that
    the buys could have come from. Aiming can help at most 1 / target_share times, so with c = target_share a share
    p found leaves [c p, p] where aiming did not hurt, and [c p, c p + 1 - c] where even that is not sure (the bounds
    of Manski 1989, see `market_bounds`). Columns: found, lower, upper, upper_unaimed.

    Raises
    ------
    InputError
        If a share is no fraction, or target_share is not above 0 and at most 1.
    """
    shares = fractions(found, "found")
    if not 0 < target_share <= 1:
        raise InputError(f"target_share is {target_share:g}; it must be a fraction above 0 and at most 1.")
    low = target_share * shares
    return pd.DataFrame(
        {"found": shares, "lower": low, "upper": shares, "upper_unaimed": low + 1 - target_share}
    )
