"""The identifiable hypotheses side by side: the specification curve of each."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.effects.curve import draw_curve
from analysis.publish.pages.ledger.forest import estimated
from analysis.publish.pages.ledger.grades import counted, ledger_source
from analysis.publish.pages.ledger.names import brief_measure, brief_series
from analysis.publish.pages.ledger.rows import Row, rows, share

REACH = math.log(3.2)  # one scale for all panels


def shown(dataset: Dataset) -> list[Row]:
    """Return the identifiable hypotheses that have a multiverse, the largest estimate first."""
    found = estimated(rows(dataset), identifiable=True)
    return [one for one in found if one.scrutiny and len(one.scrutiny.multiverse)]


def multiples_chart(dataset: Dataset) -> Chart:
    """Draw the specification curve of every identifiable hypothesis, two in a row."""
    found = shown(dataset)
    lines = math.ceil(len(found) / 2)
    figure, panels = style.subplots(lines, 2, size=(5.8, 1.75 * lines + 0.2), squeeze=False)
    for axes, one in zip(panels.flat, found, strict=False):
        _panel(axes, one)
    for axes in panels.flat[len(found) :]:
        axes.set_axis_off()
    steady = [one for one in found if one.scrutiny and one.scrutiny.sign_share >= 0.9]
    beyond = [
        one for one in steady if one.scrutiny and one.scrutiny.sign_share > one.scrutiny.placebo_sign_share
    ]
    told = "; ".join(
        f"{one.measure}, {one.series}: {share(one.scrutiny.sign_share)}, at placebo dates "
        f"{share(one.scrutiny.placebo_sign_share)}, grade {one.letter}"
        for one in found
        if one.scrutiny
    )
    return Chart(
        name="fig-effects-multiples",
        figure=style.finish(figure),
        title=f"{counted(len(steady), 'keeps', 'keep').capitalize()} its sign in nine specifications of ten, of "
        f"{len(found)} hypotheses; {counted(len(beyond), 'does', 'do')} so more often than at placebo dates",
        alt=f"{len(found)} small specification curves. Share of the estimate's sign: {told}.",
        note="Each panel: all estimates of one hypothesis in order, as ratios to the counterfactual; black where p is "
        "below 0.05, diamond: the registered specification. Under the names: the share of the estimate's sign, and the "
        "mean of that share at placebo dates. A dash: no placebo date has enough periods.",
        source=ledger_source(dataset, tuple(found)),
    )


def _panel(axes: Axes, one: Row) -> None:
    """Draw one curve with its name and shares."""
    scrutiny = one.scrutiny
    if scrutiny is None:
        return
    draw_curve(axes, scrutiny, size=1.2, reach=REACH)
    shares = f"{one.letter}: {share(scrutiny.sign_share)}, placebo {share(scrutiny.placebo_sign_share)}"
    names = f"{brief_measure(one, 30)}\n{brief_series(one, 30)}\n{shares}"
    axes.set_title(names, size=8.7, weight="normal")
