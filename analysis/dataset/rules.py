"""The rules of the tables over the cells as they stand in the files: which cells break which.

A cell is asked the rules of its own column first (`analysis.dataset.cells`), then those that look at other cells, and
is named with the first rule that it breaks. The error text of a rule is the sentence that the user reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.dataset import dimensions as dims
from analysis.dataset import suspicions, ties
from analysis.dataset import vocabularies as words
from analysis.dataset.alike import NEAR, alike
from analysis.dataset.cells import NUMBER, CellRule, RowRule, rules_of_cells, words_in
from analysis.dataset.dates import in_order, last_day
from analysis.dataset.failure import Failure, of_file
from analysis.dataset.reach_rules import reach_rules
from analysis.dataset.schema import Field, Table
from analysis.dataset.series_rules import series_rules
from analysis.dataset.tables import TABLES

Frames = dict[str, pd.DataFrame]
LONGEST_WINDOW = 10  # years


def broken(table: Table, frame: pd.DataFrame, frames: Frames, horizon: str) -> list[Failure]:
    """Return every cell of a table that breaks a rule, in the order of rows and columns.

    Parameters
    ----------
    table
        The declaration of the table.
    frame
        Its cells as text.
    frames
        All tables that could be read, by name; references into others are not asked.
    horizon
        The day up to which something may have been told (today, or the day of the release), as YYYY-MM-DD.
    """
    if not len(frame):
        sentence = "holds no rows; restore the file from a release"
        return [] if table.may_be_empty else [of_file(table.name, sentence)]
    found: dict[tuple[int, int], str] = {}
    for place, field in enumerate(table.fields):
        for row, sentence in _broken_cells(table, field, frame[field.name], frames, horizon):
            found[row, place] = sentence
    for rule in _row_rules(table, frame, frames, horizon):
        place = table.columns.index(rule.column)
        for row in (~rule.fits).to_numpy().nonzero()[0].tolist():
            found.setdefault((row, place), rule.sentence)
    ids = frame[table.id].tolist()
    return [
        Failure(table.name, ids[row], table.columns[place], str(frame.iat[row, place]), found[row, place])
        for row, place in sorted(found)
    ]


def _broken_cells(
    table: Table, field: Field, cells: pd.Series[str], frames: Frames, horizon: str
) -> Iterator[tuple[int, str]]:
    """Yield the rows of one column whose cell breaks a rule, with its sentence; each distinct cell is asked once."""
    rules = [*rules_of_cells(field, horizon), *_rules_of_words(table, field, frames)]
    codes, distinct = pd.factorize(cells.to_numpy(dtype=object))
    sentences = [_first_broken(field, rules, cell) for cell in distinct]
    if any(sentences):
        for row, code in enumerate(codes):
            if sentence := sentences[code]:
                yield row, sentence


def _first_broken(field: Field, rules: list[CellRule], cell: str) -> str | None:
    """Return the sentence of the first rule that a cell breaks, None where it breaks none."""
    if not cell.strip():
        blank = "must not be blank" if field.required else "must be blank or hold more than spaces"
        return blank if field.required or cell else None
    return next((rule.sentence for rule in rules if not rule.fits(cell)), None)


def _rules_of_words(table: Table, field: Field, frames: Frames) -> list[CellRule]:
    """Return the rules of cells whose words must stand in another table."""
    if field.refers_to:
        if field.refers_to not in frames:
            return []
        target = TABLES[field.refers_to]
        known = set(frames[target.name][target.id].tolist())
        what = f"the {target.id} of a row in {target.name}.csv"
        if field.type == "list":
            return [CellRule(f"must be {what}, or several, each once", words_in(known, field.joint))]
        return [CellRule(f"must be {what}", known.__contains__)]
    if table.name in ("readings", "scopes", "series") and "readings" in frames:
        return _dimension_rules(table, field, frames)
    return []


def _dimension_rules(table: Table, field: Field, frames: Frames) -> list[CellRule]:
    """Return the rules of the harmonised dimensions: words that readings hold, relations to what there is."""
    readings = frames["readings"]
    if table.name == "series" and field.name in words.SERIES_KEYS:
        lines = frames.get("border_lines", pd.DataFrame())  # a family may add them up
        known = {*readings[field.name].unique(), *lines.get(field.name, pd.Series()).unique(), "-", "*"}
        sentence = f"must be words that readings hold in {field.name}, joined by |; - is blank, * is any"
        return [CellRule(sentence, words_in(known, "|"))]
    if table.name == "scopes" and field.name in _SCOPED:
        known = set(readings[field.name].unique())
        return [CellRule(f"must be what a reading holds in {field.name}", known.__contains__)]
    if field.name == "relation":
        return [_relation_rule(set(readings["reading_id"].tolist()))]
    return []


_SCOPED = (
    "subject",
    "track",
    "stage",
    "product",
    "origin",
    "origin_basis",
    "mode",
    "region",
    "basis",
    "detail",
)


def _relation_rule(ids: set[str]) -> CellRule:
    """A relation says what it is and to what: a reading, an indicator, or a whole of the vocabulary."""
    quantities = dims.WHOLES.union(words.INDICATORS)

    def fits(cell: str) -> bool:
        kind, _, what = cell.partition(":")
        return (kind in dims.TO_READINGS and what in ids) or (
            kind in dims.TO_QUANTITIES and what in quantities
        )

    readings, whole = " or ".join(dims.TO_READINGS), ", ".join(dims.TO_QUANTITIES)
    sentence = (
        f"must be {readings}, a colon and the id of a reading, "
        f"or one of {whole}, a colon and an indicator or a word of WHOLES in dimensions.py"
    )
    return CellRule(sentence, fits)


def _numbers(cells: pd.Series[str]) -> pd.Series[float]:
    """Return the cells as floats, NaN where a cell is blank or no number."""
    return pd.to_numeric(cells.where(cells.str.fullmatch(NUMBER)), errors="coerce")


def _row_rules(table: Table, frame: pd.DataFrame, frames: Frames, horizon: str) -> Iterator[RowRule]:
    """Yield the rules of a table that look beyond one cell."""
    if not table.beside:
        ids = frame[table.id]
        yield RowRule(table.id, "must be unique", ~ids.duplicated(keep=False))
        yield RowRule(table.id, "rows must be sorted by id", ids >= ids.shift(fill_value=""))
    if "window_start" in frame:
        yield from _window_rules(frame)
    if column := _TELLS.get(table.name):
        yield from _told_rules(column, frame, frames, horizon)
    if table.name == "sources":
        sentence = f"must not be after {horizon}, the day of this check"
        yield RowRule("published", sentence, frame["published"] <= horizon)
    if own := _OWN.get(table.name):
        yield from own(frame)
    if table.name in ("measures", "distinct") and {"measures", "distinct"} <= set(frames):
        yield from _alike_rules(table.name, frames["measures"], frames["distinct"])
    yield from ties.of_rows(table.name, frame, frames)
    if suspected := suspicions.OF_TABLES.get(table.name):
        yield from suspected(frame, frames)
    if table.name == "disagreements" and "readings" in frames:
        yield _cell_rule(frame, frames["readings"])


def _window_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A window starts before it ends, and a long one is meant."""
    start, end = frame["window_start"], frame["window_end"]
    yield RowRule(
        "window_end", "must not be before window_start", (start == "") | (end == "") | (start <= end)
    )
    years = pd.to_numeric(start.str.slice(0, 4), errors="coerce")
    limit = (years + LONGEST_WINDOW).map("{:04.0f}".format) + start.str.slice(4)
    short = years.isna() | (end == "") | (end < limit)
    sentence = f"must be within {LONGEST_WINDOW} years of window_end"
    if "window_note" in frame:
        pairs = zip(start.str.slice(0, 4).tolist(), frame["window_note"].tolist(), strict=True)
        short |= pd.Series([year != "" and year in note for year, note in pairs], index=frame.index)
        sentence += ", unless window_note names the first year"
    yield RowRule("window_start", sentence, short)


# The column that a table's source tells of.
_TELLS = {
    "readings": "window_end",
    "cases": "date",
    "context": "window_end",
    "measures": "announced",
    "breaks": "date",
}


def _told_rules(column: str, frame: pd.DataFrame, frames: Frames, horizon: str) -> Iterator[RowRule]:
    """Nothing is told before it happened, unless the row says that it was planned (or adopted, and issued later)."""
    if "sources" not in frames:
        return
    sources = frames["sources"]
    dates = dict(zip(sources["source_id"], sources["published"].map(last_day), strict=True))
    days = [min(dates.get(source) or horizon, horizon) for source in frame["source_id"].tolist()]
    told = pd.Series(days, index=frame.index)
    marks = frame["notes"] + (" " + frame["window_note"] if "window_note" in frame else "")
    meant = marks.str.contains("planned|adopted" if column == "announced" else "planned", case=False)
    names = "window_note or notes mark" if "window_note" in frame else "notes mark"
    sentence = f"must not be after its source's date (or today), unless {names} the row as planned"
    yield RowRule(column, sentence, (frame[column] == "") | (frame[column] <= told) | meant)
    if column == "window_end":
        start = frame["window_start"]
        open_ended = (start != "") & (frame["window_end"] == "")
        yield RowRule("window_start", sentence, ~open_ended | (start <= told) | meant)


def _source_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    noted = frame["notes"].str.strip() != ""
    sentence = "must be given, or the notes must say how the text was held and why it is missing"
    for column in ("url", "published"):
        yield RowRule(column, sentence, (frame[column] != "") | noted)


def _reading_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """Signs, units per indicator, and ranges."""
    value = _numbers(frame["value"])
    change = frame["kind"] == "change"
    percent_change = change & (frame["unit"] == "percent")
    lower = change & frame["unit"].isin(("percent", "percentage_point"))
    none = frame["indicator"].isin(words.MAY_BE_ZERO) & (value == 0)
    sentence = f"must be above zero for a flow or a stock; only {' and '.join(words.MAY_BE_ZERO)} may be zero"
    yield RowRule("value", sentence, lower | none | ~(value <= 0))
    yield RowRule("value", "must be above -100 for a percentage change", ~percent_change | ~(value <= -100))
    yield RowRule("unit", "must be a unit in which the indicator is counted", _unit_fits(frame))
    high, is_range = frame["value_high"], frame["hedge"] == "range"
    yield RowRule("value_high", "must be given for a range and blank otherwise", (high != "") == is_range)
    yield RowRule("value_high", "must be above value", ~(_numbers(high) <= value))


def _unit_fits(frame: pd.DataFrame) -> pd.Series[bool]:
    """True where a reading's unit is one of its indicator's, or of a change."""
    allowed = {(i, u) for i, units in words.INDICATOR_UNITS.items() for u in units}
    known = frame["indicator"].isin(words.INDICATORS) & frame["unit"].isin(words.UNITS)
    pairs = zip(frame["indicator"].tolist(), frame["unit"].tolist(), strict=True)
    fits = pd.Series([pair in allowed for pair in pairs], index=frame.index, dtype=bool)
    change = frame["kind"] == "change"
    return ~known | (change & frame["unit"].isin(words.CHANGE_UNITS)) | (~change & fits)


def _case_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A hedge stands beside a number and a number beside a hedge; a value is in yuan or in a named currency."""
    value = frame["value_cny"] + frame["value_other"]
    numbers = {"suspects": frame["suspects"], "dens": frame["dens"], "items": frame["items"], "value": value}
    for name, number in numbers.items():
        hedge = f"{name}_hedge"
        given = (frame[hedge] != "") == (number != "")
        columns = "value_cny or value_other" if name == "value" else name
        yield RowRule(hedge, f"must be given where {columns} is given, and only there", given)
    named = (frame["currency"] != "") == (frame["value_other"] != "")
    yield RowRule("currency", "must be given where value_other is given, and only there", named)
    one = (frame["value_cny"] == "") | (frame["value_other"] == "")
    yield RowRule("value_other", "must be blank where value_cny is given", one)


EARLIER = "in force before it was announced"  # in the notes of a measure, with the reason


def _measure_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A measure is announced, then takes effect, then ends; dates are compared as far as both are known."""
    announced, effective, ended = frame["announced"], frame["effective"], frame["ended"]
    meant = in_order(announced, effective) | frame["notes"].str.contains(EARLIER, regex=False)
    sentence = f"must not be before announced, unless notes say that it was {EARLIER!r}, and why"
    yield RowRule("effective", sentence, meant)
    ordered = in_order(effective.where(effective != "", announced), ended)
    yield RowRule("ended", "must not be before effective (or announced)", ordered)
    yield from reach_rules(frame)


def _context_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    yield RowRule(
        "value", "must be above zero", ~(_numbers(frame["value"]) <= 0) | (frame["unit"] == "percent")
    )


def _forecast_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """An interval holds its estimate, and a level is a probability."""
    estimate, level = _numbers(frame["estimate"]), _numbers(frame["level"])
    yield RowRule("lower", "must not be above estimate", ~(_numbers(frame["lower"]) > estimate))
    yield RowRule("upper", "must not be below estimate", ~(_numbers(frame["upper"]) < estimate))
    yield RowRule("level", "must be above 0 and below 1", ~((level <= 0) | (level >= 1)))


def _conflict_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A verdict is one that its kind may have."""
    for kind, allowed in dims.VERDICTS_OF.items():
        fits = (frame["kind"] != kind) | frame["verdict"].isin(allowed)
        yield RowRule("verdict", f"must be one of: {', '.join(allowed)}, where kind is {kind}", fits)


def _line_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    yield RowRule("msrp_usd", "must be 0 or above", ~(_numbers(frame["msrp_usd"]) < 0))


def _cell_rule(frame: pd.DataFrame, readings: pd.DataFrame) -> RowRule:
    """A disagreement repeats the cell of the reading that it explains."""
    held = readings.drop_duplicates("reading_id").set_index("reading_id")[["value", "unit", "hedge"]]
    cells = held.stack().to_dict()
    keys = zip(frame["reading_id"], frame["what"], strict=True)
    same = [cells.get(key, row) == row for key, row in zip(keys, frame["row"], strict=True)]
    return RowRule("row", "must be what the reading holds in that column", pd.Series(same, index=frame.index))


def _alike_rules(name: str, measures: pd.DataFrame, distinct: pd.DataFrame) -> Iterator[RowRule]:
    """Two measures that look like one are confirmed as two, and only such are."""
    confirmed = list(zip(distinct["measure_id"], distinct["distinct_from"], strict=True))
    found = alike(measures)
    if name == "distinct":
        fits = pd.Series(
            [tuple(sorted(pair)) in found for pair in confirmed], index=distinct.index, dtype=bool
        )
        yield RowRule("distinct_from", "must look like the other measure; leave the pair out", fits)
        return
    for one, other in set(found) - {tuple(sorted(pair)) for pair in confirmed}:
        sentence = (
            f"looks like {one}: same issuer and instruments, within {NEAR} days; leave one out, "
            "or add the pair to distinct.csv with what tells them apart"
        )
        yield RowRule("measure_id", sentence, measures["measure_id"] != other)


_OWN: dict[str, Callable[[pd.DataFrame], Iterator[RowRule]]] = {
    "sources": _source_rules,
    "readings": _reading_rules,
    "cases": _case_rules,
    "measures": _measure_rules,
    "context": _context_rules,
    "conflicts": _conflict_rules,
    "forecasts": _forecast_rules,
    "series": lambda frame: (RowRule(*rule) for rule in series_rules(frame)),
    "border_lines": _line_rules,
}
