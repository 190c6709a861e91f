"""The words of the chapter: growth, breaks, intervals, the record, and what earlier versions said."""

from __future__ import annotations

import math

from analysis.dataset import Dataset
from analysis.publish.pages.what_comes_next.ahead import best_of, reach
from analysis.publish.pages.what_comes_next.breaks import TEST_LEVEL, found_breaks, survivors
from analysis.publish.pages.what_comes_next.found import (
    COUNT,
    METHOD_NAMES,
    Rate,
    broken,
    growth,
    on_record,
    pooled,
    title,
)
from analysis.publish.pages.what_comes_next.growth import sure
from analysis.publish.pages.what_comes_next.record import NAIVE, past_sentence, rivals, sharper
from analysis.publish.pages.what_comes_next.wording import counted, in_sentence, percent, span
from analysis.publish.words import listed
from analysis.rounding import written
from analysis.series import denominator


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    return (
        _growth(dataset)
        | _denominators(dataset)
        | _breaks(dataset)
        | _forecasts(dataset)
        | _record(dataset)
        | {"past": past_sentence(dataset)}
    )


def _growth(dataset: Dataset) -> dict[str, str]:
    """Say how many trends are told from none, and quote the people prosecuted."""
    found = growth(dataset)
    rates = [one for one in found if one.per != COUNT]
    counts = [one for one in found if one.per == COUNT]
    people = {one.per: one.trend for one in found if one.series_id == "spp-persons-prosecuted"}
    points = [one.trend.growth for one in rates]
    return {
        "n_counts": counted(len(counts)),
        "n_rates": f"{len(rates)}",
        "sure_up": counted(sum(sure(one) != 0 for one in counts)),
        "sure_names": _sure_names(dataset, counts),
        "sure_rates": counted(sum(sure(one) != 0 for one in rates)),
        "counts_up": counted(sum(one.trend.growth > 0 for one in counts)),
        "rates_down": f"{sum(point < 0 for point in points)}",
        "people_count": percent(people[COUNT].growth),
        "people_count_span": span(people[COUNT].lower, people[COUNT].upper),
        "people_parcels": percent(people["express_parcels"].growth),
        "people_parcels_span": span(people["express_parcels"].lower, people["express_parcels"].upper),
    }


def _sure_names(dataset: Dataset, counts: list[Rate]) -> str:
    """Name the counts whose trend is told from none, with growth and the time to double or halve."""
    said = []
    for one in counts:
        if sure(one):
            kept = one.trend.doubling
            verb = "doubling" if kept.kind == "doubling" else "halving"
            said.append(
                f"{in_sentence(title(dataset, one.series_id))} ({percent(one.trend.growth)} a year, {verb} in "
                f"{written(kept.estimate, '.1f')} years, interval {written(kept.lower, '.1f')} to "
                f"{written(kept.upper, '.1f')})"
            )
    return listed(said) if said else "none of them"


def _denominators(dataset: Dataset) -> dict[str, str]:
    """Say how many times the parcels of the last printed year are those of the first."""
    parcels = denominator(dataset, "express_parcels").dropna(subset=["value"])
    first, last = parcels.iloc[0], parcels.iloc[-1]
    return {
        "parcels_times": f"{written(last['value'] / first['value'], '.0f')} times",
        "parcels_first": f"{first['year']}",
        "parcels_last": f"{last['year']}",
    }


def _breaks(dataset: Dataset) -> dict[str, str]:
    """Say how many series break, when, and how many measures began then."""
    all_of, found = broken(dataset), found_breaks(dataset)
    said = [
        f"{in_sentence(title(dataset, row['series_id']))} in {row['period']:.0f} (interval {row['lower']:.0f} to "
        f"{row['upper']:.0f})"
        for _, row in found.iterrows()
    ]
    return {
        "n_broken_of": f"{len(all_of)}",
        "n_broken": counted(found["series_id"].nunique()),
        "broken_names": listed(said) if said else "none",
        "by_chance": written((1 - TEST_LEVEL) * len(all_of), ".1f"),
        "survive": counted(survivors(dataset)),
        "near_breaks": listed([f"{count}" for count in found["measures"]]) if len(found) else "no",
        "n_changed": f"{sum(bool(one.changed) for one in all_of.values())}",
    }


def _forecasts(dataset: Dataset) -> dict[str, str]:
    """Say how many series are forecast, how wide, and by which method."""
    best, rows = best_of(dataset), on_record(dataset)
    others = sorted(series_id for series_id, method in best.items() if method != NAIVE)
    return {
        "n_forecast": f"{rows['series_id'].nunique()}",
        "n_rows": f"{len(rows):,}",
        "n_naive": f"{sum(method == NAIVE for method in best.values())}",
        "exceptions": listed(
            [f"{in_sentence(title(dataset, one))} ({METHOD_NAMES[best[one]]})" for one in others]
        )
        if others
        else "no series",
        "reach": written(reach(dataset), ".1f"),
        "reach_either": written(math.sqrt(reach(dataset)), ".1f"),
    }


def _record(dataset: Dataset) -> dict[str, str]:
    """Say how the methods fared on the past, against the last value."""
    frame = pooled(dataset)
    keyed = {(row["method"], row["horizon"]): row for _, row in frame.iterrows()}
    others = rivals(frame)
    naive = keyed[NAIVE, 1], keyed[NAIVE, 2]
    return {
        "n_replayed": f"{naive[0]['series']}",
        "n_scored": f"{naive[0]['n'] + naive[1]['n']}",
        "naive_inside_1": written(naive[0]["coverage"], ".0%"),
        "naive_inside_2": written(naive[1]["coverage"], ".0%"),
        "worst_inside": written(frame["coverage"].min(), ".0%"),
        "worst_method": METHOD_NAMES[str(frame["method"].iloc[frame["coverage"].argmin()])],
        "nearer": counted(int((others["mase"] < 1).sum())),
        "sharper": sharper(others),
        "most_series": written(others["beats_naive"].max(), ".0%"),
    }
