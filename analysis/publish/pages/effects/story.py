"""A hypothesis as a drawing: the recorded series, the model's path, and the path without the measure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Comparison, Effect
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series
from analysis.publish.pages.effects.chosen import told
from analysis.publish.pages.ledger.rows import Row, change, interval
from analysis.publish.words import UNIT_WORDS, number
from analysis.scrutiny.identifiability import measures_in_window
from analysis.series import definition

FIRST = 3  # periods over which the effect is read
ENDLESS = 9.0
ROOM = 1.35  # how far above the highest print the bands may stretch the axis


def story_chart(dataset: Dataset, name: str) -> Chart:
    """Draw one of the chapter's hypotheses.

    Raises
    ------
    InputError
        If the chapter tells none of this name, or no model could be fitted.
    """
    stories = told(dataset)
    if name not in stories:
        raise InputError(f"The chapter tells no hypothesis {name!r}; choose one of {', '.join(stories)}.")
    one = stories[name]
    if one.primary is None:
        raise InputError(f"{one.hypothesis_id} has no model to draw: {one.entry.assessment.failure}")
    comparison = one.entry.assessment.comparison
    ratios = [3.3, 0.9, *([2.0] if comparison else [])]
    figure, panels = style.subplots(
        len(ratios), 1, size=(5.8, sum(ratios) + 0.4), height_ratios=ratios, sharex=True
    )
    drawn = _series(panels[0], dataset, one)
    effect = one.primary.effect
    _paths(panels[0], effect, one.at)
    _expected(panels[0], one)
    _limits(panels[0], drawn, effect)
    window = measures_in_window(dataset, one.hypothesis_id)
    _measures(panels[1], window, one)
    if comparison:
        _compare(panels[2], comparison, one.at)
        panels[2].set_ylabel(_unit(dataset, one))
    panels[-1].set_xlabel("US fiscal year" if one.fiscal else "year")
    return Chart(
        name=f"fig-effect-{name}",
        figure=style.finish(figure),
        title=f"{one.measure}, and {_lower(one.series)}",
        alt=_alt(one, drawn, effect, window),
        note=_note(drawn, effect, comparison),
        source=source_line(dataset, drawn.series.readings),
    )


def _lower(title: str) -> str:
    """Return a title to go on with in a sentence, names in capitals kept."""
    first = title.split(" ", 1)[0]
    return title if first.isupper() or first in ("China", "Japan") else title[0].lower() + title[1:]


def _series(axes: Axes, dataset: Dataset, one: Row) -> Drawn:
    """Draw the recorded series with its bands."""
    drawn = draw_series(axes, dataset, one.series_id, color=style.INK, mark_breaks=True)
    axes.set_title("Recorded, and what the model makes of it")
    axes.set_ylabel(_unit(dataset, one))
    style.short_axis(axes)
    return drawn


def _unit(dataset: Dataset, one: Row) -> str:
    """Return what the axis counts."""
    return (
        f"{UNIT_WORDS[definition(dataset, one.series_id).unit]} a {'fiscal year' if one.fiscal else 'year'}"
    )


def _paths(axes: Axes, effect: Effect, at: int) -> None:
    """Draw the fitted path and, from the measure on, the counterfactual, both with 95% bands."""
    fitted = effect.fitted
    away = effect.counterfactual[effect.counterfactual["time"] >= at]
    for frame, color, line, name in (
        (fitted, style.ORANGE, "-", "fitted"),
        (away, style.BLUE, "--", "without the measure"),
    ):
        time = frame["time"].astype(float)
        if not endless(effect):
            axes.fill_between(time, frame["lower"], frame["upper"], color=color, alpha=0.14, lw=0, zorder=1.2)
        look: dict[str, Any] = {"lw": 1.0, "alpha": 0.6} if endless(effect) else {"lw": 1.6}
        axes.plot(time, frame["estimate"], line, color=color, label=name, zorder=3, **look)
    axes.axvline(at - 0.5, color=style.ORANGE, lw=1.2, zorder=1)
    _legend(axes)


def _legend(axes: Axes) -> None:
    """Name the lines on a white ground, so that the frame and the uprights do not run through the words."""
    shown = axes.legend(loc="upper left", ncols=2, handlelength=1.8, columnspacing=1.2, frameon=True)
    shown.get_frame().set(facecolor="white", edgecolor="none", alpha=1)
    shown.set_zorder(5)


def endless(effect: Effect) -> bool:
    """Tell whether the band of the fitted line is so wide that it would fill the panel: a factor of nine or more."""
    middle = effect.fitted.iloc[len(effect.fitted) // 2]
    return not float(middle["upper"]) < ENDLESS * float(middle["lower"])


def expected(one: Row) -> tuple[float, float, float]:
    """Return what the first three periods would hold without the measure: mean, lowest, highest.

    The geometric mean of the recorded figures over the estimated ratio and the ends of its 95% interval. Raises
    InputError where there is no model.
    """
    question, test = one.entry.assessment.question, one.primary
    if question is None or test is None:
        raise InputError(f"{one.hypothesis_id} has no model to draw: {one.entry.assessment.failure}")
    first = (question.main.time >= one.at) & (question.main.time < one.at + FIRST)
    mean = float(np.exp(np.log(question.main.y[first]).mean()))
    return mean / test.estimate, mean / test.upper, mean / test.lower


def _expected(axes: Axes, one: Row) -> None:
    """Draw that as a box over the first three periods."""
    middle, low, high = expected(one)
    left, width = one.at - 0.4, FIRST - 0.2
    box = Rectangle((left, low), width, high - low, fill=False, ec=style.BLUE, lw=1.3, zorder=2.5)
    axes.add_patch(box)
    axes.hlines(middle, left, left + width, color=style.BLUE, lw=2.2, zorder=2.5)


def _limits(axes: Axes, drawn: Drawn, effect: Effect) -> None:
    """Keep the axis to the years of the model and to what is recorded: bands beyond are cut."""
    first, last = float(effect.fitted["time"].min()), float(effect.fitted["time"].max())
    axes.set_xlim(first - 0.8, last + 0.8)
    table = drawn.series.table
    inside = table[table["year"].between(first, last)]
    tops = [effect.fitted["estimate"].max(), effect.counterfactual["estimate"].max(), inside["value"].max()]
    axes.set_ylim(0, ROOM * float(np.nanmax(tops)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))


def _measures(axes: Axes, window: pd.DataFrame, one: Row) -> None:
    """Draw the measures of the window as a stack of marks a year: this one, rivals, others."""
    made = one.at - one.lag
    height: dict[int, int] = {}
    for kind in ("rival", "other"):
        chosen = window[_rival(window) if kind == "rival" else ~_rival(window)]
        counts = chosen["first"].astype(int).clip(made - 1, made + 1).value_counts()
        for label, count in counts.sort_index().items():
            year = int(str(label))
            base = height.get(year, 0)
            bars = {"rival": style.INK, "other": "#c4ccd0"}
            axes.bar(year, count, bottom=base, width=0.7, color=bars[kind], zorder=2)
            height[year] = base + int(count)
    rivals = int(_rival(window).sum())
    axes.set_ylabel("measures")
    axes.set_title(f"Measures near it: {rivals} rivals (dark), {len(window) - rivals} others")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
    top = max([*height.values(), 3])
    axes.plot(made, -0.14 * top, "D", color=style.ORANGE, ms=6, zorder=3)
    axes.set_ylim(-0.28 * top, 1.05 * top)
    axes.grid(visible=False)


def _rival(window: pd.DataFrame) -> pd.Series[bool]:
    """Tell which measures of a window are rivals, as the ledger counts them."""
    return window["same_instrument"].astype(bool) & ~window["package"].astype(bool)


def _compare(axes: Axes, comparison: Comparison, at: int) -> None:
    """Draw the series and what the comparison series would have made of it, both as recorded figures."""
    path = comparison.path
    period = path["period"].astype(float)
    axes.plot(period, np.exp(path["treated"]), "o-", color=style.INK, ms=4, lw=1.3, label="recorded")
    axes.plot(
        period, np.exp(path["counterfactual"]), "s--", color=style.GREEN, ms=3.5, label="from the comparison"
    )
    axes.axvline(at - 0.5, color=style.ORANGE, lw=1.2, zorder=1)
    axes.set_title("Beside the comparison series")
    _legend(axes)
    top = np.exp(path[["treated", "counterfactual"]].to_numpy(dtype=float))
    axes.set_ylim(0, ROOM * float(np.nanmax(top)))
    style.short_axis(axes)


def _alt(one: Row, drawn: Drawn, effect: Effect, window: pd.DataFrame) -> str:
    """Say the drawing for a reader who cannot see it."""
    away = effect.counterfactual[effect.counterfactual["time"] >= one.at].iloc[0]
    fitted = effect.fitted[effect.fitted["time"] >= one.at].iloc[0]
    said = (
        f"{drawn.alt}. Fitted line and, from {one.at} on, the line without the measure: in {int(away['time'])} "
        f"{number(float(fitted['estimate']), 3)} fitted against {number(float(away['estimate']), 3)}; mean change of "
        f"the first three periods {interval(one.primary)}. Bars below: {int(_rival(window).sum())} rival measures and "
        f"{int((~_rival(window)).sum())} others in the window."
    )
    comparison = one.entry.assessment.comparison
    if comparison is None:
        return said
    return f"{said} A third panel compares with other series: change {change(comparison.ratio)}."


def _note(drawn: Drawn, effect: Effect, comparison: Comparison | None) -> str:
    """Say what the marks mean."""
    parts = [
        "Dots: printed figures, bars what their hedges allow, boxes the reconstructed years (hatched: little "
        "informed). Orange: the fitted line; blue, dashed: the same without the measure; blue "
        "frame: what the first three periods would hold without the measure, by the estimate (dash) and its 95% "
        "interval. Upright: the first period affected. Diamond: the measure."
    ]
    parts.append(
        "The lines' own 95% bands would fill the panel, since errors last so long that the height of a line is hardly "
        "known; they are not drawn."
        if endless(effect)
        else "Shades: 95% bands of the lines."
    )
    if comparison:
        parts.append("Green: the path that the comparison series implies.")
    return " ".join([*parts, break_notes([drawn])]).strip()
