"""The key findings, which the preface shows and from which the briefing takes its own.

Each says how it stands: one text, several texts that agree, texts that disagree, our own arithmetic on printed
figures, an estimate with its band, or an effect with the grade and the verdict of its row in the ledger.
"""

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish.findings.effects import best_identified, effect_findings, obstacles
from analysis.publish.findings.estimated import estimated_findings
from analysis.publish.findings.finding import AGREE, COMPUTED, DISAGREE, ESTIMATED, GRADED, ONE_TEXT, Finding
from analysis.publish.findings.printed import printed_findings
from analysis.publish.pages.ledger.wording import entries

__all__ = [
    "AGREE", "COMPUTED", "DISAGREE", "ESTIMATED", "GRADED", "ONE_TEXT", "Finding", "best_identified",
    "briefing_findings", "effect_findings", "estimated_findings", "key_findings", "obstacles",
    "printed_findings",
]  # fmt: skip

# Told in the preface alone, for want of room in the briefing: each repeats a point that is made there elsewhere
# (what can be identified has a box).
PREFACE_ONLY = ("leads-2016", "spot-checks", "coverage", "conflicts", "more-than", "identifiable")
EFFECTS_IN_BRIEFING = 1


@checked
def key_findings(dataset: Dataset) -> list[Finding]:
    """Return the key findings in the order in which the preface tells them.

    Those on effects need the ledger, which takes minutes where it is not on disk.
    """
    return [
        *printed_findings(dataset),
        *estimated_findings(dataset),
        *effect_findings(dataset, entries(dataset)),
    ]


@checked
def briefing_findings(dataset: Dataset) -> list[Finding]:
    """Return the findings that the briefing has room for, in the same order."""
    told = [one for one in key_findings(dataset) if one.name not in PREFACE_ONLY]
    effects = [one for one in told if one.standing == GRADED]
    return [one for one in told if one not in effects[EFFECTS_IN_BRIEFING:]]
