"""Everyone can use every page: axe finds no serious and no critical fault, on a light page and on a dark one.

Nearly all of axe's time goes to the hundredth row that is like the first, so each page is thinned before it is asked.
The pages of the record are made alike: of each kind the longest and the shortest are asked, and so many more that no
kind of element is left out.
"""

import re
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

TAG = re.compile(r'<([a-z][a-z0-9]*)((?:\s[a-z-]+(?:="[^"]*")?)*)')
TOLD = re.compile(r'\s(class|role|lang|type|open|hidden)(?:="([^"]*)")?')


def kind(name: str, page: str) -> str:
    """Return of which kind a page of the record is."""
    family = " series by " in page.partition('<p class="lead">')[2][:200]
    return "family" if family else name.partition("/")[0]


def elements(page: str) -> set[tuple[object, ...]]:
    """Return the kinds of elements of a page's article: the tag, and what tells it from others of it."""
    article = page.partition('<article class="bd-article">')[2].partition("</article>")[0]
    return {(tag, *sorted(TOLD.findall(told))) for tag, told in set(TAG.findall(article))}


def sample(site: Path) -> list[str]:
    """Return pages of the record, the same for the same site: by kind the longest and the shortest, then a cover.

    The cover is the page with most kinds of elements that no page before it has, until none is left.
    """
    pages = {
        f"{path.parent.name}/{path.name}": path.read_text("utf-8")
        for folder in ("series", "sources")
        for path in sorted((site / folder).glob("*.html"))
    }
    by_length: dict[str, list[str]] = {}
    for name in sorted(pages, key=lambda name: (len(pages[name]), name)):
        by_length.setdefault(kind(name, pages[name]), []).append(name)
    chosen = [name for own in by_length.values() for name in (own[0], own[-1])]
    held = {name: elements(page) for name, page in pages.items()}
    left = set().union(*held.values()).difference(*(held[name] for name in chosen))
    while left:
        chosen.append(max(held, key=lambda name: (len(held[name] & left), name)))
        left -= held[chosen[-1]]
    return list(dict.fromkeys(chosen))


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
    """Thin a page and ask axe, which takes a root that nobody painted for white, also where the browser is dark."""
    page.add_style_tag(content=":where(html) { background-color: Canvas; }")
    page.evaluate(THIN)
    page.evaluate(AXE)
    return page.evaluate(ASKED)


def test_axe_finds_nothing_serious(page: Page, site: Path, pages: list[str]):
    found = {}
    for address in dict.fromkeys(["search.html", "404.html", "genindex.html", *pages, *sample(site)]):
        page.emulate_media(color_scheme="light")
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        light = faults(page)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("document.documentElement.dataset.theme !== 'light'")  # 404 has none
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


def test_the_sample_of_the_record_has_every_kind_of_page_and_of_element(tmp_path: Path):
    frame = '<article class="bd-article"><h1>{}</h1><p class="lead">{}</p>{}</article>'
    told = {
        "series/a.html": ("a", "Cases.", ""),
        "series/b.html": ("b", "Cases.", "<p>longer</p>" * 9),
        "series/c.html": ("c", "Cases.", '<p>a</p><svg role="img"></svg>'),
        "series/d.html": ("d", "3 series by mode: e.", ""),
        "series/e.html": ("e", "4 series by product: f, g.", "<p>f</p>" * 3),
        "series/f.html": ("f", "4 series by product: f, g.", "<p>f</p>"),
        "sources/a.html": ("a", "", ""),
        "sources/b.html": ("b", "", "<p>b</p>" * 9),
        "sources/c.html": ("c", "", '<p>c</p><p class="copy">c</p>'),
        "sources/d.html": ("d", "", "<p>d</p>"),
    }
    for name, words in told.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(frame.format(*words), encoding="utf-8")
    assert set(sample(tmp_path)) == set(told) - {"series/f.html", "sources/d.html"}
