"""The words of the chapter: growth, breaks, intervals, the record, and what earlier versions said."""

from __future__ import annotations

import math

from analysis.dataset import Dataset
from analysis.publish.pages.what_comes_next.forecasts import sharper
from analysis.publish.pages.what_comes_next.happened import happened_words
from analysis.publish.pages.what_comes_next.looks import (
    METHOD_NAMES,
    in_sentence,
    percent,
    rates,
    searched,
    span,
    title,
)
from analysis.publish.pages.what_comes_next.past import past_sentence
from analysis.publish.pages.what_comes_next.trends import found_breaks
from analysis.publish.words import counted, listed
from analysis.rounding import written
from analysis.scrutiny.forecast_record import NAIVE, best_of, on_record, pooled, reach, rivals
from analysis.scrutiny.growth import COUNT, LEVEL, Rate, survivors
from analysis.series import denominator

PEOPLE, PARCELS = "spp-persons-prosecuted", "express_parcels"


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    parcels = denominator(dataset, PARCELS).dropna(subset=["value"])
    first, last = parcels.iloc[0], parcels.iloc[-1]
    return {
        **happened_words(dataset),
        **growth_words(dataset),
        "parcels_times": f"{written(last['value'] / first['value'], '.0f')} times",
        "parcels_first": f"{first['year']}",
        "parcels_last": f"{last['year']}",
        **_breaks(dataset),
        **forecast_words(dataset),
        **_record(dataset),
        "past": past_sentence(dataset),
    }


def growth_words(dataset: Dataset) -> dict[str, str]:
    """Say how many trends are told from none, and quote the people prosecuted."""
    found = rates(dataset)
    counts = [one for one in found if one.per == COUNT]
    others = [one for one in found if one.per != COUNT]
    people = {one.per: one.trend for one in found if one.series_id == PEOPLE}
    return {
        "n_counts": counted(len(counts)),
        "n_rates": f"{len(others)}",
        "sure_up": counted(sum(one.sure != 0 for one in counts)),
        "sure_names": _sure_names(dataset, counts),
        "sure_rates": counted(sum(one.sure != 0 for one in others)),
        "counts_up": counted(sum(one.trend.growth > 0 for one in counts)),
        "rates_down": f"{sum(one.trend.growth < 0 for one in others)}",
        "people_count_span": span(people[COUNT].lower, people[COUNT].upper),
    }


def _sure_names(dataset: Dataset, counts: list[Rate]) -> str:
    """Name the counts whose trend is told from none, with growth and the time to double or halve."""
    said = []
    for one in counts:
        if one.sure:
            kept = one.trend.doubling
            middle, low, high = (written(value, ".1f") for value in (kept.estimate, kept.lower, kept.upper))
            said.append(
                f"{in_sentence(title(dataset, one.series_id))} ({percent(one.trend.growth)} a year, {kept.kind} in "
                f"{middle} years, interval {low} to {high})"
            )
    return listed(said) if said else "none of them"


def _breaks(dataset: Dataset) -> dict[str, str]:
    """Say how many series break, and when."""
    series, found = searched(dataset), found_breaks(dataset)
    said = [
        f"{in_sentence(title(dataset, row['series_id']))} in {row['period']:.0f} (interval {row['lower']:.0f} to "
        f"{row['upper']:.0f})"
        for _, row in found.iterrows()
    ]
    return {
        "n_broken_of": f"{len(series)}",
        "n_broken": counted(found["series_id"].nunique()),
        "broken_names": listed(said) if said else "none",
        "by_chance": written((1 - LEVEL) * len(series), ".1f"),
        "survive": counted(survivors(series)),
        "n_changed": f"{sum(bool(one.changed) for one in series)}",
    }


def forecast_words(dataset: Dataset) -> dict[str, str]:
    """Say how many series are forecast, how wide, and by which method."""
    best, rows = best_of(dataset), on_record(dataset)
    others = [
        f"{in_sentence(title(dataset, one))} ({METHOD_NAMES[method]})"
        for one, method in sorted(best.items())
        if method != NAIVE
    ]
    return {
        "n_forecast": f"{rows['series_id'].nunique()}",
        "n_rows": f"{len(rows):,}",
        "n_naive": f"{len(best) - len(others)}",
        "exceptions": listed(others) if others else "no series",
        "reach": written(reach(dataset), ".1f"),
        "reach_either": written(math.sqrt(reach(dataset)), ".1f"),
    }


def _record(dataset: Dataset) -> dict[str, str]:
    """Say how the methods fared on the past, against the last value."""
    frame = pooled(dataset)
    one, two = (frame[(frame["method"] == NAIVE) & (frame["horizon"] == ahead)].iloc[0] for ahead in (1, 2))
    others, worst = rivals(frame), frame.iloc[int(frame["coverage"].argmin())]
    return {
        "n_replayed": f"{one['series']}",
        "n_scored": f"{one['n'] + two['n']}",
        "naive_inside_1": written(one["coverage"], ".0%"),
        "naive_inside_2": written(two["coverage"], ".0%"),
        "worst_inside": written(worst["coverage"], ".0%"),
        "worst_method": METHOD_NAMES[str(worst["method"])],
        "nearer": counted(int((others["mase"] < 1).sum())),
        "sharper": sharper(others),
    }
