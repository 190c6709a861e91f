"""Loading: types, lightness, and a sentence for what cannot be read."""

import subprocess
import sys

import pandas as pd
import pytest

import analysis
from analysis.dataset.tables import TABLES
from analysis.errors import InputError


def test_columns_have_their_types(data):
    for name, table in TABLES.items():
        frame = data.table(name)
        for field in table.fields:
            dtype = frame[field.name].dtype
            if field.type == "date":
                assert pd.api.types.is_datetime64_dtype(dtype), field
            elif field.type == "number":
                assert dtype == "float64", field
            elif field.type == "integer":
                assert dtype == "Int64", field
            elif field.type == "category":
                assert isinstance(dtype, pd.CategoricalDtype), field
            else:
                assert pd.api.types.is_string_dtype(dtype), field


def test_a_known_row_reads_as_it_stands(data):
    row = data.readings.set_index("reading_id").loc["plat-seed0-02"]
    assert (row["value"], row["hedge"], row["unit"]) == (11000, "more_than", "case")
    assert (row["window_start"], row["window_end"]) == (
        pd.Timestamp("2020-05-01"),
        pd.Timestamp("2020-11-09"),
    )


def test_blank_dates_and_numbers_are_missing_and_blank_text_is_empty(data):
    row = data.readings.set_index("reading_id").loc["plat-seed0-06"]
    assert pd.isna(row["window_start"])
    assert pd.isna(row["value_high"])
    case = data.cases.set_index("case_id").loc["sd-2020-0508-phones"]
    assert case["suspects"] is pd.NA
    assert case["items"] == 1000
    assert case["brands"] == ""


def test_repr_names_version_and_rows(data):
    assert data.version in repr(data)
    assert data.fingerprint[:12] in repr(data)
    assert f"{len(data.readings):,} rows" in repr(data)
    with pytest.raises(InputError, match="There is no table 'observations'"):
        data.table("observations")


def test_loading_does_not_import_the_rules():
    code = "import sys; from analysis.dataset import load; load(); sys.exit('analysis.dataset.rules' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",65300,", ",65.300.000,", "column value: '65.300.000' is not a number"),
        (
            ",2020-01-01,2020-12-31,,flow,6.53万次",
            ",1 May 2020,2020-12-31,,flow,6.53万次",
            "not a date YYYY-MM-DD",
        ),
        ("reading_id,reporter", "reading_id,counter", "column reporter is missing"),
    ],
)
def test_an_unreadable_table_is_a_sentence(folder, old, new, sentence):
    path = folder / "readings.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        analysis.load(folder)


def test_a_folder_without_a_version_is_refused(folder):
    (folder / "datapackage.json").write_text("{}")
    with pytest.raises(InputError, match="holds no version"):
        analysis.load(folder)


def test_of_a_part_no_other_table_can_be_asked(data):
    few = data.only(["readings"])
    assert few.readings.equals(data.readings)
    with pytest.raises(KeyError):
        few.sources["source_id"]
