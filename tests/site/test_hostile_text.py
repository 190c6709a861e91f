"""Hostile words in every free-text cell stay words: on pages, in downloads, in the briefing, in a browser."""

import csv
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser

import analysis
from analysis.building.briefing import build_briefing
from analysis.building.kernels import WarmProcess
from analysis.building.site import build_site
from analysis.dataset.tables import TABLES
from analysis.publish.findings import ONE_TEXT, Finding
from analysis.publish.pages.police import kunlun_chart

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
# HTML, a template's expression, a role and a directive of the book, Typst, a link that runs, an entity.
PAYLOAD = (
    "<img/src=x/onerror=pwn('{0}')><script>pwn('{0}')</script>{{{{7*7}}}}`{{raw}}`{{download}}`/etc/passwd`"
    '#read("/etc/passwd")[x](javascript:pwn(1))&lt;"\'$x$'
)
# Addresses that a browser would run, or that leave their attribute.
ADDRESSES = (
    "javascript:pwn('url')",
    "JaVaScript:pwn('url')",
    " javascript:pwn('url')",
    "java\tscript:pwn('url')",
    "data:text/html,<script>pwn('url')</script>",
    "file:///etc/passwd",
    'https://x.example/"onmouseover="pwn(1)',
)
# Text that is read as a code, a list or a number, so that other words in it are a fault and not a text.
READ = {
    "readings": {"scope_as_collected", "region", "relation", "relation_base", "detail", "origin"},
    "series": {
        *("subject", "track", "stage", "product", "origin", "mode", "region", "basis", "relation", "detail"),
        "breadth",
        "title",  # enters drawings, whose words other tests hold
    },
    "context": {"unit", "title"},
    "glossary": {"term"},
}
CHAPTER = """
import analysis
from IPython.display import display
from analysis.publish.pages import codebook, evidence
from analysis.publish.pages.library import sources_browser
data = analysis.load("../data")
display(sources_browser(data), codebook.overview_table(data), codebook.glossary_table(data))
display(codebook.scopes_table(data), codebook.concordance_table(data), codebook.context_table(data))
display(*codebook.column_tables(data), *codebook.vocabulary_tables(data), *codebook.series_tables(data))
display(evidence.conflicts_table(data))
"""


def poison(folder: Path) -> int:
    """Add the payload to every free-text cell; returns how many."""
    count = 0
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        free = [
            field.name
            for field in table.fields
            if field.type == "text" and not (field.vocabulary or field.pattern or field.refers_to)
            and field.name not in READ.get(name, set()) | {"url"}
        ]  # fmt: skip
        for number, row in enumerate(rows):
            for column in free:
                if row[column]:
                    hostile = PAYLOAD.format(f"{name}.{column}")
                    row[column] = hostile if column == "as_printed" else row[column] + hostile
                    count += 1
            if name == "sources":
                row["url"] = ADDRESSES[number % len(ADDRESSES)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return count


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose data are hostile, with the settings of the real one and a chapter of its tables."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "data", root / "data")
    assert poison(root / "data") > 5000
    for folder in ("_ext", "_static"):
        shutil.copytree(ROOT / "book" / folder, root / "book" / folder)
    for name in ("_config.yml", "requirements.txt", "book/references.bib"):
        shutil.copy(ROOT / name, root / name)
    (root / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/tables\n")
    (root / "book" / "index.md").write_text("# Preface\n\nA {stage}`立案` is not a {stage}`破案`.\n")
    cells = [new_markdown_cell("# Tables"), new_code_cell(CHAPTER)]
    nbformat.write(new_notebook(cells=cells), root / "book" / "tables.ipynb")
    return root


@pytest.fixture(scope="module")
def hostile_site(hostile: Path, warm: WarmProcess | None) -> Path:
    return build_site(hostile, warm=warm, echo=lambda _: None)


class Page(HTMLParser):
    """What a page loads, runs and points to, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.handlers += [value or "" for name, value in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_on_pages_it_is_text(hostile_site: Path):
    shown = 0
    for path in hostile_site.rglob("*.html"):
        page = Page(path.read_text(encoding="utf-8"))
        assert set(page.handlers) <= {"window.print()"}, path.name
        for address in page.addresses:
            assert not re.match(r"\s*(java\s*script|data|file):", address, re.IGNORECASE), (
                path.name,
                address,
            )
            assert address != "x", path.name  # what the payload's image would load
        shown += page.words.count("<script>pwn(")
        assert "49" not in page.words.split("{{7*7}}")[0][-4:]
    assert shown > 1000


def test_in_downloads_it_is_the_cell_that_was_written(hostile: Path, hostile_site: Path):
    with (
        (hostile / "data" / "sources.csv").open(encoding="utf-8", newline="") as written,
        (hostile_site / "data" / "sources.csv").open(encoding="utf-8-sig", newline="") as loose,
    ):
        for row, copy in zip(csv.DictReader(written), csv.DictReader(loose), strict=True):
            assert {name: cell.removeprefix("'") for name, cell in copy.items()} == {
                name: cell.removeprefix("'") for name, cell in row.items()
            }


def test_in_the_briefing_it_is_text(hostile: Path, tmp_path: Path):
    data = analysis.load(hostile / "data")
    readings = tuple(data.readings["reading_id"].iloc[:3])
    findings = [
        Finding(
            name=f"finding-{number}", headline=f"Finding {number} {PAYLOAD.format('headline')}",
            sentence="A figure was printed. " * 12, value="about 5 cases", low=4, high=6, unit="case",
            standing=ONE_TEXT, readings=readings, chapter="platforms",
        )
        for number in range(6)
    ]  # fmt: skip
    pdf = pypdf.PdfReader(build_briefing(data, findings, [kunlun_chart(data)], tmp_path / "b.pdf"))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in pdf.pages))
    assert '#read("/etc/passwd")' in text.replace("”", '"').replace("“", '"')
    assert "root:" not in text
    links = json.dumps(
        [str(note.get_object().get("/A", "")) for page in pdf.pages for note in page.get("/Annots", [])]
    )
    assert not re.search(r"javascript:|data:|file:", links, re.IGNORECASE)


@pytest.mark.browser
def test_in_a_browser_nothing_of_it_runs_or_is_asked_for(hostile_site: Path, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.expose_function("pwn", lambda word: told.append(f"called from {word}"))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith("file:") else told.append(asked.url))
    for name in ("book/index.html", "book/tables.html", "search.html?q=script"):
        page.goto(f"{hostile_site.as_uri()}/{name}", wait_until="load")
        for folded in page.locator("summary").all()[:5]:
            folded.click(timeout=2000)
        page.wait_for_timeout(300)
    context.close()
    assert told == []
