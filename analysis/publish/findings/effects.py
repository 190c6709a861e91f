"""Findings on effects: what could be identified at all, and what the best-identified hypotheses show.

Everything comes from the ledger: grade, verdict, estimate and interval are its own, chosen here by a rule that
does not look at the estimate.
"""

from __future__ import annotations

import math

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.counts import identifiable as count_identifiable
from analysis.publish.estimates import NO_ESTIMATE, too_wide
from analysis.publish.findings.finding import COMPUTED, GRADED, Finding
from analysis.publish.pages.ledger.wording import FAULTS, NO_PLACEBO, change, has_placebos
from analysis.publish.words import listed, number
from analysis.rounding import settled
from analysis.scrutiny.grades import MEANING
from analysis.scrutiny.identifiability import measures_in_window
from analysis.scrutiny.ledger import Entry
from analysis.scrutiny.tallies import by_fault, by_grade
from analysis.series import readings_of
from analysis.series.whole_years import year_of

BEST = 2
CHAPTER = "ledger"
STAND_OUT = ("A", "B")
VERDICTS = {
    "supports": "the figures support the claim", "contradicts": "the figures contradict the claim",
    "no effect beyond 10%": "no effect beyond a tenth", "undecided": "the figures decide nothing",
}  # fmt: skip


@checked
def effect_findings(dataset: Dataset, rows: tuple[Entry, ...]) -> list[Finding]:
    """Return the finding on what can be identified, and those on the best-identified hypotheses.

    Raises InputError for an empty ledger.
    """
    if not rows:
        raise InputError("The ledger is empty; register hypotheses in hypotheses.csv.")
    return [identifiable(rows), *(effect(dataset, row) for row in best_identified(rows))]


@checked
def best_identified(rows: tuple[Entry, ...], count: int = BEST) -> tuple[Entry, ...]:
    """Return the best-identified hypotheses, the best first, one an act and one a series.

    Measures of one issuer announced on one day are parts of one act. Grade A goes before B and B before C; within a
    grade the smaller the effect that the series could have shown, the better. What the estimate says plays no part.
    """
    usable = [row for row in rows if row.letter != "D" and math.isfinite(_detectable(row))]
    best: list[Entry] = []
    met: set[object] = set()
    for row in sorted(usable, key=lambda row: (row.letter, _detectable(row), row.hypothesis.hypothesis_id)):
        asked = row.hypothesis
        act = (asked.issuer, asked.announced or asked.measure_id)
        if not met & {act, asked.series_id}:
            best.append(row)
            met |= {act, asked.series_id}
    return tuple(best[:count])


def _detectable(row: Entry) -> float:
    """Return the size of the smallest effect that the test would usually have found, on the log scale."""
    return abs(math.log(row.primary.detectable)) if row.primary else math.inf


@checked
def obstacles(rows: tuple[Entry, ...]) -> str:
    """Say in how many hypotheses each obstacle stands, the most frequent first."""
    frame = by_fault(rows)
    told = [f"{FAULTS[str(fault)]} ({int(row['all'])})" for fault, row in frame.iterrows() if row["all"]]
    return listed(told) if told else "nothing"


def identifiable(rows: tuple[Entry, ...]) -> Finding:
    """Say how many registered hypotheses can be identified at all, and why the others cannot."""
    grades = by_grade(rows)
    sound = count_identifiable(rows)
    stand = int(grades["A"] + grades["B"])
    value = f"{sound} of {len(rows)}"
    return Finding(
        name="identifiable", headline="Most questions about what a measure did cannot be answered",
        sentence=(
            f"{len(rows)} pairs of a measure and a series were registered before any was tested. The effect can be "
            f"identified in {value}. In the way of the others stand, often together: {obstacles(rows)}. "
            f"Of those {sound}, "
            f"{'none stands' if stand == 0 else 'one stands' if stand == 1 else f'{stand} stand'} out "
            f"from chance (grade A or B){_without_placebos(rows)}."
        ),
        value=value, low=sound, high=sound, unit="pairs", standing=COMPUTED, readings=(), chapter=CHAPTER,
        hypotheses=tuple(row.hypothesis.hypothesis_id for row in rows),
    )  # fmt: skip


def _without_placebos(rows: tuple[Entry, ...]) -> str:
    """Say of how many identifiable pairs the record is too short for a placebo."""
    short = sum(row.letter != "D" and not has_placebos(row) for row in rows)
    return f"; for {short} of them {NO_PLACEBO}" if short else ""


def _meaning(row: Entry) -> str:
    """Return what a grade means for a hypothesis; nothing is compared with placebos that there are not."""
    if row.letter == "C" and not has_placebos(row):
        return f"identifiable, but {NO_PLACEBO}"
    return MEANING[row.letter].lower()


def effect(dataset: Dataset, row: Entry) -> Finding:
    """Tell what the primary test of a hypothesis shows, with grade, verdict and the effect it could have seen.

    Raises InputError for a hypothesis without a test.
    """
    test, asked = row.primary, row.hypothesis
    if test is None:
        raise InputError(
            f"Hypothesis {asked.hypothesis_id} has no fitted model, so there is no effect to tell."
        )
    verdict = row.verdict.word
    when = f"{'fiscal year ' if asked.fiscal else ''}{asked.at}"
    value = interval = f"{change(test.lower)} to {change(test.upper)}"
    told = (
        f"what was recorded differed by {change(test.estimate)} from its own earlier course (95 percent interval "
        f"{interval})"
    )
    if too_wide(test.lower, test.upper):
        value, told = (
            NO_ESTIMATE,
            f"there is {NO_ESTIMATE}, since its 95 percent interval is wider than a factor of ten",
        )
    elif row.letter in STAND_OUT:  # else no single number may be quoted
        value = change(test.estimate)
    return Finding(
        name=asked.hypothesis_id, headline=f"{asked.measure}: {VERDICTS[verdict]}",
        sentence=(
            f"{asked.series.title}: over the three years from {when} {told}. Four times in "
            f"five the test would find {_smallest(test.detectable)}, and smaller changes less often."
            f"{_package(dataset, row)} Grade {row.letter}: {_meaning(row)}."
        ),
        value=value,
        low=100 * (test.lower - 1), high=100 * (test.upper - 1), unit="percent", standing=GRADED,
        readings=_readings(dataset, row), chapter=CHAPTER, grade=row.letter, verdict=verdict,
        hypotheses=(asked.hypothesis_id,), series=(asked.series_id,),
    )  # fmt: skip


def _package(dataset: Dataset, row: Entry) -> str:
    """Name the measures that are parts of the same act, whose effects are one."""
    near = measures_in_window(dataset, row.hypothesis)
    titles = [str(title) for title in near.loc[near["package"], "title"]]
    return (
        f" The same act brought what is listed as {listed(titles)}; their effects are one." if titles else ""
    )


def _smallest(detectable: float) -> str:
    """Write the smallest effect that four tests in five would find, as a change upwards."""
    size = settled(math.exp(abs(math.log(detectable))))
    return f"a rise of {number(round(100 * (size - 1)))}%" if size < 3 else f"a rise to {size:.0f} times"


def _readings(dataset: Dataset, row: Entry) -> tuple[str, ...]:
    """Return the readings of a hypothesis' series whose windows end in its registered span."""
    asked = row.hypothesis
    frame = readings_of(dataset, asked.series_id)
    years = year_of(frame, fiscal=asked.fiscal)
    inside = years.between(asked.start, asked.end).fillna(value=False).astype(bool)
    rows = frame[inside].assign(year=years[inside]).sort_values(["year", "reading_id"])
    return tuple(rows["reading_id"].astype(str))
