"""The words that the chapter's prose names."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.findings.measures import average_words
from analysis.publish.pages.effects.exclusions import exclusions, tested
from analysis.publish.pages.ledger.wording import counted
from analysis.publish.words import number
from analysis.scrutiny import could_see, four_answers


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    answers = four_answers(dataset)
    found, seen = tested(dataset), could_see(answers)
    count = exclusions(found)
    tests = [one.unusual for one in found if one.unusual is not None]
    return {
        "bundles": f"{seen.bundles}",
        "tested": f"{seen.tested}",
        "standing": counted(seen.standing, "stands", "stand"),
        "doubling": counted(count.doubling),
        "halving": counted(count.halving),
        "both": counted(count.both),
        "middle": f"{number(seen.middle, 2)} times",
        "below": counted(sum(one.p < 0.05 for one in tests)),
        "chance": f"{0.05 * len(tests):.1f}",
        **average_words(dataset),
    }
