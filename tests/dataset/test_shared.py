"""What follows from some tables is made once for all datasets that hold them, and sees no other table."""

from dataclasses import replace

import pytest

from analysis.dataset.shared import shared


@pytest.fixture
def rows_of():
    calls = []

    @shared("readings", "sources")
    def rows_of(dataset, word=""):
        calls.append(word)
        return [len(dataset.readings), len(dataset.sources), word]

    return rows_of, calls


def test_made_once_for_every_dataset_of_the_same_tables(data, rows_of):
    make, calls = rows_of
    part = data.only(["readings", "sources", "series"])
    assert make(data) is make(part) is make(replace(data, version="9.9.9"))
    assert make(data, "a") is make(part, "a") is not make(data)
    assert calls == ["", "a"]


def test_other_rows_are_another_result(data, rows_of):
    make, _ = rows_of
    assert make(replace(data, readings=data.readings.iloc[:1]))[0] == 1
    assert make(data)[0] == len(data.readings)


def test_no_other_table_is_seen(data):
    @shared("readings")
    def peeking(dataset):
        return dataset.sources["source_id"]

    with pytest.raises(KeyError):
        peeking(data)


def test_the_tables_count_as_read_each_time(data, rows_of):
    make, _ = rows_of
    make(data)  # made before the dataset is watched
    asked = []

    class Watched(type(data)):
        def __getattribute__(self, name):
            asked.append(name)
            return super().__getattribute__(name)

    watched = Watched(**{name: getattr(data, name) for name in data.__dataclass_fields__})
    make(watched)
    assert {"readings", "sources"} <= set(asked)
