"""How many hypotheses have which grade, and what stands in the way of the rest."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.pages.ledger.rows import FAULTS, Row, rows
from analysis.publish.tables import Link
from analysis.scrutiny.identifiability import RivalRule, identifiable

SHORT = {
    "A": "A  stands out, with comparison",
    "B": "B  stands out from placebo",
    "C": "C  cannot be told from placebo",
    "D": "D  cannot be identified",
}


def by_grade(found: tuple[Row, ...]) -> pd.Series[int]:
    """Return the number of hypotheses of each grade, A to D, with zeros."""
    counts = Counter(one.letter for one in found)
    return pd.Series([counts[letter] for letter in SHORT], index=list(SHORT))


def by_fault(found: tuple[Row, ...]) -> pd.DataFrame:
    """Return for each obstacle how many hypotheses meet it: `all`, and `alone` where it is the only one.

    Most frequent first. A hypothesis that meets several counts in each.
    """
    table = {
        fault: {
            "all": sum(fault in one.faults for one in found),
            "alone": sum(one.faults == (fault,) for one in found),
        }
        for fault in FAULTS
    }
    frame = pd.DataFrame.from_dict(table, orient="index")
    return frame.sort_values("all", ascending=False, kind="stable")


@lru_cache(maxsize=8)
def passing(dataset: Dataset, reach: str = "registered", match: str = "shared") -> tuple[str, ...]:
    """Return the hypotheses that would be identifiable under another rule of which measures are rivals.

    The informed periods are those that the ledger used. Raises InputError for an unknown rule.
    """
    rule = RivalRule(reach=reach, match=match)  # type: ignore[arg-type]
    names = []
    for one in rows(dataset):
        question = one.entry.assessment.question
        years = question.main.time.tolist() if question else []
        periods = pd.DataFrame({"period": years, "informed": 1.0})
        if identifiable(dataset, one.hypothesis_id, periods=periods, rule=rule).ok:
            names.append(one.hypothesis_id)
    return tuple(names)


def grades_chart(dataset: Dataset) -> Chart:
    """Draw the number of hypotheses by grade, and by what makes them not identifiable."""
    found = rows(dataset)
    grades, faults = by_grade(found), by_fault(found)
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 4.4), height_ratios=[4, 4.6])
    colors = [style.BLUE, style.GREEN, style.YELLOW, "#b5b5b5"]
    top.barh(list(SHORT.values()), grades, color=colors, height=0.66)
    _label(top, grades)
    top.set_title(f"Grades of {len(found)} hypotheses")
    names = [FAULTS[str(fault)] for fault in faults.index]
    bottom.barh(names, faults["all"], color="#b5b5b5", height=0.66, label="among others")
    bottom.barh(
        names, faults["alone"], color=style.INK, height=0.66, hatch="//", edgecolor="white", label="alone"
    )
    _label(bottom, faults["all"])
    bottom.set_title("What stands in the way")
    bottom.legend(loc="lower right", title="obstacle stands")
    said = ", ".join(f"{letter} {count}" for letter, count in grades.items())
    told = "; ".join(
        f"{FAULTS[str(fault)]}: {row['all']}, alone {row['alone']}" for fault, row in faults.iterrows()
    )
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
    )


def counted(number: int, one: str = "", many: str = "") -> str:
    """Write a count with its verb: `none stands`, `one stands`, `5 stand`."""
    word = {0: "none", 1: "one"}.get(number, f"{number:,}")
    return f"{word} {one if number < 2 else many}".strip()


def _label(axes: Axes, counts: pd.Series[int]) -> None:
    """Write the counts beside the bars and take away what they make needless."""
    for place, count in enumerate(counts):
        axes.text(count + 0.012 * counts.max(), place, str(count), va="center")
    axes.invert_yaxis()
    axes.set_xlim(0, counts.max() * 1.1)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def ledger_source(dataset: Dataset, shown: tuple[Row, ...] | None = None) -> Source:
    """Return the source line of a chart of the ledger, which leads to the rows of the hypotheses shown."""
    found = rows(dataset) if shown is None else shown
    count = f"{len(found)} row{'s' if len(found) > 1 else ''}"
    text = (
        f"Source: {count} of hypotheses.csv, the series and measures that they name. {version_line(dataset)}"
    )
    trail: list[dict[str, object]] = [
        {
            "hypothesis": Link(one.hypothesis_id, f"ledger.html#{one.anchor}"),
            "measure": one.measure_id,
            "series": one.series_id,
            "grade": one.letter,
        }
        for one in found
    ]
    return Source.of(text, trail, "hypotheses")
