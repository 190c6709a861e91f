"""The words of the chapter on the funnel."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.models.funnel import Conversion, pooled_count_ratio
from analysis.publish.pages.funnel.justice import CHARGE, COURT, NARROW_SINCE, STEPS, conversions, yearly
from analysis.publish.pages.funnel.platforms import programmes, ratios
from analysis.publish.pages.funnel.provinces import chains
from analysis.publish.tables import keyed
from analysis.publish.words import between, counted
from analysis.scrutiny.stages import lag_between, passed_on
from analysis.series.lookup import by_id

YEARS = ("2016", "2017", "2018", "2019")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    found = conversions(dataset)
    arrests, charges, courts, police = (found[step.title] for step in STEPS)
    years = yearly(dataset)["year"]
    beyond = passed_on(dataset, "spp-arrests-approved", CHARGE[1])
    lag = lag_between(dataset, *COURT, since=NARROW_SINCE).table
    return {
        **_leads(dataset),
        "first": f"{years.min()}",
        "last": f"{years.max()}",
        "arrests": _overall(arrests),
        "charges": _overall(charges),
        "charges_low": f"{100 * charges.estimate.min():.0f}",
        "charges_high": f"{100 * charges.estimate.max():.0f}",
        "courts": _overall(courts),
        "police": _overall(police),
        "police_years": f"{police.years[0]} to {police.years[-1]}",
        "beyond": f"{beyond.estimate[-1]:.1f}",
        "beyond_year": f"{beyond.years[-1]}",
        "beyond_first": f"{beyond.estimate[0]:.1f}",
        "beyond_first_year": f"{beyond.years[0]}",
        "lag": f"{100 * lag['lower'].iloc[0]:.0f} to {100 * lag['upper'].iloc[0]:.0f} percent",
        "n_chains": counted(int((chains(dataset)["suspects"] != "").sum()) - 1, "province", "provinces"),
    }


def _overall(found: Conversion) -> str:
    """Return the share over all years with its interval, in percent."""
    middle, low, high = (100 * one for one in found.overall)
    span = between(low, high, 2)
    return f"{middle:.0f} percent ({span})"


def _leads(dataset: Dataset) -> dict[str, str]:
    """Say what leads came to by year, and over all years."""
    rows = keyed(ratios(dataset), "programme", "what")
    asked = programmes().set_index("programme").loc[[f"Alibaba, {year}" for year in YEARS]]
    prints = by_id(dataset, [*asked["entered"], *asked["suspects"]])
    entered, caught = (
        pd.Series([prints[one]["value"] for one in asked[name]]) for name in ("entered", "suspects")
    )
    pooled = pooled_count_ratio(caught, entered)
    told = {}
    for year in (YEARS[0], YEARS[-1]):
        one = rows[f"Alibaba, {year}", "suspects"]
        told[f"lead_{year}"] = f"{one['value']:.2f}"
        told[f"lead_{year}_span"] = between(float(one["low"]), float(one["high"]), 2)
        worth = rows[f"Alibaba, {year}", "value"]
        told[f"worth_{year}"] = f"{between(float(worth['low']), float(worth['high']), 2)} million yuan"
    return {
        **told,
        "dispersion": f"{pooled.dispersion:.0f}",
        "pooled_span": f"{pooled.lower:.1f} to {pooled.upper:.1f}",
    }
