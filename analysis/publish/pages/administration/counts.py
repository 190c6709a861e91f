"""What the administrations themselves count: yearly cases, Sword Net, and cases handed to the police."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, Line, break_notes, draw_series, lines_of, readings_of_all, years_of
from analysis.publish.marks import lift_apart, panels, rows_figure, told
from analysis.publish.marks_time import years_axis
from analysis.publish.remarks import remarks
from analysis.publish.touch import lead
from analysis.publish.words import between, listed, number, quote, window
from analysis.series.editions import MEASURES, editions, windows
from analysis.series.lookup import by_id

UNJOINED = ("saic-trademark-cases",)  # some years count cases filed, others cases investigated


def counts_chart(dataset: Dataset) -> Chart:
    """Draw the yearly cases of the administrations, a panel a subject, each from zero on its own scale."""
    shown = lines_of("administration-counts")
    figure, every = panels(list(shown), height=2.6, letters=10.5)
    drawn = [
        one for axes, lines in zip(every, shown.values(), strict=True) for one in _panel(axes, dataset, lines)
    ]
    years, rows = years_of(drawn), readings_of_all(drawn)
    years_axis(every[0], years, every=5)
    return Chart(
        name="administration-counts",
        figure=style.finish(figure),
        title="Hardly any count of the administrations runs unchanged through 2018",
        alt=f"Four panels of cases a year, from {min(years)} to {max(years)}. {'; '.join(one.alt for one in drawn)}.",
        measure="Cases a year, China, by the administration that counts",
        note="Every panel has its own scale. A mark is a published year, a bar behind it what its "
        f"hedge allows; lines join only consecutive years counted alike. Where patents are named among the trademarks, "
        f"the market regulators count both together. {BAND_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, rows),
        frame=rows,
    )


def _panel(axes: Axes, dataset: Dataset, lines: list[Line]) -> list[Drawn]:
    """Draw one panel's series with a legend above the marks; return what was drawn."""
    drawn = []
    for one in lines:
        join = one.series_id not in UNJOINED
        drawn.append(
            draw_series(
                axes,
                dataset,
                one.series_id,
                color=one.colour,
                marker=one.marker,
                join=join,
                little=len(lines) == 1,
            )
        )
        axes.plot([], [], one.marker, color=one.colour, ms=5, label=one.name)
    axes.margins(y=0.14 + 0.16 * len(lines))  # the legend stands above the marks
    axes.set_ylim(bottom=0)
    legend = axes.legend(
        loc="upper left", bbox_to_anchor=(0.02, 1), borderaxespad=0, borderpad=0.2, fontsize=style.SMALL,
        handletextpad=0.2, frameon=True, framealpha=1, edgecolor="none",
    )  # fmt: skip
    legend.set_zorder(5)
    axes.tick_params(labelsize=style.SMALL)
    axes.set_ylabel("cases")
    style.short_axis(axes)
    return drawn


LABELS = {"cases": "cases", "websites": "websites closed", "links": "links removed"}
COLOURS = dict(zip(LABELS, style.GROUPS, strict=False))


def sword_net_chart(dataset: Dataset) -> Chart:
    """Draw cases, websites closed and links removed by edition, above the days that each edition covers."""
    found = editions(dataset)
    days = windows(found)
    figure, axes = style.subplots(4, 1, size=(style.WIDTH, 7.0), sharex=True, height_ratios=[1, 1, 1, 0.7])
    for ax, measure in zip(axes, MEASURES, strict=False):
        _dots(ax, found[found["measure"] == measure], measure)
    told_by = found.drop_duplicates("edition").set_index("edition")["reading_id"]
    bars = axes[-1].bar(days.index, days.fillna(0), color=style.MEASURE, width=0.5)
    for year, bar in zip(days.index, bars, strict=True):
        lead(bar, [{"reading_id": told_by.get(year, "")}])
    axes[-1].set_ylabel("days")
    unknown = list(days.index[days.isna()])
    for year in unknown:
        axes[-1].annotate("?", (year, 0), (0, 2), textcoords="offset points", ha="center", va="bottom")
    years_axis(axes[-1], days.index, every=3)
    return Chart(
        name="administration-sword-net",
        figure=style.finish(figure),
        title="Editions of Sword Net differ in length and in what they count",
        alt=f"Dots by edition of the campaign. {told(_spoken(found), '{edition} ({length}): {said}')}.",
        measure="Cases, sites closed, links removed and days of each yearly campaign, China",
        note="By edition; years without a mark have no national figure in the data. A filled mark counts cases "
        "of all kinds or websites alone; a hollow one counts administrative cases alone, or websites and apps "
        "together. Links are those that the administration had removed, not those that platforms took down "
        f"themselves. The lowest panel has the days of the window, as published or as read "
        f"from the text; for {listed([str(year) for year in unknown])} none is published.",
        source=source_line(dataset, found),
        frame=found,
    )


def _dots(axes: Axes, found: pd.DataFrame, measure: str) -> None:
    """Draw one measure's editions as labelled dots."""
    colour = COLOURS[measure]
    for row in found.to_dict("records"):
        face = colour if row["whole"] else style.PAPER
        (dot,) = axes.plot(row["edition"], row["value"], "o", mfc=face, mec=colour, mew=1.4, ms=6)
        lead(dot, [row])
        text = style.short(float(f"{row['value']:.3g}")) if row["value"] >= 1e4 else number(row["value"])
        axes.annotate(
            text, (row["edition"], row["value"]), (0, 6), textcoords="offset points", ha="center", fontsize=style.SMALL
        )  # fmt: skip
    axes.set_ylim(bottom=0)
    lift_apart(axes)
    axes.set_ylabel(LABELS[measure])
    style.short_axis(axes)


def _spoken(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row an edition for the alt text: edition, length of its window, and what it printed (said)."""
    return pd.DataFrame(
        {
            "edition": edition,
            "length": "window not stated" if pd.isna(days := rows["days"].max()) else f"{days:.0f} days",
            "said": ", ".join(
                f"{quote(row, unit=False)} {LABELS[str(row['measure'])]}{_aside(row)}"
                for _, row in rows.iterrows()
            ),
        }
        for edition, rows in found.groupby("edition")
    )


def _aside(row: pd.Series[Any]) -> str:
    """Say what a hollow mark counts instead."""
    if row["whole"]:
        return ""
    return " (with apps)" if row["measure"] == "websites" else " (administrative only)"


MARKS = tuple(zip(style.GROUPS, "Dosv", strict=False))  # of the bodies, in the order of their table


def shares(dataset: Dataset) -> pd.DataFrame:
    """Return one row a pair: body, when, handed and cases (as printed), value, low, high (per hundred cases).

    Raises InputError where the two readings of a pair do not share their window.
    """
    pairs = remarks("transfers", ("body", "handed", "cases"))
    rows = by_id(dataset, [one[name] for one in pairs for name in ("handed", "cases")])
    looks = dict(zip(dict.fromkeys(one["body"] for one in pairs), MARKS, strict=True))
    return pd.DataFrame(
        _pair(one["body"], rows[one["handed"]], rows[one["cases"]], *looks[one["body"]]) for one in pairs
    )


def _pair(body: str, handed: pd.Series, cases: pd.Series, colour: str, marker: str) -> dict[str, object]:
    """Return cases handed over and the cases they come from, of one body and one window, as a row."""
    start, end = handed["window_start"], handed["window_end"]
    if (start, end) != (cases["window_start"], cases["window_end"]):
        names = f"{handed['reading_id']!r} and {cases['reading_id']!r}"
        raise InputError(f"{names} do not share a window; pair other readings.")
    printed = [quote(one, unit=False) for one in (handed, cases)]
    return {
        "label": f"{body}\n{_when(start, end)}",
        "note": " of ".join(printed),
        "value": 100 * handed["value"] / cases["value"],
        "low": 100 * handed["low"] / cases["high"],
        "high": 100 * handed["high"] / cases["low"],
        "colour": colour,
        "marker": marker,
        "ids": (handed["reading_id"], cases["reading_id"]),
    }


def _when(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a window shortly: 2013, 2005 to 2016, Jan to Apr 2012."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return window(start, end)
    first = f"{start:%b}" if start.year == end.year else f"{start:%b %Y}"
    return f"{first} to {end:%b %Y}"


def transfers_chart(dataset: Dataset) -> Chart:
    """Draw the cases handed over per hundred recorded cases, a row a body and window."""
    found = shares(dataset)
    rows = found.assign(label=found["label"].str.replace("\n", ", "))
    said = told(rows, lambda row: f"{row['label']}: {row['note']}, {between(row['low'], row['high'], 2)}")
    return Chart(
        name="administration-transfers",
        figure=rows_figure(found, axis="transferred, per hundred recorded cases", height=4.6, zero=True),
        title="Fewer than one recorded case in ten was transferred, wherever both counts are published",
        alt=f"Rows with what was published and what it makes per hundred cases. {said}.",
        measure="Cases handed to the police, for every hundred cases recorded, China",
        note="Cases transferred, divided by the cases that the same body published for the same days. The "
        "mark divides the published values, a bar is what the two hedges allow. Some bodies count cases "
        "filed, others cases investigated, so rows are not to be ranked.",
        source=source_line(dataset, found["ids"].explode()),
        frame=found,
    )
