"""Whatever a file holds, a sentence says what is wrong with it, where, and what would be right: never a traceback."""

import csv
import os
import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
from analysis.dataset import versions
from analysis.dataset.files import MOST_BYTES, read_rows
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import Failure, validate
from analysis.errors import InputError
from analysis.readings.agreement import unexplained
from tests.dataset.small import RELEASED

UTF8_MARK = b"\xef\xbb\xbf"


@pytest.fixture(autouse=True)
def widest_cell():
    """The limit of Python's csv; a library that other tests import lifts it."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


def change(folder: Path, name: str, how) -> None:
    """Change the bytes of a file."""
    path = folder / name
    path.write_bytes(how(path.read_bytes()))


def told(folder: Path) -> list[Failure]:
    """What validation says, the guard of the version aside."""
    return [
        f for f in validate(folder, today=RELEASED, more=[unexplained]) if "the tables changed" not in f.rule
    ]


def upper_header(raw: bytes) -> bytes:
    head, rest = raw.split(b"\n", 1)
    return head.upper() + b"\n" + rest


def wide(raw: bytes) -> bytes:
    return raw + b"z,z,z,z,z," + b"x" * 200_000 + b"\n"


FILES = {
    "semicolons": (
        lambda raw: raw.replace(b",", b";"),
        "separated by semicolons; save it as CSV UTF-8 with commas",
    ),
    "tabs": (lambda raw: raw.replace(b",", b"\t"), "separated by tabs; save it as CSV UTF-8 with commas"),
    "bars": (lambda raw: raw.replace(b",", b"|"), "separated by bars; save it as CSV UTF-8 with commas"),
    "upper case": (upper_header, "'MEASURE_ID' must be written measure_id"),
    "a space": (lambda raw: raw.replace(b",title,", b", title,", 1), "' title' must be written title"),
    "twice": (lambda raw: raw.replace(b",title,", b",title,title,", 1), "column title is given twice"),
    "unnamed": (lambda raw: raw.replace(b",title,", b",title,,", 1), "column without a name is not declared"),
    "unknown": (lambda raw: raw.replace(b",title,", b",title,colour,", 1), "column colour is not declared"),
    "order": (lambda raw: raw.replace(b",title,kind,", b",kind,title,", 1), "columns are out of order"),
    "NULs": (lambda _: b"\0" * 5000, "line 1: holds a NUL character"),
    "a NUL": (lambda raw: raw.replace(b"\n", b"\n\0", 1), "line 2: holds a NUL character"),
    "a wide cell": (wide, "a cell holds more than 131,072 characters"),
    "a wide header": (lambda raw: b"h" * 200_000 + raw, "line 1: a cell holds more than 131,072 characters"),
    "an open quote": (lambda raw: raw + b'zz,"open,\n', "not CSV"),
    "text after a quote": (lambda raw: raw + b'zz,"one"two\n', "not CSV"),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
    "a lone surrogate": (lambda raw: raw + b"\xed\xa0\x80", "is not UTF-8"),
    "blank": (lambda _: b" \r\n\t", "the file is empty"),
    "spaces": (lambda raw: raw + b"   \n", "has 1 cells where the header has"),
    "only a mark": (lambda _: UTF8_MARK, "is missing"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_table_that_is_not_what_it_seems_is_told_in_a_sentence(few, what):
    how, sentence = FILES[what]
    change(few, "measures.csv", how)
    failures = told(few)
    assert failures
    assert {f.table for f in failures} == {"measures"}
    assert any(sentence in f.rule for f in failures), [str(f) for f in failures]
    with pytest.raises(InputError, match=r"^measures\.csv"):
        analysis.load(few)


@pytest.mark.parametrize(
    "how",
    [
        lambda raw: UTF8_MARK + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: UTF8_MARK + raw.replace(b"\n", b"\r\n") + b"\r\n\r\n",
        lambda raw: raw.rstrip(b"\n"),
    ],
    ids=["mark", "CRLF", "both", "no last line end"],
)
def test_what_a_spreadsheet_adds_by_itself_is_read(few, how):
    before = analysis.load(few).measures
    change(few, "measures.csv", how)
    assert told(few) == []
    assert analysis.load(few).measures.equals(before)


def test_a_line_separator_inside_a_cell_is_no_line_end(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a,b\none\u2028two,"three\x85\x0c\x1cfour\nfive"\n', encoding="utf-8")
    assert list(read_rows(path)) == [(1, ["a", "b"]), (3, ["one\u2028two", "three\x85\x0c\x1cfour\nfive"])]


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/at/all")


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def vast(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # no disk is taken


PLACES = {
    "a pipe": pipe,
    "a device": device,
    "vast": vast,
    "missing": Path.unlink,
    "a folder": folder_instead,
    "a dangling link": dangling,
    "a loop": loop,
}
NAMES = [
    "readings.csv",
    "glossary.csv",
    "versions.csv",
    "disagreements.csv",
    "distinct.csv",
    "datapackage.json",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", PLACES)
def test_a_file_that_is_none_is_told_in_a_sentence(few, name, what):
    PLACES[what](few / name)
    failure = next(f for f in told(few) if f.table == name.split(".")[0])
    assert failure.rule.startswith(f"{name}: ")
    assert any(
        word in failure.rule
        for word in ("is missing", "is a folder", "is a pipe", "a table holds at most", "cannot be read")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_may_not_be_read_is_told_in_a_sentence(few, name, monkeypatch):
    read = Path.read_bytes

    def refused(path):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    failure = next(f for f in told(few) if f.table == name.split(".")[0])
    assert "(Permission denied); mend its permissions" in failure.rule


@pytest.mark.parametrize("name", ["\0", "x" * 5000, "nowhere\x1b[2J"])
def test_a_folder_that_is_none_is_an_input_error(name):
    with pytest.raises(InputError, match=r"There is no data folder|is blank or no name") as error:
        validate(name)
    assert str(error.value).isprintable()


VERSIONS = {
    "no header": (lambda raw: raw.split(b"\n", 1)[1], "column version is missing"),
    "not UTF-8": (lambda raw: raw + b"\xff\xfe\n", "is not UTF-8"),
    "empty": (lambda _: b"", "the file is empty"),
    "header only": (lambda raw: raw.split(b"\n")[0] + b"\n", "holds no rows"),
    "a wide note": (lambda raw: raw + b"9.9.9,2026-01-01,abc," + b"n" * 200_000, "more than 131,072"),
    "twice": (
        lambda raw: raw + raw.strip().split(b"\n")[-1] + b"\n",
        "must not stand in two rows with the same version",
    ),
    "semicolons": (lambda raw: raw.replace(b",", b";"), "separated by semicolons"),
}


@pytest.mark.parametrize("what", VERSIONS)
def test_the_versions_in_any_state(few, what):
    how, sentence = VERSIONS[what]
    change(few, "versions.csv", how)
    assert any(f.table == "versions" and sentence in f.rule for f in told(few))
    with suppress(InputError):  # and nothing else
        versions.recorded(few)


DESCRIPTORS = {
    "a list": (lambda _: b"[1]", "must be a JSON object"),
    "a number": (lambda _: b'{"version": 3}', "holds no version"),
    "a blank version": (lambda _: b'{"version": ""}', "holds no version"),
    "nested": (lambda _: b"[" * 100_000, "nested too deeply"),
    "not UTF-8": (lambda _: b'{"version":"\xff"}', "is not UTF-8"),
    "two versions": (lambda raw: raw.replace(b"{", b'{"version":"0.1.0",', 1), "'version' is given twice"),
    "half a pair": (lambda _: b'{"version":"\\ud800"}', "cannot be read as JSON"),
    "a long number": (lambda _: b'{"version":"1.0.0","x":' + b"1" * 5000 + b"}", "cannot be read as JSON"),
    "cut off": (lambda raw: raw[: len(raw) // 2], "cannot be read as JSON"),
    "text": (lambda _: b"version 1", "line 1: cannot be read as JSON"),
    "an unknown version": (lambda _: b'{"version":"98.0.0"}', "is not recorded in versions.csv"),
    "another day": (lambda raw: raw.replace(b"2099-01-01T", b"2098-01-01T", 1), "is not that of version"),
    "no day": (lambda raw: raw.replace(b'"created": "', b'"created": "on ', 1), "is not that of version"),
    "another hash": (lambda raw: raw.replace(b'"hash": "sha256:', b'"hash": "sha256:0', 1), "is not that of"),
    "no resources": (lambda raw: raw.replace(b'"resources"', b'"sources"', 1), "is not that of version"),
    "another licence": (lambda raw: raw.replace(b"CC-BY-4.0", b"CC0-1.0", 1), "is not that of version"),
    "another path": (lambda raw: raw.replace(b'"path": "sources.csv"', b'"path": "../x"', 1), "restore"),
    "another type": (lambda raw: raw.replace(b'"type": "number"', b'"type": "string"', 1), "is not that of"),
    "another size": (lambda raw: raw.replace(b'"bytes": ', b'"bytes": 1', 1), "is not that of version"),
    "no profile": (lambda raw: raw.replace(b'"profile"', b'"profil"', 1), "is not that of version"),
    "a field more": (lambda raw: raw.replace(b"{", b'{"more": null,', 1), "is not that of version"),
    "odd resources": (lambda _: b'{"version":"99.0.0","resources":[1]}', "is not that of version"),
}


@pytest.mark.parametrize("what", DESCRIPTORS)
def test_the_descriptor_in_any_state(few, what):
    how, sentence = DESCRIPTORS[what]
    change(few, "datapackage.json", how)
    assert any(f.table == "datapackage" and sentence in f.rule for f in told(few)), [
        str(f) for f in told(few)
    ]


DISAGREEMENTS = {
    "garbage": (lambda _: b'\xff\x00garbage,,,\n"', "is not UTF-8"),
    "another header": (lambda _: b"a,b\n1,2\n", "column reading_id is missing"),
    "a row of another": (lambda raw: raw + b"nobody-1,value,1,2,x\n", "must be the reading_id of a row"),
    "no rows": (lambda raw: raw.split(b"\n")[0] + b"\n", "is not what as_printed shows"),
}


@pytest.mark.parametrize("what", DISAGREEMENTS)
def test_the_disagreements_in_any_state(few, what):
    how, sentence = DISAGREEMENTS[what]
    change(few, "disagreements.csv", how)
    assert any(sentence in f.rule for f in told(few))


def test_a_table_at_fault_is_named_and_the_others_are_asked_without_it(few):
    change(few, "sources.csv", lambda raw: raw.replace(b",", b";"))
    change(few, "glossary.csv", lambda raw: raw.replace(b",police,", b",,") if b",police," in raw else raw)
    assert {f.table for f in told(few) if f.row == "-"} == {"sources"}
    assert not any("source_id of a row" in f.rule for f in told(few))


EVERY_FILE = [*(f"{name}.csv" for name in TABLES), "versions.csv", "disagreements.csv", "datapackage.json"]
PIECES = st.one_of(
    st.binary(min_size=1, max_size=6),
    st.sampled_from(
        [b",", b'"', b"\n", b"\r", b"\0", b";", b"=", b"\xe2\x80\xa8", UTF8_MARK, "９".encode(), b"1e9"]
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(EVERY_FILE),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=4),
)
def test_no_corruption_of_bytes_ends_in_a_traceback(few, name, cuts):
    """Bytes are put in place of others at places anywhere in a file; whatever comes of it, both readers answer."""
    path = few / name
    raw = path.read_bytes()
    broken = raw
    for where, length, piece in cuts:
        at = int(where * len(broken))
        broken = broken[:at] + piece + broken[at + length :]
    path.write_bytes(broken)
    failures = validate(few, more=[unexplained])
    with suppress(InputError):  # and nothing else
        analysis.load(few)
    path.write_bytes(raw)
    assert all(str(failure).isprintable() for failure in failures)


def test_no_exchange_of_cells_ends_in_a_traceback(few):
    """Cells of a table are put into other columns of it, hundreds at once."""
    chance = random.Random(20261129)
    for name in ("readings", "cases", "series", "forecasts", "context"):
        rows = (few / f"{name}.csv").read_text(encoding="utf-8").split("\n")
        for number in range(1, len(rows) - 1, 2):
            cells = rows[number].split(",")
            chance.shuffle(cells)
            rows[number] = ",".join(cells)
        (few / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    assert validate(few, more=[unexplained])
