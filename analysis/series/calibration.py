"""Calibration of hedges: where the truth lay when somebody printed "more than 8,000" and somebody else 8,585.

A hedge becomes an interval by a model (analysis.readings.hedges). The model can be checked wherever the dataset
holds two prints of one quantity over one window, one of them coarser than the other. With v the coarse value, g its
printed step and x the finer value, the position (|x| - |v|) / g says how many printed steps the truth lay beyond
the print, and the model covers where x lies in [low, high], ends included. The share covered has the exact
interval of Clopper and Pearson (1934, doi 10.1093/biomet/26.4.404); whether truths are spread evenly over their
intervals, as a uniform distribution over the interval takes them to be, is judged by Kolmogorov's test of the
places (|x| - low) / (high - low). The alternative tested beside it is a density that falls in a straight line from
the print to the interval's end, Beta(1, 2) in the distance from the print as a share of the way to that end: a
writer who holds 8,950 prints "nearly 9,000" and not "more than 8,000", so the hedge itself informs (Heitjan, Rubin
1991, doi 10.1214/aos/1176348396).

Coarse prints are hedged ones, and unhedged ones that were rounded (their hedge is "exact" and their printed step
above that of the finer print). A finer print may itself be rounded; its printed value is taken as the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import kstest
from statsmodels.stats.proportion import proportion_confint

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.errors import InputError
from analysis.readings import HedgeModel, intervals
from analysis.series.definition import TIER_ORDER, definition, readings_of, with_sources
from analysis.series.families import single_series

KEY = ("reporter", "jurisdiction", "indicator", "unit", "kind", *SERIES_KEYS)
WINDOW = ("window_start", "window_end")
# What may stand against a pair, in the order in which it is named, and what of it takes a pair out: a misprint,
# another scope or window, or one print set aside by a series and the other not. What was revised stays in.
FLAGS = ("misprint", "other_scope", "set_aside", "revision", "both_set_aside")
DROPPED = ("misprint", "other_scope", "set_aside")
_OF_CONFLICT = {"scope": "other_scope", "window": "other_scope", "revision": "revision"}
_COLUMNS = ("value", "step", "as_printed", "hedge", "tier", "source_id", "publisher", "published", "url")


def pairs(dataset: Dataset, *, loose: bool = False) -> pd.DataFrame:
    """Return every pair of a coarse print and a finer unhedged one of the same quantity and window.

    The same quantity: reporter, jurisdiction, indicator, unit, kind and every dimension of `SERIES_KEYS` are the
    same. The same window: both its ends are (a stock's window is its last day). Conversions are left out.
    `loose=True` adds pairs that only a series of series.csv joins, whose reporters or indicators may differ.

    Columns: hedged_id, exact_id; hedge, language (of the source of the coarse print), reporter, jurisdiction,
    indicator, unit, kind and window; value, step, exact, exact_step (in the unit); digits (significant digits of
    the coarse print); position (steps) and above (percent of the value), both of sizes; low and high under the
    default model, place in that interval (0 to 1), distance from the print (share of the way to the interval's end on
    that side); inside, inside_tight, inside_open_ended; flag (one of `FLAGS`
    or blank), match ("key" or "series"), and as_printed, source_id, publisher, published, url of both, those of
    the finer one with the prefix exact_. Rows are sorted by hedge, position and ids; there may be none.
    """
    prints = _prints(dataset)
    found = _joined(prints, [*KEY, *WINDOW]).assign(match="key")
    if loose:
        members = prints.merge(_memberships(dataset), on="reading_id")
        found = pd.concat([found, _joined(members, ["series_id", *WINDOW]).assign(match="series")])
        found = found.drop_duplicates(["hedged_id", "exact_id"])
    found = _placed(found.reset_index(drop=True))
    found["flag"] = _flags(dataset, found)
    order = ["hedge", "position", "hedged_id", "exact_id"]
    return found.sort_values(order, ignore_index=True)


def _prints(dataset: Dataset) -> pd.DataFrame:
    """Return the readings that may make a pair, as text where coded, with step, language and the intervals."""
    told = with_sources(dataset, dataset.readings)
    coded = [name for name in told.columns if isinstance(told[name].dtype, pd.CategoricalDtype)]
    told = told.assign(**{name: told[name].astype(str) for name in coded})
    told["window_start"] = told["window_start"].mask(told["kind"] == "stock", told["window_end"])
    whole = told["window_start"].notna() & told["window_end"].notna() & (told["value"] != 0)
    told = told[whole & (told["hedge"] != "range") & ~told["relation"].str.startswith("conversion_of")]
    told = told.reset_index(drop=True)
    return told.assign(step=intervals(told)["printed_step"])


def _memberships(dataset: Dataset) -> pd.DataFrame:
    """Return series_id and reading_id of every reading of every series."""
    return pd.concat(
        [readings_of(dataset, one)[["reading_id"]].assign(series_id=one) for one in single_series(dataset)]
    )


def _joined(prints: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return coarse prints beside every finer unhedged print with the same key."""
    fine = prints.loc[prints["hedge"] == "exact", [*key, "reading_id", *_COLUMNS]]
    fine = fine.rename(columns={name: f"exact_{name}" for name in _COLUMNS} | {"reading_id": "exact_id"})
    both = prints.rename(columns={"reading_id": "hedged_id"}).merge(fine, on=key)
    finer = both["exact_step"] < both["step"] * (1 - 1e-9)
    return both[finer & (both["hedged_id"] != both["exact_id"])].rename(columns={"exact_value": "exact"})


def _placed(found: pd.DataFrame) -> pd.DataFrame:
    """Return pairs with where the finer value lies: in steps, in percent, in the interval of each model."""
    sign = np.sign(found["value"].to_numpy(float))
    size, truth = np.abs(found["value"].to_numpy(float)), sign * found["exact"].to_numpy(float)
    step = found["step"].to_numpy(float)
    printed = found.assign(printed_step=found["step"])
    inside: dict[str, Any] = {}
    for model in HedgeModel:
        ends = intervals(printed, model=model)[["low", "high"]]
        low, high = np.sort(ends.to_numpy(float) * sign[:, None], axis=1).T
        slack = 1e-9 * size  # decimals such as 0.1 are not exact in binary
        inside[f"inside_{model}"] = (truth >= low - slack) & (truth <= high + slack)
        if model == HedgeModel.DEFAULT:
            inside |= {"low": ends["low"], "high": ends["high"]}
            inside["place"] = (truth - low) / (high - low)
            inside["distance"] = _distance(truth, size, low, high)
    placed = found.assign(
        position=((truth - size) / step).round(9),
        above=100 * (truth - size) / size,
        digits=np.floor(np.log10(size / step) + 1e-9).astype(int) + 1,
        **inside,
    )
    kept = ["hedged_id", "exact_id", "hedge", "language", *KEY[:5], *WINDOW, "value", "step", "exact"]
    kept += ["exact_step", "digits", "position", "above", "low", "high", "place", "distance"]
    kept += ["inside", "inside_tight", "inside_open_ended", "match", *_COLUMNS[2:3], *_COLUMNS[4:]]
    kept += [f"exact_{name}" for name in _COLUMNS[2:] if name != "hedge"]
    return placed.rename(columns={"inside_default": "inside"})[kept]


def _distance(truth: Any, size: Any, low: Any, high: Any) -> Any:
    """Return how far truths lie from their print, as a share of the way to the interval's end.

    Beyond a one-sided interval, on the side on which it has no width, its whole width is the measure.
    """
    way = np.where(truth >= size, high - size, size - low)
    return np.abs(truth - size) / np.where(way > 0, way, high - low)


def _flags(dataset: Dataset, found: pd.DataFrame) -> list[str]:
    """Return what the dataset says against each pair, the gravest first."""
    listed = dataset.conflicts
    kinds = listed["kind"].astype(str)
    slips = set(listed.loc[kinds == "misprint", ["reading_a", "reading_b"]].to_numpy().ravel())
    between = {
        frozenset(ids): _OF_CONFLICT.get(kind, "")
        for *ids, kind in zip(listed["reading_a"], listed["reading_b"], kinds, strict=True)
    }
    aside = {one for name in single_series(dataset) for one in definition(dataset, name).set_aside}
    flags = []
    for ids in zip(found["hedged_id"], found["exact_id"], strict=True):
        apart = sum(one in aside for one in ids)
        against = {
            between.get(frozenset(ids), ""),
            "misprint" if slips & set(ids) else "",
            ("", "set_aside", "both_set_aside")[apart],
        }
        flags.append(next((flag for flag in FLAGS if flag in against), ""))
    return flags


def one_each(found: pd.DataFrame, *, drop: Sequence[str] = DROPPED) -> pd.DataFrame:
    """Return one pair a coarse print, without the pairs that carry a flag in `drop`.

    Of several finer prints that with the smallest step stands, then that of the source nearest to who counted,
    then the first id: a rule that does not look at where the truth lay. Raises InputError for an unknown flag.
    """
    if unknown := sorted(set(drop) - set(FLAGS)):
        raise InputError(f"There is no flag {unknown[0]!r}; the flags are {', '.join(FLAGS)}.")
    left = found[~found["flag"].isin(list(drop))]
    ranked = left.assign(_tier=left["exact_tier"].map(TIER_ORDER.index))
    ranked = ranked.sort_values(["exact_step", "_tier", "exact_id"]).drop_duplicates("hedged_id")
    return ranked.drop(columns="_tier").sort_values(["hedge", "position", "hedged_id"], ignore_index=True)


def coverage(
    found: pd.DataFrame, by: str | Sequence[str] | None = "hedge", *, level: float = 0.95
) -> pd.DataFrame:
    """Return how often the finer value lay inside, under each hedge model, with a Clopper-Pearson interval.

    `found` holds pairs as `one_each` returns them; `by` names a column or several (None: all pairs together).
    Columns: those of `by`, model, n, inside, coverage, lower, upper (shares, 0 to 1), a row a group and model.

    Raises
    ------
    InputError
        If there are no pairs, a column is unknown, or the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise InputError(
            f"A level of {level!r} makes no interval; give one between 0 and 1, for example 0.95."
        )
    rows = []
    for name, group in _groups(found, by):
        for model in HedgeModel:
            column = "inside" if model == HedgeModel.DEFAULT else f"inside_{model}"
            n, hits = len(group), int(group[column].sum())
            lower, upper = proportion_confint(hits, n, alpha=1 - level, method="beta")
            # at no hit or all of them the exact interval reaches the end
            lower, upper = (0.0 if hits == 0 else float(lower)), (1.0 if hits == n else float(upper))
            row = {"model": str(model), "n": n, "inside": hits, "coverage": hits / n}
            rows.append(name | row | {"lower": lower, "upper": upper})
    return pd.DataFrame(rows)


def positions(found: pd.DataFrame, by: str | Sequence[str] | None = "hedge") -> pd.DataFrame:
    """Return where the finer values lay: quantiles of position (steps) and above (percent), and their evenness.

    Columns: those of `by`, n, q10, q25, median, q75, q90 of the position, mean_place (0.5 where truths are spread
    evenly over the default interval), mean_distance (0.5 likewise, a third where they fall off towards the end),
    uniform_p and falling_p (Kolmogorov's tests of the one and the other; values are cut to 0 and 1), above_median,
    above_q90 and above_max. Raises InputError as `coverage` does.
    """
    rows = []
    for name, group in _groups(found, by):
        steps = group["position"].quantile([0.1, 0.25, 0.5, 0.75, 0.9]).to_numpy()
        place, distance = (group[name].clip(0, 1).to_numpy(float) for name in ("place", "distance"))
        above = group["above"]
        quantiles = zip(("q10", "q25", "median", "q75", "q90"), map(float, steps), strict=True)
        row: dict[str, Any] = name | {"n": len(group)} | dict(quantiles)
        row |= {"mean_place": float(place.mean()), "mean_distance": float(distance.mean())}
        row |= {"uniform_p": float(kstest(place, "uniform").pvalue)}
        row |= {"falling_p": float(kstest(distance, "beta", args=(1, 2)).pvalue)}
        row |= {"above_median": float(above.median()), "above_q90": float(above.quantile(0.9))}
        rows.append(row | {"above_max": float(above.max())})
    return pd.DataFrame(rows)


def _groups(found: pd.DataFrame, by: str | Sequence[str] | None) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    """Return the groups of pairs, each with its names; one group of all where `by` is None."""
    if found.empty:
        raise InputError(
            "There are no pairs to calibrate on; ask for pairs(dataset, loose=True) or more readings."
        )
    if by is None:
        return [({}, found)]
    names = [by] if isinstance(by, str) else list(by)
    if missing := [name for name in names if name not in found.columns]:
        raise InputError(f"Pairs have no column {missing[0]!r}; group by hedge, language, reporter or unit.")
    return [(dict(zip(names, key, strict=True)), group) for key, group in found.groupby(names, observed=True)]
