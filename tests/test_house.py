"""The house: each room imports only from the rooms before it, and no file grows beyond its one thing."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "analysis"
ROOMS = ["errors", "arguments", "results", "rounding", "threads", "dataset", "readings", "series", "models"]
ROOMS += ["scrutiny", "publish", "cli", "__main__"]
LONGEST_FILE = 350


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "dataset" if parts == ("__init__",) else parts[0]  # the package itself shows the dataset's door


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "analysis":
                names = [f"analysis.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "analysis" and len(parts) > 1:
                rooms.add(parts[1] if parts[1] in ROOMS else "dataset")
    return rooms


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_before_it(path):
    own = ROOMS.index(room_of(path))
    later = {room for room in imported_rooms(path) if ROOMS.index(room) > own}
    assert not later


def test_the_test_sees_imports():
    assert {"dataset", "readings"} <= imported_rooms(PACKAGE / "series" / "printed_years.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_is_about_one_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
