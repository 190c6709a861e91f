"""Provinces that print several stages of one window, beside the country."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_rows, legend_above, make_room, row_axis, told
from analysis.publish.remarks import remarks
from analysis.publish.words import between
from analysis.scrutiny.stages import per_hundred
from analysis.series import printed_years

COLUMNS = ("place", "window", "scope", "suspects", "approved", "charged", "convicted")
STAGES = ("suspects", "approved", "charged", "convicted")
BASE = "suspects"
LOOKS = {
    "approved": (style.GROUPS[1], "s", "arrest approved"),
    "charged": (style.GROUPS[0], "o", "charged"),
    "convicted": (style.GROUPS[4], "D", "convicted"),
}
NATION = {"suspects": "mps-suspects", "approved": "spp-arrests-approved", "charged": "spp-persons-prosecuted"}


@lru_cache(maxsize=8)
def chains(dataset: Dataset) -> pd.DataFrame:
    """Return the printed chains, the country's last year with a count of suspects first."""
    rows = remarks("funnel-chains", COLUMNS, key="place")
    prints = {
        stage: printed_years(dataset, name).table.set_index("year")["reading_id"]
        for stage, name in NATION.items()
    }
    year = max(set.intersection(*(set(ids.index) for ids in prints.values())))
    nation = {"place": "China", "window": f"{year}", "scope": "wide", "convicted": ""}
    return pd.DataFrame([{**nation, **{stage: str(ids[year]) for stage, ids in prints.items()}}, *rows])


def provinces_chart(dataset: Dataset) -> Chart:
    """Draw what printed chains leave of a hundred suspects: arrests approved, charged, convicted."""
    every = chains(dataset)
    found = per_hundred(dataset, every, STAGES, BASE)
    found = found[found["stage"] != BASE].reset_index(drop=True)
    places = list(dict.fromkeys(found["place"]))
    windows = dict(zip(found["place"], found["window"], strict=True))
    figure, axes = style.subplots(size=(style.WIDTH, 1.5 + 0.36 * len(places)))
    ids_of = every.set_index("place").to_dict("index")
    seen: set[str] = set()
    rows = []
    for row in found.to_dict("records"):
        colour, marker, name = LOOKS[row["stage"]]
        rows.append(
            {**row, "reading_id": ids_of[row["place"]][row["stage"]],
             "place": places.index(row["place"]), "colour": colour, "marker": marker,
             "legend": None if name in seen else name}
        )  # fmt: skip
        seen.add(name)
    draw_rows(axes, pd.DataFrame(rows), mark=6)
    row_axis(axes, [f"{place}, {windows[place]}" for place in places], at=100)
    axes.set_xlim(left=0)
    axes.set_xlabel("persons to each hundred suspects that police counted")
    make_room(axes)
    legend_above(figure, axes, cols=3)
    charged = found[found["stage"] == "charged"]
    local = charged[charged["place"] != "China"]
    ids = [one for stage in STAGES for one in every.loc[every[BASE] != "", stage] if one]
    return Chart(
        name="funnel-provinces",
        figure=style.finish(figure),
        title=f"To a hundred suspects {local['value'].min():.0f} to {local['value'].max():.0f} are charged: places "
        "count differently, or stages of one year are no cohort",
        alt=f"Rows by place. {told(found, _says)}.",
        measure="Persons at later stages to each hundred suspects that police counted, places in China",
        note="Each row: figures of one window. Beyond a hundred, later stages hold persons of earlier years or of "
        "wider crimes.",
        source=source_line(dataset, ids),
        frame=found,
    )


def _says(row: Any) -> str:
    """Say one stage of one place."""
    span = between(row["low"], row["high"], 2)
    return f"{row['place']} {row['window']}, {LOOKS[row['stage']][2]}: {span} to a hundred suspects"
