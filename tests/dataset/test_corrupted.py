"""Each rule refuses a row that breaks it, with table, row, column, value and the rule.

One rule at a time is broken in `few` rows of each table; what concerns all of data/ is tried on a whole copy.
"""

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis
from analysis.cli import main
from analysis.dataset.rules import broken
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from analysis.dataset.validate import Failure, validate
from analysis.errors import InputError
from analysis.readings.agreement import unexplained
from analysis.series.memberships import outdated
from tests.dataset.small import edit, read, write


def only(failures: list[Failure]) -> Failure:
    assert len(failures) == 1, [str(failure) for failure in failures]
    return failures[0]


PLAIN_ROW = {"readings": 1}
UNSEEN = (
    "\x01\x07\x0b\x0c\x1b\x1c\x85\xa0\xad\u061c"
    "\u180e\u200b\u200d\u200f\u2028\u2029\u202e\u2066\u3000\ufeff\ue000\uffff\n\r\t"
)
PRINTS_NOTHING = "\u034f\u115f\u1160\u17b4\u180b\u2800\u3164\ufe0f\uffa0\U000e0100"
NO_PLACES = ("QQ", "cn", "ZZ-ABC", "CN-ZZ", "FR-IDF")
CELLS = [
    ("readings", "window_start", "2020-13-01", "must be a date YYYY-MM-DD"),
    ("readings", "window_end", "2019-02-30", "must be a date YYYY-MM-DD"),
    ("readings", "hedge", "roughly", "must be one of: exact"),
    ("readings", "indicator", "cases_solvd", "must be one of: cases_solved"),
    ("readings", "reporter", "Police", "must be one of: MPS"),
    ("readings", "jurisdiction", "China", "must be an ISO 3166 code"),
    ("readings", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("readings", "value", "inf", "must be finite"),
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
    ("cases", "several", "no", "must be one of: yes"),
    ("cases", "currency", "HKD", "must be given where value_other is given, and only there"),
    ("cases", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("measures", "kind", "decree", "must be one of: law"),
    ("measures", "reach", "everything", "must be words of: all_crime"),
    ("measures", "reach", "ipr;border", "must name at least one subject, one channel and one place"),
    ("measures", "reach", "ipr;ipr;border;CN", "must be words of: all_crime"),
    ("measures", "own", "a-break-nobody-knows", "must be the break_id of a row in breaks.csv"),
    ("measures", "edition_of", "cn-1066", "must be the measure_id of a row in measures.csv"),
    ("measures", "announced", "tomorrow", "must be a date YYYY, YYYY-MM or YYYY-MM-DD"),
    ("context", "value", "12 000", "no thousands separator"),
    ("context", "window_start", "2099-01-01", "must not be before window_start"),
    ("series", "kind", "flux", "must be one of: flow"),
    ("series", "by", "colour", "must be one of: origin"),
    ("series", "by", "origin", "must find several words, or *, in origin where it is origin"),
    ("series", "by", "mode", "must find several words, or *, in mode where it is mode"),
    ("series", "reporters", "", "must not be blank, unless by is border or platform"),
    ("series", "drawn_from", "cases", "must be one of: border_lines"),
    ("series", "drawn_from", "border_lines", "must be blank unless by is origin, product, mode"),
    ("series", "controls", "mps-nothing", "must be the series_id of a row in series.csv"),
    ("readings_series", "role", "picked", "must be one of: used"),
    ("readings_series", "series_id", "mps-nothing", "must be the series_id of a row in series.csv"),
    ("series", "detail", "", "must not be blank"),
    ("series", "reporters", "MPS;Police", "must be words of: MPS"),
    ("series", "set_aside", "police-0001;police-9999", "must be the reading_id of a row in readings.csv"),
    ("readings", "subject", "fakes", "must be one of: ipr_and_counterfeit"),
    ("readings", "product", "apparel+shoes", "must be words of: apparel"),
    ("readings", "origin", "China", "must be"),
    ("readings", "printed_step", "0", "must be above zero"),
    (
        "readings",
        "breadth",
        "everything",
        "must be one of: total, key_cases, one_operation, one_place, one_case",
    ),
    ("readings_sources", "source_id", "nobody-2020", "must be the source_id of a row in sources.csv"),
    ("aliases", "kind", "lost", "must be one of: same_release"),
    ("conflicts", "reading_b", "nobody-1", "must be the reading_id of a row in readings.csv"),
    ("conflicts", "kind", "quarrel", "must be one of: official"),
    ("conflicts", "verdict", "quote_c", "must be one of: quote_a"),
    ("conflicts", "verdict", "", "must not be blank"),
    ("conflicts", "note", "", "must not be blank"),
    ("conflicts", "conflict_id", "adm-0019.vs.adm-0154", "must be {reading_a}.vs.{reading_b} of its row"),
    ("vintages", "first_id", "nobody-1", "must be the reading_id of a row in readings.csv"),
    ("vintages", "later_id", "", "must not be blank"),
    ("scopes", "readings", "none", "no thousands separator"),
    ("hypotheses", "measure_id", "cn-1066", "must be the measure_id of a row in measures.csv"),
    ("hypotheses", "direction", "up", "must be one of: increase"),
    ("breaks", "date", "2017", "must be a date YYYY-MM-DD"),
    ("breaks", "series", "mps-nothing", "must be the series_id of a row in series.csv"),
    ("border_lines", "lines", "0", "must be above zero"),
    ("border_lines", "origin", "China", "must be"),
    ("concordance", "product", "shoes", "must be words of: apparel"),
    ("glossary", "stage", "punished", "must be one of: reported"),
    # Numbers in other digits or notations, and those that a float cannot hold.
    *(
        ("readings", "value", cell, "no exponent")
        for cell in ("1e5", "1e308", "1e999", "00123", "+5", "5.", ".5")
    ),
    *(("readings", "value", cell, "digits 0-9") for cell in ("１２３", "٣٤٥", "१२", "0x10", "1_000", "- 5")),
    ("readings", "value", "9007199254740993", "must not be beyond 9007199254740992"),
    ("readings", "value", "9" * 400, "must not be beyond"),
    ("cases", "suspects", "9223372036854775808", "must not be beyond"),
    ("cases", "suspects", "12.0", "must be a whole number"),
    ("border_lines", "fiscal_year", "202", "must be a year between 1980 and"),
    ("hypotheses", "span_end", "20230", "must be a year between 1980 and"),
    # Dates that the record cannot speak of.
    ("readings", "window_start", "0202-01-01", "must lie between 1980-01-01 and"),
    ("readings", "window_start", "1920-01-01", "must lie between 1980-01-01 and"),
    ("readings", "window_start", "2002-01-01", "must be within 10 years of window_end"),
    ("readings", "window_start", "２０２０-０１-０１", "must be a date YYYY-MM-DD"),
    ("readings", "window_end", "9999-12-31", "must lie between"),
    ("context", "window_start", "1985-01-01", "must be within 10 years of window_end"),
    ("sources", "published", "9999", "must lie between"),
    ("sources", "published", "0202", "must lie between"),
    ("measures", "effective", "2200", "must lie between"),
    ("cases", "date", "2098", "must not be after its source's date"),
    ("measures", "announced", "2098-01-01", "must not be after its source's date"),
    ("breaks", "date", "2098-01-01", "must not be after its source's date"),
    # One id is one id, and a list names each once.
    ("readings", "source_id", "{0};{0}", "must be the source_id of a row"),
    ("series", "reporters", "MPS;MPS", "must be words of: MPS"),
    ("readings", "reading_id", "a" * 121, "must be at most 120 characters"),
    # Addresses that lead nowhere, or elsewhere than they seem.
    *(
        ("sources", "url", cell, "must be an address that begins with http")
        for cell in (
            "not a url",
            "http://",
            "http://[",
            "//host.example/x",
            "https://host",
            "https://host.example:port/",
            "https://.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://host.example/x",
            "https://user:word@host.example/",
            "https://host.example/a b",
            'https://host.example/"><b>',
        )
    ),
    ("sources", "url", "https://host.example/\u202egnp", "direction character"),
    # Words outside their vocabularies.
    *(
        ("readings", "jurisdiction", cell, "must be an ISO 3166 code")
        for cell in ("QQ", "cn", "ZZ-ABC", "CN-ZZ", "FR-IDF")
    ),
    ("readings", "origin", "CN+QQ", "must be an ISO 3166 code"),
    ("border_lines", "origin", "QQ", "must be an ISO 3166 code"),
    *(
        ("readings", "relation", cell, "must be part_of or conversion_of")
        for cell in (
            "part_of:nothing-at-all",
            "part_of",
            "share_of:nothing",
            "sibling_of:seizures",
            "share_of:",
        )
    ),
    ("readings", "relation_base", "last_year", "must be previous_year"),
    *(
        ("series", column, "nothing_at_all", f"must be words that readings hold in {column}")
        for column in (
            "subject",
            "track",
            "stage",
            "product",
            "origin",
            "mode",
            "region",
            "basis",
            "relation",
            "detail",
            "breadth",
        )
    ),
    ("scopes", "subject", "fakes", "must be what a reading holds in subject"),
    ("disagreements", "what", "window", "must be one of: value, unit, hedge"),
    ("disagreements", "reading_id", "nobody-1", "must be the reading_id of a row in readings.csv"),
    ("disagreements", "row", "nothing", "must be what the reading holds in that column"),
    ("disagreements", "reason", "", "must not be blank"),
    ("versions", "fingerprint", "abc", "must be the 64 hexadecimal digits"),
    ("versions", "version", "０.１.０", "must be a version such as 0.2.0"),
    ("versions", "date", "2026-02-30", "must be a date YYYY-MM-DD"),
    # Text that cannot be seen, or is not what it seems.
    *(
        ("readings", "notes", f"one{mark}two", "must hold no control, zero-width or direction character")
        for mark in UNSEEN
    ),
    *(("sources", "title", cell, "must not be blank") for cell in (" ", "\u3000", "\xa0 ", "\t")),
    ("sources", "title", "Stra\ufffde", "a letter lost in decoding"),
    ("sources", "title", "\u200b", "must hold no control, zero-width"),
    ("readings", "notes", "   ", "must be blank or hold more than spaces"),
    *(
        ("readings", "notes", cell, "must not begin with = or @")
        for cell in (
            " =1+1",
            "＝1+1",
            "  @SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "- SUM(A1)",
            "＋(1)",
        )
    ),
    *(("readings", "notes", f"one{mark}two", "must hold no control, zero-width") for mark in PRINTS_NOTHING),
    *(
        ("sources", "title", cell, "must not be what a program writes")
        for cell in ("nan", "None", "#N/A", "#REF! x")
    ),
    *(
        ("sources", "title", cell, "letter lost in decoding")
        for cell in ("\xc3\xa9t\xc3\xa9", "Ã©", "å…¬å®‰", "a &amp; b", "&#20844;", r"\u516c", r"caf\xe9")
    ),
    ("sources", "title", "Cafe\u0301", "must be composed"),
    *(
        ("readings", "region", cell, "must not begin or end with a space")
        for cell in (" Wenzhou", "Wenzhou ")
    ),
    *(
        ("sources", "notes", cell, "must hold a letter or a digit")
        for cell in ("-", ";;;", '"', "\u0301\u0302")
    ),
    ("sources", "notes", "w" * 2001, "must be at most 2,000 characters"),
    ("measures", "summary", " ".join(["word"] * 31), "must be at most 30 words"),
    *(("border_lines", "msrp_usd", cell, "no sign but a minus") for cell in ("-0", "-0.0")),
    ("border_lines", "msrp_usd", "-5", "must be 0 or above"),
    ("border_lines", "msrp_usd", "0." + "0" * 400 + "1", "at most 20 characters"),
    ("scopes", "region", "nowhere at all", "must be what a reading holds in region"),
    *(
        ("sources", "url", cell, "must be an address that begins with http")
        for cell in (
            "http://127.0.0.1/x",
            "http://10.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433.1/",
        )
    ),
    ("readings", "as_printed", "件" * 101, "must be at most 12 words and 100 characters"),
]


@pytest.mark.parametrize(("table", "column", "cell", "rule"), CELLS)
def test_a_broken_cell_is_named_with_its_rule(small_frames, table, column, cell, rule):
    frame = small_frames[table].copy()
    number = 0 if table in BESIDE else PLAIN_ROW.get(table, 4)
    frame.loc[number, column] = cell = cell.format(small_frames["sources"]["source_id"].iloc[0])
    failures = broken({**TABLES, **BESIDE}[table], frame, small_frames | {table: frame}, "2099-01-01")
    failure = only([f for f in failures if rule in f.rule])
    assert (failure.table, failure.row) == (table, frame.iloc[number, 0])
    if column != "window_start" or "before" not in rule:
        assert (failure.column, failure.value) == (column, cell)


@pytest.mark.parametrize(
    ("kind", "verdict", "rule"),
    [
        (
            "retelling",
            "quote_both",
            "must be one of: quote_a, quote_b, quote_neither, where kind is retelling",
        ),
        (
            "retelling",
            "quote_each",
            "must be one of: quote_a, quote_b, quote_neither, where kind is retelling",
        ),
        ("two_quantities", "quote_neither", "where kind is two_quantities"),
        ("revision", "quote_each", "where kind is revision"),
        ("official", "quote_each", "where kind is official"),
        ("unknown", "quote_each", "where kind is unknown"),
    ],
)
def test_a_verdict_is_one_that_its_kind_may_have(small_frames, kind, verdict, rule):
    frame = small_frames["conflicts"].copy()
    frame.loc[0, ["kind", "verdict"]] = [kind, verdict]
    failure = only(broken(TABLES["conflicts"], frame, small_frames | {"conflicts": frame}, "2099-01-01"))
    assert (failure.row, failure.column, failure.value) == (frame.loc[0, "conflict_id"], "verdict", verdict)
    assert rule in failure.rule


PRINTS = [
    "+71.33%",
    "-4.5",
    "汉字 ﬁ",
    "Straße – été",
    "\u0627\u0644",
    "R&D, A & B",
    "Nonesuch",
    "nano",
    "a #N/A b",
]


@pytest.mark.parametrize("cell", PRINTS)
def test_what_a_text_may_hold_is_let_in(small_frames, cell):
    frame = small_frames["readings"].copy()
    frame.loc[1, "notes"] = cell
    failures = broken(TABLES["readings"], frame, small_frames | {"readings": frame}, "2099-01-01")
    assert [f for f in failures if f.column == "notes"] == []


def test_an_address_may_be_four_numbers_of_the_public_net(small_frames):
    frame = small_frames["sources"].copy()
    frame.loc[4, "url"] = "http://111.205.184.227:8081/2013-08/08/content_8545779.htm"
    assert broken(TABLES["sources"], frame, small_frames, "2099-01-01") == []


def test_the_small_dataset_obeys_every_rule(few):
    assert validate(few, more=[unexplained, outdated]) == []


@pytest.mark.parametrize(("by", "place"), [("border", "CN"), ("platform", "CN"), ("province", "CN-GD")])
def test_a_family_of_places_says_where_it_looks(few, by, place):
    rows = read(few, "series")
    edit(few, "series", "by", by, 4)
    edit(few, "series", "jurisdiction", place, 4)
    failure = only([f for f in validate(few) if f.table == "series"])
    assert (failure.row, failure.column, failure.value) == (rows[4]["series_id"], "jurisdiction", place)


def test_a_control_is_another_series_of_the_same_counter(few):
    rows = read(few, "series")
    own = rows[4]["series_id"]
    same = next(
        r["series_id"] for r in rows if r["reporters"] == rows[4]["reporters"] and r["series_id"] != own
    )
    other = next(r["series_id"] for r in rows if r["reporters"] != rows[4]["reporters"])
    for cell, rule in [(own, "must be other series than the row's own"), (other, "same counter")]:
        edit(few, "series", "controls", f"{same};{cell}", 4)
        failure = only([f for f in validate(few) if f.table == "series"])
        assert (failure.row, failure.column, failure.value) == (own, "controls", f"{same};{cell}")
        assert rule in failure.rule
    edit(few, "series", "controls", same, 4)
    assert not [f for f in validate(few) if f.table == "series"]


def test_a_stale_table_of_readings_in_series_is_refused_with_its_first_row(few):
    rows = read(few, "readings_series")
    at = next(number for number, row in enumerate(rows) if row["role"] == "used")
    edit(few, "readings_series", "role", "competing", at)
    failure = only(validate(few, more=[outdated]))
    assert (failure.table, failure.row, failure.column) == ("readings_series", rows[at]["link_id"], "role")
    assert "must be 'used'" in failure.rule
    write(few, "readings_series", [row for number, row in enumerate(rows) if number != 1])
    failure = only(validate(few, more=[outdated]))
    assert (failure.row, failure.column) == (rows[1]["link_id"], "link_id")
    assert failure.rule.startswith("is missing")
    more = rows[-1] | {"link_id": rows[-1]["link_id"] + ".z"}
    write(few, "readings_series", [*rows, more])
    failure = only(validate(few, more=[outdated]))
    assert (failure.row, failure.rule[:24]) == (more["link_id"], "follows from no reading;")


def test_a_percentage_change_may_be_negative_but_not_below_minus_100(few):
    rows = read(few, "readings")
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


def law_of_1997(few):
    """Make the first measure a law in force from 1 October 1997, and return the number of its row."""
    for column, cell in {
        "announced": "1997-03-14",
        "effective": "1997-10-01",
        "ended": "",
        "notes": "",
    }.items():
        edit(few, "measures", column, cell, 0)
    return 0


def test_a_measure_in_force_before_it_was_announced_needs_a_reason(few):
    at = law_of_1997(few)
    edit(few, "measures", "announced", "1997-10", at)
    assert not [
        f for f in validate(few) if f.table == "measures" and f.column == "effective"
    ]  # in force 1 October
    edit(few, "measures", "announced", "1997-10-02", at)
    failure = only([f for f in validate(few) if f.table == "measures" and f.column == "effective"])
    assert (failure.value, failure.rule[:27]) == ("1997-10-01", "must not be before announce")
    edit(
        few, "measures", "notes", "in force before it was announced: the report told of it later; planned", at
    )
    assert not [f for f in validate(few) if f.table == "measures"]


def test_a_measure_ends_after_it_began(few):
    at = law_of_1997(few)
    edit(few, "measures", "ended", "1997-09-30", at)
    failure = only([f for f in validate(few) if f.table == "measures"])
    assert (failure.column, failure.rule) == ("ended", "must not be before effective (or announced)")
    edit(few, "measures", "ended", "1997", at)
    assert not [f for f in validate(few) if f.table == "measures"]


def test_a_value_is_in_yuan_or_in_another_currency(few):
    rows = read(few, "cases")
    at = next(i for i, row in enumerate(rows) if row["value_cny"])
    rows[at] |= {"value_other": "100", "currency": "HKD"}
    write(few, "cases", rows)
    failure = only([f for f in validate(few) if f.table == "cases"])
    assert (failure.column, failure.rule) == ("value_other", "must be blank where value_cny is given")
    edit(few, "cases", "value_cny", "", at)
    assert not [f for f in validate(few) if f.table == "cases"]


def test_a_test_may_find_nothing_but_no_count_is_below_it(few):
    rows = read(few, "readings")
    rows[1] |= {"indicator": "samples_failed", "unit": "item", "value": "0"}
    write(few, "readings", rows)
    assert not [f for f in validate(few) if f.column == "value"]
    edit(few, "readings", "value", "-1", 1)
    assert only([f for f in validate(few) if f.column == "value"]).rule.startswith("must be above zero")


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
    number = min(2, len(lines) - 2)  # a table may hold its header alone
    lines[number] = lines[number][:-1] + "万".encode("gb18030")
    path.write_bytes(b"\n".join(lines))
    rule = next(f for f in validate(few) if f.table == table).rule
    assert f"{table}.csv, line {number + 1}" in rule
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


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("jurisdiction", "US-PR"),
        ("jurisdiction", "JP-47"),
        ("jurisdiction", "EU"),
        ("origin", "CN+OTHER"),
        ("value", "0.5"),
        ("value", "9007199254740992"),
        ("relation", "share_of:seizures"),
        ("relation_base", "2005-01-01/2006-12-31"),
        ("notes", "naïve – “quoted”, 万余; e\u0301, 👍"),
        ("notes", "-5 on last year"),
    ],
)
def test_what_is_right_passes(few, column, cell):
    edit(few, "readings", column, cell)
    assert [f for f in validate(few) if f.table == "readings"] == []


@pytest.mark.parametrize("url", ["https://host.example:8080/a?b=c#d", "http://a.b/门司"])
def test_an_address_may_have_a_port_and_letters_of_any_script(few, url):
    edit(few, "sources", "url", url)
    assert [f for f in validate(few) if f.table == "sources"] == []


def test_a_long_window_passes_where_its_note_names_the_first_year(few):
    edit(few, "readings", "window_start", "2005-01-01")
    assert only([f for f in validate(few) if f.table == "readings"]).column == "window_start"
    edit(few, "readings", "window_note", "2005 to 2020")
    assert [f for f in validate(few) if f.table == "readings"] == []


def test_nothing_is_published_after_today_and_nothing_told_before_it_happened(few):
    row = edit(few, "sources", "published", "2026-11-30")
    failures = validate(few, today="2026-11-29")
    assert only([f for f in failures if f.table == "sources"]).rule.endswith(
        "after 2026-11-29, the day of this check"
    )
    assert [f.row for f in failures if f.table == "sources"] == [row]
    assert [f for f in validate(few, today="2026-11-30") if f.table == "sources"] == []


def test_a_window_without_a_date_of_its_source_ends_before_today(few):
    reading = read(few, "readings")[1]
    sources = read(few, "sources")
    for source in sources:
        if source["source_id"] == reading["source_id"]:
            source |= {"published": "", "notes": "undated"}
    write(few, "sources", sources)
    assert [f for f in validate(few, today="2020-12-31") if f.row == reading["reading_id"]] == []
    failures = [f for f in validate(few, today="2020-12-30") if f.row == reading["reading_id"]]
    assert "must not be after its source's date (or today)" in only(failures).rule


def test_a_value_that_its_print_does_not_show_fails_unless_it_is_explained(few):
    printed = read(few, "readings")[1]["value"]
    row = edit(few, "readings", "value", f"{printed}000")
    failure = only(validate(few, more=[unexplained]))
    assert (failure.table, failure.row, failure.column) == ("readings", row, "value")
    assert f"is not what as_printed shows ({printed})" in failure.rule
    reason = {"reading_id": row, "what": "value", "row": f"{printed}000", "parsed": printed, "reason": "x"}
    write(few, "disagreements", [*read(few, "disagreements"), reason])
    assert {f.rule[:18] for f in validate(few, more=[unexplained])} == {"the tables changed"}
    edit(few, "disagreements", "parsed", "1", -1)
    assert f"must be what as_printed shows: {printed}" in only(validate(few, more=[unexplained])).rule


def test_a_disagreement_that_is_none_is_named(few):
    reading = read(few, "readings")[1]
    listed = {
        "reading_id": reading["reading_id"],
        "what": "unit",
        "row": reading["unit"],
        "parsed": "x",
        "reason": "x",
    }
    write(few, "disagreements", [*read(few, "disagreements"), listed])
    assert "explains nothing" in only(validate(few, more=[unexplained])).rule
    write(few, "disagreements", [*read(few, "disagreements"), listed])
    assert (
        sum(
            f.rule.startswith("must not stand in two rows with the same reading_id, what")
            for f in validate(few)
        )
        == 2
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_rows_where_none_cannot_be_right(few, table):
    write(few, table, [])
    failures = [f for f in validate(few) if f.table == table]
    assert bool(failures) != TABLES[table].may_be_empty
    assert all("holds no rows" in f.rule for f in failures)


def test_a_cell_that_cannot_be_read_as_its_type_is_named_by_the_loader(few):
    for table, column, cell in (("readings", "value", "１２３"), ("cases", "suspects", "1" + "0" * 20)):
        row = edit(few, table, column, cell)
        with pytest.raises(InputError, match=f"{table}.csv, row {row}, column {column}: '{cell}' is not"):
            analysis.load(few)
        edit(few, table, column, "1")


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
    "a cell that a terminal would obey": lambda folder: edit(folder, "readings", "notes", "\x1b[2J\x07"),
    "a broken descriptor": lambda folder: (folder / "datapackage.json").write_text("{"),
}


@pytest.mark.parametrize("what", BREAK)
def test_the_command_says_it_in_a_sentence_and_exits_1(few, what, monkeypatch, capfd):
    before = {path: path.stat().st_mtime_ns for path in few.iterdir()}
    BREAK[what](few)
    monkeypatch.setattr(sys, "argv", ["analysis", "validate", str(few)])
    with pytest.raises(SystemExit) as end:  # in this process: the test below has one of its own
        main()
    done = capfd.readouterr()
    assert end.value.code == 1
    assert "failures in" in done.err
    assert "Traceback" not in done.out + done.err
    assert "\x1b" not in done.out + done.err
    after = {path: path.stat().st_mtime_ns for path in few.iterdir()}
    assert sum(after.get(path) != time for path, time in before.items()) == 1  # only what the test broke


def test_the_command_passes_the_real_data_and_refuses_a_missing_folder(tmp_path):
    assert run("validate").returncode == 0
    done = run("validate", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no data folder at" in done.stderr


def test_a_missing_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="There is no data folder"):
        validate(tmp_path / "nowhere")


def test_an_edition_follows_a_first_one(few):
    first, second, third = (row["measure_id"] for row in read(few, "measures")[:3])
    edit(few, "measures", "edition_of", first, 1)
    assert not [one for one in validate(few) if one.column == "edition_of"]
    edit(few, "measures", "edition_of", second, 2)
    failure = only([one for one in validate(few) if one.column == "edition_of"])
    assert (failure.row, failure.rule) == (third, "must be the first edition, which is an edition of nothing")
    edit(few, "measures", "edition_of", third, 2)
    assert only([one for one in validate(few) if one.column == "edition_of"]).row == third
