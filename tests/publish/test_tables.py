"""Tables: text in the data cannot inject markup, and what is stored says the same."""

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish.cards import cards
from analysis.publish.findings import COMPUTED, GRADED, ONE_TEXT, Finding
from analysis.publish.tables import Link, cell, table

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class Tags(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_markup_in_a_cell_is_shown_as_text():
    page = Tags(table([{"note": HOSTILE, HOSTILE: "x"}], caption=HOSTILE)._repr_html_())
    assert not {"script", "img"} & set(page.tags)
    assert page.text.count("<script>alert(1)</script>") == 3


@given(st.text())
def test_no_text_becomes_a_tag(text):
    page = Tags(f"<p>{cell(text)}</p>")
    assert page.tags == ["p"]
    assert page.text.replace("\r\n", "\n") == text.replace("\r\n", "\n")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)"])
def test_an_address_that_would_run_is_no_link(url):
    assert cell(Link("look", url)) == "look"


def test_an_address_cannot_leave_its_attribute():
    page = Tags(cell(Link("look", 'https://a.example/"onmouseover="alert(1)')))
    assert [name for name, _ in page.attributes] == ["href", "rel"]


def test_numbers_are_aligned_and_headings_have_a_scope():
    markup = table([{"year": "2020", "cases": 5}], caption="Cases", right=["cases"])._repr_html_()
    assert '<td class="number">5</td>' in markup
    assert '<th scope="col">year</th>' in markup
    assert "<caption>Cases</caption>" in markup


def test_the_stored_text_holds_the_cells():
    text = repr(table([{"source": Link("a title", "https://a.example"), "n": None}], caption="Sources"))
    assert "a title" in text
    assert "None" not in text


def test_a_folded_table_stores_a_digest_that_follows_its_cells():
    one, other = (table([{"a": word}], caption="Long", folded=True) for word in ("x", "y"))
    assert one._repr_html_().startswith("<details")
    assert repr(one) != repr(other)
    assert "1 rows" in repr(one)


def test_findings_are_escaped_and_name_their_trail():
    finding = Finding(
        "n", HOSTILE, HOSTILE, "5", 5, 5, "case", ONE_TEXT, ("r-1", "r-2", "r-3", "r-4", "r-5"), "evidence"
    )
    shown = cards([finding])
    page = Tags(shown._repr_html_())
    assert not {"script", "img"} & set(page.tags)
    assert "r-1, r-2, r-3, r-4 and 1 more" in page.text
    assert "r-1, r-2, r-3, r-4 and 1 more" in repr(shown)


def test_a_finding_on_an_effect_shows_its_grade_and_leads_to_its_row_series_readings_and_sources(data):
    official = data.sources[data.sources["url"].str.match(r"https?://(www\.)?cbp\.gov/")]
    reading = data.readings.merge(official[["source_id", "url"]], on="source_id").iloc[0]
    finding = Finding(
        "h-1", "A law", "It did little.", "5", 5, 6, "percent", GRADED, (reading["reading_id"],), "ledger",
        grade="C", verdict="undecided", hypotheses=("h-1",), series=("us-seizures",),
    )  # fmt: skip
    markup = cards([finding], data)._repr_html_()
    assert "grade C: undecided" in markup
    for address in ("ledger.html#ledger-h-1", "../series/us-seizures.html", "../data/readings.csv"):
        assert f'href="{address}"' in markup
    assert html.escape(reading["url"], quote=True) in markup
    assert "grade C" in repr(cards([finding]))


def test_a_finding_without_readings_rests_on_rows_of_the_ledger():
    finding = Finding("n", "a", "b", "2", 2, 2, "pairs", COMPUTED, (), "ledger", hypotheses=("h-1", "h-2"))
    assert "2 rows of the ledger" in repr(cards([finding]))
    assert "readings.csv" not in cards([finding])._repr_html_()


def test_a_short_table_carries_its_headings_for_a_phone_and_a_long_or_narrow_one_does_not():
    row = {"kind": "law", "pairs": 35, "of <all>": "x"}
    short, long = table([row], caption="Few"), table([row] * 31, caption="Many")
    heads = [value for name, value in Tags(short._repr_html_()).attributes if name == "data-head"]
    assert heads == list(row)
    assert 'class="table-scroll cards"' in short._repr_html_()
    for other in (
        long,
        table([row], caption="Folded", folded=True),
        table([{"a": 1, "b": 2}], caption="Two"),
    ):
        assert "data-head" not in other._repr_html_()
        assert "cards" not in other._repr_html_()
    assert repr(short) == repr(table([row], caption="Few"))


def test_a_whole_table_can_be_led_to_inside_its_fold():
    markup = table([{"a": 1}], caption="Few", folded=True, name="few")._repr_html_()
    assert markup.index("<summary>") < markup.index('id="few"') < markup.index("<table")
