"""Everything the ledger knows of a hypothesis, as names and words, for the folded part of its row."""

from __future__ import annotations

import math

from analysis.dataset import Dataset
from analysis.publish.pages.ledger.rows import Row, change, interval, probability, share
from analysis.rounding import written


def facts(dataset: Dataset, one: Row) -> dict[str, str]:
    """Return the numbers of one hypothesis by heading, in the order in which they are read."""
    found = one.entry.assessment
    known = found.identifiability
    titles = dataset.measures.set_index("measure_id")["title"]
    first = {
        "periods before and after": f"{known.n_before} before, {known.n_after} from {one.at} on",
        "other measures in the window": f"{len(found.measures)}, {len(known.rivals)} of them by the same instrument",
    }
    if known.rivals:
        first["rivals"] = "; ".join(str(titles[name]) for name in known.rivals)
    return first | _numbers(one) | _comparison(one) | _left_out(one)


def _numbers(one: Row) -> dict[str, str]:
    """Return what the primary test and its checks gave."""
    scrutiny, test = one.scrutiny, one.primary
    if scrutiny is None or test is None:
        return {"estimate": f"none: {one.entry.assessment.failure}"}
    ranks = scrutiny.placebos
    placebo = f"{share(ranks.share_as_extreme)} of {ranks.n} placebo dates as extreme" if ranks.n else "none"
    smallest = f" (smallest attainable {probability(ranks.floor)})" if ranks.n else ""
    worlds = scrutiny.multiverse
    return {
        "minimum detectable change": f"{change(test.detectable)} or {change(1 / test.detectable)}",
        "estimate and 95% interval": interval(test),
        "at once": change(test.at_once),
        "p": f"{probability(test.p)} (smallest attainable {_floor(test.floor)})",
        "p after Benjamini-Hochberg": probability(one.entry.p_bh),
        "p after Benjamini-Yekutieli": probability(one.entry.p_by),
        "multiverse": f"{len(worlds):,} specifications, {share(scrutiny.sign_share)} of the estimate's sign; "
        f"{share(scrutiny.placebo_sign_share)} at placebo dates"
        if len(worlds)
        else "no specification is admissible",
        "placebo rank": placebo + (f", p {probability(ranks.p)}{smallest}" if ranks.n else ""),
    }


def _floor(value: float) -> str:
    return written(value, ".4f") if value else "none, a t test"


def _comparison(one: Row) -> dict[str, str]:
    """Return what a comparison series gave, or why it gave nothing."""
    found = one.entry.assessment
    if found.comparison is None:
        return {"comparison": f"failed: {found.comparison_failure}"} if found.comparison_failure else {}
    low, high = found.comparison.ratio_interval
    said = f"{change(found.comparison.ratio)} ({change(low)} to {change(high)})"
    units = "series" if found.comparison.n_controls > 1 else "one series"
    count = f"{found.comparison.n_controls} {units}" if found.comparison.n_controls > 1 else units
    return {"against the comparison": f"{said}, {count}, p {probability(found.comparison.p)}"}


def _left_out(one: Row) -> dict[str, str]:
    """Return the reading without which the estimate moves most."""
    move = one.entry.assessment.moved
    if move is None or not move.left_out:
        return {}
    turned = f"; {len(move.sign_changes)} readings turn its sign" if move.sign_changes else ""
    return {
        "without its most telling reading": f"{change(math.exp(move.estimate))} ({move.left_out}){turned}"
    }
