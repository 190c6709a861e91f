"""The ledger as a table: one row a hypothesis, to be searched, filtered and sorted; its numbers fold out."""

from __future__ import annotations

import html
import math

from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.filters import Line, browser
from analysis.publish.pages.ledger.facts import facts
from analysis.publish.pages.ledger.rows import FAULTS, Row, interval, probability, rows
from analysis.publish.tables import HtmlTable, Link, cell
from analysis.rounding import written

HEADS = ("hypothesis", "recorded change, 95% interval", "p (BH)", "grade", "verdict")
LETTERS = "ABCD"
EXPECTED = {"increase": "an increase", "decrease": "a decrease", "either": "a change"}
ORDERS = (
    ("", "the register"),
    ("rank up", "grade"),
    ("estimate down", "estimate, largest first"),
    ("estimate up", "estimate, smallest first"),
    ("detectable up", "minimum detectable change"),
    ("p up", "p"),
    ("measures down", "measures in the window"),
)


def ledger_browser(dataset: Dataset) -> HtmlTable:
    """Return the table of all registered hypotheses with its filters; every word of the data is escaped."""
    found = rows(dataset)
    markup = browser(
        "ledger",
        HEADS,
        (_line(dataset, one) for one in found),
        what="hypotheses",
        words="measure, series or id",
        picks=_picks(found),
        orders=ORDERS,
    )
    told = [(one.hypothesis_id, one.letter, one.entry.verdict.word, one.sentence) for one in found]
    return HtmlTable(markup, tabulate(told, headers=("hypothesis", "grade", "verdict", "reasons")))


def _picks(found: tuple[Row, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return what hypotheses can be chosen by."""
    groups = dict.fromkeys(one.group for one in found)
    verdicts = sorted({one.entry.verdict.word for one in found})
    return {
        "grade": [(letter, letter) for letter in LETTERS],
        "verdict": [(word, word) for word in verdicts],
        "strand": [(name, SERIES_GROUPS[name]) for name in groups],
        "obstacle": list(FAULTS.items()),
    }


def _line(dataset: Dataset, one: Row) -> Line:
    """Return one hypothesis as a row, with what it is filtered and sorted by."""
    test = one.primary
    marks = {
        "grade": one.letter,
        "rank": str(LETTERS.index(one.letter)),
        "verdict": one.entry.verdict.word,
        "strand": one.group,
        "obstacle": "|".join(one.faults),
        "estimate": _sortable(test.log if test else math.nan),
        "detectable": _sortable(test.detectable if test else math.nan),
        "p": _sortable(test.p if test else math.nan),
        "measures": str(len(one.entry.assessment.measures)),
    }
    told = (interval(test), probability(one.entry.p_bh), one.letter, one.entry.verdict.word)
    return Line((_head(one) + _folded(dataset, one), *map(html.escape, told)), marks, one.anchor)


def _head(one: Row) -> str:
    """Return the names of measure and series, what was expected, and the sentence of reasons."""
    measure = cell(Link(one.measure, f"measures.html#measure-{one.measure_id}"))
    series = cell(Link(one.series, f"codebook.html#series-{one.series_id}"))
    period = f"{'fiscal year ' if one.fiscal else ''}{one.at}"
    expected = EXPECTED[one.direction]
    return (
        f'<p class="pair">{measure} → {series}</p>'
        f'<p class="why">Expected: {expected} from {period} on. {html.escape(one.sentence)}</p>'
    )


def _folded(dataset: Dataset, one: Row) -> str:
    """Return all numbers of a hypothesis, folded."""
    told = facts(dataset, one) | {"verdict": one.entry.verdict.sentence, "id": one.hypothesis_id}
    items = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(words)}</dd>" for name, words in told.items()
    )
    return f"<details><summary>all numbers</summary><dl>{items}</dl></details>"


def _sortable(value: float) -> str:
    """Return a number as an attribute, blank where there is none."""
    return written(value, ".6g") if math.isfinite(value) else ""
