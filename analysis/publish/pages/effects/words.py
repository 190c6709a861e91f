"""The words that the chapter's prose names, story by story, and the table that sums them up."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.counts import identifiable
from analysis.publish.links import source_words
from analysis.publish.pages.effects.curves import STEADY, shown
from analysis.publish.pages.effects.story import register, stories
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
from analysis.scrutiny.ledger import Entry


def words(dataset: Dataset) -> dict[str, str]:
    """Return the chapter's words: those of each story begin with its name."""
    found = entries(dataset)
    clear = shown(dataset)
    scrutinies = [one.scrutiny for one in clear if one.scrutiny]
    said = {
        "hypotheses": str(len(found)),
        "identifiable": str(identifiable(found)),
        "steady": counted(sum(one.sign_share >= STEADY for one in scrutinies), "keeps", "keep"),
        "curves": str(len(clear)),
        "specifications": f"{sum(len(one.multiverse) for one in scrutinies):,}",
        "no_dates": str(sum(not one.placebos.n for one in scrutinies)),
        "standing_out": counted(sum(one.letter in "AB" for one in found), "stands", "stand"),
    }
    found_by_name = stories(dataset)
    for one in register():
        told = _story(dataset, found_by_name[one["name"]])
        said |= {f"{one['name']}_{key}": told[key] for key in one["tells"].split()}
    return said


def _story(dataset: Dataset, one: Entry) -> dict[str, str]:
    """Return what prose may name of one hypothesis."""
    registered = dataset.hypotheses.set_index("hypothesis_id").loc[one.hypothesis.hypothesis_id]
    said = {
        "expected": one.hypothesis.direction,
        "before": str(one.identifiability.n_before),
        "rivals": counted(len(one.identifiability.rivals)),
        "grade": one.letter,
        "why": sentence(one),
    }
    if registered["claim_source"]:
        source = source_words(dataset, str(registered["claim_source"]))
        said |= {
            "claim": str(registered["claim"]).rstrip("."),  # quoted inside another sentence
            "claimant": f"{source.label}, {source.published}",
        }
    return said | _tested(one) | _beside(one)


def _tested(one: Entry) -> dict[str, str]:
    """Return the numbers of the primary test and the multiverse."""
    scrutiny, test = one.scrutiny, one.primary
    if scrutiny is None or test is None:
        return {}
    return {
        "estimate": interval(test),
        "p": probability(test.p),
        "seen": change(test.detectable),
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
    }


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
