"""The built site in a browser: nothing fails, nothing is fetched from elsewhere, everyone can read it."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlparse

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Milliseconds in which scripts that run after loading would fail or fetch.
SETTLE = 150
LOCAL = ("data:", "blob:", "about:")


def faults(page: Page, addresses: list[str], base: str) -> list[str]:
    """Visit addresses and tell every console error, exception, failed and outside request."""
    told: list[str] = []
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
    for address in addresses:
        page.goto(f"{base}/{address}", wait_until="load")
        page.wait_for_timeout(SETTLE)
    return told


def test_pages_load_from_a_folder_without_a_fault(desktop: Page, site: Path, pages: list[str]):
    assert faults(desktop, ["index.html", "search.html", *pages], site.as_uri()) == []


def test_pages_load_from_a_server_below_a_subpath_without_a_fault(
    desktop: Page, served: str, pages: list[str]
):
    assert faults(desktop, ["", "search.html", *pages], served) == []
    assert desktop.url.startswith(served)


def test_every_page_forbids_itself_other_hosts_and_scripts_that_are_not_its_own(
    desktop: Page, served: str, site: Path, pages: list[str]
):
    """The policy holds from a folder and from a server: what it forbids is tried."""
    for base in (site.as_uri(), served):
        for address in ["search.html", "genindex.html", *pages]:
            desktop.goto(f"{base}/{address}")
            policy = desktop.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
            assert policy, address
            assert "default-src 'self' file:" in policy, address
            assert desktop.locator("meta[name=referrer]").get_attribute("content") == "no-referrer", address
        run = """() => {
            const tag = document.createElement("script");
            tag.textContent = "window.ran = true";
            document.head.append(tag);
            document.body.insertAdjacentHTML("beforeend", "<button id=b onclick='window.ran = true'>b</button>");
            document.getElementById("b").click();
            return window.ran === undefined;
        }"""
        assert desktop.evaluate(run), base
        # the browser's own report, since an address that nobody serves would fail without a policy, too
        asked = """() => new Promise(told => {
            addEventListener("securitypolicyviolation", event => told(event.effectiveDirective));
            fetch("http://127.0.0.1:9/").catch(() => setTimeout(() => told("nothing"), 1000));
        })"""
        assert desktop.evaluate(asked) == "connect-src", base
    assert "'unsafe-inline'" not in next(part for part in policy.split("; ") if part.startswith("script-src"))


def test_the_footer_leads_to_the_licences_of_scripts_and_fonts(desktop: Page, site: Path, pages: list[str]):
    for address in ["search.html", *pages]:
        desktop.goto(f"{site.as_uri()}/{address}")
        href = desktop.locator(".extra_footer a", has_text="Scripts and fonts").get_attribute("href")
        assert urljoin(desktop.url, href) == f"{site.as_uri()}/LICENSES.txt"


def test_every_image_says_what_it_shows(desktop: Page, site: Path, pages: list[str]):
    for address in pages:
        desktop.goto(f"{site.as_uri()}/{address}")
        images = desktop.locator(".bd-article img")
        for alt in images.evaluate_all("images => images.map(image => image.getAttribute('alt') || '')"):
            # Sphinx falls back to the file's name where an image has no alt text
            assert len(alt) > 10, f"{address}: alt text {alt!r}"
            assert not re.search(r"\.(svg|png)$", alt), f"{address}: alt text {alt!r}"


def test_every_page_has_one_heading_and_a_language(desktop: Page, site: Path, pages: list[str]):
    for address in pages:
        desktop.goto(f"{site.as_uri()}/{address}")
        assert desktop.locator("h1:visible").count() == 1, address
        assert desktop.locator("html").get_attribute("lang") == "en", address
        assert desktop.locator(".extra_footer").inner_text().startswith("Data version"), address


def test_nothing_is_wider_than_a_phone(phone: Page, site: Path, pages: list[str]):
    for address in pages:
        phone.goto(f"{site.as_uri()}/{address}")
        width = phone.evaluate("document.scrollingElement.scrollWidth")
        assert width <= 390, f"{address} is {width} pixels wide"


def test_wide_tables_scroll_inside_their_wrapper(phone: Page, site: Path, pages: list[str]):
    wide = 0
    for address in pages:
        phone.goto(f"{site.as_uri()}/{address}")
        tables = phone.locator(".bd-article table").evaluate_all(
            """tables => tables.filter(table => table.offsetWidth > innerWidth).map(table => {
                let box = table.parentElement;
                while (box && !/auto|scroll/.test(getComputedStyle(box).overflowX)) box = box.parentElement;
                if (!box || box.clientWidth > innerWidth) return false;
                box.scrollLeft = 50;
                return box.scrollLeft > 0;
            })"""
        )
        wide += len(tables)
        assert all(tables), f"{address}: a wide table does not scroll"
    if not wide:
        pytest.skip("no page has a table wider than a phone")


def test_figures_take_nearly_the_whole_width_of_a_phone(phone: Page, site: Path, pages: list[str]):
    for address in pages:
        phone.goto(f"{site.as_uri()}/{address}")
        widths = phone.locator(".figure-card img").evaluate_all("images => images.map(i => i.clientWidth)")
        assert all(350 <= width <= 390 for width in widths), f"{address}: {widths}"


def test_search_finds_a_word_from_a_folder(desktop: Page, site: Path):
    desktop.goto(f"{site.as_uri()}/search.html?q=counterfeit")
    results = desktop.locator("#search-results ul.search li a")
    results.first.wait_for(timeout=10_000)
    results.first.click()
    assert "/book/" in desktop.url


def test_the_search_field_leads_to_results(desktop: Page, site: Path, pages: list[str]):
    desktop.goto(f"{site.as_uri()}/{pages[0]}")
    desktop.locator(".bd-sidebar-primary .search-button-field").click()
    field = desktop.locator("#pst-search-dialog input[type=search]")
    field.fill("counterfeit")
    field.press("Enter")
    desktop.locator("#search-results ul.search li").first.wait_for(timeout=10_000)


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


def test_links_between_pages_and_to_downloads_resolve(desktop: Page, site: Path, pages: list[str]):
    base = site.as_uri() + "/"
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for address in pages:
        desktop.goto(base + address)
        found = desktop.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        ids[base + address] = set(found)
        hrefs = desktop.locator(".bd-main a[href], .bd-sidebar-primary a[href]").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        links += [(address, href) for href in hrefs]
    broken = []
    for address, href in links:
        target, fragment = urldefrag(urljoin(base + address, href))
        if not target.startswith(base):
            assert urlparse(target).scheme in {"http", "https", "mailto"}, f"{address}: {href}"
            continue
        missing = not (site / target.removeprefix(base)).is_file()
        if missing or (fragment and target in ids and fragment not in ids[target]):
            broken.append(f"{address}: {href}")
    assert broken == []
