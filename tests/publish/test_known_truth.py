"""The study of estimators as a reader meets it."""

import pytest

from analysis.errors import InputError
from analysis.publish.known_truth import METHODS, NAME, covered, rows_of, truth_table
from analysis.publish.studies import study


def test_every_estimator_of_the_study_has_a_name():
    assert set(METHODS) == set(study(NAME).table["estimator"])


def test_a_table_has_the_rows_of_its_estimators_in_the_order_asked_for():
    markup = truth_table("top_share", "location_quotient")._repr_html_()
    rows = rows_of("top_share", "location_quotient")
    assert markup.count("<tr>") == len(rows) + 1
    assert markup.index(METHODS["top_share"]) < markup.index(METHODS["location_quotient"])
    first = study(NAME).table.set_index("estimator").loc["top_share"].iloc[0]
    assert f">{100 * first['coverage']:.1f} ± {100 * first['coverage_error']:.1f}<" in markup


def test_a_warning_is_told_as_one():
    row = study(NAME).table.query("not holds").iloc[0]
    said = covered(row["estimator"], row["scenario"], row["what"])
    assert said == f"{100 * row['coverage']:.0f} of 100 samples where it says {100 * row['level']:.0f}"


def test_what_the_study_has_not_is_a_sentence():
    with pytest.raises(InputError, match="no 'astrology'"):
        truth_table("astrology")
    with pytest.raises(InputError, match="0 rows of 'never'"):
        covered("top_share", "never", "rates")
