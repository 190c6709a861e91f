"""The rules of the tables, declared with pandera over the cells as they stand in the files.

Every rule is a vectorised check whose error text is the sentence that the user reads. Rules that look
at a second column close over the frame that is being checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.dataset import vocabularies as words
from analysis.dataset.dates import last_day
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES

DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
PARTIAL_DATE = rf"\d{{4}}|\d{{4}}-(?:0[1-9]|1[0-2])|{DATE}"
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
MAX_WORDS_PRINTED = 12

Cells = pd.Series  # the cells of one column, as text
Frames = dict[str, pd.DataFrame]
Mask = Callable[[pd.Series], pd.Series]


def _check(test: Mask, sentence: str) -> pa.Check:
    return pa.Check(test, error=sentence, name=sentence)


def numbers(cells: pd.Series) -> pd.Series:
    """Return the cells as floats, NaN where a cell is blank or no number."""
    return pd.to_numeric(cells.where(cells.str.fullmatch(NUMBER)), errors="coerce")


def _in_calendar(cells: pd.Series) -> pd.Series:
    """True where a full date exists in the calendar (31 February does not)."""
    full = cells.str.fullmatch(DATE)
    return ~full | pd.to_datetime(cells.where(full), format="%Y-%m-%d", errors="coerce").notna()


def _type_checks(field: Field) -> list[pa.Check]:
    """Return the checks that a field's type asks for; blank cells pass."""
    if field.type == "date":
        return [
            _check(
                lambda s: (s == "") | (s.str.fullmatch(DATE) & _in_calendar(s)), "must be a date YYYY-MM-DD"
            )
        ]
    if field.type == "partial_date":
        sentence = "must be a date YYYY, YYYY-MM or YYYY-MM-DD"
        return [_check(lambda s: (s == "") | (s.str.fullmatch(PARTIAL_DATE) & _in_calendar(s)), sentence)]
    if field.type in ("number", "integer"):
        return _number_checks(field)
    if field.type == "list" and field.vocabulary:
        sentence = f"must be words of: {', '.join(field.vocabulary)}; joined by {field.joint}"
        return [_check(_words_in(set(field.vocabulary), field.joint), sentence)]
    return []


def _words_in(allowed: set[str], joint: str) -> Mask:
    """Return the test that every word of a cell is allowed; distinct cells are few, so each is split once."""

    def test(cells: pd.Series) -> pd.Series:
        fits = {cell: cell == "" or set(cell.split(joint)) <= allowed for cell in cells.unique()}
        return cells.map(fits).astype(bool)

    return test


def _number_checks(field: Field) -> list[pa.Check]:
    finite = "must be finite"
    checks = [
        _check(
            lambda s: (
                (s == "") | s.str.fullmatch(NUMBER) | s.str.lower().str.fullmatch(r"[-+]?(inf(inity)?|nan)")
            ),
            "must be a number with digits and a decimal point, no thousands separator",
        ),
        _check(
            lambda s: (
                ~s.str.lower().str.fullmatch(r"[-+]?(inf(inity)?|nan)") & (numbers(s).abs() != float("inf"))
            ),
            finite,
        ),
    ]
    if field.type == "integer":
        whole = "must be a whole number"
        checks.append(
            _check(
                lambda s: (
                    ~s.str.fullmatch(NUMBER) | (numbers(s) % 1 == 0) | (numbers(s).abs() == float("inf"))
                ),
                whole,
            )
        )
    if field.positive:
        checks.append(_check(lambda s: ~(numbers(s) <= 0), "must be above zero"))
    return checks


def _field_checks(table: Table, field: Field, frames: Frames) -> list[pa.Check]:
    """Return every check of one column."""
    checks = [
        _check(lambda s: ~s.str.match(r"[=@]"), "must not begin with = or @ (a spreadsheet would run it)")
    ]
    if field.required:
        checks.append(_check(lambda s: s.str.strip() != "", "must not be blank"))
    checks += _type_checks(field)
    if field.type == "category" and field.vocabulary:
        sentence = f"must be one of: {', '.join(field.vocabulary)}"
        allowed = (*field.vocabulary, "")
        checks.append(_check(lambda s: s.isin(allowed), sentence))
    if field.pattern:
        checks.append(_check(lambda s: (s == "") | s.str.fullmatch(field.pattern), _pattern_sentence(field)))
    if field.refers_to and field.refers_to in frames:
        target = TABLES[field.refers_to]
        sentence = f"must be the {target.id} of a row in {target.name}.csv"
        checks.append(_check(_words_in(set(frames[target.name][target.id]), field.joint), sentence))
    if field.name == table.id:
        checks.append(_check(lambda s: ~s.duplicated(keep=False), "must be unique"))
        checks.append(_check(_sorted, "rows must be sorted by id"))
    return checks


def _pattern_sentence(field: Field) -> str:
    if field.name == "jurisdiction":
        return "must be an ISO 3166 code such as CN or CN-GD (ZZ is the world)"
    if field.name == "origin":
        return "must be an ISO 3166 code such as CN, or several joined by + where the table allows it"
    if field.name == "version":
        return "must be a version such as 0.2.0"
    return "must be a lower-case slug: letters, digits, hyphens"


def _sorted(cells: pd.Series) -> pd.Series:
    """True where a cell is not before its predecessor."""
    before = cells.shift(fill_value="")
    return cells >= before


def _row_checks(table: Table, frame: pd.DataFrame, frames: Frames) -> dict[str, list[pa.Check]]:
    """Return the checks that look at more than one column, by the column they report."""
    has = set(frame.columns)
    checks: dict[str, list[pa.Check]] = {}
    if {"window_start", "window_end"} <= has:
        checks["window_end"] = [
            _check(lambda s: (s == "") | (frame["window_start"] <= s), "must not be before window_start")
        ]
    if table.name == "readings":
        _add(checks, _reading_checks(frame, frames))
    if table.name == "sources" and {"url", "published", "notes"} <= has:
        noted = frame["notes"].str.strip() != ""
        sentence = "must be given, or the notes must say how the text was held and why it is missing"
        checks["url"] = [_check(lambda s: (s != "") | noted, sentence)]
        checks["published"] = [_check(lambda s: (s != "") | noted, sentence)]
    if table.name == "cases":
        _add(checks, _case_checks(frame))
    if table.name == "context" and "value" in has:
        checks["value"] = [
            _check(lambda s: ~(numbers(s) <= 0) | (frame["unit"] == "percent"), "must be above zero")
        ]
    if table.name == "forecasts":
        _add(checks, _forecast_checks(frame))
    return checks


def _add(checks: dict[str, list[pa.Check]], more: dict[str, list[pa.Check]]) -> None:
    for column, found in more.items():
        checks.setdefault(column, []).extend(found)


def _reading_checks(frame: pd.DataFrame, frames: Frames) -> dict[str, list[pa.Check]]:
    """Signs, units per indicator, ranges, and windows that end after the source's date."""
    checks: dict[str, list[pa.Check]] = {}
    has = set(frame.columns)
    if {"kind", "unit", "value"} <= has:
        percent_change = (frame["kind"] == "change") & (frame["unit"] == "percent")
        checks["value"] = [
            _check(lambda s: percent_change | ~(numbers(s) <= 0), "must be above zero for a flow or a stock"),
            _check(
                lambda s: ~percent_change | ~(numbers(s) <= -100),
                "must be above -100 for a percentage change",
            ),
        ]
    if {"kind", "unit", "indicator"} <= has:
        fits = _unit_fits(frame)
        checks["unit"] = [_check(lambda _: fits, "must be a unit in which the indicator is counted")]
    if {"hedge", "value", "value_high"} <= has:
        is_range = frame["hedge"] == "range"
        above = ~(numbers(frame["value_high"]) <= numbers(frame["value"]))
        checks["value_high"] = [
            _check(lambda s: (s != "") == is_range, "must be given for a range and blank otherwise"),
            _check(lambda _: above, "must be above value"),
        ]
    if "as_printed" in has:
        few = f"must be at most {MAX_WORDS_PRINTED} words"
        checks["as_printed"] = [_check(lambda s: s.str.count(r"\S+") <= MAX_WORDS_PRINTED, few)]
    if {"window_end", "source_id", "window_note", "notes"} <= has and "sources" in frames:
        sentence = "must not be after its source's date, unless window_note or notes mark the row as planned"
        in_time = _told_in_time(frame, frames["sources"])
        checks["window_end"] = [_check(lambda _: in_time, sentence)]
    return checks


def _case_checks(frame: pd.DataFrame) -> dict[str, list[pa.Check]]:
    """A hedge stands beside a number and a number beside a hedge."""
    pairs = {"suspects": "suspects", "dens": "dens", "items": "items", "value": "value_cny"}
    checks: dict[str, list[pa.Check]] = {}
    for name, column in pairs.items():
        hedge = f"{name}_hedge"
        if {hedge, column} <= set(frame.columns):
            given = frame[column] != ""
            sentence = f"must be given where {column} is given, and only there"
            checks[hedge] = [_check(_given_like(given), sentence)]
    return checks


def _forecast_checks(frame: pd.DataFrame) -> dict[str, list[pa.Check]]:
    """An interval holds its estimate, a level is a probability, and an id says what it stands for."""
    checks: dict[str, list[pa.Check]] = {}
    has = set(frame.columns)
    if {"estimate", "lower", "upper"} <= has:
        estimate = numbers(frame["estimate"])
        checks["lower"] = [_check(lambda s: ~(numbers(s) > estimate), "must not be above estimate")]
        checks["upper"] = [_check(lambda s: ~(numbers(s) < estimate), "must not be below estimate")]
    if "level" in has:
        inside = "must be above 0 and below 1"
        checks["level"] = [_check(lambda s: ~((numbers(s) <= 0) | (numbers(s) >= 1)), inside)]
    parts = ["version", "series_id", "period", "method"]
    if {"forecast_id", *parts} <= has:
        wanted = frame[parts].agg("-".join, axis=1) if len(frame) else frame["forecast_id"]
        checks["forecast_id"] = [_check(lambda s: s == wanted, f"must be {'-'.join(parts)} of its row")]
    return checks


def _given_like(given: pd.Series) -> Mask:
    """Return the test that a cell is filled exactly where `given` is true."""
    return lambda cells: (cells != "") == given


def _unit_fits(frame: pd.DataFrame) -> pd.Series:
    """True where a reading's unit is one of its indicator's, or of a change."""
    allowed = {(i, u) for i, units in words.INDICATOR_UNITS.items() for u in units}
    known = frame["indicator"].isin(words.INDICATORS) & frame["unit"].isin(words.UNITS)
    pairs = pd.Series(list(zip(frame["indicator"], frame["unit"], strict=True)), index=frame.index)
    change = frame["kind"] == "change"
    return ~known | (change & frame["unit"].isin(words.CHANGE_UNITS)) | (~change & pairs.isin(allowed))


def _told_in_time(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """True where a window has ended by the date of its source, or the row is marked as planned."""
    published = sources.drop_duplicates("source_id").set_index("source_id")["published"].map(last_day)
    told = frame["source_id"].map(published).fillna("")
    planned = (frame["window_note"] + " " + frame["notes"]).str.contains("planned", case=False)
    return (told == "") | (frame["window_end"] == "") | (frame["window_end"] <= told) | planned


def schema_of(table: Table, frame: pd.DataFrame, frames: Frames) -> Any:
    """Return the pandera schema of one table over its text cells; missing columns are left to the caller."""
    rows = _row_checks(table, frame, frames)
    columns = {
        field.name: pa.Column(
            str,
            checks=[*_field_checks(table, field, frames), *rows.get(field.name, [])],
            description=field.description,
        )
        for field in table.fields
        if field.name in frame.columns
    }
    return pa.DataFrameSchema(columns, name=table.name)
