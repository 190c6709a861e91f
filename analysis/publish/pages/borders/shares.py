"""China's share of US seizures by value: one answer a year, from three kinds of evidence that are never joined."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import series_address
from analysis.publish.bands import BAND_NOTE, band_in_words
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.lines import draw_intervals, draw_series
from analysis.publish.marks import legend_above, told
from analysis.publish.marks_time import years_axis
from analysis.publish.pages.borders.official import LINES_SOURCE
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import between, capital, listed, number
from analysis.series import breaks_of
from analysis.series.border_lines import shares_by_origin
from analysis.series.runs import first_year
from analysis.series.share_evidence import BOTH, CHINA, DOLLARS, TABLE, Evidence, answers, evidence

BASES = {"domestic": "domestic value", "retail": "retail price"}
DOMESTIC, RETAIL = (style.GROUPS[1], "s"), (style.GROUPS[0], "o")
OFFICIAL, IMPLIED = style.GROUPS[2], style.GROUPS[4]
UNNAMED_BASIS = {
    2012: "The texts do not name the basis; read as retail price.",
    2013: "The basis of the share with Hong Kong is read, not stated.",
    2017: "The share with Hong Kong is published without a basis; its dollars show that it is by value.",
}


def _told(one: Evidence) -> str:
    """Write the interval of a piece of evidence as prose: `51.5 to 52.5`."""
    return between(one.low, one.high)


def _how(one: Evidence) -> str:
    """Return how a piece of evidence was come by, in the words of a page."""
    return one.how.replace("printed", "published")


def _beside(other: Evidence, answer: Evidence) -> str:
    """Say whether other evidence of a year agrees with the answer, and what it gives."""
    name, ending = (f"the {TABLE}", "s") if other.how == TABLE else (_how(other), "")
    return f"{name} {'agree' if other.meets(answer) else 'disagree'}{ending}: {_told(other)}."


def share_rows(dataset: Dataset) -> list[dict[str, object]]:
    """Return the table's rows: one fiscal year each, from the first to the last that any evidence speaks of."""
    china, both = answers(dataset, CHINA), answers(dataset, BOTH)
    alone, joint = evidence(dataset, CHINA), evidence(dataset, BOTH)
    last = max(china)
    return [
        {
            "FY": str(year),
            "China": _told(china[year]) if year in china else "no figure",
            "With Hong Kong": _told(both[year]) if year in both else "",
            "Evidence on China": f"{_how(china[year])}, {BASES[china[year].basis]}" if year in china else "",
            "Remark": _remark(year, alone, joint),
        }
        for year in range(min(china), last + 1)
    ]


def _remark(year: int, alone: list[Evidence], joint: list[Evidence]) -> str:
    """Say what the other evidence of a year gives, and whether it can be true beside the answer."""
    china, both = ([one for one in pieces if one.year == year] for pieces in (alone, joint))
    if not china:
        return "Neither a share nor a value of goods from China was found."
    said = [UNNAMED_BASIS[year]] if year in UNNAMED_BASIS else []
    said += [_beside(other, china[0]) for other in china[1:]]
    said += [f"With Hong Kong, {_beside(other, both[0])}" for other in both[1:]]
    return " ".join(capital(sentence) for sentence in said)


def share_table(dataset: Dataset) -> HtmlTable:
    """Return the table of China's share of US seizures by value, one answer a fiscal year."""
    return table(
        share_rows(dataset),
        caption="China's share of US seizures by value, percent, by fiscal year",
        right=("China", "With Hong Kong"),
        wide=True,
    )


def share_chart(dataset: Dataset) -> Chart:
    """Draw China's share of US seizures by value, alone and with Hong Kong, each kind of evidence its own mark."""
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 5.6), sharex=True, sharey=True)
    drawn = [
        draw_series(axes, dataset, series_id, color=colour, marker=marker, mark_breaks=False)
        for axes, series_id, (colour, marker) in (
            (top, "us-share-cn-domestic", DOMESTIC),
            (top, "us-share-cn-msrp", RETAIL),
            (bottom, "us-share-cn-hk-msrp", RETAIL),
        )
    ]
    pieces = {"China": evidence(dataset, CHINA), "China and Hong Kong together": evidence(dataset, BOTH)}
    for axes, origins, title in zip((top, bottom), (CHINA, BOTH), pieces, strict=True):
        _official(axes, dataset, origins)
        axes.set_ylabel("percent of value")
        axes.set_title(title, fontsize=10)
    _dollars(top, dataset)
    top.set_ylim(bottom=0)
    _name(top)
    legend_above(figure, top)
    frames = [
        pd.DataFrame(vars(one) | {"text": _told(one), "how": _how(one)} for one in some)
        for some in pieces.values()
    ]
    frame = pd.concat(frames)
    years_axis(bottom, frame["year"], fiscal=True, every=4)
    alone, joint = (told(one, "FY {year} {text} ({how}, {basis})") for one in frames)
    bands = "; ".join(f"{one.series.definition.title}: {band_in_words(one.band)}" for one in drawn)
    line, version = (
        source_line(dataset, sorted(set(frame["readings"].explode().dropna()))),
        version_line(dataset),
    )
    return Chart(
        name="borders-china-share",
        figure=style.finish(figure),
        title="China's recorded share of US seizures by value falls and rises; with Hong Kong it moves much less",
        alt=f"Percent of the value of US seizures. China: {alone}. China and Hong Kong: {joint}. "
        f"Reconstructed: {bands}.",
        measure="Percent of the value of a year's US seizures, by recorded origin",
        note="Percent of the year's value, by recorded country of origin. Squares: published shares of domestic "
        "value; circles: published shares of retail price; the base changes at the dotted vertical line, and they are "
        "never joined. Green bars: the official table, from none to all of the value of unknown origin, with "
        "a tick at the share of known origin. Hollow diamonds: China's published dollars over the published total. "
        f"{BAND_NOTE}",
        source=line.worded(f"{line.removesuffix(version)}{LINES_SOURCE} {version}"),
        frame=frame,
    )


def _official(axes: Axes, dataset: Dataset, origins: tuple[str, ...]) -> None:
    """Draw the official table's shares as bars from none to all of what is of unknown origin."""
    rows = shares_by_origin(dataset, origins)
    at = rows["year"] + 0.2
    axes.vlines(at, rows["low"], rows["high"], color=OFFICIAL, lw=7, alpha=0.55)
    (ticks,) = axes.plot(at, rows["known"], "_", color=OFFICIAL, ms=11, mew=2)
    lead(ticks, [{"address": series_address("us-lines-msrp-by-origin")}] * len(rows))


def _dollars(axes: Axes, dataset: Dataset) -> None:
    """Draw what printed dollars over printed totals imply, hollow, and where the base of the shares changes."""
    rows = pd.DataFrame([vars(one) for one in evidence(dataset, CHINA) if one.how == DOLLARS])
    rows = rows.assign(year=rows["year"] - 0.2, value=(rows["low"] + rows["high"]) / 2)
    draw_intervals(axes, rows, color=IMPLIED, width=1.4, hollow=True)
    for day in sorted(set(breaks_of(dataset, "us-share-cn-msrp")["date"])):
        axes.axvline(first_year(day, fiscal=True) - 0.5, color=style.MEASURE, lw=0.9, ls=":", zorder=0)


def _name(axes: Axes) -> None:
    """Give the legend its entries."""
    for label, marker, look in (
        ("published, domestic value", DOMESTIC[1], {"color": DOMESTIC[0]}),
        ("published, retail price", RETAIL[1], {"color": RETAIL[0]}),
        ("official table, retail price", "s", {"color": OFFICIAL, "alpha": 0.6, "ms": 8}),
        ("published dollars / total", "D", {"color": IMPLIED, "mfc": style.PAPER}),
    ):
        axes.plot([], [], marker, label=label, **look)


def share_words(dataset: Dataset) -> dict[str, str]:
    """Return the shares that prose quotes."""
    china, both = answers(dataset, CHINA), answers(dataset, BOTH)
    disagree = [
        one.year
        for one in evidence(dataset, CHINA)
        if one.how != china[one.year].how and not one.meets(china[one.year])
    ]
    dollars = {one.year: one for one in evidence(dataset, CHINA) if one.how == DOLLARS}
    said = {f"cn_{year}": _told(china[year]) for year in (2008, 2011, 2012, 2016, 2023)}
    said |= {f"dollars_{year}": _told(dollars[year]) for year in (2011, 2024)}
    return said | {
        "both_low": number(min(one.low for one in both.values()), 2),
        "both_high": number(max(one.high for one in both.values()), 2),
        "disagree_years": listed([f"FY {year}" for year in sorted(set(disagree))]),
    }
