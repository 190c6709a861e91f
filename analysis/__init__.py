"""Counting Counterfeits: what enforcement statistics on counterfeit goods say, and how sure one may be.

The rooms stand in one line, and each imports only from those before it:
dataset, readings, series, models, scrutiny, publish.
"""

from analysis.dataset import Dataset, load
from analysis.errors import InputError

__all__ = ["Dataset", "InputError", "load"]
