"""The examples in docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "analysis").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_are_true(name):
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted > 0
    assert done.failed == 0


def test_what_is_called_first_has_an_example():
    text = "\n".join(
        (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8") for name in WITH_EXAMPLES
    )
    for name in ("load", "parse_printed", "interval", "reconstruct", "interrupted", "signed_percent"):
        assert f">>> {name}(" in text or f"= {name}(" in text, name
