"""Links to sources: none hides its host, copies say so and are no live links, captions count them."""

import dataclasses
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.briefing_content import _listed_sources
from analysis.publish.briefing_words import speech
from analysis.publish.cards import cards
from analysis.publish.chart import source_line
from analysis.publish.findings import printed_findings
from analysis.publish.links import domain, from_copies, host, publisher_name, source_link, source_words
from analysis.publish.numbers import tell
from analysis.publish.pages import library, measures, more_than
from analysis.publish.pages.cases.rows import source_of
from analysis.publish.pages.misquoted import misquoted_table
from analysis.publish.quoting import NOT, WITH, quoting
from analysis.publish.tables import cell, table

Hidden = Callable[[str], list[str]]


def mirrors(data: Dataset) -> dict[str, str]:
    """The sources of tier mirror that have an address, with its host."""
    rows = data.sources[(data.sources["tier"] == "mirror") & (data.sources["url"] != "")]
    hosts = rows["url"].map(lambda url: urlsplit(url).hostname.removeprefix("www."))
    return dict(zip(rows["source_id"], hosts, strict=True))


def test_no_link_to_any_source_hides_its_host(data: Dataset, hidden_hosts: Hidden):
    links = "".join(cell(source_link(data, one)) for one in data.sources["source_id"])
    assert links.count("<a ") > 0.99 * len(data.sources)
    assert hidden_hosts(links) == []


@pytest.mark.parametrize(
    ("words", "address", "hides"),
    [
        ("Xinhua, 2009-04-24", "http://fraud.example/x", True),
        ("China Daily, 2024", "https://www.chinadaily.com.cn.evil.example/x", True),
        ("China News Service, 2024", "http://1.62.100.15:8082/x", True),
        ("China Daily, 2024", "https://africa.chinadaily.com.cn/x", False),
        ("Xinhua, on news.cn, 2024", "http://news.cn/x", False),
        ("MIT", "https://opensource.org/license/mit", False),
        ("MIT", "https://elsewhere.example", True),
    ],
)
def test_what_hides_a_host_is_found(words: str, address: str, hides: bool, hidden_hosts: Hidden):
    assert bool(hidden_hosts(f'<a href="{address}">{words}</a>')) is hides


def test_every_mirror_names_its_host_as_a_copy_and_is_no_live_link(data: Dataset):
    found = mirrors(data)
    assert len(found) > 300
    for name, place in found.items():
        link = source_link(data, name)
        assert f"copy on {place}" in link.text
        assert link.url == f"sources.html#source-{name}"
        assert "http" not in cell(link)


def test_a_copy_that_only_a_note_tells_of_is_one(data: Dataset):
    noted = data.sources[
        (data.sources["tier"] != "mirror") & data.sources["notes"].str.match("[Mm]irror of ")
    ]
    assert len(noted)
    assert all(source_words(data, one).copy for one in noted["source_id"])


def test_the_tables_of_the_pages_hide_no_host_and_lead_to_no_copy(data: Dataset, hidden_hosts: Hidden):
    tables = [
        cards(printed_findings(data), data),
        library.sources_browser(data),
        misquoted_table(data),
        measures.measures_table(data),
        measures.hypotheses_table(data),
        more_than.pairs_table(data),
        source_line(data, data.readings).trail(),
        source_of(data, data.cases).trail(),
    ]
    copies = {
        source_words(data, one).url for one in data.sources["source_id"] if source_words(data, one).copy
    }
    for one in tables:
        markup = one._repr_html_()
        live = set(re.findall(r'href="(https?://[^"]*)"', markup))
        assert live
        assert not live & copies
        assert hidden_hosts(markup) == []
        assert len(re.findall(r'href="https?://[^"]*" rel="nofollow noopener"', markup)) == markup.count(
            'href="http'
        )


def test_the_page_of_sources_tells_the_address_of_a_copy_as_text(data: Dataset):
    markup = library.sources_browser(data)._repr_html_()
    name = next(iter(mirrors(data)))
    line = markup[markup.index(f'id="source-{name}"') :].split("</tr>")[0]
    assert source_words(data, name).url.replace("&", "&amp;") in line
    assert "href" not in line


def test_a_caption_counts_the_copies_among_its_readings(data: Dataset):
    tiers = data.readings["source_id"].map(data.sources.set_index("source_id")["tier"].astype(str))
    copies, agency = data.readings[tiers == "mirror"].head(3), data.readings[tiers == "primary"].head(2)
    ids = [*copies["reading_id"], *agency["reading_id"]]
    wanted = sum(source_words(data, one).copy for one in [*copies["source_id"], *agency["source_id"]])
    assert f", {wanted} of 5 from copies. Data" in source_line(data, ids)
    assert wanted >= 3
    official = data.readings[~data.readings["source_id"].map(lambda one: source_words(data, one).copy)].head(
        4
    )
    assert from_copies(data, official) == ""
    assert "copies" not in source_line(data, official)


def test_hover_text_and_briefing_name_the_copy_too(data: Dataset):
    name, place = next(iter(mirrors(data).items()))
    rows = data.readings[data.readings["source_id"].isin(mirrors(data))]
    reading, source = rows.iloc[0][["reading_id", "source_id"]]
    assert f"copy on {mirrors(data)[source]}" in tell(data, "print", reading).hover
    listed = _listed_sources(data, {name: 1}, speech("en"))[0]
    assert listed["copy"]
    assert f"copy on {place}" in listed["publisher"]


def test_an_unknown_source_is_an_error(data: Dataset):
    with pytest.raises(InputError, match=r"sources\.csv has no row 'nobody'"):
        source_link(data, "nobody")


@pytest.mark.parametrize(
    ("url", "place", "registered"),
    [
        ("http://m.chinadaily.com.cn/a", "m.chinadaily.com.cn", "chinadaily.com.cn"),
        ("https://www.cbp.gov:443/x", "cbp.gov", "cbp.gov"),
        ("http://1.62.100.15:8082/x", "1.62.100.15", "1.62.100.15"),
        ("https://a.b.gov.uk/", "a.b.gov.uk", "b.gov.uk"),
        ("javascript:alert(1)", "", ""),
        ("http://[x/", "", ""),
        ("", "", ""),
    ],
)
def test_hosts_and_what_of_them_was_registered(url: str, place: str, registered: str):
    assert host(url) == place
    assert domain(host(url)) == registered


@pytest.mark.parametrize(
    "cell_",
    [
        "Xinhua (copy at a.example)",
        "Xinhua via a.example",
        "Xinhua, reposted by a.example",
        "Xinhua text, copy on a.b",
    ],
)
def test_a_publisher_is_told_without_the_host_of_its_copy(cell_: str):
    assert publisher_name(cell_) == "Xinhua"


def test_words_before_a_label_are_escaped_with_it(data: Dataset):
    markup = table(
        [{"x": source_link(data, str(data.sources["source_id"].iloc[0]), "<b>1</b>")}], caption="c"
    )
    assert "<b>" not in markup._repr_html_()


@pytest.mark.parametrize(
    ("publisher", "url", "notes", "warning"),
    [
        ("Xinhua", "https://english.news.cn/a", "", ""),
        ("Xinhua", "https://www.news.cn/a", "same figures in a copy at a.example", ""),
        ("Xinhua via ts.cn", "https://news.ts.cn/a", "", "carried by ts.cn"),
        ("Xinhua via People's Daily Online", "https://en.people.cn/a", "", "carried by People's Daily Online"),
        ("Amazon (via gurufocus.com)", "https://www.gurufocus.com/a", "", "carried by gurufocus.com"),
        ("Xinhua (on chinadaily.com.cn)", "https://www.ming7.cn/a", "", "carried by ming7.cn"),
        ("ICE", "https://webarchive.library.example/a", "End-of-term archive copy.", "carried by webarchive.library"),
        ("CBP", "https://www.cbp.gov/a", "XLSX read from a public copy: a repository", "carried by a public copy"),
        ("Xinhua (copy at a.example)", "https://a.example/a", "", "read in a copy"),
    ],
)  # fmt: skip
def test_whoever_carries_a_text_is_told_beside_its_figures(
    data: Dataset, publisher: str, url: str, notes: str, warning: str
):
    sources = data.sources.copy()
    sources.loc[:, ["publisher", "url", "notes", "tier"]] = [publisher, url, notes, "agency"]
    poisoned = dataclasses.replace(data, sources=sources)
    told = source_words(poisoned, str(sources["source_id"].iloc[0])).warning
    assert (warning in told) if warning else (told == "")
    assert told.endswith("the original was not seen") == bool(warning)


def test_no_reading_that_was_carried_by_another_is_quoted_without_a_word(data: Dataset):
    """Of the record, those whose publisher's cell says `via`: some 100 sources, on hosts of all kinds."""
    via = set(data.sources.loc[data.sources["publisher"].str.contains(r"\bvia\b"), "source_id"])
    told = quoting(data)
    readings = data.readings[data.readings["source_id"].isin(via)]
    assert len(readings) > 100
    assert {told[one].word for one in readings["reading_id"]} <= {WITH, NOT}
