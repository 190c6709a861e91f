"""The primary test, the multiverse and the placebo dates on series whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.errors import InputError
from analysis.scrutiny.checks import scrutinise, without
from analysis.scrutiny.multiverse import ENGINES, OUTLIERS, multiverse
from analysis.scrutiny.primary import primary
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.specifications import specifications

YEARS = np.arange(2004, 2022)


def series(effect=0.5, noise=0.05, seed=0, years=YEARS, at=2014, growth=0.04):
    rng = np.random.default_rng(seed)
    logs = 8 + growth * (years - years[0]) + effect * (years >= at) + noise * rng.standard_normal(len(years))
    return Series(years, np.exp(logs))


def question(**changes):
    told = series()
    variants = {
        "tight hedges": Series(told.time, told.y * 1.01),
        "printed years": Series(told.time[::2], told.y[::2]),
        "without mirror hosts": Series(told.time, told.y * np.exp(0.02 * np.sin(told.time))),
    }
    trade = {int(year): 0.05 * (year - 2004) for year in YEARS}
    base = Question("q", told, 2014, variants=variants, offsets={"trade": trade})
    return replace(base, **changes)


class TestPrimary:
    def test_recovers_the_effect(self):
        found = primary(question())
        assert found.estimate == pytest.approx(np.exp(0.5), rel=0.08)
        assert found.lower < np.exp(0.5) < found.upper
        assert found.p <= 0.01
        assert found.floor == 0
        assert found.detectable < found.estimate

    def test_a_denominator_is_taken_off(self):
        with_trade = primary(question(denominator="trade"))
        assert with_trade.estimate == pytest.approx(primary(question()).estimate, rel=1e-6)
        short = question(offsets={"trade": {2004: 0.0}}, denominator="trade")
        with pytest.raises(InputError, match="trade is not printed for 2005"):
            primary(short)

    def test_draws_add_uncertainty(self):
        told = series()
        rng = np.random.default_rng(1)
        draws = told.y * np.exp(0.1 * rng.standard_normal((30, len(told.y))))
        sure, unsure = primary(question()), primary(question(draws=draws))
        assert sure.missing == 0
        assert unsure.missing > 0.2
        assert unsure.upper / unsure.lower > sure.upper / sure.lower

    def test_counts_take_quasi_poisson(self):
        counts = Series(YEARS, np.round(series(seed=3).y / 100))
        found = primary(question(main=counts, family="quasipoisson", variants={}))
        design = sm.add_constant(
            np.column_stack([YEARS - 2004, (YEARS >= 2014).astype(float)]), has_constant="add"
        )
        window = YEARS < 2017  # the effect is that of the first three years, so nothing later enters
        fit = sm.GLM(counts.y[window], design[window], family=sm.families.Poisson()).fit(scale="X2")
        assert found.estimate == pytest.approx(np.exp(fit.params[2]), rel=1e-6)
        assert found.floor == 0


class TestSpecifications:
    def test_every_design_has_enough_periods(self):
        for one in specifications(question()):
            step = one.matrix[:, 2] if one.trend == "linear" else one.matrix[:, 1]
            assert (step == 0).sum() >= 4
            assert (step == 1).sum() >= 3
            assert len(one.y) >= one.matrix.shape[1] + 2

    def test_the_dimensions_are_crossed(self):
        table = multiverse(question()).table
        assert len(table) >= 500
        for column, least in {"series": 4, "span": 4, "lag": 2, "trend": 2, "impact": 2}.items():
            assert table[column].nunique() >= least, column
        assert set(table["denominator"]) == {"", "trade"}
        assert set(table["outlier"]) == {"kept", *OUTLIERS}
        assert set(zip(table["family"], table["errors"], strict=True)) == set(ENGINES)

    def test_too_short_is_empty_not_an_error(self):
        short = question(main=Series(YEARS[:5], series().y[:5]), variants={})
        worlds = multiverse(short)
        assert len(worlds) == 0
        assert np.isnan(worlds.share_of(1.0))


class TestMultiverse:
    def test_one_cell_equals_statsmodels(self):
        told = series()
        table = multiverse(question()).table
        row = table.query(
            "series == 'reconstructed' and span == 'all' and lag == 0 and trend == 'linear' and impact == 'step'"
            " and denominator == '' and outlier == 'kept' and family == 'log'"
        ).set_index("errors")
        design = np.column_stack([np.ones(len(YEARS)), YEARS - 2004, (YEARS >= 2014).astype(float)])
        plain = sm.OLS(np.log(told.y), design).fit()
        assert row.loc["model", "estimate"] == pytest.approx(plain.params[2], abs=1e-8)
        assert row.loc["model", "se"] == pytest.approx(plain.bse[2], abs=1e-8)
        assert row.loc["model", "p"] == pytest.approx(plain.pvalues[2], abs=1e-8)
        lags = int(4 * (len(YEARS) / 100) ** (2 / 9))
        hac = plain.get_robustcov_results("HAC", maxlags=lags, use_correction=True)
        assert row.loc["hac", "se"] == pytest.approx(hac.bse[2], abs=1e-8)

    def test_the_outlier_is_the_year_that_lies_furthest_off(self):
        told = series(noise=0.01)
        spoilt = told.y.copy()
        spoilt[-1] *= 3
        table = multiverse(question(main=Series(YEARS, spoilt), variants={}, offsets={})).table
        rows = table.query(
            "span == 'all' and lag == 0 and impact == 'step' and trend == 'linear' and family == 'log' "
            "and errors == 'model'"
        ).set_index("outlier")["estimate"]
        assert abs(rows["left out"] - 0.5) < 0.05 < abs(rows["kept"] - 0.5)

    def test_scale_does_not_matter(self):
        one = multiverse(question(variants={})).table
        told = series()
        other = multiverse(question(variants={}, main=Series(YEARS, told.y * 1e6))).table
        np.testing.assert_allclose(one["estimate"], other["estimate"], atol=1e-6)
        np.testing.assert_allclose(one["t"], other["t"], rtol=1e-5, atol=1e-6)

    def test_families_agree_where_they_should(self):
        middle = (
            multiverse(question()).table.query("trend == 'linear'").groupby("family")["estimate"].median()
        )
        assert middle.max() - middle.min() < 0.08

    def test_shares(self):
        worlds = multiverse(question())
        assert worlds.share_of(1.0) > 0.95
        assert worlds.share_of(1.0) + worlds.share_of(-1.0) == pytest.approx(1.0)
        assert 0 <= worlds.share_significant <= 1


class TestScrutinise:
    def test_an_effect_stands_out_from_placebo_dates(self):
        years = np.arange(1998, 2024)
        told = series(effect=0.6, noise=0.04, seed=5, years=years, at=2011)
        found = scrutinise(Question("q", told, 2011))
        assert found.placebos.n >= 8
        assert found.placebos.share_as_extreme == 0
        assert found.sign_share > 0.9 > found.placebo_sign_share
        assert all(at != 2011 for at, _, _ in found.placebo_table)

    def test_no_placebo_date_straddles_the_measure(self):
        found = scrutinise(question())
        for at, _, _ in found.placebo_table:
            assert at + 3 <= 2014 or at - 4 >= 2014

    def test_without_a_reading(self):
        told = series()
        moved = without(question(), {"a": told, "b": Series(told.time, told.y * (1 + (told.time >= 2014)))})
        assert moved["b"] - moved["a"] == pytest.approx(np.log(2), abs=0.05)

    def test_the_same_twice(self):
        one, other = scrutinise(question()), scrutinise(question())
        assert one.primary.p == other.primary.p
        assert one.placebo_table == other.placebo_table
