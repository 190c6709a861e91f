"""Series as readers take them away: the numbers of the charts, what must be known of them, and no cell that runs."""

import csv
import dataclasses
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from analysis.building.series_downloads import findings_file, json_file, series_files, table_file
from analysis.building.workbook import write_workbook
from analysis.dataset import Dataset
from analysis.dataset.files import read_json
from analysis.errors import InputError
from analysis.publish.bands import band
from analysis.publish.citation import bibtex, citation
from analysis.publish.dataset_metadata import croissant, schema_org
from analysis.publish.estimates import too_wide
from analysis.publish.findings import COMPUTED, Finding
from analysis.publish.links import source_words
from analysis.publish.pages.record.years import unit_rows
from analysis.publish.series_metadata import COLUMNS, series_metadata
from analysis.publish.series_tables import months_of, units_to_estimate, years_of
from analysis.series import breaks_of, printed_years, readings_of, units_of

openpyxl = pytest.importorskip("openpyxl")
NAMES = ("mps-cases-solved", "us-seizures")
HOSTILE = '=HYPERLINK("http://x.example")<script>alert(1)</script>'


@pytest.fixture(scope="module")
def yearly(data: Dataset) -> pd.DataFrame:
    return pd.concat([years_of(data, name) for name in NAMES], ignore_index=True)


@pytest.fixture(scope="module")
def monthly(data: Dataset) -> pd.DataFrame:
    return pd.concat([months_of(data, name) for name in NAMES], ignore_index=True)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", NAMES)
def test_years_are_those_of_the_charts(name: str, data: Dataset, yearly: pd.DataFrame):
    rows = yearly[yearly["series"] == name].assign(
        year=lambda frame: frame["period"].str.removeprefix("FY").astype(int)
    )
    printed = printed_years(data, name).table
    told = rows[rows["printed"].notna()]
    assert list(told["year"]) == list(printed["year"])
    assert list(told["printed"]) == list(printed["value"].astype(float))
    assert [one.split(";")[0] for one in told["reading_ids"]] == list(printed["reading_id"])
    drawn = band(data, name).set_index("year")
    estimated = rows[rows["estimate"].notna()].set_index("year")
    assert list(estimated.index) == list(drawn.index)
    assert (estimated[["lower", "upper"]] == drawn[["lower", "upper"]].astype(float)).all(axis=None)
    assert not too_wide(estimated["lower"], estimated["upper"]).any()
    assert rows["period"].str.startswith("FY").all() == (name == "us-seizures")


@pytest.mark.parametrize(
    "name",
    [
        "jp-cases-by-origin/CN",
        "us-seizures-by-mode/express",
        "us-lines-by-mode/mail",
        "prov-police-cases/CN-BJ",
    ],
)
def test_units_are_told_as_a_series_of_their_own_would_be(name: str, data: Dataset):
    """Two ways: from the rows that a release gives to series, and from the readings as single series are made."""
    rows = unit_rows(data, name.partition("/")[0])
    mine = rows[rows["series"] == name].reset_index(drop=True)
    other = years_of(data, name)
    if name not in units_to_estimate(data):
        assert mine["estimate"].isna().all()
        other = other[other["printed"].notna()].reset_index(drop=True)
    columns = ["period", "printed", "low", "high"]
    if name in units_to_estimate(data):
        assert mine["estimate"].notna().any()
        columns += ["estimate", "lower", "upper", "informed"]
    pd.testing.assert_frame_equal(mine[columns], other[columns], check_dtype=False)
    assert [set(one.split(";")) for one in mine["reading_ids"]] == [
        set(one.split(";")) for one in other["reading_ids"]
    ]


def test_a_family_has_its_metadata_with_its_units(data: Dataset):
    told = json.loads(json_file(series_metadata(data, "jp-cases-by-origin")))
    assert told["by"] == "origin"
    assert set(told["units"]) == set(units_of(data, "jp-cases-by-origin"))
    assert sum(one["readings"] for one in told["origins"]) == told["readings"]
    assert "jp-cases-by-origin" in told["citation"]


def test_a_period_that_nobody_prints_names_readings_that_reach_into_it(data: Dataset, yearly: pd.DataFrame):
    alone = yearly[yearly["printed"].isna() & (yearly["series"] == NAMES[0])].iloc[0]
    rows = readings_of(data, NAMES[0]).set_index("reading_id").loc[alone["reading_ids"].split(";")]
    year = int(alone["period"])
    assert (rows["window_start"].fillna(rows["window_end"]).dt.year <= year).all()
    assert (rows["window_end"].dt.year >= year).all()


def test_a_printed_month_has_the_window_of_a_month(data: Dataset, monthly: pd.DataFrame):
    rows = data.readings.set_index("reading_id")
    for _, row in monthly[monthly["printed"].notna()].iterrows():
        reading = rows.loc[row["reading_ids"].split(";")[0]]
        assert reading["value"] == row["printed"]
        assert f"{reading['window_start']:%Y-%m-%d}" == f"{row['period']}-01"
        assert (reading["window_end"] + pd.Timedelta(days=1)).day == 1
    assert monthly["period"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])").all()


def test_files_hold_the_tables_and_each_series_has_its_own(data: Dataset, yearly, monthly):
    files = series_files(data, NAMES, yearly, monthly)
    assert set(files) == {
        "data/series_yearly.csv", "data/series_monthly.csv",
        *(f"series/{name}{end}" for name in NAMES for end in (".csv", ".metadata.json")),
    }  # fmt: skip
    told = rows_of(files["data/series_yearly.csv"])
    assert len(told) == len(yearly)
    assert set(told[0]) == set(COLUMNS)
    for name in NAMES:
        own = rows_of(files[f"series/{name}.csv"])
        assert own == [row for row in told if row["series"] == name] + [
            row for row in rows_of(files["data/series_monthly.csv"]) if row["series"] == name
        ]
        for row in own:
            if row["estimate"]:
                assert float(row["lower"]) <= float(row["estimate"]) <= float(row["upper"])
                assert 0 <= float(row["informed"]) <= 1
    assert files == series_files(data, NAMES, yearly, monthly)


@pytest.mark.parametrize("name", NAMES)
def test_metadata_name_every_source_break_and_version(name: str, data: Dataset):
    told = json.loads(json_file(series_metadata(data, name)))
    readings = readings_of(data, name)
    assert {one["id"] for one in told["origins"]} == set(readings["source_id"])
    assert sum(one["readings"] for one in told["origins"]) == len(readings) == told["readings"]
    for one in told["origins"]:
        assert one["copy"] == source_words(data, one["id"]).copy
        assert not one["copy"] or one["host"] in one["label"]
    assert [one["date"] for one in told["breaks"]] == [
        f"{day:%Y-%m-%d}" for day in breaks_of(data, name)["date"]
    ]
    assert told["fingerprint"] == data.fingerprint
    assert name in told["citation"]
    assert data.version in told["citation"]
    assert told["caveats"]


def test_hostile_text_stays_text_in_csv_json_and_workbook(data: Dataset, tmp_path: Path):
    name = NAMES[0]
    hostile = dataclasses.replace(
        data,
        series=data.series.assign(caveats=HOSTILE, counts=HOSTILE),
        sources=data.sources.assign(title=HOSTILE),
    )
    told = json.loads(json_file(series_metadata(hostile, name)))
    assert told["caveats"] == HOSTILE
    assert {one["title"] for one in told["origins"]} == {HOSTILE}
    frame = pd.DataFrame({"series": [HOSTILE], "printed": [1.5]})
    assert rows_of(table_file(frame)) == [{"series": f"'{HOSTILE}", "printed": "1.5"}]
    book = openpyxl.load_workbook(write_workbook({"s": frame}, tmp_path / "w.xlsx", title="t"))
    assert (book["s"]["A2"].value, book["s"]["A2"].data_type) == (f"'{HOSTILE}", "s")


def test_the_workbook_is_readable_typed_and_the_same_at_every_build(tmp_path: Path):
    frame = pd.DataFrame(
        {"printed": ["1.1万余", "\x00-5", "=1+1"], "value": [11000.0, -5.5, float("nan")],
         "day": pd.to_datetime(["2020-05-01", None, "2021-01-31"])}
    )  # fmt: skip
    first, second = (write_workbook({"tables": frame}, tmp_path / f"{n}.xlsx", title="T") for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb"W3CDTF\">([^<]*)<", packed.read("docProps/core.xml"))) == {
            b"1980-01-01T00:00:00Z"
        }
    sheet = openpyxl.load_workbook(first)["tables"]
    read = list(sheet.iter_rows(min_row=2, values_only=True))
    assert read == [("1.1万余", 11000, "2020-05-01"), ("-5", -5.5, None), ("'=1+1", None, "2021-01-31")]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A2"


def test_a_workbook_without_sheets_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match="needs sheets"):
        write_workbook({}, tmp_path / "w.xlsx", title="t")


def test_findings_keep_interval_and_trail_and_an_open_end_is_null(data: Dataset):
    one = Finding(
        "n", "Head", "Sentence 余.", "5", 5, float("inf"), "case", COMPUTED, ("adm-0001",), "evidence"
    )
    content = findings_file(data, [one])
    told = json.loads(content)
    assert told["fingerprint"] == data.fingerprint
    assert told["findings"] == [dataclasses.asdict(one) | {
        "high": None, "readings": ["adm-0001"], "hypotheses": [], "series": [], "badge": COMPUTED,
    }]  # fmt: skip
    assert "余".encode() in content


# What the Croissant format 1.0 asks of a dataset, its files and its records (docs.mlcommons.org/croissant).
ASKED = {
    "type": "object",
    "required": [
        "@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished",
        "distribution", "recordSet",
    ],
    "properties": {
        "@type": {"const": "sc:Dataset"},
        "conformsTo": {"const": "http://mlcommons.org/croissant/1.0"},
        "datePublished": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "version": {"pattern": r"^\d+\.\d+\.\d+$"},
        "distribution": {
            "minItems": 1,
            "items": {
                "required": ["@type", "@id", "name", "contentUrl", "encodingFormat", "sha256"],
                "properties": {"@type": {"const": "cr:FileObject"}, "sha256": {"pattern": "^[0-9a-f]{64}$"}},
            },
        },
        "recordSet": {
            "minItems": 1,
            "items": {
                "required": ["@type", "@id", "name", "field"],
                "properties": {
                    "field": {
                        "minItems": 1,
                        "items": {
                            "required": ["@type", "@id", "name", "dataType", "source"],
                            "properties": {
                                "dataType": {"enum": ["sc:Text", "sc:Integer", "sc:Float", "sc:Date"]},
                                "source": {"required": ["fileObject", "extract"]},
                            },
                        },
                    }
                },
            },
        },
    },
}  # fmt: skip


def test_the_dataset_is_told_to_machines_in_the_published_form(data: Dataset):
    package = read_json(data.path / "datapackage.json")
    files = {
        one["path"]: (one["bytes"], hashlib.sha256((data.path / one["path"]).read_bytes()).hexdigest())
        for one in package["resources"]
    }
    made = croissant(package, citation(data), files)
    jsonschema.validate(made, ASKED)
    known = {one["@id"] for one in made["distribution"]}
    heads = {name: (data.path / name).read_text(encoding="utf-8").split("\n")[0].split(",") for name in known}
    ids = [field["@id"] for records in made["recordSet"] for field in records["field"]]
    assert len(ids) == len(set(ids)) == sum(map(len, heads.values()))
    for records in made["recordSet"]:
        for field in records["field"]:
            file = field["source"]["fileObject"]["@id"]
            assert field["source"]["extract"]["column"] in heads[file]
    told = schema_org(package, citation(data), files)
    assert {"name", "description", "license", "creator", "distribution", "version"} <= set(
        told
    )  # Google asks for them
    assert 50 <= len(told["description"]) <= 5000
    assert {one["contentUrl"] for one in told["distribution"]} == set(files)


def test_a_citation_names_version_and_fingerprint_and_bibtex_is_whole(data: Dataset):
    for words in (citation(data), bibtex(data)):
        assert data.version in words
        assert data.fingerprint[:16] in words
    entry = bibtex(data)
    assert re.fullmatch(r"@misc\{[\w]+,\n(  \w+ = \{.*\},\n)+\}\n", entry)
    assert entry.count("{") == entry.count("}")
