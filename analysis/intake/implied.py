"""What windows that nest imply: of one count and a longer one, the days between; of a year so far, its rest.

Two windows of one quantity, one inside the other, leave a difference for the days that only the longer one holds. Its
daily rate, beside that of the shorter window, tells whether both can be one count (16,000 by 24 December and 21,000 for
the year leave 5,000, more or less, for seven days).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import MONEY
from analysis.intake.record import aligned, same_window
from analysis.intake.sentence import amount, pace_words
from analysis.intake.year_before import whole_year_before
from analysis.readings import nested_pairs
from analysis.readings.words import UNIT_WORDS, between, counted, number, window
from analysis.series.conflicts import RATE

COLUMNS = ["figure", "other", "what", "days", "low", "high", "rate_low", "rate_high", "size", "says"]
MOST = 3  # readings of the record told of one figure that no rule finds amiss
LONGER = 4  # times: a window that much longer tells little of a shorter one
COPIED, IMPOSSIBLE, FAST, SLOW, FITS = "copied", "impossible", "fast", "slow", "fits"
REST, EACH = "rest_of_year", "each"
PARTS = ("one_case", "one_place")  # breadths of figures that tell of one case
AMISS = (IMPOSSIBLE, COPIED, FAST, SLOW)


def nested(row: pd.Series[Any], others: pd.DataFrame, unit: str) -> list[dict[str, Any]]:
    """Return what a figure (low, high, days, window) implies with each reading that nests with it, as rows.

    Only flows: the difference of two averages or stocks is no quantity. What is amiss comes first, then the windows
    that are nearest in length.
    """
    if str(row["kind"]) != "flow" or unit == "percent" or pd.isna(row["days"]) or others.empty:
        return []
    frame = pd.concat([row.to_frame().T, aligned(row, others)], ignore_index=True)
    frame["told_end"] = pd.to_datetime([row["window_end"], *others["window_end"]])
    for name in ("window_start", "window_end"):
        frame[name] = pd.to_datetime(frame[name])
    equal = set(others.loc[same_window(row, others), "reading_id"])
    own = str(row["reading_id"])
    by_id = frame.drop_duplicates("reading_id").set_index("reading_id", drop=False)
    found = []
    for pair in nested_pairs(by_id.reset_index(drop=True)).to_dict("records"):
        if own in (pair["inner"], pair["outer"]) and not pair["equal"]:
            other = pair["outer"] if pair["inner"] == own else pair["inner"]
            if other not in equal:
                one = _pair(by_id.loc[pair["inner"]], by_id.loc[pair["outer"]], own, unit)
                if one["what"] in AMISS or pair["outer_days"] <= LONGER * pair["inner_days"]:
                    found.append(one)
    found.sort(
        key=lambda one: (AMISS.index(one["what"]) if one["what"] in AMISS else len(AMISS), one["days"])
    )
    amiss = sum(one["what"] in AMISS for one in found)
    return found[: max(amiss, MOST)][: 2 * MOST]


def _pair(inner: pd.Series[Any], outer: pd.Series[Any], own: str, unit: str) -> dict[str, Any]:
    """Return what two windows leave for the days between them, and how that compares with the shorter one's pace."""
    days = int(outer["days"] - inner["days"])
    low, high = float(outer["low"] - inner["high"]), float(outer["high"] - inner["low"])
    pace = float(inner["low"]) / float(inner["days"]), float(inner["high"]) / float(inner["days"])
    least, most = max(low, 0.0) / days, max(high, 0.0) / days
    same = float(inner["value"]) == float(outer["value"]) and str(inner["hedge"]) == str(outer["hedge"])
    what = FITS
    if high < 0:
        what = IMPOSSIBLE
    elif same:
        what = COPIED
    elif least > RATE * pace[1]:
        what = FAST
    elif most < pace[0] / RATE:
        what = SLOW
    size = least / pace[1] if what == FAST and pace[1] > 0 else np.nan
    other = str(outer["reading_id"] if str(inner["reading_id"]) == own else inner["reading_id"])
    return {
        "figure": own, "other": other, "what": what, "days": days, "low": max(low, 0.0), "high": max(high, 0.0),
        "rate_low": least, "rate_high": most, "size": size, "says": _says(inner, outer, what, days, pace, unit),
    }  # fmt: skip


def _says(
    inner: pd.Series[Any], outer: pd.Series[Any], what: str, days: int, pace: tuple[float, float], unit: str
) -> str:
    """Say what a pair implies."""
    low, high = max(float(outer["low"] - inner["high"]), 0.0), max(float(outer["high"] - inner["low"]), 0.0)
    names = [
        f"{one['reading_id']} ({window(one['window_start'], one['told_end'])})" for one in (inner, outer)
    ]
    if what == IMPOSSIBLE:
        return f"{names[1]} holds fewer than {names[0]}, which lies inside it: they cannot count the same."
    if what == COPIED:
        own = [pace_words(one["low"] / one["days"], one["high"] / one["days"]) for one in (inner, outer)]
        return (
            f"{names[0]} and {names[1]} state one number over two windows: {own[0]} {unit} a day or {own[1]}. "
            "Not both windows can be right."
        )
    said = (
        f"Between {names[0]} and {names[1]} lie {amount(low, high)} {unit} in {counted(days, 'day', 'days')}: "
        f"{pace_words(low / days, high / days)} a day, against {pace_words(*pace)} in the shorter window"
    )
    aside = {
        FAST: f", more than {number(RATE)} times as many: late reports, a wider scope or an error would look like this",
        SLOW: f", fewer than one for {number(RATE)}",
    }
    return f"{said}{aside.get(what, '')}."


def rest_of_year(
    dataset: Dataset, row: pd.Series[Any], series: tuple[str, ...], others: pd.DataFrame, unit: str
) -> list[dict[str, Any]]:
    """Return what the rest of a running year would have to hold to reach the year before, as a row or none.

    Only where the window begins with the year and the record has no total of that year yet.
    """
    start, end = row["window_start"], row["window_end"]
    if str(row["kind"]) != "flow" or unit == "percent" or pd.isna(row["days"]):
        return []
    last = pd.Timestamp(start.year, 12, 31)
    if (start.month, start.day) != (1, 1) or end >= last or end.year != start.year:
        return []
    if ((others["window_start"] == start) & (others["window_end"] == last)).any():
        return []  # told by the windows that nest
    before = whole_year_before(dataset, row, series)
    if before is None:
        return []
    days = (last - end).days
    low, high = float(before["low"] - row["high"]), float(before["high"] - row["low"])
    pace = pace_words(row["low"] / row["days"], row["high"] / row["days"])
    name = f"{before['reading_id']}, {int(before['year'])}"
    if high <= 0:
        says = f"The year before ({name}) is passed already, {counted(days, 'day', 'days')} before the year's end."
    else:
        says = (
            f"To reach the year before ({name}), the last {counted(days, 'day', 'days')} must hold "
            f"{amount(max(low, 0.0), high)} {unit}: "
            f"{pace_words(max(low, 0.0) / days, high / days)} a day, against {pace} so far."
        )
    return [
        {
            "figure": str(row["reading_id"]), "other": str(before["reading_id"]), "what": REST, "days": days,
            "low": max(low, 0.0), "high": max(high, 0.0), "rate_low": max(low, 0.0) / days,
            "rate_high": max(high, 0.0) / days, "size": np.nan, "says": says,
        }
    ]  # fmt: skip


def each(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the goods of one case are worth each, where a text tells pieces and their value one after the other.

    Dividing the two is a simple test of whether they belong together.
    """
    found = []
    for place in range(len(figures) - 1):
        pair = [figures.iloc[place], figures.iloc[place + 1]]
        items = [
            one for one in pair if str(one["unit"]) == "item" and str(one["indicator"]) == "items_seized"
        ]
        values = [one for one in pair if str(one["unit"]) in MONEY]
        alike = all(str(pair[0][name]) == str(pair[1][name]) for name in ("breadth", "product", "reporter"))
        if not (items and values and alike and str(pair[0]["breadth"]) in PARTS):
            continue
        low, high = values[0]["low"] / items[0]["high"], values[0]["high"] / max(items[0]["low"], 1)
        money = UNIT_WORDS[str(values[0]["unit"])]
        says = (
            f"{values[0]['reading_id']} over {items[0]['reading_id']} makes {between(low, high)} {money} for each "
            "piece; where no such piece costs so much, the two do not belong together."
        )
        row = dict.fromkeys(COLUMNS, np.nan) | {
            "days": 0,
            "low": low,
            "high": high,
            "what": EACH,
            "says": says,
        }
        names = {"figure": str(values[0]["reading_id"]), "other": str(items[0]["reading_id"])}
        found.append({name: (row | names)[name] for name in COLUMNS})
    return found
