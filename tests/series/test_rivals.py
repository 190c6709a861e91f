"""The rivals are exact where they should be, and silent where they must be."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series.rivals import rivals
from analysis.series.simulate import truth
from analysis.series.simulated_readings import printed_readings

YEARS = list(range(2004, 2024))
METHODS = ["printed", "linear", "denton", "chow_lin"]


def readings(rows):
    """Exact flows: (value, start, end)."""
    frame = pd.DataFrame(rows, columns=["value", "window_start", "window_end"])
    frame["window_start"], frame["window_end"] = (
        pd.to_datetime(frame[c]) for c in ("window_start", "window_end")
    )
    return frame.assign(
        value=frame["value"].astype(float), unit="case", hedge="exact", kind="flow", printed_step=1.0
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", ["smooth", "campaign"])
def test_every_rival_returns_regular_yearly_figures(method, shape):
    rng = np.random.default_rng(3)
    true = truth(rng, 20, shape)
    table = rivals(printed_readings(rng, true, 20, windows="yearly", hedges=False), YEARS)[method]
    assert table["period"].tolist() == [str(year) for year in YEARS]
    assert table["estimate"].to_numpy() == pytest.approx(true.periods("Y").to_numpy(), rel=1e-6)


def test_a_constant_rate_is_recovered_from_irregular_windows():
    windows = [("2004-02-01", "2006-07-31"), ("2006-01-01", "2009-11-30"), ("2012-05-01", "2023-12-31")]
    windows += [("2004-01-01", "2004-09-30"), ("2009-12-01", "2010-06-30")]
    rows = [(10.0 * ((pd.Timestamp(b) - pd.Timestamp(a)).days + 1), a, b) for a, b in windows]
    tables = rivals(readings(rows), YEARS)
    days = np.array([366 if year % 4 == 0 else 365 for year in YEARS])
    assert tables["linear"]["estimate"].to_numpy() == pytest.approx(10 * days)
    for method in ("denton", "chow_lin"):  # months count alike to them, whatever their days
        assert tables[method]["estimate"].to_numpy() == pytest.approx(10 * days, rel=0.01)
    assert tables["printed"]["estimate"].isna().all()


def test_the_rest_of_a_year_is_its_total_less_its_first_months():
    rows = [
        (900, "2010-01-01", "2010-11-30"),
        (1000, "2010-01-01", "2010-12-31"),
        (80, "2011-01-01", "2011-01-31"),
    ]
    tables = rivals(readings(rows), YEARS)
    linear = tables["linear"].set_index("period")["estimate"]
    assert linear["2010"] == pytest.approx(1000)
    assert linear.drop("2010").isna().all()  # 2011 is not wholly between the first and the last window
    assert tables["denton"].set_index("period")["estimate"]["2010"] == pytest.approx(1000)


def test_printed_takes_the_narrowest_print_and_its_interval():
    rows = readings([(1000, "2010-01-01", "2010-12-31"), (1042, "2010-01-01", "2010-12-31")])
    rows["printed_step"] = [100.0, 1.0]
    rows["hedge"] = ["more_than", "exact"]
    printed = rivals(rows, YEARS)["printed"].set_index("period").loc["2010"]
    assert printed[["estimate", "lower", "upper"]].tolist() == [1042, 1042, 1042]
    printed = rivals(rows[:1], YEARS)["printed"].set_index("period").loc["2010"]
    assert printed[["estimate", "lower", "upper"]].tolist() == [1050, 1000, 1100]


def test_only_what_a_window_reaches_has_a_value():
    table = rivals(readings([(500, "2010-03-01", "2010-08-31"), (600, "2014-01-01", "2014-06-30")]), YEARS)
    for method in ("denton", "chow_lin"):
        known = table[method]["period"][table[method]["estimate"].notna()]
        assert known.tolist() == ["2010", "2011", "2012", "2013", "2014"]
    assert table["linear"]["period"][table["linear"]["estimate"].notna()].tolist() == ["2011", "2012", "2013"]


def test_windows_that_others_nearly_contain_make_no_wild_months():
    rows = [(1000 + 10 * k, "2010-01-01", f"2010-12-{24 + k}") for k in range(8)]
    table = rivals(readings([*rows, (5000, "2011-01-01", "2015-12-31")]), YEARS)["chow_lin"].set_index(
        "period"
    )
    assert table.loc["2010", "estimate"] == pytest.approx(1070, rel=0.02)
    assert (table.loc["2010":"2015", "estimate"] > 500).all()


def test_one_reading_has_no_chow_lin_and_still_a_denton():
    tables = rivals(readings([(500, "2010-01-01", "2010-12-31")]), YEARS)
    assert tables["chow_lin"]["estimate"].isna().all()
    assert tables["denton"]["estimate"].dropna().tolist() == pytest.approx([500])


def test_chow_lin_bands_cover_where_its_model_holds():
    """Autoregressive months, seen through overlapping windows without error."""
    rng = np.random.default_rng(5)
    hits = []
    for _ in range(25):
        shocks = rng.normal(0, 30, 240)
        path = np.zeros(240)
        for t in range(1, 240):
            path[t] = 0.9 * path[t - 1] + shocks[t]
        months = 1000 + path
        first = rng.integers(0, 220, 14)
        last = np.minimum(first + rng.integers(2, 40, 14), 239)
        stamps = pd.period_range("2004-01", periods=240, freq="M")
        rows = [
            (months[a : b + 1].sum(), stamps[a].start_time.normalize(), stamps[b].end_time.normalize())
            for a, b in zip(first, last, strict=True)
        ]
        table = rivals(readings(rows).assign(printed_step=1.0), YEARS)["chow_lin"]
        true = months.reshape(20, 12).sum(axis=1)
        known = table["estimate"].notna().to_numpy()
        hits.append(((table["lower"] <= true) & (true <= table["upper"]))[known])
    assert 0.75 < np.concatenate(hits).mean() < 0.97


def test_bad_input_is_told():
    rows = readings([(500, "2010-01-01", "2010-12-31")])
    with pytest.raises(InputError, match="No reading is a flow"):
        rivals(rows.assign(kind="change"), YEARS)
    with pytest.raises(InputError, match="leaves the years 2011 to 2023"):
        rivals(rows, YEARS[7:])
