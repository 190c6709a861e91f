"""How good the fit is: what it expects of each reading of the year, the years around it, and the simulation study."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.addresses import slug
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, Source, source_line, version_line
from analysis.publish.lines import draw_series
from analysis.publish.marks_grid import draw_grid, grid_legend
from analysis.publish.marks_time import years_axis
from analysis.publish.pages.series_made.calendar import (
    COLOURS,
    NAMES,
    SERIES,
    SINCE,
    WIDE,
    YEAR,
    off,
    readings_taken,
    short_quote,
    years,
)
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, capital, counted, number, window
from analysis.rounding import written
from analysis.series import reconstructed


def expected_chart(dataset: Dataset) -> Chart:
    """Draw how far each reading of the year lies from what the fit expects of it."""
    frame = readings_taken(dataset)
    rows = frame.assign(
        quoted=[short_quote(row) for _, row in frame.iterrows()],
        window=[window(*ends) for ends in zip(frame["window_start"], frame["window_end"], strict=True)],
        hollow=frame["doubted"],
        colour=frame["doubted"].map({True: style.DOUBTED, False: style.PRINT}),
        alpha=0.5,
    )
    rows["label"] = rows["quoted"] + "\n" + rows["window"]
    rows[["low", "high"]] = [off(row) for _, row in frame.iterrows()]
    rows["value"] = (rows["low"] + rows["high"]) / 2
    said = marks.told(
        rows,
        lambda row: (
            f"{row['quoted']}, {row['window']}: {written(row['low'], '+.0f')}% to "
            f"{written(row['high'], '+.0f')}%{', doubted' if row['doubted'] else ''}"
        ),
    )
    return Chart(
        name="fig-taken-expected",
        figure=marks.rows_figure(
            rows, axis="published, against what the fit expects, %", height=5.0, at=0, letters=9, width=6
        ),
        title=f"{capital(counted(far := int(frame['doubted'].sum()), none='no'))} of {len(frame)} readings of {YEAR} "
        f"{'stands' if far == 1 else 'stand'} far from what the others leave room for",
        alt=f"Bars, one a reading. {said}.",
        measure=f"Percent above or below what the fit expects, readings of {YEAR}",
        note="Bar: the interval of the published figure as a percentage above or below the fit's expectation of it "
        "(for growth, of the ratio). Orange and hollow: doubted readings, which got an error of their own.",
        source=source_line(dataset, frame),
        frame=rows,
    )


def totals_chart(dataset: Dataset) -> Chart:
    """Draw the yearly totals of the series and of its wider neighbour, each year with its share of information."""
    figure, panels = style.subplots(2, 1, size=(style.WIDTH, 5.6), sharex=True)
    shown = {name: years(dataset, name) for name in (SERIES, WIDE)}
    for axes, (name, found) in zip(panels, shown.items(), strict=True):
        draw_series(axes, dataset, name, color=COLOURS[name], since=SINCE)
        axes.set_ylim(bottom=0)
        for _, row in found.iterrows():
            axes.annotate(
                written(row["informed"], ".0%"), (row["year"], 0), (0, 3), textcoords="offset points",
                ha="center", va="bottom", fontsize=9, color=style.TEXT, path_effects=style.HALO,
            )  # fmt: skip
        axes.set_title(NAMES[name], fontsize=10)
        axes.set_ylabel("cases")
        style.short_axis(axes)
    years_axis(panels[1], pd.concat(shown.values())["year"], every=1)
    unprinted = shown[SERIES].loc[lambda years: ~years["printed"].astype(bool), "year"]
    entered = pd.concat([reconstructed(dataset, name).observations.frame for name in (SERIES, WIDE)])
    return Chart(
        name="fig-taken-years",
        figure=style.finish(figure),
        title=f"{unprinted.max()} is published nowhere; a total of five years, less the others, gives it a band",
        alt="Two panels of yearly boxes, from 2016. "
        + " ".join(f"{NAMES[name]}: {_in_words(found)}." for name, found in shown.items()),
        measure="Cases solved a year, China's police, two scopes",
        note="At the foot: how far windows inform each year, in percent. Dots: whole-year figures with their "
        f"intervals, hollow where a rival figure excludes the first. {BAND_NOTE}",
        source=source_line(dataset, entered.loc[entered["window_end"].dt.year >= SINCE, "reading_id"]),
    )


def _in_words(found: pd.DataFrame) -> str:
    """List years with band and information."""
    return marks.told(
        found,
        lambda row: (
            f"{row['year']}: {number(row['estimate'], 3)}, band {between(row['lower'], row['upper'])}, "
            f"informed {written(row['informed'], '.0%')}{'' if row['printed'] else ', not published'}"
        ),
    )


NAME = "reconstruction"
CORRIDOR = (0.86, 0.95)
CLAIMED = 0.9
# Kinds of groups in the order drawn, with what they are called.
KINDS = {
    "all": "all",
    "scenario": "errors",
    "windows": "windows",
    "readings": "readings",
    "informed": "informed",
}
RIVALS = {
    "printed": "published years alone",
    "linear": "linear interpolation",
    "denton": "Denton",
    "chow_lin": "Chow-Lin",
}
GOAL = 0.7  # of a rival's error
# What the colours of the grid say, from the best.
NEARER = {f"under {GOAL:g}": style.GROUPS[0], f"{GOAL:g} to 1": style.PALE, "above 1": style.DOUBTED}


def measures() -> pd.DataFrame:
    """Return the study's table. Raises InputError where it was not run, or lacks what the chapter shows."""
    found = study(NAME).table
    missing = {"kind", "group", "method", "coverage", "coverage_se", "model_rms", "common_rms"} - set(found)
    if missing:
        raise InputError(f"study {NAME!r} lacks {', '.join(sorted(missing))}; run `make studies`.")
    return found


def coverage(found: pd.DataFrame) -> pd.DataFrame:
    """Return the model's rows of the kinds that are shown, in that order, with label (what a group is called)."""
    model = found[(found["method"] == "model") & found["kind"].isin(list(KINDS))]
    kind = model["kind"].map(list(KINDS).index)
    # Groups that are ranges go by their lower end, the others as the study lists them.
    low = model["group"].str.extract(r"^([\d.]+)-", expand=False).astype(float).fillna(0)
    order = pd.DataFrame({"kind": kind, "low": low}).sort_values(["kind", "low"], kind="stable").index
    rows = model.loc[order].reset_index(drop=True)
    return rows.assign(label=[_name(row) for _, row in rows.iterrows()])


def error_ratios(found: pd.DataFrame, kind: str = "windows") -> pd.DataFrame:
    """Return the model's root mean square error over each rival's: a row a group of a kind, a column a rival.

    Against printed years alone over the whole span, where a year that nobody prints takes the nearest one that is;
    against the others on the years that both estimate.
    """
    rows = found[(found["kind"] == kind) & found["method"].isin(list(RIVALS))]
    span = rows["method"] == "printed"
    own = rows["model_span_rms"].where(span, rows["model_rms"])
    other = rows["span_rms"].where(span, rows["common_rms"])
    ratios = rows.assign(ratio=own / other).pivot(index="group", columns="method", values="ratio")
    return ratios.loc[rows["group"].unique(), list(RIVALS)]


def study_chart(dataset: Dataset) -> Chart:
    """Draw coverage by group with its Monte Carlo error, and the error against that of each rival."""
    found = measures()
    shown, ratios = coverage(found), error_ratios(found)
    figure, (upper, lower) = style.subplots(
        2, 1, size=(style.WIDTH, 7.6), gridspec_kw={"height_ratios": [len(shown) + 2, 1.4 * len(ratios)]}
    )
    _draw_coverage(upper, shown)
    _draw_ratios(lower, ratios)
    whole = shown.iloc[0]
    covered = marks.told(shown, "{label}: {coverage:.1%}, Monte Carlo error {coverage_se:.1%}")
    told = [
        f"{group} windows, {name}: {row[method]:.2f}"
        for group, row in ratios.iterrows()
        for method, name in RIVALS.items()
    ]
    return Chart(
        name="fig-simulation",
        figure=style.finish(figure),
        title=f"On simulated series the 90% bands hold {whole['coverage']:.0%} of the true years",
        alt=f"Two panels. Coverage of the bands: {covered}. Error as a share of the rival's: {'; '.join(told)}.",
        measure="Percent of true years inside the bands, and error as a share of a rival's, simulated series",
        note="Above: share of 90% bands that hold the truth, of years that no exact figure gives. Bars: two Monte "
        f"Carlo standard errors, series being the clusters; shaded: {CORRIDOR[0]:.0%} to {CORRIDOR[1]:.0%}. "
        "Below: root mean square error of the log, as a share of each rival's (under 1: the reconstruction is nearer "
        "the truth). Against published years, a year without one takes the nearest.",
        source=_source(dataset, shown),
        frame=shown,
    )


def _draw_coverage(axes: Axes, shown: pd.DataFrame) -> None:
    """Draw the coverage of each group, with a gap between kinds."""
    steps = (shown["kind"] != shown["kind"].shift()).cumsum() - 1
    middle, ends = 100 * shown["coverage"], 200 * shown["coverage_se"]
    rows = shown.assign(
        place=shown.index + 0.6 * steps, value=middle, low=middle - ends, high=(middle + ends).clip(upper=100),
        colour=style.INK, alpha=0.6, address="#" + _anchors(shown),
    )  # fmt: skip
    axes.axvspan(100 * CORRIDOR[0], 100 * CORRIDOR[1], color=style.PALE, lw=0)
    marks.draw_rows(axes, rows, width=1.6)
    marks.row_axis(axes, rows["label"], letters=9, at=100 * CLAIMED)
    axes.set_yticks(rows["place"], rows["label"], fontsize=9)
    axes.set_ylim(bottom=rows["place"].max() + 0.7)
    axes.set_xlabel("true years inside the band, %")


def _draw_ratios(axes: Axes, ratios: pd.DataFrame) -> None:
    """Draw the error ratios as a grid: a row a regime of windows, a column a rival."""
    codes = pd.DataFrame(
        np.digitize(ratios, [GOAL, 1.0]).astype(float), index=ratios.index, columns=ratios.columns
    ).where(ratios.notna())
    notes = ratios.map(lambda ratio: "" if pd.isna(ratio) else f"{ratio:.2f}")
    named = codes.set_axis([f"{group} windows" for group in codes.index])
    named = named.set_axis([RIVALS[method].replace(" ", "\n", 1) for method in codes.columns], axis=1)
    leads = {
        f"{group} windows, {RIVALS[method]}": f"#study-windows-{slug(group)}-{method}"
        for group in codes.index
        for method in codes.columns
    }
    draw_grid(axes, named, colours=list(NEARER.values()), notes=notes, letters=9, leads=leads)
    axes.set_xlabel("error as a share of the rival's")
    grid_legend(axes, NEARER, cols=3)


def _source(dataset: Dataset, shown: pd.DataFrame) -> Source:
    """Say which study a chart shows, with the groups drawn behind it."""
    rows: list[dict[str, object]] = [
        {
            "group": row["label"],
            "series": number(row["series"]),
            "years": number(row["years"]),
            "coverage": _percent(row["coverage"]),
            "Monte Carlo error": _percent(row["coverage_se"]),
        }
        for _, row in shown.iterrows()
    ]
    text = (
        f"Source: simulation study of {number(shown.iloc[0]['series'])} series, seed {study(NAME).meta['seed']}. "
        f"{version_line(dataset)}"
    )
    return Source.of(text, rows, "groups of simulated series")


def _name(row: pd.Series[Any]) -> str:
    """Return what a group is called: `all series`, `3% error`, `nested windows`, `5-9 readings`."""
    kind, group = str(row["kind"]), str(row["group"]).replace("-", "\N{EN DASH}")
    if kind == "all":
        return "all series"
    if kind == "informed":
        low, high = (100 * float(end) for end in str(row["group"]).split("-"))
        return f"informed {low:.0f}\N{EN DASH}{high:.0f}%"
    return group if kind == "scenario" else f"{group} {KINDS[kind]}"


def study_table() -> HtmlTable:
    """Return the study's measures by group and method, folded."""
    rows = [
        {
            "groups by": row["kind"],
            "group": row["group"],
            "method": RIVALS.get(row["method"], "reconstruction"),
            "series": number(row["series"]),
            "years": number(row["years"]),
            "coverage": _percent(row["coverage"]),
            "Monte Carlo error": _percent(row["coverage_se"]),
            "median bias": _percent(row["bias"]),
            "median error": _percent(row["median_error"]),
            "rms error": _percent(row["rms_error"]),
            "interval score": "" if pd.isna(row["score"]) else f"{row['score']:.2f}",
        }
        for _, row in measures().iterrows()
    ]
    caption = f"The simulation study: {len(rows)} groups and methods"
    return table(
        rows, caption=caption, right=list(rows[0])[3:], wide=True, folded=True, anchors=_anchors(measures())
    )


def _anchors(found: pd.DataFrame) -> pd.Series[str]:
    """Return the ids of rows of the study's table: its kind of group, the group, the method."""
    return "study-" + found["kind"] + "-" + found["group"].astype(str).map(slug) + "-" + found["method"]


def _percent(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.1%}"
