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

from lxml import etree  # type: ignore[import-untyped]

from analysis.building.published import SEARCH, SEARCH_INDEX, STATIC
from analysis.errors import InputError
from analysis.publish.addresses import SERIES_FOLDER, SOURCES_FOLDER

NOT_BOOK = (SEARCH, "genindex.html", "index.html", "404.html")  # at the root
# Elements whose words belong to another section, or are none of the book.
UNREAD = frozenset(("section", "script", "style", "svg", "noscript", "button", "form", "math"))
UNSAID = {
    "headerlink",
    "ways",
    "source",
    "trail",
    "toc",
    "filters",
    "find",
}  # classes of what many pages share
APART = frozenset(("td", "th", "li", "dt", "dd", "p", "tr", "summary"))  # what follows is another word
ARTICLE, ARTICLE_END = re.compile(r'<article[^>]*\bclass="[^"]*\bbd-article\b'), "</article>"
LANGUAGE = re.compile(r'<html[^>]*\blang="([^"]*)"')


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
        page = path.read_text(encoding="utf-8")
        article = _article(page)
        if article is None:
            continue
        found = list(_of_series(article) if name.startswith(f"{SERIES_FOLDER}/") else _sections(article))
        if found:
            sections += [[len(pages), *one] for one in found]
            language = LANGUAGE.search(page)
            pages.append([name, found[0][1], language[1] if language else "en"])
    return {"pages": pages, "sections": sections}


def _article(page: str) -> Any:
    """Return the article of a page, None where it has none; what stands around it is not parsed."""
    begin = ARTICLE.search(page)
    if begin is None:
        return None
    part = page[begin.start() : page.rfind(ARTICLE_END)] + ARTICLE_END
    return next(etree.HTML(part).iter("article"))


def _sections(article: Any) -> Iterator[tuple[str, str, str]]:
    """Yield each section as its anchor, its title and its own words, without those of sections in it."""
    for section in article.iter("section"):
        head = next((one for one in section if one.tag in ("h1", "h2", "h3", "h4")), None)
        if head is not None:
            yield section.get("id", ""), _said(head), _said(*(one for one in section if one is not head))


def _of_series(article: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the page of a series as one section: its title, its sentence, what is counted and by whom."""
    head = next(article.iter("h1"), None)
    if head is not None:
        told = article.xpath(".//p[contains(@class, 'lead')] | .//dl[contains(@class, 'facts')] | .//h2")
        yield "", _said(head), ". ".join(_said(one).removesuffix(".") for one in told)


def _gather(element: Any, words: list[str]) -> None:
    """Add the words of an element in order, but not those of sections in it, drawings and what is no prose."""
    if element.tag in UNREAD or not isinstance(element.tag, str):
        return
    if (classes := element.get("class")) and not UNSAID.isdisjoint(classes.split()):
        return
    if element.text:
        words.append(element.text)
    for child in element:
        _gather(child, words)
        if child.tail:
            words.append(child.tail)
    if element.tag in APART:
        words.append(" ")


def _said(*elements: Any) -> str:
    """Return the words of elements, joined with single spaces."""
    words: list[str] = []
    for element in elements:
        _gather(element, words)
    return " ".join("".join(words).split())
