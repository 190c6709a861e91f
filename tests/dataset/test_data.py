"""The tables in data/ themselves: complete, valid, guarded by their version."""

import csv
import json
import re
from pathlib import Path

import frictionless
import pytest

import analysis
from analysis.dataset import package, versions
from analysis.dataset.codebook import codebook
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.schema import TABLES
from analysis.dataset.validate import validate
from analysis.readings import agreement, summary

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"

# What was collected: rows of each strand, counted before the merge. A row may be added, never lost.
COLLECTED = {"readings": 4913, "cases": 367, "measures": 201, "context": 606}
COLLECTED_BY_STRAND = {
    "adm": 902,
    "jus": 916,
    "uscbp": 826,
    "plat": 651,
    "police": 541,
    "pc": 85,
    "customs-eu-jp": 992,
}
STRANDS_OF_THEIR_OWN = {"adm", "jus", "uscbp", "plat", "police", "pc"}
# 1,714 rows of sources; 17 ids met twice, of which 15 were the same document.
COLLECTED_SOURCES = 1714 - 15


@pytest.fixture(scope="module")
def data() -> analysis.Dataset:
    return analysis.load()


def test_every_row_obeys_every_rule():
    assert validate() == []


@pytest.mark.parametrize(("table", "rows"), COLLECTED.items())
def test_every_collected_row_is_there(data, table, rows):
    assert len(data.table(table)) == rows


def test_every_collected_source_is_there(data):
    assert len(data.sources) == COLLECTED_SOURCES


def test_every_strand_is_there(data):
    first = data.readings["reading_id"].str.split("-").str[0]
    first = first.where(first.isin(STRANDS_OF_THEIR_OWN), "customs-eu-jp")
    assert first.value_counts().to_dict() == COLLECTED_BY_STRAND


def test_a_source_id_met_in_two_strands_became_one_or_two(data):
    ids = set(data.sources["source_id"])
    assert "xinhua-2011-07-12-special-campaign" in ids  # one address: one source
    for strand in ("administrative", "justice"):  # two addresses: the strand is part of the id
        assert f"xinhua-2017-04-25-sipo-2016-{strand}" in ids
        assert f"xinhua-2013-03-21-ipr-2012-{strand}" in ids
    assert "xinhua-2017-04-25-sipo-2016" not in ids


def test_readings_have_the_columns_that_later_work_relies_on(data):
    columns = (
        "reading_id reporter jurisdiction programme indicator scope_as_collected channel value value_high unit "
        "hedge window_start window_end window_note kind as_printed source_id locator notes"
    )
    assert " ".join(data.readings.columns) == columns


def test_at_least_25_series(data):
    assert len(data.series) >= 25


def test_every_row_has_a_trail(data):
    known = set(data.sources["source_id"])
    for name in ("readings", "cases", "measures", "context"):
        assert set(data.table(name)["source_id"]) <= known, name


def test_the_fingerprint_guards_the_version(data):
    assert versions.guard(DATA, data.version) is None
    recorded = versions.recorded(DATA)[data.version]["fingerprint"]
    assert fingerprint(DATA) == data.fingerprint == recorded
    assert json.loads((DATA / "datapackage.json").read_text())["fingerprint"] == recorded


def test_the_changelog_names_the_version_and_its_fingerprint(data):
    text = (ROOT / "CHANGELOG.md").read_text()
    section = re.split(r"^## ", text, flags=re.M)[1]
    assert section.startswith(data.version)
    assert data.fingerprint in section
    assert f"version: {data.version}\n" in (ROOT / "CITATION.cff").read_text()


def test_descriptor_and_codebook_are_the_generated_ones(data):
    written = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert written == package.describe(DATA, data.version, data.released)
    assert (DATA / "README.md").read_text(encoding="utf-8") == codebook(DATA, data.version, data.released)


def test_the_descriptor_is_a_valid_data_package():
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid
    assert report.stats["tasks"] == len(TABLES)


def test_files_are_as_declared():
    for name in TABLES:
        raw = (DATA / f"{name}.csv").read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
        assert not raw.startswith(b"\xef\xbb\xbf")


def test_no_sentence_of_a_source_is_stored(data):
    assert data.readings["as_printed"].str.split().str.len().max() <= 12


def test_where_print_and_row_disagree_is_listed_with_a_reason(data):
    checked = agreement(data.readings)
    found = {
        (row["reading_id"], what)
        for what in ("value", "unit", "hedge")
        for _, row in checked[checked[f"agrees_{what}"].eq(False).fillna(False)].iterrows()
    }
    with (DATA / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["reading_id"], row["what"]) for row in rows} == found
    assert all(row["reason"] for row in rows)


def test_print_and_row_agree_nearly_always(data):
    share = summary(agreement(data.readings))["share"]
    assert share["value"] > 0.99
    assert share["value_unaided"] > 0.97
    assert share["unit"] > 0.98
    assert share["hedge"] > 0.99
