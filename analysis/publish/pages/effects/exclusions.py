"""The one figure of all bundles that were tested: what their intervals leave, and what they exclude."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.marks import cut, draw_rows, legend_above
from analysis.publish.pages.effects.story import register
from analysis.publish.pages.ledger.wording import anchor, counted, excluded, probability
from analysis.publish.tables import Link
from analysis.publish.touch import lead
from analysis.publish.words import capital
from analysis.rounding import above, written
from analysis.scrutiny import Answer, four_answers
from analysis.scrutiny.letters import MEANING
from analysis.series import definition

COLOURS = dict(zip("ABC", (style.GROUPS[0], style.GROUPS[2], style.GROUPS[1]), strict=True))
MOST = 8.0  # the ratio beyond which, or below its inverse, an interval is cut
TICKS = {0.125: "⅛", 0.25: "¼", 0.5: "half", 1.0: "1", 2.0: "twice", 4.0: "4", 8.0: "8"}
PITCH = 0.075  # inches a row


@dataclass(frozen=True)
class Excluded:
    """How many tests exclude a doubling, a halving, both."""

    doubling: int
    halving: int
    both: int


def tested(dataset: Dataset) -> list[Answer]:
    """Return the bundles that were tested, the narrowest interval first."""
    found = [one for one in four_answers(dataset).values() if one.unusual is not None]
    return sorted(found, key=lambda one: (_width(one), one.bundle.bundle_id))


def exclusions(found: list[Answer]) -> Excluded:
    """Count the tests whose 95% interval leaves out a doubling, a halving, and both."""
    tests = [one.unusual for one in found if one.unusual is not None]
    doubling = [bool(above(2.0, one.upper)) for one in tests]
    halving = [bool(above(one.lower, 0.5)) for one in tests]
    return Excluded(sum(doubling), sum(halving), sum(map(all, zip(doubling, halving, strict=True))))


def rows(dataset: Dataset) -> pd.DataFrame:
    """Return a row a test as it is drawn, ratios cut to the frame, and how it is said.

    Columns: bundle_id, value, low, high, below and above (whether the interval goes on beyond the frame), colour,
    address (of its first hypothesis in the ledger), said.
    """
    lines, told = [], {one["hypothesis_id"] for one in register()}
    for one in tested(dataset):
        test = one.unusual
        assert test is not None  # `tested` leaves out the others
        title = definition(dataset, one.bundle.series_id).title
        lines.append(
            {
                "bundle_id": one.bundle.bundle_id,
                **{"value": test.estimate, "low": test.lower, "high": test.upper},
                **{"below": test.lower < 1 / MOST, "above": test.upper > MOST},
                "colour": style.INK if set(one.bundle.hypotheses) & told else COLOURS[one.letter],
                "address": f"ledger.html#ledger-{one.bundle.hypotheses[0]}",
                "said": f"{title} from {one.bundle.at}: excluded {excluded(dataset, one)}",
            }
        )
    frame = pd.DataFrame(lines)
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].clip(1 / MOST, MOST)
    return frame


def exclusions_chart(dataset: Dataset) -> Chart:
    """Draw the 95% interval of every bundle that was tested, as a ratio to the series' own course."""
    found, drawn = tested(dataset), rows(dataset)
    count = exclusions(found)
    standing = sum(one.letter in "AB" for one in found)
    figure, axes = style.subplots(size=(style.WIDTH, PITCH * len(drawn) + 1.1))
    draw_rows(axes, drawn.assign(alpha=0.75), width=2.6, mark=3.4)
    _beyond(axes, drawn)
    _frame(axes, len(drawn))
    letters = [letter for letter in COLOURS if any(one.letter == letter for one in found)]
    for letter in letters:
        axes.plot([], [], color=COLOURS[letter], lw=2.6, label=f"{letter}: {MEANING[letter].lower()}")
    axes.plot([], [], color=style.INK, lw=2.6, label="told below")
    legend_above(figure, axes)
    return Chart(
        name="fig-excluded",
        figure=style.finish(figure),
        title=f"{capital(counted(count.doubling))} of {len(found)} tests exclude a doubling, {counted(count.halving)} "
        f"a halving, {counted(count.both)} both; {counted(standing, 'stands', 'stand')} out from chance",
        alt=f"{len(found)} intervals on a ratio scale, the narrowest on top, all of grade {' and '.join(letters)}. "
        f"The narrowest: {'; '.join(drawn['said'].head(3))}. The widest: {drawn['said'].iloc[-1]}.",
        measure="First three years after a measure, as a ratio to the series' own course",
        note="Bars: 95% intervals of the first three years over the series' own course; what lies outside is excluded. "
        f"Arrows: beyond a factor of {MOST:g}. Shares: ratios of odds.",
        source=_source(dataset, found),
        frame=drawn,
    )


def _width(one: Answer) -> float:
    return one.unusual.upper / one.unusual.lower if one.unusual is not None else float("inf")


def _beyond(axes: Axes, drawn: pd.DataFrame) -> None:
    """Draw an arrow where an interval goes on beyond the frame."""
    for place, row in enumerate(drawn.to_dict("records")):
        for beyond, limit, arrow in ((row["below"], 1 / MOST, "<"), (row["above"], MOST, ">")):
            if beyond:
                (mark,) = axes.plot(limit, place, arrow, color=row["colour"], ms=3.6, clip_on=False, zorder=3)
                lead(mark, [row])
                cut(mark)


def _frame(axes: Axes, count: int) -> None:
    """Set the ratio scale with the lines of no change, of doubling and of halving."""
    axes.set_xscale("log")
    axes.set_xlim(1 / MOST, MOST)
    axes.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: TICKS[float(value)]))
    axes.minorticks_off()
    axes.set_yticks([])
    axes.set_ylim(count + 0.5, -1.5)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.axvline(1, color=style.TEXT, lw=1.1, zorder=1)
    for edge in (0.5, 2.0):
        axes.axvline(edge, color=style.TEXT, lw=1.0, ls=":", zorder=1)
    axes.set_xlabel("recorded count over its own course")


def _source(dataset: Dataset, found: list[Answer]) -> Source:
    """Return the source line, which leads to the row of each bundle."""
    trail: list[dict[str, object]] = [
        {
            "bundle": Link(one.bundle.bundle_id, f"ledger.html#{anchor(one.bundle.hypotheses[0])}"),
            "ratio": written(one.unusual.estimate, ".2f"),
            "95% interval": f"{written(one.unusual.lower, '.2f')} to {written(one.unusual.upper, '.2f')}",
            "p (BH)": probability(one.p_bh),
            "grade": one.letter,
        }
        for one in found
        if one.unusual is not None
    ]
    text = f"Source: hypotheses.csv, the series and measures that it names. {version_line(dataset)}"
    return Source.of(text, trail, "tests")
