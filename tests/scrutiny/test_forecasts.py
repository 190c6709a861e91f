"""Forecasts put on record and scored: what is forecast, in which form, and what a later version makes of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.dataset import load
from analysis.errors import InputError
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
