"""The tables in data/ themselves: complete, valid, guarded by their version."""

import csv
import hashlib
import json
import re
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from analysis.dataset import dimensions, package, versions
from analysis.dataset.codebook import codebook
from analysis.dataset.dimensions import WORKING_NOTES
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.readings import agreement, summary

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FIRST_PARTS = getattr(dimensions, "FIRST_PARTS", {})

B2 = 1530  # figures of the further borders, merged for 0.4.0
# What the first merge held, counted before it. A row may be merged into another (its id is then in aliases.csv) or
# left out with a reason, never lost: rows and retired ids together only grow.
AT_LEAST = {
    "readings": 4913 + B2 + 1147 + 370,
    "cases": 367 + 84,
    "measures": 201 + 23 + 36,
    "context": 606
    + 1648
    + 551
    + 15
    + 439,  # after the first: trade by origin, exchange rates, justice, people
    "sources": 1714 - 15 + 298 + 254 + 128 - 2,  # 19 ids met twice, of which 17 were the same document
}
# The first part of a reading's id says in which strand it was collected; `add` is for rows added one by one.
AT_LEAST_BY_STRAND = {
    "adm": 902,
    "jus": 916,
    "uscbp": 826,
    "plat": 651,
    "police": 541,
    "pc": 85,
    "b2": B2,
    "j2": 1147,
    "p2": 370,
    "add": 0,
}
CUSTOMS = ["jp", "kr", "hk", "eu", "euint", "euall", "euipo", "europol", "be", "de", "es", "fr", "lu", "uk"]
CUSTOMS += ["oecd", "wco", "us"]
AT_LEAST_OF_CUSTOMS = 992
BORDER_LINES = 4583


def retired(data, table):
    """The ids of a table that another id stands for now."""
    return data.aliases[(data.aliases["table"] == table) & (data.aliases["kind"] != "renamed")]


def test_every_row_obeys_every_rule():
    assert validate() == []


def accounted(data, table):
    """Every id of a table that is a row, stands in another, or was left out."""
    ids = [data.table(table)[TABLES[table].id], retired(data, table)["alias_id"]]
    if table == "readings":
        ids.append(data.left_out["collected_id"])
    return pd.concat(ids, ignore_index=True)


@pytest.mark.parametrize("table", AT_LEAST)
def test_every_collected_row_is_there_or_merged_or_left_out(data, table):
    ids = accounted(data, table)
    assert not ids.duplicated().any(), "an id is a row and retired, or retired twice"
    assert len(ids) >= AT_LEAST[table]


def test_every_strand_is_known_and_whole(data):
    first = accounted(data, "readings").str.split("-").str[0]
    known = {*AT_LEAST_BY_STRAND, *CUSTOMS, *(part for parts in FIRST_PARTS.values() for part in parts)}
    assert set(first) <= known
    counts = first.value_counts()
    for strand, rows in AT_LEAST_BY_STRAND.items():
        assert counts.get(strand, 0) >= rows, strand
    assert first.isin(CUSTOMS).sum() >= AT_LEAST_OF_CUSTOMS


def test_a_retired_id_leads_to_a_living_one_and_is_not_used_again(data):
    for table, rows in data.aliases.groupby("table", observed=True):
        living = set(data.table(table)[TABLES[table].id])
        assert set(rows["kept_id"]) <= living, table
        assert not set(rows["alias_id"]) & living, table


def test_a_repeated_figure_keeps_its_further_source(data):
    repeated = data.aliases[(data.aliases["table"] == "readings") & (data.aliases["kind"] == "repeated")]
    assert len(repeated) > 40
    linked = set(data.readings_sources["reading_id"])
    assert (
        repeated["kept_id"].isin(linked).mean() > 0.9
    )  # the rest stood in a source that became the same one


def test_the_founding_articles_readings_are_alive(data):
    seeds = data.readings["reading_id"].str.extract(r"^plat-seed(\d)-")[0].value_counts().to_dict()
    assert seeds == {"0": 6, "1": 10, "2": 9, "3": 10, "4": 14}


def test_the_us_table_is_whole(data):
    assert len(data.border_lines) == BORDER_LINES
    assert (data.border_lines["msrp_usd"] >= 0).all()


def test_enough_series_hypotheses_conflicts_and_breaks(data):
    assert len(data.series) >= 90
    assert len(data.hypotheses) >= 40
    assert len(data.conflicts) >= 200
    assert len(data.breaks) >= 20


def test_no_reading_belongs_to_two_series_of_one_title(data):
    assert not data.series["title"].duplicated().any()


def test_every_reading_went_a_mapped_way(data):
    fields = [
        name for name in TABLES["scopes"].columns if name in data.readings.columns and name != "readings"
    ]
    mapped = set(data.scopes[fields].astype(str).itertuples(index=False, name=None))
    assert set(data.readings[fields].astype(str).itertuples(index=False, name=None)) <= mapped
    assert data.scopes["readings"].sum() == len(data.readings)


def test_the_changelog_holds_the_hash_of_the_registered_hypotheses():
    registered = hashlib.sha256((DATA / "hypotheses.csv").read_bytes()).hexdigest()
    assert registered in (ROOT / "CHANGELOG.md").read_text()


def test_no_natural_person_is_named(data):
    """A guard for what the curators removed: bylines, speakers and officials met while reading the sources."""
    byline = r"\b(?:[Rr]eporters?|[Bb]yline|journalist|correspondent)s?:? +[A-Z][a-z]+ [A-Z][a-z]+"
    for name in ("sources", "readings", "cases", "measures"):
        frame = data.table(name)
        for column in ("title", "publisher", "notes", "name", "locator"):
            if column in frame:
                found = frame[frame[column].astype(str).str.contains(byline, regex=True)]
                assert found.empty, found[[TABLES[name].id, column]].to_dict("records")


def test_a_source_id_met_in_two_strands_became_one_or_two(data):
    ids = set(data.sources["source_id"])
    assert "xinhua-2011-07-12-special-campaign" in ids  # one address: one source
    for strand in ("administrative", "justice"):  # two addresses: the strand is part of the id
        assert f"xinhua-2017-04-25-sipo-2016-{strand}" in ids
        assert f"xinhua-2013-03-21-ipr-2012-{strand}" in ids
    assert "xinhua-2017-04-25-sipo-2016" not in ids


def test_readings_have_the_columns_that_later_work_relies_on(data):
    columns = ["reading_id", "reporter", "jurisdiction", "programme", "indicator", "scope_as_collected"]
    columns += [
        "channel",
        "value",
        "value_high",
        "unit",
        "hedge",
        "window_start",
        "window_end",
        "window_note",
    ]
    columns += ["kind", "as_printed", "source_id", "locator", "notes"]
    assert list(data.readings.columns)[: len(columns)] == columns
    dimensions = set(SERIES_KEYS) | {"origin_basis", "relation_base", "window_basis"}
    assert dimensions <= set(data.readings.columns)


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


def worded(data):
    """The readings whose wording is that of the print."""
    return data.readings[~data.readings["notes"].str.startswith(WORKING_NOTES)]


def test_where_print_and_row_disagree_is_listed_with_a_reason(data):
    checked = agreement(worded(data))
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
    share = summary(agreement(worded(data)))["share"]
    assert share["value"] > 0.99
    assert share["value_unaided"] > 0.96
    assert share["unit"] > 0.975
    assert share["hedge"] > 0.99
