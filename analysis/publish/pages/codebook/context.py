"""The denominators: which years of which series are held, and which are missing."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks_grid import draw_grid, grid_legend
from analysis.publish.tables import HtmlTable, table
from analysis.series.printed_years import year_of

OUTSIDE, HELD, MISSING = range(3)  # the codes of a cell
EVERY = 5  # years between two labels
SHOWN_YEARS = 3  # a denominator with fewer whole years stands in the table only


def denominators(dataset: Dataset) -> pd.DataFrame:
    """Return the denominators by series and jurisdiction, and the years held and missing between them.

    Columns: series, jurisdiction, unit, rows, basis (calendar or fiscal year, stock, or other windows), years
    (a tuple), missing (a tuple: the years between the first and the last that are not held). A stock stands
    for the year of its day; a fiscal year is the US one.
    """
    frame = dataset.context
    calendar, fiscal = year_of(frame, fiscal=False), year_of(frame, fiscal=True)
    stock = frame["window_end"].dt.year.where(frame["window_start"] == frame["window_end"]).astype("Int64")
    rows = []
    for (series, place), group in frame.groupby(["series", frame["jurisdiction"].astype(str)]):
        kinds = {"calendar year": calendar, "fiscal year": fiscal, "stock": stock}
        held = {name: sorted(set(years[group.index].dropna().astype(int))) for name, years in kinds.items()}
        basis = max(held, key=lambda name: len(held[name]))
        years = held[basis]
        rows.append(
            {
                "series": series,
                "jurisdiction": place,
                "unit": ", ".join(sorted(set(group["unit"]))),
                "rows": len(group),
                "basis": basis if years else "other windows",
                "years": tuple(years),
                "missing": tuple(sorted(set(range(years[0], years[-1] + 1)) - set(years))) if years else (),
            }
        )
    return pd.DataFrame(rows)


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
    return table(
        rows, caption=f"The {len(rows)} denominators and their gaps", right=["rows"], wide=True, folded=True
    )


def context_chart(dataset: Dataset) -> Chart:
    """Draw which years of the denominators are held and which are missing between the first and the last."""
    frame = denominators(dataset)
    frame = frame[frame["years"].map(len) >= SHOWN_YEARS]
    first, last = min(frame["years"].map(min)), max(frame["years"].map(max))
    frame = frame.assign(start=frame["years"].map(min), held=frame["years"].map(len))
    frame = frame.sort_values(["held", "start", "series"], ascending=[False, True, True])
    names = [
        f"{series.replace('_', ' ')}, {place}"
        for series, place in zip(frame["series"], frame["jurisdiction"], strict=True)
    ]
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
        note=f"Denominators with at least {SHOWN_YEARS} years, by calendar year, US fiscal year or, for stocks, the "
        "year of their day. Orange: a year missing between the first and the last; pale: outside them.",
        source=f"Source: context.csv, {len(dataset.context)} rows. {version_line(dataset)}",
    )


def context_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the denominators that the prose names."""
    frame = denominators(dataset)
    long = frame[frame["years"].map(len) >= SHOWN_YEARS]
    gappy = long[long["missing"].map(len) > 0]
    held = frame.set_index(["series", "jurisdiction"])["years"]
    return {
        "denominators": str(len(frame)),
        "denominators_long": str(len(long)),
        "denominators_gappy": str(len(gappy)),
        "context_missing": str(int(long["missing"].map(len).sum())),
        "retail_years": ranges(held["online_retail_total", "CN"]),
        "parcel_years": ranges(held["express_parcels", "CN"]),
    }
