"""The words that the chapter's prose names, story by story, and the table that sums them up."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.links import source_words
from analysis.publish.pages.effects.story import register, stories
from analysis.publish.pages.ledger.wording import (
    anchor,
    change,
    counted,
    interval,
    probability,
    share,
)
from analysis.publish.tables import HtmlTable, Link, table
from analysis.scrutiny import Answer, bundle, four_answers
from analysis.scrutiny.ledger import Entry


def words(dataset: Dataset) -> dict[str, str]:
    """Return the chapter's words: those of each story begin with its name."""
    answers = four_answers(dataset).values()
    said = {
        "hypotheses": str(len(dataset.hypotheses)),
        "standing_out": counted(sum(one.letter in "AB" for one in answers), "stands", "stand"),
    }
    found_by_name = stories(dataset)
    for one in register():
        told = _story(dataset, found_by_name[one["name"]])
        said |= {f"{one['name']}_{key}": told[key] for key in one["tells"].split()}
    return said


def _story(dataset: Dataset, one: Entry) -> dict[str, str]:
    """Return what prose may name of one hypothesis."""
    registered = dataset.hypotheses.set_index("hypothesis_id").loc[one.hypothesis.hypothesis_id]
    answer = told_of(dataset, one)
    said = {
        "expected": one.hypothesis.direction,
        "before": str(one.identifiability.n_before),
        "rivals": counted(len(one.identifiability.rivals)),
        "grade": answer.letter,
        "why": why(answer),
    }
    if registered["claim_source"]:
        source = source_words(dataset, str(registered["claim_source"]))
        said |= {
            "claim": str(registered["claim"]).rstrip("."),  # quoted inside another sentence
            "claimant": f"{source.label}, {source.published}",
        }
    return said | _tested(one) | _beside(one)


def told_of(dataset: Dataset, one: Entry) -> Answer:
    """Return the answers on the bundle in which a hypothesis is tested."""
    return four_answers(dataset)[bundle(dataset, one.hypothesis.hypothesis_id).bundle_id]


def why(answer: Answer) -> str:
    """Say what a grade rests on: what its interval excludes, or why there was no test."""
    return f"Too short to test: {answer.failure}." if answer.unusual is None else answer.excluded


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
    """Return the chapter's hypotheses with estimate, grade and what is excluded, each linked to the ledger."""
    lines = [
        {
            "hypothesis": Link(
                f"{one.hypothesis.measure} → {one.hypothesis.series.title}", f"ledger.html#{anchor(one)}"
            ),
            "expected": one.hypothesis.direction,
            "recorded change": interval(one.primary),
            "grade": told_of(dataset, one).letter,
            "what is excluded": why(told_of(dataset, one)),
        }
        for one in stories(dataset).values()
    ]
    return table(lines, caption="What can be said of the six")
