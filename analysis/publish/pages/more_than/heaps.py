"""How finely reporters print: a table of significant digits, and counts that look exact and are not."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.more_than.found import HEDGE_NAMES
from analysis.publish.tables import HtmlTable, table
from analysis.series import roundings

LANGUAGES = {"en": "English", "zh": "Chinese", "ja": "Japanese", "fr": "French", "ko": "Korean"}
OTHER = "other languages"
FEW = 100  # reporters with fewer readings are not listed


@lru_cache(maxsize=4)
def printed(dataset: Dataset) -> pd.DataFrame:
    """Return how finely every reading is printed, with who counted and in which language it is told."""
    found = roundings.roundings(dataset)
    side = found["jurisdiction"].str.startswith("CN").map({True: "China's bodies", False: "other bodies"})
    tongue = found["language"].map(LANGUAGES).fillna(OTHER)
    return found.assign(told=side + ", told in " + tongue)


def heaps(dataset: Dataset) -> pd.DataFrame:
    """Return the heaping of counts that are read as exact, a row a side and language, largest share first."""
    found = printed(dataset)
    table = roundings.heaping(found, "told")
    known = table[(table["n"] >= 30) & ~table["told"].str.endswith(OTHER)]
    return known.sort_values(["share", "told"], ascending=[False, True], ignore_index=True)


def heaping_chart(dataset: Dataset) -> Chart:
    """Draw the share of counts read as exact that end in two zeros."""
    rows = heaps(dataset)
    figure, axes = style.subplots(size=(5.8, 3.7))
    axes.hlines(rows.index, 100 * rows["lower"], 100 * rows["upper"], color=style.INK, lw=1.6, alpha=0.6)
    axes.plot(100 * rows["share"], rows.index, "o", color=style.INK, ms=6)
    axes.axvline(100 * roundings.EXPECTED, color=style.ORANGE, lw=1.6, ls="--")
    axes.text(100 * roundings.EXPECTED + 0.3, -0.75, "if nothing is rounded", color=style.ORANGE, size=9)
    axes.set_yticks(
        range(len(rows)), [f"{_broken(row['told'])} (n = {row['n']})" for _, row in rows.iterrows()]
    )
    axes.set_ylim(len(rows) - 0.5, -1.1)
    axes.set_xlim(0, None)
    axes.set_xlabel("unhedged counts that end in 00, %")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    first = rows.iloc[0]
    found = printed(dataset)
    used = found[found["counted"] & found["told"].isin(rows["told"])]
    return Chart(
        name="fig-heaping",
        figure=style.finish(figure),
        title=f"{first['told'][0].upper()}{first['told'][1:]}: one count in {round(1 / first['share'])} ends in 00, "
        f"where chance gives one in {round(1 / roundings.EXPECTED)}",
        alt="Points with intervals. "
        + " ".join(
            f"{row['told'][0].upper()}{row['told'][1:]}: {row['hundreds']} of {row['n']} end in 00, "
            f"{row['share']:.1%}, interval {row['lower']:.1%} to {row['upper']:.1%}."
            for _, row in rows.iterrows()
        ),
        note=f"Counts of {roundings.SMALLEST:,} or more that are printed in full, without hedge and with at most two "
        "zeros at the end, so that they are read as exact. Bars: 95% interval of Clopper and Pearson. Dashed: one "
        "in a hundred.",
        source=source_line(dataset, used),
    )


def _broken(told: str) -> str:
    """Return a name on two lines."""
    return told.replace(", told", ",\ntold")


def digits_table(dataset: Dataset) -> HtmlTable:
    """Return a folded table of the share of readings by significant digits: by hedge, language and reporter."""
    found = printed(dataset)
    named = found.assign(
        hedge=found["hedge"].map({**HEDGE_NAMES, "exact": "no hedge"}).fillna("other hedges"),
        language=found["language"].map(LANGUAGES).fillna(OTHER),
    )
    rows = []
    for column in ("hedge", "language", "reporter"):
        shares = roundings.digits_by(named, column)
        for name, row in shares[shares["n"] >= (FEW if column == "reporter" else 1)].iterrows():
            digits = {
                f"{one}{' or more' if one == roundings.MANY else ''}": f"{row[one]:.0%}"
                for one in range(1, roundings.MANY + 1)
            }
            by = {"by": column, "group": str(name), "readings": f"{int(row['n']):,}"}
            rows.append(by | digits | {"step, % of value": f"{100 * row['relative']:.2g}"})
    columns = [name for name in rows[0] if name not in ("by", "group")]
    return table(
        rows,
        caption="Significant digits printed, % of readings, and the median printed step",
        folded=True,
        right=columns,
        wide=True,
    )
