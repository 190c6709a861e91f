"""The series: what each counts, how many whole years it has, and what it may not be taken for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks_grid import draw_grid
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import capital
from analysis.series import quality

NEEDED = 7  # four whole years before a measure and three after
BINS = ("none", "1-2", "3-4", "5-6", "7-9", "10-14", "15+")
LAST_OF_BIN = (0, 2, 4, 6, 9, 14)
FIRST_LONG = "7-9"


@lru_cache(maxsize=4)
def covered(dataset: Dataset) -> pd.DataFrame:
    """Return the coverage of every series; worked out once for a dataset."""
    return quality.coverage(dataset)


def series_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a folded table of series for each strand."""
    told = dataset.series.set_index("series_id").to_dict("index")
    frame = covered(dataset)
    for group, name in SERIES_GROUPS.items():
        rows = [
            {
                "series": series_id,
                "title": told[series_id]["title"],
                "counts": told[series_id]["counts"],
                "whole years": row["years"],
                "from": "" if pd.isna(row["first"]) else row["first"],
                "to": "" if pd.isna(row["last"]) else row["last"],
                "missing": row["gaps"],
                "conflicts": row["conflicts"],
                "breaks": row["breaks"],
                "caveats": told[series_id]["caveats"],
            }
            for series_id, row in frame[frame["group"] == group].to_dict("index").items()
        ]
        numbers = ("whole years", "from", "to", "missing", "conflicts", "breaks")
        caption = f"{capital(name)}: {len(rows)} series"
        anchors = [f"series-{row['series']}" for row in rows]
        yield table(rows, caption=caption, right=numbers, wide=True, folded=True, anchors=anchors)


def lengths(dataset: Dataset) -> pd.DataFrame:
    """Return the number of series by strand (rows, the longest median first) and whole years (columns: bins)."""
    frame = covered(dataset)
    bins = pd.cut(frame["years"], [-1, *LAST_OF_BIN, 10_000], labels=list(BINS))
    order = frame.groupby("group")["years"].median().sort_values(ascending=False, kind="stable").index
    return pd.crosstab(frame["group"], bins).reindex(index=order, columns=list(BINS), fill_value=0)


def lengths_chart(dataset: Dataset) -> Chart:
    """Draw the number of series by strand and whole years as a grid."""
    frame, counts = covered(dataset), lengths(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 4.3))
    named = counts.rename(index=SERIES_GROUPS).rename_axis(index=None, columns=None)
    draw_grid(axes, named.where(named > 0), notes=named.astype(str), letters=9.5)
    axes.axvline(BINS.index(FIRST_LONG), color=style.GROUPS[1], lw=2)
    axes.set_xlabel("whole years printed")
    enough = int((frame["years"] >= NEEDED).sum())
    medians = frame.groupby("group")["years"].agg(["size", "median", "max"]).to_dict("index")
    told = "; ".join(
        f"{SERIES_GROUPS[str(name)]}: {medians[name]['size']:.0f} series, median {medians[name]['median']:g}, "
        f"most {medians[name]['max']:.0f}"
        for name in counts.index
    )
    return Chart(
        name="fig-series-lengths",
        figure=style.finish(figure),
        title=f"{enough} of {len(frame)} series have {NEEDED} whole years or more",
        alt=f"A grid of strands by whole years with the number of series in each cell. {told}.",
        note="Number of series by strand and by how many whole years somebody printed. Right of the orange line: "
        f"at least {NEEDED}, what four years before a measure and three after take.",
        source=f"Source: series.csv and the readings that speak of its {len(frame)} series. {version_line(dataset)}",
    )


def series_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the series that the prose names."""
    frame = covered(dataset)
    return {
        "series": str(len(frame)),
        "series_none": str(int((frame["years"] == 0).sum())),
        "series_long": str(int((frame["years"] >= NEEDED).sum())),
        "series_median": f"{frame['years'].median():g}",
        "series_broken": str(int((frame["breaks"] > 0).sum())),
        "series_gaps": str(int((frame["gaps"] > 0).sum())),
    }
