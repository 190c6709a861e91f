"""The ledger as a table: one row a hypothesis, to be searched, filtered and sorted; its numbers fold out."""

from __future__ import annotations

import html
import math

from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.addresses import series_address
from analysis.publish.filters import Line, browser
from analysis.publish.pages.ledger.wording import (
    FAULTS,
    anchor,
    change,
    entries,
    interval,
    probability,
    sentence,
    share,
)
from analysis.publish.tables import HtmlTable, Link, cell
from analysis.rounding import written
from analysis.scrutiny.ledger import Entry

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
    found = entries(dataset)
    markup = browser(
        "ledger",
        HEADS,
        (_line(dataset, one) for one in found),
        what="hypotheses",
        words="measure, series or id",
        picks=_picks(found),
        orders=ORDERS,
    )
    told = [(one.hypothesis.hypothesis_id, one.letter, one.verdict.word, sentence(one)) for one in found]
    return HtmlTable(markup, tabulate(told, headers=("hypothesis", "grade", "verdict", "reasons")))


def _picks(found: tuple[Entry, ...]) -> dict[str, list[tuple[str, str]]]:
    """Return what hypotheses can be chosen by."""
    groups = dict.fromkeys(one.hypothesis.series.group for one in found)
    verdicts = sorted({one.verdict.word for one in found})
    return {
        "grade": [(letter, letter) for letter in LETTERS],
        "verdict": [(word, word) for word in verdicts],
        "strand": [(name, SERIES_GROUPS[name]) for name in groups],
        "obstacle": list(FAULTS.items()),
    }


def _line(dataset: Dataset, one: Entry) -> Line:
    """Return one hypothesis as a row, with what it is filtered and sorted by."""
    test = one.primary
    marks = {
        "grade": one.letter,
        "rank": str(LETTERS.index(one.letter)),
        "verdict": one.verdict.word,
        "strand": one.hypothesis.series.group,
        "obstacle": "|".join(one.identifiability.faults),
        "estimate": _sortable(test.log if test else math.nan),
        "detectable": _sortable(test.detectable if test else math.nan),
        "p": _sortable(test.p if test else math.nan),
        "measures": str(len(one.measures)),
    }
    told = (interval(test), probability(one.p_bh), one.letter, one.verdict.word)
    every = facts(dataset, one) | {"verdict": one.verdict.sentence, "id": one.hypothesis.hypothesis_id}
    items = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(words)}</dd>" for name, words in every.items()
    )
    folded = f"<details><summary>all numbers</summary><dl>{items}</dl></details>"
    return Line((_head(one) + folded, *map(html.escape, told)), marks, anchor(one))


def _head(one: Entry) -> str:
    """Return the names of measure and series, what was expected, and the sentence of reasons."""
    asked = one.hypothesis
    measure = cell(Link(asked.measure, f"measures.html#measure-{asked.measure_id}"))
    series = cell(Link(asked.series.title, series_address(asked.series_id)))
    period = f"{'fiscal year ' if asked.fiscal else ''}{asked.at}"
    expected = EXPECTED[asked.direction]
    return (
        f'<p class="pair">{measure} → {series}</p>'
        f'<p class="why">Expected: {expected} from {period} on. {html.escape(sentence(one))}</p>'
    )


def _sortable(value: float) -> str:
    """Return a number as an attribute, blank where there is none."""
    return written(value, ".6g") if math.isfinite(value) else ""


def facts(dataset: Dataset, one: Entry) -> dict[str, str]:
    """Return the numbers of one hypothesis by heading, in the order in which they are read."""
    known = one.identifiability
    titles = dataset.measures.set_index("measure_id")["title"]
    first = {
        "periods before and after": f"{known.n_before} before, {known.n_after} from {one.hypothesis.at} on",
        "other measures in the window": f"{len(one.measures)}, {len(known.rivals)} of them by the same "
        "instrument",
    }
    if known.rivals:
        first["rivals"] = "; ".join(str(titles[name]) for name in known.rivals)
    return first | _numbers(one) | _comparison(one) | _left_out(one)


def _numbers(one: Entry) -> dict[str, str]:
    """Return what the primary test and its checks gave."""
    scrutiny, test = one.scrutiny, one.primary
    if scrutiny is None or test is None:
        return {"estimate": f"none: {one.failure}"}
    ranks = scrutiny.placebos
    placebo = f"{share(ranks.share_as_extreme)} of {ranks.n} placebo dates as extreme" if ranks.n else "none"
    smallest = f" (smallest attainable {probability(ranks.floor)})" if ranks.n else ""
    worlds = scrutiny.multiverse
    return {
        "minimum detectable change": f"{change(test.detectable)} or {change(1 / test.detectable)}",
        "estimate and 95% interval": interval(test),
        "at once": change(test.at_once),
        "p": probability(test.p),
        "p after Benjamini-Hochberg": probability(one.p_bh),
        "p after Benjamini-Yekutieli": probability(one.p_by),
        "multiverse": f"{len(worlds):,} specifications, {share(scrutiny.sign_share)} of the estimate's sign; "
        f"{share(scrutiny.placebo_sign_share)} at placebo dates"
        if len(worlds)
        else "no specification is admissible",
        "placebo rank": placebo + (f", p {probability(ranks.p)}{smallest}" if ranks.n else ""),
    }


def _comparison(found: Entry) -> dict[str, str]:
    """Return what a comparison series gave, or why it gave nothing."""
    if found.comparison is None:
        return {"comparison": f"failed: {found.comparison_failure}"} if found.comparison_failure else {}
    low, high = found.comparison.ratio_interval
    said = f"{change(found.comparison.ratio)} ({change(low)} to {change(high)})"
    controls = found.comparison.n_controls
    count = f"{controls} series" if controls > 1 else "one series"
    return {"against the comparison": f"{said}, {count}, p {probability(found.comparison.p)}"}


def _left_out(one: Entry) -> dict[str, str]:
    """Return the reading without which the estimate moves most."""
    move = one.moved
    if move is None or not move.left_out:
        return {}
    turned = f"; {len(move.sign_changes)} readings turn its sign" if move.sign_changes else ""
    return {
        "without its most telling reading": f"{change(math.exp(move.estimate))} ({move.left_out}){turned}"
    }
