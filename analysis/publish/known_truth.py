"""How often a chapter's intervals hold a known truth: the study of estimators, as a folded table."""

from __future__ import annotations

import pandas as pd

from analysis.errors import InputError
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, table

NAME = "estimators"
# Estimators of the study as a reader knows them.
METHODS = {
    "interval_regression": "regression of values",
    "power_law": "power law",
    "power_law, goodness of fit": "power law, resampling test",
    "power_law, Vuong's test": "power law against a rival",
    "power_law_binned": "power law in bins",
    "truncated_lognormal": "log-normal above a threshold",
    "pareto_excess": "excesses over a threshold",
    "concentration": "concentration",
    "location_quotient": "share over share",
    "top_share": "share of the first areas",
    "empirical_bayes_rates": "steadied rates",
    "gtric_ranks": "ranks for trade",
    "fractional_logit": "shares on covariates",
    "proportion_interval": "share of a sample",
    "corrected_prevalence": "share behind an imperfect test",
    "market_bounds": "market behind aimed buys",
    "detection_yield": "lift of aim",
    "weighted_mean": "mean, unequal chances",
    "weighted_total": "total, unequal chances",
    "simple_random_half_width": "precision of a plan",
    "sample_size_for_change": "size of a plan",
    "neyman_allocation": "plan by strata",
    "conversion": "share passed on",
    "estimated_lag": "lag",
    "consistency": "largest yearly share",
    "count_ratio": "ratio of counts",
    "pooled_count_ratio": "ratio over years",
    "expected_penalty": "expected penalty",
    "crossing": "share above a threshold",
    "controlled_change": "change beside a control",
}


def rows_of(*estimators: str) -> pd.DataFrame:
    """Return the study's rows of some estimators, in the order asked for.

    Raises InputError where the study has none of one.
    """
    stored = study(NAME).table
    unknown = [one for one in estimators if one not in set(stored["estimator"])]
    if unknown:
        raise InputError(f"The study of estimators has no {unknown[0]!r}; it has {', '.join(METHODS)}.")
    return pd.concat([stored[stored["estimator"] == one] for one in estimators], ignore_index=True)


def truth_table(*estimators: str) -> HtmlTable:
    """Return how often the intervals of some estimators hold the truth in simulated samples, beside what they say."""
    rows: list[dict[str, object]] = [
        {
            "Method": METHODS[str(row["estimator"])],
            "Says": f"{100 * row['level']:.0f}",
            "Holds": f"{100 * row['coverage']:.1f} ± {100 * row['coverage_error']:.1f}",
            "Of what": row["what"],
            "Simulated": row["scenario"],
            "Meant to hold": "yes" if row["holds"] else "no",
        }
        for _, row in rows_of(*estimators).iterrows()
    ]
    return table(
        rows,
        caption="How often the intervals hold a known truth, in percent of simulated samples",
        right=("Says", "Holds"),
        folded=True,
    )


def covered(estimator: str, scenario: str, what: str) -> str:
    """Return how many of 100 samples hold the truth in one scenario, "77 of 100 where it says 90".

    Raises InputError where the study has no such row.
    """
    rows = rows_of(estimator)
    own = rows[(rows["scenario"] == scenario) & (rows["what"] == what)]
    if len(own) != 1:
        raise InputError(
            f"The study of estimators has {len(own)} rows of {scenario!r} and {what!r}; name one."
        )
    row = own.iloc[0]
    return f"{100 * row['coverage']:.0f} of 100 samples where it says {100 * row['level']:.0f}"
