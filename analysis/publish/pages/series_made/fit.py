"""What the fit expects of each reading of the year, and the totals of the years around it."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import marks, style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import draw_series
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
            rows, axis="printed, against what the fit expects, %", height=5.0, at=0, letters=9, width=6
        ),
        title=f"{capital(counted(int(frame['doubted'].sum()), none='no'))} of {len(frame)} readings of {YEAR} stand "
        "far from what the others leave room for",
        alt=f"Bars, one a reading. {said}.",
        note="Bar: the interval of the printed figure as a percentage above or below the fit's expectation of it (for "
        "growth, of the ratio). Orange and hollow: doubted readings, which got an error of their own.",
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
    unprinted = shown[SERIES].query("not printed")["year"]
    entered = pd.concat([reconstructed(dataset, name).observations.frame for name in (SERIES, WIDE)])
    return Chart(
        name="fig-taken-years",
        figure=style.finish(figure),
        title=f"{unprinted.max()} is printed nowhere; a total of five years, less the others, gives it a band",
        alt="Two panels of yearly boxes, from 2016. "
        + " ".join(f"{NAMES[name]}: {_in_words(found)}." for name, found in shown.items()),
        note="At the foot: how far windows inform each year, in percent. Dots: whole-year prints with their intervals, "
        f"hollow where a rival print excludes the first. {BAND_NOTE}",
        source=source_line(dataset, entered.loc[entered["window_end"].dt.year >= SINCE, "reading_id"]),
    )


def _in_words(found: pd.DataFrame) -> str:
    """List years with band and information."""
    return marks.told(
        found,
        lambda row: (
            f"{row['year']}: {number(row['estimate'], 3)}, band {between(row['lower'], row['upper'])}, "
            f"informed {written(row['informed'], '.0%')}{'' if row['printed'] else ', not printed'}"
        ),
    )
