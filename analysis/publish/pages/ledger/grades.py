"""How many hypotheses have which grade, and what stands in the way of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.marks import draw_bars, make_room
from analysis.publish.pages.ledger.wording import FAULTS, anchor, counted, entries
from analysis.publish.tables import Link
from analysis.scrutiny.ledger import Entry

SHORT = {
    "A": "A  stands out, with comparison",
    "B": "B  stands out from placebo",
    "C": "C  cannot be told from placebo",
    "D": "D  cannot be identified",
}
COLOURS = dict(zip("ABCD", (style.GROUPS[0], style.GROUPS[2], style.GROUPS[1], style.REST), strict=True))


def by_grade(found: Sequence[Entry]) -> pd.Series[int]:
    """Return the number of hypotheses of each grade, A to D, with zeros."""
    counts = Counter(str(one.letter) for one in found)
    return pd.Series([counts[letter] for letter in SHORT], index=list(SHORT))


def by_fault(found: Sequence[Entry]) -> pd.DataFrame:
    """Return for each obstacle how many hypotheses meet it: `all`, and `alone` where it is the only one.

    Most frequent first. A hypothesis that meets several counts in each.
    """
    met = [one.identifiability.faults for one in found]
    table = {
        fault: {"all": sum(fault in one for one in met), "alone": sum(one == (fault,) for one in met)}
        for fault in FAULTS
    }
    frame = pd.DataFrame.from_dict(table, orient="index")
    return frame.sort_values("all", ascending=False, kind="stable")


def grades_chart(dataset: Dataset) -> Chart:
    """Draw the number of hypotheses by grade, and by what makes them not identifiable."""
    found = entries(dataset)
    grades, faults = by_grade(found), by_fault(found)
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 4.4), height_ratios=[4, 4.6])
    draw_bars(top, grades.rename(SHORT), colour=list(COLOURS.values()))
    top.set_title(f"Grades of {len(found)} hypotheses")
    named = faults.rename(FAULTS)
    draw_bars(bottom, named["all"], colour=style.REST, label="among others")
    bottom.barh(
        named.index, named["alone"], color=style.INK, height=0.66, hatch="//", edgecolor=style.PAPER, label="alone"
    )  # fmt: skip
    bottom.set_title("What stands in the way")
    bottom.legend(loc="lower right", title="obstacle stands")
    for axes in (top, bottom):
        make_room(axes)
    said = ", ".join(f"{letter} {count}" for letter, count in grades.items())
    told = "; ".join(f"{name}: {row['all']}, alone {row['alone']}" for name, row in named.iterrows())
    return Chart(
        name="fig-ledger-grades",
        figure=style.finish(figure),
        title=f"{grades['D']} of {len(found)} hypotheses cannot be identified; "
        f"{counted(grades['A'] + grades['B'], 'stands', 'stand')} out from placebo",
        alt=f"Two sets of bars. Hypotheses by grade: {said}. What makes the others not identifiable: {told}.",
        note="Too few: fewer than four informed years before, or three from the first affected on. A rival: another "
        "measure of the same instrument that could reach the series, in the same or a neighbouring year. "
        "A hypothesis may meet several; hatched: it is the only one.",
        source=ledger_source(dataset),
        frame=faults,
    )


def ledger_source(dataset: Dataset, shown: Sequence[Entry] | None = None) -> Source:
    """Return the source line of a chart of the ledger, which leads to the rows of the hypotheses shown."""
    found = entries(dataset) if shown is None else shown
    count = f"{len(found)} row{'s' if len(found) > 1 else ''}"
    text = (
        f"Source: {count} of hypotheses.csv, the series and measures that they name. {version_line(dataset)}"
    )
    trail: list[dict[str, object]] = [
        {
            "hypothesis": Link(one.hypothesis.hypothesis_id, f"ledger.html#{anchor(one)}"),
            "measure": one.hypothesis.measure_id,
            "series": one.hypothesis.series_id,
            "grade": one.letter,
        }
        for one in found
    ]
    return Source.of(text, trail, "hypotheses")
