"""Pages of the record: a page for every series, one address for every reading, the CSV's numbers, and text as text."""

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis.building.record_pages import Frame, index_script, write_record_pages
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.addresses import beside_book, reading_address, series_address
from analysis.publish.pages import record
from analysis.publish.pages.record import pairs, series, years
from analysis.publish.pages.record.chart import year_chart
from analysis.publish.pages.record.readings import every_reading
from analysis.publish.pages.record.years import moved_between, years_of
from analysis.publish.quoting import NOT, QUOTE, WITH, quoting, rivals
from analysis.readings import intervals
from analysis.series import between_years, families, printed_years, single_series, units_of
from analysis.series.definition import with_sources
from analysis.series.lookup import chosen
from analysis.series.pair_kinds import rejected

NAMES = ("mps-cases-solved", "us-seizures", "eu-border-share-items-cn")
HOSTILE = "\"'><img src=x onerror=pwn()><script>pwn()</script>javascript:pwn()"
FRAME = (
    '<html><head><title>Find</title><link href="../_static/book.css"></head><body><a href="index.html">home</a>'
    '<a href="../search.html">search</a><article class="bd-article">find</article>'
    "<script>a  =\n\n 1</script></body></html>"
)


class Page(HTMLParser):
    """Ids, links and tags of a page, its cells and its words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def sources(data: Dataset) -> dict[str, Page]:
    return {
        name: Page(record.source_article(data, name).markup) for name in record.sources_with_readings(data)
    }


@pytest.fixture(scope="module")
def pages(data: Dataset) -> dict[str, Page]:
    """The pages of some series and of every family."""
    single = {name: Page(record.series_article(data, name).markup) for name in NAMES}
    return single | {name: Page(record.family_article(data, name).markup) for name in families(data)[:12]}


def test_every_reading_has_exactly_one_address(data: Dataset, sources: dict[str, Page]):
    readings = dict(zip(data.readings["reading_id"], data.readings["source_id"], strict=True))
    found = Counter(name for page in sources.values() for name in page.ids)
    assert found == Counter(dict.fromkeys(readings, 1))
    for name, source in readings.items():
        assert name in sources[source].ids
        assert reading_address(source, name) == f"../sources/{source}.html#{name}"


def test_links_of_the_pages_lead_to_pages_and_places_that_exist(
    data: Dataset, sources: dict[str, Page], pages: dict[str, Page]
):
    known = {*single_series(data), *families(data)}
    measured = {f"ledger.html#ledger-{name}" for name in data.hypotheses["hypothesis_id"]}
    for page in (*sources.values(), *pages.values()):
        for link in page.links:
            folder, _, rest = link.removeprefix("../").partition("/")
            name, _, place = rest.partition("#")
            if link.startswith("#"):
                assert link[1:] in page.ids
            elif folder == "series" and name.endswith(".html"):
                assert name[:-5] in known
                assert not place or place in units_of(data, name[:-5])
            elif folder == "sources":
                assert place in sources[name[:-5]].ids
            elif "ledger-" in link:
                assert rest in measured
            else:
                assert folder in ("series", "book", "data") or link.startswith("http")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_the_years_of_the_chart_and_the_csv(name: str, data: Dataset):
    table = printed_years(data, name)
    drawn = years_of(data, name)
    assert [(one.at, one.value, one.low, one.high, one.reading_id) for one in drawn.prints] == list(
        zip(*(table.table[one] for one in ("year", "value", "low", "high", "reading_id")), strict=True)
    )
    assert {one.reading_id for one in drawn.rivals} <= set(table.competing["reading_id"])
    rows = years.yearly_rows(data)[name]
    estimated = rows[rows["estimate"].notna()]
    assert [(one.estimate, one.lower, one.upper) for one in drawn.boxes] == list(
        zip(estimated["estimate"], estimated["lower"], estimated["upper"], strict=True)
    )
    words = Page(record.series_article(data, name).markup).words
    for row in rows.to_dict("records"):
        assert row["period"] in words
        if pd.notna(row["printed"]):
            assert f"{row['printed']:,.10g}" in words


@pytest.mark.parametrize("name", [*NAMES, "jp-cases", "alibaba-requests-growth"])
def test_the_sentence_moves_as_between_years_does(name: str, data: Dataset):
    found = moved_between(data, name)
    try:
        asked = between_years(data, name)
    except InputError:
        assert found is None
        assert re.match("No whole year|The latest", series.sentence(data, name))
        return
    assert found is not None
    for field in ("first", "last", "factor", "low", "high", "reading_ids"):
        assert getattr(found, field) == getattr(asked, field)
    assert str(found.first) in series.sentence(data, name)


def test_a_page_shows_units_readings_and_what_speaks_against_them(data: Dataset, pages: dict[str, Page]):
    for name in families(data)[:12]:
        assert set(units_of(data, name)) <= set(pages[name].ids)
    page = pages["mps-cases-solved"]
    rows = data.readings_series[data.readings_series["series_id"] == "mps-cases-solved"]
    assert {f"r-{one}" for one in rows["reading_id"]} <= set(page.ids)
    assert "Readings that do not go together" in page.words
    assert "../series/mps-cases-solved.csv" in page.links
    assert {"svg", "title"} <= page.tags


def test_what_a_verdict_rejects_is_not_quoted_and_its_pair_is_named(data: Dataset):
    found = quoting(data)
    assert set(found) == set(data.readings["reading_id"])
    assert {one.word for one in found.values()} == {QUOTE, WITH, NOT}
    for name, told in rivals(data).items():
        for other, known in told:
            out = rejected(tuple(sorted((name, other))), known.verdict)
            if name in out:
                assert found[name].word == NOT
                assert other in found[name].others
            elif known.verdict in ("quote_both", "quote_each"):
                assert found[name].word != QUOTE
    assert all(one.why for one in found.values() if one.word != QUOTE)


@pytest.fixture
def hostile(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """The data with hostile words in what pages print; what is estimated and tested stays that of the real data."""
    rows, found, answers = years.yearly_rows(data), pairs._found(data), series.four_answers(data)
    boxes = years._boxes_of_units(data)
    monkeypatch.setattr(years, "yearly_rows", lambda _: rows)
    monkeypatch.setattr(years, "_boxes_of_units", lambda _: boxes)
    monkeypatch.setattr(series, "yearly_rows", lambda _: rows)
    monkeypatch.setattr(pairs, "_found", lambda _: found)
    monkeypatch.setattr(series, "four_answers", lambda _: answers)
    monkeypatch.setattr(years, "band", lambda _, name: years_band(data, name))
    poisoned = {
        "sources": ("title", "publisher", "notes"),
        "readings": ("as_printed", "notes", "scope_as_collected", "locator", "window_note", "programme"),
        "readings_sources": ("as_printed",),
        "series": ("title", "counts", "caveats"),
        "breaks": ("what_changed", "certainty"),
        "conflicts": ("note",),
        "measures": ("title",),
    }
    tables = {
        table: getattr(data, table).assign(**dict.fromkeys(columns, HOSTILE))
        for table, columns in poisoned.items()
    }
    tables["sources"] = tables["sources"].assign(url="javascript:pwn()")
    return dataclasses.replace(data, **tables)


def years_band(data: Dataset, name: str) -> pd.DataFrame:
    from analysis.publish.bands import band

    return band(data, name)


def test_hostile_text_stays_text_on_every_kind_of_page(hostile: Dataset):
    source = next(iter(hostile.conflicts["reading_a"]))
    source = hostile.readings.set_index("reading_id")["source_id"][source]
    articles = [
        record.series_article(hostile, "mps-cases-solved"),
        record.family_article(hostile, "jp-cases-by-origin"),
        record.source_article(hostile, source),
    ]
    for article in articles:
        page = Page(Frame(FRAME).around(article))
        assert "img" not in page.tags
        assert not {name for name in page.attributes if name.startswith("on")}
        assert not [link for link in page.links if re.match(r"\s*(java\s*script|data):", link, re.IGNORECASE)]
        assert page.words.count("<script>pwn()") >= 3
        assert Frame(FRAME).around(article).count("<script") == 1


def test_the_frame_keeps_scripts_and_leads_back_into_the_book():
    page = Frame(FRAME).around(record.Article("A & B", "<h1>C</h1>"))
    assert "<title>A &amp; B" in page
    assert "<h1>C</h1>" in page
    assert "find</article>" not in page
    assert "<script>a  =\n\n 1</script>" in page
    assert {"../book/index.html", "../search.html", "../_static/book.css"} <= set(Page(page).links) | {
        *re.findall(r'href="([^"]*)"', page)
    }


def test_a_frame_without_an_article_is_an_error_and_a_book_without_finder_has_no_pages(tmp_path: Path):
    with pytest.raises(InputError, match="one title and one article"):
        Frame("<html><title>a</title></html>")
    assert write_record_pages(tmp_path / "data", tmp_path) == []


def test_every_print_of_a_drawing_leads_to_its_source_be_it_a_reading_or_a_sum(data: Dataset):
    (official,) = data.border_lines["source_id"].unique()
    for name, place in (("us-lines-by-origin/CN", f"{official}.html"), ("mps-cases-solved", ".html#")):
        drawn = year_chart(data, name)
        layer = drawn.partition('<g class="marks">')[2]
        hrefs = re.findall(r'<a href="([^"]+)"', layer)
        assert len(hrefs) == layer.count("<circle") > 0
        assert all(place in one for one in hrefs)


def test_addresses_hold_beside_the_book():
    assert series_address("us-seizures-by-mode/mail") == "../series/us-seizures-by-mode.html#mail"
    assert beside_book("sources.html#source-a") == "../book/sources.html#source-a"
    assert beside_book("https://x.example/a") == "https://x.example/a"
    assert beside_book("../series/a.html") == "../series/a.html"
    assert beside_book("") == ""


def test_the_index_holds_every_reading_once_and_is_the_same_at_every_build(data: Dataset):
    index = record.finder_index(data)
    assert [row[0] for row in index["readings"]] == sorted(data.readings["reading_id"])
    assert {len(row) for row in index["readings"]} == {len(record.FIELDS)}
    assert index_script(data) == index_script(data)


# Chinese counts told in English that end in 00 are rounded to 100 (analysis.readings.intervals): half of it each way.
def test_wherever_a_reading_is_told_its_interval_is_the_same(data):
    told = with_sources(data, data.readings).set_index("reading_id")
    ends = intervals(told.reset_index())[["low", "high"]].set_axis(told.index)
    rounded = told[
        (told["language"] == "en") & (told["jurisdiction"] == "CN") & (told["as_printed"] == "49,800")
    ]
    assert list(ends.loc[rounded.index[0]]) == [49_750, 49_850]
    by_ids = chosen(data, list(told.index))[["low", "high"]]
    assert by_ids.equals(ends.loc[by_ids.index].rename_axis(None))
    rows = every_reading(data)
    assert {name: (row["low"], row["high"]) for name, row in rows.items()} == {
        str(name): (low, high) for name, low, high in ends.itertuples()
    }
