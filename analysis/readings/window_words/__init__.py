"""Windows from words: 今年1至6月, since May, FY2020 Q1, 截至目前, over the past three years."""

from analysis.readings.window_words.finding import find_windows, read_window
from analysis.readings.window_words.found import FoundWindow

__all__ = ["FoundWindow", "find_windows", "read_window"]
