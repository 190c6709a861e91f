"""Colours are defined once, by role: figures, pages and the briefing take them from one file."""

import json
import re
from pathlib import Path

import pytest

from analysis.publish import style

ROOT = Path(__file__).resolve().parents[2]
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
FILES = [
    ROOT / "book" / name
    for name in ("_static/book.css", "briefing.typ", "briefing-en.typ", "briefing-zh.typ")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_colour_is_typed(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not HEX.findall(text)
    assert not re.findall(r"\b(?:rgb|hsl)a?\(\s*[\d\"]", text)


def test_the_pages_ask_for_roles_that_are_written_for_both_grounds():
    sheet = style.sheet_of_colours()
    told = json.loads(style.ROLES.read_text(encoding="utf-8"))
    light, dark = (dict(re.findall(r"--cc-(\w+): (#\w{6});", block)) for block in sheet.split("\n\n"))
    assert light == {name: role["light"] for name, role in told.items()}
    assert dark == {name: role["dark"] for name, role in told.items()}
    assert '@media screen {\nhtml[data-theme="dark"] {' in sheet  # paper is white
    asked = set(re.findall(r"var\(--cc-([\w-]+)\)", FILES[0].read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(told)


def test_the_briefing_asks_for_roles_that_it_is_given():
    asked = set(re.findall(r'role\("([\w-]+)"\)', FILES[1].read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(style.roles())
