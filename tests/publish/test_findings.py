"""The findings on effects follow the ledger, those on estimates the reconstruction and the calibration."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from scipy import stats

from analysis import InputError
from analysis.publish.bands import band
from analysis.publish.cards import cards
from analysis.publish.findings import (
    ESTIMATED,
    EXPLORATORY,
    briefing_findings,
    effect_findings,
    effects,
    estimated_findings,
    measure_findings,
    printed,
    printed_findings,
    recorded_findings,
)
from analysis.publish.moves import moved
from analysis.scrutiny import random_dates
from analysis.scrutiny.penalties import COMPARED, arrests_to_charges
from analysis.series import between_years, calibration, has_years, printed_years, single_series
from analysis.series.coverage import SPAN


def answered(letters):
    """Return answers on made-up bundles with these grades, each of one hypothesis."""
    return [
        SimpleNamespace(letter=letter, bundle=SimpleNamespace(hypotheses=(f"h-{place}",)))
        for place, letter in enumerate(letters)
    ]


def test_the_finding_on_single_measures_counts_dates_by_grade():
    one = effects.single_measures(answered("CCDC"))
    assert (one.value, one.low, one.high) == ("0 of 3", 0, 0)
    assert one.hypotheses == ("h-0", "h-1", "h-2", "h-3")
    for part in (
        "4 pairs",
        "on 4 dates",
        "3 could be tested",
        "none stands out",
        "for 1 the record is too short",
    ):
        assert part in one.sentence, part
    assert "one stands out" in effects.single_measures(answered("AD")).sentence
    assert "2 stand out" in effects.single_measures(answered("ABC")).sentence
    with pytest.raises(InputError, match="ledger is empty"):
        effects.single_measures([])


def test_the_estimated_year_is_printed_by_nobody_and_has_its_band(data):
    one, more = estimated_findings(data)
    years = band(data, "mps-cases-solved").set_index("year")
    alone = years[~years["printed"].astype(bool)]
    best = alone.loc[(alone["upper"] / alone["lower"]).idxmin()]
    assert one.standing == ESTIMATED
    assert (one.low, one.high) == (best["lower"], best["upper"])
    worst = alone.loc[(alone["upper"] / alone["lower"]).idxmax()]
    assert f"in the whole of {best.name} or {worst.name}." in one.sentence
    assert set(one.readings) <= set(data.readings["reading_id"])
    pairs = calibration.one_each(calibration.pairs(data, loose=True))
    row = calibration.coverage(pairs).set_index(["hedge", "model"]).loc[("more_than", "default")]
    assert more.value == f"{int(row['inside'])} of {int(row['n'])} inside"
    assert (more.low, more.high) == pytest.approx((100 * row["lower"], 100 * row["upper"]))


def test_every_registered_pair_stands_on_one_date(data):
    (one,) = effect_findings(data)
    assert sorted(one.hypotheses) == sorted(data.hypotheses["hypothesis_id"])
    assert {found.standing for found in briefing_findings(data)} >= {EXPLORATORY}


def test_the_trail_of_an_average_lists_the_pairs_that_enter_and_no_others(data):
    one = next(found for found in measure_findings(data) if found.name == "campaigns-average")
    average = random_dates(data, "campaign")
    rows = data.hypotheses.set_index("hypothesis_id").loc[list(one.hypotheses)]
    pairs = set(zip(rows["series_id"].astype(str), rows["at"].astype(int), strict=True))
    assert pairs == set(zip(average.entering["series_id"], average.entering["at"], strict=True))
    assert f"{average.pairs} of {len(average.table)} registered pairs" in one.sentence
    assert f"the other {len(average.table) - average.pairs} lack" in one.sentence
    markup = cards([one], data)._repr_html_()
    assert all(f"ledger.html#ledger-{name}" in markup for name in one.hypotheses)


def printed_as(data, tell, **prints):
    """Return a finding where readings are printed as given: id -> (value, as printed, hedge)."""
    frame = data.readings.copy()
    for reading_id, (value, text, hedge) in prints.items():
        row = frame["reading_id"] == reading_id.replace("_", "-")
        assert row.sum() == 1, reading_id
        frame.loc[row, ["value", "as_printed", "hedge", "printed_step"]] = [value, text, hedge, float("nan")]
    return tell(replace(data, readings=frame))


def test_the_rest_of_the_police_year_is_the_difference_of_the_ends_of_two_hedges(data):
    """31,000 to 32,000 less 21,500 to 21,600."""
    one = printed_as(
        data,
        printed.police_2020,
        police_0023=(31000.0, "more than 31,000", "more_than"),
        police_0019=(21500.0, "more than 21,500", "more_than"),
    )
    assert "leave 9,400 to 10,500 cases" in one.sentence
    assert "more than 21,500 cases" in one.sentence
    assert (one.value, one.low, one.high) == ("more than 21,500, or more than 31,000 cases", 21500, 32000)
    days = data.readings.set_index("reading_id")["window_end"]
    assert days["police-0023"] == pd.Timestamp("2020-12-31")
    assert f"the last {(pd.Timestamp('2020-12-31') - days['police-0019']).days} days" in one.sentence


def test_the_same_number_over_two_windows_is_two_daily_rates(data):
    """193 days from 1 May to 9 November; the days since January by the calendar."""
    windows = data.readings.set_index("reading_id").loc["plat-seed1-01", ["window_start", "window_end"]]
    days = (windows["window_end"] - windows["window_start"]).days + 1
    one = printed_as(
        data,
        printed.online_windows,
        plat_seed0_01=(1930.0, "1,930", "exact"),
        plat_seed1_01=(float(5 * days), f"{5 * days:,}", "exact"),
    )
    assert "The first means 10 cases a day, the second 5." in one.sentence
    assert (one.low, one.high) == (1930, 1930)


def test_the_values_differ_by_the_quotient_of_the_ends_of_two_hedges(data):
    """90 to 100 billion over 20 to 30 billion: 90/30 to 100/20."""
    one = printed_as(
        data,
        printed.value_2013,
        police_0170=(90e9, "more than 90 billion", "more_than"),
        adm_0246=(20e9, "more than 20 billion", "more_than"),
    )
    assert "a factor of 3 to 5" in one.sentence
    assert (one.low, one.high) == (20e9, 100e9)
    assert one.value == "more than 20 billion yuan or more than 90 billion yuan"


def test_the_share_of_leads_pursued_is_that_of_those_submitted(data):
    one = printed_as(
        data,
        printed.leads_2016,
        plat_idg2017_01=(5125.0, "5,125", "exact"),
        plat_seed4_07=(1025.0, "1,025", "exact"),
    )
    assert "and 20 percent" in one.sentence
    assert (one.value, one.low, one.high) == ("1,025 or 5,125 leads", 1025, 5125)


def test_a_test_buy_costs_what_is_spent_over_what_is_bought(data):
    """99 to 100 million yuan over 90,000 to 110,000 buys; 110,000 of a billion are 110 of a million."""
    one = printed_as(
        data,
        printed.spot_checks,
        plat_seed4_02=(100000.0, "about 100,000", "about"),
        plat_seed4_03=(99e6, "more than 99 million", "more_than"),
        plat_seed4_01=(1e9, "more than 1 billion", "more_than"),
    )
    assert one.value == "900 to 1,100 yuan a buy"
    assert (one.low, one.high) == pytest.approx((99e6 / 110000, 100e6 / 90000))
    assert "at most 110 buys for a million listings" in one.sentence


def test_coverage_and_conflicts_are_counted_over_every_series(data):
    findings = {one.name: one for one in printed_findings(data)}
    tables = [printed_years(data, name) for name in single_series(data) if has_years(data, name)]
    last = max(int(one.table["year"].max()) for one in tables)
    count = sum(int((one.table["year"] > last - SPAN).sum()) for one in tables)
    years = 0
    for one in tables:  # each from the first to the last year that any reading of it touches
        told = pd.concat([one.readings, one.partial])[["window_start", "window_end"]]
        told = told.assign(window_start=told["window_start"].fillna(told["window_end"])).dropna()
        later = pd.DateOffset(months=3 if one.definition.fiscal else 0)
        first, end = (told["window_start"].min() + later).year, (told["window_end"].max() + later).year
        years += max(0, min(end, last) - max(first, last - SPAN + 1) + 1)
    coverage, conflicts = findings["coverage"], findings["conflicts"]
    assert coverage.low == coverage.high == pytest.approx(100 * count / years)
    assert f"{len(tables)} series have {years:,} years; {count:,} of these have" in coverage.sentence
    apart = [
        one.readings.loc[one.readings["year"] == year, "value"]
        for one in tables
        for year in one.table.loc[one.table["conflict"], "year"]
    ]
    sizes = [one.readings.groupby("year").size().loc[one.table["year"]] for one in tables]
    told = sum(int((size > 1).sum()) for size in sizes)
    wide = sum(values.max() > 1.1 * values.min() for values in apart)
    assert conflicts.value == f"{len(apart)} of {told} years"
    assert f"{wide} of these differ by more than a tenth" in conflicts.sentence


def test_arrests_are_told_beside_those_for_all_crimes(data):
    """The ratio of the two groups' changes, from the printed quotients."""
    found = {one.name: one for one in recorded_findings(data)}["fewer-arrests"]
    rates = arrests_to_charges(data).set_index(["group", "year"])["value"]
    before, after = COMPARED
    own, control = (rates[group, after] / rates[group, before] for group in ("ipr", "all"))
    assert found.low <= own / control <= found.high
    assert found.value == f"{own / control:.2f} times"
    for group in ("ipr", "all"):
        for year in COMPARED:
            assert f" {rates[group, year]:.0f}" in found.sentence


def test_the_eu_border_is_told_within_one_count_and_beside_its_value(data):
    """About 20 of about 42 million: 18 to 22 of 41 to 43 million; and 1.5 of 0.847 billion euro."""
    found = {one.name: one for one in recorded_findings(data)}["eu-border"]
    items, value = between_years(data, "eu-border-items"), between_years(data, "eu-border-value")
    assert (found.low, found.high) == (items.low, items.high)
    assert found.low == pytest.approx(items.after[1] / items.before[2])
    assert set(found.readings) >= {*items.reading_ids, *value.reading_ids}
    assert items.high < 1
    assert found.value == moved(items)
    assert found.value in found.sentence
    assert f"from {value.first} to {value.last}" in found.sentence


def test_civil_suits_are_parted_by_right_in_one_year(data):
    found = {one.name: one for one in recorded_findings(data)}["civil-suits"]
    tables = [
        printed_years(data, f"spc-civil-{kind}accepted").table.set_index("year")["value"]
        for kind in ("", "copyright-", "trademark-")
    ]
    year = max(set.intersection(*(set(one.index) for one in tables)))
    whole, *parts = (one[year] for one in tables)
    first, second = (f"{100 * part / whole:.2g} percent" for part in parts)
    assert f"In {year}, {first} of them were on copyright and {second} on trademarks" in found.sentence


def test_a_check_is_its_count_with_the_exact_interval(data):
    """10 percent genuine of 20: 18 failed; the ends are the beta law's quantiles."""
    one = printed_as(
        data,
        printed.checked_2014,
        plat_saic2014_06=(20.0, "20", "exact"),
        plat_saic2014_02=(10.0, "10 percent", "exact"),
    )
    assert one.value == "18 of 20"
    assert "Of 20 goods" in one.sentence
    assert (one.low, one.high) == pytest.approx(
        (100 * stats.beta.ppf(0.025, 18, 3), 100 * stats.beta.isf(0.025, 19, 2))
    )
