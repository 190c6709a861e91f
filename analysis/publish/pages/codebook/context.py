"""Context figures, scopes, and the words of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.evidence import DIMENSIONS
from analysis.dataset.vocabulary_uses import KEYS, dimension_use, vocabulary_uses
from analysis.publish import style
from analysis.publish.addresses import slug
from analysis.publish.chart import Chart, version_line
from analysis.publish.citation import citation
from analysis.publish.links import SOURCES_PAGE
from analysis.publish.marks import draw_bars
from analysis.publish.marks_grid import draw_grid, grid_legend
from analysis.publish.pages.codebook.columns import series_words
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead_panel
from analysis.series.context_years import denominators

SHOWN = 12


def dimensions_chart(dataset: Dataset) -> Chart:
    """Draw how many readings fill each dimension, and with how many different cells."""
    use = dimension_use(dataset).sort_values("filled", ascending=False, kind="stable")
    meaning = {field.name.replace("_", " "): field.description for field in DIMENSIONS}
    use = use.rename(index=lambda name: str(name).replace("_", " "))
    figure, axes = style.subplots(size=(style.WIDTH, 4.2))
    ends = [
        f"{share:.0%}, {words:,} different" for share, words in zip(use["filled"], use["words"], strict=True)
    ]
    draw_bars(axes, use["filled"] * 100, notes=ends, bare=False)
    axes.set_xticks(range(0, 101, 25))
    axes.set_xlabel("readings that fill the dimension, %")
    lead_panel(axes, "../data/readings.csv")
    always = int((use["filled"] == 1).sum())
    told = "; ".join(
        f"{name} ({meaning[str(name)]}): {row['filled']:.0%} of readings, {row['words']:.0f} different"
        for name, row in use.iterrows()
    )
    return Chart(
        name="fig-dimensions",
        figure=style.finish(figure),
        title=f"Of {len(use)} dimensions {always} are filled for every reading; the rest only where the text says more",
        alt=f"Horizontal bars, one a dimension of a reading. {told}.",
        measure="Percent of readings for which a dimension is filled",
        note="A blank dimension means that the figure is not restricted to it, or that it does not apply.",
        source=f"Source: all {len(dataset.readings):,} readings. {version_line(dataset)}",
    )


def scopes_table(dataset: Dataset) -> HtmlTable:
    """Return the ways from collected code to dimensions that most readings went."""
    frame = dataset.scopes.sort_values(["readings", "scope_id"], ascending=[False, True]).head(SHOWN)
    rows = [
        {
            "collected as": f"{row['indicator_as_collected']}: {row['scope_as_collected'] or '(blank)'}",
            "indicator": str(row["indicator"]),
            "dimensions": ", ".join(f"{name} {row[name]}" for name in KEYS if row[name]),
            "readings": int(row["readings"]),
        }
        for _, row in frame.iterrows()
    ]
    caption = f"The {len(rows)} ways from code to dimensions that most readings went"
    return table(rows, caption=caption, right=["readings"], wide=True)


def scope_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the mapping that the prose names."""
    frame = dataset.scopes
    collected = ["indicator_as_collected", "scope_as_collected"]
    renamed = frame["indicator_as_collected"] != frame["indicator"].astype(str)
    once = frame["readings"] == 1
    use = dimension_use(dataset)["filled"]
    return {
        "scope_rows": f"{len(frame):,}",
        "scope_codes": f"{frame['scope_as_collected'].nunique():,}",
        "scope_pairs": f"{len(frame.drop_duplicates(collected)):,}",
        "scope_once": f"{int(once.sum()):,}",
        "scope_once_share": f"{once.mean():.0%}",
        "scope_targets": f"{len(frame.drop_duplicates(['indicator', *KEYS])):,}",
        "scope_renamed": f"{int(frame.loc[renamed, 'readings'].sum()):,}",
        "detail_share": f"{use['detail']:.0%}",
    }


OUTSIDE, HELD, MISSING = range(3)  # the codes of a cell
EVERY = 5  # years between two labels
SHOWN_YEARS = 3  # a denominator with fewer whole years stands in the table only


def ranges(years: tuple[int, ...]) -> str:
    """Write years as ranges: 2000 to 2003, 2005."""
    if not years:
        return ""
    cuts = [0, *(i for i in range(1, len(years)) if years[i] != years[i - 1] + 1), len(years)]
    runs = [years[a:b] for a, b in pairwise(cuts)]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def context_table(dataset: Dataset) -> HtmlTable:
    """Return every denominator with the years it holds and lacks."""
    rows = [
        {
            "denominator": row["series"],
            "place": row["jurisdiction"],
            "unit": row["unit"],
            "by": row["basis"],
            "rows": row["rows"],
            "years held": ranges(row["years"]),
            "missing between": ranges(row["missing"]),
        }
        for _, row in denominators(dataset).iterrows()
    ]
    anchors = [_anchor(row) for row in denominators(dataset).to_dict("records")]
    caption = f"The {len(rows)} denominators and their gaps"
    return table(rows, caption=caption, right=["rows"], wide=True, folded=True, anchors=anchors)


def _anchor(row: Mapping[Any, Any]) -> str:
    """Return the id of a denominator's row in the table."""
    return f"context-{slug(row['series'])}-{row['jurisdiction']}"


def _name(row: Mapping[Any, Any]) -> str:
    """Return what a denominator is called beside the grid."""
    return f"{row['series'].replace('_', ' ')}, {row['jurisdiction']}"


def _sources(dataset: Dataset) -> dict[str, str]:
    """Return the first source of each denominator and year (in which its window ends), under the name of its cell."""
    frame = dataset.context
    series = frame["series"] + frame["origin"].ne("").map({True: " by origin", False: ""})
    frame = frame.assign(series=series, year=frame["window_end"].dt.year.astype("Int64"))
    rows = frame.drop_duplicates(["series", "jurisdiction", "year"]).to_dict("records")
    return {f"{_name(row)}, {row['year']}": f"{SOURCES_PAGE}{row['source_id']}" for row in rows}


def context_chart(dataset: Dataset) -> Chart:
    """Draw which years of the denominators are held and which are missing between the first and the last."""
    frame = denominators(dataset)
    frame = frame[frame["years"].map(len) >= SHOWN_YEARS]
    first, last = min(frame["years"].map(min)), max(frame["years"].map(max))
    frame = frame.assign(start=frame["years"].map(min), held=frame["years"].map(len))
    frame = frame.sort_values(["held", "start", "series"], ascending=[False, True, True])
    names = [_name(row) for row in frame.to_dict("records")]
    years = range(first, last + 1)
    cells = [
        [HELD if year in held else MISSING if year in missing else OUTSIDE for year in years]
        for held, missing in zip(frame["years"], frame["missing"], strict=True)
    ]
    figure, axes = style.subplots(size=(style.WIDTH, 0.235 * len(frame) + 0.9))
    draw_grid(
        axes,
        pd.DataFrame(cells, index=names, columns=years),
        colours=(style.PALE, style.INK, style.GROUPS[1]),
        leads={name: f"#{_anchor(row)}" for name, row in zip(names, frame.to_dict("records"), strict=True)}
        | _sources(dataset),
    )
    marks = [year for year in years if year % EVERY == 0]
    axes.set_xticks([year - first + 0.5 for year in marks], [str(year) for year in marks])
    grid_legend(axes, {"held": style.INK, "missing in between": style.GROUPS[1]})
    whole = int((frame["missing"].map(len) == 0).sum())
    told = "; ".join(f"{name}: {ranges(held)}" for name, held in zip(names, frame["years"], strict=True))
    return Chart(
        name="fig-context",
        figure=style.finish(figure),
        title=f"{whole} of {len(frame)} denominators run without a gap, few of them to the present",
        alt=f"A grid of denominators by year. Held: {told}.",
        measure="Denominators, by the years that they have",
        note=f"Denominators with at least {SHOWN_YEARS} years, by calendar year, US fiscal year or, for stocks, the "
        "year of their day. Orange: a year missing between the first and the last; pale: outside them.",
        source=f"Source: context.csv, {len(dataset.context)} rows. {version_line(dataset)}",
    )


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    frame = denominators(dataset)
    long = frame[frame["years"].map(len) >= SHOWN_YEARS]
    gappy = long[long["missing"].map(len) > 0]
    held = frame.set_index(["series", "jurisdiction"])["years"]
    return {
        "tables": str(len(TABLES)),
        "columns": str(sum(len(one.fields) for one in TABLES.values())),
        "vocabularies": str(len(vocabulary_uses())),
        "readings": f"{len(dataset.readings):,}",
        "terms": str(len(dataset.glossary)),
        "retired": str(len(dataset.aliases)),
        "citation": citation(dataset),
        "version": dataset.version,
        **scope_words(dataset),
        **series_words(dataset),
        "denominators": str(len(frame)),
        "denominators_long": str(len(long)),
        "denominators_gappy": str(len(gappy)),
        "context_missing": str(int(long["missing"].map(len).sum())),
        "retail_years": ranges(held["online_retail_total", "CN"]),
        "parcel_years": ranges(held["express_parcels", "CN"]),
    }
