"""The official table taken apart: shares add up, the models meet other programs, choices change what they should."""

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.errors import InputError
from analysis.scrutiny.border_table import (
    CHOICES,
    FIRST_YEAR,
    LEAST_LINES,
    ORIGINS,
    cells,
    first_origins,
    imports_by_economy,
    origin_shares,
    origins_by_year,
    propensity,
    seizures_by_economy,
    share_model,
    stability,
    top_cells,
    worth_by_product,
    worth_tail,
)


def test_origins_and_the_unknown_are_the_whole(data):
    for measure in ("lines", "msrp_usd"):
        found = origins_by_year(data, first_origins(data), measure)
        assert found.sum(axis=1).tolist() == pytest.approx([100] * len(found))
    lines = data.border_lines[data.border_lines["fiscal_year"] == 2023]
    share = 100 * lines.loc[lines["origin"] == "CN", "lines"].sum() / lines["lines"].sum()
    assert origins_by_year(data, ORIGINS).loc[2023, "CN"] == pytest.approx(share)


def test_an_unknown_measure_origin_or_choice_is_refused(data):
    with pytest.raises(InputError, match="choose lines or msrp_usd"):
        origins_by_year(data, ORIGINS, "weight")
    with pytest.raises(InputError, match="no line from 'XX'"):
        origin_shares(data, "XX")
    with pytest.raises(InputError, match="choose one of as published"):
        propensity(data, "another")


def test_dollars_a_line_by_product_are_those_of_the_sums(data):
    found = worth_by_product(data).set_index("product")
    frame = data.border_lines[
        (data.border_lines["product"] == "watches") & (data.border_lines["msrp_usd"] > 0)
    ]
    assert found.loc["watches", "each"] == pytest.approx(frame["msrp_usd"].sum() / frame["lines"].sum())
    assert ((found["low"] <= found["middle"]) & (found["middle"] <= found["high"])).all()


def test_the_tail_and_the_top_cells_are_of_all_cells(data):
    found = cells(data)
    assert worth_tail(data).n == len(found)
    values = np.sort(found["msrp_usd"].to_numpy())[::-1]
    tenth = len(values) / 10
    whole = int(tenth)
    by_hand = (values[:whole].sum() + (tenth - whole) * values[whole]) / values.sum()
    assert top_cells(data).loc[0.1, "estimate"] == pytest.approx(by_hand)


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_share_model_meets_a_weighted_binomial_fit(data, origin):
    fit = share_model(data, origin)
    found = origin_shares(data, origin)
    assert (found["lines"] >= LEAST_LINES).all()
    for column in ("product", "mode"):
        own, lines = (found.groupby(column)[name].transform("sum") for name in ("own", "lines"))
        found = found[(own > 0) & (own < lines)].reset_index(drop=True)
    names = [str(name) for name in fit.coefficients.index]
    mode = found["mode"].replace("", "not in transport")
    terms = {"intercept": np.ones(len(found)), "year": found["year"].to_numpy(float) - FIRST_YEAR}
    terms |= {
        name: (found["product"] == name[7:]).to_numpy(float) for name in names if name.startswith("goods: ")
    }
    terms |= {name: (mode == name[4:]).to_numpy(float) for name in names if name.startswith("by: ")}
    design = np.column_stack([terms[name] for name in names])
    rival = sm.GLM(found["share"], design, family=sm.families.Binomial(), freq_weights=found["lines"]).fit(
        tol=1e-12
    )
    assert fit.coefficients["estimate"].to_numpy() == pytest.approx(rival.params.to_numpy(), abs=1e-5)


def test_a_fiscal_year_of_imports_has_a_quarter_of_the_year_before(data):
    rows = data.context[(data.context["series"] == "goods_imports") & (data.context["jurisdiction"] == "US")]
    rows = rows[rows["origin"] == "CN"].set_index(rows[rows["origin"] == "CN"]["window_end"].dt.year)["value"]
    assert imports_by_economy(data).loc[2021, "CN"] == pytest.approx(0.25 * rows[2020] + 0.75 * rows[2021])


def test_the_factor_is_the_share_of_seizures_over_that_of_imports(data):
    found = propensity(data)
    kept = list(found.index)
    seized = seizures_by_economy(data).reindex(columns=kept, fill_value=0)
    traded = imports_by_economy(data)[kept]
    part = seized.div(seized.sum(axis=1), axis=0)
    weights = traded.sum(axis=1) / traded.sum().sum()
    by_hand = (part.mul(weights, axis=0).sum() / (traded.sum() / traded.sum().sum()))["CN"]
    assert found.loc["CN", "factor"] == pytest.approx(by_hand)


def test_choices_widen_the_ranks_and_none_leaves_them(data):
    found = stability(data)
    assert ((found["best"] <= found["rank"]) & (found["rank"] <= found["worst"])).all()
    assert "HK" not in propensity(data, CHOICES[3]).index
    assert len(propensity(data, CHOICES[4])) < len(propensity(data))
