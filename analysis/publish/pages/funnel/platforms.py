"""What one lead of a platform came to, by year and programme."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.ticker import LogLocator, NullFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_rows, row_axis, told
from analysis.publish.remarks import remarks
from analysis.publish.tables import keyed
from analysis.publish.words import between
from analysis.scrutiny.stages import per_entered

COLUMNS = ("programme", "base", "entered", "suspects", "sites", "value")
HEADS = {"suspects": "suspects", "sites": "sites closed", "value": "million yuan"}
LEAD, CASE = "lead", "case"
COLOURS = {LEAD: style.GROUPS[0], CASE: style.GROUPS[2]}
MILLION = 1e6


def programmes() -> pd.DataFrame:
    """Return the programmes with their readings."""
    return pd.DataFrame(remarks("funnel-programmes", COLUMNS, key="programme"))


@lru_cache(maxsize=8)
def ratios(dataset: Dataset) -> pd.DataFrame:
    """Return what one lead or case came to: programme, base, what, value, low, high (million yuan), reading_id."""
    asked = programmes()
    found = per_entered(dataset, asked).merge(asked[["programme", "base"]], on="programme")
    ids = keyed(asked, "programme")
    told_by = [str(ids[row["programme"]][row["what"]]) for row in found.to_dict("records")]
    scale = found["what"].map(lambda what: MILLION if what == "value" else 1.0)
    return found.assign(
        value=found["estimate"] / scale,
        low=found["lower"] / scale,
        high=found["upper"] / scale,
        reading_id=told_by,
    )


def programmes_chart(dataset: Dataset) -> Chart:
    """Draw suspects, sites and value for each lead or case, programme by programme, on log axes."""
    found = ratios(dataset)
    names = list(programmes()["programme"])
    bases = dict(zip(programmes()["programme"], programmes()["base"], strict=True))
    labels = [f"{name} ({bases[name]}s)" for name in names]
    figure, panels = style.subplots(1, len(HEADS), size=(style.WIDTH, 4.0), sharey=True)
    for axes, (what, head) in zip(panels, HEADS.items(), strict=True):
        rows = found[found["what"] == what]
        rows = rows.assign(
            place=[names.index(name) for name in rows["programme"]], colour=rows["base"].map(COLOURS)
        )
        draw_rows(axes, rows)
        axes.set_title(head, fontsize=10)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        style.short_axis(axes, "x")
        axes.tick_params(axis="x", labelsize=style.SMALL)
        axes.xaxis.set_minor_formatter(NullFormatter())
        row_axis(axes, labels)
    figure.supxlabel("for each lead, or each case", fontsize=9.5)
    first, last = _leads_of(found, "2016"), _leads_of(found, "2019")
    return Chart(
        name="funnel-programmes",
        figure=style.finish(figure),
        title=f"A lead of Alibaba's came to {first:.1f} suspects in 2016 and {last:.1f} in 2019",
        alt=f"Three panels of rows with intervals. {told(found, _says)}.",
        measure="Suspects, sites closed and million yuan for each lead or case, platforms' own counts",
        note="Blue: for each lead. Green: for each case, another base. Bars: exact 95 percent Poisson intervals of "
        "counts, hedges of values. Logarithmic axes.",
        source=source_line(dataset, _ids()),
        frame=found,
    )


def _leads_of(found: pd.DataFrame, year: str) -> float:
    """Return the suspects that a lead of Alibaba's came to in a year."""
    row = found[(found["programme"] == f"Alibaba, {year}") & (found["what"] == "suspects")]
    return float(row["value"].iloc[0])


def _ids() -> list[str]:
    """Return the readings behind the ratios."""
    rows = programmes()
    return list(dict.fromkeys(one for name in COLUMNS[2:] for one in rows[name] if one))


def _says(row: Any) -> str:
    """Say one ratio for the alt text."""
    return f"{row['programme']}, {HEADS[row['what']]} for each {row['base']}: {between(row['low'], row['high'], 2)}"
