"""The rules of rows that hang together: ids that name their row, keys that stand once, nothing tied to itself.

Each row of such a table fits its columns by itself; it is wrong beside another row, or beside one of another table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from analysis.dataset import dimensions as dims
from analysis.dataset.cells import RowRule
from analysis.dataset.tables import TABLES

Frames = dict[str, pd.DataFrame]

# What an id is made of.
NAMED = {
    "readings_sources": "{reading_id}.in.{source_id}",
    "conflicts": "{reading_a}.vs.{reading_b}",
    "vintages": "{first_id}.then.{later_id}",
    "forecasts": "{version}-{series_id}-{period}-{method}",
}
# Columns that no two rows share; the last one is named.
ONCE = {
    "scopes": (
        "indicator_as_collected",
        "indicator",
        *(f for f in TABLES["scopes"].columns if f in TABLES["readings"].columns and f != "indicator"),
    ),
    "cases": ("jurisdiction", "date", "name"),
    "hypotheses": ("measure_id", "series_id"),
    "series": tuple(
        name
        for name in TABLES["series"].columns
        if name not in ("series_id", "title", "counts", "group", "caveats", "set_aside", "controls")
    ),
    "breaks": ("series", "date"),
    "border_lines": ("fiscal_year", "product_as_printed", "conveyance_as_printed", "origin_as_printed"),
    "concordance": ("service", "category"),
    "glossary": ("term",),
    "versions": ("version",),
    "disagreements": ("reading_id", "what"),
}
# Two columns of a row that name two things.
APART = {
    "conflicts": ("reading_a", "reading_b"),
    "vintages": ("first_id", "later_id"),
    "distinct": ("measure_id", "distinct_from"),
}
LONGEST_LAG = 10


def of_rows(name: str, frame: pd.DataFrame, frames: Frames) -> Iterator[RowRule]:
    """Yield the rules of one table's rows beside each other and beside those of other tables, cells as text."""
    if pattern := NAMED.get(name):
        rows = frame.to_dict("records")
        fits = pd.Series([row[TABLES[name].id] == pattern.format_map(row) for row in rows], index=frame.index)
        yield RowRule(TABLES[name].id, f"must be {pattern} of its row", fits)
    if columns := ONCE.get(name):
        sentence = f"must not stand in two rows with the same {', '.join(columns)}; leave one out"
        yield RowRule(columns[-1], sentence, ~frame.duplicated(list(columns), keep=False))
    if pair := APART.get(name):
        yield from _pairs(frame, *pair)
    if name == "readings":
        yield from _readings(frame)
    if name == "readings_sources" and "readings" in frames:
        own = _lookup(frames["readings"], "reading_id", "source_id", frame["reading_id"])
        yield RowRule("source_id", "must be another source than the reading's own", own != frame["source_id"])
    if name in ("aliases", "left_out"):
        yield from _retired(name, frame, frames)
    if name == "hypotheses":
        yield from _hypotheses(frame, frames)
    if name == "forecasts" and "versions" in frames:
        yield from _forecasts(frame, frames["versions"])
    if name == "versions":
        yield from _versions(frame)


def _pairs(frame: pd.DataFrame, one: str, other: str) -> Iterator[RowRule]:
    """Two things of a row are two, and stand together in one row, whichever comes first."""
    yield RowRule(other, f"must not be {one} again", frame[one] != frame[other])
    pairs = pd.Series(
        [tuple(sorted(pair)) for pair in zip(frame[one], frame[other], strict=True)], index=frame.index
    )
    sentence = "must not be tied in another row of the same two"
    yield RowRule(other, sentence, ~pairs.duplicated(keep=False))


def _readings(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A reading is no part of itself, its step is not above its value, and a base is a span of the calendar."""
    part = frame["relation"].str.extract(rf"^(?:{'|'.join(dims.TO_READINGS)}):(.+)$")[0]
    whole = dict(zip(frame["reading_id"], part.where(part.notna(), ""), strict=True))
    fits = pd.Series([not _circle(one, whole) for one in frame["reading_id"]], index=frame.index, dtype=bool)
    yield RowRule("relation", "must not lead back to the reading itself", fits)
    step, value = (pd.to_numeric(frame[name], errors="coerce") for name in ("printed_step", "value"))
    yield RowRule("printed_step", "must not be above the value", ~(step > value.abs()))
    span = frame["relation_base"].str.extract(r"^(.{10})/(.{10})$")
    days = span.apply(pd.to_datetime, format="%Y-%m-%d", errors="coerce")
    told = span[0].notna()
    sentence = "must name two days of the calendar, the first one first"
    yield RowRule("relation_base", sentence, ~told | (days[0] <= days[1]))
    twice = [len(set(cell.split("+"))) < cell.count("+") + 1 for cell in frame["origin"]]
    yield RowRule("origin", "must name each economy once", ~pd.Series(twice, index=frame.index, dtype=bool))


def _circle(start: str, whole: dict[str, str]) -> bool:
    """Tell whether a chain of parts and wholes comes back to where it started."""
    passed = {start}
    one = whole.get(start, "")
    while one and one not in passed:
        passed.add(one)
        one = whole.get(one, "")
    return one == start


def _retired(name: str, frame: pd.DataFrame, frames: Frames) -> Iterator[RowRule]:
    """A retired id is no row's, and leads to one that is."""
    if name == "left_out":
        if "readings" in frames:
            living = frame["collected_id"].isin(frames["readings"]["reading_id"])
            yield RowRule("collected_id", "must not be the id of a reading", ~living)
        return
    ids = {of: set(frames[of][TABLES[of].id]) for of in set(frame["table"]) if of in TABLES and of in frames}
    columns = zip(frame["table"], frame["alias_id"], frame["kept_id"], strict=True)
    told = [(of in ids, one in ids.get(of, ()), kept in ids.get(of, ())) for of, one, kept in columns]
    asked, living, there = (
        pd.Series(list(cells), index=frame.index, dtype=bool) for cells in zip(*told, strict=True)
    )
    yield RowRule("alias_id", "must not be the id of a row: a retired id is never used again", ~living)
    yield RowRule("kept_id", "must be the id of a row of that table, not a retired one", ~asked | there)


def _hypotheses(frame: pd.DataFrame, frames: Frames) -> Iterator[RowRule]:
    """A span has two ends and holds the date, in the periods of its series; a denominator is there."""
    start, end, lag = (
        pd.to_numeric(frame[name], errors="coerce") for name in ("span_start", "span_end", "lag")
    )
    at = pd.to_numeric(frame["at"].str.slice(0, 4), errors="coerce")
    yield RowRule("span_end", "must be after span_start", ~(end <= start))
    yield RowRule("at", "must not be before span_start", ~(at < start))
    yield RowRule("lag", f"must be from 0 to {LONGEST_LAG} periods", ~((lag < 0) | (lag > LONGEST_LAG)))
    month = frame["frequency"] == "month"
    yield RowRule("at", "must be a year, unless frequency is month", month | (frame["at"].str.len() == 4))
    controls = zip(frame["series_id"], frame["comparison"], strict=True)
    others = pd.Series([one not in cell.split(";") for one, cell in controls], index=frame.index, dtype=bool)
    yield RowRule("comparison", "must be other series than the row's own", others)
    if "series" in frames:
        own = _lookup(frames["series"], "series_id", "frequency", frame["series_id"])
        sentence = "must be that of the series, or month"
        yield RowRule("frequency", sentence, month | (own == "") | (own == frame["frequency"]))
    if "context" in frames:
        known = frame["denominator"].isin(["", *frames["context"]["series"]])
        yield RowRule("denominator", "must be a series of context.csv", known)


def _forecasts(frame: pd.DataFrame, versions: pd.DataFrame) -> Iterator[RowRule]:
    """A forecast is of a release, made on its day, and one method of a series is the chosen one."""
    day = _lookup(versions, "version", "date", frame["version"])
    newest = max(map(_number, versions["version"]), default=())
    later = pd.Series([_number(one) > newest for one in frame["version"]], index=frame.index, dtype=bool)
    yield RowRule("version", "must be a version of versions.csv, or the next one", (day != "") | later)
    yield RowRule("made_on", "must be the day of its version", (day == "") | (day == frame["made_on"]))
    chosen = (frame["chosen"] == "yes").groupby([frame[c] for c in ("version", "series_id", "period")])
    sentence = "must be yes for one method of a version, series and period, not for two"
    yield RowRule("chosen", sentence, (frame["chosen"] != "yes") | (chosen.transform("sum") == 1))


def _versions(frame: pd.DataFrame) -> Iterator[RowRule]:
    """Versions and their days rise, and none goes back to rows that another one replaced."""
    numbers = [_number(one) for one in frame["version"]]
    rise = [True, *(one < other for one, other in pairwise(numbers))]
    yield RowRule(
        "version", "must be after the version of the row before", pd.Series(rise, index=frame.index)
    )
    days = frame["date"] >= frame["date"].shift(fill_value="")
    yield RowRule("date", "must not be before the date of the row before", days)
    # a release of the same rows has the same print
    changed = frame["fingerprint"] != frame["fingerprint"].shift()
    again = frame["fingerprint"].where(changed).dropna().duplicated(keep=False)
    fits = ~again.reindex(frame.index, fill_value=False)
    yield RowRule("fingerprint", "must not be that of a version before the last", fits)


def _number(version: str) -> tuple[int, ...]:
    """Return a version as numbers; none where it is none, which another rule names."""
    parts = version.split(".")
    fits = all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts)
    return tuple(map(int, parts)) if fits else ()


def _lookup(frame: pd.DataFrame, key: str, column: str, keys: pd.Series[str]) -> pd.Series[str]:
    """Return a column of the rows of another table that keys name, blank where there is none."""
    found = keys.map(dict(zip(frame[key], frame[column], strict=True)))
    return found.where(found.notna(), "")
