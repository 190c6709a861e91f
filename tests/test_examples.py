"""The examples in docstrings are true, and docstrings are markup."""

import doctest
import importlib
import inspect
import io
from pathlib import Path

import pytest
from docutils.core import publish_doctree
from sphinx.ext.napoleon import Config, NumpyDocstring

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


UNTOLD = "Unknown interpreted text role"  # Sphinx's own
ROOMS = ("dataset", "readings", "series", "models", "scrutiny")


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_docstring_is_markup_that_sphinx_reads(room):
    """What the API pages would warn of, told in seconds and not at the end of a build."""
    config = Config(napoleon_google_docstring=False, napoleon_use_rtype=False, napoleon_use_ivar=True)
    module = importlib.import_module(f"analysis.{room}")
    faults = []
    for name in (one for one in module.__all__ if callable(getattr(module, one))):
        text = str(NumpyDocstring(inspect.getdoc(getattr(module, name)) or "", config))
        said = io.StringIO()
        publish_doctree(text, settings_overrides={"warning_stream": said, "report_level": 2})
        faults += [f"{name}: {line}" for line in said.getvalue().splitlines() if line and UNTOLD not in line]
    assert faults == []
