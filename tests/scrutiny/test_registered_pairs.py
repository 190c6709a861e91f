"""What is registered is never changed; the pairs of 0.5.1 follow the rule of the codebook by which they were chosen."""

import hashlib
import re

import pytest

from analysis.dataset.code import ROOT
from analysis.scrutiny.first_look import printed_years
from analysis.scrutiny.hypothesis import period_of
from analysis.scrutiny.reach import touches
from analysis.series import definition

LATER = "Registered with 0.5.1."
HASHES = re.findall(r"`([0-9a-f]{64})`", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def later(data):
    rows = data.hypotheses.astype(str)
    return rows[rows["notes"].str.startswith(LATER)].to_dict("records")


def test_hypotheses_are_those_whose_hash_stands_in_the_changelog(data):
    raw = (ROOT / "data" / "hypotheses.csv").read_bytes()
    first = b"".join(line for line in raw.splitlines(keepends=True) if LATER.encode() not in line)
    for held in (raw, first):  # all, and those of 0.2.0 as they were then
        assert hashlib.sha256(held).hexdigest() in HASHES


def test_later_pairs_are_chosen_by_reach_and_length(data, later):
    years = printed_years(data)
    first = set(data.hypotheses["measure_id"]) - {row["measure_id"] for row in later}
    for row in later:
        at = int(row["at"])
        held = years[row["series_id"]]
        assert touches(data, row["measure_id"], row["series_id"]), row["hypothesis_id"]
        assert sum(year < at for year in held) >= 3, row["hypothesis_id"]
        assert sum(at <= year <= at + 2 for year in held) >= 2, row["hypothesis_id"]
        assert row["measure_id"] not in first
        assert sum(row["measure_id"] == other["measure_id"] for other in later) <= 2


def test_later_pairs_begin_with_the_measure_or_the_period_after(data, later):
    """A measure of the second half of a period that does not end in it is looked for from the next one on."""
    measures = data.measures.astype(str).set_index("measure_id")
    for row in later:
        own = measures.loc[row["measure_id"]]
        fiscal = definition(data, row["series_id"]).fiscal
        date = own["effective"] or own["announced"]
        (first, last) = period_of(date, fiscal=fiscal)
        month = int(date.split("-")[1]) if "-" in date else 1
        second_half = (month - 10) % 12 >= 6 if fiscal and "-" in date else month > 6
        ends = bool(own["ended"]) and period_of(own["ended"], fiscal=fiscal)[1] == first
        assert own["edition_of"] == ""
        assert first == last == int(row["at"]) - int(row["lag"]), row["hypothesis_id"]
        assert int(row["lag"]) == int(second_half and not ends), row["hypothesis_id"]


def test_a_pair_without_a_direction_is_of_a_measure_of_one_member_state(data, later):
    reach = data.measures.set_index("measure_id")["reach"].astype(str)
    assert {reach[row["measure_id"]] for row in later if row["direction"] == "either"} == {"ipr;border;AT"}
