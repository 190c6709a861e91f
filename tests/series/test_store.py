"""Kept results: keyed by what they are made of, never read where they are damaged, made by one process."""

import errno
import logging
import os
import pickle
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny.assessment import assess
from analysis.series import kept_files, store
from analysis.series.store import Recipe, is_kept, kept, make_missing, prune

ROOT = Path(__file__).resolve().parents[2]


def doubled(number):
    """Double a number, or refuse it."""
    if number < 0:
        raise InputError(f"{number} is below 0")
    return {"twice": 2 * number}


def tripled(number):
    """Triple a number."""
    return {"twice": 3 * number}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty store."""
    monkeypatch.setattr(store, "FOLDER", tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def said(caplog):
    """The lines that the store said."""
    caplog.set_level(logging.WARNING, logger="analysis")
    return lambda: [record.getMessage() for record in caplog.records]


@pytest.fixture
def file(folder):
    """The file of a kept result."""
    recipe = Recipe("one", doubled, (4,))
    kept(recipe)
    return recipe.path


def flipped(content):
    return content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]


DAMAGES = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "cut in its head": lambda content: content[:30],
    "a byte less": lambda content: content[:-1],
    "a flipped byte": flipped,
    "a flipped byte of the checksum": lambda content: content.replace(content.split(b"\n")[2], b"0" * 64),
    "text": lambda _: b"nothing to see here\n",
    "zeros": lambda content: bytes(len(content)),
    "a bare pickle": lambda _: pickle.dumps({"twice": 9}),
    "another key": lambda content: content.replace(content.split(b"\n")[1], b"a" * 64),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_made_again_and_said_in_one_line(file, said, damage):
    file.write_bytes(damage(file.read_bytes()))
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    assert len(said()) == 1
    assert file.name in said()[0]
    assert "made again" in said()[0]
    assert "\n" not in said()[0]
    assert said()[0] in (file.parent / "store.log").read_text(encoding="utf-8")
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    assert len(said()) == 1  # whole again


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_files_are_missing_for_many(file, said, damage):
    file.write_bytes(damage(file.read_bytes()))
    assert not is_kept("one", Recipe("one", doubled, (4,)).key)


def test_a_folder_or_a_file_without_rights_in_its_place_is_no_traceback(file, said):
    file.unlink()
    file.mkdir()
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    assert any("cannot be kept" in line for line in said())


def test_a_pickle_that_does_not_load_is_made_again(file, said):
    recipe = Recipe("one", doubled, (4,))
    kept_files.write(b"cno_such_module\nnothing\n.", recipe.path, recipe.key)
    assert kept(recipe) == {"twice": 8}
    assert "ModuleNotFoundError" in said()[0]


def test_nothing_runs_from_a_file_whose_checksum_is_wrong(file, tmp_path):
    class Command:
        def __reduce__(self):
            return Path.touch, (tmp_path / "ran",)

    head = b"\n".join(file.read_bytes().split(b"\n", 3)[:3])
    file.write_bytes(head + b"\n" + pickle.dumps(Command()))
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    assert not (tmp_path / "ran").exists()


def test_an_error_is_a_result(folder, monkeypatch):
    recipe = Recipe("one", doubled, (-1,))
    for _ in range(2):
        with pytest.raises(InputError, match=r"^-1 is below 0$"):
            kept(recipe)
    assert recipe.path.is_file()


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_nothing_half_written_and_the_result_is_returned(folder, said, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    assert not list(folder.glob("*.kept")) + list(folder.glob(".one*"))
    assert len(said()) == 1
    assert "No space left on device" in said()[0]
    assert str(folder) in said()[0]


def test_many_results_on_a_full_disk_are_a_sentence(folder, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(store, "Parallel", lambda **_: lambda calls: [f(*a, **k) for f, a, k in calls])
    with pytest.raises(InputError, match=r"one cannot be kept in .*: No space left on device; make room"):
        make_missing([Recipe("one", doubled, (4,))], label="x", progress=False)
    assert not list(folder.glob("*.kept")) + list(folder.glob(".one*"))


def test_an_earlier_file_survives_a_write_that_fails(file, monkeypatch):
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept_files.write(b"x", file, "k")
    assert file.read_bytes() == before


def test_what_is_kept_is_made_once(folder, monkeypatch):
    kept(Recipe("one", doubled, (4,)))
    monkeypatch.setattr(store, "_make", lambda *_: pytest.fail("made a second time"))
    assert kept(Recipe("one", doubled, (4,))) == {"twice": 8}
    make_missing([Recipe("one", doubled, (4,))], label="x", progress=False)


def marked(marks):
    """Leave a mark."""
    with Path(marks).open("a", encoding="utf-8") as file:
        file.write("made\n")
    return 1


def test_what_has_two_names_is_made_once(folder, tmp_path):
    marks = tmp_path / "marks"
    recipes = [Recipe(name, marked, (str(marks),)) for name in ("series", "family/unit")]
    with joblib.parallel_config("threading"):
        make_missing(recipes, label="x", progress=False)
    assert marks.read_text(encoding="utf-8") == "made\n"
    assert [is_kept(one.name, one.key) for one in recipes] == [True, True]


GIVEN = pd.DataFrame({"a": [1.0, np.nan], "b": ["x", ""], "c": pd.to_datetime(["2020-01-01", None])})


@pytest.mark.parametrize(
    "other",
    [
        GIVEN.assign(a=[1.0 + 2**-52, np.nan]),
        GIVEN.assign(a=[1.0, 0.0]),
        GIVEN.assign(b=["x", None]),
        GIVEN.assign(b=["x", "nan"]),
        GIVEN.assign(c=pd.to_datetime(["2020-01-02", None])),
        GIVEN.rename(columns={"a": "z"}),
        GIVEN.iloc[::-1],
        GIVEN.iloc[:1],
        GIVEN[["b", "a", "c"]],
    ],
    ids=str,
)
def test_any_cell_is_in_the_key(other):
    assert Recipe("x", doubled, (other,)).key != Recipe("x", doubled, (GIVEN,)).key


def test_the_index_and_unused_categories_are_not():
    moved = GIVEN.set_axis([7, 9]).assign(b=pd.Categorical(["x", ""], categories=["", "x", "y"]))
    moved["b"] = pd.Categorical(["x", ""], categories=["", "x", "y"])
    assert Recipe("x", doubled, (moved,)).key == Recipe("x", doubled, (GIVEN,)).key


def test_function_and_options_are_in_the_key():
    keys = {Recipe("x", make, given).key for make in (doubled, tripled) for given in ((1,), (1, "a"), ("1",))}
    assert len(keys) == 6


@pytest.mark.parametrize("library", ["numpy", "scipy", "pandas", "statsmodels"])
def test_versions_are_in_the_key(monkeypatch, library):
    before = Recipe("x", doubled, (1,)).key
    real = store.version
    monkeypatch.setattr(store, "version", lambda name: "0.0.1" if name == library else real(name))
    store._libraries.cache_clear()
    try:
        assert Recipe("x", doubled, (1,)).key != before
        assert f"{library} 0.0.1" in store._libraries()
        assert f"python {sys.version_info.major}.{sys.version_info.minor}" in store._libraries()
    finally:
        store._libraries.cache_clear()


def test_code_is_in_the_key(monkeypatch):
    before = Recipe("x", doubled, (1,)).key
    monkeypatch.setattr(store, "_code", lambda _: "0" * 64)
    assert Recipe("x", doubled, (1,)).key != before


def test_the_code_is_that_of_the_function_and_not_of_what_checks_its_arguments(monkeypatch):
    asked = []
    monkeypatch.setattr(store, "_code", lambda file: asked.append(Path(file).name) or "0" * 64)
    _ = Recipe("x", assess, ("h",)).key
    assert asked == ["assessment.py"]


def test_what_cannot_be_written_down_is_refused():
    with pytest.raises(TypeError, match="ndarray cannot enter the key"):
        _ = Recipe("x", doubled, (np.zeros(2),)).key


SCRIPT = """
    import sys, time
    from pathlib import Path
    sys.path[:0] = [{root!r}, {here!r}]
    import slow_recipe
    from analysis.series import store
    store.FOLDER = Path({folder!r})
    store.PATIENCE = 0.1
    recipes = [store.Recipe(f"n{{i}}", slow_recipe.slow, (i, {marks!r})) for i in range(3)]
    store.make_missing(recipes, label="x", progress=False)
    print([store.kept(recipe) for recipe in recipes])
"""


def test_of_two_processes_one_makes_and_the_other_waits(tmp_path):
    marks, folder = tmp_path / "marks", tmp_path / "store"
    marks.mkdir()
    (tmp_path / "slow_recipe.py").write_text(
        "import os, time\nfrom pathlib import Path\n\n\ndef slow(i, marks):\n    time.sleep(0.3)\n"
        "    (Path(marks) / f'{i}-{os.getpid()}').touch()\n    return i\n"
    )
    patched = textwrap.dedent(
        SCRIPT.format(root=str(ROOT), here=str(tmp_path), folder=str(folder), marks=str(marks))
    ).replace("recipes =", "store._code = lambda _: ''\nrecipes =")
    command = [sys.executable, "-c", patched]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
        assert out.strip() == "[0, 1, 2]"
    assert sorted(mark.name.split("-")[0] for mark in marks.iterdir()) == ["0", "1", "2"]
    assert not list(folder.glob(".n*"))


def place(folder, name, used, size=10):
    """A file of the store, last used so long ago."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(b"x" * size)
    os.utime(path, (1e9 - used, 1e9 - used))
    return path


def left(folder):
    return sorted(path.name for path in folder.glob("*.kept"))


def test_of_each_result_the_last_three_used_stay(folder):
    for used, key in enumerate("abcde"):
        place(folder, f"one-{key}.kept", used)
    place(folder, "one-tight-f.kept", 50)  # another result
    prune()
    assert left(folder) == ["one-a.kept", "one-b.kept", "one-c.kept", "one-tight-f.kept"]


def test_a_result_that_is_read_counts_as_used(folder):
    recipes = [Recipe("one", doubled, (number,)) for number in range(5)]
    for recipe in recipes:
        kept(recipe)
        os.utime(recipe.path, (1e9 + recipe.given[0], 1e9 + recipe.given[0]))
    kept(recipes[0])
    prune()
    assert [recipe.path.is_file() for recipe in recipes] == [True, False, False, True, True]


def test_all_together_stay_below_a_bound(folder):
    for used in range(4):
        place(folder, f"{used}-a.kept", used, size=100)
    kept_files.prune(folder, most=250)
    assert left(folder) == ["0-a.kept", "1-a.kept"]


def test_partial_files_and_earlier_layouts_go(folder):
    place(folder, ".one-a.kept.1-2", 10)
    (folder / "ba03e19607d32adf").mkdir()
    place(folder / "ba03e19607d32adf", "mps-value-default.joblib", 1)
    young = folder / ".two-a.kept.1-2"
    young.touch()
    prune()
    assert [path.name for path in folder.iterdir() if path.name != ".lock"] == [young.name]


def test_nothing_is_thrown_away_while_another_process_makes_results(folder):
    for used, key in enumerate("abcde"):
        place(folder, f"one-{key}.kept", used)
    with store.FileLock(folder / ".lock"):
        prune()
    assert len(left(folder)) == 5


def test_an_empty_store_is_pruned_in_peace(folder):
    prune()
    assert not folder.exists() or left(folder) == []


def test_a_dataset_is_its_rows(data):
    key = Recipe("x", doubled, (data,)).key
    renamed = replace(data, version="9.9.9", fingerprint="0" * 64)
    assert Recipe("x", doubled, (renamed,)).key == key
    changed = data.glossary.copy()
    changed.iloc[0, 1] = "another word"
    assert Recipe("x", doubled, (replace(data, glossary=changed),)).key != key
