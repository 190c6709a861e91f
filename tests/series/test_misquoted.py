"""Numbers often misquoted follow from the verdicts: the known five come out, looser retellings do not."""

import dataclasses

import pandas as pd
import pytest

from analysis.publish.pages.misquoted import misquoted_table
from analysis.series.misquoted import COLUMNS, misquoted
from analysis.series.pair_kinds import contradict, erring, pair_kinds

# Told wrongly: what to quote, and words of what it is not and what it is.
FIVE = {
    "jus-0176": ("jus-0705", "approved", "requested, received"),  # 5,256 arrests of 2012
    "jus-0252": (
        "jus-0622",
        "charged in court",
        "received by prosecutors",
    ),  # 11,675 of the first half of 2023
    "plat-sil2014-02": ("plat-bb2014-01", "2013-01-01 to 2014-11-30", "2014-09-30"),  # 90 million listings
    "police-0035": ("police-0023", "2021-04-23", "2020"),  # 21,000 cases of 2020
    "uscbp-0629": ("uscbp-0680", "FY 2020", "FY 2021"),  # 3.3 billion dollars
}


def made(data, *rows):
    """Return the dataset with these conflicts alone: (reading_a, reading_b, kind, verdict)."""
    columns = ["reading_a", "reading_b", "kind", "verdict"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.assign(conflict_id=frame["reading_a"] + ".vs." + frame["reading_b"], note="known")
    return dataclasses.replace(data, conflicts=frame[data.conflicts.columns])


@pytest.mark.parametrize("wrong", FIVE)
def test_the_known_five_come_out(data, wrong):
    quote, is_not, is_ = FIVE[wrong]
    found = misquoted(data)
    assert list(found.columns) == list(COLUMNS)
    row = found[found["readings"].str.split(";").map(lambda ids: wrong in ids)]
    assert len(row) == 1
    row = row.iloc[0]
    assert row["quote"] == quote
    if wrong != "plat-sil2014-02":  # listed under the first text that lends the wrong window
        assert is_not in row["is_not"]
    assert is_ in row["is"]
    assert row["told_in"]
    assert row["note"]


def test_a_print_to_quote_that_others_dispute_says_so(data):
    row = misquoted(data).set_index("readings").loc["police-0035"]
    assert {"police-0019", "police-0054"} <= set(row["disputed_by"].split(";"))


def test_only_verdicts_that_say_who_erred_make_a_row(data):
    pair = ("jus-0176", "jus-0705")
    assert misquoted(made(data, (*pair, "retelling", "quote_b")))["readings"].tolist() == ["jus-0176"]
    assert misquoted(made(data, (*pair, "retelling", "quote_a")))["readings"].tolist() == ["jus-0705"]
    assert misquoted(made(data, (*pair, "two_quantities", "quote_b")))["readings"].tolist() == ["jus-0176"]
    for kind, verdict in (("two_quantities", "quote_each"), ("official", "quote_b"), ("revision", "quote_b")):
        assert misquoted(made(data, (*pair, kind, verdict))).empty


def test_a_lost_hedge_is_no_misquoted_number(data):
    """380 million and more than 380 million listings, over the same twelve months."""
    assert misquoted(made(data, ("pc-0048", "plat-gt2016-01", "retelling", "quote_b"))).empty


def test_a_slip_names_the_right_number(data):
    row = misquoted(made(data, ("uscbp-0144", "uscbp-0145", "retelling", "quote_a"))).iloc[0]
    assert (row["error"], row["readings"], row["is"]) == (
        "number",
        "uscbp-0145",
        "a slip for 24,792 seizures",
    )


def test_a_pair_reads_the_same_whichever_side_is_written_first(data):
    one = made(data, ("jus-0705", "jus-0176", "retelling", "quote_a"))
    assert pair_kinds(one)["jus-0176", "jus-0705"].verdict == "quote_b"
    assert erring(one) == {"jus-0176"}


@pytest.mark.parametrize(
    ("kind", "verdict", "apart"),
    [
        ("official", "quote_a", True),
        ("unknown", "quote_both", True),
        ("retelling", "quote_a", False),
        ("two_quantities", "quote_each", False),
        ("revision", "quote_b", False),
    ],
)
def test_only_unresolved_pairs_contradict_each_other(data, kind, verdict, apart):
    dataset = made(data, ("x-1", "x-2", kind, verdict))
    ends = pd.DataFrame({"reading_id": ["x-1", "x-2"], "low": [10.0, 20.0], "high": [11.0, 21.0]})
    assert contradict(dataset, ends) is apart
    assert contradict(dataset, ends.assign(reading_id=["x-1", "x-3"]))  # what no table knows
    assert not contradict(dataset, ends.assign(high=[20.0, 21.0]))  # they meet


def test_what_is_told_wrongly_contradicts_nothing(data):
    dataset = made(data, ("x-1", "x-2", "retelling", "quote_a"))
    ends = pd.DataFrame({"reading_id": ["x-2", "x-3"], "low": [10.0, 20.0], "high": [11.0, 21.0]})
    assert not contradict(dataset, ends)


def test_the_table_shows_every_row(data):
    found = misquoted(data)
    assert misquoted_table(data)._repr_html_().count("<tr>") == len(found) + 1
