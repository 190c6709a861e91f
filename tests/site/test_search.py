"""The search of the book in a browser: sections with excerpts, in both languages, and whose text stays text."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=pwn()><script>pwn()</script>"
LONG = "Nothing is said here of it. " * 40
INDEX = {
    "pages": [["book/police.html", "Police", "en"], ["book/zh.html", "执法", "zh-CN"]],
    "sections": [
        [0, "", "Police", f"{LONG}At last raids on workshops are counted. {LONG}"],
        [0, "raids", "Raids", "Raids by the police, 11,000 of them."],
        [0, "evil", HOSTILE, f"An evil section {HOSTILE}"],
        [1, "solved", "破案", "公安机关破获侵犯知识产权案件1.1万余起"],
    ],
}


def write_search_page(folder: Path, index: dict) -> str:
    """Write the page of the search without the book around it; returns its address."""
    (folder / "_static").mkdir()
    shutil.copy(ROOT / "book/_static/search.js", folder / "_static")
    script = f"window.searchIndex={json.dumps(index)};"
    (folder / "_static" / "search-index.js").write_text(script, encoding="utf-8")
    (folder / "search.html").write_text(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Search</title><div class="bd-search-container">'
        '<form class="bd-search"><input type="search" name="q"></form><div id="search-results"></div></div>'
        '<script defer src="_static/search-index.js"></script><script defer src="_static/search.js"></script></html>',
        encoding="utf-8",
    )
    return (folder / "search.html").as_uri()


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.expose_function("pwn", lambda: told.append("called"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(write_search_page(tmp_path_factory.mktemp("search"), INDEX))
    yield page
    context.close()
    assert told == []


def found(page: Page, question: str) -> list[str]:
    """Type a question; return the addresses of what is listed."""
    page.locator("input").fill(question)
    return page.locator(".search-head a").evaluate_all("all => all.map(one => one.getAttribute('href'))")


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        ("raid", ["book/police.html#raids", "book/police.html"]),  # the title counts for more
        ("RAIDS police", ["book/police.html#raids", "book/police.html"]),
        ("workshop", ["book/police.html"]),
        ("orkshop", []),  # a word begins with what is typed
        ("11,000", ["book/police.html#raids"]),
        ("侵犯知识产权", ["book/zh.html#solved"]),
        ("破案", ["book/zh.html#solved"]),
        ("nobodywouldwritethis", []),
    ],
)
def test_sections_are_found_by_all_their_words(page: Page, question: str, addresses: list[str]):
    assert found(page, question) == addresses
    said = page.locator(".search-said").inner_text()
    assert said == {0: "No section has any of these words.", 1: "1 section"}.get(len(addresses), "2 sections")


def test_an_excerpt_shows_the_words_asked_for_in_their_place(page: Page):
    found(page, "workshops")
    excerpt = page.locator(".search-list li p").nth(1)
    assert excerpt.locator("mark").all_inner_texts() == ["workshop"]
    assert len(excerpt.inner_text()) < 300
    assert excerpt.inner_text().startswith("\u2026")
    assert "raids on workshops are counted" in excerpt.inner_text()


def test_where_no_section_has_all_words_those_with_most_are_shown(page: Page):
    assert found(page, "raids nobodywouldwritethis") == ["book/police.html#raids", "book/police.html"]
    assert page.locator(".search-said").inner_text().startswith("No section has all of these words")


def test_text_of_the_book_stays_text(page: Page):
    assert found(page, "evil") == ["book/police.html#evil"]
    assert HOSTILE in page.locator(".search-list").inner_text()
    assert page.locator(".search-list").locator("img, script").count() == 0


def test_a_question_in_the_address_is_answered(page: Page):
    page.goto(page.url.partition("?")[0] + "?q=workshop")
    assert page.locator("input").input_value() == "workshop"
    assert page.locator(".search-list li").count() == 1
