"""Campaigns that come back every year, and why one edition cannot be told from the next."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.measures.timeline import spans
from analysis.publish.words import listed

# Family: what the ids of its editions end in, and who runs it.
FAMILIES = {
    "Sword Net": ("-sword-net", "copyright office"),
    "Iron Fist": ("-iron-fist", "market regulator"),
    "Longteng": ("-longteng", "customs"),
    "Kunlun": ("-kunlun", "police"),
}
FIRST = 2013  # the first edition but one; earlier editions are told in the alt text


def families(dataset: Dataset) -> pd.DataFrame:
    """Return the editions of the yearly campaigns: family, and the columns of `spans`.

    Net Sword, the market regulator's campaign on online trade, is another family than Sword Net.
    """
    bars = spans(dataset)
    found = [
        bars[bars["measure_id"].str.endswith(ending) & ~bars["measure_id"].str.contains("shield")].assign(
            family=family
        )
        for family, (ending, _) in FAMILIES.items()
    ]
    return pd.concat(found, ignore_index=True)


def at_once(editions: pd.DataFrame) -> pd.Series[int]:
    """Return for each year how many families have an edition that begins in it."""
    found: pd.Series[int] = editions.groupby("year")["family"].nunique()
    return found


def campaigns_chart(dataset: Dataset) -> Chart:
    """Draw the editions of the yearly campaigns as bars, a row a family."""
    editions = families(dataset)
    shown = editions[editions["year"] >= FIRST]
    figure, axes = style.subplots(size=(5.8, 2.9))
    for place, family in enumerate(FAMILIES):
        _editions(axes, shown[shown["family"] == family], place)
    names = [f"{family}\n({body})" for family, (_, body) in FAMILIES.items()]
    axes.set_yticks(range(len(FAMILIES)), names)
    axes.set_ylim(len(FAMILIES) - 0.4, -0.6)
    axes.set_xlim(FIRST - 0.2, shown["end"].max() + 0.2)
    axes.set_xticks(range(FIRST, int(shown["year"].max()) + 1, 2))
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    counts = at_once(editions)
    full = [str(year) for year in counts[counts == counts.max()].index]
    told = "; ".join(
        f"{family}: {', '.join(str(year) for year in editions.loc[editions['family'] == family, 'year'])}"
        for family in FAMILIES
    )
    return Chart(
        name="fig-measures-campaigns",
        figure=style.finish(figure),
        title=f"In {listed(full)} {_all_or(counts.max())} yearly campaigns ran",
        alt=f"Bars by date, one row a campaign family. Editions held, by year of their beginning: {told}.",
        note="Dark bars run from the printed start to the printed end; pale bars have a start, an end or both that no "
        f"text gives, and fill the rest of the year. Editions before {FIRST} and years without a bar are "
        "editions we hold no text on, not years without a campaign.",
        source=f"Source: {len(editions)} rows of measures.csv. {version_line(dataset)}",
    )


def _all_or(count: int) -> str:
    """Say how many of the families: all of them, or a number."""
    return f"all {len(FAMILIES)}" if count == len(FAMILIES) else f"{count} of {len(FAMILIES)}"


def _editions(axes: Axes, editions: pd.DataFrame, place: int) -> None:
    """Draw one family's editions."""
    for bar in editions.to_dict("records"):
        look = style.BLUE if bar["known"] else "#bcd6e6"
        axes.barh(place, bar["end"] - bar["start"] - 0.04, left=bar["start"], height=0.5, color=look)


def campaign_words(dataset: Dataset) -> dict[str, str]:
    """Return the words on campaigns that the prose takes."""
    editions, bars = families(dataset), spans(dataset)
    counts = at_once(editions)
    full = counts[counts == counts.max()]
    return {
        "campaigns": str(len(bars)),
        "campaigns_dated": str(int(bars["known"].sum())),
        "editions": str(len(editions)),
        "families_most": str(counts.max()),
        "families_years": listed([str(year) for year in full.index]),
    }
