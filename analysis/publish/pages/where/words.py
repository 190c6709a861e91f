"""The words of the chapter on where reported cases are."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.pages.where.map import rates
from analysis.publish.pages.where.places import province_names
from analysis.publish.words import counted, listed, quote
from analysis.scrutiny.places import (
    GANGS,
    against_parcels,
    by_area,
    cities_share,
    city_shares,
    first_areas,
    quotients,
    regional_shares,
)
from analysis.series.lookup import by_id
from analysis.series.single_cases import case_rows

FIRST = 4  # cities that the prose names


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    area, found, names = by_area(dataset), quotients(dataset), province_names()
    top, english, others = (first_areas(dataset, of) for of in ("cases", "english", "others"))
    cities, regions = cities_share(dataset), against_parcels(dataset)
    ranked = city_shares(dataset)
    west, east = dict(regions.loc["west"]), dict(regions.loc["east"])
    unsure = int(rates(dataset)["unsure"].sum())
    steady, second = (rates(dataset, of).to_dict("index") for of in ("cases", "others"))
    above = found[found["lower"] > 1].sort_values("estimate", ascending=False)
    goods = regional_shares(dataset)
    whole = int(area["cases"].sum())
    gangs = by_id(dataset, [GANGS])[GANGS]
    shanghai = dict(found.loc["SH"])
    return {
        "placed": f"{whole} cases",
        "unplaced": f"{len(case_rows(dataset)) - whole}",
        "top": f"{100 * top.corrected:.0f} percent",
        "top_span": f"{100 * top.lower:.0f} to {100 * top.upper:.0f}",
        "top_english": f"{100 * english.corrected:.0f} percent",
        "top_others": f"{100 * others.corrected:.0f} percent",
        "gangs": quote(gangs),
        "shanghai": f"{shanghai['estimate']:.0f} times ({shanghai['lower']:.0f} to {shanghai['upper']:.0f})",
        "above": listed([names[str(code)] for code in above.index]),
        "cities": f"{cities['estimate']:.0f} percent",
        "cities_span": f"{cities['lower']:.0f} to {cities['upper']:.0f}",
        "cities_first": listed(
            [f"{city} ({row['cases']:.0f})" for city, row in ranked.head(FIRST).iterrows()]
        ),
        "cities_apart": f"{ranked['lower'].iloc[0]:.0f} to {ranked['upper'].iloc[0]:.0f} percent",
        "cities_parcels": f"{cities['parcels']:.1f} percent",
        "east": f"{east['estimate']:.2f} ({east['lower']:.2f} to {east['upper']:.2f})",
        "west": f"{west['estimate']:.1f} ({west['lower']:.1f} to {west['upper']:.1f})",
        "unsure": counted(unsure, "province", "provinces"),
        "empty": listed([names[str(code)] for code in area.index[area["cases"] == 0]]),
        "tibet": f"{steady['XZ']['upper']:.1f}",
        "sh_rate": f"{steady['SH']['estimate']:.0f}",
        "sh_others": f"{second['SH']['estimate']:.0f} cases to ten million people",
        "sh_english": f"{100 * area['english']['SH'] / area['cases']['SH']:.0f} percent",
        "english": f"{100 * area['english'].sum() / whole:.0f} percent",
        "goods_least": f"{int(goods['cases'].min())}",
    }
