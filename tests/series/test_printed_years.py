"""Yearly series: which readings belong, which year they are, which print is taken, which exclude each other."""

import dataclasses

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import definition, has_years, printed_years, readings_of, single_series
from analysis.series.whole_years import year_of


def small(data, rows, tiers):
    """A dataset whose only readings of mps-cases-solved are `rows` (value, hedge, as printed, window)."""
    base = data.readings[data.readings["reading_id"] == "police-0023"].iloc[0]
    readings = pd.DataFrame(
        [
            {
                **base,
                "reading_id": f"r-{i}",
                "source_id": f"s-{i}",
                "value": float(value),
                "hedge": hedge,
                "as_printed": printed,
                "window_start": pd.Timestamp(start),
                "window_end": pd.Timestamp(end),
            }
            for i, (value, hedge, printed, start, end) in enumerate(rows)
        ]
    ).astype(data.readings.dtypes.drop(["reading_id"]).to_dict())
    source = data.sources.iloc[0]
    sources = pd.DataFrame(
        [
            {**source, "source_id": f"s-{i}", "tier": tier, "published": day}
            for i, (tier, day) in enumerate(tiers)
        ]
    )
    return dataclasses.replace(data, readings=readings, sources=sources)


YEAR = ("2020-01-01", "2020-12-31")


# Series that are printed for parts of years, campaigns or single days alone.
PARTS_ALONE = {
    "aaca-members",
    "alibaba-staff",
    "kunlun-value",
    "mps-dens",
    "mps-gangs",
    "mps-online-cases",
    "tencent-bpp-brands",
    "tencent-bpp-rights-holders",
    "tiktok-creators-barred",
    "tiktok-listings-blocked",
    "tiktok-stores-closed",
    "tiktok-takedown-requests",
}


def test_every_series_has_readings_and_all_but_a_few_have_whole_years(data):
    without = set()
    for series_id in single_series(data):
        assert len(readings_of(data, series_id)) > 0, series_id
        if has_years(data, series_id):
            assert len(printed_years(data, series_id).table) > 0, series_id
        else:
            without.add(series_id)
            with pytest.raises(InputError, match="covers a whole year"):
                printed_years(data, series_id)
    assert without == PARTS_ALONE


def test_a_key_takes_its_own_readings_and_no_others(data):
    found = readings_of(data, "mps-cases-solved")
    assert {"police-0023", "police-0169", "adm-0244", "plat-seed0-02"} <= set(found["reading_id"])
    assert "plat-seed0-01" not in set(found["reading_id"])  # online cases are another scope
    assert set(found["subject"]) == {"ipr_and_counterfeit", "counterfeit_and_shoddy", "counterfeit_goods"}
    assert "police-0060" not in set(found["reading_id"])  # told as investigated, not solved
    assert data.current_id("adm-0280") == "police-0060"  # once taken for another reading, and for solved
    assert set(found["unit"]) == {"case"}


@pytest.mark.parametrize(
    ("start", "end", "fiscal", "year"),
    [
        ("2020-01-01", "2020-12-31", False, 2020),
        ("2018-10-01", "2019-09-30", True, 2019),
        ("2018-10-01", "2019-09-30", False, None),
        ("2020-01-01", "2020-12-30", False, None),
        ("2019-01-01", "2020-12-31", False, None),
        ("2020-01-01", "2020-12-31", True, None),
        (None, "2020-12-31", False, None),
    ],
)
def test_which_windows_are_years(start, end, fiscal, year):
    frame = pd.DataFrame({"window_start": pd.to_datetime([start]), "window_end": pd.to_datetime([end])})
    found = year_of(frame, fiscal=fiscal).iloc[0]
    assert (pd.isna(found) and year is None) or found == year


def test_the_source_nearest_to_who_counted_is_taken(data):
    rows = [(20_117, "exact", "20,117", *YEAR), (21_000, "more_than", "more than 21,000", *YEAR)]
    one = printed_years(
        small(data, rows, [("agency", "2021-01-01"), ("primary", "2021-01-01")]), "mps-cases-solved"
    )
    assert one.table["reading_id"].tolist() == ["r-1"]
    assert one.table["conflict"].tolist() == [True]
    assert one.competing["reading_id"].tolist() == ["r-0"]


def test_then_the_narrowest_interval_then_the_latest_print(data):
    agency = [("agency", "2021-01-01"), ("agency", "2021-02-01"), ("agency", "2021-03-01")]
    rows = [(21_000, "more_than", "more than 21,000", *YEAR), (21_417, "exact", "21,417", *YEAR)]
    one = printed_years(small(data, rows, agency[:2]), "mps-cases-solved")
    assert one.table["reading_id"].tolist() == ["r-1"]
    assert one.table["conflict"].tolist() == [False]  # 21,417 is "more than 21,000"
    rows = [
        (21_417, "exact", "21,417", *YEAR),
        (21_418, "exact", "21,418", *YEAR),
        (21_416, "exact", "21,416", *YEAR),
    ]
    assert printed_years(small(data, rows, agency), "mps-cases-solved").table["reading_id"].tolist() == [
        "r-2"
    ]


def test_the_order_of_rows_changes_nothing(data):
    one = printed_years(data, "mps-cases-solved")
    shuffled = dataclasses.replace(data, readings=data.readings.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(one.table, printed_years(shuffled, "mps-cases-solved").table)


def test_parts_of_years_are_kept_apart(data):
    one = printed_years(data, "mps-cases-solved")
    assert {"police-0019", "plat-seed0-02", "police-0027"} <= set(one.partial["reading_id"])
    assert 2015 not in set(one.table["year"])  # nobody printed it: it is missing, not estimated


def test_the_hedge_model_reaches_the_table(data):
    widths = [
        (table["high"] - table["low"]).where(table["hedge"] == "more_than").sum()
        for table in (printed_years(data, "mps-cases-solved", model=m).table for m in ("tight", "default"))
    ]
    assert 0 < widths[0] < widths[1]


def test_the_year_2013_is_a_conflict_of_the_real_data(data):
    row = printed_years(data, "mps-cases-solved").table.set_index("year").loc[2013]
    assert row["conflict"]
    assert row["value"] == 55_180


def test_fiscal_years_are_labelled(data):
    assert printed_years(data, "us-seizures").table["label"].str.startswith("FY ").all()


def test_a_retired_series_is_followed(data):
    assert definition(data, "cbp-seizures").series_id == "us-seizures"
    pd.testing.assert_frame_equal(
        printed_years(data, "cbp-seizures").table, printed_years(data, "us-seizures").table
    )


def test_a_print_that_is_set_aside_is_seen_but_not_picked(data):
    value = printed_years(data, "alibaba-value")
    assert "plat-cd20180110-03" in value.definition.set_aside
    assert value.table.set_index("year").loc[2017, "value"] == 4.3e9
    assert "plat-cd20180110-03" in set(value.competing["reading_id"])


def test_unknown_series_and_models_are_sentences(data):
    with pytest.raises(InputError, match=r"no series 'mps-cases'; there are mps-.*mps-cases-filed"):
        definition(data, "mps-cases")
    with pytest.raises(InputError, match="hedge model"):
        printed_years(data, "mps-cases-solved", model="wide")
    rows = [(2_100, "more_than", "2100余", "2020-05-01", "2020-08-09")]
    with pytest.raises(InputError, match="covers a whole year"):
        printed_years(small(data, rows, [("agency", "2020-08-09")]), "mps-cases-solved")
    nothing = dataclasses.replace(data, readings=data.readings.iloc[:0])
    with pytest.raises(InputError, match=r"No reading in readings\.csv has the key"):
        readings_of(nothing, "mps-cases-solved")


def test_mirrors_can_be_left_out(data):
    rows = [(21_417, "exact", "21,417", *YEAR), (21_500, "exact", "21,503", *YEAR)]
    both = small(data, rows, [("mirror", "2021-01-01"), ("mirror", "2021-02-01")])
    with pytest.raises(InputError, match="covers a whole year"):
        printed_years(both, "mps-cases-solved", mirrors=False)
    one = small(data, rows, [("mirror", "2021-01-01"), ("secondary", "2021-02-01")])
    assert printed_years(one, "mps-cases-solved").table["readings"].tolist() == [2]
    assert printed_years(one, "mps-cases-solved", mirrors=False).readings["reading_id"].tolist() == ["r-1"]


def test_a_mirror_is_never_picked_where_another_source_prints_the_year(data):
    for series_id in single_series(data):
        if not has_years(data, series_id):
            continue
        found = printed_years(data, series_id)
        rows = found.readings[~found.readings["reading_id"].isin(found.definition.set_aside)]
        others = set(rows.loc[rows["tier"] != "mirror", "year"])
        mirrored = found.table[found.table["tier"] == "mirror"]
        assert not set(mirrored["year"]) & others, series_id


def test_what_is_kept_cannot_be_spoilt_and_a_changed_dataset_is_read_anew(data):
    one, found = printed_years(data, "mps-cases-solved"), readings_of(data, "mps-cases-solved")
    before = one.table["value"].tolist()
    one.table["value"] = 0.0
    found["value"] = 0.0
    assert printed_years(data, "mps-cases-solved").table["value"].tolist() == before
    assert (readings_of(data, "mps-cases-solved")["value"] > 0).all()
    doubled = dataclasses.replace(data, readings=data.readings.assign(value=data.readings["value"] * 2))
    assert printed_years(doubled, "mps-cases-solved").table["value"].tolist() == [
        2 * value for value in before
    ]


def test_what_was_published_on_a_day_was_known_on_it(data):
    exact = (1000, "exact", "1000", *YEAR)
    told = small(data, [exact], [("primary", "2021-03-01")])
    assert printed_years(told, "mps-cases-solved", as_of="2021-03-01").table["value"].tolist() == [1000]
    with pytest.raises(InputError, match="covers a whole year"):
        printed_years(told, "mps-cases-solved", as_of="2021-02-28")
    month = small(data, [exact], [("primary", "2021-03")])  # known from the end of the month on
    assert printed_years(month, "mps-cases-solved", as_of="2021-03-31").table["value"].tolist() == [1000]
    with pytest.raises(InputError, match="covers a whole year"):
        printed_years(month, "mps-cases-solved", as_of="2021-03-30")


def test_rivals_are_the_prints_that_the_picked_one_excludes(data):
    rivals = 0
    for name in single_series(data):
        if not has_years(data, name):
            continue
        found = printed_years(data, name)
        picked = found.table.set_index("year")[["low", "high"]].add_prefix("picked_")
        joined = found.readings.join(picked, on="year")
        apart = (joined["high"] < joined["picked_low"]) | (joined["low"] > joined["picked_high"])
        pd.testing.assert_frame_equal(found.competing, found.readings[apart])
        rivals += int(apart.sum())
    assert rivals
