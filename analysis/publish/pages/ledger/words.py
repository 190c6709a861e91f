"""The numbers that the chapter's prose names."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.findings.measures import average_words
from analysis.publish.pages.ledger.moved import moved
from analysis.publish.pages.ledger.wording import counted, share
from analysis.publish.words import number
from analysis.rounding import written
from analysis.scrutiny import could_see, four_answers
from analysis.scrutiny.reach_agreement import PARTS, TOUCHED, common_rivals, reach_agreement
from analysis.scrutiny.tallies import by_grade


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    answers, frame = four_answers(dataset), moved(dataset)
    grades = by_grade(answers.values())
    joint = [one for one in answers.values() if len(one.bundle.measures) > 1]
    return {
        **seen_words(dataset),
        **{f"grade_{str(letter).lower()}": counted(int(count)) for letter, count in grades.items()},
        "joint": f"{len(joint)}",
        "most_joint": f"{max(len(one.bundle.measures) for one in answers.values())}",
        "older_d": f"{int((frame['before'] == 'D').sum())}",
        "moved": f"{int((frame['before'] != frame['after']).sum())}",
        **agreement_words(dataset),
        **average_words(dataset),
    }


def seen_words(dataset: Dataset) -> dict[str, str]:
    """Return how much was registered and tested, and what tests could see."""
    seen = could_see(four_answers(dataset))
    return {
        "hypotheses": f"{len(dataset.hypotheses):,}",
        "bundles": f"{seen.bundles}",
        "tested": f"{seen.tested}",
        "standing": counted(seen.standing, "stands", "stand"),
        "middle": f"{number(seen.middle, 2)} times",
    }


def agreement_words(dataset: Dataset) -> dict[str, str]:
    """Return how far two readers of the measures' reach agree, and what that does to the bundles."""
    found, common = reach_agreement(dataset), common_rivals(dataset)
    kappa = dict(zip(found.index, found["kappa"].astype(float), strict=True))
    return {f"{part}_kappa": written(kappa[part], ".2f") for part in PARTS} | {
        "pairs_agreed": share(float(found["agreed"][TOUCHED])),
        "pairs_kappa": written(kappa[TOUCHED], ".2f"),
        "other_lists": share(float((common < 1).mean())),
        "common_list": share(float(common.median())),
    }
