"""The expected fine for a yuan of illegal turnover, as bounds, and the profit that it would eat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import legend_above, told
from analysis.publish.marks_time import years_axis
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import tell
from analysis.scrutiny.penalties import (
    CHARGED,
    CONVICTED,
    FIFTH,
    FINED,
    GUILTY,
    SENT,
    fine_by_year,
    fine_in,
    penalty_links,
)
from analysis.series import printed_years

LINKS = {
    "charged": ("charged, of persons sent to prosecutors", "the year, or 2021 to 2024"),
    "guilty": ("found guilty, of judgments", "one province, 2016 to 2020"),
    "fined": ("fined, of persons convicted", "one city, 2020 and 2021"),
    "fine": ("fine, yuan a yuan of turnover", "one sample of judgments, 2011 to 2015"),
}
OWN, LINKED = "from figures of the year alone", "with links of other years and places"
TABLE = "turnover-to-fine"  # the id of the table of links, where the figures' marks lead
EXCEEDED, OPEN = "fines exceed the profit", "cannot be told"
MOST_GAIN = 0.6  # yuan of profit a yuan of turnover, where the axis ends


def links_of(dataset: Dataset) -> pd.DataFrame:
    """Return the links of the last year."""
    links = penalty_links(dataset)
    found: pd.DataFrame = links[links["year"] == links["year"].max()].set_index("link")
    return found


def readings(dataset: Dataset) -> list[str]:
    """Return the readings that the links rest on."""
    own = [one for name in (SENT, CHARGED) for one in printed_years(dataset, name).table["reading_id"]]
    return [*own, GUILTY, FINED, CONVICTED, FIFTH]


def links_table(dataset: Dataset) -> HtmlTable:
    """List each link between a yuan of turnover and a fine, with what is known of it."""
    last = links_of(dataset)
    bounds = fine_in(dataset, int(last["year"].iloc[0])).table.rename(index={"penalty": "fine"})
    least = "if at its low end, at most"
    rows = [{"link": "caught, of all turnover", "between": "0 and 1", "known from": "nowhere", least: "0"}]
    for name, (words, basis) in LINKS.items():
        low, high = float(last["low"][name]), float(last["high"][name])
        rows.append(
            {
                "link": words,
                "between": f"{low:.3g} and {high:.3g}" if high > low else f"{low:.3g}",
                "known from": basis,
                least: f"{bounds['upper_at_low'][name]:.2f}",
            }
        )
    caption = f"From a yuan of turnover to a fine, {int(last['year'].iloc[0])}"
    return table(rows, caption=caption, name=TABLE)


def fines_chart(dataset: Dataset) -> Chart:
    """Draw the expected fine for a yuan of turnover that came to prosecutors, by year (yuan)."""
    found = fine_by_year(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 3.6))
    for row in found.to_dict("records"):
        ends = [row["year"] - 0.42, row["year"] + 0.42]
        last = row["year"] == found["year"].max()
        for name, low, high, look in (
            (OWN, row["own_low"], row["own_high"], {"color": style.PALE}),
            (LINKED, row["low"], row["high"], {"color": style.ESTIMATE, "alpha": 0.55}),
        ):
            box = axes.fill_between(ends, low, high, lw=0, label=name if last else None, **look)
            said = f"{row['year']:.0f}, {name}: {low:.2f} to {high:.2f} yuan of fine a yuan of turnover"
            tell(box, [(said, f"#{TABLE}")])
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("yuan of fine a yuan of turnover")
    years_axis(axes, found["year"])
    legend_above(figure, axes)
    last = found.iloc[-1]
    return Chart(
        name="offenders-fines",
        figure=style.finish(figure),
        title=f"A yuan of turnover that reached prosecutors in {last['year']:.0f} cost {last['low']:.2f} to "
        f"{last['high']:.2f} yuan in fines, if old fines still hold",
        alt=f"Boxes by year. {told(found, _says)}.",
        measure="Fines in yuan for each yuan of turnover that reached prosecutors, China",
        note="Bounds, not intervals: nothing inside is likelier. Turnover that nobody catches costs nothing; its share "
        "is unknown.",
        source=source_line(dataset, readings(dataset)),
        frame=found,
    )


def _says(row: Mapping[Any, Any]) -> str:
    """Say one year's bounds."""
    alone = f"{row['own_low']:.2f} to {row['own_high']:.2f}"
    return f"{row['year']:.0f}: {row['low']:.2f} to {row['high']:.2f}, from its own figures {alone}"


def gain_chart(dataset: Dataset) -> Chart:
    """Draw how much of the turnover must reach prosecutors before fines eat a profit (percent)."""
    year = int(fine_by_year(dataset)["year"].max())
    bounds = fine_in(dataset, year)
    gains = np.linspace(0, MOST_GAIN, 121)
    least = np.minimum(100 * gains / bounds.upper, 100)
    most = np.minimum(100 * gains / bounds.lower, 100)
    figure, axes = style.subplots(size=(style.WIDTH, 3.6))
    exceeded = axes.fill_between(gains, most, 100, color=style.PALE, lw=0)
    open_ = axes.fill_between(gains, least, most, color=style.ESTIMATE, alpha=0.45, lw=0)
    for area, said in ((exceeded, EXCEEDED), (open_, OPEN)):
        tell(area, [(said, f"#{TABLE}")])
    axes.set(xlim=(0, MOST_GAIN), ylim=(0, 100))
    axes.set_xlabel("profit, yuan a yuan of turnover")
    axes.set_ylabel("turnover that reaches prosecutors, percent")
    keys = [
        Patch(facecolor=style.PALE, label=EXCEEDED),
        Patch(facecolor=style.ESTIMATE, alpha=0.45, label=OPEN),
        Patch(facecolor=style.PAPER, edgecolor=style.RULE, label="the profit exceeds the fines"),
    ]
    axes.legend(handles=keys, loc="lower right", fontsize=style.SMALL + 0.5, frameon=True)
    even = fine_in(dataset, year, (0.2, 0.2)).break_even
    assert even is not None
    return Chart(
        name="offenders-gain",
        figure=style.finish(figure),
        title=f"With a fifth of turnover as profit, fines take it all only if {100 * even[0]:.0f} percent or more "
        "reaches prosecutors",
        alt=f"Profit against the share of turnover that must reach prosecutors. At a profit of 0.2 yuan at least "
        f"{100 * even[0]:.0f} percent must; at the most {100 * even[1]:.0f} percent, which is more than all.",
        measure="Percent of turnover that must reach prosecutors before fines take the profit, China",
        note="Fines alone: prison, confiscated goods and income, and damages come on top. Pale: fines exceed "
        "the profit whatever the links.",
        source=source_line(dataset, readings(dataset)),
    )
