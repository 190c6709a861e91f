"""Readings: figures as printed, hedges into intervals, windows from words, fiscal years, and money."""

from analysis.readings.agreement import agreement, summary
from analysis.readings.fiscal import fiscal_half, fiscal_months, fiscal_quarter, fiscal_year
from analysis.readings.hedges import HEDGES, HedgeModel, interval, intervals, reading_interval
from analysis.readings.money import CURRENCIES, convert
from analysis.readings.printed import Printed, parse_printed
from analysis.readings.unit_words import PROPORTIONS, UNITS
from analysis.readings.window_words import FoundWindow, find_windows, read_window
from analysis.readings.windows import (
    Window,
    WindowKind,
    kind_of,
    nested_pairs,
    year,
)

__all__ = [
    "CURRENCIES",
    "HEDGES",
    "PROPORTIONS",
    "UNITS",
    "FoundWindow",
    "HedgeModel",
    "Printed",
    "Window",
    "WindowKind",
    "agreement",
    "convert",
    "find_windows",
    "fiscal_half",
    "fiscal_months",
    "fiscal_quarter",
    "fiscal_year",
    "interval",
    "intervals",
    "kind_of",
    "nested_pairs",
    "parse_printed",
    "read_window",
    "reading_interval",
    "summary",
    "year",
]
