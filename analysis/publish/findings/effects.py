"""Findings on effects: what could be identified at all, and what the best-identified hypotheses show.

Everything comes from the ledger: grade, verdict, estimate and interval are its own, chosen here by a rule that
does not look at the estimate.
"""

from __future__ import annotations

import math

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.findings.finding import COMPUTED, GRADED, Finding
from analysis.publish.pages.ledger.grades import by_fault, by_grade
from analysis.publish.pages.ledger.rows import FAULTS, Row, change
from analysis.publish.words import listed, number
from analysis.rounding import settled
from analysis.scrutiny.grades import MEANING
from analysis.scrutiny.identifiability import measures_in_window
from analysis.series import readings_of
from analysis.series.yearly import year_of

BEST = 2
CHAPTER = "ledger"
STAND_OUT = ("A", "B")
VERDICTS = {
    "supports": "the figures support the claim",
    "contradicts": "the figures contradict the claim",
    "no effect beyond 10%": "no effect beyond a tenth",
    "undecided": "the figures decide nothing",
}


@checked
def effect_findings(dataset: Dataset, rows: tuple[Row, ...]) -> list[Finding]:
    """Return the finding on what can be identified, and those on the best-identified hypotheses.

    Raises InputError for an empty ledger.
    """
    if not rows:
        raise InputError("The ledger is empty; register hypotheses in hypotheses.csv.")
    return [identifiable(rows), *(effect(dataset, row) for row in best_identified(dataset, rows))]


@checked
def best_identified(dataset: Dataset, rows: tuple[Row, ...], count: int = BEST) -> tuple[Row, ...]:
    """Return the best-identified hypotheses, the best first, one an act and one a series.

    Measures of one issuer announced on one day are parts of one act. Grade A goes before B and B before C; within a
    grade the smaller the effect that the series could have shown, the better. What the estimate says plays no part.
    """
    usable = [row for row in rows if row.letter != "D" and math.isfinite(_detectable(row))]
    told = dataset.measures.set_index("measure_id")
    best: list[Row] = []
    met: set[object] = set()
    for row in sorted(usable, key=lambda row: (row.letter, _detectable(row), row.hypothesis_id)):
        measure = told.loc[row.measure_id]
        act = (str(measure["issuer"]), str(measure["announced"]) or row.measure_id)
        if not met & {act, row.series_id}:
            best.append(row)
            met |= {act, row.series_id}
    return tuple(best[:count])


def _detectable(row: Row) -> float:
    """Return the size of the smallest effect that the test would usually have found, on the log scale."""
    return abs(math.log(row.primary.detectable)) if row.primary else math.inf


@checked
def obstacles(rows: tuple[Row, ...]) -> str:
    """Say in how many hypotheses each obstacle stands, the most frequent first."""
    frame = by_fault(rows)
    told = [f"{FAULTS[str(fault)]} ({int(row['all'])})" for fault, row in frame.iterrows() if row["all"]]
    return listed(told) if told else "nothing"


def identifiable(rows: tuple[Row, ...]) -> Finding:
    """Say how many registered hypotheses can be identified at all, and why the others cannot."""
    grades = by_grade(rows)
    sound = int(grades.drop("D").sum())
    stand = int(grades["A"] + grades["B"])
    value = f"{sound} of {len(rows)}"
    return Finding(
        name="identifiable",
        headline="Most questions about what a measure did cannot be answered",
        sentence=(
            f"{len(rows)} pairs of a measure and a series were registered before any was tested. The effect can be "
            f"identified in {value}. In the way of the others stand, often together: {obstacles(rows)}. "
            f"Of those left, {'none stands' if stand == 0 else 'one stands' if stand == 1 else f'{stand} stand'} out "
            "from placebo (grade A or B)."
        ),
        value=value,
        low=sound,
        high=sound,
        unit="pairs",
        standing=COMPUTED,
        readings=(),
        chapter=CHAPTER,
        hypotheses=tuple(row.hypothesis_id for row in rows),
    )


def effect(dataset: Dataset, row: Row) -> Finding:
    """Tell what the primary test of a hypothesis shows, with grade, verdict and the effect it could have seen.

    Raises InputError for a hypothesis without a test.
    """
    test = row.primary
    if test is None:
        raise InputError(
            f"Hypothesis {row.hypothesis_id} has no fitted model, so there is no effect to tell."
        )
    verdict = row.entry.verdict.word
    when = f"{'fiscal year ' if row.fiscal else ''}{row.at}"
    interval = f"{change(test.lower)} to {change(test.upper)}"
    return Finding(
        name=row.hypothesis_id,
        headline=f"{row.measure}: {VERDICTS[verdict]}",
        sentence=(
            f"{row.series}: over the three years from {when} what was recorded differed by "
            f"{change(test.estimate)} from its own earlier course (95 percent interval {interval}). Four times in "
            f"five the test would find {_smallest(test.detectable)}, and smaller changes less often."
            f"{_package(dataset, row)} Grade {row.letter}: {MEANING[row.letter].lower()}."
        ),
        # What cannot be told from placebo has no single number that may be quoted.
        value=change(test.estimate) if row.letter in STAND_OUT else interval,
        low=100 * (test.lower - 1),
        high=100 * (test.upper - 1),
        unit="percent",
        standing=GRADED,
        readings=_readings(dataset, row),
        chapter=CHAPTER,
        grade=row.letter,
        verdict=verdict,
        hypotheses=(row.hypothesis_id,),
        series=(row.series_id,),
    )


def _package(dataset: Dataset, row: Row) -> str:
    """Name the measures that are parts of the same act, whose effects are one."""
    near = measures_in_window(dataset, row.hypothesis_id)
    titles = [str(title) for title in near.loc[near["package"], "title"]]
    return (
        f" The same act brought what is listed as {listed(titles)}; their effects are one." if titles else ""
    )


def _smallest(detectable: float) -> str:
    """Write the smallest effect that four tests in five would find, as a change upwards."""
    size = settled(math.exp(abs(math.log(detectable))))
    return f"a rise of {number(round(100 * (size - 1)))}%" if size < 3 else f"a rise to {size:.0f} times"


def _readings(dataset: Dataset, row: Row) -> tuple[str, ...]:
    """Return the readings of a hypothesis' series whose windows end in its registered span."""
    registered = dataset.hypotheses
    span = registered[registered["hypothesis_id"] == row.hypothesis_id].iloc[0]
    frame = readings_of(dataset, row.series_id)
    years = year_of(frame, fiscal=row.fiscal)
    inside = years.between(int(span["span_start"]), int(span["span_end"])).fillna(value=False).astype(bool)
    rows = frame[inside].assign(year=years[inside]).sort_values(["year", "reading_id"])
    return tuple(rows["reading_id"].astype(str))
