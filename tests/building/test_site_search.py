"""The index of the search: each section once with its own words, series by title and definition, no source twice."""

import json
from pathlib import Path

import pytest

from analysis.building.published import SEARCH_INDEX
from analysis.building.site_search import search_index, write_search
from analysis.errors import InputError

CHAPTER = """<!DOCTYPE html><html lang="en"><body><nav>not this</nav><article class="bd-article">
<section id="police"><h1>Police<a class="headerlink" href="#police">#</a></h1><p>Counts of <em>cases</em>.</p>
<svg><title>a mark</title></svg><script>hidden()</script>
<section id="solved"><h2>Solved cases</h2><table><tr><td>11,000</td><td>more</td></tr></table>
<div class="ways">SVG PNG CSV</div><p>破案 &lt;b&gt;</p></section></section></article></body></html>"""
SERIES = """<html lang="en"><body><article class="bd-article">
<form class="find small"><label>Find</label></form><h1>Seizures</h1><p class="lead">From 1 to 2.</p>
<section><h2>What is counted</h2><dl class="facts"><dt>by</dt><dd>Customs</dd></dl></section>
<table><tr><td>3</td></tr></table></article></body></html>"""
FOUND = """<html><head><script defer src="_static/search-index.js"></script></head>
<body><article class="bd-article"><div id="search-results"></div></article></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    written = {
        "book/police.html": CHAPTER, "series/seizures.html": SERIES, "sources/one.html": CHAPTER, "search.html": FOUND,
        "_static/search.js": "x",
        "index.html": '<meta http-equiv="Refresh" content="0; url=book/police.html">',
    }  # fmt: skip
    for name, text in written.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_sections_have_their_own_words_and_none_of_what_is_no_prose(site: Path):
    index = search_index(site)
    assert index["pages"] == [
        ["book/police.html", "Police", "en"],
        ["series/seizures.html", "Seizures", "en"],
    ]
    assert index["sections"] == [
        [0, "police", "Police", "Counts of cases."],
        [0, "solved", "Solved cases", "11,000 more 破案 <b>"],
        [1, "", "Seizures", "From 1 to 2. What is counted. by Customs"],
    ]


def test_the_index_is_a_script_where_the_page_of_the_search_asks_for_it(site: Path):
    path = write_search(site)
    assert path == site / "_static" / SEARCH_INDEX
    script = path.read_text("utf-8")
    assert json.loads(script.removeprefix("window.searchIndex=").removesuffix(";\n")) == search_index(site)
    (site / "search.html").write_text("<html><head></head><body></body></html>")
    assert write_search(site) is None


def test_another_page_of_search_is_an_error_that_says_so(site: Path):
    (site / "search.html").write_text(
        '<html><head><script src="_static/search-index.js"></script></head></html>'
    )
    with pytest.raises(InputError, match=r"search\.html is not the page"):
        write_search(site)
