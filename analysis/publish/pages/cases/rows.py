"""Cases as rows: what is told of each, and how many there are by year, channel and product."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import cases_address
from analysis.publish.axis_words import plain
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.links import SOURCES_PAGE, from_copies, source_link
from analysis.publish.marks import draw_stacks, make_room
from analysis.publish.marks_grid import draw_grid
from analysis.publish.pages.cases.map import NATIONAL, by_province, shapes
from analysis.publish.touch import lead_names, tell
from analysis.publish.words import between, listed
from analysis.series.single_cases import case_rows

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
    told = frame[["case_id", "name", "date", "source_id"]].drop_duplicates("case_id")
    copies = from_copies(dataset, told)
    text = (
        f"Source: {len(frame)} cases in cases.csv, from {frame['source_id'].nunique()} sources"
        f"{f', {copies}' if copies else ''}. {version_line(dataset)}"
    )
    rows: list[dict[str, object]] = [
        {
            "case": row["case_id"],
            "name": row["name"],
            "date": row["date"],
            "source": source_link(dataset, row["source_id"]),
        }
        for _, row in told.sort_values("case_id").iterrows()
    ]
    years = told["date"].astype(str).str.extract(r"^(\d{4})")[0].dropna().astype(int)
    return Source.of(text, rows, "cases", (int(years.min()), int(years.max())))


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
        (dots,) = axes.plot(
            frame.loc[some, name].astype(float), ranks[some], "o", ms=3.2, mfc=face, mec=color, mew=0.8
        )
        tell(dots, [_told(row, name) for row in frame[some].to_dict("records")])


def _told(row: dict[Any, Any], name: str) -> tuple[str, str]:
    """Return what is told of a case's dot, and the address of its source."""
    low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
    words = f"Case {row['case_id']}, {row['year']}: {plain(float(row[name]))}"
    return (words if low == high else f"{words} ({between(low, high)})"), f"{SOURCES_PAGE}{row['source_id']}"


PRODUCT_WORDS = {
    "books_media": "books and media",
    "auto_parts": "car parts",
    "home_appliances": "home appliances",
}
EVERY = 5  # years between two labels


def by_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases a year, every year of the span, in the two `PARTS`."""
    years = range(frame["year"].min(), frame["year"].max() + 1)
    return by_part(frame["year"], frame).reindex(years, fill_value=0)


def by_channel(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by channel (rows) and year (columns)."""
    years = range(frame["year"].min(), frame["year"].max() + 1)
    counts = pd.crosstab(frame["channel"].astype(str), frame["year"])
    return counts.reindex(index=list(CHANNEL_WORDS), columns=list(years), fill_value=0)


def by_product(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by kind of goods in the two `PARTS`, most first; a case with several kinds counts in each."""
    each = frame.assign(kind=frame["product"].str.split(";")).explode("kind")
    counts = by_part(each["kind"], each)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    ranked = [*(name for name in order if name != "other"), *(name for name in order if name == "other")]
    return counts.loc[ranked].rename(index=lambda name: PRODUCT_WORDS.get(name, name))


def years_chart(dataset: Dataset) -> Chart:
    """Draw the cases of each year, and below them how the goods of that year's cases were sold."""
    frame = case_rows(dataset)
    years, channels = by_year(frame), by_channel(frame)
    figure, (top, grid) = style.subplots(
        2, 1, size=(style.WIDTH, 5.2), sharex=True, gridspec_kw={"height_ratios": [1, 1.25]}
    )
    middles = years.set_axis(np.arange(len(years)) + 0.5)  # of the grid's cells
    draw_stacks(top, middles, upright=True, thick=0.72, **LOOK)
    asked = {str(year): cases_address("year", year) for year in years.index}
    lead_names(top, asked)
    top.set_ylabel("cases dated in the year")
    top.legend(loc="upper left")
    named = channels.rename(index=CHANNEL_WORDS)
    draw_grid(
        grid, named.where(named > 0), colours=style.shades(style.INK), notes=named.astype(str), leads=asked
    )
    for row, total in enumerate(named.sum(axis=1)):
        grid.annotate(
            str(total), (1, row + 0.5), (8, 0), xycoords=("axes fraction", "data"), fontsize=9, weight="bold",
            **style.BESIDE,
        )  # fmt: skip
    shown = [place for place, year in enumerate(channels.columns) if int(year) % EVERY == 0]
    grid.set_xticks([place + 0.5 for place in shown], [str(channels.columns[place]) for place in shown])
    grid.tick_params(axis="both", labelsize=9)
    live = frame.loc[frame["channel"] == "livestream", "year"].min()
    total, mirror = years.sum(axis=1), years[PARTS[1]]
    return Chart(
        name="cases-years",
        figure=style.finish(figure),
        title=f"{total.idxmax()} has most of the publicised cases; livestreams appear from {live} on",
        alt="Above, cases by year: "
        + ", ".join(f"{year} {total[year]} (mirror {mirror[year]})" for year in years.index)
        + ". Below, a grid of cases by channel and year; totals: "
        + ", ".join(f"{CHANNEL_WORDS[str(name)]} {row.sum()}" for name, row in channels.iterrows())
        + ".",
        measure="Publicised cases a year, and by channel of sale, China",
        note=f"Cases by year of the bust, report or judgment. {MIRROR_NOTE} Below, cases by channel of sale: a number "
        "in each cell, darker for more, blank for none; totals on the right. Customs seizures count as export; "
        "a channel not told includes pirate sites, apps and cases called only online. The last year is incomplete.",
        source=source_of(dataset, frame),
    )


def provinces_chart(dataset: Dataset) -> Chart:
    """Draw the cases by province of the investigating body, most first, those known from mirrors only hatched.

    Bars and no map: a shaded map of raw counts shows where people and newspapers are.
    """
    frame = case_rows(dataset)
    placed = by_province(frame)
    names = {code: str(one["properties"]["name"]) for code, one in shapes().items()}
    counts = (
        by_part(frame["jurisdiction"].astype(str), frame).loc[placed[placed > 0].index].rename(index=names)
    )
    total = counts.sum(axis=1)
    figure, axes = style.subplots(size=(style.WIDTH, 6.4))
    bars = _bars(axes, counts)
    lead_names(axes, {name: cases_address("province", name) for name in counts.index})
    none = sorted(names[str(code)] for code, count in placed.items() if not count)
    unplaced = int((frame["jurisdiction"] == NATIONAL).sum())
    return Chart(
        name="cases-provinces",
        figure=style.finish(figure),
        title=f"{listed(list(map(str, total.index[:3])))} account for {total.iloc[:3].sum() / len(frame):.0%} of the "
        "publicised cases",
        alt=f"Bars of cases by province, with those from mirror copies only in brackets: {bars}. None: "
        f"{', '.join(none)}.",
        measure="Publicised cases, by province, China",
        note="Cases by the province of the investigating police, court or customs; dens may lie elsewhere. "
        f"{unplaced} cases of several provinces, or with no place stated, are not drawn. {MIRROR_NOTE}",
        source=source_of(dataset, frame),
    )


def _bars(axes: Axes, counts: pd.DataFrame) -> str:
    """Draw cases by a name of theirs in the two `PARTS`, each bar with its numbers; return them in words."""
    draw_stacks(axes, counts, thick=0.72, **LOOK)
    total = counts.sum(axis=1)
    words = [f"{count} ({mirror})" for count, mirror in zip(total, counts[PARTS[1]], strict=True)]
    for row, (count, said) in enumerate(zip(total, words, strict=True)):
        axes.annotate(said, (count, row), (4, 0), fontsize=9, **style.BESIDE)
    make_room(axes)
    axes.set_xlabel("cases (of which mirror copies only)")
    return ", ".join(f"{name} {said}" for name, said in zip(counts.index, words, strict=True))


def products_chart(dataset: Dataset) -> Chart:
    """Draw the cases by kind of goods, those known from mirrors only hatched."""
    frame = case_rows(dataset)
    counts = by_product(frame)
    total, own = counts.sum(axis=1), counts[PARTS[0]]
    figure, axes = style.subplots(size=(style.WIDTH, 5.6))
    bars = _bars(axes, counts)
    kinds = sorted(set(frame["product"].str.split(";").explode()))
    lead_names(axes, {PRODUCT_WORDS.get(name, name): cases_address("product", name) for name in kinds})
    several = int(frame["product"].str.contains(";").sum())
    first, first_own = (str(part.drop("other", errors="ignore").idxmax()) for part in (total, own))
    tail = "with or without the mirror copies" if first == first_own else f"without mirror copies {first_own}"
    return Chart(
        name="cases-products",
        figure=style.finish(figure),
        title=f"{first.capitalize()} leads, {tail}",
        alt=f"Bars of cases by kind of goods, with those from mirror copies only in brackets: {bars}.",
        measure="Publicised cases, by kind of goods, China",
        note=f"{several} cases name several kinds and count in each, so the bars add to more "
        f"than the cases. {MIRROR_NOTE}",
        source=source_of(dataset, frame),
    )
