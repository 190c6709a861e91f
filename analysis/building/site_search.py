"""The search of the book: sections of its pages with their words, found in the browser and shown with excerpts.

Sphinx's own search fetches the pages that it excerpts, which a page opened from a folder may not do, and the policy of
these pages forbids. So the words come along, as a script that only search.html loads; series are found by their titles
and definitions, sources and readings by the figure finder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from analysis.building.published import SEARCH, SEARCH_INDEX, STATIC
from analysis.errors import InputError
from analysis.publish.addresses import SERIES_FOLDER, SOURCES_FOLDER

NOT_BOOK = (SEARCH, "genindex.html", "index.html", "404.html")  # at the root
SILENT = ("script", "style", "svg", "noscript", "button", "form", "math")  # hold no words of the book
UNSAID = {
    "headerlink",
    "ways",
    "source",
    "trail",
    "toc",
    "filters",
    "find",
}  # classes of what many pages share
SPACES = re.compile(r"\s+")


def write_search(site: Path) -> Path | None:
    """Write the index of a finished site where its page of the search asks for one.

    Raises
    ------
    InputError
        If that page has no place for what is found.
    """
    page = (site / SEARCH).read_text(encoding="utf-8") if (site / SEARCH).is_file() else ""
    if SEARCH_INDEX not in page:
        return None
    if 'id="search-results"' not in page:
        raise InputError(
            f"{SEARCH} is not the page that the theme writes: it has no place for what is found."
        )
    index = json.dumps(search_index(site), ensure_ascii=False, separators=(",", ":"))
    target = site / STATIC / SEARCH_INDEX
    target.write_text(f"window.searchIndex={index};\n", encoding="utf-8")
    return target


def search_index(site: Path) -> dict[str, Any]:
    """Return `pages` (address, title, language) and `sections` (place of the page, anchor, title, words)."""
    pages: list[list[str]] = []
    sections: list[list[Any]] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name in NOT_BOOK or name.startswith((f"{SOURCES_FOLDER}/", STATIC)):
            continue
        article = _article(path.read_text(encoding="utf-8"))
        if article is None:
            continue
        found = list(_of_series(article) if name.startswith(f"{SERIES_FOLDER}/") else _sections(article))
        if found:
            sections += [[len(pages), *one] for one in found]
            pages.append([name, found[0][1], article.getroottree().getroot().get("lang", "en")])
    return {"pages": pages, "sections": sections}


def _article(page: str) -> Any:
    """Return the article of a page, None where it has none."""
    return next(iter(html.document_fromstring(page).xpath("//article[contains(@class, 'bd-article')]")), None)


def _sections(article: Any) -> Iterator[tuple[str, str, str]]:
    """Yield each section as its anchor, its title and its own words, without those of sections in it."""
    for section in article.iter("section"):
        head = next((one for one in section if one.tag in ("h1", "h2", "h3", "h4")), None)
        if head is not None:
            parts = (word for child in section if child is not head for word in _words(child))
            yield section.get("id", ""), _said(_words(head)), _said(parts)


def _of_series(article: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the page of a series as one section: its title, its sentence, what is counted and by whom."""
    head = next(article.iter("h1"), None)
    if head is not None:
        told = article.xpath(".//p[contains(@class, 'lead')] | .//dl[contains(@class, 'facts')] | .//h2")
        yield "", _said(_words(head)), ". ".join(_said(_words(one)).removesuffix(".") for one in told)


def _words(element: Any) -> Iterator[str]:
    """Yield the words of an element in order, but not those of sections in it, drawings and what is no prose."""
    if not isinstance(element.tag, str) or element.tag in ("section", *SILENT):
        return
    if UNSAID & set(element.get("class", "").split()):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    if element.tag in ("td", "th", "li", "dt", "dd", "p", "tr", "summary"):
        yield " "


def _said(words: Iterator[str]) -> str:
    """Join words with single spaces."""
    return SPACES.sub(" ", "".join(words)).strip()
