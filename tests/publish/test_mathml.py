"""Formulas on the pages: drawn as MathML, and refused where they would come out wrong."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from docutils import nodes

SOURCE = Path(__file__).parents[2] / "book" / "_ext" / "site_mathml.py"


@pytest.fixture(scope="module")
def mathml() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_mathml", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        (r"x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\mathrm{E}[y]", "<mtext>E</mtext>"),
        (r"a < b", "&#x0003C;"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "<mtable"),
    ],
)
def test_formulas_are_drawn(mathml: ModuleType, caplog: pytest.LogCaptureFixture, tex: str, part: str):
    assert part in mathml.to_mathml(nodes.math(tex, tex), "inline")
    assert caplog.records == []


def test_aligned_lines_are_not_numbered_twice(mathml: ModuleType):
    tex = r"\begin{align} a &= b \\ c &= d \end{align}"
    assert "(1)" not in mathml.to_mathml(nodes.math_block(tex, tex), "block")


@pytest.mark.parametrize("tex", [r"\nonsense x", r"a & b", r"\begin{nothing} a \end{nothing}", r"\left( x"])
def test_what_cannot_be_drawn_warns(mathml: ModuleType, monkeypatch: pytest.MonkeyPatch, tex: str):
    warned: list[str] = []
    monkeypatch.setattr(mathml.logger, "warning", lambda text, *values, **_: warned.append(text % values))
    mathml.to_mathml(nodes.math(tex, tex), "inline")
    assert len(warned) == 1
    assert "cannot be drawn" in warned[0]
