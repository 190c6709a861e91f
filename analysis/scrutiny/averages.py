"""What measures did on average: dates of registered hypotheses against dates at random within each series.

Exploratory: hypotheses were registered after the figures had been collected and seen, so that a series and a date may
have been paired because something happened there. A small p here is a suggestion, no confirmation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arguments import Count, Seed, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.random_dates import (
    FEWEST_AFTER,
    FEWEST_BEFORE,
    WINDOW,
    Dated,
    RandomDatesTest,
    dates_at_random,
    departures,
)
from analysis.results import Result
from analysis.scrutiny.record import Recorded, record
from analysis.series.remembered import MEASURE_TABLES, remembered

Kind = Literal["campaign", "law", "border law", "platform rule", "all"]
Shocks = Literal["walk", "half", "heavy"]
NO_FIGURE = "no figure of the year"
FEW_BEFORE = f"fewer than {FEWEST_BEFORE} figures before it"
FEW_AFTER = f"fewer than {FEWEST_AFTER} figures from it on"
_COLUMNS = ["measure_id", "pairs", "estimate", "lower", "upper", "p"]


def _is_border(row: pd.Series) -> bool:
    return row["kind"] == "law" and "border" in str(row["reach"]).split(";")


def _is_rule(row: pd.Series) -> bool:
    return row["kind"] == "platform_rule" or "platform_liability" in str(row["instrument"]).split(";")


KINDS: dict[str, Callable[[pd.Series], bool]] = {
    "campaign": lambda row: bool(row["kind"] == "campaign"),
    "law": lambda row: bool(row["kind"] == "law"),
    "border law": _is_border,
    "platform rule": _is_rule,
    "all": lambda _: True,
}


@dataclass(frozen=True, repr=False)
class RandomDates(Result):
    """Mean signed departure at registered dates against dates at random, for one kind of measure.

    `estimate` (log, positive in the direction that was registered) with `lower`, `upper` (95%) and `p` are the
    weighted ones, `unweighted` the others beside them. `left_out` has a row a measure whose dates enter: measure_id,
    pairs, estimate, lower, upper and p without it. `table` has a row a registered pair: series_id, at, sign, measures
    (joined), and why it does not enter, blank where it does.
    """

    kind: str
    estimate: float
    lower: float
    upper: float
    p: float
    pairs: int
    unweighted: RandomDatesTest
    left_out: pd.DataFrame
    table: pd.DataFrame

    @property
    def entering(self) -> pd.DataFrame:
        """The rows of `table` whose pairs the average is taken over."""
        return self.table[self.table["why"] == ""]

    def sentence(self) -> str:
        """Return what was found, with both weightings and what it rests on."""
        other = self.unweighted
        return (
            f"In the three years from a {self.kind} on, recorded counts stood {_percent(self.estimate)} "
            f"({_percent(self.lower)} to {_percent(self.upper)}) compared with dates picked at random, over "
            f"{self.pairs} of {len(self.table)} registered pairs; "
            f"unweighted {_percent(other.estimate)} ({_percent(other.lower)} to {_percent(other.upper)}). "
            "Exploratory: hypotheses were registered after the figures were seen."
        )


@checked
@remembered(*MEASURE_TABLES)
def random_dates(
    dataset: Dataset, kind: Kind = "campaign", *, draws: Count = 4000, seed: Seed = 0
) -> RandomDates:
    """Return what measures of one kind did on average, in the direction that was registered for each.

    Pairs are the series and dates of registered hypotheses with a direction, each once, with three informed periods
    before and two from the date on; see `analysis.models.dates_at_random`. Kinds follow from measures.csv: campaign
    and law by `kind`, border law a law that reaches borders, platform rule a platform's own or one that makes platforms
    liable.

    Raises
    ------
    InputError
        If no hypothesis of this kind has a date that can be used.
    """
    pairs = registered_pairs(dataset, kind)
    known = record(dataset)
    weighted, unweighted = (
        dates_at_random(_dated(known, pairs), weighted=one, draws=draws, seed=seed) for one in (True, False)
    )
    rows = []
    for measure in sorted(set(pairs["measures"].str.split(";").explode())):
        kept = pairs[[measure not in cell.split(";") for cell in pairs["measures"]]]
        try:
            one = dates_at_random(_dated(known, kept), draws=draws, seed=seed)
        except InputError:  # it was the only one
            continue
        if one.pairs < weighted.pairs:  # else none of its dates could be used
            rows.append((measure, one.pairs, one.estimate, one.lower, one.upper, one.p))
    return RandomDates(
        kind=kind,
        estimate=weighted.estimate,
        lower=weighted.lower,
        upper=weighted.upper,
        p=weighted.p,
        pairs=weighted.pairs,
        unweighted=unweighted,
        left_out=pd.DataFrame(rows, columns=_COLUMNS),
        table=pairs.assign(
            why=[_lacks(known[str(row["series_id"])], int(row["at"])) for row in pairs.to_dict("records")]
        ),
    )


def _lacks(one: Recorded, at: int) -> str:
    """Say why a date of a series does not enter; blank where it does. The rule is that of `departures`."""
    time = np.asarray(one.time)
    if at not in time:
        return NO_FIGURE
    if np.isfinite(departures(one.z, time)[np.searchsorted(time, at)]):
        return ""
    return FEW_BEFORE if (time < at).sum() < FEWEST_BEFORE else FEW_AFTER


def registered_pairs(dataset: Dataset, kind: str) -> pd.DataFrame:
    """Return the series and dates that hypotheses on a kind of measure name, each once, with the sign expected.

    Columns: series_id, at, sign (1 or -1), measures. Pairs whose hypotheses expect both signs alike are left out,
    and so are dates that are no year and series that have no record. Dates of a series less than three years apart
    compare the same figures: the first of them is the pair.
    """
    measures = dataset.measures.set_index("measure_id")
    fits = {str(name): KINDS[kind](row) for name, row in measures.iterrows()}
    rows = dataset.hypotheses
    rows = rows[rows["measure_id"].map(fits).astype(bool) & (rows["direction"] != "either")]
    rows = rows[rows["at"].astype(str).str.fullmatch(r"\d{4}") & rows["series_id"].isin(set(record(dataset)))]
    signs = rows["direction"].astype(str).map({"increase": 1.0, "decrease": -1.0})
    frame = rows.assign(at=rows["at"].astype(int), sign=signs)
    grouped = frame.groupby(["series_id", "at"], observed=True)
    table = grouped.agg(
        sign=("sign", "mean"), measures=("measure_id", lambda ids: ";".join(sorted(set(ids))))
    )
    table = table[table["sign"] != 0].reset_index()
    table = table[apart(table)].reset_index(drop=True)
    return table.assign(sign=np.sign(table["sign"]))


def apart(table: pd.DataFrame) -> list[bool]:
    """Tell which rows of `table` (series_id, at; in this order) are not within the window of an earlier one kept."""
    kept: dict[str, int] = {}
    told = []
    for name, at in zip(table["series_id"].astype(str), table["at"].astype(int), strict=True):
        told.append(at - kept.get(name, at - WINDOW) >= WINDOW)
        if told[-1]:
            kept[name] = at
    return told


@checked
def random_dates_size(
    dataset: Dataset,
    kind: Kind = "campaign",
    *,
    shocks: Shocks = "walk",
    common: float = 0.5,
    weighted: bool = True,
    trials: Count = 200,
    seed: Seed = 0,
) -> float:
    """Return how often the test of `random_dates` refuses a true null at 5%, at the lengths and dates of the data.

    Series are simulated with the spread of each one's own steps and a drift: random walks ("walk"), walks with t(3)
    shocks ("heavy"), or AR(1) of 0.5 ("half"); the share `common` of every shock's variance is the same for all
    series in a year. The Monte Carlo error is the root of p (1 - p) / trials.
    """
    rng = np.random.default_rng(seed)
    pairs, known = registered_pairs(dataset, kind), record(dataset)
    dated, refused = _dated(known, pairs), 0
    for trial in range(trials):
        made = _simulated(dated, shocks, common, rng)
        refused += dates_at_random(made, weighted=weighted, draws=399, seed=trial).p <= 0.05
    return refused / trials


def _simulated(dated: list[Dated], shocks: str, common: float, rng: np.random.Generator) -> list[Dated]:
    """Return series of the same years and dates in which nothing happens at any date."""
    years = range(
        min(int(np.min(one.time)) for one in dated), max(int(np.max(one.time)) for one in dated) + 1
    )
    shared = dict(zip(years, _shocks(shocks, len(years), rng), strict=True))
    made = []
    for one in dated:
        time, z = np.asarray(one.time), np.asarray(one.z)
        span = np.arange(time[0], time[-1] + 1)
        both = np.array([shared[int(year)] for year in span])
        steps = np.sqrt(common) * both + np.sqrt(1 - common) * _shocks(shocks, len(span), rng)
        spread = float(np.std(np.diff(z) / np.sqrt(np.diff(time)), ddof=1))
        walk = np.cumsum(steps)
        if shocks == "half":
            walk = np.array(
                [np.sum(0.5 ** np.arange(k + 1)[::-1] * steps[: k + 1]) for k in range(len(span))]
            )
        made.append(Dated(spread * walk[time - time[0]] + 0.1 * (time - time[0]), time, one.dates))
    return made


def _shocks(shocks: str, n: int, rng: np.random.Generator) -> np.ndarray:
    """Return n shocks of variance 1."""
    return rng.standard_t(3, n) / np.sqrt(3) if shocks == "heavy" else rng.standard_normal(n)


def _dated(known: dict[str, Recorded], pairs: pd.DataFrame) -> list[Dated]:
    """Return the series of pairs with their dates."""
    return [
        Dated(known[str(name)].z, known[str(name)].time, dict(zip(rows["at"], rows["sign"], strict=True)))
        for name, rows in pairs.groupby("series_id", observed=True)
    ]


def _percent(log: float) -> str:
    """Write a difference of logs as a percentage."""
    return f"{100 * np.expm1(log):+.0f}%" if np.isfinite(log) else ("no limit" if log > 0 else "-100%")
