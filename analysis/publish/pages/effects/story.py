"""Which hypotheses the chapter tells, and each as a drawing: series, model, and the path without the measure."""

from __future__ import annotations

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
from analysis.publish.estimates import too_wide
from analysis.publish.lines import Drawn, break_notes, draw_series
from analysis.publish.marks import cut, draw_stacks
from analysis.publish.pages.ledger.wording import change, entries, interval
from analysis.publish.remarks import remarks
from analysis.publish.words import UNIT_WORDS, number
from analysis.scrutiny.identifiability import measures_in_window
from analysis.scrutiny.ledger import Entry
from analysis.scrutiny.primary import Primary


def register() -> list[dict[str, str]]:
    """Return the hypotheses that are told: name in the chapter, hypothesis_id, criteria it meets, words prose tells.

    Criteria: claimed (a text in the sources claims it), rivals, breaks (what stands in its way), clear
    (identifiable), comparison (a comparison series is registered).
    """
    return remarks("stories", ("name", "hypothesis_id", "criteria", "tells"), key="name")


def stories(dataset: Dataset) -> dict[str, Entry]:
    """Return the hypotheses of the chapter by their names, in its order."""
    known = {one.hypothesis.hypothesis_id: one for one in entries(dataset)}
    return {one["name"]: known[one["hypothesis_id"]] for one in register()}


def story(dataset: Dataset, name: str) -> Entry:
    """Return one of the chapter's hypotheses. Raises InputError if it tells none of this name."""
    found = stories(dataset)
    if name not in found:
        raise InputError(f"The chapter tells no hypothesis {name!r}; choose one of {', '.join(found)}.")
    return found[name]


def meets(dataset: Dataset, one: Entry) -> tuple[str, ...]:
    """Return the criteria that a hypothesis meets."""
    registered = dataset.hypotheses.set_index("hypothesis_id").loc[one.hypothesis.hypothesis_id]
    found = {
        "claimed": bool(registered["claim_source"]),
        "rivals": "rivals" in one.identifiability.faults,
        "breaks": "breaks" in one.identifiability.faults,
        "clear": one.identifiable,
        "comparison": bool(one.hypothesis.comparison),
    }
    return tuple(name for name, met in found.items() if met)


FIRST = 3  # periods over which the effect is read
ROOM = 1.35  # how far above the highest print the axis goes, for its legend
OVER = 1.2  # how far above the frame the axis goes, for the same
REACH = 1.5  # how much further for the frame of what was expected
FITTED, WITHOUT, BESIDE = style.GROUPS[1], style.GROUPS[0], style.GROUPS[2]


def story_chart(dataset: Dataset, name: str) -> Chart:
    """Draw one of the chapter's hypotheses.

    Raises
    ------
    InputError
        If the chapter tells none of this name, or no model could be fitted.
    """
    one = story(dataset, name)
    asked, comparison, effect = one.hypothesis, one.comparison, _model(one).effect
    ratios = [3.3, 0.9, *([2.0] if comparison else [])]
    figure, panels = style.subplots(
        len(ratios), 1, size=(style.WIDTH, sum(ratios) + 0.4), height_ratios=ratios, sharex=True
    )
    axes = panels[0]
    drawn = draw_series(axes, dataset, one.hypothesis.series_id, color=style.INK, mark_breaks=True)
    axes.set_title("Recorded, and what would have been without the measure")
    axes.set_ylabel(_unit(one))
    style.short_axis(axes)
    path = _paths(panels[0], one, effect)
    cut_frame = _expected(panels[0], one, drawn, path)
    window = measures_in_window(dataset, asked)
    _measures(panels[1], window, one)
    if comparison:
        _compare(panels[2], comparison, asked.at)
        panels[2].set_ylabel(_unit(one))
    panels[-1].set_xlabel("US fiscal year" if asked.fiscal else "year")
    title = asked.series.title
    named = title.split(" ", 1)[0].isupper() or title.startswith(("China ", "Japan "))
    return Chart(
        name=f"fig-effect-{name}",
        figure=style.finish(figure),
        title=f"{asked.measure}, and {title if named else title[0].lower() + title[1:]}",
        claims=False,  # what can be said stands in the prose, under its grade
        alt=_alt(one, drawn, path, window),
        note=_note(one, drawn, comparison, cut_frame),
        source=source_line(dataset, drawn.series.readings),
    )


def _unit(one: Entry) -> str:
    """Return what the axis counts."""
    return f"{UNIT_WORDS[one.hypothesis.series.unit]} a {'fiscal year' if one.hypothesis.fiscal else 'year'}"


def _model(one: Entry) -> Primary:
    """Return the primary test of a hypothesis. Raises InputError where there is no model."""
    if one.primary is None:
        raise InputError(f"{one.hypothesis.hypothesis_id} has no model to draw: {one.failure}")
    return one.primary


def anchored(one: Entry, effect: Effect) -> pd.DataFrame:
    """Return the path without the measure from the last period before it on, beginning at what was recorded then.

    The model knows how the path moves and not how high it lies, so its height is that of the last recorded period. A
    frame of time, estimate, lower and upper; the band is that of the model, moved along. Raises InputError where
    there is no model.
    """
    _model(one)
    assert one.question is not None  # else there would be no model
    main, path = one.question.main, effect.counterfactual
    before = main.time < one.hypothesis.at
    last = main.time[before].max()
    start = float(path.loc[path["time"] == last, "estimate"].iloc[0])
    moved = float(main.y[before][main.time[before] == last][0]) / start
    away: pd.DataFrame = path[path["time"] >= last].reset_index(drop=True)
    for name in ("estimate", "lower", "upper"):
        away[name] *= moved
    return away


def _paths(axes: Axes, one: Entry, effect: Effect) -> pd.DataFrame:
    """Draw the path without the measure from the last recorded period before it; return it."""
    path = anchored(one, effect)
    axes.plot(
        path["time"], path["estimate"], "--", color=WITHOUT, lw=1.6, label="without the measure", zorder=3
    )
    axes.axvline(one.hypothesis.at - 0.5, color=FITTED, lw=1.2, zorder=1)
    _legend(axes)
    return path


def _legend(axes: Axes) -> None:
    """Name the lines on a white ground, so that the frame and the uprights do not run through the words."""
    shown = axes.legend(loc="upper left", ncols=2, handlelength=1.8, columnspacing=1.2, frameon=True)
    shown.get_frame().set(facecolor=style.PAPER, edgecolor="none", alpha=1)
    shown.set_zorder(5)


def expected(one: Entry) -> tuple[float, float, float]:
    """Return what the first three periods would hold without the measure: mean, lowest, highest.

    The geometric mean of the recorded figures over the estimated ratio and the ends of its 95% interval. Raises
    InputError where there is no model.
    """
    test, at = _model(one), one.hypothesis.at
    assert one.question is not None  # else there would be no model
    main = one.question.main
    first = (main.time >= at) & (main.time < at + FIRST)
    mean = float(np.exp(np.log(main.y[first]).mean()))
    return mean / test.estimate, mean / test.upper, mean / test.lower


def _expected(axes: Axes, one: Entry, drawn: Drawn, path: pd.DataFrame) -> bool:
    """Draw that as a box over the first three periods; return whether it goes on beyond the axis.

    The axis keeps to what is recorded, what the line says and the box, unless that would make the rest small. There
    is no box where the interval is wider than a factor of ten: then there is no estimate.
    """
    middle, low, high = expected(one)
    left, width = one.hypothesis.at - 0.4, FIRST - 0.2
    tops = [path["estimate"], drawn.series.table["high"]]
    top = ROOM * max(float(np.nanmax(values)) for values in tops)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    if too_wide(low, high):
        axes.set_ylim(0, top)
        return False
    beyond = high > REACH * top
    box = Rectangle((left, low), width, high - low, fill=False, ec=WITHOUT, lw=1.3, zorder=2.5)
    axes.add_patch(box)
    axes.hlines(middle, left, left + width, color=WITHOUT, lw=2.2, zorder=2.5)
    if beyond:
        cut(box)
    axes.set_ylim(0, top if beyond else max(top, OVER * high))
    return beyond


def _measures(axes: Axes, window: pd.DataFrame, one: Entry) -> None:
    """Draw the measures of the window as a stack a year: rivals and others, and this one as a diamond."""
    made = one.hypothesis.made
    years = window["first"].astype(int).clip(made - 1, made + 1)
    rival = _rival(window)
    counts = pd.DataFrame({"rivals": years[rival].value_counts(), "others": years[~rival].value_counts()})
    counts = counts.reindex(range(made - 1, made + 2)).fillna(0)
    draw_stacks(axes, counts, colours=(style.INK, style.REST), totals=False, upright=True, thick=0.7)
    rivals = int(rival.sum())
    axes.set_ylabel("measures")
    axes.set_title(f"Measures near it: {rivals} rivals (dark), {len(window) - rivals} others")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=3))
    top = max(int(counts.sum(axis=1).max()), 3)
    axes.update_datalim([(made, top)])  # where no other measure is near
    axes.plot(made, -0.14 * top, "D", color=FITTED, ms=6, zorder=3)
    axes.margins(y=0.15)
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
        period, np.exp(path["counterfactual"]), "s--", color=BESIDE, ms=3.5, label="from the comparison"
    )
    axes.axvline(at - 0.5, color=FITTED, lw=1.2, zorder=1)
    axes.set_title("Beside the comparison series")
    _legend(axes)
    top = np.exp(path[["treated", "counterfactual"]].to_numpy(dtype=float))
    axes.set_ylim(0, ROOM * float(np.nanmax(top)))
    style.short_axis(axes)


def _alt(one: Entry, drawn: Drawn, path: pd.DataFrame, window: pd.DataFrame) -> str:
    """Say the drawing for a reader who cannot see it."""
    comparison, first, last = one.comparison, path.iloc[0], path.iloc[-1]
    said = (
        f"{drawn.alt}. The line without the measure goes from {number(float(first['estimate']), 3)} in "
        f"{int(first['time'])} to {number(float(last['estimate']), 3)} in {int(last['time'])}; mean change of "
        f"the first three periods {interval(one.primary)}. Bars below: {int(_rival(window).sum())} rival measures and "
        f"{int((~_rival(window)).sum())} others in the window."
    )
    if comparison is None:
        return said
    return f"{said} A third panel compares with other series: change {change(comparison.ratio)}."


def _note(one: Entry, drawn: Drawn, comparison: Comparison | None, cut_frame: bool) -> str:
    """Say what the marks mean."""
    parts = [
        "Dots: printed figures, bars what their hedges allow, boxes the reconstructed years (hatched: little "
        "informed). Blue, dashed: the path without the measure, begun at the last recorded figure before it, since the "
        "model tells how the path moves and not how high it lies. Upright: the first period affected. Diamond: the "
        "measure."
    ]
    if too_wide(*expected(one)[1:]):
        parts.append("There is no estimate of the change: its 95% interval is wider than a factor of ten.")
    else:
        parts.append(
            "Blue frame: what the first three periods would hold without the measure, by the estimate (dash) and its "
            "95% interval."
        )
    if cut_frame:
        parts.append("The frame goes on beyond the drawing.")
    if comparison:
        parts.append("Green: the path that the comparison series implies.")
    return " ".join([*parts, break_notes([drawn])]).strip()
