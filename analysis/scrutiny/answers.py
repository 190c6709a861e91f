"""The ledger in four answers, a bundle each: what happened, was it unusual, what is excluded, how others fared."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.change import before_and_after
from analysis.results import Result, Results
from analysis.scrutiny.beside import PANELS, Beside, beside, held_beside
from analysis.scrutiny.bias import Risk, risks
from analysis.scrutiny.bundles import Bundle, bundle, bundles
from analysis.scrutiny.grades import Grade
from analysis.scrutiny.letters import letter
from analysis.scrutiny.multiplicity import benjamini_hochberg
from analysis.scrutiny.reach import reach_of_series
from analysis.scrutiny.record import scaled
from analysis.scrutiny.unusual import Unusual, departed, ranked
from analysis.series import definition, drawn_years
from analysis.series.drawn import Years, make_draws
from analysis.series.family_panel import make_units
from analysis.series.remembered import MEASURE_TABLES, remembered
from analysis.series.store import spread

DRAWS = 40  # as many as a question takes, so that one file of draws serves both
NOT_YET = Grade("D", ("not graded beside the others yet",))


@dataclass(frozen=True, repr=False)
class Happened(Result):
    """The three periods from the measure on over the three before: a ratio with `lower` and `upper` (95%)."""

    ratio: float
    lower: float
    upper: float


@dataclass(frozen=True, repr=False)
class Answer(Result):
    """The four answers on one bundle.

    `happened` is None where a side has no figure, `unusual` where the bundle is too short, and `failure` says why.
    `excluded` says what the interval excludes; `one_measure` bounds the effect (a ratio) of any one of its measures
    where all push in the expected direction (Manski, Pepper 2000, doi 10.1111/1468-0262.00144), None where no
    direction is expected. `risks` are the items of EPOC. `p_bh` and `grade` are those beside all other bundles.
    """

    bundle: Bundle
    happened: Happened | None
    unusual: Unusual | None
    excluded: str
    beside: Beside
    one_measure: tuple[float, float] | None
    risks: tuple[Risk, ...]
    failure: str
    p_bh: float = float("nan")
    grade: Grade = NOT_YET

    @property
    def letter(self) -> str:
        """The grade's letter."""
        return self.grade.letter

    def sentence(self) -> str:
        """Return the first three answers in words."""
        told = "What happened is not known: a side has no figure."
        if self.happened is not None:
            one = self.happened
            told = (
                f"The three years from then on stood at {one.ratio:.2f} times "
                f"({one.lower:.2f} to {one.upper:.2f}) the three before."
            )
        if self.unusual is None:
            return f"{told} Too short to test: {self.failure}."
        test = self.unusual
        return (
            f"{told} Against its own course that is {test.estimate:.2f} times, p {test.p:.2f}; "
            f"{test.rank:.0%} of {test.ranked} series and dates of the record are at least as unusual. "
            f"{self.excluded}"
        )


@checked
def answer_of(dataset: Dataset, name: str | Bundle) -> Answer:
    """Return the answers on a bundle, by its id, that of a hypothesis, or itself; not graded beside the others.

    Raises
    ------
    InputError
        If there is no such bundle.
    """
    one = bundle(dataset, name) if isinstance(name, str) else name
    unit = definition(dataset, one.series_id).unit
    try:
        whole = drawn_years(dataset, one.series_id, draws=DRAWS, released=one.at)
    except InputError as error:
        return _untold(one, str(error))
    years = whole.between(one.start, int(whole.time.max(initial=one.at)))
    happened = _happened(years, one.at)
    told = risks(one, tuple(map(int, years.time)), effort=_own_effort(dataset, one))
    try:
        found = departed(
            scaled(years.y, unit),
            years.time,
            one.at,
            breaks=tuple(one.breaks.values()),
            draws=scaled(years.draws, unit),
        )
    except InputError as error:
        return replace(_untold(one, str(error).rstrip(".")), happened=happened, risks=told)
    unusual = _unusual(dataset, one, years, found)
    return Answer(
        bundle=one,
        happened=happened,
        unusual=unusual,
        excluded=excludes(unusual.lower, unusual.upper, odds=unit == "percent"),
        beside=beside(dataset, one),
        one_measure=one_of_many(one.expected, unusual.lower, unusual.upper),
        risks=told,
        failure="",
    )


@checked
@remembered(*MEASURE_TABLES)
def four_answers(dataset: Dataset) -> dict[str, Answer]:
    """Return the answers on every bundle, graded beside one another, by the bundle's id: a minute of work."""
    listed = bundles(dataset)
    make_draws(dataset, [(one.series_id, one.at) for one in listed.values()], draws=DRAWS)
    make_draws(dataset, [(name, None) for one in listed.values() for name in held_beside(dataset, one)])
    make_units(dataset, sorted({family for family, _ in PANELS.values()}))
    few = os.cpu_count() or 1
    parts = [(dataset, list(listed.values())[place::few]) for place in range(few)]
    told = {one.bundle.bundle_id: one for part in spread(_answers, parts) for one in part}
    found = {name: told[name] for name in listed}
    tested = [name for name, one in found.items() if one.unusual is not None]
    adjusted = dict(zip(tested, benjamini_hochberg([_p(found[name]) for name in tested]), strict=True))
    return Results({name: graded(one, adjusted.get(name)) for name, one in found.items()})


def _answers(dataset: Dataset, some: list[Bundle]) -> list[Answer]:
    """Return the answers on some bundles."""
    return [answer_of(dataset, one) for one in some]


def graded(one: Answer, p_bh: float | None) -> Answer:
    """Return an answer with its grade, p after Benjamini-Hochberg over bundles given; None where not tested."""
    given = letter(
        None if p_bh is None else float(p_bh),
        too_short=one.failure,
        compared=one.beside.compared,
        honest=one.beside.honest,
        coinciding=bool(one.bundle.coinciding),
        excluded=one.excluded,
    )
    return replace(one, p_bh=float("nan") if p_bh is None else float(p_bh), grade=given)


@checked
def answers_table(dataset: Dataset) -> pd.DataFrame:
    """Return the four answers of every bundle as a frame, one row each.

    Columns: bundle_id, series_id, at, measures, near, happened with _lower and _upper, estimate, lower, upper, p, p_bh,
    rank, rank_quiet, control, control_estimate, control_p, panel, panel_ratio, panel_p, floor, grade, reasons.
    """
    return pd.DataFrame([_row(one) for one in four_answers(dataset).values()])


def excludes(lower: float, upper: float, *, odds: bool = False) -> str:
    """Say what an interval of a ratio excludes at 95%."""
    of = " in its odds" if odds else ""
    if upper > 1:
        rise = f"a rise {_beyond(upper)}{of}"
    else:
        rise = f"no change, a rise, or a fall of less than {_percent(upper)}{of}"
    if lower < 1:
        fall = f"a fall {_beyond(lower)}{of}"
    else:
        fall = f"no change, a fall, or a rise {'to' if lower >= 3 else 'of'} less than {_percent(lower)}{of}"
    return f"Excluded at 95%: {rise}; and {fall}."


def one_of_many(expected: str, lower: float, upper: float) -> tuple[float, float] | None:
    """Return bounds on the ratio of one measure of a bundle where all push in the expected direction or not at all."""
    if expected == "increase":
        return (1.0, max(1.0, upper))
    return (min(1.0, lower), 1.0) if expected == "decrease" else None


def _own_effort(dataset: Dataset, one: Bundle) -> bool:
    """Tell whether a measure of a bundle is one of the country, or the union, that counts."""
    places = reach_of_series(definition(dataset, one.series_id)).places
    rows = dataset.measures[dataset.measures["measure_id"].isin(one.measures)]
    return bool({str(place).split("-")[0] for place in rows["jurisdiction"]} & places)


def _untold(one: Bundle, failure: str) -> Answer:
    """Return the answer on a bundle that is too short."""
    return Answer(one, None, None, "", Beside((), None, "", "", failure), None, (), failure)


def _happened(years: Years, at: int) -> Happened | None:
    try:
        return Happened(*before_and_after(years.y, years.time, at, years.draws))
    except InputError:
        return None


def _unusual(dataset: Dataset, one: Bundle, years: Years, found: tuple[float, ...]) -> Unusual:
    estimate, lower, upper, p, missing = found
    before = int((years.time < one.at).sum())
    after = int(((years.time >= one.at) & (years.time < one.at + 3)).sum())
    ratios = np.exp([estimate, lower, upper]).tolist()
    share, size, apart, quiet = ranked(dataset, one.series_id, one.at)
    return Unusual(ratios[0], ratios[1], ratios[2], p, missing, before, after, share, size, apart, quiet)


def _p(one: Answer) -> float:
    return one.unusual.p if one.unusual is not None else float("nan")


def _percent(ratio: float) -> str:
    """Write a ratio as the size of a change in percent, or as a multiple where it is large."""
    return f"{ratio:.1f} times" if ratio >= 3 else f"{abs(100 * (ratio - 1)):.0f}%"


def _beyond(ratio: float) -> str:
    """Say what lies beyond the end of an interval: of more than 50%, to more than 4.0 times."""
    return f"{'to' if ratio >= 3 else 'of'} more than {_percent(ratio)}"


def _row(one: Answer) -> dict[str, object]:
    test, happened, nan = one.unusual, one.happened, float("nan")
    control = one.beside.controls[0] if one.beside.controls else None
    panel = one.beside.panel
    return {
        "bundle_id": one.bundle.bundle_id,
        "series_id": one.bundle.series_id,
        "at": one.bundle.at,
        "measures": ";".join(one.bundle.measures),
        "near": ";".join(one.bundle.near),
        "happened": happened.ratio if happened else nan,
        "happened_lower": happened.lower if happened else nan,
        "happened_upper": happened.upper if happened else nan,
        "estimate": test.estimate if test else nan,
        "lower": test.lower if test else nan,
        "upper": test.upper if test else nan,
        "p": test.p if test else nan,
        "p_bh": one.p_bh,
        "rank": test.rank if test else nan,
        "rank_quiet": test.rank_quiet if test else nan,
        "control": control.series_id if control else "",
        "control_estimate": control.estimate if control else nan,
        "control_p": control.p if control else nan,
        "panel": one.beside.family if panel else "",
        "panel_ratio": panel.ratio if panel else nan,
        "panel_p": panel.p if panel else nan,
        "floor": panel.floor if panel else nan,
        "grade": one.letter,
        "reasons": "; ".join(part for part in one.grade.reasons if part),
    }
