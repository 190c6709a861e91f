"""The words of the front page's chart in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.publish import chinese
from analysis.publish.chart import Chart, Source, source_line, version_line
from analysis.publish.lines import Drawn, readings_of_all
from analysis.publish.names import names
from analysis.series import PrintedYears
from analysis.series.between_years import SINCE

NOTE = (
    "圆点为一年公布的数字，浅色竖条为其措辞所允许的范围，空心圆点为另一份不同的数字。各图单位不同。"
    "竖虚线处统计口径改变。"
)
HEADINGS = ("编号", "公布的文字", "统计期", "来源", "来源编号")


def chinese_chart(dataset: Dataset, figure: Figure, drawn: Sequence[Drawn], rose: int, fell: int) -> Chart:
    """Return the chart since 2010 with title, alternative text, note and source line in Chinese."""
    said = "；".join(in_words(one.series) for one in drawn)
    line = source_line(dataset, readings_of_all(list(drawn)))
    return Chart(
        name="since-2010-zh", figure=figure, claims=False,  # the title claims something, but with no English verb
        title=f"{SINCE}年以来的执法记录：{len(drawn)}项指标中{rose}项在现行口径内上升，{fell}项下降",
        alt=f"多幅小图，每幅一个序列。{said}。", note=NOTE,
        measure=f"各年数字，单位见各图标题，{SINCE}年起", source=_source(dataset, line),
    )  # fmt: skip


def in_words(found: PrintedYears) -> str:
    """Say a series in words for an alternative text: first, last, smallest and largest year, and rival prints."""
    table, name = found.table, names("home name", "zh")[found.definition.series_id]
    unit = names("home word", "zh")[found.definition.series_id]
    ends = table.iloc[[0, -1, int(np.argmin(table["value"])), int(np.argmax(table["value"]))]]
    told = [
        f"{chinese.year(str(row['label']))}{chinese.number(row['value'])}{unit}"
        for _, row in ends.drop_duplicates("year").iterrows()
    ]
    rivals = f"，另有{len(found.competing)}个不同的数字" if len(found.competing) else ""
    return f"{name}（{len(table)}个年度）：{'、'.join(told)}{rivals}"


def _source(dataset: Dataset, line: Source) -> Source:
    """Say where the chart's readings come from, with the rows of the English line under Chinese headings."""
    text = f"来源：{len(line.rows)}条公布的数字。{version_line(dataset, 'zh')}"
    found = Source.of(text, [dict(zip(HEADINGS, row.values(), strict=True)) for row in line.rows])
    found.caption = f"图中{len(line.rows)}条数字及其来源"
    return found
