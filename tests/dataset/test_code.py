"""The fingerprint of code: what runs enters it, what is only said does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.dataset import code
from analysis.dataset.code import code_fingerprint

BEFORE = '''
"""A module."""

X = 1  # one


class A:
    """A class."""

    b: str = "told"


def f(x: int) -> str:
    """Say it."""
    return f"{x:.3f} {'a'!r}" "b"
'''


@pytest.fixture
def file(tmp_path):
    """A source file."""
    path = tmp_path / "one.py"
    path.write_text(BEFORE)
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""A module."""', '"""Other words."""'),
        ('"""A module."""\n', ""),
        ('    """A class."""\n', ""),
        ('"""Say it."""', '"""Say it.\n\n    At length.\n    """'),
        ("  # one", ""),
        ("X = 1", "X = \\\n    1"),
        ('"told"', "'told'"),
    ],
)
def test_words_about_code_do_not_change_it(file, old, new):
    before = code_fingerprint([file], file.parent)
    assert old in BEFORE
    file.write_text(BEFORE.replace(old, new))
    assert code_fingerprint([file], file.parent) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X = 1", "X = 1.0"),
        ("X = 1", "X = True"),
        ("X = 1", "Y = 1"),
        ("X = 1", "X = None"),
        ('"told"', '"tales"'),
        (".3f", ".4f"),
        ("!r", "!s"),
        ("-> str", "-> int"),
        ("return ", ""),
    ],
)
def test_what_runs_does(file, old, new):
    before = code_fingerprint([file], file.parent)
    assert old in BEFORE
    file.write_text(BEFORE.replace(old, new))
    assert code_fingerprint([file], file.parent) != before


def test_a_text_that_is_no_docstring_counts(tmp_path):
    one, other = tmp_path / "one.py", tmp_path / "other"
    other.mkdir()
    for word, folder in (("a", tmp_path), ("b", other)):
        (folder / "one.py").write_text(f'x = 1\n"{word}"\n')
    assert code_fingerprint([one], tmp_path) != code_fingerprint([other / "one.py"], other)


def test_names_count_and_order_does_not(tmp_path):
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("x = 1\n")
    second.write_text("x = 2\n")
    both = code_fingerprint([first, second], tmp_path)
    assert code_fingerprint([second, first], tmp_path) == both
    alone = code_fingerprint([first], tmp_path)
    first.rename(tmp_path / "c.py")
    assert code_fingerprint([tmp_path / "c.py"], tmp_path) != alone
    assert alone != both


def test_a_file_of_another_kind_enters_byte_for_byte(tmp_path):
    sheet = tmp_path / "house.mplstyle"
    sheet.write_text("# a comment\nlines.linewidth: 1\n")
    before = code_fingerprint([sheet], tmp_path)
    sheet.write_text("# another\nlines.linewidth: 1\n")
    assert code_fingerprint([sheet], tmp_path) != before


AT_HAND = [
    Path(sys.executable),
    *sorted(Path("/usr/bin").glob("python3.1[1-9]")),
    *sorted(Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python")),
]
PYTHONS = list(
    {python.resolve(): python for python in reversed(AT_HAND)}.values()
)  # one may have several names


@pytest.mark.parametrize("python", PYTHONS, ids=str)
def test_every_python_at_hand_gives_the_same_digits(python):
    files = sorted(path for room in ("analysis", "studies") for path in (code.ROOT / room).rglob("*.py"))
    script = (
        f"import runpy, sys; m = runpy.run_path({code.__file__!r});"
        "from pathlib import Path; print(m['code_fingerprint']([Path(a) for a in sys.argv[1:]]))"
    )
    run = subprocess.run(
        [python, "-I", "-c", script, *map(str, files)], capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == code_fingerprint(files), run.stderr


@pytest.mark.parametrize("changed", ["publish/words.py", "publish/remarks/names.csv", "building/pages.py"])
def test_files_of_the_site_are_named_by_their_words_too(tmp_path, changed):
    """What is kept by the publish room's words is made again when they change: `depends_on` leaves that room out."""
    files = {
        "building/pages.py": "def made():\n    from analysis.publish import words\n    return words.SAID\n",
        "publish/words.py": "SAID = 1\n",
        "publish/remarks/names.csv": "name\n1\n",
        "other.py": "X = 1\n",
    }
    for name, text in files.items():
        path = tmp_path / "analysis" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    told = []
    for name in ("other.py", changed):
        code.page_code.cache_clear()
        told.append(code.page_code("analysis.building.pages", tmp_path))
        path = tmp_path / "analysis" / name
        path.write_text(path.read_text().replace("1", "2").replace("words.SAID", "words.SAID + 1"))
    code.page_code.cache_clear()
    told.append(code.page_code("analysis.building.pages", tmp_path))
    assert told[0] == told[1] != told[2]
