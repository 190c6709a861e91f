"""Counting Counterfeits: what enforcement statistics on counterfeit goods say, and how sure one may be.

The rooms stand in one line, and each imports only from those before it:
dataset, readings, series, models, scrutiny, intake, publish, building.
"""

from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.dataset import Dataset, load

__all__ = ["Dataset", "InputError", "load"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import the dataset when it is asked for: an unchanged report is told without pandas."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from analysis import dataset

        return getattr(dataset, name)
