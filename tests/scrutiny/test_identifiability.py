"""Identifiability on constructed datasets, where each rule is alone, and on the register itself."""

import dataclasses

import pandas as pd
import pytest

import analysis
from analysis import InputError
from analysis.scrutiny.hypothesis import hypothesis, period_of
from analysis.scrutiny.identifiability import (
    RivalRule,
    breaks_inside,
    identifiable,
    measures_in_window,
)
from analysis.series import printed_years


@pytest.fixture(scope="module")
def data():
    return analysis.load()


@pytest.fixture(scope="module")
def table(data):
    """Each registered hypothesis by the whole years printed."""
    return {name: identifiable(data, name) for name in data.hypotheses["hypothesis_id"]}


OWN = {"measure_id": "m-own", "kind": "law", "jurisdiction": "CN", "effective": "2012-05-01"}
ASKED = {"hypothesis_id": "h", "measure_id": "m-own", "series_id": "mps-suspects", "frequency": "year"}


def small(data, *measures, breaks=(), **asked):
    """Return the dataset with one hypothesis, its measure, and only these other measures and breaks."""
    base = {
        "announced": "",
        "effective": "",
        "instrument": "penalty",
        "kind": "law",
        "jurisdiction": "CN",
        "issuer": "",
        "title": "",
        "ended": "",
    }
    rows = [base | OWN, *(base | {"measure_id": f"m-{i}"} | one for i, one in enumerate(measures))]
    plain = dict.fromkeys(("comparison", "denominator", "direction", "impact", "family"), "")
    one = ASKED | plain | {"at": "2012", "lag": 0, "span_start": 2006, "span_end": 2015} | asked
    days = [*breaks, "2012-07-01"]  # the last one is another series'
    names = [one["series_id"]] * len(breaks) + ["gacc-batches"]
    cuts = pd.DataFrame({"date": pd.to_datetime(days), "series": names, "what_changed": "x"})
    return dataclasses.replace(data, measures=pd.DataFrame(rows), hypotheses=pd.DataFrame([one]), breaks=cuts)


def years(first=2006, last=2015, informed=1.0):
    return pd.DataFrame({"period": [str(y) for y in range(first, last + 1)], "informed": informed})


def judged(dataset, periods=None, **rule):
    return identifiable(dataset, "h", periods=years() if periods is None else periods, rule=RivalRule(**rule))


def test_nothing_in_the_way(data):
    found = judged(small(data))
    assert found.ok
    assert (found.n_before, found.n_after, found.rivals, found.breaks, found.reasons) == (6, 4, (), (), ())


@pytest.mark.parametrize(
    ("span", "before", "after", "faults"),
    [
        ((2008, 2014), 4, 3, ()),
        ((2009, 2014), 3, 3, ("before",)),
        ((2008, 2013), 4, 2, ("after",)),
        ((2012, 2012), 0, 1, ("before", "after")),
    ],
)
def test_four_periods_before_and_three_after(data, span, before, after, faults):
    found = judged(small(data, span_start=span[0], span_end=span[1]))
    assert (found.n_before, found.n_after, found.faults) == (before, after, faults)


def test_a_measure_after_the_span_has_no_period_after(data):
    found = judged(small(data, at="2020"))
    assert found.n_after == 0
    assert "no informed periods from 2020 on, at least 3 are needed" in found.reasons


def test_only_informed_periods_count(data):
    frame = years(informed=[1, 1, 0.5, 0.49, 1, None, 1, 1, 1, 1])
    found = judged(small(data), frame)
    assert (found.n_before, found.n_after) == (4, 4)
    assert judged(small(data), years().iloc[::2]).faults == ("before", "after")


@pytest.mark.parametrize(
    ("rival", "stands"),
    [
        ({"effective": "2012-11-01"}, True),
        ({"effective": "2011-01-01"}, True),
        ({"effective": "2013-12-31"}, True),
        ({"effective": "2014-01-01"}, False),
        ({"effective": "2010"}, False),
        ({"announced": "2012"}, True),
        ({"announced": "2012", "effective": "2014"}, False),
        ({}, False),
        ({"effective": "2012", "instrument": "rights;penalty"}, True),
        ({"effective": "2012", "instrument": "rights"}, False),
        ({"effective": "2012", "jurisdiction": "US"}, False),
        ({"effective": "2012", "jurisdiction": "CN-GD"}, False),
        ({"effective": "2012", "jurisdiction": "US", "kind": "trade_pressure"}, True),
    ],
)
def test_a_rival_in_the_same_or_a_neighbouring_period(data, rival, stands):
    found = judged(small(data, rival))
    assert found.rivals == (("m-0",) if stands else ())
    assert found.ok is not stands
    if stands:
        assert found.reasons == ("the same instrument moves beside it: m-0",)


@pytest.mark.parametrize(
    ("other", "rivals"),
    [
        ({"announced": "2012-05-01", "issuer": "Court"}, ()),
        ({"announced": "2012-05-01", "issuer": "Ministry"}, ("m-0",)),
        ({"announced": "2012-05-02", "issuer": "Court"}, ("m-0",)),
    ],
)
def test_what_one_issuer_announced_on_one_day_is_one_act(data, other, rivals):
    told = small(data, {"effective": "2012"} | other)
    own = told.measures["measure_id"] == "m-own"
    told.measures.loc[own, ["announced", "issuer"]] = ["2012-05-01", "Court"]
    assert judged(told).rivals == rivals


def test_the_lag_belongs_to_the_rival_too(data):
    """The measure of 2012 acts from 2014 on: a rival is one of 2011 to 2013, not of 2015."""
    assert judged(small(data, {"effective": "2013"}, at="2014", lag=2)).rivals == ("m-0",)
    assert judged(small(data, {"effective": "2014"}, at="2014", lag=2)).rivals == ()


def test_reach_and_likeness_and_width_are_choices(data):
    abroad = small(data, {"effective": "2012", "jurisdiction": "US"})
    assert judged(abroad, reach="anywhere").rivals == ("m-0",)
    assert judged(abroad, reach="registered").rivals == ()
    also = abroad.hypotheses.assign(hypothesis_id="h-2", measure_id="m-0")
    both = dataclasses.replace(abroad, hypotheses=pd.concat([abroad.hypotheses, also]))
    assert judged(both, reach="registered").rivals == ("m-0",)
    mixed = small(data, {"effective": "2012", "instrument": "penalty;rights"})
    assert judged(mixed, match="identical").rivals == ()
    assert judged(small(data, {"effective": "2013"}), neighbours=0).rivals == ()


def test_a_border_series_is_reached_from_both_sides(data):
    """China's measure on Japan's cases: rivals are made in China and in Japan, not elsewhere."""
    others = [{"effective": "2012", "jurisdiction": place} for place in ("CN", "JP", "US")]
    assert judged(small(data, *others, series_id="jp-cases-cn")).rivals == ("m-0", "m-1")


def test_trade_pressure_reaches_what_chinas_measures_reach(data):
    press = {"effective": "2012", "jurisdiction": "US", "kind": "trade_pressure"}
    assert judged(small(data, press, series_id="jp-cases-cn")).rivals == ("m-0",)
    home = small(data, press, {"effective": "2012", "jurisdiction": "JP"}, series_id="jp-cases-cn")
    home.measures.loc[0, "jurisdiction"] = "JP"  # Japan's own measure at its own border
    assert judged(home).rivals == ("m-1",)


def test_a_province_is_reached_by_the_country_and_a_member_state_by_the_union(data):
    province = small(data, {"effective": "2012"}, {"effective": "2012", "jurisdiction": "CN-GD"})
    asked = province.hypotheses.assign(series_id="zj-psb-suspects")
    assert judged(dataclasses.replace(province, hypotheses=asked)).rivals == ("m-0",)
    union = small(data, {"effective": "2012", "jurisdiction": "EU"}, series_id="fr-cases")
    assert judged(union).rivals == ("m-0",)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2006-01-01", False),
        ("2006-01-02", True),
        ("2012-05-01", True),
        ("2015-12-31", True),
        ("2016-01-01", False),
    ],
)
def test_a_break_inside_the_span(data, day, inside):
    found = judged(small(data, breaks=[day]))
    assert found.breaks == ((day,) if inside else ())
    assert found.faults == (("breaks",) if inside else ())


def test_a_break_of_a_fiscal_year(data):
    cut = small(data, breaks=["2011-10-01"], series_id="us-msrp")
    assert breaks_inside(cut, "us-msrp", 2012, 2020) == ()
    assert breaks_inside(cut, "us-msrp", 2011, 2020) == ("2011-10-01",)
    assert breaks_inside(cut, "us-msrp", 2005, 2011) == ()


def test_periods_of_partial_dates():
    assert period_of("2016-03", fiscal=True) == (2016, 2016)
    assert period_of("2016-10-01", fiscal=True) == (2017, 2017)
    assert period_of("2016", fiscal=True) == (2016, 2017)
    assert period_of("2016-10-01", fiscal=False) == (2016, 2016)


def test_a_measure_dated_by_year_may_lie_in_two_fiscal_years(data):
    us = [{"effective": "2009", "jurisdiction": "US"}, {"effective": "2010-01-01", "jurisdiction": "US"}]
    frame = small(data, *us, series_id="us-msrp", frequency="fiscal_year")
    assert judged(frame).rivals == ()
    assert judged(frame, neighbours=2).rivals == ("m-0", "m-1")
    frame = small(data, *us, series_id="us-msrp", frequency="fiscal_year", at="2011")
    assert judged(frame).rivals == ("m-0", "m-1")
    calendar = small(data, *us, series_id="us-msrp", at="2011")
    assert judged(calendar).rivals == ("m-1",)


def test_the_window_shows_whatever_instrument_and_leaves_out_the_own(data):
    frame = small(data, {"effective": "2013"}, {"effective": "2011", "instrument": "rights"})
    found = measures_in_window(frame, "h")
    assert found["measure_id"].tolist() == ["m-1", "m-0"]
    assert found["same_instrument"].tolist() == [False, True]


# ---- the register


def test_every_hypothesis_has_its_row_and_d_has_its_reason(data, table):
    assert all(one.ok == (not one.reasons) for one in table.values())
    assert sum(one.ok for one in table.values()) < 0.2 * len(
        table
    )  # most cannot be identified: the project's point


def test_periods_are_those_printed(data, table):
    row = hypothesis(data, "h-nlg-2011-prosecuted")
    printed = printed_years(data, row.series_id).table["year"]
    assert table[row.hypothesis_id].n_before == printed.between(row.start, row.at - 1).sum()
    assert table[row.hypothesis_id].n_after == printed.between(row.at, row.end).sum()


def test_first_period_affected_is_the_measures_and_its_lag(data):
    """The codebook's meaning of `at`, on which rivals depend, holds for every row."""
    measures = data.measures.set_index("measure_id")
    for name in data.hypotheses["hypothesis_id"]:
        one = hypothesis(data, name)
        day = measures.loc[one.measure_id, "effective"] or measures.loc[one.measure_id, "announced"]
        first, last = period_of(day, fiscal=one.fiscal)
        assert first <= one.made <= last, name


def test_known_obstacles_are_found(data):
    found = identifiable(data, "h-campaign-2010-police-cases")
    assert "2010-11-01" in found.breaks  # from Bright Sword on the ministry counts more
    assert "cn-2010-10-special-campaign" in found.rivals
    assert "2019-01-01" in identifiable(data, "h-bureau-2019-police-cases").breaks
    assert "2014-01-01" in identifiable(data, "h-reg-608-items").breaks
    express = identifiable(data, "h-de-minimis-2016-express")
    assert express.rivals == ("b2-us-cn-2016-04-joint-operation",)
    window = measures_in_window(data, "h-de-minimis-2016-express").set_index("measure_id")
    assert window.loc["us-2016-02-24-tftea", "package"]  # one act, two measures: the effect is the act's
    assert identifiable(data, "h-reg-1383-france").ok


def test_a_wider_net_catches_more(data, table):
    """Rules in order of strictness, on the hypotheses whose figures would do."""
    usable = [name for name, one in table.items() if not {"before", "after", "breaks"} & {*one.faults}]
    for name in usable[::6]:
        anywhere = set(identifiable(data, name, rule=RivalRule(reach="anywhere")).rivals)
        reaching = set(identifiable(data, name).rivals)
        alike = set(identifiable(data, name, rule=RivalRule(match="identical")).rivals)
        same_year = set(identifiable(data, name, rule=RivalRule(neighbours=0)).rivals)
        assert alike <= reaching <= anywhere
        assert same_year <= reaching


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda d: identifiable(d, "h-none"), "no row 'h-none'"),
        (lambda d: judged(small(d), pd.DataFrame({"period": [2012]})), "missing: informed"),
        (lambda d: judged(small(d), reach="near"), "jurisdiction, registered or anywhere"),
        (lambda d: judged(small(d), match="some"), "shared or identical"),
        (lambda d: judged(small(d), neighbours=-1), "0 or more"),
        (lambda d: judged(small(d, at="2012-05", frequency="month")), "by year or fiscal year"),
        (lambda d: judged(small(d, {"effective": "soon"})), "'soon' is no date"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(data, call, words):
    with pytest.raises(InputError, match=words):
        call(data)
