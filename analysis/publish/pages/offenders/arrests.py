"""Arrests beside charges, for crimes against intellectual property and for all crimes."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import at_end, make_room, told
from analysis.publish.marks_time import years_axis
from analysis.publish.touch import lead
from analysis.scrutiny.penalties import arrests_to_charges

NAMES = {"ipr": "IPR crimes", "all": "all crimes"}
LOOKS = {"ipr": (style.GROUPS[0], "o"), "all": (style.INK, "s")}
POLICY = (2021, 2023)  # years of the policy of fewer arrests
SINCE = 2008


def arrests_chart(dataset: Dataset) -> Chart:
    """Draw arrests approved to each hundred persons charged, by year, with all crimes as the control."""
    found = arrests_to_charges(dataset)
    found = found[found["year"] >= SINCE].reset_index(drop=True)
    figure, axes = style.subplots(size=(style.WIDTH, 3.8))
    axes.axvspan(POLICY[0] - 0.5, POLICY[1] + 0.5, color=style.PALE, lw=0, zorder=0)
    for group, rows in found.groupby("group", sort=False):
        colour, marker = LOOKS[str(group)]
        gaps = (np.diff(rows["year"]) > 1).cumsum()
        for _, run in rows.groupby(np.concatenate([[0], gaps])):
            (marks,) = axes.plot(run["year"], run["value"], marker=marker, color=colour, lw=1.4, ms=5)
            lead(marks, run)
        axes.vlines(rows["year"], rows["low"], rows["high"], color=colour, lw=4, alpha=0.35)
        last = rows.iloc[-1]
        at_end(axes, last["year"], last["value"], NAMES[str(group)], colour)
    years_axis(axes, found["year"])
    axes.set_ylim(bottom=0)
    axes.set_ylabel("arrests approved to 100 charged")
    make_room(axes)
    value = found.set_index(["group", "year"])["value"]
    both = max(set(value["ipr"].index) & set(value["all"].index))
    return Chart(
        name="offenders-arrests",
        figure=style.finish(figure),
        title=f"In {both} there were {value['ipr', both]:.0f} arrests to a hundred charged for IPR crimes, and "
        f"{value['all', both]:.0f} for all crimes",
        alt=f"Lines by year. {told(found, _says)}.",
        measure="Arrests approved for every hundred persons charged, China",
        note="Lines join consecutive years only. Shaded: the policy of fewer arrests, 2021 to 2023. Persons; an arrest "
        "and its charge may lie in different years.",
        source=source_line(dataset, [*found["above_id"], *found["below_id"]]),
        frame=found,
    )


def _says(row: Any) -> str:
    """Say one year of one group."""
    return f"{NAMES[row['group']]} {row['year']}: {row['value']:.0f}"
