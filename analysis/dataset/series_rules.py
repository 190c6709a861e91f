"""The rules of series.csv that look beyond one cell: families and controls."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.dataset.series_words import ANY_REPORTER

# The columns in which the units of a family differ, where they are dimensions of its key.
VARIES = {"origin": ("origin",), "product": ("product",), "mode": ("mode",), "crime": ("subject", "detail")}
SUMMED = ("origin", "product", "mode")  # what border_lines.csv is cut by
WORLD = "ZZ"

Rule = tuple[str, str, "pd.Series[bool]"]  # column, sentence, the rows that obey


def series_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    """Yield the rules of series.csv over its cells as text."""
    by = frame["by"]
    anybody = by.isin(ANY_REPORTER)
    yield (
        "reporters",
        f"must not be blank, unless by is {' or '.join(ANY_REPORTER)}",
        (frame["reporters"] != "") | anybody,
    )
    for word, columns in VARIES.items():
        open_ = pd.Series(False, index=frame.index)
        for column in columns:
            open_ |= frame[column].str.contains("|", regex=False) | (frame[column] == "*")
        wide = " or ".join(columns)
        yield "by", f"must find several words, or *, in {wide} where it is {word}", (by != word) | open_
    world = ~anybody | (frame["jurisdiction"] == WORLD)
    yield "jurisdiction", f"must be {WORLD} where by is {' or '.join(ANY_REPORTER)}", world
    country = (by != "province") | frame["jurisdiction"].str.fullmatch("[A-Z]{2}")
    yield "jurisdiction", "must be a country where by is province: each of its provinces is a unit", country
    summed = (frame["drawn_from"] == "") | by.isin(SUMMED)
    yield "drawn_from", f"must be blank unless by is {', '.join(SUMMED)}", summed
    yield from _control_rules(frame)


def _control_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    """A control is another series of the same counter."""
    counters = {
        name: set(cell.split(";")) for name, cell in zip(frame["series_id"], frame["reporters"], strict=True)
    }
    pairs = [
        (name, [one for one in cell.split(";") if one in counters])
        for name, cell in zip(frame["series_id"], frame["controls"], strict=True)
    ]
    others = pd.Series([name not in named for name, named in pairs], index=frame.index)
    yield "controls", "must be other series than the row's own", others
    shared = [all(counters[name] & counters[one] for one in named) for name, named in pairs]
    sentence = "must be series of the same counter: one of the row's reporters"
    yield "controls", sentence, pd.Series(shared, index=frame.index)
