"""Readings that cannot all be true, and how far choices move the answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.conflicts_listing import (
    kind_in_words,
    rules_in_words,
    side_window,
    size_in_words,
    verdict_in_words,
)
from analysis.publish.links import source_link
from analysis.publish.pages.series_made.calendar import SERIES, readings_taken
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import number, quote
from analysis.series import definition, series_conflicts, single_series
from analysis.series.choice_effects import by_choice
from analysis.series.known_conflicts import KNOWN, every_conflict, heaviest, known_conflict
from analysis.series.material import material_digest
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.sensitivity import CHOICES as COLUMNS
from analysis.series.sensitivity import choices, largest_moves, sensitivity

SHOWN = 25


def heaviest_table(dataset: Dataset) -> HtmlTable:
    """Return the heaviest conflict of the series that have the largest, with links to both sources."""
    found = heaviest(dataset).head(SHOWN)
    rows = [_row(dataset, row) | {"more": row["others"] or ""} for _, row in found.iterrows()]
    caption = f"The heaviest conflict of each series, the {len(found)} largest"
    return table(rows, caption=caption, right=("size", "more"), wide=True)


def conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return every conflict as a folded table, by series."""
    found = every_conflict(dataset).sort_values(["series_id", "size"], ascending=[True, False])
    rows = [_row(dataset, row) for _, row in found.iterrows()]
    caption = f"All {len(found)} pairs that the rules find; {found['contradicts'].sum()} are contradictions"
    return table(rows, caption=caption, right=("size",), wide=True, folded=True)


def year_conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return the conflicts among the readings of the year that the chapter takes apart."""
    ids = readings_taken(dataset)["reading_id"]
    found = series_conflicts(dataset, [SERIES], progress=False)
    found = found[found["reading_a"].isin(ids) & found["reading_b"].isin(ids)]
    rows = [_row(dataset, row, series=False) for _, row in found.iterrows()]
    return table(
        rows, caption=f"The {len(rows)} pairs among them that the rules find", right=("size",), wide=True
    )


def known_table(dataset: Dataset) -> HtmlTable:
    """Return the conflicts that were known before there were rules, as the rules find them."""
    rows = [_row(dataset, known_conflict(dataset, name)) for name in KNOWN]
    return table(rows, caption="Known beforehand, and found by the rules", right=("size",), wide=True)


def _row(dataset: Dataset, row: pd.Series[Any], *, series: bool = True) -> dict[str, object]:
    """Return one conflict as a row of a table."""
    head = {"series": definition(dataset, row["series_id"]).title} if series else {}
    return head | {
        "one published figure": _print(dataset, row, "a"),
        "its window": side_window(row, "a"),
        "the other": _print(dataset, row, "b"),
        "the other's window": side_window(row, "b"),
        "rule": rules_in_words(row["rules"]),
        "size": size_in_words(row["rules"], row["size"]),
        "kind": kind_in_words(row),
        "verdict": verdict_in_words(row),
    }


def _print(dataset: Dataset, row: pd.Series[Any], side: str) -> Link:
    """Return a print with its publisher, leading to the source."""
    return source_link(dataset, str(row[f"source_id_{side}"]), str(row[f"printed_{side}"]))


MOVES_SHOWN = 20
CHOICES = {
    "tight": "hedges half as wide",
    "open_ended": "hedges open at the far end",
    "left_out": "one reading left out",
    "no_mirrors": "copies on unrelated hosts left out",
}


@lru_cache(maxsize=4)
def every_choice(dataset: Dataset) -> pd.DataFrame:
    """Return `choices` of all series: stored where the study of their readings is, made where readings changed."""
    try:
        stored = study("sensitivity").table
    except InputError:  # the study was not run: everything is made
        stored = pd.DataFrame(columns=[*COLUMNS, "material"])
    names = single_series(dataset)
    digests = _digests(dataset)
    current = stored[stored["material"] == stored["series_id"].map(digests)]
    known = set(current["series_id"])
    other = [name for name in names if digests[name] and name not in known]
    told = current[current["variant"].notna()]
    parts = [
        told.assign(left_out=told["left_out"].fillna("")),
        choices(sensitivity(dataset, other, progress=False)),
    ]
    return pd.concat([part[COLUMNS] for part in parts if len(part)], ignore_index=True)


@remembered(*SERIES_TABLES)
def _digests(dataset: Dataset) -> dict[str, str]:
    """Tell the readings of every series."""
    return {name: material_digest(dataset, name) for name in single_series(dataset)}


def choices_table(dataset: Dataset) -> HtmlTable:
    """Return what each kind of choice does to the yearly estimates of all series."""
    rows = [
        {
            "choice": CHOICES[row["variant"]],
            "series": number(row["series"]),
            "times made": number(row["choices"]),
            "median of the largest move": f"{row['median']:.1%}",
            "moves a year by over 10%": f"{row['beyond']:.0%}",
            "takes a year out of its band": f"{row['outside']:.0%}",
            "leaves a year unknown": f"{row['lost']:.0%}",
        }
        for _, row in by_choice(every_choice(dataset)).iterrows()
    ]
    heads = list(rows[0])[1:]
    return table(rows, caption="What single choices move, all series", right=heads)


def moves_table(dataset: Dataset) -> HtmlTable:
    """Return the largest moves, one a series and kind of choice."""
    found = largest_moves(every_choice(dataset)).head(MOVES_SHOWN)
    printed = dataset.readings.set_index("reading_id")
    rows = []
    for _, row in found.iterrows():
        choice = CHOICES[row["variant"]]
        if row["left_out"]:
            reading = printed.loc[row["left_out"]]
            words = f"{reading['as_printed']}" if reading["kind"] == "change" else quote(reading)
            choice = f"without {row['left_out']} ({words})"
        rows.append(
            {
                "series": definition(dataset, row["series_id"]).title,
                "choice": choice,
                "year": row["period"],
                "with all": number(_rounded(row["base"]), 3),
                "under the choice": number(_rounded(row["estimate"]), 3),
                "ratio": f"{row['move']:.2f}",
                "outside the band": "yes" if row["outside"] else "no",
            }
        )
    caption = f"The {len(rows)} largest moves of a yearly estimate, one a series and kind of choice"
    return table(rows, caption=caption, right=("with all", "under the choice", "ratio"), wide=True)


def _rounded(value: float) -> float:
    """Return an estimate to three digits: it is known to no more."""
    return float(f"{value:.3g}")
