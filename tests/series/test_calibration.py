"""Pairs are found by key and window, flagged, placed in their steps, and covered as the models say."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, binom

from analysis import InputError
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.readings import interval
from analysis.series import calibration, roundings


@pytest.fixture(scope="module")
def found(data):
    return calibration.pairs(data)


@pytest.fixture(scope="module")
def loose(data):
    return calibration.pairs(data, loose=True)


def small(data, prints, **common):
    """Return a dataset whose readings are copies of one reading with other prints.

    Each print is a dictionary of changed cells; conflicts are empty.
    """
    frame = data.readings
    row = frame[(frame["kind"] == "flow") & (frame["unit"] == "case") & (frame["relation"] == "")].iloc[[0]]
    rows = [
        row.assign(
            **{"reading_id": f"t-{at}", "printed_step": np.nan, "value_high": np.nan, **common, **cells}
        )
        for at, cells in enumerate(prints)
    ]
    readings = pd.concat(rows, ignore_index=True).assign(
        window_start=lambda new: pd.to_datetime(new["window_start"]),
        window_end=lambda new: pd.to_datetime(new["window_end"]),
    )
    return dataclasses.replace(
        data, readings=readings, conflicts=data.conflicts.iloc[:0], series=data.series.iloc[:0]
    )


COARSE = {"value": 8000.0, "hedge": "more_than", "as_printed": "more than 8,000"}
FINE = {"value": 8585.0, "hedge": "exact", "as_printed": "8585"}
DAYS = {"window_start": "2020-01-01", "window_end": "2020-12-31"}


def test_a_hedged_and_a_finer_print_make_one_pair(data):
    pair = calibration.pairs(small(data, [COARSE, FINE], **DAYS))
    assert list(zip(pair["hedged_id"], pair["exact_id"], strict=True)) == [("t-0", "t-1")]
    row = pair.iloc[0]
    assert row["position"] == pytest.approx(0.585)
    assert row["above"] == pytest.approx(100 * 585 / 8000)
    assert (row["low"], row["high"], row["digits"]) == (8000, 9000, 1)
    assert (row["inside"], row["inside_tight"], row["inside_open_ended"]) == (True, False, True)
    assert row["distance"] == row["place"] == pytest.approx(0.585)


@pytest.mark.parametrize(
    "change",
    [
        {"window_end": "2020-12-30"},
        {"stage": "prosecuted"},
        {"region": "CN-GD"},
        {"detail": "something else"},
        {"kind": "stock"},
        {"relation": "conversion_of:t-0"},
        {"value": 8600.0, "hedge": "about", "as_printed": "about 8,600"},
        {"value": 9000.0, "as_printed": "9 thousand"},
    ],
)
def test_another_quantity_window_or_a_print_no_finer_makes_none(data, change):
    assert calibration.pairs(small(data, [COARSE, FINE | change], **DAYS)).empty


def test_falls_are_placed_by_their_size(data):
    printed = [
        {"value": -29.0, "hedge": "more_than", "as_printed": "down more than 29 percent"},
        {"value": -29.4, "hedge": "exact", "as_printed": "down 29.4 percent"},
    ]
    pair = calibration.pairs(small(data, printed, unit="percent", kind="change", **DAYS)).iloc[0]
    assert pair["position"] == pytest.approx(0.4)
    assert pair["above"] == pytest.approx(100 * 0.4 / 29)
    assert pair["inside"]


def test_a_misprint_is_flagged_and_left_out(data):
    made = small(data, [COARSE, FINE, FINE | {"value": 8590.0, "as_printed": "8590"}], **DAYS)
    listed = data.conflicts[data.conflicts["kind"] == "retelling"].iloc[[0]]
    listed = listed.assign(reading_a="t-1", reading_b="t-2", verdict="quote_b")
    made = dataclasses.replace(made, conflicts=listed)
    pair = calibration.pairs(made).set_index("exact_id")
    assert dict(pair["flag"]) == {"t-1": "misprint", "t-2": ""}
    assert list(calibration.one_each(pair.reset_index())["exact_id"]) == ["t-2"]
    assert list(calibration.one_each(pair.reset_index(), drop=())["exact_id"]) == ["t-1"]


def test_one_side_set_aside_is_out_and_both_are_in(data):
    made = small(data, [COARSE, FINE], **DAYS)
    for aside, flag in (("t-0", "set_aside"), ("t-0;t-1", "both_set_aside")):
        listed = data.series.iloc[[0]].assign(set_aside=aside)
        pair = calibration.pairs(dataclasses.replace(made, series=listed))
        assert list(pair["flag"]) == [flag]
        assert len(calibration.one_each(pair)) == (flag == "both_set_aside")


def test_the_finest_partner_stands_whatever_it_says(data):
    far = FINE | {"value": 12345.0, "as_printed": "12345"}
    near = FINE | {"value": 8500.0, "as_printed": "8.5 thousand"}
    pair = calibration.pairs(small(data, [COARSE, near, far], **DAYS))
    kept = calibration.one_each(pair)
    hedged = kept[kept["hedged_id"] == "t-0"]
    assert list(hedged["exact_id"]) == ["t-2"]
    assert not hedged["inside"].any()


def test_real_pairs_share_key_and_window(data, found):
    rows = data.readings.set_index("reading_id")
    a, b = rows.loc[found["hedged_id"]], rows.loc[found["exact_id"]]
    for column in ("reporter", "jurisdiction", "indicator", "unit", "kind", *SERIES_KEYS, "window_end"):
        assert (a[column].astype(str).to_numpy() == b[column].astype(str).to_numpy()).all()
    assert (found["exact_step"] < found["step"]).all()
    assert (b["hedge"] == "exact").all()
    assert not found.duplicated(["hedged_id", "exact_id"]).any()


def test_the_known_pairs_are_found(found):
    known = {
        ("police-0072", "police-0066"),
        ("jus-0464", "jus-0080"),
        ("eu-2019-value", "eu-2019-value-759p2m"),
    }
    assert known <= set(zip(found["hedged_id"], found["exact_id"], strict=True))


def test_inside_agrees_with_the_interval_of_each_model(found):
    for row in found.itertuples():
        rounded = row.unit in ("percent", "ratio") or row.step != 1
        for model, inside in (
            ("default", row.inside),
            ("tight", row.inside_tight),
            ("open_ended", row.inside_open_ended),
        ):
            low, high = interval(row.value, row.hedge, row.step, model=model, rounded=rounded)
            slack = 1e-9 * abs(row.value)
            assert inside == (low - slack <= row.exact <= high + slack), (row.hedged_id, row.exact_id, model)


def test_loose_adds_pairs_of_one_series_and_loses_none(found, loose):
    strict, more = (set(zip(one["hedged_id"], one["exact_id"], strict=True)) for one in (found, loose))
    assert strict <= more
    added = loose[loose["match"] == "series"]
    assert len(added) == len(more - strict) > 0


def test_coverage_has_the_exact_interval(loose):
    table = calibration.coverage(calibration.one_each(loose)).set_index(["hedge", "model"])
    row = table.loc[("more_than", "tight")]
    k, n = int(row["inside"]), int(row["n"])
    assert row["lower"] == pytest.approx(beta.ppf(0.025, k, n - k + 1))
    assert binom.cdf(k, n, row["upper"]) == pytest.approx(0.025)
    assert (table.xs("tight", level="model")["inside"] <= table.xs("default", level="model")["inside"]).all()
    full = table[table["inside"] == table["n"]]
    assert (full["upper"] == 1).all()
    pooled = calibration.coverage(calibration.one_each(loose), None)
    assert pooled["inside"].sum() == table["inside"].sum()


def made(places):
    """Return pairs behind "more than" whose finer figures lie at `places` of the step."""
    places = np.asarray(places, float)
    frame = {"hedge": "more_than", "position": places, "place": places, "distance": places, "above": places}
    return pd.DataFrame(frame)


def test_evenness_is_told_from_falling_off():
    even = calibration.positions(made((np.arange(60) + 0.5) / 60)).iloc[0]
    falling = calibration.positions(made(beta.ppf((np.arange(60) + 0.5) / 60, 1, 2))).iloc[0]
    assert even["uniform_p"] > 0.9 > 0.01 > even["falling_p"]
    assert falling["falling_p"] > 0.9 > 0.01 > falling["uniform_p"]
    assert even["mean_distance"] == pytest.approx(0.5)
    assert falling["mean_distance"] == pytest.approx(1 / 3, abs=0.005)


def test_bad_questions_are_refused(found):
    with pytest.raises(InputError, match="no column 'colour'"):
        calibration.coverage(found, "colour")
    with pytest.raises(InputError, match="no pairs"):
        calibration.positions(found.iloc[:0])
    with pytest.raises(InputError, match="level of 95"):
        calibration.coverage(found, level=95)
    with pytest.raises(InputError, match="no flag 'odd'"):
        calibration.one_each(found, drop=("odd",))


def test_digits_and_zeros_of_prints(data):
    printed = [
        COARSE,
        {"value": 41600.0, "hedge": "exact", "as_printed": "41,600"},
        {"value": 41600.0, "hedge": "exact", "as_printed": "4.16万"},
        {"value": 8585.0, "hedge": "exact", "as_printed": "8585"},
    ]
    rows = roundings.roundings(small(data, printed, **DAYS)).set_index("reading_id")
    assert list(rows["digits"]) == [1, 5, 3, 4]
    assert list(rows["zeros"]) == [3, 2, 2, 0]
    assert list(rows["counted"]) == [False, True, False, True]
    assert rows.loc["t-0", "relative"] == pytest.approx(1 / 8)


def test_heaping_estimates_a_known_share():
    rng = np.random.default_rng(0)
    values = rng.integers(10_000, 99_999, 40_000)
    values = np.where(rng.random(len(values)) < 0.2, values // 100 * 100, values)
    frame = pd.DataFrame({"counted": True, "hundred": values % 100 == 0, "who": "a"})
    row = roundings.heaping(frame, "who").iloc[0]
    assert row["rounded"] == pytest.approx(0.2, abs=0.01)
    assert row["lower"] < row["share"] < row["upper"]


def test_shares_of_digits_sum_to_one(data):
    found = roundings.roundings(data)
    table = roundings.digits_by(found, "language")
    assert table[[1, 2, 3, roundings.MANY]].sum(axis=1).to_numpy() == pytest.approx(1)
    assert table["n"].sum() == len(found) == (data.readings["value"] != 0).sum()
    hedges = roundings.digits_by(found, "hedge")
    assert hedges.loc["more_than", "relative"] > hedges.loc["exact", "relative"]


def test_roundings_refuse_what_is_not_there(data):
    found = roundings.roundings(data)
    with pytest.raises(InputError, match="no column 'colour'"):
        roundings.digits_by(found, "colour")
    with pytest.raises(InputError, match="no readings"):
        roundings.heaping(found[~found["counted"]], "language")
