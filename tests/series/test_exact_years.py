"""Exact years: a whole year that who counted prints exactly, uncontradicted, is that year; and what is assumed else."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series import definition, material, reconstruct, reconstruct_all
from analysis.series.laplace import core_of, covariance_of
from analysis.series.observations import observe
from analysis.series.pins import pins_of

# Items from Taiwan at Japan's border, 2019 to 2024: a 52nd, and forty times as much again.
ITEMS = [192883, 13333, 5254, 4537, 5539, 237430]
YEAR = ("2012-01-01", "2012-12-31")


def pinned(given, **options):
    """Return the periods that are exact years."""
    return pins_of(observe(given, **options)).labels


def test_an_exact_year_is_its_print_whatever_its_neighbours(rows):
    found = reconstruct(rows.frame(*rows.years(ITEMS, tier="primary")))
    table = found.yearly
    assert table["estimate"].tolist() == ITEMS
    assert (table["estimate"] - table["lower"]).tolist() == [0.5] * 6
    assert (table["upper"] - table["estimate"]).tolist() == [0.5] * 6


def test_draws_of_months_add_up_to_the_year(rows):
    part = rows.reading(150, "2011-03-01", "2011-06-30", hedge="more_than")
    found = reconstruct(rows.frame(*rows.years([400, 650, 500], tier="primary"), part))
    months = found.draws(40, "monthly").reshape(40, 3, 12).sum(axis=2)
    quarters = found.draws(40, "quarterly").reshape(40, 3, 4).sum(axis=2)
    years = found.draws(40)
    np.testing.assert_allclose(quarters, years, rtol=1e-9)
    np.testing.assert_allclose(months[:, 1], years[:, 1], rtol=1e-9)  # no part informs the others' months
    assert np.abs(years - [400, 650, 500]).max() <= 0.5
    assert years.std(axis=0).min() > 0.1  # an even spread over one unit has 0.29
    released = found.draws(40, released=pd.Timestamp("2011-01-01"))
    assert np.abs(released - [400, 650, 500]).max() <= 0.5


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        ({"tier": "primary"}, ["2012"]),
        ({"tier": "agency"}, ["2012"]),
        ({"tier": "secondary"}, []),
        ({"tier": "mirror"}, []),
        ({}, []),
        ({"tier": "primary", "hedge": "more_than"}, []),
        ({"tier": "primary", "hedge": "about"}, []),
        ({"tier": "primary", "window_start": pd.Timestamp("2012-01-02")}, []),
        ({"tier": "primary", "window_start": pd.Timestamp("2011-01-01")}, []),
    ],
)
def test_only_an_exact_print_of_who_counted_gives_a_year(rows, cells, labels):
    assert pinned(rows.frame(rows.reading(1184, *YEAR) | cells)) == labels


@pytest.mark.parametrize(
    ("other", "labels"),
    [
        ({"value": 1185}, []),  # one unit apart: both cannot be the count
        ({"value": 1190, "printed_step": 10}, []),  # 1,185 to 1,195
        ({"value": 1180, "printed_step": 10}, ["2012"]),  # 1,175 to 1,185 holds it
        ({"value": 2000, "hedge": "more_than"}, ["2012"]),  # a hedge is no rival
        ({"value": 1185, "window_start": pd.Timestamp("2012-02-01")}, []),  # a part above its whole
        ({"value": 1184, "window_start": pd.Timestamp("2012-02-01")}, ["2012"]),
        ({"value": 1185, "window_end": pd.Timestamp("2013-01-31")}, ["2012"]),  # no part of it
        ({"value": 40, "unit": "percent", "kind": "change"}, ["2012"]),  # another quantity
    ],
)
def test_a_rival_beyond_rounding_leaves_the_year_to_the_model(rows, other, labels):
    own = rows.reading(1184, *YEAR, tier="primary", printed_step=1)
    rival = own | {"tier": "secondary"} | other
    assert pinned(rows.frame(own, rival)) == labels
    assert pinned(rows.frame(rival, own)) == labels


def test_a_share_of_a_part_may_exceed_that_of_the_whole(rows):
    share = {"unit": "percent", "tier": "primary"}
    part = rows.reading(60, "2012-01-01", "2012-06-30", **share)
    found = reconstruct(rows.frame(rows.reading(52, *YEAR, **share), part)).yearly
    assert found.loc[0, ["estimate", "lower", "upper"]].tolist() == [52, 51.5, 52.5]
    draws = reconstruct(rows.frame(rows.reading(52, *YEAR, **share), part)).draws(30)
    assert ((draws >= 51.5) & (draws <= 52.5)).all()


def test_the_sharpest_of_prints_that_agree_stands_with_its_rounding(rows):
    """44,000 in full is 43,500 to 44,500; a print of 44,118 says it to the unit."""
    rounded = rows.reading(44000, *YEAR, tier="primary", as_printed="44,000")
    table = reconstruct(rows.frame(rounded)).yearly
    assert table.loc[0, ["estimate", "lower", "upper"]].tolist() == [44000, 43500, 44500]
    sharp = rows.reading(44118, *YEAR, tier="agency", as_printed="44,118")
    table = reconstruct(rows.frame(rounded, sharp)).yearly
    assert table.loc[0, ["estimate", "lower", "upper"]].tolist() == [44118, 44117.5, 44118.5]


def test_a_repeated_print_is_of_who_counted_where_any_is(rows):
    one = rows.reading(1184, *YEAR)
    first = one | {"reading_id": "a", "tier": "secondary"}
    second = one | {"reading_id": "b", "tier": "primary"}
    found = observe(rows.frame(first, second))
    assert list(found.names) == ["a"]
    assert found.exact.all()


def test_fiscal_years_are_exact_where_the_series_counts_them(rows):
    fiscal = [
        rows.reading(v, f"{y - 1}-10-01", f"{y}-09-30", tier="primary") for v, y in ((90, 2012), (70, 2013))
    ]
    given = rows.frame(*fiscal, rows.reading(77, *YEAR, tier="primary"))
    assert pinned(given) == ["2012"]
    assert pinned(given, fiscal=True) == ["FY2012", "FY2013"]
    found = reconstruct(given, fiscal=True)
    table = found.fiscal.set_index("period")
    assert table["estimate"].dropna().to_dict() == {"FY2012": 90, "FY2013": 70}
    assert found.yearly.set_index("period").loc["2012", ["lower", "upper"]].tolist() != [76.5, 77.5]
    assert np.abs(found.draws(20, "fiscal")[:, :2] - [90, 70]).max() <= 0.5


@pytest.mark.parametrize("tier", ["primary", "mirror"])
@pytest.mark.parametrize(
    ("unit", "value", "low", "high"), [("case", 0, 0, 0.5), ("percent", 0, 0, 0), ("percent", 100, 100, 100)]
)
def test_counted_zeros_and_whole_shares_are_themselves_whoever_prints_them(
    rows, tier, unit, value, low, high
):
    given = rows.frame(*rows.years([52, 51], unit=unit), rows.reading(value, *YEAR, unit=unit, tier=tier))
    found = reconstruct(given)
    assert found.yearly.iloc[2, 1:4].tolist() == [value, low, high]
    draws = found.draws(20)[:, 2]
    assert np.isfinite(draws).all()
    assert np.abs(draws - value).max() <= 0.5
    rival = rows.reading(30, *YEAR, unit=unit)
    assert (
        pinned(rows.frame(*rows.years([52, 51], unit=unit), rows.reading(value, *YEAR, unit=unit), rival))
        == []
    )


def test_a_print_that_a_verdict_rejects_contradicts_nobody(rows):
    own, retold = rows.reading(49500, *YEAR, tier="primary"), rows.reading(49800, *YEAR, tier="primary")
    assert pinned(rows.frame(own, retold)) == []
    assert pinned(rows.frame(own | {"rejected": False}, retold | {"rejected": True})) == ["2012"]
    found = reconstruct(rows.frame(own | {"rejected": False}, retold | {"rejected": True}))
    assert found.yearly["estimate"].tolist() == [49500]


def test_two_prints_of_a_year_in_dispute_lie_in_its_band(rows):
    """With no year beside them, and with neighbours that side with one of them."""
    pair = [*rows.years([1013], first=2012), *rows.years([2027], first=2012)]
    for beside in ([], rows.years([1011, 1016, 1008]), rows.years([2011, 2032, 2025, 2019], first=2013)):
        table = reconstruct(rows.frame(*beside, *pair)).yearly.set_index("period")
        lower, upper = table.loc["2012", ["lower", "upper"]]
        assert lower <= 1013
        assert upper >= 2027


@pytest.mark.parametrize("cells", [{"value": 40, "printed_step": 100}])
def test_what_is_rounded_to_nothing_stays_with_the_model(rows, cells):
    given = rows.frame(
        *rows.years([120, 140], tier="primary"), rows.reading(0, *YEAR, tier="primary") | cells
    )
    assert pinned(given) == ["2010", "2011"]
    assert np.isfinite(reconstruct(given).yearly["estimate"]).all()


def test_an_exact_year_is_never_doubted_and_others_give_way(rows):
    """A total of two years, hedged, 3,600 where they sum to 2,400: it is doubted, not they."""
    years = rows.years([1200] * 8, tier="primary")
    wrong = rows.reading(3600, "2012-01-01", "2013-12-31", hedge="about")
    found = reconstruct(rows.frame(*years, wrong))
    assert list(found.observations.names[found.core.variance > found.printed.variance]) == ["r8"]
    jump = rows.years([1200, 1210, 1190, 24000, 1205, 1215, 1195, 1200], tier="primary")
    found = reconstruct(rows.frame(*jump))
    assert not (found.core.variance > found.printed.variance).any()
    assert found.yearly.loc[3, "estimate"] == 24000


def test_a_stock_has_no_exact_year(rows):
    assert pinned(rows.frame(rows.reading(9, None, "2012-12-31", kind="stock", tier="primary"))) == []


def test_no_reporting_error_enters_an_exact_reading(rows):
    """Three of one release: the exact one has its rounding alone and shares nothing with the others."""
    own = rows.reading(500, *YEAR, tier="primary", source_id="s", printed_step=100)
    parts = [rows.reading(9 + i, "2012-01-01", f"2012-0{i}-10", source_id="s") for i in (1, 2)]
    observed = observe(rows.frame(own, *parts))
    at = observed.exact
    none, some = (covariance_of(core_of(observed), tau) for tau in (0.0, 0.1))
    np.testing.assert_array_equal(some[at], none[at])
    assert np.allclose(np.diag(some - none)[~at], 0.1**2)  # shared and its own


def test_the_caller_chooses_the_reporting_error(rows):
    """One exact count of 10,001: its band is the reporting error's, 2 x 1.645 sd on the log scale."""
    given = rows.frame(rows.reading(10001, *YEAR))

    def width(choice):
        table = reconstruct(given, reporting_error=choice).yearly
        return float(np.log(table.loc[0, "upper"] / table.loc[0, "lower"]))

    assert width(0.03) == pytest.approx(2 * 1.6449 * 0.03, rel=0.01)
    assert width(0.1) == pytest.approx(2 * 1.6449 * 0.1, rel=0.01)
    assert width("exact") < 0.001 < width("prior")
    assert width("prior") == width("prior")


@pytest.mark.parametrize(
    "choice", ["none", "", 0, -0.1, 1, 1.5, float("nan"), float("inf"), True, None, [0.1]]
)
def test_another_reporting_error_is_refused(rows, choice):
    sentence = "reporting_error must be one of prior, exact or .*above 0 and below 1|reporting_error must be"
    with pytest.raises(InputError, match=sentence):
        reconstruct(rows.frame(*rows.years([1184])), reporting_error=choice)


def eligible(dataset, name):
    """Return the whole years that who counted prints exactly and no print without hedge contradicts: low, high."""
    given = material(dataset, name).reset_index(drop=True)
    told = dataset.conflicts[dataset.conflicts["kind"].isin(["retelling", "revision", "two_quantities"])]
    rejected = {  # which print not to quote, by the verdicts on pairs
        *told.loc[told["verdict"] == "quote_a", "reading_b"],
        *told.loc[told["verdict"] == "quote_b", "reading_a"],
    }
    quoted = ~given["reading_id"].isin(rejected)
    firm = given[(given["hedge"] == "exact") & (given["kind"] != "change") & quoted]
    firm = firm.join(intervals(firm)[["low", "high"]])
    later = pd.DateOffset(months=3 if definition(dataset, name).fiscal else 0)
    start, end = firm["window_start"] + later, firm["window_end"] + pd.Timedelta(days=1) + later
    whole = (start.dt.day_of_year == 1) & (end.dt.day_of_year == 1) & (end.dt.year == start.dt.year + 1)
    adds_up = firm["unit"].iloc[0] != "percent" if len(firm) else False
    years = {}
    for year, same in firm[whole].groupby(start.dt.year):
        own = same[same["tier"].isin(["primary", "agency"]) & (same["low"] > 0)]
        apart = same["low"].max() > same["high"].min() * (1 + 1e-9)
        if own.empty or apart:
            continue
        sharp = own.loc[(own["high"] - own["low"]).idxmin()]
        inside = (firm["window_start"] >= sharp["window_start"]) & (firm["window_end"] <= sharp["window_end"])
        if not (adds_up and (firm.loc[inside, "low"] > sharp["high"]).any()):
            years[f"{'FY' if later.months else ''}{year}"] = sharp["value"]
    return years


@pytest.mark.slow
def test_no_exact_year_of_any_series_lies_outside_its_band(data):
    """Over every series: each is inside, and the median width of their bands is under half a percent."""
    widths, outside = [], []
    series = reconstruct_all(data, progress=False)
    for name, found in series.items():
        if isinstance(found, str):
            continue
        table = (found.fiscal if definition(data, name).fiscal else found.yearly).set_index("period")
        for period, value in eligible(data, name).items():
            row = table.loc[period]
            widths.append((row["upper"] - row["lower"]) / value)
            if not row["lower"] <= value <= row["upper"] or row["estimate"] != value:
                outside.append((name, period, value, *row))
    assert outside == []
    assert len(widths) > len(series)  # more than one a series, whatever rows are merged
    assert np.median(widths) < 0.005
