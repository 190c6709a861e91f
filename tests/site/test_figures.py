"""Figures in a browser: marks are met by pointer, key and finger, follow the page into the dark, and can be taken."""

import csv
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "book/index.html"
MARKS = "svg.drawing .marks > *"


@pytest.fixture
def figure(desktop: Page, site: Path) -> Page:
    """The front page, whose one figure is of prints."""
    desktop.goto(f"{site.as_uri()}/{PAGE}")
    return desktop


def test_a_mark_that_is_pointed_at_says_its_words_and_leads_to_its_print(figure: Page):
    mark = figure.locator(f"{MARKS}[href]").nth(3)
    words = mark.get_attribute("aria-label")
    assert words
    mark.hover(force=True)
    assert figure.locator(".mark-words").inner_text() == " ".join(words.split())
    figure.mouse.move(0, 0)
    assert figure.locator(".mark-words").is_hidden()
    assert mark.get_attribute("href")


def test_a_figure_is_one_stop_of_the_tab_key_and_arrows_lead_through_it(figure: Page):
    marks = figure.locator(MARKS)
    assert figure.locator(f"{MARKS}[tabindex='0']").count() == figure.locator("svg.drawing").count()
    marks.first.focus()
    told = ["ArrowRight", "ArrowRight", "ArrowLeft"]
    for key in told:
        figure.keyboard.press(key)
    assert figure.evaluate("document.activeElement.getAttribute('aria-label')") == marks.nth(1).get_attribute(
        "aria-label"
    )
    assert figure.locator(".mark-words").is_visible()
    assert figure.locator(f"{MARKS}[tabindex='0']").count() == figure.locator("svg.drawing").count()


def test_a_finger_asks_before_it_follows(browser: Browser, site: Path):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{PAGE}")
    mark = page.locator(f'{MARKS}:is([href*="/sources/"], [href*="/series/"])').first  # on this site
    mark.tap(force=True)
    assert page.locator(".mark-words").is_visible()
    assert page.url.endswith(PAGE)
    mark.tap(force=True)
    page.wait_for_url(re.compile("sources|series"))
    context.close()


def test_a_drawing_follows_the_page_into_the_dark_and_paper_stays_light(figure: Page):
    ground = "getComputedStyle(document.querySelector('svg.drawing path')).fill"
    asked = "theme => document.documentElement.dataset.theme = theme"
    figure.evaluate(asked, "light")
    light = figure.evaluate(ground)
    figure.evaluate(asked, "dark")
    assert figure.evaluate(ground) != light
    figure.emulate_media(media="print")
    assert figure.evaluate(ground) == light


def test_what_a_figure_offers_is_there_and_its_rows_are_its_marks(figure: Page, site: Path):
    hrefs = figure.locator(".ways a[download]").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert [Path(href).suffix for href in hrefs] == [".svg", ".png", ".csv"]
    places = [(site / PAGE).parent / href for href in hrefs]
    assert places[0].read_text(encoding="utf-8").startswith("<svg ")
    assert places[1].read_bytes().startswith(b"\x89PNG")
    with places[2].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["told"] for row in rows) == sorted(
        figure.locator(MARKS).evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    )


def test_every_figure_has_its_forms(site: Path):
    offered = set()
    for path in sorted((site / "book").glob("*.html")):
        page = path.read_text(encoding="utf-8")
        offered |= set(re.findall(r'"\.\./figures/([^"]+)" download', page))
        assert page.count('<div class="ways">') == page.count('<svg xmlns="http://www.w3.org/2000/svg"'), (
            path.name
        )
    assert offered
    assert offered == {path.name for path in (site / "figures").iterdir()}


DRAWING = re.compile(r'<svg [^>]*class="drawing"[^>]*aria-labelledby="([^"]+)-alt".*?</svg>', re.DOTALL)
MARK = re.compile(r'<(?:a href="([^"]*)"|g)[^>]*>(?:<title>([^<]*)</title>|<title/>)?<rect')
# Figures of which a mark may lead nowhere, and why: none.
NOWHERE: dict[str, str] = {}


def marks_of(page: str) -> dict[str, list[tuple[str, str]]]:
    """Return what each mark of each figure of a page says, and where it leads (blank: nowhere)."""
    found = {}
    for drawing in DRAWING.finditer(page):
        _, _, layer = drawing[0].partition('<g class="marks">')
        found[drawing[1]] = [
            (unescape(words or ""), unescape(address or "")) for address, words in MARK.findall(layer)
        ]
        assert len(found[drawing[1]]) == layer.count("<rect"), drawing[1]
    return found


def missing(site: Path, address: str, pages: dict[Path, set[str]]) -> bool:
    """Tell whether an address told from a page of the book leads to no page of the site, or to no place on it."""
    name, _, place = address.partition("#")
    path = (site / "book" / name.partition("?")[0]).resolve()
    if path not in pages:
        pages[path] = set(re.findall(r'\bid="([^"]+)"', path.read_text("utf-8"))) if path.exists() else set()
    return not path.exists() or bool(place and unquote(place) not in pages[path])


def test_every_mark_of_every_figure_says_something_and_leads_to_a_place_that_exists(site: Path):
    silent, astray, pages = {}, {}, {}
    for path in sorted((site / "book").glob("*.html")):
        for figure, found in marks_of(path.read_text(encoding="utf-8")).items():
            wanting = [mark for mark in found if not all(mark)]
            if figure not in NOWHERE and (wanting or not found):
                silent[figure] = f"{len(wanting)} of {len(found)}: {wanting[:2]}"
            own = {
                f"{path.name}{one}" if one.startswith("#") else one for _, one in found if "://" not in one
            }
            if lost := sorted(one for one in own if one and missing(site, one, pages)):
                astray[figure] = lost[:3]
    assert silent == {}
    assert astray == {}


def test_every_figure_drawn_on_a_page_of_a_series_leads_to_its_source(site: Path):
    layers = {
        path.name: re.findall(r'<g class="marks">(.*?)</g></svg>', path.read_text("utf-8"), re.DOTALL)
        for path in sorted((site / "series").glob("*.html"))
    }
    assert sum(map(len, layers.values())) > 100
    apart = {name: drawn for name, drawn in layers.items() if any("<g" in one for one in drawn)}
    assert sorted(apart) == []
