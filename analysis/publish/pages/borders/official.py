"""The official US table of seizure lines, FY 2019 to 2023: by origin, by way of transport, by product."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.words import number

LINES_SOURCE = (
    "Official table (border_lines) of the DHS Office of Homeland Security Statistics, as of 13 March 2024."
)
UNKNOWN = "ZZ"
MEASURES = ("lines", "msrp_usd")
WAYS = {
    "express": "express parcel",
    "mail": "mail",
    "air": "air cargo",
    "sea": "sea cargo",
    "": "not met in transport",
}
OTHER_WAYS = "road, rail and other"
PRODUCTS_SHOWN = 8
PRODUCT_WORDS = {
    "Purse/Wallets": "handbags, wallets",
    "Watch": "watches",
    "Jewelry": "jewellery",
    "Drug": "drugs",
}


def lines(dataset: Dataset) -> pd.DataFrame:
    """Return the official table. Raises InputError if the dataset holds none of its rows."""
    if dataset.border_lines.empty:
        raise InputError("border_lines.csv has no rows; build the data with the official US table.")
    return dataset.border_lines


def totals(dataset: Dataset) -> pd.DataFrame:
    """Return lines and msrp_usd (dollars) by fiscal year."""
    return lines(dataset).groupby("fiscal_year")[list(MEASURES)].sum()


def shares_by_origin(dataset: Dataset, origins: tuple[str, ...], measure: str = "msrp_usd") -> pd.DataFrame:
    """Return the share of origins in each fiscal year, percent: year, low, high, known.

    `low` counts nothing of unknown origin, `high` all of it; `known` is the share of what has a known origin.
    """
    frame = lines(dataset)
    total = frame.groupby("fiscal_year")[measure].sum()

    def part(names: tuple[str, ...]) -> pd.Series[float]:
        chosen = frame[frame["origin"].isin(names)]
        return chosen.groupby("fiscal_year")[measure].sum().reindex(total.index, fill_value=0)

    here, unknown = part(origins), part((UNKNOWN,))
    return (
        pd.DataFrame(
            {
                "low": here / total * 100,
                "high": (here + unknown) / total * 100,
                "known": here / (total - unknown) * 100,
            }
        )
        .rename_axis("year")
        .reset_index()
        .astype({"year": int})
    )


def shares_by(dataset: Dataset, what: str) -> pd.DataFrame:
    """Return percent of each fiscal year's lines and value by `way` or by `product`.

    Index: fiscal_year and the word drawn; columns: lines, msrp_usd. Products beyond the eight of most value
    are one row. Raises InputError for another `what`.
    """
    frame = lines(dataset)
    if what == "way":
        label = frame["mode"].astype(str).map(WAYS).fillna(OTHER_WAYS)
    elif what == "product":
        label = _products(frame)
    else:
        raise InputError(f"The official table is not cut by {what!r}; choose 'way' or 'product'.")
    sums = frame.assign(label=label).groupby(["fiscal_year", "label"])[list(MEASURES)].sum()
    return sums / sums.groupby("fiscal_year").transform("sum") * 100


def _products(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the word drawn for each row's product."""
    named = frame[frame["product_as_printed"] != "other"]
    by_value = named.groupby("product_as_printed")["msrp_usd"].sum().sort_values(ascending=False)
    words = {
        name: PRODUCT_WORDS.get(str(name), str(name).lower()) for name in by_value.index[:PRODUCTS_SHOWN]
    }
    return frame["product_as_printed"].map(words).fillna("all other")


def official_chart(dataset: Dataset) -> Chart:
    """Draw the shares of lines and of value by way of transport and by product."""
    tables = [shares_by(dataset, what) for what in ("way", "product")]
    heights = [frame.index.get_level_values("label").nunique() for frame in tables]
    figure, panels = style.subplots(2, 1, size=(5.8, 6.8), sharex=True, height_ratios=heights)
    told = [_dumbbells(axes, frame) for axes, frame in zip(panels, tables, strict=True)]
    panels[0].set_title("How the goods came", fontsize=10)
    panels[1].set_title("What they were", fontsize=10)
    panels[1].set_xlabel("percent of the fiscal year's total")
    last = int(totals(dataset).index.max())
    panels[0].plot([], [], "o", color=style.BLUE, label=f"lines, FY {last}")
    panels[0].plot([], [], "D", color=style.ORANGE, label=f"retail price, FY {last}")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return Chart(
        name="borders-official",
        figure=style.finish(figure),
        title="Sea cargo is few of the official US lines and a large part of their value",
        alt=f"Dots on a scale of percent, lines and retail price. By transport: {told[0]}. By product: {told[1]}.",
        note=f"Percent of seizure lines (circles) and of their retail price (diamonds), FY {last}; the bar behind "
        "a mark spans all five fiscal years. A line is one product of one brand within a seizure, so a "
        "consignment may be several lines.",
        source=f"{LINES_SOURCE} {version_line(dataset)}",
    )


def _dumbbells(axes: Axes, frame: pd.DataFrame) -> str:
    """Draw both measures of each label: the last year as a mark, all years as a bar; return it in words."""
    last = frame.index.get_level_values("fiscal_year").max()
    now = frame.loc[last].sort_values("lines")
    spans = frame.groupby("label").agg(["min", "max"])
    looks = (("lines", "o", style.BLUE, 0.16), ("msrp_usd", "D", style.ORANGE, -0.16))
    for place, label in enumerate(now.index):
        for measure, marker, colour, shift in looks:
            span = spans.loc[label, measure]
            axes.plot([span["min"], span["max"]], [place + shift] * 2, color=colour, lw=6, alpha=0.3,
                      solid_capstyle="butt")  # fmt: skip
            axes.plot(now.loc[label, measure], place + shift, marker, color=colour, ms=5.5)
    axes.set_yticks(range(len(now)), list(now.index))
    axes.set_xlim(0, 66)
    axes.set_ylim(-0.6, len(now) - 0.4)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return "; ".join(
        f"{label} {number(row['lines'], 2)} of lines, {number(row['msrp_usd'], 2)} of value"
        for label, row in now.iloc[::-1].iterrows()
    )
