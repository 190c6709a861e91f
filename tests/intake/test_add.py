"""Adding rows: what is written, what is refused, and that nothing is changed where it is broken off."""

import csv
import io
import shutil
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.dataset import load
from analysis.dataset.moving import move_together
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.errors import InputError
from analysis.intake import session
from analysis.intake.add import add
from analysis.intake.addition import Addition, prepared, source_row
from analysis.series.memberships import outdated
from tests.dataset.small import make_small, read

COLUMNS = TABLES["readings"].columns
CHANGELOG = """# Changelog

Words.

## 99.0.0 (2099-01-01)

Fingerprint `x`.
Hypotheses as registered: `h`.

- Rows.
"""
CITATION = "cff-version: 1.2.0\nversion: 99.0.0\ndate-released: 2099-01-01\n"
TITLE = {"title": "An invented release", "publisher": "Customs", "url": "https://example.org/release"}
ENGLISH = {"language": "en"}


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A project with a few rows of each table; not to be changed."""
    root = tmp_path_factory.mktemp("project")
    make_small(root / "data")
    (root / "CHANGELOG.md").write_text(CHANGELOG)
    (root / "CITATION.cff").write_text(CITATION)
    return root


@pytest.fixture
def project(small, tmp_path) -> Path:
    """A copy of the small project."""
    return Path(shutil.copytree(small, tmp_path / "project"))


@pytest.fixture
def customs(small) -> dict[str, str]:
    """A row of the customs' seizures, for a year that the record does not have."""
    row = next(one for one in read(small / "data", "readings") if one["reading_id"] == "adm-0002")
    year = {"window_start": "2019-01-01", "window_end": "2019-12-31", "window_note": "2019"}
    new = {"reading_id": "", "source_id": "", "notes": "", "value": "51600", "as_printed": "5.16万批"}
    return row | year | new


def table(place: Path, *rows: dict[str, str], columns: list[str] = COLUMNS) -> Path:
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return place


def bytes_of(root: Path) -> dict[str, bytes]:
    return {str(one.relative_to(root)): one.read_bytes() for one in sorted(root.rglob("*")) if one.is_file()}


def addition(folder: Path, *rows: dict[str, str]) -> Addition:
    source = source_row(load(folder), TITLE | ENGLISH, date(2020, 1, 15))
    return Addition(pd.DataFrame(list(rows), columns=COLUMNS), (), source)


@pytest.fixture(scope="module")
def written(small, tmp_path_factory):
    """The small project with one reading added, and what was said of it."""
    root = Path(shutil.copytree(small, tmp_path_factory.mktemp("written") / "project"))
    row = next(one for one in read(root / "data", "readings") if one["reading_id"] == "adm-0002")
    row |= {"reading_id": "", "source_id": "", "notes": "", "value": "51600", "as_printed": "5.16万批"}
    row |= {"window_start": "2019-01-01", "window_end": "2019-12-31", "window_note": "2019"}
    asked = []
    done = add(root / "data", addition(root / "data", row), confirm=lambda moved: asked.append(moved) or True)
    return root, done, asked


def test_rows_are_written_sorted_and_valid_as_the_next_patch(written, small):
    root, done, _ = written
    assert (done.version, done.readings, done.written) == ("99.0.1", ("add-0001",), True)
    assert validate(root / "data", today="2099-01-01", more=[outdated]) == []
    ids = [row["reading_id"] for row in read(root / "data", "readings")]
    assert ids == sorted(ids)
    assert set(ids) - {row["reading_id"] for row in read(small / "data", "readings")} == {"add-0001"}
    new = next(row for row in read(root / "data", "sources") if row["source_id"] == done.source_id)
    assert done.source_id == "customs-2020-01-15-an-invented-release"
    assert (new["title"], new["url"], new["published"]) == (TITLE["title"], TITLE["url"], "2020-01-15")
    assert load(root / "data").version == "99.0.1"


def test_changelog_and_citation_follow(written):
    root, done, _ = written
    text = (root / "CHANGELOG.md").read_text()
    entry = text.split("## ")[1]
    assert entry.startswith("99.0.1 (2099-01-01)")
    assert f"`{done.fingerprint}`" in entry
    assert "Hypotheses as registered: `h`." in entry
    assert text.index("## 99.0.1") < text.index("## 99.0.0")
    assert "version: 99.0.1\n" in (root / "CITATION.cff").read_text()
    assert "cff-version: 1.2.0\n" in (root / "CITATION.cff").read_text()


def test_what_moves_is_told_before_it_is_written(written):
    _, done, asked = written
    assert asked == [done.moves]
    taken = done.moves.links[done.moves.links["reading_id"] == "add-0001"]
    assert len(taken) > 0
    linked = [row for row in read(written[0] / "data", "readings_series") if row["reading_id"] == "add-0001"]
    assert len(taken) == len(linked)
    assert set(done.moves.links["series_id"].str.partition("/")[0]) >= {row["series_id"] for row in linked}
    year = done.moves.estimates[done.moves.estimates["period"] == "2019"]
    assert len(year) > 0
    assert set(year["series_id"]) <= set(taken["series_id"])
    for _, row in year.iterrows():  # the print says 51,600, whatever the windows around it had made likely
        assert row["after"] == pytest.approx(51600, rel=0.02)
        assert row["before"] != pytest.approx(row["after"], rel=1e-3)


def test_declined_changes_nothing(project, customs):
    before = bytes_of(project)
    done = add(
        project / "data", addition(project / "data", customs), confirm=lambda moved: not len(moved.links)
    )
    assert not done.written
    assert bytes_of(project) == before


def test_interrupted_changes_nothing(project, customs):
    before = bytes_of(project)

    def interrupt(moved):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(project / "data", addition(project / "data", customs), confirm=interrupt)
    assert bytes_of(project) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_broken_off_between_two_files_changes_nothing(project, customs, monkeypatch, error):
    before = bytes_of(project)
    goals = []
    replace = Path.replace

    def broken(self, goal):
        if Path(goal).parent in (project, project / "data"):
            goals.append(goal)
            if len(goals) == 5:
                raise error
        return replace(self, goal)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(KeyboardInterrupt if error is KeyboardInterrupt else InputError):
        add(project / "data", addition(project / "data", customs))
    assert len(goals) == 5
    assert bytes_of(project) == before


def test_refused_by_a_rule_changes_nothing(project, customs):
    before = bytes_of(project)
    wrong = customs | {"value": "51700", "hedge": "roughly"}
    with pytest.raises(InputError, match=r"nothing was changed: .*hedge"):
        add(project / "data", addition(project / "data", wrong))
    assert bytes_of(project) == before


def test_a_value_that_the_print_does_not_show_is_refused(project, customs):
    before = bytes_of(project)
    with pytest.raises(InputError, match="not what as_printed shows"):
        add(project / "data", addition(project / "data", customs | {"value": "516000"}))
    assert bytes_of(project) == before


def test_files_move_together(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.new").write_text(f"new {name}")
    (tmp_path / "a").write_text("old a")
    with pytest.raises(OSError, match="none"):
        move_together([(tmp_path / "a.new", tmp_path / "a"), (tmp_path / "none", tmp_path / "b")])
    assert (tmp_path / "a").read_text() == "old a"
    assert not (tmp_path / "b").exists()
    (tmp_path / "a.new").write_text("new a")
    move_together([(tmp_path / f"{name}.new", tmp_path / name) for name in ("a", "b")])
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["new a", "new b"]


def run(folder: Path, answers: list[str], place: Path | None = None, **more):
    """Run a session over one proposal, a prepared row where no table is given."""
    waiting = iter(answers)
    said: list[str] = []

    def answer(asked: str) -> str:
        said.append(asked)
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    done = session.run(
        "An invented release on seizures at the border in 2019", "2020-01-15", folder=folder, table=place,
        language="en", source={**TITLE, **more}, dry_run=False, answer=answer, say=said.append,
    )  # fmt: skip
    return done, "\n".join(said)


@pytest.fixture
def proposed(project, customs, tmp_path, monkeypatch):
    """The project, with one row proposed whatever the text says."""
    rows = prepared(table(tmp_path / "rows.csv", customs), date(2020, 1, 15), "en")
    monkeypatch.setattr(session, "propose", lambda *_, **__: rows)
    return project


def test_a_proposal_is_edited_accepted_and_written(proposed):
    answers = ["e", "locator=para 3", "e", "hedge=roughly", "e", "nonsense", "x", "a", "y"]
    done, said = run(proposed / "data", answers)
    assert done.written
    row = next(one for one in read(proposed / "data", "readings") if one["reading_id"] == "add-0001")
    assert (row["locator"], row["hedge"], row["value"]) == ("para 3", "exact", "51600")
    assert "hedge takes exact, more_than" in said
    assert "column of readings.csv" in said
    assert "indicator=seizures" in said
    assert "estimates" in said


def test_answers_that_end_change_nothing(proposed):
    before = bytes_of(proposed)
    for answers in (["e"], ["a"]):  # before the proposals are through, and before the last word
        with pytest.raises(InputError, match="answers ended"):
            run(proposed / "data", answers)
    assert bytes_of(proposed) == before


@pytest.mark.parametrize(
    ("answers", "said"), [(["s"], "Nothing was chosen"), (["q"], "Stopped, as answered")]
)
def test_skipped_or_stopped_changes_nothing(proposed, answers, said):
    before = bytes_of(proposed)
    with pytest.raises(InputError, match=said):
        run(proposed / "data", answers)
    assert bytes_of(proposed) == before


def test_a_figure_that_the_record_has_becomes_a_further_source(project, tmp_path):
    known = next(one for one in read(project / "data", "readings") if one["reading_id"] == "adm-0002")
    place = table(
        tmp_path / "rows.csv", known | {"reading_id": "", "source_id": "", "as_printed": "61,900 batches"}
    )
    done, said = run(project / "data", [], place)
    assert done.readings == ()
    assert "adm-0002 is in the record." in said
    link = next(
        one for one in read(project / "data", "readings_sources") if one["source_id"] == done.source_id
    )
    assert (link["reading_id"], link["as_printed"]) == ("adm-0002", "61,900 batches")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("value,unit\n7,case\n", "has not the columns of readings.csv"),
        (",".join(COLUMNS) + "\n", "holds no row"),
        (",".join(COLUMNS) + "\n7,8\n", "line 2: 2 cells"),
        (
            ",".join(COLUMNS) + "\n" + ",".join("many" if one == "value" else "" for one in COLUMNS) + "\n",
            "is no number",
        ),
        ("", "empty"),
        (None, "missing"),
    ],
)
def test_a_prepared_table_that_is_none_is_refused(tmp_path, content, said):
    place = tmp_path / "rows.csv"
    if content is not None:
        place.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        prepared(place, date(2020, 1, 15), "en")


def test_a_new_source_needs_title_and_publisher(small):
    data = load(small / "data")
    with pytest.raises(InputError, match="its title is missing"):
        source_row(data, {"publisher": "Customs"}, date(2020, 1, 15))
    known = data.sources.iloc[0]
    assert source_row(data, {"source_id": known["source_id"]}, date(2020, 1, 15))["title"] == known["title"]
    by_url = data.sources[data.sources["url"] != ""].iloc[0]
    assert source_row(data, {"url": by_url["url"]}, date(2020, 1, 15))["source_id"] == by_url["source_id"]


@pytest.mark.slow
def test_the_command_adds_a_prepared_table_and_tries_it_first(
    project, customs, tmp_path, monkeypatch, capsys
):
    place = table(tmp_path / "rows.csv", customs)
    text = tmp_path / "release.txt"
    text.write_text("An invented release: 5.16万批 in 2019.", encoding="utf-8")
    words = ["add", str(text), "--date", "2020-01-15", "--from", str(place), "--data", str(project / "data")]
    words += [f"--{name}={cell}" for name, cell in TITLE.items()]
    before = bytes_of(project)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    for more, said in ((["--dry-run"], "Nothing was changed."), ([], "99.0.1 ")):
        monkeypatch.setattr(sys, "argv", ["analysis", *words, *more])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        assert (end.value.code or 0, told.err) == (0, "")
        assert said in told.out
        assert "add-0001" in told.out
        assert (bytes_of(project) == before) == bool(more)
