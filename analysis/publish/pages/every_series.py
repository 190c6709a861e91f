"""Every series of a strand in a panel of its own, and in figures what each was made from."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterable, Iterator
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.addresses import series_address
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.counts import counts
from analysis.publish.lines import draw_series
from analysis.publish.tables import HtmlTable, Link, keyed, table
from analysis.publish.touch import lead, lead_panel
from analysis.publish.words import UNIT_WORDS, capital, number
from analysis.readings.windows import decimal_year
from analysis.series import (
    Reconstruction,
    definition,
    families,
    has_years,
    readings_of,
    reconstruct_all,
    series_conflicts,
    single_series,
    units_of,
)
from analysis.series.key import declared
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.thresholds import LEAST_INFORMED

MOST = 12  # panels of a figure
COLUMNS = 2
ROW = 1.5  # inches
LETTERS = 8.5  # points
HEAD = 0.11  # of the highest mark, above it
LINE = 31  # letters of a title's line
LEAST_SPAN = 4  # years of an axis, so that its ticks are years
MARKS_NOTE = (
    "One panel a series, its own scale, from zero. Dots: published figures; bars: what their hedge or rounding allows; "
    "hollow: a rival figure. Lines join consecutive years counted alike; dotted vertical lines: the "
    "count changed. US borders are told by fiscal years."
)


def made(dataset: Dataset, names: Iterable[str] | None = None) -> dict[str, Reconstruction | str]:
    """Return the reconstruction of every series (or of `names`), or the sentence that says why there is none."""
    with warnings.catch_warnings():
        # That a worker was replaced concerns no reader, and would stand on the page or not by chance.
        warnings.filterwarnings("ignore", message="A worker stopped", category=UserWarning)
        return reconstruct_all(dataset, names, progress=False)


def charts(dataset: Dataset, group: str) -> Iterator[Chart]:
    """Yield the figures of a strand of series.csv, at most 12 panels each, in the order of the series' titles.

    Raises InputError for an unknown strand.
    """
    if group not in SERIES_GROUPS:
        raise InputError(f"There is no strand {group!r}; there are {', '.join(SERIES_GROUPS)}.")
    names = drawable(dataset, group)
    parts = -(-len(names) // MOST)
    size = -(-len(names) // max(parts, 1))
    for part in range(parts):
        yield _chart(dataset, group, names[part * size : (part + 1) * size], part + 1, parts)


def drawable(dataset: Dataset, group: str) -> list[str]:
    """Return the series of a strand of which anything can be drawn by year, by title; the others stand in a table."""
    names = [name for name in single_series(dataset) if definition(dataset, name).group == group]
    made(dataset, names)  # on all cores, where they are not kept yet
    return sorted(
        filter(partial(shown, dataset), names), key=lambda name: definition(dataset, name).title.casefold()
    )


def shown(dataset: Dataset, series_id: str) -> bool:
    """Tell whether a series has something to draw: a reconstructed year, or a stock on its day."""
    return definition(dataset, series_id).kind == "stock" or len(band(dataset, series_id)) > 0


def _chart(dataset: Dataset, group: str, names: list[str], part: int, parts: int) -> Chart:
    """Draw some series of a strand, a panel each."""
    keys = [definition(dataset, name) for name in names]
    titles = [textwrap.fill(f"{one.title} ({UNIT_WORDS[one.unit]})", LINE) for one in keys]
    figure, panels = marks.panels(titles, cols=COLUMNS, height=ROW, sharex=False)
    told = [_panel(axes, dataset, name) for axes, name in zip(panels, names, strict=True)]
    ends = dict.fromkeys(f"“{one.title}”" for one in (keys[0], keys[-1]))
    place = f", part {part} of {parts}" if parts > 1 else ""
    readings = pd.concat([readings_of(dataset, name) for name in names])
    return Chart(
        name=f"every-{group.replace('_', '-')}-{part}",
        figure=style.finish(figure),
        title=f"{capital(SERIES_GROUPS[group])}{place}: {' to '.join(ends)}",
        claims=False,
        alt=f"{len(names)} panels by year. {'. '.join(told)}.",
        measure="Each panel by year, in the unit that its title gives",
        note=f"{MARKS_NOTE} {BAND_NOTE}",
        source=source_line(dataset, readings.drop_duplicates("reading_id")),
    )


def _panel(axes: Axes, dataset: Dataset, series_id: str) -> str:
    """Draw one series; return it in words."""
    found = definition(dataset, series_id)
    if has_years(dataset, series_id):
        told = draw_series(axes, dataset, series_id, color=style.PRINT).alt
    else:
        years = band(dataset, series_id)
        draw_band(axes, years, color=style.PRINT)
        stock = _stocks(axes, dataset, series_id) if found.kind == "stock" else ""
        told = f"{found.title} ({UNIT_WORDS[found.unit]}, no whole year published){stock}; {band_in_words(years)}"
    axes.set_title(axes.get_title("left"), fontsize=LETTERS + 0.3, fontweight="normal")
    axes.margins(x=0.06, y=HEAD)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=1))
    axes.tick_params(labelsize=LETTERS)
    lead_panel(axes, series_address(series_id))
    low, high = axes.get_xlim()
    if (lacking := LEAST_SPAN - (high - low)) > 0:
        axes.set_xlim(low - lacking / 2, high + lacking / 2)
    style.short_axis(axes)
    return told


def _stocks(axes: Axes, dataset: Dataset, series_id: str) -> str:
    """Draw the prints of a stock on their days; return them in words."""
    prints = readings_of(dataset, series_id).dropna(subset=["window_end"])
    days = prints["window_end"].map(decimal_year) - 0.5  # a box of a year stands around its number
    (dots,) = axes.plot(days, prints["value"], "o", color=style.PRINT, ms=4.5)
    lead(dots, prints)
    if prints.empty:
        return ""
    told = [f"{day:%B %Y} {number(v)}" for day, v in zip(prints["window_end"], prints["value"], strict=True)]
    return f": {', '.join(dict.fromkeys(told))}"


NO_YEAR = "Its windows inform no whole year."
NUMBERS = (
    "readings", "years estimated", "nobody published", "well informed", "hatched", "doubted", "contradictions",
)  # fmt: skip


@remembered(*SERIES_TABLES)
def facts(dataset: Dataset) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return what is told of each reconstructed series, and the sentence on each that has no year.

    A row a series, by its id: title, strand, span, smoothness and controls in words, and the counts in `NUMBERS`.
    """
    found = made(dataset)
    series = {name: one for name, one in found.items() if not isinstance(one, str)}
    pairs = series_conflicts(dataset, list(series), progress=False).groupby("series_id")["contradicts"].sum()
    rows = {name: _facts(dataset, name, one, int(pairs.get(name, 0))) for name, one in series.items()}
    told = pd.DataFrame.from_dict(rows, orient="index")
    reasons = {name: one for name, one in found.items() if isinstance(one, str)}
    return told, reasons | dict.fromkeys(told.index[told["years estimated"] == 0], NO_YEAR)


def _facts(dataset: Dataset, series_id: str, found: Reconstruction, contradictions: int) -> dict[str, object]:
    """Sum up one series, of which so many pairs contradict each other."""
    years, summary, key = band(dataset, series_id), found.summary(), definition(dataset, series_id)
    return {
        "title": key.title,
        "strand": SERIES_GROUPS[key.group],
        "readings": len(found.observations),
        "span": f"{summary['first']} to {summary['last']}",
        "years estimated": len(years),
        "nobody published": int((~years["printed"].astype(bool)).sum()),
        "well informed": int((years["informed"] >= LEAST_INFORMED).sum()),
        "hatched": int(years["hatched"].sum()),
        "smoothness a month": f"{float(summary['sigma']):g} and {float(summary['omega']):g}",
        "doubted": int((found.core.variance > found.printed.variance).sum()),
        "contradictions": contradictions,
        "held against": ", ".join(key.controls),
    }


def summary_table(dataset: Dataset) -> HtmlTable:
    """Return one row a reconstructed series: readings, span, years, best smoothness, doubts and conflicts."""
    rows = list(keyed(facts(dataset)[0].rename_axis("series").reset_index(), "series").values())
    rows = [row | {"series": Link(row["series"], series_address(row["series"]))} for row in rows]
    caption = f"The {len(rows)} reconstructed series: what each rests on"
    return table(rows, caption=caption, right=NUMBERS, wide=True, folded=True)


def left_out_table(dataset: Dataset) -> HtmlTable:
    """Return the series without a reconstructed year, each with the reason."""
    rows = [
        {
            "series": Link(series_id, series_address(series_id)),
            "title": definition(dataset, series_id).title,
            "why": why.removeprefix(f"Series {series_id!r} cannot be reconstructed: "),
        }
        for series_id, why in sorted(facts(dataset)[1].items())
    ]
    return table(rows, caption="Series without a reconstructed year, and why", wide=True)


def families_table(dataset: Dataset) -> HtmlTable:
    """Return the families of series, each with the way to its page, what its units are and how many it has."""
    rows = [
        {
            "family": Link(name, series_address(name)),
            "title": declared(dataset, name).title,
            "units by": declared(dataset, name).by,
            "units": len(units_of(dataset, name)),
        }
        for name in families(dataset)
    ]
    return table(rows, caption=f"The {len(rows)} families of series", right=["units"], wide=True, folded=True)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name under which its prose uses it."""
    told, reasons = facts(dataset)
    found = told[told["years estimated"] > 0]
    return {
        "series": number(counts(dataset).series),
        "made": number(len(found)),
        "left_out": number(len(reasons)),
        "years": number(int(found["years estimated"].sum())),
        "alone": number(int(found["nobody published"].sum())),
        "hatched": number(int(found["hatched"].sum())),
        "doubted": number(int(found["doubted"].sum())),
        "doubted_series": number(int((found["doubted"] > 0).sum())),
        "contradictions": number(int(found["contradictions"].sum())),
        "calm": number(int((found["contradictions"] == 0).sum())),
    }
