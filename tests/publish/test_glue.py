"""Words in prose reach the page as they were written."""

import pytest
from myst_nb.core.variables import format_plain_text

from analysis.publish.glue import Words


@pytest.mark.parametrize(
    "text",
    [
        "1,184",
        "0.20",
        "880",
        "more than 1,000 cases",
        "12.2 billion yuan",
        "(1, 2)",
        "a 'quoted' word",
        "007",
    ],
)
def test_the_page_shows_the_text_itself(text: str):
    assert format_plain_text(repr(Words(text)), "") == text


def test_stored_outputs_hold_no_quotes_where_none_are_needed():
    assert repr(Words("more than 1,000 cases")) == "more than 1,000 cases"
    assert repr(Words("880")) == "880"
