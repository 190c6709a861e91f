"""The pages of the record: every series, family and source, and the index of the figure finder.

They are written after Sphinx, into the frame of the finder's own page (book/find.html), which has the book's look and
its policy already; only its article is another. So a page costs no run of Sphinx, and a book without that page has
none of them.

    series/ID.html      beside the series' CSV and metadata
    sources/ID.html     a source with all its readings, each under #READING_ID
    _static/find-index.js   what the finder searches: a script, since pages opened from a folder may load nothing else
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import cast

from analysis.building.published import SEARCH, STATIC
from analysis.dataset import Dataset, load
from analysis.dataset.code import page_code
from analysis.errors import InputError
from analysis.publish.addresses import BOOK, SERIES_FOLDER, SOURCES_FOLDER
from analysis.publish.citation import TITLE
from analysis.publish.pages.record import (
    Article,
    family_article,
    finder_index,
    series_article,
    source_article,
    sources_with_readings,
)
from analysis.series.families import families, single_series
from analysis.series.store import Recipe, kept

FINDER, FIND_INDEX = "book/find.html", "find-index.js"
# What the frame of these pages has no use for: the finder's neighbours, its source, and the book's word index.
UNUSED = (
    r'<footer class="prev-next-footer.*?</footer>',
    r'<div class="dropdown dropdown-download-buttons">.*?</div>',
    r'<link rel="(?:next|prev)"[^>]*>',
    r'<script [^>]*src="[^"]*/(?:find|find-index)\.js[^"]*"[^>]*></script>',
    r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)',
    r"<!--.*?-->",
)
HEAD_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
ARTICLE = re.compile(r'(<article class="bd-article">).*(</article>)', re.DOTALL)
SCRIPTS = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
HREF = re.compile(r'(?<=href=")(?!\.\./|#|https?:)(?=[^"])')
SEARCH_HEAD = re.compile(r"(<h1>[^<]*</h1>)")
FORM = (
    '<form class="find small" role="search" action="../book/find.html"><label for="find-words">Find another figure'
    '</label><input id="find-words" type="search" name="q" autocomplete="off" spellcheck="false"></form>'
)
STYLE = '<link rel="stylesheet" href="../_static/record.css">'
HINT = (
    '<p id="find-instead">Looking for a figure? <a href="book/find.html">Find it among all readings</a>.</p>'
)


def write_record_pages(data: Path, site: Path) -> list[Path]:
    """Write all of it, of the tables in `data`, into a finished site, nothing where the book has no finder.

    Lists what was written.

    Raises
    ------
    InputError
        If the finder's page is not built as these pages need it.
    """
    if not (site / FINDER).is_file():
        return []
    of_pages, of_index = recipes(load(data))
    files = cast("dict[str, tuple[str, str]]", kept(of_pages))
    frame = Frame((site / FINDER).read_text(encoding="utf-8"))
    written = [_write(site / name, frame.around(Article(*one))) for name, one in files.items()]
    written.append(_write(site / STATIC / FIND_INDEX, cast(str, kept(of_index))))
    _hint(site / SEARCH)
    return written


def recipes(dataset: Dataset) -> tuple[Recipe, Recipe]:
    """Return how title and article of every page are made, and the index of the finder."""
    given = (dataset, dataset.version, dataset.released, dataset.fingerprint, page_code(__name__))
    return Recipe("pages-of-record", made_pages, given), Recipe("finder-index", index_script, given)


def index_script(dataset: Dataset, *_: str) -> str:
    """Return the index of the finder as a script that sets one variable."""
    index = json.dumps(finder_index(dataset), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"window.findIndex={index};\n"


def made_pages(dataset: Dataset, *_: str) -> dict[str, tuple[str, str]]:
    """Return title and article of every page, by its name below the site."""
    makers = (
        (SERIES_FOLDER, series_article, single_series(dataset)),
        (SERIES_FOLDER, family_article, families(dataset)),
        (SOURCES_FOLDER, source_article, sources_with_readings(dataset)),
    )
    pages = {f"{folder}/{name}.html": make(dataset, name) for folder, make, names in makers for name in names}
    return {name: (one.title, one.markup) for name, one in pages.items()}


class Frame:
    """A page of the book around an article that stands in a folder beside it."""

    def __init__(self, page: str) -> None:
        for pattern in UNUSED:
            page = re.sub(pattern, "", page, flags=re.DOTALL)
        pieces = SCRIPTS.split(page)  # a script stays as it is to the letter, since the policy holds its hash
        page = "".join(one if n % 2 else re.sub(r"\s*\n\s*", "\n", one) for n, one in enumerate(pieces))
        if len(HEAD_TITLE.findall(page)) != 1 or not ARTICLE.search(page):
            raise InputError(
                f"{FINDER} has not one title and one article: the pages of the record need its frame."
            )
        page = page.replace('href="#"', f'href="{BOOK}find.html"').replace("current reference", "reference")
        page = HREF.sub(BOOK, page)
        head, rest = HEAD_TITLE.split(page)
        before, after = ARTICLE.sub(r"\1\0\2", rest).split("\0")
        self.parts = (f"{head}<title>", f"</title>{before}", after)

    def around(self, article: Article) -> str:
        """Return the whole page."""
        head, before, after = self.parts
        title = f"{escape(article.title)} &#8212; {TITLE}"
        return f"{head}{title}{before}\n{STYLE}{FORM}\n{article.markup}\n{after}"


def _hint(search: Path) -> None:
    """Lead from the book's search, which knows words, to the finder, which knows numbers."""
    page = search.read_text(encoding="utf-8")
    script = '<script defer src="_static/find.js"></script>'
    told = SEARCH_HEAD.sub(rf"\1{HINT}", page, count=1).replace("</head>", f"{script}</head>", 1)
    if HINT not in told:
        raise InputError(f"{search.name} has no heading under which the finder could be named.")
    search.write_text(told, encoding="utf-8")


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
