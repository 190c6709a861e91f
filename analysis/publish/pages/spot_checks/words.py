"""The words of the chapter on spot checks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.models.sampling import (
    detection_yield,
    market_bounds,
    sample_size_for,
    simple_random_half_width,
)
from analysis.publish.pages.spot_checks.forest import checks, claims, failed_of
from analysis.publish.pages.spot_checks.programme import buys, change_seen, cost_of, target_share
from analysis.publish.tables import keyed
from analysis.publish.words import between, counted
from analysis.series.sample_buys import programme

Rows = dict[Any, dict[str, Any]]  # checks by name

SHOPS, GOODS = "cca-2018-shops", "cca-2017"  # one consumer body, cross-border platforms, one winter
RARE = 0.05
SAME_SAMPLE = ("saic-2016-fake", "saic-2016")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    every, said = checks(dataset), claims(dataset)
    found = keyed(every, "check")
    whole = every[every["part_of"] == ""]
    sized = whole[whole["n"].notna()]
    return {
        "n_checks": f"{len(whole)}",
        "n_sized": f"{len(sized)}",
        "n_claims": counted(len(said), "claim", "claims"),
        "n_excluded": counted(int(said["excluded"].sum())),
        "taobao": _row(found, "saic-2014-taobao"),
        "taobao_span": _span(found, "saic-2014-taobao"),
        "jd": _row(found, "saic-2014-jd"),
        "jd_span": _span(found, "saic-2014-jd"),
        "zol": _row(found, "saic-2014-zol"),
        "zol_span": _span(found, "saic-2014-zol"),
        "fake_2016": _row(found, SAME_SAMPLE[0]),
        "fake_2016_span": _span(found, SAME_SAMPLE[0]),
        "failed_2016": _row(found, SAME_SAMPLE[1]),
        "failed_2016_span": _span(found, SAME_SAMPLE[1]),
        "singles": _row(found, "singles-2014"),
        "singles_span": _span(found, "singles-2014"),
        "nike": _row(found, "gao-2018-09"),
        "nike_span": _span(found, "gao-2018-09"),
        "urban": _row(found, "gao-2018-03"),
        "urban_span": _span(found, "gao-2018-03"),
        "itif": _row(found, "itif-2025"),
        **_lift(said),
        **_aim(found),
        **_programme(dataset),
    }


def _row(found: Rows, name: str) -> str:
    """Return failed of tested."""
    return failed_of(found[name])


def _span(found: Rows, name: str) -> str:
    """Return the exact interval in percent."""
    row = found[name]
    return f"{between(row['low'], row['high'], 2)} percent"


def _lift(said: pd.DataFrame) -> dict[str, str]:
    """Say what it would take for the platform's own share and the regulator's check to be of one market."""
    row = keyed(said, "reading_id")["plat-cqn2017-05"]
    return {"lift": between(row["lift_low"], row["lift_high"], 2)}


def _aim(found: Rows) -> dict[str, str]:
    """Say what one consumer body found with and without aim."""
    aimed, other = found[SHOPS], found[GOODS]
    gain = detection_yield(int(aimed["k_low"]), int(aimed["n"]), int(other["k_low"]), int(other["n"]))
    bounds = market_bounds(int(aimed["k_low"]), int(aimed["n"]), lift=(1.0, gain.upper))
    return {
        "aimed": _row(found, SHOPS),
        "unaimed": _row(found, GOODS),
        "gain": f"{gain.ratio:.1f}",
        "gain_span": f"{gain.lower:.1f} to {gain.upper:.1f}",
        "aimed_bounds": f"{between(100 * bounds.lower, 100 * bounds.upper, 2)} percent",
    }


def _programme(dataset: Dataset) -> dict[str, str]:
    """Say what the programme's size, price and aim allow."""
    n, plan, share = buys(dataset), programme(dataset), target_share(dataset)
    needed = sample_size_for(0.01)
    cost = cost_of(dataset, needed)
    return {
        "a_buy": f"{between(*plan.yuan_a_buy, 2)} yuan",
        "listings_a_buy": between(*plan.listings_a_buy, 2),
        "precision": f"{100 * simple_random_half_width(0.5, n):.1f}",
        "needed": f"{needed:,}",
        "needed_cost": f"{between(cost[0] / 1e6, cost[1] / 1e6, 2)} million yuan",
        "rare_after": f"{100 * change_seen(dataset, RARE):.1f} percent",
        "rare": f"{100 * RARE:.0f} percent",
        "most_lift": f"{1 / share:.0f}",
    }
