"""What moved between two versions: rows, series, estimates; folders and revisions; one sentence for what is neither."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.dataset.older import load_older, tables_as_text
from analysis.errors import InputError
from analysis.publish.versions_listing import listing, tidy
from analysis.scrutiny.between_versions import between_versions, beyond_band, table_changes
from analysis.scrutiny.version_folders import version_folder

DATA = Path(__file__).resolve().parents[2] / "data"
SERIES, EXACT = "jp-cases", 2.0
GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="there is no git")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(folder, name, rows, columns=None):
    """Write rows as a table of a folder."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def package(folder, version, **tables):
    """Write a data package of some tables."""
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"version": version, "created": "2020-01-01"}))
    for name, rows in tables.items():
        put(folder, name, rows)
    return folder


@pytest.fixture
def two(tmp_path):
    """Two versions of Japan's counted cases: the later one drops a year, adds one and doubles one."""
    # beside the series a family, of which no reading is there: it is no series that could be longer
    asked = (SERIES, "jp-cases-by-origin")
    series = [row for row in rows_of(DATA / "series.csv") if row["series_id"] in asked]
    readings = [
        row
        for row in rows_of(DATA / "readings.csv")
        if row["reading_id"].startswith("jp-") and row["reading_id"].endswith("-cases-all")
        and row["window_start"][5:] == "01-01" and row["window_end"][5:] == "12-31"
    ]  # fmt: skip
    readings = sorted(readings, key=lambda row: row["window_start"])[:8]
    ids = {row["source_id"] for row in readings}
    sources = [row for row in rows_of(DATA / "sources.csv") if row["source_id"] in ids]
    alias = {"alias_id": readings[0]["reading_id"], "table": "readings", "kept_id": readings[1]["reading_id"]}
    aliases = [alias | {"kind": "repeated", "reason": "x"}]
    doubled = {**readings[4], "value": str(2 * int(readings[4]["value"])), "notes": "restated"}
    later = [row for row in readings[1:] if row is not readings[4]] + [doubled]
    first = {"sources": sources, "series": series, "readings": readings[:-1]}
    old = package(tmp_path / "old", "1.0.0", **first, aliases=[{**aliases[0], "alias_id": "jp-none"}])
    new = package(
        tmp_path / "new",
        "1.1.0",
        **(first | {"readings": sorted(later, key=lambda r: r["reading_id"])}),
        aliases=aliases,
    )
    return old, new, [row["window_start"][:4] for row in readings]


def text(**columns):
    return pd.DataFrame(columns, dtype="str")


def test_rows_are_counted_by_id_and_cells_by_column():
    before = text(id=["a", "b", "c", "d"], x=["1", "2", "3", "4"], y=["p", "q", "r", "s"], gone=list("...."))
    after = text(
        id=["b", "c", "d", "e", "f"],
        x=["2", "9", "9", "5", "6"],
        y=["q", "r", "z", "t", "u"],
        new=list("....."),
    )
    aliases = text(alias_id=["a"], table=["things"])
    frame = table_changes({"things": before}, {"things": after, "aliases": aliases}).set_index("table")
    row = frame.loc["things"]
    assert row[["before", "after", "added", "removed", "retired", "changed"]].tolist() == [4, 5, 2, 1, 1, 2]
    assert row[["columns", "new", "gone"]].tolist() == ["x 2; y 1", "new", "gone"]
    assert frame.loc["aliases", ["before", "after", "added"]].tolist() == [0, 1, 1]


def test_a_table_without_an_id_is_compared_by_whole_rows():
    before = text(id=["a", "a", "b"], x=["1", "2", "3"])
    after = text(id=["a", "a", "b", "b"], x=["1", "4", "3", "3"])
    row = table_changes({"lines": before}, {"lines": after}).iloc[0]
    assert row[["added", "removed", "changed"]].tolist() == [2, 1, 0]


def test_only_estimates_outside_their_old_band_moved_the_furthest_first():
    both = pd.DataFrame(
        {
            "series_id": "s", "period": [1, 2, 3, 4], "estimate": [100.0] * 4, "lower": [90.0] * 4,
            "upper": [110.0] * 4, "estimate_new": [110.0, 89.0, 150.0, 100.0],
        }
    )  # fmt: skip
    moved, compared = beyond_band(both)
    assert compared == 4
    assert moved["period"].tolist() == [3, 2]
    assert moved["ratio"].tolist() == pytest.approx([1.5, 0.89])


def test_series_and_estimates_of_two_folders(two):
    old, new, years = two
    found = between_versions(old, new, progress=False)
    assert (found.old, found.new, found.unsaid) == ("1.0.0", "1.1.0", "")
    readings = found.tables.set_index("table").loc["readings"]
    assert readings[["before", "after", "added", "removed", "retired", "changed"]].tolist() == [
        7,
        7,
        1,
        1,
        1,
        1,
    ]
    assert readings["columns"] == "value 1; notes 1"
    row = found.series.iloc[0]
    assert (row["series_id"], row["before"], row["after"]) == (SERIES, 7, 7)
    assert row["years"].split("; ") == [years[0], years[7]]
    moved = found.moved.set_index("period")
    assert moved.loc[moved.index.astype(str) == years[4], "ratio"].iloc[0] == pytest.approx(EXACT, rel=0.2)
    told = tidy(found)
    assert ["rows", "readings", "added", "", 1] in told.to_numpy().tolist()
    assert f"{len(found.moved)} of {found.compared}" in listing(found)


def test_a_version_with_other_columns_is_compared(two):
    old, new, _ = two
    readings = rows_of(old / "readings.csv")
    put(old, "readings", readings, [name for name in readings[0] if name not in ("detail", "printed_step")])
    series = rows_of(old / "series.csv")
    put(old, "series", series, [name for name in series[0] if name != "detail"])
    assert set(load_older(old).series["detail"]) == {"*"}
    found = between_versions(old, new, estimates=False, progress=False)
    assert found.unsaid == "Yearly estimates were not compared, as asked."
    assert found.tables.set_index("table").loc["readings", "new"] == "printed_step; detail"


def test_what_cannot_be_made_into_series_is_said_and_the_tables_are_compared(two):
    old, new, _ = two
    (old / "series.csv").unlink()
    found = between_versions(old, new, progress=False)
    assert found.unsaid.startswith("Series were not compared: series.csv is missing")
    assert found.unsaid in listing(found)
    assert found.tables.set_index("table").loc["readings", "changed"] == 1


def test_a_broken_file_is_a_sentence(two):
    old, new, _ = two
    path = old / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8") + "one,two\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"sources.csv, line \d+: 2 cells where the header has"):
        between_versions(old, new, progress=False)


@needs_git
def test_a_revision_is_unpacked_and_gone_afterwards(two, tmp_path):
    old = two[0]
    root = tmp_path / "project"
    shutil.copytree(old, root / "data")
    git = [GIT, "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "v1"]):
        subprocess.run([*git, *words], check=True)
    with version_folder("v1", root) as folder:
        assert all(frame.equals(tables_as_text(old)[name]) for name, frame in tables_as_text(folder).items())
    assert not folder.exists()
    with (
        pytest.raises(InputError, match="neither a folder nor a git revision 'v2'"),
        version_folder("v2", root),
    ):
        pass
    with (
        pytest.raises(InputError, match="neither a folder nor a git revision '--help'"),
        version_folder("--help", root),
    ):
        pass


@needs_git
def test_a_revision_without_data_is_a_sentence(tmp_path):
    git = [GIT, "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-qm", "nothing", "--allow-empty"], check=True)
    with pytest.raises(InputError, match="holds no data package"), version_folder("HEAD", tmp_path):
        pass


def test_without_git_a_revision_is_a_sentence(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="is no git repository"), version_folder("v1", tmp_path):
        pass
    monkeypatch.setattr("analysis.scrutiny.version_folders.which", lambda _: None)
    with pytest.raises(InputError, match="no git to look"), version_folder("v1", tmp_path):
        pass


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["analysis", "compare", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    printed = capsys.readouterr()
    return end.value.code or 0, printed.out, printed.err


def test_the_command_prints_and_writes(two, tmp_path, monkeypatch, capsys):
    old, new, _ = two
    out, page = tmp_path / "moved.csv", tmp_path / "moved.md"
    code, printed, _ = run(monkeypatch, capsys, old, new, "--no-estimates", "--csv", out, "--markdown", page)
    assert code == 0
    assert "From 1.0.0 to 1.1.0" in printed
    assert {"rows", "series", "aliases"} == set(pd.read_csv(out)["what"])
    assert page.read_text(encoding="utf-8").startswith("# From 1.0.0 to 1.1.0\n\n## Rows by table")
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("OLD",), 2, "Missing argument 'NEW'"),
        (("OLD", "OLD"), 1, "hold the same rows, those of version 1.0.0"),
        (("OLD", "EMPTY"), 1, "is no data package"),
        (("OLD", "BARE"), 1, "holds no readings.csv"),
        (("BARE", "OLD"), 1, "holds no readings.csv"),
        (("OLD", ""), 1, "is blank"),
        (("OLD", "no-such-revision"), 1, "no-such-revision"),
        (("OLD", "a" * 5000), 1, "aaa"),
        (("OLD", "NEW", "--csv", "nowhere/x.csv"), 1, "cannot be written"),
        (("OLD", "NEW", "--csv", "x", "--markdown", "x"), 1, "name two"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_compared_is_a_sentence_and_nothing_is_written(
    two, tmp_path, monkeypatch, capsys, words, code, said
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "datapackage.json").write_bytes((two[0] / "datapackage.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    named = {"OLD": two[0], "NEW": two[1], "EMPTY": tmp_path / "empty", "BARE": tmp_path / "bare"}
    before = sorted(tmp_path.iterdir())
    done, out, err = run(monkeypatch, capsys, *(named.get(word, word) for word in words))
    assert (done, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err) < 600
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_no_file(two, tmp_path, monkeypatch, capsys):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run(monkeypatch, capsys, *two[:2], "--no-estimates", "--csv", tmp_path / "moved.csv")
    assert code == 1
    assert "No space left on device" in err
    assert not list(tmp_path.glob("*moved*"))
    assert not list(tmp_path.glob(".*"))
