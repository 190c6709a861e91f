"""How the scopes that collectors wrote became dimensions that can be compared."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dimensions import BY_READING
from analysis.dataset.tables.evidence import DIMENSIONS
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks import draw_bars
from analysis.publish.pages.codebook.columns import filled
from analysis.publish.tables import HtmlTable, table

SHOWN = 12
KEYS = [field.name for field in DIMENSIONS if field.name not in BY_READING]


def dimension_use(dataset: Dataset) -> pd.DataFrame:
    """Return for each dimension of a scope: filled (share of readings), words (different cells)."""
    frame = dataset.readings
    rows = {
        field.name: {
            "filled": filled(frame[field.name]).mean(),
            "words": frame.loc[filled(frame[field.name]), field.name].nunique(),
        }
        for field in DIMENSIONS
        if field.name in KEYS
    }
    return pd.DataFrame(rows).T.astype({"words": int})


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
        note="A blank dimension means that the print does not restrict it, or that it does not apply.",
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
