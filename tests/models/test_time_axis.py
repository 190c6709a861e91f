"""Fiscal years in every way they are written are the years they begin in; months stay months, longer spans nothing."""

import numpy as np
import pytest

from analysis import InputError
from analysis.models import interrupted, trend
from analysis.models.time_axis import time_axis

STARTS = range(1996, 2012)  # over the turn of the century, and over years whose second half could be a month


@pytest.mark.parametrize(
    "write",
    [
        lambda year: f"{year}/{(year + 1) % 100:02d}",
        lambda year: f"{year}-{(year + 1) % 100:02d}",
        lambda year: f"{year}–{(year + 1) % 100:02d}",
        lambda year: f"{year}/{year + 1}",
        lambda year: f"FY{year}/{(year + 1) % 100:02d}",
        lambda year: f"FY {year}-{(year + 1) % 100:02d}",
    ],
)
def test_every_way_to_write_a_fiscal_year_is_its_first_year(write):
    labels = [write(year) for year in STARTS]
    axis = time_axis(labels, len(labels))
    assert (axis.frequency, axis.per_year) == ("Y", 1)
    assert axis.numbers.tolist() == list(range(1, len(labels) + 1))
    assert axis.number_of(write(2003)) == 2003 - 1996 + 1
    assert axis.label_of(len(labels) + 1) == write(2012)  # one that the series does not hold yet
    y = 100 * np.exp(0.1 * np.random.default_rng(1).standard_normal(len(labels)))
    assert trend(y, labels).slope == trend(y, list(STARTS)).slope
    by_label, by_year = interrupted(y, labels, write(2004)), interrupted(y, list(STARTS), 2004)
    assert by_label.ratios["estimate"].tolist() == pytest.approx(by_year.ratios["estimate"].tolist())


def test_years_whose_second_could_be_a_month_are_fiscal_where_all_labels_are_pairs():
    labels = [f"{year}-{year - 1999:02d}" for year in range(2003, 2011)]  # 2003-04 to 2010-11
    assert time_axis(labels, 8).numbers.tolist() == list(range(1, 9))
    months = [f"2003-{month:02d}" for month in range(1, 9)]
    assert (time_axis(months, 8).frequency, time_axis(months, 8).number_of("2004-01")) == ("M", 13)


@pytest.mark.parametrize(
    ("labels", "word"),
    [
        (["2013/14", "2014/15", "2016/19"], "2016/19"),
        (["2013-14", "2014-15", "2016-19"], "2016-19"),
        (["2013/2014", "2014/2016", "2015/2016"], "2014/2016"),
        (["2016/16", "2017/18", "2018/19"], "2016/16"),
        (["2012-13", "2013-14", "2014-05"], "2014-05"),
    ],
)
def test_a_span_of_several_years_is_no_fiscal_year(labels, word):
    with pytest.raises(InputError, match=f"'{word}' does not name two years that follow each other"):
        time_axis(labels, len(labels))


@pytest.mark.parametrize("period", ["2016/19", "2016-05", "2011-12", "2016Q1"])
def test_a_period_that_the_series_has_not_is_named(period):
    with pytest.raises(InputError, match="is no period of this series; write it as the series does"):
        time_axis([str(year) for year in range(2010, 2018)], 8).number_of(period)
