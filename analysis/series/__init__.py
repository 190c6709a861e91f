"""Series: which readings speak of the same quantity, and what they say year by year."""

from analysis.series.between_years import BetweenYears, between_years
from analysis.series.definition import Definition, breaks_of, definition, readings_of
from analysis.series.denominators import DENOMINATORS, Denominator, denominator, per
from analysis.series.drawn import Years, drawn_years
from analysis.series.families import every_series, families, single_series, units_of
from analysis.series.family_panel import panel, printed_grid
from analysis.series.material import growth_of, material
from analysis.series.panels import PANELS, Panel, comparison_panel
from analysis.series.printed_years import RULE, PrintedYears, has_years, printed_years
from analysis.series.reasons import series_conflicts
from analysis.series.reconstructed import reconstruct_all, reconstructed
from analysis.series.reconstruction import Reconstruction, reconstruct

__all__ = [
    "DENOMINATORS",
    "PANELS",
    "RULE",
    "BetweenYears",
    "Definition",
    "Denominator",
    "Panel",
    "PrintedYears",
    "Reconstruction",
    "Years",
    "between_years",
    "breaks_of",
    "comparison_panel",
    "definition",
    "denominator",
    "drawn_years",
    "every_series",
    "families",
    "growth_of",
    "has_years",
    "material",
    "panel",
    "per",
    "printed_grid",
    "printed_years",
    "readings_of",
    "reconstruct",
    "reconstruct_all",
    "reconstructed",
    "series_conflicts",
    "single_series",
    "units_of",
]
