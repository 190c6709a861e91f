"""Interval regression beside R survival's survreg and lifelines, on the same 200 rows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.models import interval_regression

DATA = Path(__file__).parent / "data"
ROWS = pd.read_csv(DATA / "interval_rows.csv")
RESULTS = pd.read_csv(DATA / "interval_results.csv")
GROUPS = list(RESULTS.groupby(["program", "dist", "errors"]))


@pytest.mark.parametrize(("names", "printed"), GROUPS, ids=[" ".join(names) for names, _ in GROUPS])
def test_survreg_and_lifelines(names, printed):
    _, dist, errors = names
    both = ROWS["low"].notna() & ROWS["high"].notna() & (ROWS["low"] < ROWS["high"])
    rows = ROWS[~both] if "without inside" in errors else ROWS
    design = rows[["x1", "x2", "year"]].astype(float)
    if "2015" in errors:
        design["year"] -= 2015
    fit = interval_regression(
        rows["low"],
        rows["high"],
        design,
        dist,
        robust="robust" in errors,
        cluster=rows["group"] if "cluster" in errors else None,
        few=False,
    )
    printed = printed.set_index("term")
    assert fit.coefficients["estimate"].tolist() == pytest.approx(
        printed["estimate"].iloc[:-1].tolist(), abs=1e-6
    )
    assert np.sqrt(np.diag(fit.covariance)).tolist() == pytest.approx(printed["se"].tolist(), abs=1e-6)
    assert fit.coefficients["se"].tolist() == pytest.approx(printed["se"].iloc[:-1].tolist(), abs=1e-6)
    assert np.log(fit.scale) == pytest.approx(printed.loc["log scale", "estimate"], abs=1e-6)
    assert fit.scale == pytest.approx(printed["scale"].iloc[0], abs=1e-6)
    assert fit.loglik == pytest.approx(printed["loglik"].iloc[0], abs=1e-5)
