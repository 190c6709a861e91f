"""From a whole text to the figures that it states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset, load
from analysis.errors import InputError, shown
from analysis.intake.cases import Cases
from analysis.intake.counted import Counted, Passed, figures_of
from analysis.intake.home import home_of
from analysis.intake.indicators import meanings_of
from analysis.intake.languages import language_of
from analysis.intake.meaning import Meaning, is_stock
from analysis.intake.narrower import Scenes
from analysis.intake.proposal import BESIDE, COLUMNS, PASSED_OVER, Proposal
from analysis.intake.quantities import repeated
from analysis.intake.reporters import Counters
from analysis.intake.rows import Surroundings, row_of
from analysis.intake.scope import programmes_of
from analysis.intake.sentences import Sentence, sentences_of
from analysis.intake.tables import HEAD, lines_of, scaled
from analysis.intake.timing import Clock
from analysis.intake.window_bonds import Time
from analysis.readings import FoundWindow, find_windows
from analysis.readings.window_words.found import check_text, published_days

_TITLE = 4000  # characters of a text that its subject is told from
_BEFORE = 40  # figures before a sentence that tell what one in it counts
_HEAD = 8  # sentences in which the body that a text speaks of is looked for


@checked
def propose(
    text: str,
    published: str | date,
    *,
    language: Literal["zh", "en"] | None = None,
    source: str | None = None,
    data: Dataset | None = None,
) -> Proposal:
    """Return the figures of a text, each as a row that a person may accept into the record.

    The rules read sentence by sentence. A figure's window is the one beside it, or the nearest before it, or that of
    the sentences before; its indicator the nearest verb or noun that goes with its unit; its counter the body named
    before it in its sentence, or the one the text speaks of. Sums in two currencies are one figure, a headline's
    rounder print gives way to the body's finer one, and figures of one case have the breadth one_case and the day of
    the action. Nothing is asked of a network or a model.

    Parameters
    ----------
    text
        Plain text in Chinese or English, up to 1 MB as UTF-8.
    published
        Its date, as in `find_windows`.
    language
        "zh" or "en"; by default told from the text.
    source
        The id that it has, or is to have, in sources.csv; its publisher counts where the text names nobody.
    data
        The dataset whose vocabularies and campaigns are used; by default the one packaged.

    Raises
    ------
    InputError
        The text is empty, larger than 1 MB, holds control characters, is in another language or holds no figure;
        `published` is no date or lies after today.

    Examples
    --------
    >>> found = propose("Police have solved more than 1,400 cases since May.", "2020-11-09")
    >>> row = found.readings.iloc[0]
    >>> float(row.value), row.hedge, row.indicator, row.window_start, row.window_end
    (1400.0, 'more_than', 'cases_solved', '2020-05-01', '2020-11-09')
    """
    check_text(text, "text")
    _, day = published_days(published)
    spoken = language or language_of(text)
    data = data or load()
    sentences = list(sentences_of(text))
    counters = Counters()
    counters.start(sentences[:_HEAD], source or "", data)
    home = home_of(counters.main.jurisdiction, [one.plain for one in sentences[:_HEAD]])
    windows = find_windows(text, published, None, data.measures, home)
    rows, passed = _rows(text, sentences, windows, day, counters, source or "", data)
    if not rows:
        raise InputError(
            f"text {shown(text)} states no figure: {len(passed)} numbers were passed over; give the text of a release"
        )
    readings = pd.DataFrame(rows).reindex(columns=[*COLUMNS, *BESIDE])
    over = sorted([*passed, *_windows_passed(windows)], key=lambda one: one.start)
    table = [(one.start, one.end, text[one.start : one.end], one.why) for one in over]
    return Proposal(readings, pd.DataFrame(table, columns=list(PASSED_OVER)), day, spoken)


def _windows_passed(windows: Iterable[FoundWindow]) -> list[Passed]:
    """Return the words of windows, which hold numbers that are no figures."""
    return [Passed(*one.span, f"words of a window: {one.form}") for one in windows]


def _rows(
    text: str,
    sentences: list[Sentence],
    windows: tuple[FoundWindow, ...],
    day: date,
    counters: Counters,
    source: str,
    data: Dataset,
) -> tuple[list[dict[str, Any]], list[Passed]]:
    """Return a row for each figure, the repeated ones left out, and what was passed over."""
    clock = Clock(windows, day)
    opening = text[:_TITLE].lower()
    around = Surroundings(
        text, opening, sentences[0].plain if sentences else "", day, source, programmes_of(data)
    )
    scenes = Scenes(sentences[0].text if sentences else "", counters.main.jurisdiction)
    rows: list[dict[str, Any]] = []
    passed: list[Passed] = []
    meanings: list[Meaning] = []
    cases, paragraph = Cases(), -1
    for place, line in enumerate(lines_of(sentences, day)):
        sentence = line.sentence
        spans = [one.span for one in clock.within(sentence)]
        case = cases.of(sentence, bool(spans))
        part, operation = scenes.of(sentence.text, sentence.paragraph == paragraph)
        paragraph = sentence.paragraph
        figures, none = figures_of(sentence, counters.main.jurisdiction)
        passed += [one for one in none if not any(low <= one.start < high for low, high in spans)]
        figures = _outside([one for one in figures if line.counts(one)], spans, passed)
        if line.head:
            continue
        figures = [scaled(one, line.label) for one in figures] if line.label else figures
        counted_by = [counters.of(sentence, figure.low, case) for figure in figures]
        told = meanings_of(figures, [one.reporter for one in counted_by], meanings[-_BEFORE:])
        stocks = [is_stock(one) for one in told]
        day_before = clock.day
        times = (
            [line.time] * len(figures) if line.time else clock.times(sentence, figures, stocks, case, text)
        )
        if not figures and clock.day is not None and clock.day is not day_before:
            cases.acted([clock.day])  # the raid was carried out on 17 November
            _date_back(rows, clock.day, sentence.paragraph)
        case = cases.acted(
            [time for time, stock in zip(times, stocks, strict=True) if not stock], sentence.plain
        )
        times = scenes.marked(times)
        for figure, time, counter, meaning in zip(figures, times, counted_by, told, strict=True):
            rows.append(
                row_of(figure, time, counter, meaning, (case, part, operation), around) | {"_sentence": place}
            )
        meanings += told
        if not figures:
            counters.of(sentence, len(sentence.plain), case)
    _look_ahead(rows)
    gone = repeated(rows)
    for lost, kept in gone.items():
        why = f"the same quantity as {rows[kept]['as_printed']} at {rows[kept]['span_start']}"
        passed.append(Passed(rows[lost]["span_start"], rows[lost]["span_end"], why))
    return [row for place, row in enumerate(rows) if place not in gone], passed


def _outside(figures: list[Counted], spans: list[tuple[int, int]], passed: list[Passed]) -> list[Counted]:
    """Return the figures whose number is no part of a window's words."""
    kept: list[Counted] = []
    for one in figures:
        at = one.sentence.at(one.figure.numeral.start)
        if any(low <= at < high for low, high in spans):
            passed.append(Passed(*one.span, "words of a window"))
        else:
            kept.append(one if one.index == len(kept) else replace(one, index=len(kept)))
    return kept


def _date_back(rows: list[dict[str, Any]], day: Time, paragraph: int) -> None:
    """Give the figures of a paragraph that no window was told for the day of the action, told behind them."""
    for row in reversed(rows):
        if row["_paragraph"] != paragraph or row["window_end"]:
            break
        row["window_start"], row["window_end"] = str(day.start), str(day.end)
        row["window_basis"], row["window_note"] = day.basis, day.words
        row["breadth"] = "one_case"
        row["reasons"] = row["reasons"] | {"window_start": "the day of the action, told behind it"}


def _look_ahead(rows: list[dict[str, Any]]) -> None:
    """Give the figures before the first window of a text that window: those of its headline.

    Not that of a table, which holds for its columns.
    """
    first = next(
        (row for row in rows if row["window_start"] and row["window_end"] and row["breadth"] != "one_case"),
        None,
    )
    if first is None or first["reasons"]["window_start"].endswith(HEAD):
        return
    for row in rows:
        if row is first or row["window_end"]:
            break
        for column in ("window_start", "window_end", "window_basis", "window_note"):
            row[column] = first[column]
        row["reasons"] = row["reasons"] | {"window_start": "the first window of the text, told behind it"}
