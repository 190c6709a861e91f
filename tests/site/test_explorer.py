"""The Explorer in a browser: by keyboard alone, from its address, and what is taken away is what is shown."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from analysis.building.series_downloads import table_file
from analysis.dataset import Dataset
from analysis.publish.series_tables import yearly_table
from analysis.series import per, printed_years
from analysis.series.ratios import ratio

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_BYTES = 2_000_000
PAGE = "book/explore.html"
PAYLOAD = "<img src=x onerror=pwn(1)><script>pwn(2)</script>"


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page that fails its test at any error, and at any request that leaves the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((served, "blob:")) else told.append(one.url))
    yield page
    context.close()
    assert told == []


def opened(page: Page, served: str, state: str = "") -> Locator:
    """Open the Explorer and wait for its drawing."""
    page.goto("about:blank")
    page.goto(f"{served}/{PAGE}{state}")
    drawing = page.locator(".explorer-figure svg").first
    drawing.wait_for()
    return drawing


def taken(page: Page, what: str) -> str:
    """Press a button that saves a file, and return its text."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=what).click()
    download: Download = waiting.value
    return Path(download.path()).read_text(encoding="utf-8-sig")


def rows_taken(page: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(page, "CSV of what is shown"))))


def printed_rows(page: Page) -> dict[int, dict[str, str]]:
    """The rows of printed years in the file, by year."""
    years = [row for row in rows_taken(page) if row["row"] == "year" and row["printed"]]
    return {int(row["period"].removeprefix("FY")): row for row in years}


def rows_shown(page: Page) -> list[list[str]]:
    """The cells of the tables on the page."""
    return page.eval_on_selector_all(
        "#explorer-tool tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def test_a_series_is_chosen_and_the_scale_turned_by_keyboard_alone(page: Page, served: str):
    opened(page, served, "#s=us-msrp")
    page.focus("#explorer-find")
    page.keyboard.type("seizures at us borders cbp")
    expect(page.locator("#explorer-list")).to_be_visible()
    page.keyboard.press("ArrowDown")
    picked = page.locator('#explorer-list [aria-selected="true"] span').inner_text()
    assert page.get_attribute("#explorer-find", "aria-activedescendant")
    page.keyboard.press("Enter")
    chosen = page.locator(".explorer-chosen li")
    expect(chosen).to_have_count(2)
    assert picked in chosen.nth(1).inner_text()
    expect(page.locator(".explorer-figure svg[role=img]")).to_have_count(2)  # of two units, two panels
    for _ in range(30):  # on to the scale, by tabs alone
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "scale":
            break
    before = page.locator(".explorer-figure svg[role=img]").first.inner_html()
    page.keyboard.press("l")  # logarithmic comes after linear
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.hash.includes('y=log')")
    page.wait_for_function(
        "was => document.querySelector('.explorer-figure svg[role=img]').innerHTML !== was", arg=before
    )


def test_the_state_comes_back_from_the_address(page: Page, served: str):
    state = "#s=us-seizures,us-seizures-express&y=log&since=2012&base=2012&readings=all&bands=0&measures=law"
    opened(page, served, state)
    expect(page.locator(".explorer-chosen li")).to_have_count(2)
    for name, value in {"scale": "log", "since": "2012", "base": "2012", "measures": "law"}.items():
        assert page.input_value(f"select[name={name}]") == value
    assert not page.is_checked("input[name=bands]")
    assert page.evaluate("location.hash") == state
    page.evaluate("location.hash = '#s=mps-cases-solved'")  # another address, the same page
    expect(page.locator(".explorer-chosen li")).to_have_count(1)
    assert page.input_value("select[name=scale]") == "linear"


def test_what_an_address_asks_for_in_vain_is_said(page: Page, served: str):
    opened(page, served, "#s=us-msrp,../../data/readings,no-such&per=express_parcels&base=1900")
    said = page.locator(".explorer-seen").inner_text()
    assert "There is no series ../../data/readings, no-such." in said
    assert "denominator asked for" in said
    assert "1900 is not published" in said


def test_the_file_holds_the_rows_of_the_page_and_of_the_download(page: Page, served: str, data: Dataset):
    opened(page, served, "#s=us-msrp&readings=all")
    rows = rows_taken(page)
    years = [row for row in rows if row["row"] == "year"]
    own = yearly_table(data)
    written = table_file(own[own["series"] == "us-msrp"]).decode("utf-8-sig")
    for row, given in zip(years, csv.DictReader(io.StringIO(written)), strict=True):
        for name in ("period", "printed", "low", "high", "estimate", "lower", "upper", "reading_ids"):
            assert row[name] == given[name], (row["period"], name)
    shown = rows_shown(page)
    assert len(shown) == len(rows) > len(years)
    for cells, row in zip(shown, rows, strict=True):
        told = [cell.replace(",", "") for cell in cells]
        wanted = ("series", "printed", "low", "high")
        assert all(row[name] in told for name in wanted)


@pytest.mark.parametrize(
    ("name", "below"), [("us-seizures", "goods_imports_usd"), ("spp-arrests-approved", "express_parcels")]
)
def test_a_rate_is_the_one_of_the_package(page: Page, served: str, data: Dataset, name: str, below: str):
    opened(page, served, f"#s={name}&per={below}")
    rows = printed_rows(page)
    found = printed_years(data, name)
    table = per(found.table, data, below, fiscal=found.definition.fiscal)
    assert list(rows) == list(table["year"])
    for _, row in table.iterrows():
        told = rows[int(row["year"])]
        for ours, theirs in (("printed", "value"), ("low", "low"), ("high", "high")):
            assert float(told[ours]) == pytest.approx(row[theirs], rel=1e-5)


def test_a_share_of_a_control_is_the_ratio_of_the_package(page: Page, served: str, data: Dataset):
    opened(page, served, "#s=spp-arrests-approved&per=of:spp-all-arrests-approved")
    rows = printed_rows(page)
    table = ratio(data, "spp-arrests-approved", "spp-all-arrests-approved", 100)
    assert list(rows) == list(table["year"])
    for _, row in table.iterrows():
        told = rows[int(row["year"])]
        for ours, theirs in (("printed", "value"), ("low", "low"), ("high", "high")):
            assert float(told[ours]) == pytest.approx(row[theirs], rel=1e-5)


def test_an_index_ends_where_the_count_changed(page: Page, served: str):
    opened(page, served, "#s=us-seizures&base=2012")
    rows = {row["period"]: row for row in rows_taken(page) if row["row"] == "year"}
    assert (rows["FY2012"]["printed"], rows["FY2012"]["low"], rows["FY2012"]["high"]) == ("100", "100", "100")
    assert "FY2011" not in rows  # exclusion orders were counted until then
    assert "2011 are no part of the index" in page.locator(".explorer-seen").inner_text()


def test_the_drawing_that_is_taken_away_stands_alone(page: Page, served: str):
    opened(page, served, "#s=us-msrp,us-seizures&measures=law")
    text = taken(page, "SVG of what is shown")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in text
    assert not re.search(r'(?:href|src)="(?!#)', text)
    words = "".join(root.itertext())
    assert "Value of seizures at US borders" in words
    assert "fingerprint" in words


def test_the_page_weighs_less_than_two_megabytes(browser: Browser, served: str):
    context = browser.new_context()
    page = context.new_page()
    weights: list[int] = []
    page.on("requestfinished", lambda one: weights.append(len(one.response().body())))
    opened(page, served)
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(weights) > 10
    assert sum(weights) < MOST_BYTES


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, served: str):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for state in ("", "#s=spp-arrests-approved,spp-persons-prosecuted&per=online_retail_total&measures=all"):
        opened(page, served, state)
        assert page.evaluate("document.scrollingElement.scrollWidth") == 390
    context.close()


def test_without_a_script_the_page_leads_to_the_tables(browser: Browser, site: Path, served: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/{PAGE}")
    assert "needs JavaScript" in page.inner_text(
        "#explorer-tool"
    )  # which no locator by text finds in a noscript
    tables = re.findall(r'<a href="\.\./(data/[\w.]+)"', (site / PAGE).read_text(encoding="utf-8"))
    assert len(tables) > 3
    assert all((site / name).is_file() for name in tables)
    context.close()


def test_hostile_words_stay_words(browser: Browser, site: Path, tmp_path: Path):
    """Every text of the data but ids and days holds markup, every address runs: none does."""
    for name in ("_static", "explorer"):
        shutil.copytree(site / name, tmp_path / name)
    (tmp_path / "book").mkdir()
    shutil.copy(site / PAGE, tmp_path / PAGE)
    files = [tmp_path / "explorer" / f"{name}.js" for name in ("index", "us-msrp")]

    def poisoned(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: poisoned(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [poisoned(one, key) for one in value]
        if not isinstance(value, str) or key in {"id", "group", "opens", "measures", "per", "controls"}:
            return value
        if re.match(r"https?:|sources\.html", value):
            return "javascript:pwn(3)"
        return (
            value if re.fullmatch(r"[\d-]*|FY\d+|taken|beside|rival|aside|window", value) else value + PAYLOAD
        )

    for path in files:
        call = re.fullmatch(r"(explorer\.take\([^,]*,)(.*)(\);\n)", path.read_text(encoding="ascii"))
        path.write_text(f"{call[1]}{json.dumps(poisoned(json.loads(call[2])))}{call[3]}", encoding="ascii")
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.expose_function("pwn", lambda word: told.append(str(word)))
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("requestfailed", lambda one: told.append(one.url))
    page.goto(f"{tmp_path.as_uri()}/{PAGE}#s=us-msrp&per=goods_imports_usd&measures=all&readings=all")
    page.locator(".explorer-figure svg").first.wait_for()
    page.focus("#explorer-find")
    page.hover(".explorer-figure svg")
    for folded in page.locator("#explorer-tool summary").all():
        folded.click()
    page.wait_for_timeout(300)
    assert "<script>pwn(2)" in page.locator("#explorer-tool").inner_text()
    addresses = page.eval_on_selector_all("#explorer-tool a", "links => links.map(link => link.href)")
    assert addresses
    assert not [one for one in addresses if one.startswith("javascript")]
    context.close()
    assert told == []
