"""The key findings, which the preface shows and from which the briefing takes its own.

Each says how it stands: one text, several texts that agree, texts that disagree, our own arithmetic on printed
figures, an estimate with its band, or an effect with the grade and the verdict of its row in the ledger.
"""

from analysis.publish.findings.chosen import briefing_findings, key_findings
from analysis.publish.findings.effects import best_identified, effect_findings, obstacles
from analysis.publish.findings.estimated import estimated_findings
from analysis.publish.findings.finding import AGREE, COMPUTED, DISAGREE, ESTIMATED, GRADED, ONE_TEXT, Finding
from analysis.publish.findings.printed import printed_findings

__all__ = [
    "AGREE",
    "COMPUTED",
    "DISAGREE",
    "ESTIMATED",
    "GRADED",
    "ONE_TEXT",
    "Finding",
    "best_identified",
    "briefing_findings",
    "effect_findings",
    "estimated_findings",
    "key_findings",
    "obstacles",
    "printed_findings",
]
