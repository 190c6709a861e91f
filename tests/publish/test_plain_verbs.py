"""A figure is published, reported or counted: no words of a page call it printed, or a print."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRINT = re.compile(r"\b[Pp]rint(?:s|ed|ing)?\b")
# What stands in a text and is none of its words: roles, code, fields to be filled in, names of colours and columns.
NO_WORDS = re.compile(r"\{[^{}]*\}`[^`]*`|`[^`]*`|\{[^{}]*\}|--cc-[\w-]+|\w+_as_printed|role\(\"print\"\)")


def in_words(text: str) -> list[str]:
    """Return where a text says the word, with what stands around it."""
    plain = NO_WORDS.sub("", text)
    return [plain[max(0, at.start() - 30) : at.end() + 30] for at in PRINT.finditer(plain)]


def sentences(source: str) -> Iterator[str]:
    """Yield what a module may say to a reader: its texts of several words but docstrings and patterns."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    texts = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for node in texts:
        if id(node) not in docs and " " in node.value.strip() and "\\" not in node.value:
            yield node.value


def test_the_word_is_found_where_a_reader_would_meet_it():
    told = """'A print.'\nx = f"a rival print of {y['printed']}", "var(--cc-print) is", "printed"\n"""
    assert [said for one in sentences(told) for said in in_words(one)] == ["a rival print of "]
    assert in_words("For 2020 two texts print {print}`police-0181`.") == ["For 2020 two texts print ."]


MODULES = [
    *sorted((ROOT / "analysis" / "publish").rglob("*.py")),
    *(ROOT / "analysis" / "readings" / "words.py", ROOT / "analysis" / "series" / "panels.py"),
]  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_words_of_a_module_call_a_figure_printed(path):
    assert [said for text in sentences(path.read_text(encoding="utf-8")) for said in in_words(text)] == []


PROSE = [
    *(ROOT / "book").glob("*.ipynb"), *(ROOT / "book").glob("*.md"), *(ROOT / "book").glob("*.typ"),
    *(ROOT / "analysis" / "publish" / "remarks").glob("*.csv"),
]  # fmt: skip


@pytest.mark.parametrize("path", sorted(PROSE), ids=lambda path: path.stem)
def test_no_prose_calls_a_figure_printed(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
    elif path.suffix == ".csv":
        text = text.partition("\n")[2]  # columns are named as the tables name them
    assert in_words(text) == []
