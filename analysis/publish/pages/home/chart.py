"""Recorded enforcement since 2010: six counts, each beside its own past and no other."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish import chinese, style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import draw_series, readings_of_all
from analysis.publish.marks import panels
from analysis.publish.marks_time import years_axis
from analysis.publish.names import names
from analysis.publish.pages.home.in_chinese import chinese_chart
from analysis.publish.pages.home.numbers import shown
from analysis.publish.words import counted
from analysis.series import between_years
from analysis.series.between_years import SINCE

NOTE = (
    "Dots: published figures; pale bars: what their wording allows; hollow: a rival figure. Dotted vertical lines: the "
    "count changed."
)


def since_2010_chart(dataset: Dataset, *, cols: int = 2, language: str = "en") -> Chart:
    """Draw the six series of the front page as small multiples, so many beside one another; words in a language."""
    rows = shown()
    titles = [row["panel"] for row in rows]
    if language == "zh":
        titles = [names("home panel", language)[row["series_id"]] for row in rows]
    height, letters = (
        (1.55, 8.5) if cols < 3 else (1.3, 7.5)
    )  # so that the briefing's first page stands alone
    figure, every = panels(titles, cols=cols, height=height, letters=letters)
    drawn = []
    for axes, row in zip(every, rows, strict=True):
        drawn.append(
            draw_series(axes, dataset, row["series_id"], color=style.PRINT, since=SINCE, banded=False)
        )
        axes.set_ylim(bottom=0)
        style.short_axis(axes, written=chinese.short if language == "zh" else style.short)
    years = [year for one in drawn for year in one.years]
    for axes in every:
        years_axis(axes, years, every=5 if cols < 3 else 10)
    factors = [between_years(dataset, row["series_id"]) for row in rows]
    rose, fell = sum(one.low > 1 for one in factors), sum(one.high < 1 for one in factors)
    if language == "zh":
        return chinese_chart(dataset, style.finish(figure), drawn, rose, fell)
    return Chart(
        name="since-2010",
        figure=style.finish(figure),
        title=(
            f"Recorded enforcement since {SINCE}: {counted(rose)} of {counted(len(rows))} counts rose within the "
            f"present way of counting, {counted(fell)} fell"
        ),
        alt=f"Small multiples, a series each. {'. '.join(one.alt for one in drawn)}.",
        measure="Counts of a year, each in the unit that its panel names",
        note=NOTE,
        source=source_line(dataset, readings_of_all(drawn)),
    )
