"""How many documents, figures, series and pairs there are: counted here, and named by every page alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.series.families import single_series


@dataclass(frozen=True)
class Counts:
    """`documents` were read; in `printing` of them stands at least one of the `readings`; `series` are declared."""

    documents: int
    printing: int
    readings: int
    series: int


@lru_cache(maxsize=4)
def counts(dataset: Dataset) -> Counts:
    """Return the counts of a dataset; families of series are not among the series."""
    printing = {*dataset.readings["source_id"], *dataset.readings_sources["source_id"]}
    return Counts(len(dataset.sources), len(printing), len(dataset.readings), len(single_series(dataset)))
