"""Everyone can use every page: axe finds no serious and no critical fault, on a light page and on a dark one.

Nearly all of axe's time goes to the hundredth row that is like the first, so each page is thinned before it is asked,
and of what remains it goes to contrast, which is asked once for all words of the same colours (ask.js tells what that
would miss). The pages of the record
are made alike: of each kind the longest and the shortest are asked, and so many more that no kind of element is left
out.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THIN = Path(__file__).with_name("thin.js").read_text(encoding="utf-8")
ASK = Path(__file__).with_name("ask.js").read_text(encoding="utf-8")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# What a page is but for its colours: its elements, and which of them can be seen.
STATE = """() => document.body.outerHTML + [...document.body.querySelectorAll("*")]
    .map(one => Number(one.checkVisibility({visibilityProperty: true}))).join("")"""

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


def faults(page: Page, known: set[str]) -> list[str]:
    """Thin a page, and tell its faults in the light and in the dark; colours that are right become known."""
    # axe takes a root that nobody painted for white, also where the browser is dark.
    page.add_style_tag(content=":where(html) { background-color: Canvas; }")
    page.evaluate(THIN)
    page.evaluate(AXE)
    told = asked(page, known, {})
    light = page.evaluate(STATE)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme !== 'light'")  # 404 has none
    return [*told, *asked(page, known, OF_COLOURS if page.evaluate(STATE) == light else {})]


def asked(page: Page, known: set[str], rules: dict[str, list[str]]) -> list[str]:
    """Ask axe of all rules or of some, as the page is now."""
    found = page.evaluate(ASK, {"known": list(known), "asked": rules})
    known.update(found["right"])
    return found["wrong"]


def test_axe_finds_nothing_serious(page: Page, site: Path, pages: list[str]):
    found, known = {}, set()
    for address in dict.fromkeys(["search.html", "404.html", "genindex.html", *pages, *sample(site)]):
        page.emulate_media(color_scheme="light")
        page.goto(f"{site.as_uri()}/{address}", wait_until="load")
        if told := faults(page, known):
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
    told = faults(page, set())
    assert page.locator("tr").count() < 10
    assert {one.partition(":")[0] for one in told} == {rule}
    page.locator("tr").nth(2).evaluate("row => row.remove()")
    assert faults(page, set()) == []  # nothing else was wrong


def shown(page: Page, body: str, style: str = "") -> Page:
    """Give a page a body, in the light."""
    page.emulate_media(color_scheme="light")
    styled = f"<style>.a {{ color: #333 }} .b .a {{ color: #ccc }} {style}</style>"
    page.set_content(
        f'<!DOCTYPE html><html lang="en"><title>A</title>{styled}<main><h1>A</h1>{body}</main></html>'
    )
    return page


DARK = "@media (prefers-color-scheme: dark) "


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ('<p class="a">words</p><p class="a" style="color: #ccc">others</p>', ""),
        ('<div class="b"><p class="a">words</p></div>', ""),
        ('<p class="a">words</p>', "p { color: #ccc !important }"),
        ('<p class="a">words</p><p>others</p>', ".a + p { color: #ccc }"),
        ('<p class="a">words</p>', DARK + "{ .a { color: #ccc } }"),
    ],
)  # fmt: skip
def test_colours_that_differ_from_those_of_the_page_before_are_asked(page: Page, body: str, style: str):
    known: set[str] = set()
    assert faults(shown(page, '<p class="a">words</p>'), known) == []
    found = faults(shown(page, body, style), known)
    assert {one.partition(":")[0] for one in found} == {"color-contrast"}
    assert faults(shown(page, body, style), known) == found  # what is wrong never becomes known


def test_colours_behind_which_axe_saw_nothing_are_asked_of_other_words(page: Page):
    picture = "background-image: linear-gradient(#fff, #fff)"
    pale = '<p class="c">pale</p>'
    known: set[str] = set()
    beneath = (
        f'<div style="position: relative"><div style="position: absolute; inset: 0; {picture}"></div></div>'
    )
    assert faults(shown(page, f'<p class="c" style="{picture}">pale</p>', ".c { color: #ccc }"), known) == []
    assert faults(shown(page, f"{beneath}{pale}", ".c { color: #ccc }"), known)


# Each is another element, so that none is thinned away.
SAME = (
    '<p class="c" {0}>a word</p><p>other</p><p class="c" {1} title="t">a word</p>'
    '<p class="c" lang="fr" {2}>un mot</p>'
)


@pytest.mark.parametrize(
    "words",
    [
        ("", 'style="color: #bbb"', ""),
        ('style="background-image: linear-gradient(#fff, #fff)"', "", 'style="background: #555"'),
        ('style="background: #555"', 'style="background: #555"', ""),
        ("hidden", 'style="visibility: hidden"', ""),
    ],
)
def test_of_words_of_one_page_the_one_that_is_pale_is_asked(page: Page, words: tuple[str, ...]):
    found = faults(shown(page, SAME.format(*words), ".c { color: #ccc }"), set())
    assert {one.partition(":")[0] for one in found} == {"color-contrast"}


def test_where_axe_cannot_tell_of_the_first_word_the_others_of_its_page_are_asked(page: Page):
    """Of a single letter it does not tell whether it is pale: it may be a sign."""
    body = '<p class="c">a</p><p>other</p><p class="c" title="t">a word</p>'
    assert faults(shown(page, body.replace("a word", "b"), ".c { color: #ccc }"), set()) == []
    found = faults(shown(page, body, ".c { color: #ccc }"), set())
    assert {one.partition(":")[0] for one in found} == {"color-contrast"}


def test_words_over_what_does_not_hold_them_are_asked_by_themselves(page: Page):
    """Both lie upon the page in their own colours; what lies below the second is no element around it."""
    beneath = '<div style="position: absolute; left: 0; right: 0; height: 3em; background: {0}"></div>'
    style = "p { position: relative; color: #eee } main { background: #333; color: #fff }"
    for ground, rules in (("#ccc", {"color-contrast"}), ("#222", set())):
        body = f"<p>a word</p><hr>{beneath.format(ground)}<p title='t'>a word</p>"
        found = faults(shown(page, body, style), set())
        assert {one.partition(":")[0] for one in found} == rules


def test_no_rule_that_may_find_a_grave_fault_is_left_out(page: Page):
    """What axe itself says of each fault, asked of every rule, on a page with faults of every impact."""
    kinds = "<h4>A</h4><h2></h2><p tabindex=5>b</p><table><tr><th></th></tr></table><li>c</li><nav></nav><nav></nav>"
    shown(page, kinds)
    page.evaluate(AXE)
    every = page.evaluate(
        "() => axe.run(document).then(found => found.violations.map(o => [o.id, o.impact]))"
    )
    assert {impact for _, impact in every} >= {"serious", "moderate", "minor"}
    grave = {rule for rule, impact in every if impact in {"serious", "critical"}}
    assert {one.partition(":")[0] for one in asked(page, set(), {})} == grave


def test_the_sample_of_the_record_has_every_kind_of_page_and_of_element(tmp_path: Path):
    frame = '<article class="bd-article"><h1>{}</h1><p class="lead">{}</p>{}</article>'
    told = {
        "series/a.html": ("a", "Cases.", ""),
        "series/b.html": ("b", "Cases.", "<p>longer</p>" * 9),
        "series/c.html": ("c", "Cases.", '<p>words</p><svg role="img"></svg>'),
        "series/d.html": ("d", "3 series by mode: e.", ""),
        "series/e.html": ("e", "4 series by product: f, g.", "<p>f</p>" * 3),
        "series/f.html": ("f", "4 series by product: f, g.", "<p>f</p>"),
        "sources/a.html": ("a", "", ""),
        "sources/b.html": ("b", "", "<p>others</p>" * 9),
        "sources/c.html": ("c", "", '<p>c</p><p class="copy">c</p>'),
        "sources/d.html": ("d", "", "<p>d</p>"),
    }
    for name, words in told.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(frame.format(*words), encoding="utf-8")
    assert set(sample(tmp_path)) == set(told) - {"series/f.html", "sources/d.html"}
