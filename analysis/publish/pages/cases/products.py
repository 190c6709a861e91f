"""What was copied: cases by kind of goods."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import MIRROR_NOTE, SMALL, case_rows, source_of, stacked

PRODUCT_WORDS = {
    "books_media": "books and media",
    "auto_parts": "car parts",
    "home_appliances": "home appliances",
}


def by_product(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by kind of goods, most first, own and mirror; a case with several kinds counts in each."""
    parts = frame.assign(kind=frame["product"].str.split(";")).explode("kind")
    counts = pd.crosstab(parts["kind"], parts["mirror"]).reindex(columns=[False, True], fill_value=0)
    counts = counts.set_axis(["own", "mirror"], axis=1)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    ranked = counts.loc[
        [*(name for name in order if name != "other"), *(name for name in order if name == "other")]
    ]
    return ranked.rename(index=lambda name: PRODUCT_WORDS.get(name, name))


def products_chart(dataset: Dataset) -> Chart:
    """Draw the cases by kind of goods, those known from mirrors only hatched."""
    frame = case_rows(dataset)
    counts = by_product(frame)
    figure, axes = style.subplots(size=(5.8, 5.6))
    stacked(axes, counts["own"], counts["mirror"], wide=True)
    total = counts.sum(axis=1)
    bars = list(zip(counts.index.astype(str), total.astype(int), counts["mirror"].astype(int), strict=True))
    for row, (_, count, mirror) in enumerate(bars):
        axes.text(count + 0.6, row, f"{count} ({mirror})", va="center", fontsize=SMALL + 0.5)
    axes.invert_yaxis()
    axes.set_xlim(0, total.max() * 1.18)
    axes.set_xlabel("cases (of which mirror copies only)")
    axes.grid(visible=False)
    axes.xaxis.grid(visible=True)
    several = int(frame["product"].str.contains(";").sum())
    first, first_own = (str(part.drop("other", errors="ignore").idxmax()) for part in (total, counts["own"]))
    tail = "with or without the mirror copies" if first == first_own else f"without mirror copies {first_own}"
    return Chart(
        name="cases-products",
        figure=style.finish(figure),
        title=f"{first.capitalize()} leads, {tail}",
        alt="Bars of cases by kind of goods, with those from mirror copies only in brackets: "
        + ", ".join(f"{name} {count} ({mirror})" for name, count, mirror in bars)
        + ".",
        note=f"Cases by kind of goods; {several} cases name several kinds and count in each, so the bars add to more "
        f"than the cases. {MIRROR_NOTE}",
        source=source_of(dataset, frame),
    )
