"""Which registered hypotheses share their window with a rival: the same instrument, in the same or a next period.

Only dates and instruments are looked at, never a value.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.measures.dates import INSTRUMENTS
from analysis.scrutiny.identifiability import identifiable

BINS = {
    "none": (0, 0),
    "1 or 2": (1, 2),
    "3 to 5": (3, 5),
    "6 to 10": (6, 10),
    "11 to 20": (11, 20),
    "more": (21, 10**6),
}
ALONE, SHARED = style.ORANGE, "#9cc3d5"


@lru_cache(maxsize=4)
def rivals(dataset: Dataset) -> pd.DataFrame:
    """Return one row a registered hypothesis: hypothesis_id, measure_id, instruments (a list), rivals (measure ids).

    A rival is what the ledger calls so (`analysis.scrutiny.identifiability`).
    """
    words = dataset.measures.set_index("measure_id")["instrument"]
    return pd.DataFrame(
        [
            {
                "hypothesis_id": str(row["hypothesis_id"]),
                "measure_id": str(row["measure_id"]),
                "instruments": str(words[row["measure_id"]]).split(";"),
                "rivals": identifiable(dataset, str(row["hypothesis_id"])).rivals,
            }
            for row in dataset.hypotheses.to_dict("records")
        ]
    )


def by_number(frame: pd.DataFrame) -> pd.Series[int]:
    """Return how many hypotheses have none, 1 or 2, ... rivals (`BINS`)."""
    numbers = frame["rivals"].map(len)
    return pd.Series({name: int(numbers.between(*ends).sum()) for name, ends in BINS.items()})


def by_instrument(frame: pd.DataFrame) -> pd.DataFrame:
    """Return by instrument how many hypotheses have a rival (shared) and how many have none (alone).

    A measure of several instruments counts in each. The most used instrument comes first.
    """
    long = frame.assign(rival=frame["rivals"].map(len) > 0).explode("instruments")
    counts = pd.DataFrame(
        {
            "shared": long[long["rival"]].groupby("instruments").size(),
            "alone": long[~long["rival"]].groupby("instruments").size(),
        }
    )
    counts = counts.fillna(0).astype(int)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order]


def rivals_chart(dataset: Dataset) -> Chart:
    """Draw the hypotheses by number of rivals, and by instrument with and without one."""
    frame = rivals(dataset)
    numbers, instruments = by_number(frame), by_instrument(frame)
    figure, (top, bottom) = style.subplots(
        2, 1, size=(5.8, 5.0), height_ratios=[len(numbers), len(instruments) + 0.5]
    )
    bars = top.barh(numbers.index, numbers, color=[ALONE] + [SHARED] * (len(numbers) - 1), height=0.7)
    bars[0].set_hatch("//")
    bars[0].set_edgecolor("white")
    _label(top, [str(count) for count in numbers], numbers)
    top.set_title("Registered hypotheses by number of rivals")
    names = [INSTRUMENTS[str(name)] for name in instruments.index]
    bottom.barh(names, instruments["shared"], color=SHARED, height=0.7, label="with a rival")
    bottom.barh(names, instruments["alone"], left=instruments["shared"], color=ALONE, height=0.7,
                hatch="//", edgecolor="white", label="without")  # fmt: skip
    total = instruments.sum(axis=1)
    _label(bottom, [f"{row['shared']} of {row.sum()}" for _, row in instruments.iterrows()], total)
    bottom.set_title("By the measure's instrument")
    bottom.legend(loc="lower right")
    shared = len(frame) - int(numbers["none"])
    told = "; ".join(
        f"{INSTRUMENTS[str(name)]} {row['shared']} of {row.sum()}" for name, row in instruments.iterrows()
    )
    return Chart(
        name="fig-measures-rivals",
        figure=style.finish(figure),
        title=f"{shared} of {len(frame)} registered hypotheses have a rival beside their measure",
        alt="Two sets of bars. Hypotheses by number of rivals: "
        + ", ".join(f"{name} {count}" for name, count in numbers.items())
        + f". With a rival, by instrument: {told}.",
        note="A rival is another measure that shares an instrument, could reach the same series, and begins in the "
        "same or a neighbouring period; parts of one act are not each other's rivals. A measure of several instruments "
        "counts in each; the numbers are those with a rival, of all. Orange and hatched: no rival in measures.csv.",
        source=f"Source: {len(frame)} rows of hypotheses.csv and measures.csv. {version_line(dataset)}",
    )


def _label(axes: Axes, words: list[str], lengths: pd.Series[int]) -> None:
    """Write a word beside each bar and take away what it makes needless."""
    for place, (word, length) in enumerate(zip(words, lengths, strict=True)):
        axes.text(length + 0.012 * lengths.max(), place, word, va="center")
    axes.invert_yaxis()
    axes.set_xlim(0, lengths.max() * 1.14)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
