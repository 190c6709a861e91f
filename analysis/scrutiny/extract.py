"""The rows of the dataset that reach one hypothesis, and no others: what its assessment is made of."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.scrutiny.hypothesis import hypothesis
from analysis.scrutiny.identifiability import measures_in_window
from analysis.scrutiny.question import plausible
from analysis.series import definition, growth_of, readings_of


def extract(dataset: Dataset, hypothesis_id: str) -> Dataset:
    """Return a dataset that holds only what reaches a hypothesis; it has no path, version or fingerprint.

    These are its row, its measure and those in the same window, its series and its comparison series with their
    readings, growth rates, breaks and verdicts, the figures it may be divided by, and the sources of all these. An
    assessment made from it is the one made from the whole, and whatever is not in it cannot change the assessment.

    Raises
    ------
    InputError
        If there is no hypothesis of this id, it is by month, or series.csv has not its series.
    """
    one = hypothesis(dataset, hypothesis_id)
    names = [one.series_id, *one.comparison]
    keys = {one.series.series_id, *(definition(dataset, name).series_id for name in one.comparison)}
    readings = _of(dataset.readings, "reading_id", _reading_ids(dataset, names))
    divisors = {one.denominator, *plausible(one.series)}
    context = _of(dataset.context, "series", divisors)
    measures = {one.measure_id, *measures_in_window(dataset, one)["measure_id"]}
    broken = dataset.breaks["series"].str.split(";").map(lambda found: bool({*names} & {*found})).astype(bool)
    return dataset.reduced(
        hypotheses=_of(dataset.hypotheses, "hypothesis_id", {hypothesis_id}),
        measures=_of(dataset.measures, "measure_id", measures),
        series=_of(dataset.series, "series_id", keys),
        aliases=_of(dataset.aliases, "alias_id", set(names)),
        breaks=dataset.breaks[broken],
        readings=readings,
        context=context,
        conflicts=_pairs(dataset.conflicts, readings, "reading_a", "reading_b"),
        vintages=_pairs(dataset.vintages, readings, "first_id", "later_id"),
        sources=_of(dataset.sources, "source_id", {*readings["source_id"], *context["source_id"]}),
    )


def _reading_ids(dataset: Dataset, names: list[str]) -> set[str]:
    """Return the readings of series, with the growth rates of their keys."""
    found: set[str] = set()
    for name in names:
        try:
            found |= {*readings_of(dataset, name)["reading_id"], *growth_of(dataset, name)["reading_id"]}
        except InputError:  # no reading speaks of it, which the assessment says
            continue
    return found


def _pairs(table: pd.DataFrame, readings: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Return the rows of a table of pairs that speak of one of these readings: a verdict may reject it."""
    ids = readings["reading_id"]
    return table[table[one].isin(ids) | table[other].isin(ids)]


def _of(frame: pd.DataFrame, column: str, wanted: set[str]) -> pd.DataFrame:
    """Return the rows of a frame with one of the wanted words."""
    return frame[frame[column].isin(wanted)]
