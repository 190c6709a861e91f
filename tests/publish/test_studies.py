"""Study tables: read with what made them, and known to be stale once the code has changed."""

import json

import pytest

from analysis.dataset.code import ROOT, code_fingerprint, depends_on
from analysis.errors import InputError
from analysis.publish.studies import is_current, study


@pytest.fixture
def project(tmp_path):
    """A project of three modules and one study."""
    package, studies = tmp_path / "analysis", tmp_path / "studies"
    (package / "inner").mkdir(parents=True)
    (studies / "tables").mkdir(parents=True)
    (package / "inner" / "__init__.py").write_text("from analysis.inner.used import f\n")
    (package / "inner" / "used.py").write_text(
        "import numpy\n\n\ndef f():\n    from analysis.lazy import g\n"
    )
    (package / "lazy.py").write_text("g = 1\n")
    (package / "other.py").write_text("x = 1\n")
    (studies / "one.py").write_text("from analysis import other\nfrom analysis.inner import f\n")
    files = depends_on(studies / "one.py", tmp_path)
    meta = {
        "seed": 0,
        "n": 2,
        "data": None,
        "code": code_fingerprint(files, tmp_path),
        "modules": [path.relative_to(tmp_path).as_posix() for path in files],
    }
    (studies / "tables" / "one.json").write_text(json.dumps(meta))
    (studies / "tables" / "one.csv").write_text("group,error\na,0.5\n")
    return tmp_path


def test_a_study_is_its_table_and_what_made_it(project):
    found = study("one", project / "studies" / "tables")
    assert found.table["error"].tolist() == [0.5]
    assert found.meta["modules"] == [
        "analysis/inner/__init__.py",
        "analysis/inner/used.py",
        "analysis/other.py",
        "studies/one.py",
    ]


@pytest.mark.parametrize(
    ("file", "current"),
    [("analysis/inner/used.py", False), ("studies/one.py", False), ("analysis/lazy.py", True)],
)
def test_a_change_of_its_code_makes_it_stale(project, file, current):
    tables = project / "studies" / "tables"
    assert is_current("one", tables, project)
    path = project / file
    path.write_text(path.read_text() + "\nchanged = 1\n")
    assert is_current("one", tables, project) is current


def test_a_comment_or_a_docstring_leaves_it_current(project):
    path = project / "analysis" / "inner" / "used.py"
    path.write_text(f'"""Words about it."""\n\n# and more\n{path.read_text()}')
    assert is_current("one", project / "studies" / "tables", project)


def test_a_removed_module_makes_it_stale(project):
    (project / "analysis" / "other.py").unlink()
    assert not is_current("one", project / "studies" / "tables", project)


def test_data_that_changed_make_it_stale(project):
    tables = project / "studies" / "tables"
    about = tables / "one.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"data": "0" * 64}))
    (project / "data").symlink_to(ROOT / "data")
    assert not is_current("one", tables, project)


def test_bad_input_is_told(project):
    tables = project / "studies" / "tables"
    with pytest.raises(InputError, match=r"two.csv: study 'two' has no such table; run `make studies`"):
        study("two", tables)
    (tables / "one.json").write_text("{")
    with pytest.raises(InputError, match="study 'one' cannot be read"):
        study("one", tables)


def test_the_study_of_reconstruct_depends_on_the_model_and_not_on_the_book():
    names = {path.relative_to(ROOT).as_posix() for path in depends_on(ROOT / "studies" / "reconstruction.py")}
    wanted = {
        "errors.py",
        "readings/hedges.py",
        "series/laplace.py",
        "series/mixture.py",
        "series/reconstruction.py",
    }
    wanted |= {"series/simulate.py", "series/simulated_readings.py", "series/rivals.py"}
    assert {f"analysis/{name}" for name in wanted} | {"studies/measures.py", "studies/common.py"} <= names
    assert not any("pages" in name or "chart" in name for name in names)
