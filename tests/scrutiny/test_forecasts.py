"""Forecasts put on record and scored: what is forecast, in which form, and what a later version makes of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.dataset import load
from analysis.errors import InputError
from analysis.publish.pages.what_comes_next import past
from analysis.scrutiny import forecast_record
from analysis.scrutiny import forecasts as room
from analysis.scrutiny.forecasts import COLUMNS, forecastable, forecasts_of, past_record, replayed, score_past
from analysis.series import printed_years

KEPT = ["jp-cases", "us-hsi-arrests", "eu-border-items", "mps-cases-solved", "spc-all-accepted"]


@pytest.fixture(scope="module")
def dataset():
    whole = load()
    return replace(whole, series=whole.series[whole.series["series_id"].isin(KEPT)].reset_index(drop=True))


@pytest.fixture(scope="module")
def made(dataset):
    return forecasts_of(dataset)


def test_what_is_forecast_and_why_not(dataset):
    listed = forecastable(dataset).set_index("series_id")
    assert set(listed.index) == set(KEPT)
    assert listed.loc["jp-cases", "reason"] == ""
    assert "8 are needed" in listed.loc["mps-cases-solved", "reason"]
    years = printed_years(dataset, "jp-cases").table["year"]
    assert listed.loc["jp-cases", "last"] == years.max()


def test_the_rows_of_a_release(dataset, made):
    assert list(made.columns) == list(COLUMNS)
    assert made["forecast_id"].is_unique
    assert made["forecast_id"].is_monotonic_increasing
    assert made["version"].eq(dataset.version).all()
    assert made["made_on"].eq(dataset.released).all()
    assert (made["lower"] <= made["estimate"]).all()
    assert (made["estimate"] <= made["upper"]).all()
    chosen = made[made["chosen"] == "yes"].groupby("series_id")["method"].nunique()
    assert chosen.eq(1).all()
    assert set(chosen.index) == set(made["series_id"])
    # its last year is 2021: forecasts of 2022 are no news to anybody, but its record counts
    assert "us-hsi-arrests" not in set(made["series_id"])
    assert "us-hsi-arrests" in replayed(dataset)
    last = forecastable(dataset).set_index("series_id")["last"]
    assert (made["period"] - made["series_id"].map(last)).isin([1, 2]).all()


def test_nothing_is_scored_before_it_is_printed(dataset, made):
    scored = score_past(dataset, made)  # this version's own
    assert scored.empty
    assert list(scored.columns) == [*COLUMNS, *room.SCORE_COLUMNS]
    assert past_record(scored).empty
    assert score_past(dataset, made.assign(version="0.0.1")).empty  # no year printed yet
    assert score_past(dataset, made.iloc[:0]).empty


def test_a_later_version_scores_what_was_printed_since(dataset, made):
    year = int(printed_years(dataset, "jp-cases").table["year"].max())
    actual = float(printed_years(dataset, "jp-cases").table.set_index("year").loc[year, "value"])
    row = made[made["series_id"] == "jp-cases"].iloc[[0, 0, 0]].assign(version="0.0.1", period=year)
    row = row.assign(
        estimate=actual / 2, lower=[actual / 3, actual / 3, 1.0], upper=[actual * 2, actual / 1.5, 2.0]
    )
    scored = score_past(dataset, pd.concat([row, row.assign(series_id="gone")]))
    assert len(scored) == 3
    assert scored["log_error"].tolist() == pytest.approx([np.log(2)] * 3)
    assert scored["inside"].tolist() == [True, False, False]
    width, miss = np.log(2), np.log(1.5)
    assert scored["interval_score"].iloc[1] == pytest.approx(width + 10 * miss)
    record = past_record(scored).iloc[0]
    assert (record["n"], record["series"]) == (3, 1)
    assert record["coverage"] == pytest.approx(1 / 3)


def test_wrong_input_is_refused_in_a_sentence(dataset, made):
    with pytest.raises(InputError, match="no column 'method'"):
        score_past(dataset, made.drop(columns="method"))
    with pytest.raises(InputError, match="has no date"):
        forecasts_of(replace(dataset, released=""))


def test_a_dataset_without_series_to_forecast_has_no_rows(dataset):
    bare = replace(dataset, series=dataset.series[dataset.series["series_id"] == "mps-cases-solved"])
    assert forecasts_of(bare).empty


def due(dataset, made, published="2099-01-01"):
    """Return the dataset of a later version in which two forecasts of jp-cases are due.

    The last value's is half of what was printed, the drift's, which was chosen, two thirds of it.
    """
    year = int(printed_years(dataset, "jp-cases").table["year"].max())
    printed = printed_years(dataset, "jp-cases").table.set_index("year").loc[year]
    rows = made[made["series_id"] == "jp-cases"].iloc[[0, 0]].assign(version="0.0.1", period=year)
    size = np.array([printed["value"] / 2, printed["value"] / 1.5])
    rows = rows.assign(
        method=["naive", "drift"], chosen=["no", "yes"], estimate=size, lower=size / 1.1, upper=size * 2.5
    )
    sources = dataset.sources.copy()
    sources.loc[sources["source_id"] == printed["source_id"], "published"] = published
    return replace(dataset, forecasts=rows, sources=sources)


def test_past_forecasts_are_set_against_the_last_value(dataset, made):
    record = forecast_record.past_table(due(dataset, made)).set_index("method")
    assert set(record.index) == {"naive", "drift", "chosen"}
    assert record.loc["naive", ["error_to_naive", "score_to_naive"]].tolist() == [1, 1]
    for method in ("drift", "chosen"):
        assert record.loc[method, "error_to_naive"] == pytest.approx(np.log(1.5) / np.log(2))
        assert record.loc[method, "score_to_naive"] == pytest.approx(1)  # both hold, and are as wide
        assert record.loc[method, "coverage"] == record.loc[method, "n"] == 1


def test_what_was_printed_before_the_forecast_was_made_is_told(dataset, made):
    day = str(made["made_on"].iloc[0])
    assert not forecast_record.past_scores(due(dataset, made))["printed_before"].any()
    later = due(dataset, made, published=day)
    assert forecast_record.past_scores(later)["printed_before"].all()
    assert "Of these one was published before" in past.past_sentence(later)


def test_few_are_said_to_be_few_and_none_is_a_sentence(dataset, made):
    one = due(dataset, made)
    said = past.past_sentence(one)
    assert said.startswith("Earlier versions forecast one year of 1 series that have been published since")
    assert "held one of them" in said
    assert "fewer than 10 series" in said
    assert past.past_table(one)._repr_html_().count("<tr>") == 1 + 3
    assert past.due_table(one)._repr_html_().count("<tr>") == 1 + 1
    none = replace(dataset, forecasts=made.assign(version="0.0.1"))  # no year printed yet
    assert forecast_record.past_table(none).empty
    for shown in (past.past_table(none), past.due_table(none)):
        assert shown._repr_html_() == ""
    assert "none of those years has been published" in past.past_sentence(none)
    assert "nothing to score" in past.past_sentence(replace(dataset, forecasts=made.iloc[:0]))
