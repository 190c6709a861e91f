"""The law's thresholds on the values of reported cases."""

from __future__ import annotations

import numpy as np

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import cases_address
from analysis.publish.chart import Chart
from analysis.publish.marks import log_axis
from analysis.publish.marks_grid import draw_spread
from analysis.publish.pages.cases.rows import source_of
from analysis.publish.touch import lead_panel
from analysis.publish.words import between
from analysis.scrutiny.penalties import THRESHOLDS, crossed, valued_cases


def thresholds_chart(dataset: Dataset) -> Chart:
    """Draw the values of reported cases as steps, with the thresholds of the law (yuan)."""
    cases = valued_cases(dataset)
    found = crossed(dataset)
    frame = cases.assign(value=cases["value_cny"].astype(float))
    figure, axes = style.subplots(size=(style.WIDTH, 4.0))
    draw_spread(axes, frame, x="value", kind="ecdf", log=True, stat="percent", color=style.INK, lw=1.6)
    log_axis(axes)
    low, high = float(frame["value"].min()), float(frame["value"].max())
    axes.set_xlim(min(low, min(one.yuan for one in THRESHOLDS)) / 2, high * 2)
    axes.set_ylim(0, 102)
    for place, one in enumerate(THRESHOLDS):
        axes.axvline(one.yuan, color=style.MEASURE, lw=1.0, zorder=1)
        axes.annotate(
            f"{one.name}: {one.yuan:,.0f}", (high * 1.5, 27 - 6 * place), ha="right", fontsize=style.SMALL,
            color=style.TEXT, path_effects=style.HALO,
        )  # fmt: skip
    axes.set_xlabel("value of the case, yuan")
    lead_panel(axes, cases_address("order", "value down"))
    axes.set_ylabel("percent of cases up to that value")
    entry = found.loc[THRESHOLDS[1].name]
    told = "; ".join(
        f"{name} {row['threshold']:,.0f} yuan: "
        f"{between(100 * row['certain'], 100 * row['possible'], 3)} percent reach it"
        for name, row in found.iterrows()
    )
    return Chart(
        name="offenders-thresholds",
        figure=style.finish(figure),
        title=f"Of {len(frame)} reported cases {100 * entry['certain']:.0f} percent lie above the threshold of crime: "
        "small ones are not told",
        alt=f"Steps of case values on a log axis from {low:,.0f} to {high:,.0f} yuan, median "
        f"{np.median(frame['value']):,.0f}; vertical lines at the thresholds. {told}.",
        measure="Percent of reported cases up to a value, yuan, log axis, China",
        note="Vertical lines: thresholds from left to right as listed from above. Values as published: sales, involved "
        "or seized, mixed kinds.",
        source=source_of(dataset, cases),
        frame=frame[["case_id", "value"]],
    )
