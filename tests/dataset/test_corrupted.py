"""Each rule refuses a row that breaks it, with table, row, column, value and the rule.

One rule at a time is broken in `few` rows of each table; what concerns all of data/ is tried on a whole copy.
"""

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.dataset.tables import TABLES
from analysis.dataset.validate import Failure, validate
from analysis.errors import InputError

PLAIN_ROW = {"readings": 1}


def edit(folder: Path, table: str, column: str, cell: str, row: int | None = None) -> str:
    """Put `cell` into a column of a row (a plain dated one where none is named) and return the row's id."""
    row = PLAIN_ROW.get(table, 4) if row is None else row
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[table].columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows[row][TABLES[table].id]


def only(failures: list[Failure]) -> Failure:
    assert len(failures) == 1, [str(failure) for failure in failures]
    return failures[0]


CELLS = [
    ("readings", "window_start", "2020-13-01", "must be a date YYYY-MM-DD"),
    ("readings", "window_end", "2019-02-30", "must be a date YYYY-MM-DD"),
    ("readings", "hedge", "roughly", "must be one of: exact"),
    ("readings", "indicator", "cases_solvd", "must be one of: cases_solved"),
    ("readings", "reporter", "Police", "must be one of: MPS"),
    ("readings", "jurisdiction", "China", "must be an ISO 3166 code"),
    ("readings", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("readings", "value", "inf", "must be finite"),
    ("readings", "value", "1e999", "must be finite"),
    ("readings", "value", "nan", "must be finite"),
    ("readings", "value", "-5", "must be above zero for a flow or a stock"),
    ("readings", "value", "0", "must be above zero for a flow or a stock"),
    ("readings", "value", "11,000", "no thousands separator"),
    ("readings", "value", "", "must not be blank"),
    ("readings", "unit", "person", "must be a unit in which the indicator is counted"),
    ("readings", "value_high", "9000000", "must be given for a range and blank otherwise"),
    ("readings", "as_printed", "=1+1", "must not begin with = or @"),
    ("readings", "notes", "@SUM(A1)", "must not begin with = or @"),
    ("readings", "as_printed", " ".join(["word"] * 13), "must be at most 12 words"),
    ("readings", "window_end", "2031-01-01", "must not be after its source's date"),
    ("readings", "programme", "Kunlun 2020", "must be a lower-case slug"),
    ("sources", "publisher", "", "must not be blank"),
    ("sources", "published", "2020-00", "must be a date YYYY, YYYY-MM or YYYY-MM-DD"),
    ("sources", "tier", "tertiary", "must be one of: primary"),
    ("cases", "suspects", "12.5", "must be a whole number"),
    ("cases", "suspects", "0", "must be above zero"),
    ("cases", "product", "shoes", "must be words of: apparel"),
    ("cases", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("measures", "kind", "decree", "must be one of: law"),
    ("measures", "announced", "tomorrow", "must be a date YYYY, YYYY-MM or YYYY-MM-DD"),
    ("context", "value", "12 000", "no thousands separator"),
    ("context", "window_start", "2099-01-01", "must not be before window_start"),
    ("series", "kind", "flux", "must be one of: flow"),
    ("series", "detail", "", "must not be blank"),
    ("series", "reporters", "MPS;Police", "must be words of: MPS"),
    ("series", "set_aside", "police-0001;police-9999", "must be the reading_id of a row in readings.csv"),
    ("readings", "subject", "fakes", "must be one of: ipr_and_counterfeit"),
    ("readings", "product", "apparel+shoes", "must be words of: apparel"),
    ("readings", "origin", "China", "must be"),
    ("readings", "printed_step", "0", "must be above zero"),
    ("readings_sources", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("aliases", "kind", "lost", "must be one of: same_release"),
    ("conflicts", "reading_b", "nobody-1", "must be the reading_id of a row in readings.csv"),
    ("conflicts", "kind", "quarrel", "must be one of: scope"),
    ("vintages", "first_id", "nobody-1", "must be the reading_id of a row in readings.csv"),
    ("scopes", "readings", "none", "no thousands separator"),
    ("hypotheses", "measure_id", "cn-1066", "must be the measure_id of a row in measures.csv"),
    ("hypotheses", "direction", "up", "must be one of: increase"),
    ("breaks", "date", "2017", "must be a date YYYY-MM-DD"),
    ("breaks", "series", "mps-nothing", "must be the series_id of a row in series.csv"),
    ("border_lines", "lines", "0", "must be above zero"),
    ("border_lines", "origin", "China", "must be"),
    ("concordance", "product", "shoes", "must be words of: apparel"),
    ("glossary", "stage", "punished", "must be one of: reported"),
]


@pytest.mark.parametrize(("table", "column", "cell", "rule"), CELLS)
def test_a_broken_cell_is_named_with_its_rule(few, table, column, cell, rule):
    row = edit(few, table, column, cell)
    found = [f for f in validate(few) if rule in f.rule]
    failure = only(found)
    assert (failure.table, failure.row) == (table, row)
    if column != "window_start" or table != "context":
        assert (failure.column, failure.value) == (column, cell)


def test_a_percentage_change_may_be_negative_but_not_below_minus_100(few):
    with (few / "readings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    at = next(i for i, r in enumerate(rows) if r["kind"] == "change" and r["unit"] == "percent")
    edit(few, "readings", "value", "-99.5", at)
    assert not [f for f in validate(few) if f.table == "readings"]
    edit(few, "readings", "value", "-100", at)
    assert only([f for f in validate(few) if f.table == "readings"]).rule.startswith("must be above -100")


def test_start_after_end(few):
    row = edit(few, "readings", "window_start", "2024-01-01", 1)  # its window ends in 2020
    failure = only([f for f in validate(few) if f.table == "readings"])
    assert (failure.row, failure.column, failure.rule) == (
        row,
        "window_end",
        "must not be before window_start",
    )


def test_an_end_after_the_source_passes_only_when_marked_as_planned(few):
    edit(few, "readings", "window_end", "2031-01-01", 1)
    assert [f for f in validate(few) if f.column == "window_end"]
    edit(few, "readings", "window_note", "planned for 2031", 1)
    assert not [f for f in validate(few) if f.column == "window_end"]


def test_a_range_needs_an_upper_end_above_its_value(few):
    edit(few, "readings", "hedge", "range", 1)
    assert "must be given for a range" in only([f for f in validate(few) if f.table == "readings"]).rule
    edit(few, "readings", "value_high", "1", 1)
    assert only([f for f in validate(few) if f.table == "readings"]).rule == "must be above value"


def test_a_duplicate_id_names_both_rows(few):
    path = few / "readings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:6], lines[5], *lines[6:]]), encoding="utf-8")
    failures = [f for f in validate(few) if f.rule == "must be unique"]
    assert [f.row for f in failures] == [lines[5].split(",")[0]] * 2


def test_rows_out_of_order(few):
    path = few / "measures.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2], lines[1], *lines[3:]]), encoding="utf-8")
    assert only([f for f in validate(few) if f.table == "measures"]).rule == "rows must be sorted by id"


def drop_column(folder: Path, table: str) -> str:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = 2
    path.write_text("", encoding="utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([row[:at] + row[at + 1 :] for row in rows])
    return rows[0][at]


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_column_is_named(few, table):
    column = drop_column(few, table)
    rules = [f.rule for f in validate(few) if f.table == table and f.row == "-"]
    assert rules == [f"column {column} is missing"]


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_file_is_named(few, table):
    (few / f"{table}.csv").unlink()
    failure = next(f for f in validate(few) if f.table == table)
    assert f"{table}.csv: the file is missing" in failure.rule


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_file_is_named(few, table):
    (few / f"{table}.csv").write_text("")
    assert "the file is empty" in next(f for f in validate(few) if f.table == table).rule


@pytest.mark.parametrize("table", TABLES)
def test_another_encoding_is_named_with_its_line(few, table):
    path = few / f"{table}.csv"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2][:-1] + "万".encode("gb18030")
    path.write_bytes(b"\n".join(lines))
    rule = next(f for f in validate(few) if f.table == table).rule
    assert f"{table}.csv, line 3" in rule
    assert "UTF-8" in rule


def test_a_row_with_too_many_cells_is_named(few):
    path = few / "context.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] += ",one,too,many"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any("cells where the header has" in f.rule for f in validate(few))


def test_every_failure_at_once(folder):
    edit(folder, "readings", "hedge", "roughly", 1)
    edit(folder, "readings", "value", "-1", 9)
    edit(folder, "cases", "channel", "shop", 2)
    assert {f.table for f in validate(folder)} == {"readings", "cases"}
    assert len(validate(folder)) == 3


def test_a_changed_row_needs_a_new_version(folder):
    edit(folder, "readings", "notes", "another note", 1)
    failure = only(validate(folder))
    assert (failure.table, failure.column) == ("datapackage", "version")
    assert "release" in failure.rule


def test_markup_in_a_cell_is_text_and_allowed(few):
    edit(few, "readings", "notes", "<script>alert(1)</script>", 1)
    assert [f for f in validate(few) if f.table == "readings"] == []


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *words], capture_output=True, text=True, check=False
    )


BREAK: dict[str, Callable[[Path], object]] = {
    "a bad cell": lambda folder: edit(folder, "readings", "value", "1,000"),
    "a missing column": lambda folder: drop_column(folder, "sources"),
    "a missing file": lambda folder: (folder / "cases.csv").unlink(),
    "an empty file": lambda folder: (folder / "cases.csv").write_text(""),
    "a broken descriptor": lambda folder: (folder / "datapackage.json").write_text("{"),
}


@pytest.mark.parametrize("what", BREAK)
def test_the_command_says_it_in_a_sentence_and_exits_1(folder, what):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    BREAK[what](folder)
    done = run("validate", str(folder))
    assert done.returncode == 1
    assert "failures in" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    after = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert sum(after.get(path) != time for path, time in before.items()) == 1  # only what the test broke


def test_the_command_passes_the_real_data_and_refuses_a_missing_folder(tmp_path):
    assert run("validate").returncode == 0
    done = run("validate", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no data folder at" in done.stderr


def test_a_missing_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="There is no data folder"):
        validate(tmp_path / "nowhere")
