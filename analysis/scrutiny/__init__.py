"""Scrutiny: what may be said of a measure, once a model has given its numbers.

Whether a hypothesis can be identified at all, how its result stands against placebos, chance and the choices
made, what size of effect could have been seen, and the grade and the verdict that follow.
"""

from analysis.scrutiny.grades import Evidence, Grade, grade
from analysis.scrutiny.identifiability import (
    Identifiability,
    RivalRule,
    breaks_inside,
    identifiability_table,
    identifiable,
    measures_in_window,
)
from analysis.scrutiny.leave_out import Move, largest_move
from analysis.scrutiny.multiplicity import adjusted, benjamini_hochberg, benjamini_yekutieli
from analysis.scrutiny.placebo import PlaceboDate, RankCheck, placebo_check, placebo_dates, rank_p
from analysis.scrutiny.power import detectable, minimum_detectable
from analysis.scrutiny.verdicts import Verdict, verdict

__all__ = [
    "Evidence",
    "Grade",
    "Identifiability",
    "Move",
    "PlaceboDate",
    "RankCheck",
    "RivalRule",
    "Verdict",
    "adjusted",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "breaks_inside",
    "detectable",
    "grade",
    "identifiability_table",
    "identifiable",
    "largest_move",
    "measures_in_window",
    "minimum_detectable",
    "placebo_check",
    "placebo_dates",
    "rank_p",
    "verdict",
]
