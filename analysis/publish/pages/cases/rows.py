"""The rows that are single cases, each with its year, its provenance and the interval its hedges allow."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Source, source_link, version_line
from analysis.readings import intervals

# Rows that count several cases at once: kept in the data, left out of every figure of this chapter.
NOT_CASES = ("cn-2011-midautumn-liquor", "cn-2014-taobao-18-clusters", "cn-2022-pirated-textbooks")
# Numbers of a case, with the column of their hedge and the unit in which it is read.
NUMBERS = {
    "suspects": ("suspects_hedge", "person"),
    "dens": ("dens_hedge", "place"),
    "items": ("items_hedge", "item"),
    "value_cny": ("value_hedge", "CNY"),
}
KIND_WORDS = {
    "value_involved": "value involved",
    "seized": "goods seized",
    "sales": "sales",
    "genuine_value": "priced as genuine",
    "illegal_income": "illegal income",
}
CHANNEL_WORDS = {
    "offline": "offline",
    "online_shop": "online shop",
    "export": "export",
    "mixed": "mixed",
    "social": "social media",
    "livestream": "livestream",
    "unknown": "not told",
}
KIND_COLOURS = dict(zip(KIND_WORDS, style.GROUPS, strict=False))
ROOM = 1.6  # factor by which a log axis reaches beyond its data
PARTS = ("a text of its own", "mirror copies only")
LOOK: dict[str, Any] = {"colours": (style.INK, style.REST), "hatches": {PARTS[1]: "////"}, "totals": False}
MIRROR_NOTE = (
    "Hatched: cases known only from copies on unrelated hosts (tier mirror), the original text not seen."
)


def case_rows(dataset: Dataset) -> pd.DataFrame:
    """Return the single cases with year, tier, mirror, and low and high of each number that is printed.

    `suspects_low` and `suspects_high` (people), likewise dens (sites), items (as counted) and value_cny (yuan)
    hold the interval that the hedge leaves, missing where nothing is printed. Raises InputError where a row that
    must be left out is no longer there.
    """
    if missing := sorted(set(NOT_CASES) - set(dataset.cases["case_id"])):
        raise InputError(f"cases.csv has no row {missing[0]!r}; update the rows that are not single cases.")
    frame = dataset.cases[~dataset.cases["case_id"].isin(NOT_CASES)]
    tiers = dataset.sources.set_index("source_id")["tier"].astype(str)
    frame = frame.assign(year=frame["date"].str[:4].astype(int), tier=frame["source_id"].map(tiers))
    frame["mirror"] = frame["tier"] == "mirror"
    for name, (hedge, unit) in NUMBERS.items():
        printed = frame[frame[name].notna()]
        asked = pd.DataFrame(
            {
                "value": printed[name].astype(float),
                "unit": unit,
                "hedge": printed[hedge].astype(str),
            }
        )
        found = intervals(asked)
        frame[f"{name}_low"], frame[f"{name}_high"] = found["low"], found["high"]
    return frame.reset_index(drop=True)


def with_number(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows that print a number, smallest first."""
    return frame[frame[name].notna()].sort_values([name, "case_id"], kind="stable")


def median_of(frame: pd.DataFrame, name: str) -> tuple[float, float]:
    """Return the least and greatest median that the hedges allow, in the unit of the number.

    Raises InputError where no row prints it.
    """
    printed = frame[frame[name].notna()]
    if printed.empty:
        raise InputError(f"No case prints {name}; there is no median to tell.")
    return float(printed[f"{name}_low"].median()), float(printed[f"{name}_high"].median())


def ends(frame: pd.DataFrame, name: str) -> tuple[float, float]:
    """Return the ends of a log axis that holds every print of a number and its interval."""
    low, high = (
        frame[[f"{name}_low", f"{name}_high"]].where(lambda found: found > 0).agg(["min", "max"]).to_numpy()
    )
    return float(low.min() / ROOM), float(high.max() * ROOM)


def by_part(names: pd.Series[Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by a name of theirs (rows) and by whether they have a text of their own (columns: `PARTS`)."""
    counts = pd.crosstab(names, frame["mirror"]).reindex(columns=[False, True], fill_value=0)
    return counts.set_axis(list(PARTS), axis=1)


def source_of(dataset: Dataset, frame: pd.DataFrame) -> Source:
    """Say where a chart's cases come from: how many, from how many sources, the data version."""
    text = (
        f"Source: {len(frame)} cases in cases.csv, from {frame['source_id'].nunique()} sources. "
        f"{version_line(dataset)}"
    )
    told = frame[["case_id", "name", "date", "source_id"]].drop_duplicates("case_id")
    told = told.merge(dataset.sources[["source_id", "publisher", "published", "url"]], on="source_id")
    rows: list[dict[str, object]] = [
        {"case": row["case_id"], "name": row["name"], "date": row["date"], "source": source_link(row)}
        for _, row in told.sort_values("case_id").iterrows()
    ]
    return Source.of(text, rows, "cases")


def draw_intervals(axes: Axes, frame: pd.DataFrame, name: str, ranks: pd.Series[float], color: str) -> None:
    """Draw each case as a bar over its interval and a dot at the print (hollow where only a mirror has it).

    A bound from above ("up to") has a dotted bar to the left edge of the axis.
    """
    low, high = frame[f"{name}_low"], frame[f"{name}_high"]
    closed = low > 0
    axes.hlines(ranks[closed], low[closed], high[closed], color=color, lw=2.2, alpha=0.45)
    edge = axes.get_xlim()[0]
    axes.hlines(ranks[~closed], edge, high[~closed], color=color, lw=1.1, ls=":")
    for mirror, face in ((False, color), (True, style.PAPER)):
        some = frame["mirror"] == mirror
        axes.plot(frame.loc[some, name].astype(float), ranks[some], "o", ms=3.2, mfc=face, mec=color, mew=0.8)
