"""What a registered hypothesis asks: which periods, which denominators, until when, and without which reading."""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.scrutiny import assessment, leave_one_out
from analysis.scrutiny.assessment import comparison_panel
from analysis.scrutiny.checks import scrutinise
from analysis.scrutiny.hypothesis import hypothesis
from analysis.scrutiny.leave_one_out import left_out_series
from analysis.scrutiny.question import Question, Series, ask, usable_periods

question_module = sys.modules["analysis.scrutiny.question"]
YEARS = np.arange(2005, 2017)
NAME = "h-nlg-2011-prosecuted"


def periods(informed=1.0):
    """Return a series of twelve years, as a reconstruction tells it."""
    return pd.DataFrame({"period": YEARS, "estimate": 1000.0 + 10 * (YEARS - 2005), "informed": informed})


@pytest.fixture
def asked(data, monkeypatch):
    """A function that asks a hypothesis, changed as told, of a series made here."""

    def of(known=(), informed=1.0, **changes):
        one = replace(hypothesis(data, NAME), start=2005, end=2016, at=2011, **changes)
        monkeypatch.setattr(question_module, "informed_periods", lambda *_, **__: periods(informed))
        monkeypatch.setattr(question_module, "_draws", lambda *_: None)
        rates = pd.DataFrame({"year": list(known), "value": 2.0})
        monkeypatch.setattr(question_module, "denominator", lambda *_, **__: rates)
        return ask(data, one)

    return of


def test_a_period_counts_where_half_of_it_is_informed(data, asked):
    shares = np.array([0.0, 0.1, 0.49, 0.5, 0.51, *[1.0] * 7])
    assert asked(informed=shares).main.time.tolist() == list(range(2008, 2017))
    one = replace(hypothesis(data, NAME), start=2009, end=2015)
    table = periods(shares).assign(estimate=lambda frame: frame["estimate"].where(frame["period"] != 2012))
    assert table.loc[usable_periods(table, one), "period"].tolist() == [2009, 2010, 2011, 2013, 2014, 2015]


def test_a_comparison_rests_on_the_same_periods(data, monkeypatch):
    shares = {"own": 1.0, "other": np.where(YEARS < 2008, 0.3, 0.5)}
    one = replace(hypothesis(data, NAME), start=2005, end=2016, series_id="own", comparison=("other",))
    monkeypatch.setattr(assessment, "informed_periods", lambda _, name: periods(shares[name]))
    frame = comparison_panel(data, one).groupby("unit")["period"].apply(list)
    assert frame["own"] == list(range(2005, 2017))
    assert frame["other"] == list(range(2008, 2017))


@pytest.mark.parametrize(("count", "taken"), [(6, False), (7, True)])
def test_a_denominator_is_plausible_where_it_is_printed_for_seven_years(asked, count, taken):
    """Four before and three after; what was registered is asked of whatever there is."""
    found = asked(known=YEARS[:count], denominator="")
    assert ("online_retail_total" in found.offsets) == taken
    assert found.denominator == ""
    own = asked(known=YEARS[:3], denominator="online_retail_total")
    assert own.denominator == "online_retail_total"
    assert set(own.offsets) == {"online_retail_total"}
    assert asked(known=(), denominator="online_retail_total").denominator == ""


@pytest.mark.parametrize(
    ("ended", "fiscal", "until"),
    [
        ("2013-06-30", False, 2013),
        ("2013-06-30", True, 2013),
        ("2013-10-01", True, 2014),  # the fiscal year 2014 began on that day
        ("", False, 2011),  # no end is known: its first period alone
        ("2010", False, 2011),  # it ended before its effect could be counted
    ],
)
def test_a_pulse_lasts_until_its_measure_ends(asked, ended, fiscal, until):
    assert asked(impact="pulse", ended=ended, fiscal=fiscal).until == until
    assert asked(impact="step", ended=ended, fiscal=fiscal).until is None


def test_a_series_without_a_reading_moves_by_what_the_reading_carried(monkeypatch, data):
    question = Question("q", Series(np.arange(2008, 2013), np.full(5, 100.0)), 2010)
    rows = [
        ("left_out", "r-1", "2009", 0.8),
        ("left_out", "r-1", "2010", np.nan),  # no longer informed
        ("left_out", "r-2", "FY2012", 1.25),
        ("tight", "", "2008", 3.0),  # another variant of the study
    ]
    frame = pd.DataFrame(rows, columns=["variant", "left_out", "period", "move"])
    monkeypatch.setattr(leave_one_out, "sensitivity_of", lambda *_: frame)
    found = left_out_series(data, "x", question)
    assert set(found) == {"r-1", "r-2"}
    assert found["r-1"].time.tolist() == [2008, 2009, 2011, 2012]
    assert found["r-1"].y.tolist() == [100.0, 80.0, 100.0, 100.0]
    assert found["r-2"].y.tolist() == [100.0, 100.0, 100.0, 100.0, 125.0]


def test_a_pulse_stands_among_its_placebo_dates_by_a_lasting_step():
    """At placebo dates nothing passes that could come to an end; the statistic is the step's there as here."""
    years = np.arange(1998, 2024)
    noise = 0.05 * np.random.default_rng(3).standard_normal(len(years))
    main = Series(years, np.exp(8 + 0.5 * ((years >= 2011) & (years <= 2012)) + noise))
    step = scrutinise(Question("q", main, 2011), lags=(0,))
    pulse = scrutinise(Question("q", main, 2011, impact="pulse", until=2012), lags=(0,))
    assert pulse.placebos.n >= 8
    assert pulse.placebo_table == step.placebo_table
    assert pulse.placebos == step.placebos
    # It lasts for two of the three years whose mean change is told.
    assert pulse.primary.at_once == pytest.approx(np.exp(0.5), rel=0.1)
    assert pulse.primary.log == pytest.approx(2 / 3 * np.log(pulse.primary.at_once), abs=1e-6)
