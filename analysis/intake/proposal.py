"""What is found in a text: its figures as rows of the record, and what was passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.results import Result, cut

COLUMNS = TABLES["readings"].columns
BESIDE = ("span_start", "span_end", "confidence", "reasons")
PASSED_OVER = ("span_start", "span_end", "text", "why")


@dataclass(frozen=True, eq=False, repr=False)
class Proposal(Result):
    """The figures of a text, each a row that a person may accept.

    Attributes
    ----------
    readings
        A row a figure, in the order of the text: the columns of readings.csv, in their order and as text, blank
        where the text does not tell (value, value_high and printed_step are floats, NaN where blank), then
        `span_start` and `span_end` (characters of the text, from 0, the second one after the last), `confidence`
        (0 to 1) and `reasons` (a dictionary of column to reason).
    passed_over
        A row a number that is no figure of the text: `span_start`, `span_end`, `text`, `why`.
    published
        The text's date.
    language
        "zh" or "en".
    """

    readings: pd.DataFrame
    passed_over: pd.DataFrame
    published: date
    language: str

    def summary(self) -> pd.Series:
        """Return what was found: the date, the counts, and the figures in a line each."""
        told: dict[str, str] = {
            "published": f"{self.published}",
            "language": self.language,
            "figures": f"{len(self.readings):,}",
            "passed over": f"{len(self.passed_over):,}",
        }
        for number, row in enumerate(self.readings.to_dict("records"), 1):
            window = f"{row['window_start'] or '?'} to {row['window_end'] or '?'}"
            line = (
                f"{row['as_printed']}: {row['indicator']}, {row['reporter'] or 'counter unknown'}, {window}"
            )
            told[f"{number}"] = cut(f"{line}, {row['breadth']}", 90)
        return pd.Series(told, name=type(self).__name__, dtype=object)
