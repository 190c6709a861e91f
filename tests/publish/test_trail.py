"""From a chart to its readings and sources, from a source to its rows, from a term to its meaning."""

import dataclasses
import re
import sys
from pathlib import Path

from analysis.publish.chart import Source, source_line, tables_trail
from analysis.publish.pages import library
from analysis.publish.pages.cases.rows import source_of

ROOT = Path(__file__).parents[2]


def test_a_source_line_leads_to_each_reading_and_its_address(data):
    line = source_line(data, ["police-0023", "police-0019"])
    assert isinstance(line, Source)
    assert line.startswith("Source: 2 readings from ")
    markup = line.trail()._repr_html_()
    for reading in ("police-0023", "police-0019"):
        row = data.readings.set_index("reading_id").loc[reading]
        url = data.sources.set_index("source_id").loc[row["source_id"], "url"]
        assert reading in markup
        assert f'href="{url}"' in markup or f"sources.html#source-{row['source_id']}" in markup
    assert "The 2 readings behind this figure" in repr(line.trail())


def test_a_retired_id_is_followed(data):
    retired = data.aliases[data.aliases["table"] == "readings"].iloc[0]
    assert retired["kept_id"] in source_line(data, [retired["alias_id"]]).trail()._repr_html_()


def test_the_list_of_sources_is_whole_escaped_and_can_be_filtered(data):
    markup = library.sources_browser(data)._repr_html_()
    assert markup.count('<tr id="source-') == len(data.sources)
    assert set(re.findall(r'data-tier="(\w+)"', markup)) == set(data.sources["tier"].astype(str))
    hostile = data.sources.assign(
        title=data.sources["title"].mask(data.sources.index == 0, "<script>x</script>")
    )
    shown = library.sources_browser(dataclasses.replace(data, sources=hostile))._repr_html_()
    assert shown.count("<script>") == markup.count("<script>")
    assert "&lt;script&gt;x" in shown


def test_rows_on_sources_are_counted(data):
    total = sum(len(data.table(name)) for name in library.TABLES_WITH_SOURCES)
    assert library.uses(data).sum() == total


def test_terms_come_from_the_glossary(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    from site_terms import meanings

    known = meanings(ROOT / "data")
    assert "破案" in known
    assert "Counts: case, by police" in known["破案"]
    sys.modules.pop("site_terms")


def test_a_chart_on_whole_tables_leads_to_the_tables():
    markup = tables_trail(
        "Source: 200 dated rows of measures.csv and all readings. Data 0.2.0."
    )._repr_html_()
    assert re.findall(r'href="../data/(\w+)\.csv"', markup) == ["readings", "measures"]


def test_a_chart_of_cases_leads_to_each_case(data):
    line = source_of(data, data.cases.head(5))
    assert line.trail()._repr_html_().count("<tr>") == 6
    assert "The 5 cases behind this figure" in repr(line.trail())
    assert line.worded("Source: other words.").rows == line.rows
