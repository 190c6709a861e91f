"""The key findings: on enforcement, on measures, and on how far the figures may be trusted.

Each says how it stands: one text, several texts that agree, texts that disagree, our own arithmetic on printed
figures, an estimate with its band, an exploratory average, or an effect with the grade and the verdict of its row in
the ledger.
"""

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish.findings.effects import effect_findings
from analysis.publish.findings.estimated import estimated_findings
from analysis.publish.findings.finding import (
    AGREE,
    COMPUTED,
    DISAGREE,
    ESTIMATED,
    EXPLORATORY,
    GRADED,
    LANGUAGES,
    ONE_TEXT,
    Finding,
    Words,
)
from analysis.publish.findings.measures import measure_findings
from analysis.publish.findings.printed import checked_2014, conflicts, police_2020, printed_findings
from analysis.publish.findings.recorded import recorded_findings
from analysis.series.remembered import MEASURE_TABLES, remembered

__all__ = [
    "AGREE", "COMPUTED", "DISAGREE", "ESTIMATED", "EXPLORATORY", "GRADED", "LANGUAGES", "ONE_TEXT", "Finding", "Words",
    "briefing_findings", "effect_findings", "estimated_findings", "key_findings", "measure_findings",
    "printed_findings", "recorded_findings", "trust_findings",
]  # fmt: skip

# Left out of the briefing, for want of room: each repeats a point that is made there elsewhere (what can be
# identified has a box, windows have a figure), or tells of a border and of courts beside those that are told.
NOT_IN_BRIEFING = (
    "leads-2016", "spot-checks", "coverage", "conflicts", "more-than", "identifiable", "online-2020", "value-2013",
    "rules-average", "unprinted-years", "eu-border", "civil-suits",
)  # fmt: skip


@checked
@remembered(*MEASURE_TABLES)
def key_findings(dataset: Dataset) -> list[Finding]:
    """Return the key findings: on enforcement, on measures, on what is printed and estimated, on effects.

    Those on effects need the ledger, which takes minutes where it is not on disk.
    """
    return [
        *recorded_findings(dataset),
        *measure_findings(dataset),
        *printed_findings(dataset),
        *estimated_findings(dataset),
        *effect_findings(dataset),
    ]


@checked
def trust_findings(dataset: Dataset) -> list[Finding]:
    """Return how far the figures may be trusted: one year told twice, all of them, hedges, and one check of goods."""
    return [
        police_2020(dataset),
        conflicts(dataset),
        estimated_findings(dataset)[-1],
        checked_2014(dataset),
    ]


@checked
def briefing_findings(dataset: Dataset) -> list[Finding]:
    """Return the findings that the briefing has room for, in the same order."""
    return [one for one in key_findings(dataset) if one.name not in NOT_IN_BRIEFING]
