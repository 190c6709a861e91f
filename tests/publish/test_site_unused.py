"""What Sphinx leaves out for this book changes no page: small books of every kind of contents, with it and without."""

import sys
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.pycode.parser import Parser
from sphinx.util.docutils import docutils_namespace

EXT = Path(__file__).parents[2] / "book" / "_ext"


def _pages_below(*names: str, option: str = "", indent: str = "") -> str:
    """Return a toctree."""
    lines = [
        "",
        ".. toctree::",
        *([f"   {option}"] if option else []),
        "",
        *(f"   {name}" for name in names),
        "",
    ]
    return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


INDEX = _pages_below("long", "Another name <flat>", "shallow", "tagged", "code", option=":numbered:")
PAGES = {
    "index": f"Home\n====\n{INDEX}",
    "long": f"Long\n====\n\nOne\n---\n\nDeep\n~~~~\n{_pages_below('below')}\nTwo\n---\n{_pages_below('beside')}",
    "below": f"Below\n=====\n\nPart\n----\n{_pages_below('lowest', option=':hidden:')}",
    "beside": "Beside *it*\n===========\n\nFirst\n-----\n\nSecond\n------\n",
    "lowest": "Lowest\n======\n\nPart\n----\n",
    "flat": "Flat\n====\n\nWords.\n",
    "shallow": f":tocdepth: 2\n\nShallow\n=======\n\nOne\n---\n\nDeep\n~~~~\n{_pages_below('hidden')}",
    "hidden": "Hidden\n======\n\nOne\n---\n",
    "tagged": "Tagged\n======\n\n.. only:: html\n\n   Here\n   ----\n\n.. only:: pdf\n\n   Elsewhere\n   ---------\n"
    + _pages_below("printed", indent="   "),
    "printed": "Printed\n=======\n",
    "code": "Code\n====\n\n.. automodule:: sphinx_reads_this\n   :members:\n",
}
CODE = '''"""A module."""
#: What a number is.
NUMBER: int = 1
class Thing:
    """A thing."""
    size: int
    """How large."""
    def grow(self, by: int = NUMBER) -> int:
        """Grow."""
'''


def _built(folder: Path, source: Path, extensions: list[str]) -> dict[str, str]:
    """Build the book with these extensions and return its pages."""
    settings = {
        "extensions": ["sphinx.ext.autodoc", *extensions],
        "html_theme": "sphinx_book_theme",
        "html_theme_options": {"show_navbar_depth": 2},
    }
    with docutils_namespace():
        Sphinx(
            source, None, folder, folder / "trees", "html", settings, None, None, warningiserror=True
        ).build()
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def test_no_page_is_another_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Parser, "parse_definition", Parser.parse_definition)  # is as it was after the test
    monkeypatch.syspath_prepend(str(EXT))
    monkeypatch.syspath_prepend(str(tmp_path))
    source = tmp_path / "source"
    source.mkdir()
    (tmp_path / "sphinx_reads_this.py").write_text(CODE, encoding="utf-8")
    for name, text in PAGES.items():
        (source / f"{name}.rst").write_text(text, encoding="utf-8")
    whole = _built(tmp_path / "whole", source, [])
    lean = _built(tmp_path / "lean", source, ["site_unused"])
    sys.modules.pop("sphinx_reads_this", None)
    assert set(PAGES) <= {name.removesuffix(".html") for name in whole}
    assert "What a number is" in whole["code.html"]
    assert {name for name in whole if whole[name] != lean.get(name)} == set()
