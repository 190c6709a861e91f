"""Everyone can use every page: axe finds no serious and no critical fault, on a light page and on a dark one."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ASKED = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations
        .filter(one => ["serious", "critical"].includes(one.impact))
        .map(one => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 160)}`);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, site: Path, pages: list[str], theme: Literal["light", "dark"]
):
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    # the test's own script is none of the site's, which its policy would forbid
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=theme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for address in ["search.html", *pages]:
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        page.evaluate(axe)
        if faults := page.evaluate(ASKED):
            found[address] = faults
    context.close()
    assert found == {}
