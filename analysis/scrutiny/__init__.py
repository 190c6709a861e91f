"""Scrutiny: what may be said of a measure, once a model has given its numbers.

Whether a hypothesis can be identified at all, how its result stands against placebos, chance and the choices
made, what size of effect could have been seen, and the grade and the verdict that follow.
"""

from analysis.scrutiny.assessment import Assessment, assess
from analysis.scrutiny.checks import Scrutiny, scrutinise
from analysis.scrutiny.grades import Evidence, Grade, grade
from analysis.scrutiny.identifiability import (
    Identifiability,
    RivalRule,
    breaks_inside,
    identifiable,
    measures_in_window,
)
from analysis.scrutiny.leave_one_out import Move, largest_move
from analysis.scrutiny.ledger import Entry, ledger
from analysis.scrutiny.multiplicity import adjusted, benjamini_hochberg, benjamini_yekutieli
from analysis.scrutiny.multiverse import Multiverse, multiverse
from analysis.scrutiny.placebo import PlaceboDate, RankCheck, placebo_dates, rank_p
from analysis.scrutiny.power import detectable
from analysis.scrutiny.primary import Primary, primary
from analysis.scrutiny.question import Question, Series, ask, informed_periods
from analysis.scrutiny.specifications import Specification, specifications
from analysis.scrutiny.verdicts import Verdict, verdict

__all__ = [
    "Assessment",
    "Entry",
    "Evidence",
    "Grade",
    "Identifiability",
    "Move",
    "Multiverse",
    "PlaceboDate",
    "Primary",
    "Question",
    "RankCheck",
    "RivalRule",
    "Scrutiny",
    "Series",
    "Specification",
    "Verdict",
    "adjusted",
    "ask",
    "assess",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "breaks_inside",
    "detectable",
    "grade",
    "identifiable",
    "informed_periods",
    "largest_move",
    "ledger",
    "measures_in_window",
    "multiverse",
    "placebo_dates",
    "primary",
    "rank_p",
    "scrutinise",
    "specifications",
    "verdict",
]
