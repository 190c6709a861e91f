"""The words of the chapter: how many pairs, how often inside, how far above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.more_than.shares import heaps
from analysis.publish.tables import keyed
from analysis.publish.words import number, quote
from analysis.series import calibration, roundings
from analysis.series.hedged_pairs import chosen_pairs, every_pair, hedged
from analysis.series.lookup import by_id

STRICT = ("misprint", "other_scope", "set_aside", "both_set_aside", "revision")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    every, found = every_pair(dataset), chosen_pairs(dataset)
    by_hedge = found["hedge"].value_counts()
    out = every["flag"].isin(calibration.DROPPED)
    return (
        {
            "pairs_all": f"{len(every)}",
            "pairs": f"{len(found)}",
            "left_out": f"{int(out.sum())}",
            "rivals": f"{len(every) - int(out.sum()) - len(found)}",
            "n_chinese": f"{int((hedged(found)['language'] == 'zh').sum())}",
            "n_more_than": f"{by_hedge['more_than']}",
            "n_nearly": f"{by_hedge['nearly']}",
            "n_about": f"{by_hedge['about']}",
            "n_rounded": f"{by_hedge['exact']}",
        }
        | _covered(every, found)
        | _distances(found)
        | _rounded(found)
        | _examples(dataset, found)
        | _heaped(dataset)
    )


def _covered(every: pd.DataFrame, found: pd.DataFrame) -> dict[str, str]:
    """Say how often the finer figure lay inside, as used, with every pair and with the strictest choice."""
    tables = {
        "used": calibration.coverage(found),
        "every": calibration.coverage(calibration.one_each(every, drop=())),
        "strict": calibration.coverage(calibration.one_each(every, drop=STRICT)),
    }
    rows = {name: keyed(made, "model", "hedge") for name, made in tables.items()}
    shown = [("used", hedge) for hedge in ("more_than", "nearly", "about")]
    shown += [(name, hedge) for name in ("every", "strict") for hedge in ("more_than", "nearly", "exact")]
    said = {f"{name}_{hedge}": _inside(rows[name]["default", hedge]) for name, hedge in shown}
    more = rows["used"]["default", "more_than"]
    return said | {
        "used_more_than_span": f"{more['lower']:.0%} to {more['upper']:.0%}",
        "tight_more_than": _inside(rows["used"]["tight", "more_than"]),
        "tight_exact": _inside(rows["used"]["tight", "exact"]),
    }


def _inside(row: Mapping[str, Any]) -> str:
    """Say how many of how many lay inside."""
    return f"{row['inside']} of {row['n']}"


def _distances(found: pd.DataFrame) -> dict[str, str]:
    """Say how far the finer figure lay from the print, in steps and percent."""
    table = keyed(calibration.positions(found), "hedge")
    more, near = table["more_than"], table["nearly"]
    about = found[found["hedge"] == "about"]
    return {
        "more_median": f"{more['median']:.2f}",
        "more_q25": f"{more['q25']:.2f}",
        "more_q75": f"{more['q75']:.2f}",
        "more_uniform_p": f"{more['uniform_p']:.3f}",
        "more_falling_p": f"{more['falling_p']:.2f}",
        "more_above_median": f"{more['above_median']:.1f}%",
        "more_above_q90": f"{more['above_q90']:.0f}%",
        "beyond": f"{int((found.loc[found['hedge'] == 'more_than', 'position'] > 1).sum())}",
        "near_median": f"{-near['median']:.2f}",
        "about_above": f"{int((about['position'] > 0).sum())}",
        "about_below": f"{int((about['position'] < 0).sum())}",
    }


def _rounded(found: pd.DataFrame) -> dict[str, str]:
    """Say which way unhedged prints were rounded."""
    group = found[found["hedge"] == "exact"]
    up = group[group["position"] < 0]
    return {
        "rounded_up": f"{len(up)}",
        "rounded_outside": f"{int((~group['inside']).sum())}",
        "rounded_revised": f"{int((~group['inside'] & (group['flag'] == 'revision')).sum())}",
    }


def _examples(dataset: Dataset, found: pd.DataFrame) -> dict[str, str]:
    """Quote the pair in which "more than" hid most, and the one that lies lowest, below the print if any does."""
    more = found[found["hedge"] == "more_than"]
    most = more.sort_values(["above", "hedged_id"]).iloc[-1]
    least = more.sort_values(["position", "hedged_id"]).iloc[0]
    said = {}
    for name, row in (("most", most), ("wrong", least)):
        said[f"{name}_coarse"] = quote(by_id(dataset, [row["hedged_id"]])[row["hedged_id"]])
        said[f"{name}_fine"] = number(row["exact"], 9)
        said[f"{name}_above"] = f"{abs(row['above']):.1f}%"
    return said


def _heaped(dataset: Dataset) -> dict[str, str]:
    """Say how many counts end in 00 where China's bodies are told in English and in Chinese."""
    rows = keyed(heaps(dataset), "told")
    english, chinese = (rows[f"China's bodies, told in {tongue}"] for tongue in ("English", "Chinese"))
    return {
        "chance": f"{roundings.EXPECTED:.0%}",
        "heap_english": f"{english['hundreds']} of {english['n']}",
        "heap_chinese": f"{chinese['hundreds']} of {chinese['n']}",
        "heap_english_rounded": f"{english['rounded']:.0%}",
    }
