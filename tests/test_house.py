"""The house: each room imports only from the rooms before it, no file outgrows its one thing, and its plan is true."""

import ast
import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "analysis"
PLAN = ROOT / "ARCHITECTURE.md"
BEFORE_ALL = ["errors", "arguments", "results", "rounding", "threads"]
ROOMS = [
    *BEFORE_ALL,
    "dataset",
    "readings",
    "series",
    "models",
    "scrutiny",
    "intake",
    "publish",
    "building",
    "cli",
    "__main__",
]
LONGEST_FILE = 350
FILES = sorted(PACKAGE.rglob("*.py"))


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


def test_a_room_imports_only_from_rooms_before_it():
    wrong = [
        f"{path.relative_to(ROOT)} imports from {room}"
        for path in FILES
        for room in sorted(imported_rooms(path))
        if ROOMS.index(room) > ROOMS.index(room_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_test_sees_imports():
    assert {"dataset", "readings"} <= imported_rooms(PACKAGE / "series" / "printed_years.py")


def test_a_file_is_about_one_thing():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    long = [
        f"{path.relative_to(ROOT)}: {count} lines" for path, count in lines.items() if count > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def table_below(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading of the plan, as cells."""
    section = re.split(rf"^## {heading}$", PLAN.read_text(encoding="utf-8"), flags=re.MULTILINE)[1]
    rows = re.findall(r"^\| (.+) \|$", section.split("\n## ")[0], flags=re.MULTILINE)
    return [[cell.strip() for cell in row.split(" | ")] for row in rows[2:]]


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_plan_names_every_room_in_order_and_what_it_may_import():
    rows = table_below("Rooms")
    named = [name.rstrip("/").removesuffix(".py") for row in rows for name in coded(row[0])]
    assert named == ROOMS
    met: list[str] = []
    for row in rows:
        own = [name.rstrip("/").removesuffix(".py") for name in coded(row[0])]
        assert row[1] == ("all above" if met else "one another, downwards"), own
        met += own


def test_the_plan_names_every_folder_and_nothing_that_is_not_there():
    text = PLAN.read_text(encoding="utf-8")
    folders = {path.parent for path in FILES} - {PACKAGE}
    pages = PACKAGE / "publish" / "pages"
    for folder in folders:
        if pages not in folder.parents:  # a chapter each, named in _toc.yml
            assert f"`{folder.name}/`" in text or f"/{folder.name}/`" in text, folder
    for word in coded(text):
        if re.fullmatch(r"[\w./-]+/|[\w./-]+\.(?:py|csv|md|toml|yml|ipynb|typ|in|yaml|json)", word):
            places = [ROOT, PACKAGE, ROOT / "data", *(PACKAGE / room for room in ROOMS)]
            assert any((place / word).exists() for place in places), f"{PLAN.name} names {word}"


def test_the_recipes_name_only_what_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [word for word in coded(text) if re.fullmatch(r"[\w./-]+\.(?:csv|py|yml|md|cff)|[\w/]+/", word)]
    assert len(named) > 15
    for word in named:
        if "NAME" not in word:
            places = [ROOT, ROOT / "data", PACKAGE]
            assert any((place / word).exists() for place in places), f"CONTRIBUTING.md names {word}"
    for table in ("sources", "readings", "measures", "hypotheses", "distinct"):
        assert f"data/{table}.csv" in text


def test_every_room_has_its_page_of_the_package():
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "book" / "api").glob("*.md")}
    assert set(pages) == {
        "dataset",
        "readings",
        "series",
        "models",
        "scrutiny",
        "intake",
        "publish",
        "building",
    }
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for name, text in pages.items():
        assert f"- file: book/api/{name}\n" in toc
        modules = re.findall(r"^\.\. automodule:: (\S+)$", text, flags=re.MULTILINE)
        assert modules
        for module in modules:
            place = ROOT / Path(*module.split("."))
            assert place.with_suffix(".py").is_file() or (place / "__init__.py").is_file(), module


def test_no_test_holds_a_clock_to_seconds():
    """Seconds belong to benchmarks/: a machine under load, or counting lines, makes any bound on them false.

    One file compares two times of one run, to see how they grow.
    """
    clocks = re.compile(r"\b(?:process_time|perf_counter|timeit)\b")
    timed = [
        path.name
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if clocks.search(path.read_text("utf-8"))
    ]
    assert set(timed) == {"test_house.py", "test_window_words.py"}


def test_every_listed_mutant_changes_a_place_that_is_there():
    """`make mutants` runs at night: a rule that was written anew would stop it, and nobody would see."""
    known = runpy.run_path(str(ROOT / "tests" / "mutants.py"))["listed"]()
    for mutant in known:
        text = (ROOT / mutant.file).read_text(encoding="utf-8")
        assert mutant.applied(text) != text
        assert all((ROOT / test).is_file() for test in mutant.tests), mutant
