"""How many persons a case holds: persons over cases of the same stage and window."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import at_end, make_room
from analysis.publish.marks_time import years_axis
from analysis.publish.words import between, listed
from analysis.series.persons_per_case import persons_per_case, persons_per_case_totals

FEWEST = 1  # a case holds one person at least: the axis begins there
ASIDE = 0.35  # years by which a rival stands beside the picked print


@dataclass(frozen=True)
class Stage:
    """A stage with the series of its persons and of its cases, and its look."""

    name: str
    persons: str
    cases: str
    colour: str
    marker: str


CHARGED = Stage("charged", "spp-persons-prosecuted", "spp-cases-prosecuted", style.GROUPS[0], "o")
ARRESTED = Stage(
    "arrest approved", "spp-arrests-approved", "spp-arrests-approved-cases", style.GROUPS[1], "s"
)
SENT = Stage(
    "sent for charging", "spp-review-prosecution-persons", "spp-review-prosecution-cases", style.GROUPS[2], "^"
)  # fmt: skip
STAGES = (CHARGED, ARRESTED, SENT)


def holding_chart(dataset: Dataset) -> Chart:
    """Draw persons a case by year and stage, and over windows of several years as boxes (persons a case)."""
    figure, axes = style.subplots(size=(style.WIDTH, 4.2))
    found = {stage.name: persons_per_case(dataset, stage.persons, stage.cases) for stage in STAGES}
    totals = {stage.name: persons_per_case_totals(dataset, stage.persons, stage.cases) for stage in STAGES}
    for stage in STAGES:
        _draw(axes, stage, found[stage.name], totals[stage.name])
    frame = pd.concat([*found.values(), *totals.values()])
    years_axis(axes, pd.concat([frame["year"], frame["last_year"].dropna()]), pad=1)
    axes.set_ylim(bottom=FEWEST)
    axes.set_ylabel("persons a case")
    make_room(axes)
    told = "; ".join(f"{stage.name}: {_in_words(found[stage.name], totals[stage.name])}" for stage in STAGES)
    rivals = listed(sorted({str(year) for year in frame.loc[frame["rival"].eq(True), "year"]}))
    ids = frame[["persons_id", "cases_id"]].to_numpy().ravel()
    years = {name: frame.loc[~frame["same_text"].astype(bool), "year"] for name, frame in found.items()}
    said = [f"{name} {listed([str(year) for year in some])}" for name, some in years.items() if len(some)]
    apart = "; ".join(said) or "none"
    return Chart(
        name="justice-holding",
        figure=style.finish(figure),
        title="A charged case holds about two persons, a case with arrests fewer",
        alt=f"Persons a case. {told}.",
        note="Persons over cases, IPR crimes. Marks: a calendar year; bars behind them: the interval that "
        "both prints allow. Horizontal lines: totals printed for several years. Hollow marks: the rival "
        f"prints of {rivals}. The axis begins at one person a case. Small marks rest on two texts "
        f"({apart}). Exact counts give an exact ratio; it is no sample.",
        source=source_line(dataset, list(dict.fromkeys(map(str, ids)))),
    )


def _draw(axes: Axes, stage: Stage, years: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Draw one stage: bars, marks without a line, hollow rivals, boxes of totals, and its name at its last year."""
    axes.vlines(years["year"], years["low"], years["high"], color=stage.colour, lw=5, alpha=0.35)
    for row in years.to_dict("records"):
        size, fill = (6.5 if row["same_text"] else 3.5), ("none" if row["rival"] else stage.colour)
        at = row["year"] + (ASIDE if row["rival"] else 0)
        axes.plot(at, row["value"], stage.marker, ms=size, mfc=fill, mec=stage.colour, ls="none")
    for row in totals.to_dict("records"):
        ends = row["year"] - 0.5, row["last_year"] + 0.5
        axes.fill_between(ends, row["low"], row["high"], facecolor=stage.colour, alpha=0.25, lw=0)
        axes.plot(ends, [row["value"]] * 2, color=stage.colour, lw=1.4, ls="-")
    last = years[~years["rival"]].iloc[-1]
    at_end(axes, last["year"], last["value"], stage.name.replace(" ", "\n", 1), stage.colour)


def _in_words(years: pd.DataFrame, totals: pd.DataFrame) -> str:
    """List persons a case by year and by longer window, for the alt text."""
    parts = [
        f"{row['year']} {between(row['low'], row['high'], 3)}{' (rival prints)' if row['rival'] else ''}"
        for row in years.sort_values(["year", "rival"]).to_dict("records")
    ]
    parts += [
        f"{row['year']} to {row['last_year']} {between(row['low'], row['high'], 3)}"
        for row in totals.to_dict("records")
    ]
    return ", ".join(parts)
