"""A stratified sample of schools: the survey package's own example (Lumley 2004, doi 10.18637/jss.v009.i08)."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.models import weighted_mean, weighted_total

SCHOOLS = pd.read_csv(Path(__file__).parent / "data" / "schools.csv")
DESIGN = {"strata": SCHOOLS["stype"], "population": SCHOOLS.groupby("stype")["fpc"].first().to_dict()}


def test_the_mean_score():
    """R: svymean(~api00, dstrat), 662.29 with standard error 9.4089."""
    found = weighted_mean(SCHOOLS["api00"], SCHOOLS["pw"], **DESIGN)
    assert found.estimate == pytest.approx(662.29, abs=0.005)
    assert found.se == pytest.approx(9.4089, abs=5e-5)


def test_all_pupils():
    """R: svytotal(~enroll, dstrat), 3,687,178 with standard error 114,642."""
    found = weighted_total(SCHOOLS["enroll"], SCHOOLS["pw"], **DESIGN)
    assert found.estimate == pytest.approx(3_687_178, abs=1)
    assert found.se == pytest.approx(114_642, abs=1)
