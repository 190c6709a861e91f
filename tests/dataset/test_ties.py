"""Rows that fit their columns one by one and cannot stand together, in one table or in two."""

import pandas as pd
import pytest

from analysis.dataset.rules import broken
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE

ALL = {**TABLES, **BESIDE}


def told(frames, table, frame):
    """What the rules say of a table in the small dataset."""
    return broken(ALL[table], frame, frames | {table: frame}, "2099-01-01")


def first(frames, table, /, **cells):
    """A table whose first row holds other cells; a cell may be made from the row."""
    frame = frames[table].copy()
    row = frame.loc[0].to_dict()
    for column, cell in cells.items():
        frame.loc[0, column] = cell(row) if callable(cell) else cell
    return frame


CHANGED = {
    "an id of another row": ("readings_sources", {"link_id": "a.in.b"}, "link_id", "{reading_id}.in.{source_id}"),
    "a vintage under another id": ("vintages", {"vintage_id": "a.then.b"}, "vintage_id", "{first_id}.then"),
    "a conflict with itself": ("conflicts", {"reading_b": lambda r: r["reading_a"]}, "reading_b", "reading_a again"),
    "a vintage of itself": ("vintages", {"later_id": lambda r: r["first_id"]}, "later_id", "first_id again"),
    "an alias of itself": ("aliases", {"kept_id": lambda r: r["alias_id"]}, "kept_id", "not a retired one"),
    "an alias to nobody": ("aliases", {"kept_id": "nobody-1"}, "kept_id", "the id of a row of that table"),
    "an alias to another table": ("aliases", {"table": "cases"}, "kept_id", "the id of a row of that table"),
    "a span backwards": ("hypotheses", {"span_start": "2019", "span_end": "2014"}, "span_end", "after span_start"),
    "a date before the span": ("hypotheses", {"at": "1999"}, "at", "before span_start"),
    "a day for a year": ("hypotheses", {"at": lambda r: r["at"] + "-05-01"}, "at", "must be a year"),
    "a lag backwards": ("hypotheses", {"lag": "-1"}, "lag", "from 0 to 10"),
    "a lag without end": ("hypotheses", {"lag": "1000000"}, "lag", "from 0 to 10"),
    "periods of another kind": ("hypotheses", {"frequency": "fiscal_year"}, "frequency", "that of the series"),
    "a denominator of nothing": ("hypotheses", {"denominator": "nothing_known"}, "denominator", "context.csv"),
    "its own control": ("hypotheses", {"comparison": lambda r: r["series_id"]}, "comparison", "other series"),
    "a forecast of no release": (
        "forecasts",
        {"version": "0.0.7", "forecast_id": lambda r: r["forecast_id"].replace(r["version"], "0.0.7", 1)},
        "version",
        "of versions.csv",
    ),
    "a forecast of a version misspelt": ("forecasts", {"version": "00.3.0"}, "version", "of versions.csv"),
    "a forecast of another day": ("forecasts", {"made_on": "2020-01-01"}, "made_on", "the day of its version"),
    "a version after a later one": ("versions", {"version": "50.0.0"}, "version", "after the version"),
    "a release after a later one": ("versions", {"date": "2098-01-01"}, "date", "before the date"),
    "a version without a note": ("versions", {"note": ""}, "note", "must not be blank"),
    "a base of no day": ("readings", {"relation_base": "2019-13-01/2019-15-99"}, "relation_base", "two days of the"),
    "a base backwards": ("readings", {"relation_base": "2019-12-31/2019-01-01"}, "relation_base", "the first one"),
    "a step above the value": ("readings", {"printed_step": "1000000000"}, "printed_step", "above the value"),
    "an origin twice": ("readings", {"origin": "CN+HK+CN"}, "origin", "each economy once"),
    "a part of itself": ("readings", {"relation": lambda r: f"part_of:{r['reading_id']}"}, "relation", "lead back"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_a_row_that_cannot_stand_beside_others_is_named(small_frames, what):
    table, cells, column, rule = CHANGED[what]
    frame = first(small_frames, table, **cells)
    found = [one for one in told(small_frames, table, frame) if one.column == column and rule in one.rule]
    assert found, [str(one) for one in told(small_frames, table, frame)]
    assert found[0].value == frame.loc[found[0].row == frame.iloc[:, 0], column].iloc[0]


@pytest.mark.parametrize(
    "table",
    ["scopes", "cases", "hypotheses", "series", "breaks", "border_lines", "concordance", "glossary"],
)
def test_the_same_row_under_another_id_is_named(small_frames, table):
    frame = small_frames[table]
    again = frame.head(1).assign(**{frame.columns[0]: "zzz-again"})
    found = told(small_frames, table, pd.concat([frame, again], ignore_index=True))
    rows = {one.row for one in found if "must not stand in two rows" in one.rule}
    assert rows == {frame.iloc[0, 0], "zzz-again"}


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [("conflicts", "reading_a", "reading_b"), ("vintages", "first_id", "later_id")],
)
def test_a_pair_stands_once_whichever_comes_first(small_frames, table, one, other):
    frame = small_frames[table].head(1)
    back = frame.rename(columns={one: other, other: one})[frame.columns].assign(**{frame.columns[0]: "zzz"})
    found = told(small_frames, table, pd.concat([frame, back], ignore_index=True))
    assert [f.column for f in found if "tied in another row" in f.rule] == [other, other]


def test_readings_that_are_parts_of_each_other_are_named_and_a_chain_is_not(small_frames):
    frame = small_frames["readings"].copy()
    a, b, c = frame["reading_id"].head(3)
    frame.loc[:2, "relation"] = [f"part_of:{b}", f"conversion_of:{a}", f"part_of:{a}"]
    found = [one for one in told(small_frames, "readings", frame) if "lead back" in one.rule]
    assert [one.row for one in found] == [a, b]  # c is a part of a part, and of no circle
    frame.loc[1, "relation"] = ""
    assert not [one for one in told(small_frames, "readings", frame) if "lead back" in one.rule]
    assert c


def test_a_retired_id_is_no_row(small_frames):
    living = small_frames["readings"]["reading_id"].iloc[0]
    aliases = first(small_frames, "aliases", table="readings", alias_id=living)
    assert [f.value for f in told(small_frames, "aliases", aliases) if "never used again" in f.rule] == [
        living
    ]
    left = first(small_frames, "left_out", collected_id=living)
    assert [f.value for f in told(small_frames, "left_out", left) if "the id of a reading" in f.rule] == [
        living
    ]


def test_a_further_source_is_another_one(small_frames):
    reading = small_frames["readings_sources"].loc[0, "reading_id"]
    own = small_frames["readings"].set_index("reading_id").loc[reading, "source_id"]
    frame = first(small_frames, "readings_sources", source_id=own, link_id=f"{reading}.in.{own}")
    assert [f.column for f in told(small_frames, "readings_sources", frame)][:1] == ["source_id"]


def test_two_methods_are_not_both_chosen(small_frames):
    frame = small_frames["forecasts"].assign(chosen="yes")
    assert {f.column for f in told(small_frames, "forecasts", frame)} == {"chosen"}


@pytest.mark.parametrize(
    ("prints", "refused"), [("abc", []), ("aab", []), ("aaa", []), ("aba", [0, 2]), ("aaba", [0, 3])]
)
def test_a_version_stands_for_the_rows_of_the_last_or_for_new_ones(small_frames, prints, refused):
    row = small_frames["versions"].iloc[:1]
    rows = [
        row.assign(version=f"9.0.{place}", fingerprint=64 * print_) for place, print_ in enumerate(prints)
    ]
    failures = told(small_frames, "versions", pd.concat(rows, ignore_index=True))
    assert [(f.row, f.column) for f in failures] == [(f"9.0.{place}", "fingerprint") for place in refused]
