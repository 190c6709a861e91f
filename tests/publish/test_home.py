"""The front page and the pages that answer first: each number is a print, and a line joins one count alone."""

import re
from math import inf
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from analysis import InputError
from analysis.publish import chinese
from analysis.publish.moves import moved, times
from analysis.publish.pages import home, one_page
from analysis.publish.pages.home.numbers import shown
from analysis.publish.words import quote
from analysis.series import between_years
from analysis.series.lookup import by_id

BOOK = Path(__file__).parents[2] / "book"
NARRATIVE = (
    "did-it-work", "police-campaigns", "justice", "offenders", "administration", "funnel", "spot-checks", "borders",
    "measures", "effects", "ledger", "what-comes-next",
)  # fmt: skip


def test_the_six_numbers_are_prints_that_lead_to_their_series(data):
    found = home.six_numbers(data)
    markup = found._repr_html_()
    assert len(shown()) == 6
    for row in shown():
        name = between_years(data, row["series_id"]).reading_ids[1]
        assert quote(by_id(data, [name])[name], unit=False) in repr(found)
        assert f'href="../series/{row["series_id"]}.html"' in markup


def test_a_small_line_joins_a_run_and_no_two_runs():
    drawn = home.spark([[(2010, 1.0), (2011, 2.0)], [(2013, 4.0)]], "three years")
    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 1  # the year that stands alone is the last one
    assert re.findall(r'points="([^"]*)"', drawn) == [
        "3.0,22.5 41.0,16.0"
    ]  # 3 + 114/3, 29 - 26/4 and 29 - 26/2
    assert 'aria-label="three years"' in drawn


@pytest.mark.parametrize(
    ("factor", "low", "high", "says"),
    [
        (3.0, 3.0, 3.0, "rose to 3 times"), (2.0, 1.9, 2.1, "rose to 1.9 to 2.1 times"),
        (1.25, 1.25, 1.25, "rose by 25 percent"), (0.5, 0.4, 0.6, "fell by 40 to 60 percent"),
        (1.003, 1.003, 1.003, "hardly moved (+0.3%)"), (0.996, 0.996, 0.996, "hardly moved (\N{MINUS SIGN}0.4%)"),
        (1.004, 0.9, 1.1, "may have moved either way (\N{MINUS SIGN}10% to +10%)"),
        (1.69, 1.56, inf, "rose to at least 1.56 times"), (1.3, 1.25, inf, "rose by at least 25 percent"),
        (0.5, 0, 0.6, "fell by at least 40 percent"),
    ],
)  # fmt: skip
def test_a_move_is_said_as_a_factor_or_a_percentage(factor, low, high, says):
    found = SimpleNamespace(factor=factor, low=low, high=high)
    assert moved(found) == says
    numbers = re.compile(r"[\d.]+")
    assert numbers.findall(chinese.moved(found)) == numbers.findall(says)  # both languages tell the same
    ends = f"{low:.3g} times" if low == high else f"{low:.3g} to {high:.3g} times"
    assert times(found) == (
        ends if low > 0 and high < inf else f"at {'least' if low else 'most'} {low or high:.3g} times"
    )


def test_a_page_quotes_both_prints_of_a_move(data):
    said = one_page.words(data)
    assert set(said) == {f"{name}_{what}" for name in one_page.QUESTIONS for what in ("said", "quote")}
    assert "20,817 people in 2024" in said["charges_quote"]  # as the white paper for 2024 prints it
    with pytest.raises(InputError, match="no series for 'prices'"):
        one_page.sentence(data, "prices")


@pytest.mark.parametrize("chapter", NARRATIVE)
def test_a_chapter_opens_with_its_answer_in_numbers_made_by_code(chapter):
    first = nbformat.read(BOOK / f"{chapter}.ipynb", 4).cells[0].source
    brief = re.search(r"\A# [^\n]+\n\n```\{admonition\} In brief\n(.*?)\n```", first, re.DOTALL)
    assert brief, "the page does not open with In brief"
    assert len(re.findall(r"\{(?:glue:text|print|year|made|change|share|rate)\}`", brief[1])) >= 3


def test_narrative_pages_show_no_code():
    for path in BOOK.glob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            assert "hide-input" not in cell.metadata.get("tags", []), path.name
