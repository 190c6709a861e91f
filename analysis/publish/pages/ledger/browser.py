"""The ledger as a table: one row a bundle, to be searched, filtered and sorted; its numbers fold out."""

from __future__ import annotations

import math

from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish.addresses import series_address
from analysis.publish.filters import Line, browser
from analysis.publish.pages.ledger.wording import (
    anchor,
    excluded,
    is_odds,
    limit,
    measure_titles,
    plainly,
    probability,
    ratio,
    share,
)
from analysis.publish.tables import HtmlTable, Link, cell
from analysis.rounding import written
from analysis.scrutiny import Answer, four_answers
from analysis.scrutiny.letters import MEANING
from analysis.series import definition
from analysis.series.key import declared

HEADS = (
    "series and measures", "what happened", "beside its own course", "excluded at 95%", "others", "grade",
)  # fmt: skip
EXPECTED = {"increase": "an increase", "decrease": "a decrease", "either": "a change"}
ORDERS = (
    ("width up", "what is excluded, most first"),
    ("p up", "p"),
    ("happened down", "what happened, largest first"),
    ("happened up", "what happened, smallest first"),
    ("measures down", "measures that begin together"),
)
FAMILY = "beside others of its family"
LEVELS = ("high", "unclear", "low")


def bundle_browser(dataset: Dataset) -> HtmlTable:
    """Return the table of all bundles with its filters; every word of the data is escaped."""
    found = listed(dataset)
    groups = dict.fromkeys(definition(dataset, one.bundle.series_id).group for one in found)
    markup = browser(
        "ledger",
        HEADS,
        [_line(dataset, one) for one in found],
        what="bundles",
        words="measure, series or id",
        picks={
            "grade": [(letter, letter) for letter in MEANING],
            "strand": [(name, SERIES_GROUPS[name]) for name in groups],
            "expected": list(EXPECTED.items()),
        },
        orders=ORDERS,
    )
    told = [(one.bundle.bundle_id, *_cells(dataset, one)) for one in found]
    return HtmlTable(markup, tabulate(told, headers=("bundle", *HEADS[1:]), disable_numparse=True))


def listed(dataset: Dataset) -> list[Answer]:
    """Return all bundles, those that exclude most first and those without a test last."""
    found = four_answers(dataset).values()
    return sorted(found, key=lambda one: _width(one) if one.unusual else math.inf)


def _width(one: Answer) -> float:
    return one.unusual.upper / one.unusual.lower if one.unusual else math.nan


def _line(dataset: Dataset, one: Answer) -> Line:
    """Return one bundle as a row, with what it is filtered and sorted by."""
    test, happened, bundle = one.unusual, one.happened, one.bundle
    marks = {
        "grade": one.letter,
        "strand": definition(dataset, bundle.series_id).group,
        "expected": bundle.expected,
        "width": _sortable(_width(one)),
        "p": _sortable(test.p if test else math.nan),
        "happened": _sortable(happened.ratio if happened else math.nan),
        "measures": str(len(bundle.measures)),
    }
    items = "".join(f"<dt>{cell(name)}</dt><dd>{told}</dd>" for name, told in facts(dataset, one).items())
    folded = f"<details><summary>all numbers, risk of bias</summary><dl>{items}</dl></details>"
    return Line((_head(dataset, one) + folded, *map(cell, _cells(dataset, one))), marks)


def _cells(dataset: Dataset, one: Answer) -> tuple[str, ...]:
    """Return the four answers and the grade as a row shows them."""
    test, happened = one.unusual, one.happened
    return (
        ratio(happened.ratio, happened.lower, happened.upper) if happened else "–",
        f"{ratio(test.estimate, test.lower, test.upper)}, p {probability(one.p_bh)}" if test else "too short",
        excluded(dataset, one) or "–",
        _others(one),
        one.letter,
    )


def _others(one: Answer) -> str:
    """Return the ratio to the first control, or to the others of the family, where there is one."""
    panel = one.beside.panel
    for control in one.beside.controls:
        return ratio(control.estimate, control.lower, control.upper)
    return f"×{written(panel.ratio, '.2f')}, p {probability(panel.p)}" if panel is not None else "–"


def _head(dataset: Dataset, one: Answer) -> str:
    """Return the names of the series and of the measures registered for it, with what was expected of each."""
    bundle, rows = one.bundle, dataset.hypotheses.set_index("hypothesis_id")
    own = definition(dataset, bundle.series_id)
    series = cell(Link(own.title, series_address(bundle.series_id)))
    period = f"{'fiscal year ' if bundle.fiscal else ''}{bundle.at}"
    lines = [f'<p class="pair">{series}, from {period}</p>']
    for name in bundle.hypotheses:
        row = rows.loc[name]
        measure, expected = _measure(dataset, str(row["measure_id"])), EXPECTED[str(row["direction"])]
        lines.append(f'<p class="why" id="{anchor(name)}">{measure}: {expected} expected</p>')
    return "".join(lines)


def _measure(dataset: Dataset, measure_id: str) -> str:
    return cell(Link(measure_titles(dataset)[measure_id], f"measures.html#measure-{measure_id}"))


def _sortable(value: float) -> str:
    """Return a number as an attribute, blank where there is none."""
    return written(value, ".6g") if math.isfinite(value) else ""


def facts(dataset: Dataset, one: Answer) -> dict[str, str]:
    """Return all that is known of a bundle by heading, as markup, in the order in which it is read."""
    bundle = one.bundle
    told = {
        "id": cell(bundle.bundle_id),
        "measures that begin together": "; ".join(_measure(dataset, name) for name in bundle.measures),
    }
    if bundle.near:
        told["measures close by"] = "; ".join(_measure(dataset, name) for name in bundle.near)
    told |= {name: cell(words) for name, words in (tested(dataset, one) | beside(dataset, one)).items()}
    for level in LEVELS:
        items = [f"{risk.item}: {plainly(dataset, risk.reason)}" for risk in one.risks if risk.level == level]
        if items:
            told[f"risk of bias: {level}"] = cell("; ".join(items))
    reasons = (plainly(dataset, part) for part in one.grade.reasons if part)
    return told | {"reasons of the grade": cell("; ".join(reasons))}


def tested(dataset: Dataset, one: Answer) -> dict[str, str]:
    """Return what the test gave."""
    test = one.unusual
    if test is None:
        return {}
    told = {
        "years": f"{test.n_before} before, {test.n_after} from {one.bundle.at} on",
        "departure": f"{ratio(test.estimate, test.lower, test.upper)}{' of odds' if is_odds(dataset, one) else ''}",
        "p": f"{probability(test.p)}, corrected for all tests (Benjamini-Hochberg) {probability(one.p_bh)}",
        "rank": f"{share(test.rank)} of {test.ranked} series and dates of the record are at least as unusual",
        "rank where no measure is near": f"{share(test.rank_quiet)} of {test.quiet}",
    }
    if one.one_measure is not None:
        low, high = ("no change" if end == 1 else limit(end) for end in one.one_measure)
        told["any one of the measures"] = (
            f"between {low} and {high}, where all push the way that was expected"
        )
    return told


def beside(dataset: Dataset, one: Answer) -> dict[str, str]:
    """Return how others fared."""
    told, panel = {}, one.beside.panel
    for control in one.beside.controls:
        title = definition(dataset, control.series_id).title
        touched = "; a measure touches it as well" if control.touched else ""
        numbers = ratio(control.estimate, control.lower, control.upper)
        told[f"beside: {title}"] = f"{numbers}, p {probability(control.p)}, {control.n} years{touched}"
    if panel is not None:
        family = declared(dataset, one.beside.family).title
        told[FAMILY] = (
            f"×{written(panel.ratio, '.2f')} against {panel.n_controls} others ({family}), p {probability(panel.p)} "
            f"(smallest attainable {probability(panel.floor)})"
        )
    if one.beside.failure:
        told["no comparison"] = plainly(dataset, one.beside.failure)
    return told
