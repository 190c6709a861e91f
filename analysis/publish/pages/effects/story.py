"""Which hypotheses the chapter tells: each as a drawing of what was recorded, and as a card of the four answers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.change import ENDS
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.estimates import too_wide
from analysis.publish.lines import break_notes, draw_series
from analysis.publish.links import source_words
from analysis.publish.marks import cut
from analysis.publish.pages.ledger.browser import FAMILY, beside, tested
from analysis.publish.pages.ledger.wording import excluded, plainly, ratio
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import UNIT_WORDS, capital, counted, listed, number
from analysis.rounding import written
from analysis.scrutiny import Answer, bundle, four_answers
from analysis.scrutiny.answers import DRAWS
from analysis.scrutiny.letters import MEANING
from analysis.series import definition, drawn_years

MOST_ROOM = 1.5  # how far above everything else the frame may reach, as a multiple
OVER = 1.3  # how far above the highest mark the axis goes, for its legend


def register() -> list[dict[str, str]]:
    """Return the hypotheses that are told: name in the chapter, hypothesis_id, criteria it meets.

    Criteria: claimed (a text in the sources claims it), joint (other measures begin with it), alone (none does), breaks
    (the count changes), beside (another series or other units are compared).
    """
    return remarks("stories", ("name", "hypothesis_id", "criteria"), key="name")


def story(dataset: Dataset, name: str) -> Answer:
    """Return the answers on one of the chapter's hypotheses. Raises InputError if it tells none of this name."""
    found = {one["name"]: one["hypothesis_id"] for one in register()}
    if name not in found:
        raise InputError(f"The chapter tells no hypothesis {name!r}; choose one of {', '.join(found)}.")
    return four_answers(dataset)[bundle(dataset, found[name]).bundle_id]


def meets(dataset: Dataset, one: Answer) -> set[str]:
    """Return the criteria that a bundle meets."""
    rows = dataset.hypotheses[dataset.hypotheses["hypothesis_id"].isin(one.bundle.hypotheses)]
    found = {
        "claimed": bool((rows["claim_source"] != "").any()),
        "joint": len(one.bundle.measures) > 1,
        "alone": len(one.bundle.measures) == 1,
        "breaks": bool(one.bundle.breaks),
        "beside": one.beside.compared,
    }
    return {name for name, met in found.items() if met}


def means(dataset: Dataset, one: Answer) -> dict[str, tuple[list[int], float]]:
    """Return the years `before` and `after` that the first answer compares, and the mean recorded in each."""
    at, recorded = (
        one.bundle.at,
        drawn_years(dataset, one.bundle.series_id, draws=DRAWS, released=one.bundle.at),
    )
    sides = {"before": (at - ENDS, at), "after": (at, at + ENDS)}
    found = {}
    for side, (first, end) in sides.items():
        inside = (recorded.time >= first) & (recorded.time < end)
        found[side] = (recorded.time[inside].tolist(), float(recorded.y[inside].mean()))
    return found


def expected(dataset: Dataset, one: Answer) -> tuple[float, float, float] | None:
    """Return what the first three periods would hold by the series' own course: mean, lowest, highest (95%).

    The geometric mean of what was recorded over the ratio and the ends of its interval; None where there is no test or
    the interval is wider than a factor of ten.
    """
    test, at = one.unusual, one.bundle.at
    if test is None or too_wide(test.lower, test.upper):
        return None
    recorded = drawn_years(dataset, one.bundle.series_id, draws=DRAWS, released=at)
    inside = (recorded.time >= at) & (recorded.time < at + ENDS)
    mean = float(np.exp(np.log(recorded.y[inside]).mean()))
    return mean / test.estimate, mean / test.upper, mean / test.lower


def story_chart(dataset: Dataset, name: str) -> Chart:
    """Draw one of the chapter's series: what was recorded before and after, and what its own course would have held.

    Raises
    ------
    InputError
        If the chapter tells none of this name.
    """
    one = story(dataset, name)
    at, own = one.bundle.at, definition(dataset, one.bundle.series_id)
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    drawn = draw_series(axes, dataset, own.series_id, color=style.INK, mark_breaks=True)
    for years, mean in means(dataset, one).values():
        axes.hlines(mean, years[0] - 0.4, years[-1] + 0.4, color=style.GROUPS[1], lw=3, zorder=2.4)
    axes.plot([], [], color=style.GROUPS[1], lw=3, label="mean, three years before and after")
    highest = float(np.nanmax(drawn.series.table["high"]))
    tested_at = f"ledger.html#ledger-{one.bundle.hypotheses[0]}"
    cut_frame = _frame(axes, expected(dataset, one), at, highest, tested_at)
    axes.axvline(at - 0.5, color=style.TEXT, lw=1.2, ls="--", zorder=1)
    axes.set_ylabel(f"{UNIT_WORDS[own.unit]} a {'fiscal year' if one.bundle.fiscal else 'year'}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    style.short_axis(axes)
    shown = axes.legend(loc="upper left", ncols=2, handlelength=1.6, columnspacing=1.2, frameon=True)
    shown.get_frame().set(facecolor=style.PAPER, edgecolor="none", alpha=1)
    shown.set_zorder(5)
    known = expected(dataset, one) is not None
    frame = "Frame: those years by its own course, 95%." if known else "No frame: its interval is too wide."
    beyond = " The frame goes on." if cut_frame else ""
    return Chart(
        name=f"fig-effect-{name}",
        figure=style.finish(figure),
        title=_title(dataset, one),
        alt=f"{drawn.alt}. {happened(dataset, one)}. Excluded: {excluded(dataset, one) or 'nothing'}.",
        measure=f"{capital(UNIT_WORDS[own.unit])} a {'fiscal year' if one.bundle.fiscal else 'year'}",
        note=f"Dots: published figures; boxes: reconstructed years. Vertical line: first period affected. "
        f"{frame}{beyond} {break_notes([drawn])}".strip(),
        source=source_line(dataset, drawn.series.readings),
    )


def _frame(axes: Axes, box: tuple[float, float, float] | None, at: int, highest: float, address: str) -> bool:
    """Draw what the course would have held over the first three periods; return whether it goes on beyond the axis.

    It leads to `address`, where the test is told.
    """
    top = OVER * highest
    if box is None:
        axes.set_ylim(0, top)
        return False
    middle, low, high = box
    beyond = high > MOST_ROOM * highest
    drawn = Rectangle(
        (at - 0.45, low), ENDS - 0.1, high - low, fill=False, ec=style.GROUPS[0], lw=1.5, zorder=2.5
    )
    axes.add_patch(drawn)
    lead(drawn, [{"address": address}])
    axes.hlines(middle, at - 0.45, at - 0.55 + ENDS, color=style.GROUPS[0], lw=1.5, zorder=2.5)
    axes.plot([], [], color=style.GROUPS[0], lw=1.5, label="by its own course")
    if beyond:
        cut(drawn)
    axes.set_ylim(0, top if beyond else max(top, OVER * high))
    return beyond


def _title(dataset: Dataset, one: Answer) -> str:
    """Say what happened, and whether the series' own course allows it."""
    named, ratio_of = definition(dataset, one.bundle.series_id).title, one.happened
    stood = (
        f"{named} stood at {written(ratio_of.ratio, '.2f')} times the three years before"
        if ratio_of
        else named
    )
    test = one.unusual
    if test is None:
        return f"{stood}; the record is too short to test"
    if too_wide(test.lower, test.upper):
        return f"{stood}; its own course cannot be told"
    within = "within" if test.lower <= 1 <= test.upper else "just beyond"
    return f"{stood}, {within} what its own course allows"


def happened(dataset: Dataset, one: Answer) -> str:
    """Say the means before and after, and their ratio."""
    parts = [
        f"{number(mean, 3)} a year in {years[0]} to {years[-1]}"
        for years, mean in means(dataset, one).values()
    ]
    told = one.happened
    return ", then ".join(parts) + (f": {ratio(told.ratio, told.lower, told.upper)}" if told else "")


def story_card(dataset: Dataset, name: str) -> HtmlTable:
    """Return the claim and the four answers on one of the chapter's hypotheses, risk of bias and grade, as a table."""
    one = story(dataset, name)
    numbers, others = tested(dataset, one), list(beside(dataset, one).items())
    shown = [*others[:1], *(part for part in others[1:] if part[0] == FAMILY)]
    compared = "; ".join(f"{title.removeprefix('beside: ')}: {told}" for title, told in shown)
    tests = ("departure", "p", "rank") if numbers else ()
    unusual = "; ".join(f"p {numbers[key]}" if key == "p" else numbers[key] for key in tests)
    said = {
        "claim": _claim(dataset, name),
        "what happened": happened(dataset, one),
        "was it unusual": unusual or f"too short to test: {one.failure}",
        "what is excluded": excluded(dataset, one) or "nothing",
        "beside others": compared or "nothing to compare with",
        "risk of bias": _risks(dataset, one),
        "grade": f"{one.letter}: {MEANING[one.letter].lower()}",
    }
    caption = f"{definition(dataset, one.bundle.series_id).title}, from {one.bundle.at}"
    return table(
        [{"question": question, "answer": answer} for question, answer in said.items()], caption=caption
    )


def _claim(dataset: Dataset, name: str) -> str:
    """Say who claims what, in our words, or what the register expected."""
    named = next(one["hypothesis_id"] for one in register() if one["name"] == name)
    row = dataset.hypotheses.set_index("hypothesis_id").loc[named]
    if not row["claim_source"]:
        return f"none in the sources; the register: {row['reason']}"
    source = source_words(dataset, str(row["claim_source"]))
    return f"{str(row['claim']).rstrip('.')} ({source.label}, {source.published}, in our words)"


def _risks(dataset: Dataset, one: Answer) -> str:
    """Say which items of EPOC are at high risk and why, and name the others by level."""
    high = [f"{risk.item} ({plainly(dataset, risk.reason)})" for risk in one.risks if risk.level == "high"]
    unclear = [risk.item for risk in one.risks if risk.level == "unclear"]
    low = sum(risk.level == "low" for risk in one.risks)
    return f"high: {'; '.join(high) or 'none'}. Unclear: {listed(unclear) or 'none'}. Low: {counted(low)}."
