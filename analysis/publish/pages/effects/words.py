"""The words that the chapter's prose names, story by story, and the table that sums them up."""

from __future__ import annotations

import math

from analysis.dataset import Dataset
from analysis.publish.pages.effects.chosen import stories
from analysis.publish.pages.effects.curves import STEADY, shown
from analysis.publish.pages.ledger.wording import (
    anchor,
    change,
    counted,
    entries,
    interval,
    probability,
    sentence,
    share,
)
from analysis.publish.tables import HtmlTable, Link, table
from analysis.rounding import written
from analysis.scrutiny.ledger import Entry


def words(dataset: Dataset) -> dict[str, str]:
    """Return the chapter's words: those of each story begin with its name."""
    found = entries(dataset)
    clear = shown(dataset)
    scrutinies = [one.scrutiny for one in clear if one.scrutiny]
    said = {
        "hypotheses": str(len(found)),
        "identifiable": str(sum(one.identifiable for one in found)),
        "steady": counted(sum(one.sign_share >= STEADY for one in scrutinies), "keeps", "keep"),
        "curves": str(len(clear)),
        "specifications": f"{sum(len(one.multiverse) for one in scrutinies):,}",
        "no_dates": str(sum(not one.placebos.n for one in scrutinies)),
        "standing_out": counted(sum(one.letter in "AB" for one in found), "stands", "stand"),
    }
    for name, one in stories(dataset).items():
        said |= {f"{name}_{key}": text for key, text in _story(dataset, one).items()}
    return said


def _story(dataset: Dataset, one: Entry) -> dict[str, str]:
    """Return what the prose names of one hypothesis."""
    registered = dataset.hypotheses.set_index("hypothesis_id").loc[one.hypothesis.hypothesis_id]
    known = one.identifiability
    said = {
        "expected": one.hypothesis.direction,
        "reason": _inner(registered["reason"]),
        "before": str(known.n_before),
        "after": str(known.n_after),
        "rivals": counted(len(known.rivals)),
        "window": counted(len(one.measures)),
        "grade": one.letter,
        "why": sentence(one),
        "verdict": one.verdict.word,
    }
    if registered["claim_source"]:
        source = dataset.sources.set_index("source_id").loc[registered["claim_source"]]
        said |= {
            "claim": _inner(registered["claim"]),
            "claimant": f"{source['publisher']}, {source['published']}",
        }
    return said | _tested(one) | _beside(one) | _moved(one)


def _inner(text: object) -> str:
    """Return a sentence of the register without its full stop, to be quoted inside another."""
    return str(text).rstrip(".")


def _tested(one: Entry) -> dict[str, str]:
    """Return the numbers of the primary test and the multiverse."""
    scrutiny, test = one.scrutiny, one.primary
    if scrutiny is None or test is None:
        return {}
    return {
        "estimate": interval(test),
        "p": probability(test.p),
        "seen": change(test.detectable),
        "rho": written(test.rho, ".2f"),
        "worlds": f"{len(scrutiny.multiverse):,}",
        "share": share(scrutiny.sign_share),
        "placebo_share": share(scrutiny.placebo_sign_share),
        "dates": counted(scrutiny.placebos.n),
    }


def _beside(one: Entry) -> dict[str, str]:
    """Return what the comparison series gave."""
    comparison = one.comparison
    if comparison is None:
        return {}
    low, high = comparison.ratio_interval
    return {
        "compared": f"{change(comparison.ratio)} ({change(low)} to {change(high)})",
        "controls": counted(comparison.n_controls),
        "pretrend": probability(comparison.pretrend),
    }


def _moved(one: Entry) -> dict[str, str]:
    """Return the estimate without the reading that moves it most."""
    move = one.moved
    if move is None or not move.left_out:
        return {}
    return {"without": change(math.exp(move.estimate)), "left_out": move.left_out}


def stories_table(dataset: Dataset) -> HtmlTable:
    """Return the chapter's hypotheses with estimate, grade and verdict, each linked to its row of the ledger."""
    lines = [
        {
            "hypothesis": Link(
                f"{one.hypothesis.measure} → {one.hypothesis.series.title}", f"ledger.html#{anchor(one)}"
            ),
            "expected": one.hypothesis.direction,
            "recorded change": interval(one.primary),
            "grade": one.letter,
            "verdict": one.verdict.word,
        }
        for one in stories(dataset).values()
    ]
    return table(lines, caption="What can be said of the six")
