"""The figure finder in a browser: numbers by value, words, years and Chinese; an address; and hostile text as text."""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.building.record_pages import index_script
from analysis.dataset import Dataset
from analysis.publish.words import number

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=pwn()><script>pwn()</script>"


def write_finder(data: Dataset, folder: Path) -> str:
    """Write the finder's own markup, script and index, without the book around them; returns its address."""
    inner = re.search(r"<form id=\"find\".*</script>", (ROOT / "book/find.md").read_text("utf-8"), re.DOTALL)
    assert inner
    (folder / "book").mkdir()
    (folder / "_static").mkdir()
    page = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Find</title>{inner[0]}</html>'
    (folder / "book" / "find.html").write_text(page, encoding="utf-8")
    (folder / "_static" / "find-index.js").write_text(index_script(data), encoding="utf-8")
    shutil.copy(ROOT / "book/_static/find.js", folder / "_static")
    return (folder / "book" / "find.html").as_uri()


@pytest.fixture(scope="module")
def finder(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_finder(data, tmp_path_factory.mktemp("finder"))


@pytest.fixture(scope="module")
def open_page(browser: Browser, finder: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(finder)
    yield page
    context.close()


def found(page: Page, question: str) -> list[str]:
    """Type a question; return the ids of what is listed."""
    page.locator("#find-words").fill(question)
    return [
        link.split("#")[1]
        for link in page.locator("#find-list .find-head a").evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
    ]


def of_value(data: Dataset, value: float) -> set[str]:
    rows = data.readings
    return set(rows.loc[(rows["value"] == value) | (rows["value_high"] == value), "reading_id"])


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("11,000", 11000),
        ("11000", 11000),
        ("11 thousand", 11000),
        ("1.1万", 11000),
        ("1.1万余", 11000),
        ("more than 11,000", None),
        ("1,184", 1184),
        ("$1.2 billion", 1.2e9),
    ],
)
def test_a_number_is_found_by_its_value(open_page: Page, data: Dataset, question: str, value: float | None):
    ids = found(open_page, question)
    if value is None:
        assert set(ids) <= of_value(data, 11000)
        assert ids
    elif wanted := of_value(data, value):
        assert set(ids) == wanted or (len(wanted) > len(ids) and set(ids) <= wanted)
    else:
        assert "nearest" in open_page.locator("#find-said").inner_text() or not ids


def test_hedges_and_small_words_of_a_question_are_passed_over_and_months_are_found(
    open_page: Page, data: Dataset
):
    """As somebody would quote it: 11,000 cases since May 2020."""
    rows = data.readings.set_index("reading_id")
    for question in (
        "11,000 since May 2020",
        "more than 11,000 cases since May",
        "about 11,000 from May to November",
    ):
        ids = found(open_page, question)
        assert ids, question
        assert set(ids) <= of_value(data, 11000)
        starts = rows.loc[ids, "window_start"]
        assert ((starts.dt.month <= 5) & (rows.loc[ids, "window_end"].dt.month >= 5)).all()
        assert (starts.dt.month == 5).any()


def test_words_and_a_year_are_asked_together(open_page: Page, data: Dataset):
    ids = found(open_page, "seizures 2023")
    rows = data.readings.set_index("reading_id").loc[ids]
    assert len(ids) > 5
    assert (rows["window_end"].dt.year >= 2023).all()
    assert (rows["indicator"] == "seizures").any()


def test_of_a_year_whole_years_of_a_series_come_first_and_origins_have_names(open_page: Page, data: Dataset):
    rows = data.readings.set_index("reading_id")
    first = rows.loc[found(open_page, "persons prosecuted 2024")[0]]
    assert (f"{first['window_start']:%m-%d}", f"{first['window_end']:%Y-%m-%d}") == ("01-01", "2024-12-31")
    assert first["jurisdiction"] == "CN"
    assert "CN" in set(rows.loc[found(open_page, "US seizures China"), "origin"])


def test_chinese_is_found_by_pairs_of_characters(open_page: Page):
    whole = found(open_page, "侵权")
    assert whole
    assert int(re.sub(r"\D", "", open_page.locator("#find-said").inner_text())) >= len(whole)
    assert found(open_page, "侵权假冒")


def test_an_id_a_retired_id_and_a_title_are_found(open_page: Page, data: Dataset):
    assert found(open_page, "adm-0677")[0] == "adm-0677"
    retired = data.aliases[data.aliases["table"] == "readings"].iloc[0]
    assert retired["kept_id"] in found(open_page, retired["alias_id"])


def test_a_result_tells_verdict_window_source_and_leads_to_its_address(open_page: Page, data: Dataset):
    rejected = data.conflicts[data.conflicts["verdict"] == "quote_b"].iloc[0]
    found(open_page, rejected["reading_a"])
    item = open_page.locator("#find-list li").first
    assert "do not quote" in item.inner_text()
    other = data.current_id(rejected["reading_b"])
    assert other in item.inner_text()
    source = data.readings.set_index("reading_id")["source_id"][data.current_id(rejected["reading_a"])]
    assert item.locator(".find-head a").get_attribute("href").startswith(f"../sources/{source}.html#")


def test_the_count_is_announced_and_more_are_shown_on_demand(open_page: Page):
    first = found(open_page, "cases")
    said = open_page.locator("#find-said")
    assert said.get_attribute("aria-live") == "polite"
    assert int(re.sub(r"\D", "", said.inner_text())) > len(first)
    open_page.locator("#find-more").press("Enter")
    links = open_page.locator("#find-list .find-head a")
    assert links.count() > len(first)
    assert open_page.evaluate("document.activeElement.getAttribute('href')") == links.nth(
        len(first)
    ).get_attribute("href")
    assert not found(open_page, "nobodywouldwritethis")
    assert said.inner_text() == "0 readings"


def test_a_question_in_the_address_is_answered(browser: Browser, finder: str, data: Dataset):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{finder}?q=11,000")
    assert page.locator("#find-list li").count() == len(of_value(data, 11000))
    context.close()


def test_hostile_text_of_the_index_stays_text(browser: Browser, data: Dataset, tmp_path: Path):
    few = data.readings.head(40).assign(as_printed=HOSTILE, scope_as_collected=HOSTILE)
    poisoned = dataclasses.replace(
        data,
        readings=few,
        sources=data.sources.assign(title=HOSTILE, publisher=HOSTILE),
        series=data.series.assign(title=HOSTILE),
    )
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.expose_function("pwn", lambda: told.append("called"))
    page.goto(f"{write_finder(poisoned, tmp_path)}?q={HOSTILE}")
    page.locator("#find-words").fill("script")
    assert HOSTILE in page.locator("#find-list").inner_text()
    assert page.locator("#find-list").locator("img, script").count() == 0
    context.close()
    assert told == []


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("China's share of US seizures by value 2023", "msrp_usd"),
        ("China share US seizures by number 2023", "lines"),
    ],
)
def test_a_share_that_follows_from_the_official_table_is_found(
    open_page: Page, data: Dataset, question: str, measure: str
):
    rows = data.border_lines[data.border_lines["fiscal_year"] == 2023]
    own, unknown = (rows.loc[rows["origin"] == code, measure].sum() for code in ("CN", "ZZ"))
    low, high = (100 * part / rows[measure].sum() for part in (own, own + unknown))
    found(open_page, question)
    first = open_page.locator("#find-list > li").first
    assert first.locator(".find-made a").inner_text() == f"{low:.1f} to {high:.1f} percent"
    (source,) = rows["source_id"].unique()
    assert first.locator(f"a[href$='{source}.html']").count() == 1
    said = first.inner_text()
    for one in (own, unknown, rows[measure].sum()):  # what is divided by what, and what the ends leave open
        assert number(float(one)) in said
    assert first.locator("a[href^='../book/borders.html#borders-']").count() == 1


def test_a_spot_check_is_found_by_failed_of_tested(open_page: Page, data: Dataset):
    """A regulator told 37.25 percent of 51 goods as genuine: 19, so that 32 failed."""
    found(open_page, "32 of 51 Taobao")
    first = open_page.locator("#find-list > li").first
    assert first.locator(".find-made a").inner_text() == "32 of 51"
    assert round(51 * (1 - 0.3725)) == 32
    (address,) = first.locator(".aside a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    rows = data.readings[data.readings["source_id"] == address.split("/")[-1].removesuffix(".html")]
    assert {37.25, 51.0} & set(rows["value"])


def test_two_numbers_of_one_text_find_both_readings(open_page: Page, data: Dataset):
    """No reading holds both numbers, and the texts that have each of them are told."""
    found_there = found(open_page, "23 of 34 seizures Japan")
    source = data.readings.set_index("reading_id")["source_id"]
    assert "texts that have each of them" in open_page.locator("#find-said").inner_text()
    for text in {source[one] for one in found_there}:
        values = set(data.readings.loc[data.readings["source_id"] == text, "value"])
        assert {23.0, 34.0} <= values
    assert found_there
