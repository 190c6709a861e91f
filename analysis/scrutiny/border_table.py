"""The official US table of seizure lines, taken apart: who sends what how, what a line is worth, and who stands out.

A line is one product of one brand within a seizure; fiscal years run from October to September. A cell is a product, a
conveyance and an origin in a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.border_micro import gtric_ranks
from analysis.models.fractional import FractionalFit, fractional_logit
from analysis.models.lorenz import concentration
from analysis.models.power_law import PowerLaw, power_law
from analysis.series.border_lines import border_lines
from analysis.series.panels import OTHER, UNKNOWN
from analysis.series.remembered import remembered

ORIGINS = ("CN", "HK")
MEASURES = ("lines", "msrp_usd")
LEAST_LINES = 30  # of known origin in a product, conveyance and year, for its share to be modelled
FIRST_YEAR = 2019
REPORTER = "US"
LEAST_IMPORTS = 1e8  # dollars a year; smaller economies have an index that a few parcels make
WAYS = (
    "express",
    "mail",
    "air",
    "sea",
    "",
)  # conveyances with a term of their own; "" is not met in transport
SMALL_PARCELS = ("express", "mail")
CHOICES = (
    "as published",
    "by value",
    "small parcels only",
    "without Hong Kong",
    "economies with a billion or more",
    "the last year",
)  # fmt: skip


def first_origins(dataset: Dataset, kept: int = 5) -> list[str]:
    """Return the known origins with most lines over all years, most first."""
    whole = (
        border_lines(dataset).groupby("origin", observed=True)["lines"].sum().drop(UNKNOWN, errors="ignore")
    )
    return [str(name) for name in whole.sort_values(ascending=False, kind="stable").index[:kept]]


def origins_by_year(
    dataset: Dataset, origins: Sequence[str], measure: Literal["lines", "msrp_usd"] = "lines"
) -> pd.DataFrame:
    """Return percent of each fiscal year's lines or value (rows) by origin: those asked for, all other, unknown.

    Raises InputError for another measure.
    """
    if measure not in MEASURES:
        raise InputError(f"measure is {measure!r}; choose lines or msrp_usd.")
    frame = border_lines(dataset)
    names = frame["origin"].astype(str)
    group = names.where(names.isin([*origins, UNKNOWN]), OTHER)
    found = frame.assign(group=group).pivot_table(
        index="fiscal_year", columns="group", values=measure, aggfunc="sum"
    )
    return 100 * found.div(found.sum(axis=1), axis=0)[[*origins, OTHER, UNKNOWN]]


def cells(dataset: Dataset) -> pd.DataFrame:
    """Return the cells that hold value, with `each`: dollars a line, the mean of the cell."""
    frame = border_lines(dataset)
    frame = frame[(frame["lines"] > 0) & (frame["msrp_usd"] > 0)]
    return frame.assign(each=frame["msrp_usd"] / frame["lines"].astype(float)).reset_index(drop=True)


def worth_by_product(dataset: Dataset) -> pd.DataFrame:
    """Return by product: lines, each (dollars a line over all), middle, low, high (cells' 50, 10, 90 percent by lines).

    Most dollars a line first.
    """
    rows: list[dict[str, object]] = []
    for product, found in cells(dataset).groupby("product", observed=True):
        ordered = found.sort_values("each")
        weights = ordered["lines"].to_numpy(float)
        place = (np.cumsum(weights) - weights / 2) / weights.sum()
        low, middle, high = np.interp([0.1, 0.5, 0.9], place, ordered["each"].to_numpy(float))
        rows.append(
            {
                "product": str(product), "lines": int(weights.sum()),
                "each": float(found["msrp_usd"].sum() / weights.sum()), "middle": middle, "low": low, "high": high,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).sort_values("each", ascending=False, kind="stable").reset_index(drop=True)


@checked
@remembered("border_lines")
def worth_tail(dataset: Dataset) -> PowerLaw:
    """Return the power law of the cells' dollars a line."""
    return power_law(cells(dataset)["each"].to_numpy(float))


@checked
@remembered("border_lines")
def top_cells(dataset: Dataset) -> pd.DataFrame:
    """Return the share of all value in the top 1 and 10 percent of cells, with bootstrap intervals."""
    return concentration(cells(dataset)["msrp_usd"], draws=199).shares


def origin_shares(dataset: Dataset, origin: str) -> pd.DataFrame:
    """Return the share of an origin in the lines of known origin: product, mode, year, share, lines.

    Product, conveyance and year with fewer than `LEAST_LINES` such lines are left out. Raises InputError for an
    origin without a line.
    """
    frame = border_lines(dataset)
    frame = frame[frame["origin"].astype(str) != UNKNOWN]
    if not (frame["origin"].astype(str) == origin).any():
        raise InputError(f"border_lines.csv has no line from {origin!r}; choose one of its origins.")
    mode = frame["mode"].astype(str)
    keys = ["product", "mode", "year"]
    frame = pd.DataFrame(
        {
            "product": frame["product"].astype(str), "mode": mode.where(mode.isin(WAYS), OTHER),
            "year": frame["fiscal_year"].astype(int), "lines": frame["lines"].astype(float),
            "own": frame["lines"].where(frame["origin"].astype(str) == origin, 0).astype(float),
        }
    )  # fmt: skip
    found = frame.groupby(keys)[["lines", "own"]].sum().reset_index()
    found = found[found["lines"] >= LEAST_LINES].reset_index(drop=True)
    return found.assign(share=found["own"] / found["lines"])


@checked
@remembered("border_lines")
def share_model(dataset: Dataset, origin: str) -> FractionalFit:
    """Return the fractional logit of an origin's share on product, conveyance and year.

    Cells are weighted by lines and clustered by product and conveyance; bags and express are the base. Products and
    conveyances by which none came, or nothing else, are left out.
    """
    found = origin_shares(dataset, origin)
    for column in ("product", "mode"):  # where none came, or all, no coefficient is finite
        own = found.groupby(column)["own"].transform("sum")
        found = found[(own > 0) & (own < found.groupby(column)["lines"].transform("sum"))].reset_index(
            drop=True
        )
    product, mode = found["product"], found["mode"].replace("", "not in transport")
    terms = {"year": found["year"].astype(float) - FIRST_YEAR}
    terms |= {
        f"goods: {one}": (product == one).astype(float) for one in sorted(set(product)) if one != "bags"
    }
    terms |= {f"by: {one}": (mode == one).astype(float) for one in sorted(set(mode)) if one != "express"}
    return fractional_logit(
        found["share"],
        pd.DataFrame(terms),
        clusters=(product + "|" + mode).to_numpy(),
        weights=found["lines"],
    )


def imports_by_economy(dataset: Dataset) -> pd.DataFrame:
    """Return the reporter's imports of goods in dollars, fiscal years (rows) by economy, where all are printed.

    A fiscal year takes a quarter of the calendar year before and three of its own.
    """
    rows = dataset.context
    rows = rows[(rows["series"] == "goods_imports") & (rows["jurisdiction"].astype(str) == REPORTER)]
    rows = rows[rows["origin"].astype(str) != ""]
    table = rows.pivot_table(
        index=rows["window_end"].dt.year, columns=rows["origin"].astype(str), values="value", aggfunc="first",
        observed=True,
    )  # fmt: skip
    years = sorted(int(year) for year in border_lines(dataset)["fiscal_year"].unique())
    found = pd.DataFrame({year: 0.25 * table.loc[year - 1] + 0.75 * table.loc[year] for year in years}).T
    return found.dropna(axis=1)


def seizures_by_economy(
    dataset: Dataset, measure: Literal["lines", "msrp_usd"] = "lines", modes: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return lines or dollars of known origin, fiscal years by economy; of the conveyances in `modes`, or all."""
    frame = border_lines(dataset)
    frame = frame[frame["origin"].astype(str) != UNKNOWN]
    if modes:
        frame = frame[frame["mode"].astype(str).isin(modes)]
    found = frame.pivot_table(
        index="fiscal_year", columns=frame["origin"].astype(str), values=measure, aggfunc="sum", observed=True
    )
    return found.fillna(0.0).astype(float)


@checked
@remembered("border_lines", "context")
def propensity(dataset: Dataset, choice: str = CHOICES[0]) -> pd.DataFrame:
    """Return the index of each economy (GTRIC-e, the years as reporters) with bootstrap intervals over years.

    `choice` is one of `CHOICES`. Raises InputError for another.
    """
    if choice not in CHOICES:
        raise InputError(f"choice is {choice!r}; choose one of {', '.join(CHOICES)}.")
    seized = seizures_by_economy(
        dataset,
        "msrp_usd" if choice == CHOICES[1] else "lines",
        SMALL_PARCELS if choice == CHOICES[2] else (),
    )
    traded = imports_by_economy(dataset)
    least = 1e9 if choice == CHOICES[4] else LEAST_IMPORTS
    kept = [one for one in traded.columns if traded[one].mean() >= least and one != REPORTER]
    if choice == CHOICES[3]:
        kept = [one for one in kept if one != "HK"]
    seized = seized.reindex(columns=kept, fill_value=0.0).loc[traded.index]
    if choice == CHOICES[5]:
        last = seized.iloc[-1:].reset_index(drop=True)
        return gtric_ranks(last.iloc[0].round(), traded[kept].iloc[-1], "seizures", draws=499)
    return gtric_ranks(seized, traded[kept], "reporters", draws=499)


def stability(dataset: Dataset, first: int = 12) -> pd.DataFrame:
    """Return the `first` economies: index, rank, its interval over years, and the least and greatest rank by choice.

    Columns: economy, factor, index, rank, rank_lower, rank_upper, best, worst (ranks over `CHOICES`), chance_first.
    """
    base = propensity(dataset)
    ranks = pd.DataFrame({choice: propensity(dataset, choice)["rank"] for choice in CHOICES})
    found = base.head(first)
    return pd.DataFrame(
        {
            "economy": found.index, "factor": found["factor"].to_numpy(), "index": found["index"].to_numpy(),
            "rank": found["rank"].to_numpy(), "rank_lower": found["rank_lower"].to_numpy(),
            "rank_upper": found["rank_upper"].to_numpy(),
            "best": ranks.loc[found.index].min(axis=1).to_numpy(),
            "worst": ranks.loc[found.index].max(axis=1).to_numpy(),
            "chance_first": found["chance_first"].to_numpy(),
        }
    )  # fmt: skip
