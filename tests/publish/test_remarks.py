"""The tables of remarks: read as they stand, and a fault in one is a sentence with its line."""

import re

import pytest

from analysis.errors import InputError
from analysis.publish.remarks import FOLDER, remarks


def write(folder, text):
    (folder / "cases.csv").write_text(text, encoding="utf-8")
    return folder


def test_rows_come_in_the_files_order_with_blanks_as_blank_text(tmp_path):
    folder = write(tmp_path, 'reading_id,remark\nb-2,"Odd, but printed."\na-1,\n')
    rows = remarks("cases", ["reading_id", "remark"], key="reading_id", folder=folder)
    assert rows == [
        {"reading_id": "b-2", "remark": "Odd, but printed."},
        {"reading_id": "a-1", "remark": ""},
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("reading_id,note\na-1,x\n", "columns are reading_id, note; they must be reading_id, remark"),
        ("reading_id,remark\na-1,one, two\n", "line 2: 3 cells where the header has 2"),
        ("reading_id,remark\n ,x\n", "line 2: reading_id is blank"),
        ("reading_id,remark\na-1,x\na-1,y\n", "line 3: reading_id 'a-1' stands twice"),
        ('reading_id,remark\na-1,"x\n', "not CSV"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, text, sentence):
    with pytest.raises(InputError, match=sentence):
        remarks("cases", ["reading_id", "remark"], key="reading_id", folder=write(tmp_path, text))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"cases\.csv: the file is missing"):
        remarks("cases", ["reading_id", "remark"], folder=tmp_path)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_the_readings_that_remarks_name_exist(data, path):
    named = set(
        re.findall(r"\b(?:plat|police|adm|pc|jus|uscbp)-[a-z0-9-]*\d\b", path.read_text(encoding="utf-8"))
    )
    assert named <= set(data.readings["reading_id"])
