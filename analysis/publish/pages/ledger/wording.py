"""How the ledger says its answers: ratios, changes in percent, what is excluded, and reasons without ids."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.publish import words
from analysis.publish.estimates import NO_ESTIMATE, too_wide
from analysis.publish.tables import Link
from analysis.publish.words import signed_percent
from analysis.rounding import above, settled, written
from analysis.scrutiny import Answer
from analysis.scrutiny.primary import Primary
from analysis.series import definition

MOST = 100.0  # a change beyond this factor is said as a bound: no campaign multiplies a count a hundredfold
MOST_LETTERS = 60  # of the title of a measure inside a sentence
AS_TIMES = 3.0  # from this ratio on a limit is said as a multiple


def anchor(hypothesis_id: str) -> str:
    """Return the id of a hypothesis on the ledger's page."""
    return f"ledger-{hypothesis_id}"


def ledger_link(dataset: Dataset, hypothesis_id: str) -> Link:
    """Return the link to a hypothesis on the ledger's page, named by measure and series."""
    row = dataset.hypotheses.set_index("hypothesis_id").loc[hypothesis_id]
    measure, series = (
        measure_titles(dataset)[str(row["measure_id"])],
        definition(dataset, str(row["series_id"])),
    )
    return Link(f"{measure} → {series.title}", f"ledger.html#{anchor(hypothesis_id)}")


@lru_cache(maxsize=4)
def measure_titles(dataset: Dataset) -> dict[str, str]:
    """Return the titles of measures by their ids."""
    rows = dataset.measures
    return dict(zip(rows["measure_id"].astype(str), rows["title"].astype(str), strict=True))


def short(title: str, most: int) -> str:
    """Return a title cut to so many characters, at a word's end."""
    if len(title) <= most:
        return title
    return title[: most - 1].rsplit(" ", 1)[0].rstrip(",:;") + " …"


def is_odds(dataset: Dataset, one: Answer) -> bool:
    """Tell whether the ratios of a bundle are ratios of odds: its series is a share."""
    return definition(dataset, one.bundle.series_id).unit == "percent"


def ratio(value: float, lower: float, upper: float) -> str:
    """Write a ratio with its interval: `×2.80 (1.02 to 7.56)`.

    None where that is wider than tenfold, no interval where the figures are known so well that its ends print alike.
    """
    if too_wide(lower, upper):
        return NO_ESTIMATE
    middle, low, high = (written(one, ".2f") for one in (value, lower, upper))
    return f"×{middle}" if low == high else f"×{middle} ({low} to {high})"


def limit(value: float) -> str:
    """Write the end of what is not excluded: `+70%`, `−26%`, and from threefold on `7.6 times`."""
    return signed_percent(settled(settled(value) - 1), 0, times=AS_TIMES)


def excluded(dataset: Dataset, one: Answer) -> str:
    """Say what the interval of a bundle's test excludes at 95%: `above +70%, below −29%`; blank without a test."""
    if one.unusual is None:
        return ""
    odds = " (of odds)" if is_odds(dataset, one) else ""
    return f"above {limit(one.unusual.upper)}, below {limit(one.unusual.lower)}{odds}"


def plainly(dataset: Dataset, reason: str) -> str:
    """Return a reason with short titles in the place of ids of measures, and what changed in that of breaks."""
    said = _plain_names(dataset)
    return re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)+", lambda found: said.get(found[0], found[0]), reason)


@lru_cache(maxsize=4)
def _plain_names(dataset: Dataset) -> dict[str, str]:
    """Return what is said in the place of an id: of a break its year and what changed, of a measure its title."""
    rows = dataset.breaks.to_dict("records")
    said = {str(row["break_id"]): f"{str(row['date'])[:4]} ({_inside(row['what_changed'])})" for row in rows}
    return said | {name: short(title, MOST_LETTERS) for name, title in measure_titles(dataset).items()}


def _inside(sentence: object) -> str:
    """Return a sentence as it stands inside brackets."""
    told = str(sentence).strip().rstrip(".")
    return told if told[:2].isupper() else told[:1].lower() + told[1:]


def counted(number: int, one: str = "", many: str = "") -> str:
    """Write a count with its verb, figures from two on: `none stands`, `one stands`, `5 stand`."""
    return words.counted(number, one, many) if number < 2 else f"{number:,} {many}".strip()


def change(ratio: float) -> str:
    """Write a ratio to the counterfactual as a change in percent: `+12%`, `−8.4%`, `beyond +9,900%`.

    NaN is `not known`, and an endless bound `no bound`.
    """
    return signed_percent(settled(settled(ratio) - 1) if math.isfinite(ratio) else ratio, most=MOST - 1)


def interval(primary: Primary | None) -> str:
    """Write an estimate with its 95% interval, as changes in percent; none where that is wider than tenfold."""
    if primary is None:
        return "none"
    if too_wide(primary.lower, primary.upper):
        return f"{NO_ESTIMATE} (its 95% interval is wider than a factor of ten)"
    return f"{change(primary.estimate)} ({change(primary.lower)} to {change(primary.upper)})"


def probability(p: float) -> str:
    """Write a p value: `0.032`, `below 0.001`, or a dash where there is none."""
    return "–" if math.isnan(p) else "below 0.001" if above(0.001, p) else written(p, ".3f")


def share(value: float | None) -> str:
    """Write a share in percent, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{written(100 * value, '.0f')}%"
