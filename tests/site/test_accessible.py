"""Everyone can use every page: axe finds no serious and no critical fault, on a light page and on a dark one.

Nearly all of axe's time goes to the hundredth row that is like the first, so each page is thinned before it is asked.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THIN = Path(__file__).with_name("thin.js").read_text(encoding="utf-8")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ASKED = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations
        .filter(one => ["serious", "critical"].includes(one.impact))
        .map(one => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 160)}`);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose colours change at once, and that runs axe: none of the site's scripts, its policy forbids it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """Thin a page and ask axe."""
    page.evaluate(THIN)
    page.evaluate(AXE)
    return page.evaluate(ASKED)


def test_axe_finds_nothing_serious(page: Page, site: Path, pages: list[str]):
    found = {}
    for address in ["search.html", *pages]:
        page.emulate_media(color_scheme="light")
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        light = faults(page)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        if told := [*light, *page.evaluate(ASKED)]:
            found[address] = told
    assert found == {}


ROW = '<tr id="r{0}"><td class="n">{0}</td><td><a href="#r{0}">row {0}</a></td></tr>'
FAULTY = {
    "color-contrast": '<tr><td class="n">1</td><td style="color: #ccc; background: #fff">pale</td></tr>',
    "link-name": '<tr><td class="n">1</td><td><a href="#r1"></a></td></tr>',
    "aria-valid-attr-value": '<tr><td class="n">1</td><td aria-busy="perhaps">1</td></tr>',
    "image-alt": '<tr><td class="n">1</td><td><a href="#r1">row<img src="data:,"></a></td></tr>',
    "aria-hidden-focus": '<tr><td class="n">1</td><td aria-hidden="true"><a href="#r1">row</a></td></tr>',
    "valid-lang": '<tr><td class="n">1</td><td lang="xxxx"><a href="#r1">row</a></td></tr>',
    "nested-interactive": '<tr><td class="n">1</td><td><button>a <a href="#r1">row</a></button></td></tr>',
}


@pytest.mark.parametrize("rule", FAULTY)
def test_the_one_row_with_a_fault_among_hundreds_is_no_row_that_is_left_out(page: Page, rule: str):
    rows = [ROW.format(number) for number in range(300)]
    rows.insert(200, FAULTY[rule])
    body = f"<main><h1>Rows</h1><table><tbody>{''.join(rows)}</tbody></table></main>"
    page.set_content(f'<!DOCTYPE html><html lang="en"><title>Rows</title>{body}</html>')
    told = faults(page)
    assert page.locator("tr").count() < 10
    assert [one.split(" ")[0] for one in told] == [rule]
    page.locator("tr").nth(2).evaluate("row => row.remove()")
    assert page.evaluate(ASKED) == []  # nothing else was wrong
