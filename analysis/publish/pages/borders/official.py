"""The official US table of seizure lines, FY 2019 to 2023: what is drawn of it, and its check against CBP's prints."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import series_address
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks import draw_rows, legend_above, row_axis, told
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import between, listed, number, quote
from analysis.series import printed_years
from analysis.series.border_lines import MEASURES, most_valued, part, shares_by, totals
from analysis.series.lookup import by_id
from analysis.series.panels import OTHER

LINES_SOURCE = (
    "Official table (border_lines) of the DHS Office of Homeland Security Statistics, as of 13 March 2024."
)
WAYS = {
    "express": "express parcel",
    "mail": "mail",
    "air": "air cargo",
    "sea": "sea cargo",
    "": "not met in transport",
    OTHER: "road, rail and other",
}
PRODUCTS_SHOWN = 8
PRODUCT_WORDS = {
    "Purse/Wallets": "handbags, wallets",
    "Watch": "watches",
    "Jewelry": "jewellery",
    "Drug": "drugs",
    OTHER: "all other",
}
LOOKS = {"lines": (style.GROUPS[0], "o", -0.16), "msrp_usd": (style.GROUPS[1], "D", 0.16)}

AGREES, ANOTHER = "agrees", "another unit"
LATER = "Probably the later extract; no text says why."
# Printed counts of apparel with their printed share, and printed counts of shipments, by fiscal year.
APPAREL = {2021: ("uscbp-0668", "uscbp-0676"), 2023: ("uscbp-0755", "uscbp-0757")}
SHIPMENTS = {
    2019: "uscbp-0553",
    2020: "uscbp-0609",
    2021: "uscbp-0674",
    2022: "uscbp-0714",
    2023: "uscbp-0756",
}
RETAIL = "us-msrp"


PART_COLUMNS = ("reading_id", "year", "what", "column", "words", "measure", "same_unit", "remark")


def printed_parts() -> list[dict[str, str]]:
    """Return the parts of the official table that CBP prints as a count, a share or dollars.

    `measure` is lines or msrp_usd; `same_unit` is no where CBP counts shipments instead.
    """
    return remarks("official-parts", PART_COLUMNS, key="reading_id")


def official_chart(dataset: Dataset) -> Chart:
    """Draw the shares of lines and of value by way of transport and by product."""
    shares = {"How the goods came": by_way(dataset), "What they were": by_product(dataset)}
    heights = [frame.index.get_level_values(1).nunique() for frame in shares.values()]
    figure, panels = style.subplots(2, 1, size=(style.WIDTH, 6.8), sharex=True, height_ratios=heights)
    last = int(totals(dataset).index.max())
    rows = {title: _dumbbells(frame, last) for title, frame in shares.items()}
    for axes, (title, marks) in zip(panels, rows.items(), strict=True):
        draw_rows(axes, marks, width=6, mark=5.5)
        row_axis(axes, list(dict.fromkeys(marks["label"])), letters=9.5)
        axes.set_title(title, fontsize=10)
    for axes, by in zip(panels, ("mode", "product"), strict=True):
        lead_panel(axes, series_address(f"us-lines-by-{by}"))
    panels[1].set_xlim(left=0)
    panels[1].set_xlabel("percent of the fiscal year's total")
    for (colour, marker, _), name in zip(LOOKS.values(), ("lines", "retail price"), strict=True):
        panels[0].plot([], [], marker, color=colour, label=f"{name}, FY {last}")
    legend_above(figure, panels[0], letters=9.5)
    ways, products = (told(marks[marks["measure"] == "lines"], "{says}") for marks in rows.values())
    return Chart(
        name="borders-official",
        figure=style.finish(figure),
        title="Sea cargo is few of the official US lines and a large part of their value",
        alt=f"Dots on a scale of percent, lines and retail price. By transport: {ways}. By product: {products}.",
        measure=f"Percent of US seizure lines and of their value, fiscal year {last}",
        note=f"Percent of seizure lines (circles) and of their retail price (diamonds), FY {last}; the bar behind "
        "a mark spans all five fiscal years. A line is one product of one brand within a seizure, so a "
        "consignment may be several lines.",
        source=f"{LINES_SOURCE} {version_line(dataset)}",
        frame=pd.concat(rows.values()),
    )


def by_way(dataset: Dataset) -> pd.DataFrame:
    """Return percent of each fiscal year's lines and value by way of transport, in words."""
    return shares_by(dataset, "mode", WAYS).rename(index=WAYS, level=1)


def by_product(dataset: Dataset) -> pd.DataFrame:
    """Return percent of each fiscal year's lines and value by product, in words; those of little value as one."""
    shown = most_valued(dataset, "product_as_printed", PRODUCTS_SHOWN)
    names = {name: PRODUCT_WORDS.get(name, name.lower()) for name in (*shown, OTHER)}
    return shares_by(dataset, "product_as_printed", shown).rename(index=names, level=1)


def _dumbbells(shares: pd.DataFrame, last: int) -> pd.DataFrame:
    """Return one row a label and measure, most lines first: the last year as mark, all years as interval."""
    now = shares[shares.index.get_level_values(0) == last].droplevel(0).sort_values("lines", ascending=False)
    spans = shares.groupby(level=1).agg(["min", "max"])
    return pd.DataFrame(
        {
            "label": label,
            "measure": measure,
            "place": place + LOOKS[measure][2],
            "value": row[measure],
            "low": spans.loc[str(label), (measure, "min")],
            "high": spans.loc[str(label), (measure, "max")],
            "colour": LOOKS[measure][0],
            "marker": LOOKS[measure][1],
            "alpha": 0.3,
            "says": f"{label} {number(row['lines'], 2)} of lines, {number(row['msrp_usd'], 2)} of value",
        }
        for place, (label, row) in enumerate(now.iterrows())
        for measure in MEASURES
    )


def checks_table(dataset: Dataset) -> HtmlTable:
    """Return the checks of the official table's totals and parts against printed ones."""
    return table(
        check_rows(dataset),
        caption="The official US table of seizure lines against published figures, FY 2019 to 2023",
        right=("Table",),
        wide=True,
    )


def check_rows(dataset: Dataset) -> list[dict[str, str]]:
    """Return the table's rows: fiscal year, what, official table, print, verdict, remark.

    Raises InputError if a reading that a check needs is missing.
    """
    parts = printed_parts()
    ids = [*SHIPMENTS.values(), *(one["reading_id"] for one in parts)]
    ids += [name for pair in APPAREL.values() for name in pair]
    prints, sums = by_id(dataset, ids), totals(dataset).astype(float)
    retail = printed_years(dataset, RETAIL).readings
    return [
        *(_count_row(year, sums["lines"][year], prints[name]) for year, name in SHIPMENTS.items()),
        *(
            _base_row(year, sums["lines"][year], prints[count], prints[share])
            for year, (count, share) in APPAREL.items()
        ),
        *(
            _money_row(year, dollars, retail[retail["year"] == year])
            for year, dollars in sums["msrp_usd"].items()
        ),
        *(_part_row(dataset, one, prints[one["reading_id"]]) for one in parts),
    ]


def verdict(low: float, high: float, printed_low: float, printed_high: float) -> str:
    """Say how an interval of the table stands to a printed one: inside, or below or above by how many percent."""
    if low <= printed_high and printed_low <= high:
        return AGREES
    gap = (high / printed_low - 1) if high < printed_low else (low / printed_high - 1)
    return f"{abs(gap) * 100:.1f}% {'below' if gap < 0 else 'above'}"


def _row(year: object, *cells: str) -> dict[str, str]:
    """Return a row of the table: what is compared, the table's figure, the print, the verdict, a remark."""
    return dict(
        zip(("FY", "What", "Table", "Printed", "Verdict", "Remark"), (str(year), *cells), strict=True)
    )


def _count_row(year: int, count: float, printed: pd.Series[Any]) -> dict[str, str]:
    """Return the row that sets the lines beside the shipments that CBP counts."""
    remark = f"{count / printed['value']:.2f} lines a shipment."
    return _row(
        year, "lines; published: shipments", number(count), quote(printed, unit=False), ANOTHER, remark
    )


def _base_row(year: int, count: float, piece: pd.Series[Any], share: pd.Series[Any]) -> dict[str, str]:
    """Return the row that compares the lines with the base that a printed count and its share imply."""
    low, high = piece["low"] / share["high"] * 100, piece["high"] / share["low"] * 100
    return _row(
        year,
        "lines; published: base of the share of apparel",
        number(count),
        between(low, high, 4),
        verdict(count, count, low, high),
        "The base is lines, though the text says seizures.",
    )


def _money_row(year: object, dollars: float, printed: pd.DataFrame) -> dict[str, str]:
    """Return the row that sets a year's retail value beside every whole-year print of it."""
    said = [
        (quote(row, unit=False), verdict(dollars, dollars, row["low"], row["high"]))
        for _, row in printed.iterrows()
    ]
    fits = [words for words, found in said if found == AGREES]
    gaps = sorted({found for _, found in said if found != AGREES})
    if fits:
        found, remark = AGREES, f"Of {len(said)} published figures only with {listed(fits)}." if gaps else ""
    else:
        found, remark = " or ".join(gaps), LATER
    return _row(
        year, "retail price, dollars", number(dollars), "; ".join(words for words, _ in said), found, remark
    )


def _part_row(dataset: Dataset, one: dict[str, str], printed: pd.Series[Any]) -> dict[str, str]:
    """Return the row of a part as CBP printed it: a share in percent, a count, or dollars.

    Parts by origin reach from none to all of what is of unknown origin.
    """
    year, words = int(one["year"]), tuple(one["words"].split("; "))
    low, high, whole = part(dataset, year, one["column"], words, one["measure"])
    if printed["unit"] == "percent":
        low, high = 100 * low / whole, 100 * high / whole
    found = verdict(low, high, printed["low"], printed["high"]) if one["same_unit"] == "yes" else ANOTHER
    remark = one["remark"]
    if found == AGREES:
        alone = verdict(low, low, printed["low"], printed["high"]) == AGREES
        remark = "" if alone else "Agrees once part of the unknown origin is counted."
    return _row(year, one["what"], between(low, high, 3), quote(printed, unit=False), found, remark)
