"""No statistic is typed into the book's prose, and the check that says so works."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from analysis.building.prose import check_prose, promises, typed_numbers

BOOK = Path(__file__).parents[2] / "book"


def test_no_statistic_is_typed_into_the_book():
    problems = check_prose(BOOK)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Police solved more than 11,000 cases.", "11,000"),
        ("The share was 52 percent of them.", "52 percent"),
        ("Sellers lost 3.5 billion yuan.", "3.5"),
        ("It fell by 12.5% in a year.", "12.5%"),
        ("It fell by five percent.", "five percent"),
        ("There were 7 sources.", "7"),
        ("About twenty-three provinces joined.", "twenty-three"),
        ("Three hundred dens were closed.", "Three hundred"),
        ("Thousands of parcels were held.", "Thousands"),
        ("It was worth several million.", "several million"),
        ("Dozens of dens were closed.", "Dozens"),
        ("It was worth $7.56 million.", "$7.56"),
        ("It was worth USD100.", "100"),
        ("警方破案1.1万余起。", "1.1万"),
        ("价值一百三十三亿元。", "一百三十三亿"),
        ("The 8.28 million parcels.", "8.28"),
        ("In all 2,020 cases.", "2,020"),
        ("| police | 4,200 |", "4,200"),
        ("They print `more than 11,000` for it.", "11,000"),
        ("```{note}\nWith 400 cases.\n```", "400"),
        ("See [400 cases](page.md).", "400"),
        ("A ratio of 1 in ten.", "1"),
        ("In May 1,400 cases were online.", "1,400"),
        ("Article 213 covers 52 percent.", "52 percent"),
    ],
)
def test_typed_statistics_are_refused(text: str, number: str):
    assert number in [found for _, found in typed_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2014, and again from 2018 to 2020, in the 2010s and in fiscal 2014-15.",
        "There were {glue:text}`cases` cases, {glue:text}`share_2020` of them online.",
        "On 9 November 2020, on 2020-11-09, on November 9, 2020 and from 1 to 15 May.",
        "From May 2014 to June 2015.",
        "The 8.28 case, the 5.08 case, Hurricane 183 and the 11.11 festival.",
        "1. First\n2. Second\n   3) Third",
        "## 2. A heading about 2014",
        "See section 3.2, Figure 4, Tables 1 and 2, and article 213 or articles 213 to 215.",
        "Regulation (EU) No 608/2013, version 0.1.0, Python 3.11, v1.2, CC BY 4.0.",
        "An interval $[v, v + 11000]$ and $$\nx = 52\n$$",
        "Code `order=2` and\n\n```python\nx = 11000\n```\n",
        "[a link](https://example.org/2020/11/000123) and <https://example.org/52>",
        '<img src="a.png" width="300" alt="">',
        "Three sources, twelve months, the 13th Five-Year Plan, the twenty-first century.",
        "A 90% interval, a 95 percent confidence interval.",
        "A figure rounded to the nearest thousand; a hundredfold.",
        "COVID-19, A4, H1 and UTF-8.",
        "A note[^12].\n\n```{figure} a.png\n:width: 300\n```",
        "% 11,000 in a comment\n(label-3)=\n",
        "One of the hypotheses, for one thing; someone; often; weight; attention.",
    ],
)
def test_what_is_no_statistic_is_accepted(text: str):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("To use it one must model how parts make a year, which is work for a later version.", "work for"),
        ("A table will be added.", "will be added"),
        ("Parts, that later work may join into years.", "later work"),
        ("The estimates are not yet published.", "not yet"),
        ("A map is planned.", "is planned"),
        ("That belongs in a future\nrelease.", "a future\nrelease"),
    ],
)
def test_words_that_promise_are_refused(text: str, words: str):
    assert words in [found for _, found in promises(text)]


@pytest.mark.parametrize(
    "text",
    [
        "In one later text of the ministry the year is printed.",
        "What comes next: forecasts on record.",
        "The chapter looks at the planned economy, and at networks.",
        "```python\n# not yet\n```",
    ],
)
def test_what_promises_nothing_is_accepted(text: str):
    assert promises(text) == []


def test_the_words_that_code_says_promise_nothing_either():
    pages = sorted((BOOK.parent / "analysis" / "publish").rglob("*.py"))
    said = {path.name: [one.value for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)] for path in pages}  # fmt: skip
    assert {name: found for name, texts in said.items() for text in texts if (found := promises(text))} == {}


def test_a_quoted_print_is_accepted_where_prints_are_explained():
    assert typed_numbers("They print `more than 11,000`.", prints_quoted=True) == []
    assert typed_numbers("They print more than 11,000.", prints_quoted=True) == [(1, "11,000")]


def test_the_message_names_file_cell_line_and_number(tmp_path: Path):
    book = tmp_path / "book"
    book.mkdir()
    cells = [
        nbformat.v4.new_code_cell("cases = 11000"),
        nbformat.v4.new_markdown_cell("# Police\n\nMore than 11,000 cases."),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book / "police.ipynb")
    (book / "platforms.md").write_text("# Platforms\n\nIn 2014.\n52 percent.\n", encoding="utf-8")
    (book / "how-to-read.md").write_text("# Read\n\n`nearly 400`\n", encoding="utf-8")
    assert check_prose(book) == [
        "book/platforms.md, line 4: '52 percent' is typed; let the code glue it",
        "book/police.ipynb, cell 2, line 3: '11,000' is typed; let the code glue it",
    ]


def test_did_it_work_is_told_in_300_words():
    """Of prose, with the numbers that the page was stored with: headings and tables stand beside."""
    cells = nbformat.read(BOOK / "did-it-work.ipynb", as_version=4).cells
    record = "application/papermill.record/text/plain"
    made = [one for cell in cells for one in cell.get("outputs", []) if record in one.get("data", {})]
    said = {one["metadata"]["scrapbook"]["name"]: one["data"][record] for one in made}
    prose = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    told = re.sub(r"\{glue:text\}`(\w+)`", lambda found: said[found[1]], prose)
    told = re.sub(r"^(#|```).*$", "", re.sub(r"\]\([^)]*\)", "]", told), flags=re.MULTILINE)
    assert 200 < len(told.split()) <= 300
