"""A version stands for its rows for ever."""

import pytest

import analysis
from analysis.dataset import versions
from analysis.dataset.release import release
from analysis.dataset.validate import validate
from analysis.errors import InputError


def add_note(folder):
    path = folder / "readings.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("growth of items over 2019", "growth of items"),
        encoding="utf-8",
    )


def test_a_release_records_the_new_fingerprint(folder):
    before = analysis.load(folder).fingerprint
    add_note(folder)
    after = release("9.1.1", "2026-12-01", "a note shortened", folder)
    data = analysis.load(folder)
    assert (data.version, data.fingerprint, data.released) == ("9.1.1", after, "2026-12-01")
    assert after != before
    assert list(versions.recorded(folder))[-1] == "9.1.1"
    assert "0.1.0" in versions.recorded(folder)
    assert after in (folder / "README.md").read_text()
    assert validate(folder) == []


def test_a_version_cannot_stand_for_other_rows(folder):
    add_note(folder)
    with pytest.raises(InputError, match=r"0\.1\.0 already stands for other rows"):
        release("0.1.0", "2026-12-01", "silently changed", folder)


@pytest.mark.parametrize(("version", "sentence"), [("0.0.9", "is not after"), ("next", "is not a version")])
def test_a_version_must_be_later_and_well_formed(folder, version, sentence):
    add_note(folder)
    with pytest.raises(InputError, match=sentence):
        release(version, "2026-12-01", "x", folder)


def test_nothing_is_written_when_a_row_breaks_a_rule(folder):
    path = folder / "readings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",65300,", ",-65300,"), encoding="utf-8")
    kept = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(InputError, match="nothing was written"):
        release("9.0.0", "2036-12-01", "x", folder)
    assert kept == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_the_order_of_versions_is_by_number(folder):
    versions.record(folder, "9.10.0", "2037-01-01", "ten")
    versions.record(folder, "9.9.0", "2036-12-31", "nine")
    assert list(versions.recorded(folder))[-2:] == ["9.9.0", "9.10.0"]
