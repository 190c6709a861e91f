"""The four answers as tables: what happened, was it unusual, what is excluded, how others fared; and averages."""

from __future__ import annotations

import numpy as np

from analysis.dataset import Dataset
from analysis.publish.tables import HtmlTable, table
from analysis.scrutiny.answers import Answer, four_answers
from analysis.scrutiny.averages import KINDS, random_dates
from analysis.scrutiny.what_happened import headlines
from analysis.series import definition

KINDS_TOLD = tuple(kind for kind in KINDS if kind != "all")


def answers_table(dataset: Dataset) -> HtmlTable:
    """Return the four answers of every bundle, a row each."""
    rows = [_row(dataset, one) for one in four_answers(dataset).values()]
    return table(
        rows,
        caption=f"The {len(rows)} bundles: what happened, was it unusual, what is excluded, and others beside",
        right=["p", "p (BH)", "as unusual"],
        wide=True,
        folded=True,
    )


def happened_table(dataset: Dataset) -> HtmlTable:
    """Return what happened to the headline series, by question."""
    rows = [
        {
            "question": row["question"],
            "series": row["title"],
            "years": f"{row['first']} to {row['last']}",
            "last years over first": _ratio(row["factor"], row["lower"], row["upper"]),
            "growth a year since 2015": _rate(row["growth_2015"]),
            "peak": row["peak"],
            "more than its noise": "yes" if row["exceeds"] else "no",
        }
        for row in headlines(dataset).to_dict("records")
    ]
    caption = "What happened: the last three years over the first three, as well as the figures are known"
    return table(rows, caption=caption, right=["growth a year since 2015", "peak"], wide=True)


def averages_table(dataset: Dataset) -> HtmlTable:
    """Return what measures did on average, by kind, both weightings side by side."""
    rows = []
    for kind in KINDS_TOLD:
        found = random_dates(dataset, kind)
        other = found.unweighted
        rows.append(
            {
                "kind": kind,
                "pairs": found.pairs,
                "weighted": _logs(found.estimate, found.lower, found.upper),
                "p": f"{found.p:.2f}",
                "unweighted": _logs(other.estimate, other.lower, other.upper),
                "p, unweighted": f"{other.p:.2f}",
            }
        )
    caption = "Recorded counts in the three years from a measure on, beside dates at random (exploratory)"
    return table(rows, caption=caption, right=["pairs", "p", "p, unweighted"])


def _row(dataset: Dataset, one: Answer) -> dict[str, object]:
    """Return the row of a bundle."""
    bundle, test, happened = one.bundle, one.unusual, one.happened
    control = one.beside.controls[0] if one.beside.controls else None
    return {
        "series": definition(dataset, bundle.series_id).title,
        "from": bundle.at,
        "measures": len(bundle.measures),
        "what happened": _ratio(happened.ratio, happened.lower, happened.upper) if happened else "",
        "against its own course": _ratio(test.estimate, test.lower, test.upper) if test else "too short",
        "p": f"{test.p:.2f}" if test else "",
        "p (BH)": f"{one.p_bh:.2f}" if test else "",
        "as unusual": f"{test.rank:.0%}" if test and np.isfinite(test.rank) else "",
        "excluded": one.excluded.removeprefix("Excluded at 95%: ") or one.failure,
        "beside a control": _ratio(control.estimate, control.lower, control.upper) if control else "",
        "grade": one.letter,
    }


def _ratio(value: float, lower: float, upper: float) -> str:
    return f"{value:.2f} ({lower:.2f} to {upper:.2f})"


def _rate(value: float) -> str:
    return f"{100 * value:+.0f}%" if np.isfinite(value) else ""


def _logs(value: float, lower: float, upper: float) -> str:
    """Write differences of logs as percentages."""
    ends = " to ".join(
        f"{100 * np.expm1(end):+.0f}%" if np.isfinite(end) else "no limit" for end in (lower, upper)
    )
    return f"{100 * np.expm1(value):+.0f}% ({ends})"
