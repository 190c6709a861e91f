"""Scrutiny: what may be said of a measure, once a model has given its numbers.

Whether a hypothesis can be identified at all, how its result stands against placebos, chance and the choices
made, what size of effect could have been seen, and the grade and the verdict that follow.
"""

from analysis.scrutiny.answers import Answer, Happened, answer_of, answers_table, four_answers
from analysis.scrutiny.assessment import Assessment, assess
from analysis.scrutiny.averages import RandomDates, random_dates, random_dates_size
from analysis.scrutiny.beside import Beside, Control
from analysis.scrutiny.bias import Risk
from analysis.scrutiny.bundles import Bundle, bundle, bundles
from analysis.scrutiny.checks import Scrutiny, scrutinise
from analysis.scrutiny.common_years import CommonYears, DoseResponse, common_years, dose_response
from analysis.scrutiny.could_see import CouldSee, could_see
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
from analysis.scrutiny.letters import letter
from analysis.scrutiny.moves import moves
from analysis.scrutiny.multiplicity import adjusted, benjamini_hochberg, benjamini_yekutieli
from analysis.scrutiny.multiverse import Multiverse, multiverse
from analysis.scrutiny.placebo import PlaceboDate, RankCheck, placebo_dates, rank_p
from analysis.scrutiny.power import detectable
from analysis.scrutiny.primary import Primary, primary
from analysis.scrutiny.question import Question, Series, ask, informed_periods
from analysis.scrutiny.reach import touches
from analysis.scrutiny.specifications import Specification, specifications
from analysis.scrutiny.stacked_borders import StackedBorders, stacked_borders
from analysis.scrutiny.unusual import Unusual, reference
from analysis.scrutiny.verdicts import Verdict, verdict
from analysis.scrutiny.what_happened import happened, headlines, what_happened

__all__ = [
    "Answer",
    "Assessment",
    "Beside",
    "Bundle",
    "CommonYears",
    "Control",
    "CouldSee",
    "DoseResponse",
    "Entry",
    "Evidence",
    "Grade",
    "Happened",
    "Identifiability",
    "Move",
    "Multiverse",
    "PlaceboDate",
    "Primary",
    "Question",
    "RandomDates",
    "RankCheck",
    "Risk",
    "RivalRule",
    "Scrutiny",
    "Series",
    "Specification",
    "StackedBorders",
    "Unusual",
    "Verdict",
    "adjusted",
    "answer_of",
    "answers_table",
    "ask",
    "assess",
    "benjamini_hochberg",
    "benjamini_yekutieli",
    "breaks_inside",
    "bundle",
    "bundles",
    "common_years",
    "could_see",
    "detectable",
    "dose_response",
    "four_answers",
    "grade",
    "happened",
    "headlines",
    "identifiable",
    "informed_periods",
    "largest_move",
    "ledger",
    "letter",
    "measures_in_window",
    "moves",
    "multiverse",
    "placebo_dates",
    "primary",
    "random_dates",
    "random_dates_size",
    "rank_p",
    "reference",
    "scrutinise",
    "specifications",
    "stacked_borders",
    "touches",
    "verdict",
    "what_happened",
]
