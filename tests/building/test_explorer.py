"""What the Explorer draws: the rows of the downloads, the readings behind them, and what a count may be divided by."""

import csv
import io
import json
import re
from itertools import pairwise

import pandas as pd
import pytest

from analysis.building.explorer import DENOMINATORS, series_scripts
from analysis.building.explorer_readings import safe, verdicts_of
from analysis.building.series_downloads import table_file
from analysis.dataset import Dataset
from analysis.publish.series_tables import years_of
from analysis.series import breaks_of, definition, denominator, printed_years, readings_of

NAMES = ("mps-cases-solved", "spp-arrests-approved", "us-seizures", "us-share-cn-msrp")
CITE = "Somebody (2099): <script>"


@pytest.fixture(scope="module")
def yearly(data: Dataset) -> pd.DataFrame:
    return pd.concat([years_of(data, name) for name in NAMES], ignore_index=True)


@pytest.fixture(scope="module")
def files(data: Dataset, yearly: pd.DataFrame) -> dict[str, bytes]:
    return series_scripts(data, NAMES, yearly, CITE)


@pytest.fixture(scope="module")
def told(files: dict[str, bytes]) -> dict[str, dict]:
    """The content of each script, by the name under which it hands it over."""
    found = {}
    for name, content in files.items():
        call = re.fullmatch(r'explorer\.take\("([\w-]+)",(\{.*\})\);\n', content.decode("ascii"))
        assert call, name
        assert f"{call[1]}.js" == name
        found[call[1]] = json.loads(call[2])
    return found


def test_two_makings_are_the_same_bytes(data: Dataset, yearly: pd.DataFrame, files: dict[str, bytes]):
    assert series_scripts(data, NAMES, yearly, CITE) == files
    assert set(files) == {"index.js", *(f"{name}.js" for name in NAMES)}


@pytest.mark.parametrize("name", NAMES)
def test_years_are_the_rows_of_the_download(name: str, told: dict, yearly: pd.DataFrame):
    written = table_file(yearly[yearly["series"] == name]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len(rows) == len(told[name]["years"]) > 5
    columns = ("printed", "low", "high", "estimate", "lower", "upper", "informed")
    for row, (_, period, _, _, *numbers, ids) in zip(rows, told[name]["years"], strict=True):
        assert (period, ids) == (row["period"], row["reading_ids"])
        assert numbers == [float(row[one]) if row[one] else None for one in columns]


@pytest.mark.parametrize("name", NAMES)
def test_years_of_one_run_follow_one_another_and_are_counted_alike(name: str, told: dict, data: Dataset):
    years = [row for row in told[name]["years"] if row[4] is not None]
    anew = {first for _, _, first in told[name]["breaks"]}
    assert len(told[name]["breaks"]) == len(breaks_of(data, name))
    for before, after in pairwise(years):
        joined = before[2] == after[2]
        assert joined == (after[0] == before[0] + 1 and after[0] not in anew), after[1]


@pytest.mark.parametrize("name", NAMES)
def test_readings_have_their_window_and_the_taken_ones_are_the_printed_years(
    name: str, told: dict, data: Dataset
):
    rows = readings_of(data, name).set_index("reading_id")
    for one, print_, _, value, _, _, start, end, *_ in told[name]["readings"]:
        row = rows.loc[one]
        assert (print_, value) == (row["as_printed"], row["value"])
        assert (start, end) == (f"{row['window_start']:%Y-%m-%d}", f"{row['window_end']:%Y-%m-%d}")
    standing = {row[0]: row[8] for row in told[name]["readings"]}
    found = printed_years(data, name)
    assert {one for one, word in standing.items() if word == "taken"} == set(found.table["reading_id"])
    assert {one for one, word in standing.items() if word != "window"} == set(found.readings["reading_id"])


def test_a_count_is_divided_by_what_its_own_place_printed(told: dict, data: Dataset):
    index = told["index"]["denominators"]
    for name in NAMES:
        key = definition(data, name)
        for short, long in told[name]["per"]:
            assert long.split(".")[:2] == [short, key.jurisdiction]
            table = denominator(data, short, jurisdiction=key.jurisdiction, fiscal=key.fiscal)
            printed = table.dropna(subset=["value"])
            assert index[long]["years"] == {
                str(year): value for year, value in zip(printed["year"], printed["value"], strict=True)
            }
            assert index[long]["unit"] == DENOMINATORS[short].unit
            assert index[long]["sources"]
    assert "goods_imports_usd" in [short for short, _ in told["us-seizures"]["per"]]
    assert "online_retail_total" in [short for short, _ in told["mps-cases-solved"]["per"]]
    assert told["us-share-cn-msrp"]["per"] == []  # a share is no count


def test_a_control_is_of_the_same_counter_and_unit(told: dict, data: Dataset):
    assert "spp-all-arrests-approved" in told["spp-arrests-approved"]["controls"]
    key = definition(data, "spp-arrests-approved")
    for name in told["spp-arrests-approved"]["controls"]:
        other = definition(data, name)
        assert (other.reporters, other.unit, other.fiscal) == (key.reporters, key.unit, key.fiscal)


def test_of_several_verdicts_the_gravest_stands(data: Dataset):
    pairs = [("a", "b", "quote_a"), ("b", "c", "quote_b"), ("a", "c", "quote_each"), ("d", "e", "quote_both")]
    rows = data.table("conflicts").iloc[: len(pairs)].copy()
    rows[["reading_a", "reading_b", "verdict"]] = pairs
    assert verdicts_of(data.reduced(conflicts=rows)) == {
        "a": "quote for what it counts",
        "b": "do not quote",
        "c": "quote for what it counts",
        "d": "quote with the other print",
        "e": "quote with the other print",
    }


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.cbp.gov/x", True),
        ("sources.html#source-x", True),
        ("JaVaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_addresses_on_the_web_and_of_the_site_are_links(address: str, kept: bool):
    assert safe(address) == (address if kept else "")
