"""The pages in Chinese: whole, in Chinese, with links that stay true, and hostile text that stays text."""

import dataclasses
import re
from pathlib import Path

import nbformat
import pytest

from analysis import InputError
from analysis.publish.cards import cards
from analysis.publish.findings import printed_findings, recorded_findings
from analysis.publish.names import names
from analysis.publish.pages import home, zh

BOOK = Path(__file__).parents[2] / "book"
HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def findings(data):
    return recorded_findings(data)


def test_the_six_numbers_are_those_of_the_english_page(data):
    said, english = (re.findall(r"\[([\w-]+)\]", repr(home.six_numbers(data, one))) for one in ("zh", "en"))
    assert said == english
    markup = home.six_numbers(data, "zh")._repr_html_()
    addresses = re.findall(r'href="([^"]*)"', markup)
    assert addresses == re.findall(r'href="([^"]*)"', home.six_numbers(data)._repr_html_())
    assert all(HAN.search(words) for words in re.findall(r'class="(?:name|since)">([^<]*)<', markup))


def test_the_chart_speaks_chinese_and_rests_on_the_same_readings(data):
    told, english = home.since_2010_chart(data, language="zh"), home.since_2010_chart(data)
    assert [list(row.values()) for row in told.source.rows] == [
        list(row.values()) for row in english.source.rows
    ]
    for part in (told.title, told.alt, told.note, told.source, told.source.trail()._repr_html_()[:400]):
        assert HAN.search(part)
    assert not re.search(r"[A-Za-z]{3,}", told.title + told.alt + told.note)
    titles = [axes.get_title(loc="left") for axes in told.figure.axes]
    assert titles == list(names("home panel", "zh").values())


def test_a_card_has_its_sentence_and_a_trail_to_the_same_places(data, findings):
    told, english = (cards(findings, data, one)._repr_html_() for one in ("zh", "en"))
    assert re.findall(r'href="([^"]*)"', told) == re.findall(r'href="([^"]*)"', english)
    for finding in findings:
        assert finding.words("zh").sentence in told
        assert f'id="finding-{finding.name}"' in told


def test_a_link_to_another_host_names_it(data, hidden_hosts):
    found = printed_findings(data)
    assert hidden_hosts(cards(found, data, "zh")._repr_html_()) == []


def test_words_of_a_finding_stay_text(data, findings):
    wild = "<script>alert(1)</script>"
    words = dataclasses.replace(findings[0].words("zh"), headline=wild, sentence=wild)
    one = dataclasses.replace(findings[0], chinese=words)
    for markup in (cards([one], data, "zh")._repr_html_(), zh.chapters([one], {})._repr_html_()):
        assert "<script" not in markup
        assert "&lt;script&gt;" in markup


def test_every_chapter_has_a_title_and_a_question_and_a_page():
    titles, questions = names("chapter", "zh"), names("chapter question", "zh")
    assert set(questions) == set(titles) - {"index"}
    written = {path.stem for path in BOOK.glob("*.ipynb") if not path.stem.startswith("zh")}
    assert written == set(titles)


def test_a_finding_of_an_unknown_chapter_is_named(findings):
    one = dataclasses.replace(findings[0], chapter="nowhere")
    with pytest.raises(InputError, match=r"no chapter question for 'nowhere'"):
        zh.chapters([one], {})


def test_every_term_says_who_counts_and_what_to_mind(data):
    text = zh.glossary_table(data)._repr_html_()
    assert set(names("glossary counter", "zh")) == set(data.glossary["term_id"])
    for term in data.glossary["term"]:
        assert term in text
    more = dataclasses.replace(data, glossary=data.glossary.assign(term_id="nothing"))
    with pytest.raises(InputError, match="of term 'nothing'; add its rows"):
        zh.glossary_table(more)


@pytest.mark.parametrize("name", ["zh", "zh-chapters", "zh-terms"])
def test_no_number_is_typed_into_a_page(name):
    cells = nbformat.read(BOOK / f"{name}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    prose = re.sub(r"^:columns:.*$|^:gutter:.*$|og\\:", "", prose, flags=re.MULTILINE)
    assert HAN.search(prose)
    assert not re.findall(r"\d", prose)
