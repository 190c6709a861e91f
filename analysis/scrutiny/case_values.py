"""What reported cases are worth: on what the value depends, how heavy its tail is, and which rows cannot be believed.

Kinds of value (value involved, goods seized, sales, priced as genuine, illegal income) are kept apart: by a term each
in the regression, and by using one kind alone where values are ranked or summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.excess import ParetoExcess, pareto_excess
from analysis.models.lorenz import Concentration, concentration
from analysis.models.power_law_binned import BinnedPowerLaw, power_law_binned
from analysis.models.truncated_lognormal import TruncatedLognormal, truncated_lognormal
from analysis.models.values import IntervalFit, interval_regression
from analysis.models.vuong import Versus
from analysis.series.printed_years import printed_years
from analysis.series.remembered import remembered
from analysis.series.single_cases import case_rows, odd, police_cases

KINDS = ("value_involved", "seized", "sales", "genuine_value", "illegal_income")
CHANNELS = ("offline", "online_shop", "export", "mixed", "social", "livestream", "unknown")
LEAST_PRODUCT = 8  # cases that print a value, for a kind of goods to have a term
MIDDLE = 2018  # the year from which years are counted
FAR = 2.0  # normal quantiles: a residual beyond is flagged
TAIL_KIND = "value_involved"
STEPS = (1.0, 2.0, 5.0)  # edges of bins in each power of ten: prints heap at such numbers
SINCE, UNTIL = 2014, 2025  # years whose cases give the levels expected once a year and once in ten
REPORTED = 1e6  # yuan; below it few cases are reported
HIGH = 1e8  # yuan; excesses over it have their own law
NATIONAL = ("mps-value", "mps-ipr-value")  # national values of police cases: the wide and the narrow count


@dataclass(frozen=True)
class Tail:
    """The tail of one kind of value: laws, their comparison, how concentrated values are, and rare values.

    `levels`: by years between two such cases (1, 10), estimate, lower, upper in yuan, from cases of `years` years.
    """

    power: BinnedPowerLaw
    fits: float
    versus: Versus
    lognormal: TruncatedLognormal
    excess: ParetoExcess
    levels: pd.DataFrame
    spread: Concentration
    years: int


def valued(dataset: Dataset) -> pd.DataFrame:
    """Return the single cases that print a value in yuan, in the order of the cases."""
    frame = case_rows(dataset)
    return frame[frame["value_cny"].notna()].reset_index(drop=True)


def design(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what a case's value may depend on, a column a term.

    Doublings of suspects and dens (the mean where not printed, with a term for that), channel against offline, kinds of
    goods with `LEAST_PRODUCT` cases or more (a case may have several), decades from `MIDDLE` on, and the kind of
    value against the value involved.
    """
    terms: dict[str, pd.Series[float]] = {}
    for name in ("suspects", "dens"):
        printed = frame[name].astype(float)
        doublings = printed.where(printed > 0).map(np.log2)
        terms[f"{name}, doubled"] = doublings.fillna(doublings.mean())
        terms[f"{name} not printed"] = printed.isna().astype(float)
    for channel in CHANNELS[1:]:
        terms[f"channel: {channel}"] = (frame["channel"].astype(str) == channel).astype(float)
    kinds = frame["product"].str.split(";")
    met = kinds.explode().value_counts()
    for product in sorted(set(met[met >= LEAST_PRODUCT].index) - {"other"}):
        terms[f"goods: {product}"] = kinds.map(lambda one, asked=product: asked in one).astype(float)
    terms["ten years later"] = (frame["year"] - MIDDLE) / 10
    for kind in KINDS[1:]:
        terms[f"value: {kind}"] = (frame["value_kind"].astype(str) == kind).astype(float)
    return pd.DataFrame(terms)


@checked
@remembered("cases", "sources")
def value_regression(dataset: Dataset) -> IntervalFit:
    """Return the log-normal regression of case values, known as intervals, clustered by source."""
    frame = valued(dataset)
    return interval_regression(
        frame["value_cny_low"], frame["value_cny_high"], design(frame), cluster=frame["source_id"].astype(str)
    )


def factors(dataset: Dataset) -> pd.DataFrame:
    """Return by how much each term multiplies a value: term, estimate, lower, upper (95 percent), p, cases."""
    frame, fit = valued(dataset), value_regression(dataset)
    rows = fit.coefficients.drop(index="intercept", errors="ignore")
    terms = design(frame)
    return pd.DataFrame(
        {
            "term": rows.index,
            "estimate": np.exp(rows["estimate"].to_numpy()),
            "lower": np.exp(rows["lower"].to_numpy()),
            "upper": np.exp(rows["upper"].to_numpy()),
            "p": rows["p"].to_numpy(),
            "cases": [int((terms[name] != 0).sum()) for name in rows.index],
        }
    )


@checked
def case_tail(dataset: Dataset, kind: str = TAIL_KIND, draws: int = 199) -> Tail:
    """Return the tail of the values of one kind, and what such cases come to once a year and once in ten.

    Raises InputError for an unknown kind or one with too few cases.
    """
    if kind not in KINDS:
        raise InputError(f"kind is {kind!r}; choose one of {', '.join(KINDS)}.")
    return _case_tail(dataset, kind, draws)


@remembered("cases", "sources")
def _case_tail(dataset: Dataset, kind: str, draws: int) -> Tail:
    """Fit the laws once for a dataset."""
    frame = valued(dataset)
    rows = frame[(frame["value_kind"].astype(str) == kind) & (frame["value_cny_low"] > 0)]
    values = rows["value_cny"].astype(float).to_numpy()
    edges = bins(values)
    counts = np.histogram(values, edges)[0]
    power = power_law_binned(edges, counts)
    recent = values[rows["year"].between(SINCE, UNTIL).to_numpy()]
    years = UNTIL - SINCE + 1
    excess = pareto_excess(recent, HIGH)
    return Tail(
        power=power,
        fits=float(power.goodness_of_fit(draws)),
        versus=power.versus("lognormal"),
        lognormal=truncated_lognormal(values, REPORTED),
        excess=excess,
        levels=excess.return_levels(years),
        spread=concentration(values),
        years=years,
    )


def bins(values: np.ndarray) -> np.ndarray:
    """Return edges 1, 2, 5, 10, ... in yuan that hold all values; a print at an edge begins its bin."""
    first, last = (int(np.floor(np.log10(end))) for end in (values.min(), values.max()))
    edges = np.array([step * 10.0**power for power in range(first, last + 2) for step in STEPS])
    edges = edges[: int(np.searchsorted(edges, values.max(), side="right")) + 1]
    kept: np.ndarray = edges[int(np.searchsorted(edges, values.min(), side="right")) - 1 :]
    return kept


def sums_beside_national(dataset: Dataset) -> pd.DataFrame:
    """Return, by year and national series, what the year's reported police cases sum to.

    Columns: series, year, cases, largest, low, high (yuan, value involved alone), national_low, national_high,
    share_low, share_high (percent of the national value). Years without a case that prints a value are left out.
    """
    frame = case_rows(dataset)
    rows: list[dict[str, object]] = []
    for series in NATIONAL:
        for year in printed_years(dataset, series).table.to_dict("records"):
            found = police_cases(frame, int(year["year"]))
            found = found[(found["value_kind"] == TAIL_KIND) & found["value_cny"].notna()]
            if found.empty:
                continue
            low, high = float(found["value_cny_low"].sum()), float(found["value_cny_high"].sum())
            rows.append(
                {
                    "series": series, "year": int(year["year"]), "cases": len(found),
                    "largest": float(found["value_cny"].max()), "low": low, "high": high,
                    "national_low": float(year["low"]), "national_high": float(year["high"]),
                    "share_low": 100 * low / float(year["high"]), "share_high": 100 * high / float(year["low"]),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


@checked
@lru_cache(maxsize=4)
def implausible(dataset: Dataset) -> pd.DataFrame:
    """Return the rows that a residual or the rule flags, the farthest residual first.

    Columns: case_id, name, year, value_kind, low, high (yuan), expected (the fitted middle, yuan), residual (normal
    quantiles; `FAR` or more away is flagged), each (yuan an item, where both are printed), by (residual, rule, both).
    """
    frame, fit = valued(dataset), value_regression(dataset)
    middle = np.concatenate([np.ones((len(frame), 1)), design(frame).to_numpy(float)], axis=1)
    ruled = odd(case_rows(dataset)).set_index("case_id")["each"]
    found = pd.DataFrame(
        {
            "case_id": frame["case_id"], "name": frame["name"], "year": frame["year"],
            "value_kind": frame["value_kind"].astype(str), "low": frame["value_cny_low"],
            "high": frame["value_cny_high"],
            "expected": np.exp(middle @ fit.coefficients["estimate"].to_numpy()),
            "residual": fit.residuals, "each": frame["case_id"].map(ruled),
        }
    )  # fmt: skip
    far, rule = found["residual"].abs() >= FAR, found["each"].notna()
    found["by"] = np.select([far & rule, far, rule], ["both", "residual", "rule"], "")
    found = found[found["by"] != ""]
    order = found["residual"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)
