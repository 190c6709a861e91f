"""Figures and tables of "How to read these numbers"."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.words import between, listed, quote
from analysis.readings import Window, intervals, kind_of
from analysis.series.definition import TIER_ORDER

# One printed figure for each hedge, chosen for its plainness, not its value.
EXAMPLES = (
    "police-0169",
    "police-0053",
    "plat-seed0-02",
    "plat-seed2-04",
    "police-0025",
    "plat-seed4-02",
)
TRACKS = {
    "Chinese police": ("MPS", "PSB"),
    "Prosecutors, courts": ("SPP", "SPC", "ProvProcuratorate", "ProvCourt"),
    "China's customs": ("GACC",),
    "Other Chinese bodies": ("SAMR", "SAIC", "NCAC", "CNIPA", "NLG", "AQSIQ", "STMA"),
    "Platforms": ("Alibaba", "JD", "Pinduoduo", "Amazon", "Tencent", "Douyin", "TikTok", "eBay", "Etsy"),
    "US border": ("CBP", "DHS-OHSS", "ICE-HSI"),
    "EU border": ("EC", "EUIPO"),
    "Japan's border": ("JapanCustoms",),
}


def example_intervals(dataset: Dataset) -> pd.DataFrame:
    """Return the example readings with their intervals, low and high also as percent of the printed value."""
    frame = dataset.readings.set_index("reading_id", drop=False).loc[list(EXAMPLES)]
    frame = frame.join(intervals(frame)[["low", "high"]])
    for end in ("low", "high"):
        frame[f"{end}_percent"] = 100 * (frame[end] / frame["value"] - 1)
    return frame


def hedge_chart(dataset: Dataset) -> Chart:
    """Draw what each printed figure leaves open, in percent of the printed value."""
    frame = example_intervals(dataset)
    figure, axes = style.subplots(size=(5.8, 3.3))
    left_open = [
        between(row["low"], row["high"], 4) if row["low"] < row["high"] else "as printed"
        for _, row in frame.iterrows()
    ]
    prints = [quote(row) for _, row in frame.iterrows()]
    colors = [style.INK if hedge == "exact" else style.ORANGE for hedge in frame["hedge"]]
    places = range(len(frame))
    axes.hlines(places, frame["low_percent"], frame["high_percent"], color=colors, lw=6, alpha=0.45)
    axes.scatter([0] * len(frame), places, color=colors, zorder=3)
    for place, text, end in zip(places, left_open, frame["high_percent"], strict=True):
        axes.annotate(text, (end, place), xytext=(8, 0), textcoords="offset points", va="center", size=9)
    axes.set_yticks(places, [f"“{text}”" for text in prints])
    axes.invert_yaxis()
    axes.set_xlim(-12, 22)
    axes.set_xlabel("percent above or below the printed value")
    axes.axvline(0, color=style.GREY, lw=0.8)
    axes.grid(axis="y", visible=False)
    alt = "; ".join(f"{text}: {open_}" for text, open_ in zip(prints, left_open, strict=True))
    return Chart(
        name="fig-hedges",
        figure=style.finish(figure),
        title="A hedge leaves up to a tenth of the figure open, a rounded count a few percent",
        alt=f"Intervals of six printed figures. {alt}.",
        note="Dots: the printed value. Bars: the values that the print leaves open under the default "
        "hedge model, labelled in the figure's own unit.",
        source=source_line(dataset, EXAMPLES),
    )


def hedge_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the share of counts and sums printed in full, rounded without a hedge, and hedged, by track."""
    frame = dataset.readings[~dataset.readings["unit"].isin(["percent", "ratio"])]
    exact = frame["hedge"] == "exact"
    rounded = exact & (intervals(frame)["printed_step"] != 1)
    print_ = pd.Series("full", index=frame.index).mask(rounded, "rounded").mask(~exact, "hedged")
    return _by_track(frame, print_)[["full", "rounded", "hedged", "n"]]


def _by_track(frame: pd.DataFrame, kinds: pd.Series[str]) -> pd.DataFrame:
    """Return the share of each kind of reading by who counts, and n, the readings of each."""
    track = pd.Series("", index=frame.index)
    for name, reporters in TRACKS.items():
        track = track.mask(frame["reporter"].isin(reporters), name)
    counts = pd.crosstab(track[track != ""], kinds[track != ""]).reindex(list(TRACKS))
    return counts.div(counts.sum(axis=1), axis=0).assign(n=counts.sum(axis=1))


def _stacked(shares: pd.DataFrame, kinds: Mapping[str, tuple[str, str]]) -> Figure:
    """Draw shares by track as stacked bars; `kinds` gives each column its label and colour."""
    figure, axes = style.subplots(size=(5.8, 3.6))
    left = pd.Series(0.0, index=shares.index)
    for kind, (label, color) in kinds.items():
        axes.barh(shares.index, 100 * shares[kind], left=100 * left, color=color, height=0.66, label=label)
        left = left + shares[kind]
    for place, total in enumerate(shares["n"]):
        axes.text(101, place, f"n = {int(total):,}", va="center", size=8.5, color="#555555")
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of readings")
    axes.grid(axis="y", visible=False)
    axes.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0), handlelength=1.1, columnspacing=1.2)
    return style.finish(figure)


def print_chart(dataset: Dataset) -> Chart:
    """Draw how each track prints its figures."""
    shares = hedge_shares(dataset)
    kinds = {
        "full": ("printed in full", style.INK),
        "rounded": ("rounded", style.YELLOW),
        "hedged": ("hedged", style.ORANGE),
    }
    figure = _stacked(shares, kinds)
    alt = "; ".join(
        f"{name}: {row['full']:.0%} printed in full, {row['rounded']:.0%} rounded, {row['hedged']:.0%} hedged"
        for name, row in shares.iterrows()
    )
    hedging, plain = str(shares["hedged"].idxmax()), str(shares["full"].idxmax())
    return Chart(
        name="fig-prints",
        figure=figure,
        title=f"Most often hedged: {hedging.lower()}; most often printed in full: {plain}",
        alt=f"Stacked bars by who counts. {alt}.",
        note="Percent of readings that are counts or sums. Rounded: no hedge, but the last printed digit "
        "is above one unit. n: readings.",
        source=f"Source: all readings of the bodies named. {version_line(dataset)}",
    )


WINDOW_KINDS = {
    "year": ("a year", style.INK),
    "part": ("part of a year", style.ORANGE),
    "years": ("several years", style.YELLOW),
    "day": ("a day (stock)", style.PALE),
    "open": ("no full window", style.GREY),
}


def window_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the share of readings over a year, part of one, several, at a day, or without a full window."""
    frame = dataset.readings
    kinds = [
        _window_kind(start, end, kind)
        for start, end, kind in zip(frame["window_start"], frame["window_end"], frame["kind"], strict=True)
    ]
    return _by_track(frame, pd.Series(kinds, index=frame.index)).reindex(
        columns=[*WINDOW_KINDS, "n"], fill_value=0
    )


def _window_kind(start: pd.Timestamp | None, end: pd.Timestamp | None, kind: str) -> str:
    """Return which of `WINDOW_KINDS` a reading's window is."""
    if kind == "stock" and end is not None and pd.notna(end):
        return "day"
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return "open"
    found = kind_of(Window(start.date(), end.date()))
    if found in ("year", "fiscal_year"):
        return "year"
    return "years" if found == "multi_year" or (end - start).days > 366 else "part"


def window_chart(dataset: Dataset) -> Chart:
    """Draw which windows each track prints."""
    shares = window_shares(dataset)
    alt = "; ".join(
        f"{name}: " + ", ".join(f"{row[kind]:.0%} {label}" for kind, (label, _) in WINDOW_KINDS.items())
        for name, row in shares.iterrows()
    )
    return Chart(
        name="fig-windows",
        figure=_stacked(shares, WINDOW_KINDS),
        title="Borders report by the year; Chinese police report when there is something to tell",
        alt=f"Stacked bars by who counts. {alt}.",
        note="Percent of readings by the length of their window. A year is a calendar or a fiscal year. "
        "n: readings.",
        source=f"Source: all readings of the bodies named. {version_line(dataset)}",
    )


def words(dataset: Dataset) -> dict[str, str]:
    """Return the words that the chapter takes from the data."""
    frame = dataset.readings.set_index("reading_id", drop=False).loc[["plat-seed0-02"]]
    found = intervals(frame).iloc[0]
    open_ = dataset.readings["window_start"].isna() & (dataset.readings["kind"] != "stock")
    counts = dataset.sources["tier"].value_counts()
    return {
        "kunlun": quote(frame.iloc[0]),
        "kunlun_interval": between(found["low"], found["high"]),
        "no_window": f"{open_.mean():.0%}",
        "tiers": listed([f"{tier} ({counts[tier]:,} sources)" for tier in TIER_ORDER]),
    }
