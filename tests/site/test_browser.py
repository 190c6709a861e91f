"""The built site in a browser: nothing fails, nothing is fetched from elsewhere, everyone can read it.

Every page is visited twice, from a folder on a desktop and from a server on a phone; the tests ask what was seen there.
"""

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlparse

import pytest
from playwright.sync_api import Browser, Page

from analysis.publish.show import LEAST_PIXELS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Milliseconds in which scripts that run after loading would fail or fetch.
SETTLE = 150
LOCAL = ("data:", "blob:", "about:")
SEEN = """() => {
    const all = (query, told) => [...document.querySelectorAll(query)].map(told);
    const meta = query => (document.querySelector(`meta[${query}]`) || {}).content;
    return {
        alts: [
            ...all(".bd-article img", image => image.getAttribute("alt") || ""),
            ...all("svg.drawing", one => {
                const alt = document.getElementById(one.getAttribute("aria-labelledby"));
                return alt ? alt.textContent : one.getAttribute("aria-label") || "";
            }),
        ],
        clipped: all(".bd-article .table-scroll", box => box)
            .filter(box => box.offsetParent && !box.closest("details:not([open])"))
            .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.getAttribute("aria-label")),
        drawn: all(".figure-card :is(img, svg.drawing)", one => one.getBoundingClientRect().width),
        footer: all(".extra_footer", foot => foot.innerText)[0] || "",
        headings: all("h1", heading => heading.checkVisibility()).filter(Boolean).length,
        ids: all("[id]", one => one.id),
        language: document.documentElement.lang,
        letters: Math.min(...[...document.querySelectorAll("svg.drawing text")]
            .filter(one => one.textContent.trim() && one.getClientRects().length)
            .map(one => {
                const drawing = one.ownerSVGElement;
                const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
                return scale * parseFloat(getComputedStyle(one).fontSize);
            }), 1000),
        licences: all(".extra_footer a", link => [link.innerText, link.getAttribute("href")])
            .filter(([words]) => words.includes("Scripts and fonts")).map(([_, href]) => href),
        links: all(".bd-main a[href], .bd-sidebar-primary a[href]", link => link.getAttribute("href")),
        policy: meta("http-equiv='Content-Security-Policy'"),
        referrer: meta("name=referrer"),
        tables: all(".bd-article table", table => table)
            .filter(table => table.offsetWidth > innerWidth).map(table => {
                let box = table.parentElement;
                while (box && !/auto|scroll/.test(getComputedStyle(box).overflowX)) box = box.parentElement;
                if (!box || box.clientWidth > innerWidth) return false;
                box.scrollLeft = 50;
                return box.scrollLeft > 0;
            }),
        url: document.URL,
        width: document.scrollingElement.scrollWidth,
    };
}"""
Seen = dict[str, dict[str, Any]]


def visit(browser: Browser, width: int, base: str, addresses: list[str]) -> tuple[Seen, list[str]]:
    """Visit addresses; returns what each page holds, and every console error, exception, failed or outside request.

    While the scripts of one page may still fail or fetch, the next is loaded in another tab.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light")
    told: list[str] = []
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        listen(tab, base, told)
    seen: Seen = {}
    loaded: list[tuple[Page, str, float]] = []

    def look() -> None:
        page, address, since = loaded.pop()
        page.wait_for_timeout(max(SETTLE - 1000 * (time.monotonic() - since), 0))
        page.wait_for_load_state("load")  # the root leads on
        seen[address] = page.evaluate(SEEN)

    for number, address in enumerate(addresses):
        page = tabs[number % 2]
        page.goto(f"{base}/{address}", wait_until="load")
        if loaded:
            look()
        loaded.append((page, address, time.monotonic()))
    look()
    context.close()
    return seen, told


def listen(page: Page, base: str, told: list[str]) -> None:
    """Note a page's console errors, exceptions, and requests that fail or that leave the site."""
    page.on("console", lambda said: told.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
    page.on(
        "requestfailed",
        lambda request: (
            # going on to the next page aborts what the last one was still fetching
            None
            if request.failure == "net::ERR_ABORTED"
            else told.append(f"{page.url}: {request.url} failed")
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((base, *LOCAL)) else told.append(f"{page.url}: asks {request.url}")
        ),
    )


@pytest.fixture(scope="module")
def from_folder(browser: Browser, site: Path, pages: list[str]) -> tuple[Seen, list[str]]:
    return visit(browser, 1280, site.as_uri(), ["search.html", "genindex.html", *pages])


@pytest.fixture(scope="module")
def from_server(browser: Browser, served: str, pages: list[str]) -> tuple[Seen, list[str]]:
    return visit(browser, 390, served, ["", "search.html", "genindex.html", *pages])


@pytest.fixture
def on_phone(from_server: tuple[Seen, list[str]], pages: list[str]) -> Seen:
    return {address: from_server[0][address] for address in pages}


def test_pages_load_from_a_folder_without_a_fault(from_folder: tuple[Seen, list[str]]):
    assert from_folder[1] == []


def test_pages_load_from_a_server_below_a_subpath_without_a_fault(
    from_server: tuple[Seen, list[str]], served: str
):
    assert from_server[1] == []
    assert all(seen["url"].startswith(served) for seen in from_server[0].values())


def test_every_page_forbids_itself_other_hosts_and_scripts_that_are_not_its_own(
    desktop: Page, from_folder: tuple[Seen, list[str]], from_server: tuple[Seen, list[str]]
):
    """The policy holds from a folder and from a server: what it forbids is tried."""
    for walk, _ in (from_folder, from_server):
        for address, seen in walk.items():
            assert "default-src 'self' file:" in (seen["policy"] or ""), address
            scripts = next(part for part in seen["policy"].split("; ") if part.startswith("script-src"))
            assert "'unsafe-inline'" not in scripts, address
            assert seen["referrer"] == "no-referrer", address
        desktop.goto(seen["url"])
        run = """() => {
            const tag = document.createElement("script");
            tag.textContent = "window.ran = true";
            document.head.append(tag);
            document.body.insertAdjacentHTML("beforeend", "<button id=b onclick='window.ran = true'>b</button>");
            document.getElementById("b").click();
            return window.ran === undefined;
        }"""
        assert desktop.evaluate(run), seen["url"]
        # the browser's own report, since an address that nobody serves would fail without a policy, too
        asked = """() => new Promise(told => {
            addEventListener("securitypolicyviolation", event => told(event.effectiveDirective));
            fetch("http://127.0.0.1:9/").catch(() => setTimeout(() => told("nothing"), 1000));
        })"""
        assert desktop.evaluate(asked) == "connect-src", seen["url"]


def test_the_footer_leads_to_the_licences_of_scripts_and_fonts(
    from_folder: tuple[Seen, list[str]], site: Path
):
    for address, seen in from_folder[0].items():
        (href,) = seen["licences"]
        assert urljoin(seen["url"], href) == f"{site.as_uri()}/LICENSES.txt", address


def test_every_image_says_what_it_shows(from_folder: tuple[Seen, list[str]]):
    for address, seen in from_folder[0].items():
        for alt in seen["alts"]:
            # Sphinx falls back to the file's name where an image has no alt text
            assert len(alt) > 10, f"{address}: alt text {alt!r}"
            assert not re.search(r"\.(svg|png)$", alt), f"{address}: alt text {alt!r}"


def test_every_page_has_one_heading_and_a_language(from_folder: tuple[Seen, list[str]], pages: list[str]):
    for address in pages:
        seen = from_folder[0][address]
        assert seen["headings"] == 1, address
        assert seen["language"] == ("zh-CN" if address.startswith("book/zh") else "en"), address
        assert seen["footer"].startswith("Data version"), address


def test_nothing_is_wider_than_a_phone(from_server: tuple[Seen, list[str]]):
    for address, seen in from_server[0].items():
        assert seen["width"] <= 390, f"{address} is {seen['width']} pixels wide"


def test_wide_tables_scroll_inside_their_wrapper(on_phone: Seen):
    for address, seen in on_phone.items():
        assert all(seen["tables"]), f"{address}: a wide table does not scroll"
    if not any(seen["tables"] for seen in on_phone.values()):
        pytest.skip("no page has a table wider than a phone")


def test_figures_take_nearly_the_whole_width_of_a_phone(on_phone: Seen):
    for address, seen in on_phone.items():
        assert all(350 <= width <= 390 for width in seen["drawn"]), f"{address}: {seen['drawn']}"


def test_no_table_of_a_chapter_is_cut_on_a_desktop(from_folder: tuple[Seen, list[str]], pages: list[str]):
    cut = {address: from_folder[0][address]["clipped"] for address in pages if address.startswith("book/")}
    cut.pop("book/explore.html")  # its rows hold numbers in full, to be taken away
    assert {address: tables for address, tables in cut.items() if tables} == {}


def test_letters_of_drawings_can_be_read_on_a_phone(on_phone: Seen):
    small = {address: seen["letters"] for address, seen in on_phone.items() if seen["letters"] < LEAST_PIXELS}
    assert small == {}


def test_search_finds_a_word_from_a_folder(desktop: Page, site: Path):
    desktop.goto(f"{site.as_uri()}/search.html?q=counterfeit")
    results = desktop.locator("#search-results .search-list li a")
    results.first.wait_for(timeout=10_000)
    results.first.click()
    assert "/book/" in desktop.url


def test_the_search_field_leads_to_results(desktop: Page, site: Path, pages: list[str]):
    desktop.goto(f"{site.as_uri()}/{pages[0]}")
    desktop.locator(".bd-sidebar-primary .search-button-field").click()
    field = desktop.locator("#pst-search-dialog input[type=search]")
    field.fill("counterfeit")
    field.press("Enter")
    desktop.locator("#search-results .search-list li").first.wait_for(timeout=10_000)


def test_dark_mode_can_be_switched_on_and_stays(desktop: Page, served: str, pages: list[str]):
    desktop.goto(f"{served}/{pages[0]}")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = desktop.evaluate(ground)
    switch = desktop.locator(".theme-switch-button:visible").first
    for _ in range(3):  # it goes round light, dark and the system's choice
        if desktop.locator("html").get_attribute("data-theme") != "dark":
            switch.click()
    assert desktop.locator("html").get_attribute("data-theme") == "dark"
    assert desktop.evaluate(ground) != before
    desktop.goto(f"{served}/{pages[-1]}")
    assert desktop.locator("html").get_attribute("data-theme") == "dark"


def test_links_between_pages_and_to_downloads_resolve(
    from_folder: tuple[Seen, list[str]], site: Path, pages: list[str]
):
    base = site.as_uri() + "/"
    ids = {base + address: set(seen["ids"]) for address, seen in from_folder[0].items()}
    broken = []
    for address in pages:
        for href in from_folder[0][address]["links"]:
            target, fragment = urldefrag(urljoin(base + address, href))
            target = target.partition("?")[0]  # what a page is asked for
            if not target.startswith(base):
                assert urlparse(target).scheme in {"http", "https", "mailto"}, f"{address}: {href}"
                continue
            missing = not (site / target.removeprefix(base)).is_file()
            if missing or (fragment and target in ids and fragment not in ids[target]):
                broken.append(f"{address}: {href}")
    assert broken == []


@pytest.mark.parametrize(
    ("gone", "root"),
    [
        ("some/where/book/book/gone.html", "some/where/book"),
        ("some/where/book/data/a/gone.csv", "some/where/book"),
        ("series/gone.html", ""),
        ("else/gone.html", "else"),
        ("gone.html", ""),
    ],
)
def test_the_page_for_addresses_that_are_none_leads_back_from_any_depth(
    desktop: Page, site: Path, served: str, gone: str, root: str
):
    body = (site / "404.html").read_text(encoding="utf-8")
    desktop.route("**/gone.*", lambda route: route.fulfill(status=404, content_type="text/html", body=body))
    host = served.removesuffix("/some/where/book")
    desktop.goto(f"{host}/{gone}")
    addresses = desktop.eval_on_selector_all("a", "links => links.map(one => one.href)")
    top = f"{host}/{root}/" if root else f"{host}/"
    assert addresses[0] == f"{top}book/index.html"
    for address in addresses:
        assert (site / address.removeprefix(top)).is_file()


def test_a_long_table_shows_its_first_rows_and_the_others_where_they_are_asked_for(
    desktop: Page, served: str
):
    desktop.goto(f"{served}/book/cases.html")
    rows, shown = desktop.locator("#cases-table tbody tr"), desktop.locator("#cases-table tbody tr:visible")
    whole = rows.count()
    assert whole > 400
    assert shown.count() == 25
    picked = desktop.locator("#cases-filters select[name=product]")
    picked.select_option("watches")
    few = shown.count()
    assert 0 < few < 25
    assert desktop.locator(".more-rows:visible").count() == 0
    picked.select_option("")
    last = rows.nth(whole - 1).get_attribute("id")
    desktop.get_by_role("button", name=f"Show all {whole}").click()
    assert shown.count() == whole
    desktop.goto(f"{served}/book/cases.html?product=watches")
    assert shown.count() == few
    desktop.goto(f"{served}/book/cases.html#{last}")
    desktop.reload()
    assert desktop.locator(f"#{last}").is_visible()
