"""Denominators from context.csv: whole years only, the pick among prints, fiscal years, rates."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.dataset import load
from analysis.errors import InputError
from analysis.series.denominators import DENOMINATORS, denominator, per


@pytest.fixture(scope="module")
def dataset():
    return load()


def with_prints(dataset, prints):
    """The dataset with parcels of 2030 printed by one source a print: (value, tier, published)."""
    sources = dataset.sources.iloc[: len(prints)].copy()
    sources["source_id"] = [f"s{i}" for i in range(len(prints))]
    sources["tier"] = [tier for _, tier, _ in prints]
    sources["published"] = [published for _, _, published in prints]
    rows = dataset.context.iloc[: len(prints)].copy()
    rows["context_id"] = [f"c{i}" for i in range(len(prints))]
    rows["source_id"] = sources["source_id"].to_numpy()
    rows["series"], rows["jurisdiction"] = "express_parcels", "CN"
    rows["window_start"], rows["window_end"] = pd.Timestamp("2030-01-01"), pd.Timestamp("2030-12-31")
    rows["value"] = [float(value) for value, _, _ in prints]
    return replace(dataset, sources=sources, context=rows)


@pytest.mark.parametrize(
    ("prints", "picked"),
    [
        ([(83.5e9, "secondary", "2031-02"), (83e9, "agency", "2031-01")], "c1"),
        ([(83.5e9, "agency", "2031-01"), (83.36e9, "agency", "2031-01")], "c1"),
        ([(83.5e9, "agency", "2031-02"), (83.6e9, "agency", "2031-01")], "c0"),
        ([(83.5e9, "agency", "2031-01"), (83.6e9, "agency", "2031-01")], "c0"),
        ([(0, "primary", "2031-01"), (83.6e9, "mirror", "2031-01")], "c1"),
    ],
)
def test_of_several_prints_the_rule_picks_one(dataset, prints, picked):
    assert denominator(with_prints(dataset, prints), "express_parcels")["context_ids"].tolist() == [picked]


def test_only_whole_years_count(dataset):
    table = denominator(dataset, "express_parcels", range(2019, 2026)).set_index("year")
    # two prints: the one of the source nearer to who counted
    assert table.loc[2020, "value"] == 83.5e9
    assert table.loc[2020, "context_ids"] == "express-parcels-cn-2020"
    # 100 billion by 8 December 2021 is no year, 108.3 billion is; 180 billion by 30 November 2025 stands alone
    assert table.loc[2021, "value"] == 108.3e9
    assert np.isnan(table.loc[2025, "value"])
    assert table.loc[2025, "context_ids"] == ""


def test_a_stock_is_that_of_the_last_day(dataset):
    table = denominator(dataset, "trademarks_valid").set_index("year")["value"]
    assert table[2021] == 37e6  # not the 33.548 million of June
    assert np.isnan(table[2020])


def test_fiscal_years_are_their_own_or_a_blend(dataset):
    calendar = denominator(dataset, "goods_imports_usd", [2018, 2019]).set_index("year")["value"]
    blend = denominator(dataset, "goods_imports_usd", [2019], fiscal=True).iloc[0]
    assert blend["value"] == pytest.approx(0.25 * calendar[2018] + 0.75 * calendar[2019])
    assert blend["context_ids"].split(";") == ["goods-imports-usd-us-2018", "goods-imports-usd-us-2019"]
    own = denominator(dataset, "imports_value", [2020], fiscal=True).iloc[0]
    assert (own["value"], own["context_ids"]) == (2.42e12, "imports-value-us-fy2020")


def test_every_denominator_has_years_a_label_and_one_unit(dataset):
    for one in DENOMINATORS.values():
        rows = dataset.context[dataset.context["series"] == one.name]
        for place in one.jurisdictions:
            assert rows.loc[rows["jurisdiction"] == place, "unit"].nunique() == 1
            fiscal = place == "US" and not one.stock
            table = denominator(dataset, one.name, jurisdiction=place, fiscal=fiscal)
            assert table["value"].count() >= 3
            assert table["value"].dropna().gt(0).all()
        assert one.label.startswith("per ")


def test_rates(dataset):
    table = pd.DataFrame({"year": [2019, 2025, 2022], "value": [600.0, 1, 1105.8], "low": [60.0, 1, 1]})
    rates = per(table, dataset, "express_parcels")
    assert rates["year"].tolist() == [2019, 2022]
    np.testing.assert_allclose(rates["value"], [0.01, 0.01])
    assert rates["denominator"].tolist() == [60e9, 110.58e9]
    np.testing.assert_allclose(per(table, dataset, "express_parcels", unit=1e9)["low"][0], 1)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda data: denominator(data, "parcels"), "no denominator 'parcels'; there are express_parcels"),
        (lambda data: denominator(data, "population"), "CN or EU or US; give one of them"),
        (lambda data: denominator(data, "express_parcels", jurisdiction="US"), "is of CN"),
        (lambda data: denominator(data, "express_parcels", [1990, 1991]), "none of the calendar years"),
        (lambda data: denominator(data, "imports_value"), "no calendar year at all"),
        (lambda data: denominator(data, "express_parcels", [2019.5]), "whole number"),
        (lambda data: denominator(data, "express_parcels", ["x"]), "whole number"),
        (lambda data: denominator(data, "trademarks_valid", fiscal=True), "31 December"),
        (lambda data: per(pd.DataFrame({"value": [1]}), data, "express_parcels"), "column year"),
        (lambda data: per(pd.DataFrame({"year": [2019]}), data, "express_parcels", unit=0), "above zero"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(dataset, call, words):
    with pytest.raises(InputError, match=words):
        call(dataset)
