"""The quality report counts what is there: tiers, windows, second sources, conflicts, conversions."""

import dataclasses

import pandas as pd
import pytest

from analysis import InputError
from analysis.dataset.vocabularies import REPORTERS
from analysis.series import definition, printed_years, quality, single_series


@pytest.fixture(scope="module")
def covered(data):
    return quality.coverage(data)


def with_readings(data, rows, **changes):
    """Return the dataset with only some readings, some of their cells changed."""
    frame = data.readings[data.readings["reading_id"].isin(rows)].assign(**changes)
    links = data.readings_sources[data.readings_sources["reading_id"].isin(rows)]
    return dataclasses.replace(data, readings=frame.reset_index(drop=True), readings_sources=links)


def test_every_reporter_of_a_strand_is_in_the_vocabulary_and_in_one_strand_only():
    named = [one for members in quality.STRANDS.values() for one in members]
    assert len(named) == len(set(named))
    assert set(named) <= set(REPORTERS)
    assert quality.strand("MPS") == "police"
    assert quality.strand("KoreaCustoms") == quality.REST
    assert set(quality.STRANDS) | {quality.REST} == set(quality.STRAND_NAMES)


def test_tiers_count_every_reading_once(data):
    counts = quality.by_tier(data)
    assert counts.to_numpy().sum() == len(data.readings)
    primary = set(data.sources.loc[data.sources["tier"] == "primary", "source_id"])
    japan = data.readings[data.readings["reporter"] == "JapanCustoms"]
    assert counts.loc["japan_border", "primary"] == japan["source_id"].isin(primary).sum()


def test_hedges_have_shares_of_one(data):
    found = quality.by_hedge(data)
    assert found["readings"].sum() == len(data.readings)
    assert found["share"].sum() == pytest.approx(1)
    assert found.loc["nearly", "readings"] == (data.readings["hedge"] == "nearly").sum()


def test_a_stock_needs_no_start_and_a_flow_does(data):
    flow = data.readings.loc[
        (data.readings["kind"] == "flow") & data.readings["window_end"].notna(), "reading_id"
    ].iloc[0]
    lost = with_readings(data, [flow], window_start=pd.NaT)
    assert quality.windows_missing(lost)["missing"].sum() == 1
    stock = with_readings(data, [flow], window_start=pd.NaT, kind="stock")
    assert quality.windows_missing(stock)["missing"].sum() == 0
    both = with_readings(data, [flow], window_end=pd.NaT, kind="stock")
    assert quality.windows_missing(both)["share"].tolist() == [1.0]


def test_coverage_is_that_of_the_yearly_series(data, covered):
    assert list(covered.index) == single_series(data)
    found = printed_years(data, "mps-cases-solved")
    row = covered.loc["mps-cases-solved"]
    assert row["years"] == len(found.table)
    assert (row["first"], row["last"]) == (found.table["year"].min(), found.table["year"].max())
    assert row["gaps"] == row["last"] - row["first"] + 1 - row["years"] > 0
    assert row["competing"] == len(found.competing)
    assert row["conflicts"] == found.table["conflict"].sum() >= 1
    assert row["breaks"] == sum("mps-cases-solved" in cell.split(";") for cell in data.breaks["series"])
    none = covered[covered["years"] == 0]
    assert none["first"].isna().all()
    assert (none["readings"] > 0).all()


def test_coverage_agrees_with_every_kind_of_yearly_series(data, covered):
    definitions = {name: definition(data, name) for name in single_series(data)}
    kinds = {
        "conflicts": covered["conflicts"].idxmax(),
        "competing": covered["competing"].idxmax(),
        "gaps": covered["gaps"].idxmax(),
        "agreement": covered[covered["conflicts"] == 0]["years"].idxmax(),
        "fiscal": next(name for name, one in definitions.items() if one.fiscal),
        "set aside": next(name for name, one in definitions.items() if one.set_aside),
    }
    for kind, name in kinds.items():
        found, row = printed_years(data, name), covered.loc[name]
        years = set(found.table["year"])
        assert row["years"] == len(years), kind
        assert row["gaps"] == len(set(range(min(years), max(years) + 1)) - years), kind
        assert row["competing"] == len(found.competing), kind
        assert row["conflicts"] == found.table["conflict"].sum(), kind
        assert row["readings"] == len(found.readings) + len(found.partial), kind


def test_coverage_counts_the_rivals_of_one_year_and_no_year_that_is_set_aside(data):
    charged = "spp-persons-prosecuted"  # 2017 is printed as 7,157 and as 6,809 persons, and as nothing else
    few = dataclasses.replace(data, series=data.series[data.series["series_id"] == charged])
    assert quality.coverage(few).loc[charged, ["competing", "conflicts"]].tolist() == [1, 1]
    prints = printed_years(data, charged).readings
    every = ";".join(prints.loc[prints["year"] == 2017, "reading_id"])
    aside = dataclasses.replace(data, series=few.series.assign(set_aside=every))
    row = quality.coverage(aside).loc[charged]
    assert row["years"] == quality.coverage(few).loc[charged, "years"] - 1
    assert row["conflicts"] == row["competing"] == 0


def test_conflicts_are_counted_by_kind(data):
    found = quality.conflicts_by_kind(data)
    assert found["conflicts"].sum() == len(data.conflicts)
    assert found["conflicts"].is_monotonic_decreasing
    scope = data.conflicts[data.conflicts["kind"] == "scope"]
    assert found.loc["scope", "readings"] == len(set(scope["reading_a"]) | set(scope["reading_b"]))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Xinhua (china.org.cn)", "xinhua"),
        ("Xinhua, on People's Daily Online", "xinhua"),
        ("Xinhua via China Daily", "xinhua"),
        ("The National Law Review", "national law review"),
        ("Shanghai Securities News citing China.com.cn (reposted)", "china.com.cn"),
        ("The AsiaN (citing NCAC)", "ncac"),
        ("National Leading Group (ipraction.gov.cn)", "nlg"),
        ("NLG office (full text reposted by 0798ci.com)", "nlg"),
        ("人民网", "people's daily"),
    ],
)
def test_a_publisher_goes_by_who_wrote_the_text(printed, name):
    assert quality.publisher_name(printed) == name


def independence(publishers, urls):
    """Return the number of independent sources of one reading printed by sources of these publishers."""
    ids = [f"s{place}" for place in range(len(publishers))]
    sources = pd.DataFrame({"source_id": ids, "publisher": publishers, "url": urls})
    readings = pd.DataFrame({"reading_id": ["r"], "source_id": ["s0"]})
    links = pd.DataFrame({"reading_id": "r", "source_id": ids[1:]})

    @dataclasses.dataclass
    class Small:
        sources: pd.DataFrame
        readings: pd.DataFrame
        readings_sources: pd.DataFrame

    return quality.independent_sources(Small(sources, readings, links)).loc["r"]


def test_a_second_source_is_independent_with_another_publisher_and_another_address():
    assert independence(["Xinhua"], ["a"]) == 1
    assert independence(["Xinhua", "Reuters"], ["a", "b"]) == 2
    assert independence(["Xinhua", "Xinhua (ecns.cn)"], ["a", "b"]) == 1
    assert independence(["Xinhua", "Reuters"], ["a", "a"]) == 1
    assert independence(["Xinhua", "Reuters"], ["", ""]) == 2  # no address is not one address


def test_second_sources_are_shares_of_all_readings(data):
    found = quality.second_sources(data)
    assert found["readings"].sum() == len(data.readings)
    assert 0 < found["independent"].sum() <= data.readings_sources["reading_id"].nunique()


def test_a_conversion_implies_a_rate_that_is_held_against_the_years(data):
    found = quality.conversions(data).set_index("reading_id")
    row = found.loc["plat-seed0-04"]  # 50 million yuan as 7.56 million dollars, August 2020
    assert (row["base_unit"], row["unit"], row["year"]) == ("CNY", "USD", 2020)
    assert row["implied"] == pytest.approx(50e6 / 7.56e6)
    rate = data.context.set_index("context_id").loc["fx-cny-per-usd-cn-2020", "value"]
    assert row["off"] == pytest.approx(row["implied"] / rate - 1)
    assert row["listed"]
    assert not found.loc["plat-seed4-11", "listed"]  # within 3%


def test_a_euro_is_converted_over_the_dollar_and_an_unknown_rate_is_missing(data):
    found = quality.conversions(data).set_index("reading_id")
    rate = data.context.set_index("context_id").loc["fx-eur-per-usd-eu-2013", "value"]
    assert found.loc["oecd-2013-world-eur-407", "rate"] == pytest.approx(1 / rate)
    assert found.loc["oecd-2013-world-eur-407", "listed"]
    assert pd.isna(found.loc["oecd-2019-world-krw", "rate"])
    assert not found.loc["oecd-2019-world-krw", "listed"]


def test_a_conversion_of_nothing_is_refused(data):
    lost = with_readings(data, ["plat-seed0-04"])
    with pytest.raises(InputError, match="plat-seed0-03"):
        quality.conversions(lost)
