"""Provinces, regions and cities with their cases, against people and against parcels; goods by region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import cases_address
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_rows, legend_above, log_axis, make_room, row_axis, rows_figure, told
from analysis.publish.pages.cases.map import shapes
from analysis.publish.pages.cases.rows import source_of
from analysis.publish.pages.where.map import rates
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import quote
from analysis.scrutiny.places import (
    CITY_YEAR,
    PARCEL_YEAR,
    REGIONAL,
    against_parcels,
    by_area,
    by_city,
    cities_share,
    city_shares,
    quotients,
    regional_shares,
)
from analysis.series.lookup import by_id
from analysis.series.single_cases import case_rows

SHOWN = 12  # provinces of the chart of rates
APART = 0.17  # rows, between the marks of one province


def province_names() -> dict[str, str]:
    """Return the names of provinces by code without CN-."""
    return {code[3:]: str(one["properties"]["name"]) for code, one in shapes().items()}


def quotients_chart(dataset: Dataset) -> Chart:
    """Draw each province's share of the cases over its share of the people (log axis)."""
    found = quotients(dataset)
    found = found[found["estimate"] > 0].sort_values("estimate", ascending=False)
    sure = (found["lower"] > 1) | (found["upper"] < 1)
    names, cases = province_names(), by_area(dataset)["cases"]
    rows = found.assign(
        label=[f"{names[str(code)]}, {cases[code]}" for code in found.index],
        value=found["estimate"],
        low=found["lower"],
        high=found["upper"],
        colour=np.where(sure, style.ESTIMATE, style.REST),
        address=[cases_address("province", names[str(code)]) for code in found.index],
    ).reset_index(drop=True)
    more = int((found["lower"] > 1).sum())
    return Chart(
        name="where-quotients",
        figure=rows_figure(
            rows, axis="share of the cases over share of the people", at=1.0, log=True, height=6.6
        ),
        title=f"Only {more} provinces surely have more reported cases than people",
        alt=f"Rows with intervals on a log axis. {told(rows, _says)}.",
        measure="Share of the reported cases over share of the people, by province, China",
        note="Beside each name its cases. Multinomial 95 percent intervals, for all provinces together. "
        "Grey: may be one. Without provinces that have no case.",
        source=source_of(dataset, case_rows(dataset)),
        frame=rows,
    )


def _says(row: Mapping[Any, Any]) -> str:
    """Say one province's quotient."""
    return f"{row['label']}: {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def rates_chart(dataset: Dataset) -> Chart:
    """Draw the rates of the first provinces, from texts in English and from other texts (for ten million people)."""
    parts = {
        "english": ("texts in English", style.GROUPS[1], "s"),
        "others": ("other texts", style.GROUPS[0], "o"),
    }
    order = list(rates(dataset).sort_values("estimate", ascending=False).index[:SHOWN])
    names = province_names()
    figure, axes = style.subplots(size=(style.WIDTH, 4.6))
    log_axis(axes)
    drawn: list[pd.DataFrame] = []
    for step, (of, (legend, colour, marker)) in zip((-APART, APART), parts.items(), strict=True):
        found = rates(dataset, of).loc[order]
        rows = found.assign(
            value=found["estimate"], low=found["lower"], high=found["upper"], colour=colour, marker=marker,
            place=[place + step for place in range(len(order))], label=[names[code] for code in order],
            legend=[legend, *[""] * (len(order) - 1)],
            address=[cases_address("province", names[code]) for code in order],
        )  # fmt: skip
        drawn.append(rows.assign(of=legend))
        draw_rows(axes, rows.reset_index(drop=True))
    row_axis(axes, [names[code] for code in order])
    axes.set_xlabel("reported cases for ten million people")
    make_room(axes)
    legend_above(figure, axes)
    both = pd.concat(drawn, ignore_index=True)
    most = {
        of: str(rows["label"].iloc[int(rows["value"].to_numpy().argmax())]) for of, rows in both.groupby("of")
    }
    leads = (
        f"{most['texts in English']} leads in both" if len(set(most.values())) == 1 else "the first changes"
    )
    area = by_area(dataset)
    shares = 100 * area["english"] / area["cases"]
    return Chart(
        name="where-rates",
        figure=style.finish(figure),
        title=f"{leads}; {shares['SH']:.0f} percent of Shanghai's cases were read in English, "
        f"{shares['JS']:.0f} percent of Jiangsu's",
        alt=f"Two marks a province with intervals, on a log axis. {told(both, _rate)}.",
        measure="Reported cases to ten million people, by province and language of the text, China",
        note="Each language steadied by itself: empirical Bayes, 95 percent intervals. The twelve provinces with the "
        "highest rates.",
        source=source_of(dataset, case_rows(dataset)),
        frame=both,
    )


def _rate(row: Mapping[Any, Any]) -> str:
    """Say one rate."""
    return f"{row['label']}, {row['of']}: {row['value']:.1f} ({row['low']:.1f} to {row['high']:.1f})"


def parcels_table(dataset: Dataset) -> HtmlTable:
    """Return the shares of cases and of parcels, by region and for the fifteen cities with most parcels."""
    rows: list[dict[str, object]] = [
        {
            "Place": f"{name} ({PARCEL_YEAR})",
            "Cases": int(row["cases"]),
            "Percent of cases": f"{100 * row['share']:.0f}",
            "Percent of parcels": f"{100 * row['base_share']:.1f}",
            "Ratio": f"{row['estimate']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})",
        }
        for name, row in against_parcels(dataset).iterrows()
    ]
    cities = cities_share(dataset)
    low, middle, high = (cities[name] / cities["parcels"] for name in ("lower", "estimate", "upper"))
    rows.append(
        {
            "Place": f"fifteen cities ({CITY_YEAR})",
            "Cases": int(by_city(dataset).sum()),
            "Percent of cases": f"{cities['estimate']:.0f}",
            "Percent of parcels": f"{cities['parcels']:.1f}",
            "Ratio": f"{middle:.2f} ({low:.2f} to {high:.2f})",
        }
    )
    return table(
        rows,
        caption="Reported cases beside express parcels sent",
        right=("Cases", "Percent of cases", "Percent of parcels", "Ratio"),
    )


def cities_table(dataset: Dataset) -> HtmlTable:
    """Return the fifteen parcel cities with their cases, most first."""
    rows: list[dict[str, object]] = [
        {
            "City": str(city),
            "Cases": int(row["cases"]),
            "Percent of cases": f"{row['estimate']:.1f}",
            "95 percent interval": f"{row['lower']:.1f} to {row['upper']:.1f}",
        }
        for city, row in city_shares(dataset).iterrows()
    ]
    return table(
        rows,
        caption="The fifteen cities that send most parcels, by their reported cases",
        right=("Cases", "Percent of cases", "95 percent interval"),
        folded=True,
    )


def goods_chart(dataset: Dataset) -> Chart:
    """Draw a report's shares of cases in a region beside those of the case table (percent)."""
    found = regional_shares(dataset)
    prints = by_id(dataset, found["reading_id"])
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    place = np.arange(len(found))
    report = pd.DataFrame(
        {
            "value": found["printed"], "low": found["printed_low"], "high": found["printed_high"],
            "place": place - APART, "colour": style.PRINT,
            "legend": ["the report of 2014", *[""] * (len(found) - 1)],
            "note": [quote(prints[one], unit=False) for one in found["reading_id"]],
            "reading_id": found["reading_id"].to_numpy(),
        }
    )  # fmt: skip
    goods = {one.label: one.goods[0] for one in REGIONAL}
    ours = pd.DataFrame(
        {
            "value": found["value"], "low": found["low"], "high": found["high"], "place": place + APART,
            "colour": style.GROUPS[1], "marker": "s", "legend": ["cases of the data", *[""] * (len(found) - 1)],
            "note": [f"{row.inside} of {row.cases}" for row in found.itertuples()],
            "address": [cases_address("product", goods[label]) for label in found["label"]],
        }
    )  # fmt: skip
    draw_rows(axes, report)
    draw_rows(axes, ours)
    row_axis(axes, [label.replace(", ", ",\n") for label in found["label"]])
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of the cases of these goods")
    legend_above(figure, axes)
    apart = int(((found["high"] < found["printed_low"]) | (found["low"] > found["printed_high"])).sum())
    return Chart(
        name="where-goods",
        figure=style.finish(figure),
        title=f"In {apart} of {len(found)} kinds of goods the case table excludes the shares that Taobao published in "
        "2014",
        alt=f"Two marks a row on a scale of percent. {told(found, _goods)}.",
        measure="Percent of the cases of these goods, by region, China",
        note="The report's bars: what a share in tenths leaves open. The cases': exact 95 percent intervals. Footwear "
        "stands for sports goods, apparel for textiles.",
        source=source_line(dataset, found),
        frame=found,
    )


def _goods(row: Mapping[Any, Any]) -> str:
    """Say one pair of shares."""
    ours = f"{row['value']:.0f} ({row['low']:.0f} to {row['high']:.0f})"
    return f"{row['label']}: published {row['printed_low']:.0f} to {row['printed_high']:.0f}, cases {ours}"
