"""A hypothesis as it was registered, with its measure and its series, its dates as whole periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.errors import InputError, shown
from analysis.series.definition import Definition, definition


@dataclass(frozen=True)
class Hypothesis:
    """A registered hypothesis: its measure (`measure` is the title, `ended` blank or a partial date) and its series.

    Dates are whole periods: years, or fiscal years by the year of their end. `at` is the first one affected, `start`
    and `end` those of the span; `comparison` holds ids of series.
    """

    hypothesis_id: str
    measure_id: str
    measure: str
    jurisdiction: str
    issuer: str
    announced: str
    ended: str
    instruments: frozenset[str]
    series_id: str
    series: Definition
    comparison: tuple[str, ...]
    denominator: str
    direction: str
    impact: str
    family: str
    at: int
    lag: int
    start: int
    end: int
    fiscal: bool

    @property
    def made(self) -> int:
        """The period of the measure itself."""
        return self.at - self.lag


def hypothesis(dataset: Dataset, hypothesis_id: str | Hypothesis) -> Hypothesis:
    """Return a registered hypothesis by its id; one that was looked up before is returned as it is.

    Raises
    ------
    InputError
        If there is none of this id, it is registered by month, or series.csv has not its series.
    """
    return hypothesis_id if isinstance(hypothesis_id, Hypothesis) else _registered(dataset, hypothesis_id)


@lru_cache(maxsize=1024)
def _registered(dataset: Dataset, hypothesis_id: str) -> Hypothesis:
    """Look a hypothesis up."""
    rows = dataset.hypotheses[dataset.hypotheses["hypothesis_id"] == hypothesis_id]
    if rows.empty:
        raise InputError(f"hypotheses.csv has no row {shown(hypothesis_id)}; give an id of its first column.")
    row = rows.iloc[0]
    fiscal = row["frequency"] == "fiscal_year"
    first, last = period_of(str(row["at"]), fiscal=False)  # `at` names a period, not a day within one
    if row["frequency"] == "month" or first != last or len(str(row["at"])) != 4:
        raise InputError(
            f"hypotheses.csv, row {hypothesis_id}, column at: {row['at']!r} is no year; "
            "only hypotheses by year or fiscal year can be judged."
        )
    own = dataset.measures.set_index("measure_id").loc[str(row["measure_id"])]
    return Hypothesis(
        hypothesis_id=hypothesis_id,
        measure_id=str(row["measure_id"]),
        measure=str(own["title"]),
        jurisdiction=str(own["jurisdiction"]),
        issuer=str(own["issuer"]),
        announced=str(own["announced"]),
        ended=str(own["ended"]),
        instruments=instruments_of(str(own["instrument"])),
        series_id=str(row["series_id"]),
        series=definition(dataset, str(row["series_id"])),
        comparison=tuple(name for name in str(row["comparison"]).split(";") if name),
        denominator=str(row["denominator"]),
        direction=str(row["direction"]),
        impact=str(row["impact"]),
        family=str(row["family"]),
        at=first,
        lag=int(row["lag"]),
        start=int(row["span_start"]),
        end=int(row["span_end"]),
        fiscal=fiscal,
    )


def period_of(date: str, *, fiscal: bool) -> tuple[int, int]:
    """Return the first and last year that a partial date can lie in.

    A US fiscal year begins on 1 October and is named after the year in which it ends, so that a date known
    by its year alone can lie in two. Raises InputError if it is no partial date.
    """
    parts = date.split("-")
    if not (1 <= len(parts) <= 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4):
        raise InputError(f"{date!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    year = int(parts[0])
    if not fiscal:
        return year, year
    if len(parts) == 1:
        return year, year + 1
    return (year + (int(parts[1]) >= 10),) * 2


def instruments_of(cell: str) -> frozenset[str]:
    """Return the words of a cell of measures.csv, column instrument."""
    return frozenset(str(cell).split(";"))
