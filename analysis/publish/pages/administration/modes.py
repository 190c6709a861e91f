"""How goods travelled: each mode's share of the batches against its share of the items."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.words import between
from analysis.series import printed_years
from analysis.series.lookup import by_id

SMALL = 8.5


@dataclass(frozen=True)
class Mode:
    """One mode in one year: its readings, a count of the mode or (where `share`) a printed percentage."""

    name: str
    year: int
    batches: str = ""
    items: str = ""
    share: bool = False


MODES = (
    Mode("sea", 2017, items="adm-0143", share=True),
    Mode("freight", 2023, "adm-0066", "adm-0067"),
    Mode("market procurement", 2023, "adm-0076", "adm-0077"),
    Mode("mail", 2017, batches="adm-0145", share=True),
    Mode("mail and baggage", 2018, "adm-0471", "adm-0473"),
    Mode("e-commerce", 2021, items="adm-0180"),
    Mode("e-commerce", 2022, "adm-0168", "adm-0169"),
    Mode("e-commerce", 2023, "adm-0072", "adm-0073"),
)
MARKS = {"batches": ("s", style.ORANGE, "gacc-batches"), "items": ("o", style.BLUE, "gacc-items")}


def shares(dataset: Dataset) -> pd.DataFrame:
    """Return one row a mode and quantity: place, name, year, quantity, reading_id, low, high (percent).

    A share is the printed one, or a mode's count divided by the year's total.
    """
    rows = by_id(dataset, [one for mode in MODES for one in (mode.batches, mode.items) if one])
    totals = {quantity: _totals(dataset, mark[2]) for quantity, mark in MARKS.items()}
    found: list[dict[str, object]] = []
    for place, mode in enumerate(MODES):
        for quantity, reading_id in (("batches", mode.batches), ("items", mode.items)):
            if not reading_id:
                continue
            row = rows[reading_id]
            low, high = float(row["low"]), float(row["high"])
            if not mode.share:
                least, most = totals[quantity][mode.year]
                low, high = 100 * low / most, min(100 * high / least, 100.0)
            found.append(
                {
                    "place": place,
                    "name": mode.name,
                    "year": mode.year,
                    "quantity": quantity,
                    "reading_id": reading_id,
                    "low": low,
                    "high": high,
                }
            )
    return pd.DataFrame(found)


def _totals(dataset: Dataset, series_id: str) -> dict[int, tuple[float, float]]:
    """Return a series' interval by year."""
    rows = printed_years(dataset, series_id).table.to_dict("records")
    return {int(row["year"]): (float(row["low"]), float(row["high"])) for row in rows}


def modes_chart(dataset: Dataset) -> Chart:
    """Draw each mode's share of the batches and of the items in its year."""
    found = shares(dataset)
    figure, axes = style.subplots(size=(5.8, 3.6))
    for quantity, rows in found.groupby("quantity"):
        marker, colour, _ = MARKS[str(quantity)]
        axes.hlines(rows["place"], rows["low"], rows["high"], color=colour, lw=5, alpha=0.35)
        middles = (rows["low"] + rows["high"]) / 2
        axes.plot(middles, rows["place"], marker, color=colour, ms=6.5, label=f"share of {quantity}")
    axes.set_yticks(range(len(MODES)), [f"{mode.name}, {mode.year}" for mode in MODES])
    axes.set_ylim(len(MODES) - 0.4, -0.6)
    axes.set_xlim(-2, 102)
    axes.set_xlabel("percent of the year's total")
    axes.grid(visible=True, axis="x")
    handles, names = axes.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside upper center", ncols=2)
    totals = [printed_years(dataset, mark[2]).table for mark in MARKS.values()]
    years = {mode.year for mode in MODES}
    ids = [*found["reading_id"], *(i for t in totals for i in t.loc[t["year"].isin(years), "reading_id"])]
    said = "; ".join(
        f"{row['name']} {row['year']}: {between(row['low'], row['high'], 3)} percent of {row['quantity']}"
        for row in found.to_dict("records")
    )
    return Chart(
        name="administration-modes",
        figure=style.finish(figure),
        title="Parcels fill the batches, freight fills the items",
        alt=f"Rows by mode and year. {said}.",
        note="Percent of all batches (squares) and of all items (dots) detained by China's customs in the year; "
        "bars are what rounding allows and mostly hide behind the mark. Sea and mail of 2017 are printed shares, "
        "the others are quotients of printed counts. Modes of one year may overlap; a missing mark was not found "
        "in print.",
        source=source_line(dataset, sorted(set(ids))),
    )
