"""A first look at what could be identified: whole years before and after a measure, breaks and neighbours.

It asks of every measure what `identifiability` asks of registered hypotheses, and of the nearest years instead of a
registered span. Only the years that a series covers are looked at, never a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.scrutiny.hypothesis import period_of
from analysis.scrutiny.identifiability import breaks_inside, identifiable
from analysis.scrutiny.measure_dates import neighbours
from analysis.series.coverage import all_yearly
from analysis.series.remembered import MEASURE_TABLES, remembered
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

LONG = ("break", "enough")  # what a series with enough years is told
_breaks = lru_cache(maxsize=4096)(breaks_inside)


@lru_cache(maxsize=4)
def printed_years(dataset: Dataset) -> dict[str, tuple[int, ...]]:
    """Return the whole years of every series that has any, in order."""
    return {
        one.definition.series_id: tuple(sorted(int(year) for year in one.table["year"]))
        for one in all_yearly(dataset)
    }


def first_look(dataset: Dataset, series_id: str, years: Sequence[int], at: int) -> str:
    """Say what the printed years of a series leave for a measure whose first period is `at`.

    `few before` and `few after` where there are fewer than identifiability asks for, gaps allowed; `break` where the
    count changes within the nearest of them; else `enough`.
    """
    before = [year for year in sorted(years) if year < at]
    after = [year for year in sorted(years) if year >= at]
    if len(before) < FEWEST_BEFORE:
        return "few before"
    if len(after) < FEWEST_AFTER:
        return "few after"
    return (
        "break" if _breaks(dataset, series_id, before[-FEWEST_BEFORE], after[FEWEST_AFTER - 1]) else "enough"
    )


@remembered(*MEASURE_TABLES)
def look_at_measures(dataset: Dataset) -> pd.DataFrame:
    """Return the dated measures with what the series leave for them, one row a measure.

    Columns: measure_id, place, neighbours; long, enough (series with the years it takes, and those of them
    without a break), long_own and enough_own (the same, of the series of the measure's own place).
    """
    rows = []
    for measure in neighbours(dataset).to_dict("records"):
        told = _looks(dataset, *(period_of(measure["begins"], fiscal=fiscal)[0] for fiscal in (False, True)))
        long = [place for place, said in told if said in LONG]
        enough = [place for place, said in told if said == "enough"]
        own = measure["place"]
        rows.append(
            {name: measure[name] for name in ("measure_id", "place", "neighbours")}
            | {"long": len(long), "enough": len(enough)}
            | {"long_own": long.count(own), "enough_own": enough.count(own)}
        )
    return pd.DataFrame(rows)


@lru_cache(maxsize=256)
def _looks(dataset: Dataset, year: int, fiscal_year: int) -> list[tuple[str, str]]:
    """Return the place of every series and what its years leave for a measure: many measures begin in one year."""
    found = []
    for one in all_yearly(dataset):
        name, at = one.definition.series_id, fiscal_year if one.definition.fiscal else year
        found.append(
            (one.definition.jurisdiction[:2], first_look(dataset, name, printed_years(dataset)[name], at))
        )
    return found


def look_at_hypotheses(dataset: Dataset) -> pd.DataFrame:
    """Return the registered hypotheses with what their series leaves: hypothesis_id, verdict, neighbours.

    The years are those inside the registered span, the first period is the registered one.
    """
    alone = neighbours(dataset).set_index("measure_id")["neighbours"]
    rows = []
    for row in dataset.hypotheses.to_dict("records"):
        name, at = str(row["series_id"]), int(row["at"][:4])
        years = printed_years(dataset).get(name, ())
        inside = [year for year in years if row["span_start"] <= year <= row["span_end"]]
        rows.append(
            {
                "hypothesis_id": row["hypothesis_id"],
                "verdict": first_look(dataset, name, inside, at),
                "neighbours": int(alone.get(row["measure_id"], 0)),
            }
        )
    return pd.DataFrame(rows, columns=["hypothesis_id", "verdict", "neighbours"])


def steps(dataset: Dataset) -> tuple[pd.Series[int], pd.Series[int]]:
    """Return how many measures and how many hypotheses pass each question, one after the other."""
    frame, pairs = look_at_measures(dataset), look_at_hypotheses(dataset)
    enough_own, enough = frame["enough_own"] > 0, pairs["verdict"] == "enough"
    measures = {
        "in the table": len(dataset.measures),
        "begin at a known year": len(frame),
        "a long enough series of their place": int((frame["long_own"] > 0).sum()),
        "and no break in it": int(enough_own.sum()),
        "and no neighbour": int((enough_own & (frame["neighbours"] == 0)).sum()),
    }
    hypotheses = {
        "registered": len(pairs),
        "series long enough": int(pairs["verdict"].isin(LONG).sum()),
        "and no break in it": int(enough.sum()),
        "and no neighbour": int((enough & (pairs["neighbours"] == 0)).sum()),
    }
    return pd.Series(measures), pd.Series(hypotheses)


@remembered(*MEASURE_TABLES)
def rivals(dataset: Dataset) -> pd.DataFrame:
    """Return one row a registered hypothesis: hypothesis_id, measure_id, instruments (a list), rivals (measure ids)."""
    words = dataset.measures.set_index("measure_id")["instrument"]
    return pd.DataFrame(
        [
            {
                "hypothesis_id": str(row["hypothesis_id"]),
                "measure_id": str(row["measure_id"]),
                "instruments": str(words[row["measure_id"]]).split(";"),
                "rivals": identifiable(dataset, str(row["hypothesis_id"])).rivals,
            }
            for row in dataset.hypotheses.to_dict("records")
        ]
    )


def rivals_by_instrument(frame: pd.DataFrame) -> pd.DataFrame:
    """Return by instrument how many hypotheses of `rivals` have one (shared) and how many have none (alone).

    A measure of several instruments counts in each. The most used instrument comes first.
    """
    long = frame.assign(rival=frame["rivals"].map(len) > 0).explode("instruments")
    groups = {"shared": long[long["rival"]], "alone": long[~long["rival"]]}
    counts = pd.DataFrame({name: rows.groupby("instruments").size() for name, rows in groups.items()})
    counts = counts.fillna(0).astype(int)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order]
