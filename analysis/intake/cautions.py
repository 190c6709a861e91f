"""What a figure must not be compared with, and why: its own gaps, breaks of its series, counts that look like it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.intake.belongs import near_series
from analysis.intake.year_before import printed_table
from analysis.readings.words import UNIT_WORDS, day, listed, window
from analysis.series import breaks_of, definition
from analysis.series.key import UNIT_MARK

COLUMNS = ["figure", "what", "series_id", "reading_id", "says"]
MOST = 4  # series that look like a figure's own
BREADTHS = {
    "key_cases": "It counts picked cases only, so it stands beside no total.",
    "one_operation": "It counts one operation: the counter's whole for these days may be larger.",
    "one_place": "It counts a part of the place, so it stands beside no total of the whole.",
    "one_case": "It is of one case, so it stands beside no total.",
}
KINDS = {"indicator": "count", "stage": "stage", "unit": "unit", "kind": "kind"}


def cautions(dataset: Dataset, figure: pd.DataFrame, series: tuple[str, ...]) -> list[dict[str, str]]:
    """Return what one figure (a frame of one row) must not be compared with, as rows of `COLUMNS`."""
    row = figure.iloc[0]
    said = [*_own(row)]
    for name in series[:1]:
        said += _breaks(dataset, name, row)
        caveats = definition(dataset, name).caveats
        if caveats:
            said.append(("caveat", name, "", caveats))
    for near in near_series(dataset, figure):
        if near.series.series_id not in {one.partition(UNIT_MARK)[0] for one in series}:
            said.append(("other", *_near(dataset, near.series.series_id, near.differs)))
    others = [one for one in said if one[0] == "other"][:MOST]
    kept = [one for one in said if one[0] != "other"] + others
    return [dict(zip(COLUMNS, (str(row["reading_id"]), *one), strict=True)) for one in kept]


def _own(row: pd.Series[Any]) -> list[tuple[str, str, str, str]]:
    """Return what the figure's own window and breadth forbid."""
    said = []
    if str(row["kind"]) != "stock" and pd.isna(row["days"]):
        what = window(row["window_start"], row["window_end"])
        said.append(
            ("window", "", "", f"Its days are not told ({what}), so it has no rate and joins no chart.")
        )
    elif str(row["window_basis"]) == "text_date":
        said.append(
            (
                "window",
                "",
                "",
                "An end of its window is told only by the date of the text; a day or two may lack.",
            )
        )
    if (why := BREADTHS.get(str(row["breadth"]), "")) != "":
        said.append(("breadth", "", "", why))
    if not str(row["reporter"]):
        said.append(("reporter", "", "", "The text does not tell who counted."))
    return said


def _breaks(dataset: Dataset, series_id: str, row: pd.Series[Any]) -> list[tuple[str, str, str, str]]:
    """Return the breaks of a series up to the figure's window, the latest two."""
    told = breaks_of(dataset, series_id)
    if not pd.isna(row["window_end"]):
        told = told[told["date"] <= row["window_end"]]
    return [
        ("break", series_id, "", f"Not with figures from before {day(one['date'])}: {one['what_changed']}")
        for _, one in told.tail(2).iterrows()
    ]


def _near(
    dataset: Dataset, series_id: str, differs: tuple[tuple[str, str, tuple[str, ...]], ...]
) -> tuple[str, str, str]:
    """Return a series that looks like the figure's: its id, its latest print, and in what they differ."""
    counted = any(column == "indicator" for column, _, _ in differs)
    why = listed([_difference(*one) for one in differs if not (counted and one[0] == "stage")])
    title = definition(dataset, series_id).title
    table = printed_table(dataset, series_id)
    latest = str(table["reading_id"].iloc[-1]) if len(table) else ""
    return series_id, latest, f"Not with {title} ({series_id}): {why}."


def _difference(column: str, own: str, words: tuple[str, ...]) -> str:
    """Say in what a figure and a series differ."""
    theirs = " or ".join(_word(column, one) for one in words)
    return f"its {KINDS.get(column, column)} is {theirs}, here {_word(column, own)}"


def _word(column: str, word: str) -> str:
    """Write a coded word for a sentence."""
    if not word:
        return "none"
    return UNIT_WORDS.get(word, word) if column == "unit" else word.replace("_", " ")
