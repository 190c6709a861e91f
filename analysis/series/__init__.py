"""Series: which readings speak of the same quantity, and what they say year by year."""

from analysis.series.definition import Definition, breaks_of, definition, readings_of
from analysis.series.yearly import RULE, Yearly, has_years, yearly

__all__ = ["RULE", "Definition", "Yearly", "breaks_of", "definition", "has_years", "readings_of", "yearly"]
