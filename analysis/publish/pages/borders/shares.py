"""China's share of US seizures by value: one answer a year, from three kinds of evidence that are never joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band_in_words
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.lines import draw_series
from analysis.publish.pages.borders.official import LINES_SOURCE, shares_by_origin
from analysis.publish.pages.borders.ratios import ratio
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, listed, number
from analysis.series import breaks_of, printed_years

CHINA, BOTH = ("CN",), ("CN", "HK")
PRINTED = {"us-share-cn-domestic": "domestic", "us-share-cn-msrp": "retail"}
PRINTED_BOTH = {"us-share-cn-hk-msrp": "retail"}
MONEY = {"us-domestic-cn": ("us-value-domestic", "domestic"), "us-msrp-cn": ("us-msrp", "retail")}
SHARE, TABLE, DOLLARS = "printed share", "official table", "printed dollars"
BASES = {"domestic": "domestic value", "retail": "retail price"}
FIRST_TO_LAST = (SHARE, TABLE, DOLLARS)
UNNAMED_BASIS = {
    2012: "The texts do not name the basis; read as retail price.",
    2013: "The basis of the share with Hong Kong is read, not printed.",
    2017: "The share with Hong Kong is printed without a basis; its dollars show that it is by value.",
}


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence on a share of a year's value, in percent, with the readings it rests on."""

    year: int
    how: str
    basis: str
    low: float
    high: float
    readings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The interval as prose: `51.5 to 52.5`."""
        return between(self.low, self.high)

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return f"the {TABLE}" if self.how == TABLE else self.how

    def verb(self, other: Evidence) -> str:
        """Say whether it agrees with another piece."""
        verb = "agree" if self.meets(other) else "disagree"
        return f"{verb}s" if self.how == TABLE else verb

    def meets(self, other: Evidence) -> bool:
        """Tell whether two intervals share a value."""
        return self.low <= other.high and other.low <= self.high


def evidence(dataset: Dataset, origins: tuple[str, ...]) -> list[Evidence]:
    """Return all evidence on the share of `origins` (CHINA or BOTH), by year, the preferred kind first.

    Printed shares go first, then the official table, then printed dollars over the printed total. The official
    table's interval runs from no to all of its value of unknown origin.
    """
    printed = PRINTED if origins == CHINA else PRINTED_BOTH
    found = [
        Evidence(row["year"], SHARE, basis, row["low"], row["high"], (row["reading_id"],))
        for series_id, basis in printed.items()
        for row in printed_years(dataset, series_id).table.to_dict("records")
    ]
    found += [
        Evidence(row["year"], TABLE, "retail", row["low"], row["high"])
        for row in shares_by_origin(dataset, origins).to_dict("records")
    ]
    if origins == CHINA:
        found += _from_dollars(dataset)
    return sorted(found, key=lambda one: (one.year, FIRST_TO_LAST.index(one.how)))


def _from_dollars(dataset: Dataset) -> list[Evidence]:
    """Return China's share as printed dollars over the printed total of the same basis."""
    return [
        Evidence(row["year"], DOLLARS, basis, row["low"], row["high"], (row["above_id"], row["below_id"]))
        for part, (total, basis) in MONEY.items()
        for row in ratio(dataset, part, total, 100).to_dict("records")
    ]


def answers(dataset: Dataset, origins: tuple[str, ...]) -> dict[int, Evidence]:
    """Return the preferred piece of evidence of each year."""
    found: dict[int, Evidence] = {}
    for one in evidence(dataset, origins):
        found.setdefault(one.year, one)
    return found


def share_rows(dataset: Dataset) -> list[dict[str, object]]:
    """Return the table's rows: one fiscal year each, from the first to the last that any evidence speaks of."""
    china, both = answers(dataset, CHINA), answers(dataset, BOTH)
    alone, joint = evidence(dataset, CHINA), evidence(dataset, BOTH)
    last = max(china)
    return [
        {
            "FY": str(year),
            "China": china[year].text if year in china else "no figure",
            "With Hong Kong": both[year].text if year in both else "",
            "Evidence on China": f"{china[year].how}, {BASES[china[year].basis]}" if year in china else "",
            "Remark": _remark(year, alone, joint),
        }
        for year in range(min(china), last + 1)
    ]


def _remark(year: int, alone: list[Evidence], joint: list[Evidence]) -> str:
    """Say what the other evidence of a year gives, and whether it can be true beside the answer."""
    china, both = ([one for one in pieces if one.year == year] for pieces in (alone, joint))
    if not china:
        return "Neither a share nor a value of goods from China was found."
    told = [UNNAMED_BASIS[year]] if year in UNNAMED_BASIS else []
    told += [f"{other.name} {other.verb(china[0])}: {other.text}." for other in china[1:]]
    told += [f"With Hong Kong, {other.name} {other.verb(both[0])}: {other.text}." for other in both[1:]]
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in told)


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
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 5.6), sharex=True)
    series = {"us-share-cn-domestic": (style.ORANGE, "s"), "us-share-cn-msrp": (style.BLUE, "o")}
    drawn = [
        draw_series(top, dataset, series_id, color=colour, marker=marker, mark_breaks=False)
        for series_id, (colour, marker) in series.items()
    ]
    drawn.append(draw_series(bottom, dataset, "us-share-cn-hk-msrp", color=style.BLUE, mark_breaks=False))
    bands = "; ".join(f"{one.series.definition.title}: {band_in_words(one.band)}" for one in drawn)
    for axes, origins in ((top, CHINA), (bottom, BOTH)):
        _official(axes, dataset, origins)
        axes.set_ylim(0, 100)
        axes.set_ylabel("percent of value")
    _dollars(top, dataset)
    _name(top)
    top.set_title("China", fontsize=10)
    bottom.set_title("China and Hong Kong together", fontsize=10)
    bottom.set_xlim(2007.3, 2024.7)
    bottom.set_xticks(range(2008, 2025, 4), [f"FY {year}" for year in range(2008, 2025, 4)])
    figure.legend(
        *top.get_legend_handles_labels(), loc="outside upper center", ncols=2, fontsize=9, borderaxespad=0
    )
    ids = {name for origins in (CHINA, BOTH) for one in evidence(dataset, origins) for name in one.readings}
    line, version = source_line(dataset, sorted(ids)), version_line(dataset)
    return Chart(
        name="borders-china-share",
        figure=style.finish(figure),
        title="China's recorded share of US seizures by value falls and rises; with Hong Kong it moves much less",
        alt=f"Percent of the value of US seizures. China: {_told(evidence(dataset, CHINA))}. "
        f"China and Hong Kong: {_told(evidence(dataset, BOTH))}. Reconstructed: {bands}.",
        note="Percent of the year's value, by recorded country of origin. Squares: printed shares of domestic "
        "value; circles: printed shares of retail price; the base changes at the dotted upright, and they are "
        "never joined. Green bars: the official table, from none to all of the value of unknown origin, with "
        "a tick at the share of known origin. Hollow diamonds: China's printed dollars over the printed total. "
        f"{BAND_NOTE}",
        source=line.worded(f"{line.removesuffix(version)}{LINES_SOURCE} {version}"),
    )


def _official(axes: Axes, dataset: Dataset, origins: tuple[str, ...]) -> None:
    """Draw the official table's shares as bars from none to all of what is of unknown origin."""
    rows = shares_by_origin(dataset, origins)
    at = rows["year"] + 0.2
    axes.vlines(at, rows["low"], rows["high"], color=style.GREEN, lw=7, alpha=0.55)
    axes.plot(at, rows["known"], "_", color=style.GREEN, ms=11, mew=2)


def _dollars(axes: Axes, dataset: Dataset) -> None:
    """Draw what printed dollars over printed totals imply, hollow."""
    pieces = pd.DataFrame([vars(one) for one in _from_dollars(dataset)])
    at, middle = pieces["year"] - 0.2, (pieces["low"] + pieces["high"]) / 2
    axes.vlines(at, pieces["low"], pieces["high"], color=style.PURPLE, lw=1.4)
    axes.plot(at, middle, "D", color=style.PURPLE, mfc="white", ms=4.5)
    for day in sorted(set(breaks_of(dataset, "us-share-cn-msrp")["date"])):
        axes.axvline(day.year + 0.5, color=style.GREY, lw=0.9, ls=":", zorder=0)


def _name(axes: Axes) -> None:
    """Give the legend its entries."""
    looks: Mapping[str, Mapping[str, object]] = {
        "printed, domestic value": {"marker": "s", "color": style.ORANGE},
        "printed, retail price": {"marker": "o", "color": style.BLUE},
        "official table, retail price": {"marker": "s", "color": style.GREEN, "alpha": 0.6, "ms": 8},
        "printed dollars / total": {"marker": "D", "color": style.PURPLE, "mfc": "white"},
    }
    for label, look in looks.items():
        axes.plot([], [], ls="none", label=label, **look)  # type: ignore[arg-type]


def _told(pieces: list[Evidence]) -> str:
    """List evidence by year for the alt text."""
    return "; ".join(f"FY {one.year} {one.text} ({one.how}, {one.basis})" for one in pieces)


def share_words(dataset: Dataset) -> dict[str, str]:
    """Return the shares that prose quotes."""
    china, both = answers(dataset, CHINA), answers(dataset, BOTH)
    hong_kong = printed_years(dataset, "us-share-hk-msrp").table.set_index("year")["value"]
    disagree = [
        one.year
        for one in evidence(dataset, CHINA)
        if one.how != china[one.year].how and not one.meets(china[one.year])
    ]
    dollars = {one.year: one for one in evidence(dataset, CHINA) if one.how == DOLLARS}
    return {
        "cn_2008": china[2008].text,
        "cn_2012": china[2012].text,
        "cn_2016": china[2016].text,
        "cn_2023": china[2023].text,
        "hk_2014": number(hong_kong[2014]),
        "hk_2016": number(hong_kong[2016]),
        "both_low": number(min(one.low for one in both.values()), 2),
        "both_high": number(max(one.high for one in both.values()), 2),
        "disagree_years": listed([f"FY {year}" for year in sorted(set(disagree))]),
        "cn_2011": china[2011].text,
        "dollars_2011": dollars[2011].text,
        "dollars_2024": dollars[2024].text,
    }
