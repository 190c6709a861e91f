"""The tables of the four answers: averages and what happened, with their rows whole."""

from analysis.publish.pages.ledger import averages_table, happened_table
from analysis.publish.pages.ledger.answers import KINDS_TOLD
from analysis.scrutiny import headlines, random_dates


def test_every_kind_has_both_weightings(data):
    shown = averages_table(data)._repr_html_()
    for kind in KINDS_TOLD:
        assert f"<td>{kind}</td>" in shown
    pairs = random_dates(data, "law").pairs
    assert f">{pairs}<" in shown


def test_every_headline_is_told(data):
    shown = happened_table(data)._repr_html_()
    table = headlines(data)
    assert shown.count("<tr>") == len(table) + 1
    assert all(question in shown for question in table["question"])
