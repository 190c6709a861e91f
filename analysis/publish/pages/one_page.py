"""Enforcement since 2010 on one page: a chart a question, what it shows in a sentence, and how it may be quoted."""

from __future__ import annotations

from functools import lru_cache

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import break_notes, draw_series, readings_of_all
from analysis.publish.links import source_words
from analysis.publish.marks import panels
from analysis.publish.marks_time import years_axis
from analysis.publish.moves import moved, still
from analysis.publish.remarks import remarks
from analysis.publish.words import UNIT_WORDS, capital, listed, quote
from analysis.series import BetweenYears, between_years
from analysis.series.between_years import SINCE
from analysis.series.lookup import by_id

COLUMNS = ("question", "series_id", "panel", "name")
QUESTIONS = {
    "charges": "Arrests and charges",
    "cases": "Cases",
    "courts": "Courts",
    "seizures": "Seizures",
    "elsewhere": "Administration, platforms, other borders",
}
NOTE = "Dots: published figures; pale bars: what their wording allows; hollow: a rival figure."


def _rows(question: str) -> list[dict[str, str]]:
    """Return the series that answer a question, the one to be quoted first."""
    found = [row for row in remarks("one-page", COLUMNS, key="series_id") if row["question"] == question]
    if not found:
        raise InputError(
            f"one-page.csv has no series for {question!r}; the questions are {', '.join(QUESTIONS)}."
        )
    return found


@lru_cache(maxsize=64)
def _moves(dataset: Dataset, question: str) -> list[BetweenYears]:
    """Return how each series of a question moved within its present count."""
    return [between_years(dataset, row["series_id"]) for row in _rows(question)]


def chart(dataset: Dataset, question: str) -> Chart:
    """Draw the series of a question since 2010, each in a panel of its own.

    Raises
    ------
    InputError
        If one-page.csv has no series for the question.
    """
    rows = _rows(question)
    figure, every = panels([row["panel"] for row in rows], height=1.6, letters=8.5)
    drawn = []
    for axes, row in zip(every, rows, strict=True):
        drawn.append(
            draw_series(axes, dataset, row["series_id"], color=style.PRINT, since=SINCE, banded=False)
        )
        axes.set_ylim(bottom=0)
        style.short_axis(axes)
    for axes in every:
        years_axis(axes, [year for one in drawn for year in one.years], every=5)
    return Chart(
        name=f"one-page-{question}", figure=style.finish(figure),
        title=f"{QUESTIONS[question]}: {_short(dataset, question)}",
        alt=f"Small multiples, a series each. {'. '.join(one.alt for one in drawn)}.",
        note=f"{NOTE} {break_notes(drawn)}".strip(),
        measure="Counts of a year, each in the unit that its panel names",
        source=source_line(dataset, readings_of_all(drawn)),
    )  # fmt: skip


def _short(dataset: Dataset, question: str) -> str:
    """Say in a few words which series rose and which fell."""
    pairs = list(zip(_rows(question), _moves(dataset, question), strict=True))
    sides = {
        "rose": [row["name"] for row, one in pairs if one.low > 1 and not still(one)],
        "fell": [row["name"] for row, one in pairs if one.high < 1 and not still(one)],
        "hardly moved": [row["name"] for row, one in pairs if still(one)],
        "may have moved either way": [
            row["name"] for row, one in pairs if one.low <= 1 <= one.high and not still(one)
        ],
    }
    return ", ".join(f"{listed(names)} {verb}" for verb, names in sides.items() if names)


def sentence(dataset: Dataset, question: str) -> str:
    """Say how the series of a question moved, each from the first to the last year of its present count."""
    told = [
        f"{row['name']} {moved(one)} from {one.labels[0]} to {one.labels[1]}"
        for row, one in zip(_rows(question), _moves(dataset, question), strict=True)
    ]
    return f"{capital('; '.join(told))}."


def quotable(dataset: Dataset, question: str) -> str:
    """Write the first series of a question so that it may be quoted: both prints, the move, who printed the later."""
    row, found = _rows(question)[0], _moves(dataset, question)[0]
    prints = list(by_id(dataset, list(found.reading_ids)).values())
    source = source_words(dataset, str(prints[1]["source_id"]))
    unit = UNIT_WORDS[str(prints[1]["unit"])]
    return (
        f"{capital(row['name'])}, as recorded: {quote(prints[1], unit=False)} {unit} in {found.labels[1]}, "
        f"{quote(prints[0], unit=False)} in {found.labels[0]} ({source.label}, {source.published}; Counting "
        f"Counterfeits, data {dataset.version})"
    )


def words(dataset: Dataset) -> dict[str, str]:
    """Return the sentence and the quotable line of each question."""
    said = {f"{question}_said": sentence(dataset, question) for question in QUESTIONS}
    return said | {f"{question}_quote": quotable(dataset, question) for question in QUESTIONS}
