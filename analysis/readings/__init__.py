"""Readings: figures as printed, hedges into intervals, windows and fiscal years, and money."""

from analysis.readings.agreement import agreement, summary
from analysis.readings.hedges import HEDGES, HedgeModel, interval, intervals, reading_interval
from analysis.readings.money import CURRENCIES, convert
from analysis.readings.printed import Printed, parse_printed
from analysis.readings.unit_words import PROPORTIONS, UNITS
from analysis.readings.windows import (
    Window,
    WindowKind,
    fiscal_year,
    kind_of,
    nested_pairs,
    year,
)

__all__ = [
    "CURRENCIES",
    "HEDGES",
    "PROPORTIONS",
    "UNITS",
    "HedgeModel",
    "Printed",
    "Window",
    "WindowKind",
    "agreement",
    "convert",
    "fiscal_year",
    "interval",
    "intervals",
    "kind_of",
    "nested_pairs",
    "parse_printed",
    "reading_interval",
    "summary",
    "year",
]
