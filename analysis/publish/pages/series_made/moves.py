"""What single choices move: the hedge model, each reading left out, copies on unrelated hosts left out."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import number, quote
from analysis.series import definition
from analysis.series.material import material_digest
from analysis.series.sensitivity import CHOICES as COLUMNS
from analysis.series.sensitivity import VARIANTS, choices, largest_moves, sensitivity

SHOWN = 20
TENTH = 0.1  # a move that is worth telling
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
    names = [str(name) for name in dataset.series["series_id"]]
    digests = {name: material_digest(dataset, name) for name in names}
    current = stored[stored["material"] == stored["series_id"].map(digests)]
    other = [name for name in names if digests[name] and name not in set(current["series_id"])]
    told = current[current["variant"].notna()]
    parts = [
        told.assign(left_out=told["left_out"].fillna("")),
        choices(sensitivity(dataset, other, progress=False)),
    ]
    return pd.concat([part[COLUMNS] for part in parts if len(part)], ignore_index=True)


def by_choice(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a variant: what its choices do to the series that they touch.

    A choice is a row of `choices`. Columns: variant; series and choices, how many; median, of the choices' largest
    |move - 1| over the years; beyond, the share that moves a year by more than a tenth; outside, the share that takes a
    year out of the published 90% band; lost, the share that leaves a year without an estimate.
    """
    flags = {"beyond": rows["size"] > TENTH, "outside": rows["out"], "lost": rows["gone"]}
    groups = rows.assign(**{name: flag.astype(float) for name, flag in flags.items()}).groupby("variant")
    found = groups.agg(
        series=("series_id", "nunique"),
        choices=("series_id", "size"),
        median=("size", "median"),
        beyond=("beyond", "mean"),
        outside=("outside", "mean"),
        lost=("lost", "mean"),
    )
    return found.reindex([name for name in VARIANTS if name in found.index]).reset_index()


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
    found = largest_moves(every_choice(dataset)).head(SHOWN)
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
