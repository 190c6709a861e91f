"""A first look at what could be identified: whole years before and after a measure, breaks and neighbours.

Only the years that a series covers are looked at, never a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.lines import first_year
from analysis.publish.pages.evidence import all_yearly
from analysis.publish.pages.measures.neighbours import neighbours
from analysis.series import breaks_of
from analysis.series.thresholds import FEWEST_AFTER as AFTER
from analysis.series.thresholds import FEWEST_BEFORE as BEFORE

FISCAL_MONTH = 10  # a US fiscal year begins in October of the year before


@dataclass(frozen=True)
class Covered:
    """The whole years of a series and the first years of each new counting."""

    series_id: str
    place: str
    fiscal: bool
    years: tuple[int, ...]
    breaks: tuple[int, ...]


@lru_cache(maxsize=4)
def covered(dataset: Dataset) -> tuple[Covered, ...]:
    """Return the years and breaks of every series that has whole years."""
    return tuple(
        Covered(
            key.series_id,
            key.jurisdiction[:2],
            key.fiscal,
            tuple(sorted(int(year) for year in found.table["year"])),
            tuple(
                first_year(pd.Timestamp(day), fiscal=key.fiscal)
                for day in breaks_of(dataset, key.series_id)["date"]
            ),
        )
        for found in all_yearly(dataset)
        for key in (found.definition,)
    )


def verdict(years: Sequence[int], breaks: Sequence[int], at: int) -> str:
    """Say what the years of a series leave for a measure whose first period is `at`.

    `few before` and `few after` where there are fewer than four whole years before, or three from `at` on;
    `break` where the count changed within the nearest seven of them; else `enough`.
    """
    before = [year for year in sorted(years) if year < at]
    after = [year for year in sorted(years) if year >= at]
    if len(before) < BEFORE:
        return "few before"
    if len(after) < AFTER:
        return "few after"
    first, last = before[-BEFORE], after[AFTER - 1]
    return "break" if any(first < change <= last for change in breaks) else "enough"


def first_period(year: int, month: int | None, *, fiscal: bool) -> int:
    """Return the year that a measure falls in; the US fiscal year where the series runs over fiscal years."""
    return year + int(fiscal and month is not None and month >= FISCAL_MONTH)


@lru_cache(maxsize=4)
def ledger(dataset: Dataset) -> pd.DataFrame:
    """Return the dated measures with what the series leave for them, one row a measure.

    Columns: measure_id, place, neighbours; long, enough (series with the years it takes, and those of them
    without a break), long_own and enough_own (the same, of the series of the measure's own place).
    """
    rows = []
    for measure in neighbours(dataset).to_dict("records"):
        month = None if pd.isna(measure["month"]) else int(measure["month"])
        told = [
            (
                one.place == measure["place"],
                verdict(one.years, one.breaks, first_period(measure["year"], month, fiscal=one.fiscal)),
            )
            for one in covered(dataset)
        ]
        long, enough = ("break", "enough"), ("enough",)
        rows.append(
            {
                "measure_id": measure["measure_id"],
                "place": measure["place"],
                "neighbours": measure["neighbours"],
                "long": sum(said in long for _, said in told),
                "enough": sum(said in enough for _, said in told),
                "long_own": sum(own and said in long for own, said in told),
                "enough_own": sum(own and said in enough for own, said in told),
            }
        )
    return pd.DataFrame(rows)


def registered(dataset: Dataset) -> pd.DataFrame:
    """Return the registered hypotheses with what their series leaves: hypothesis_id, verdict, neighbours.

    The years are those inside the registered span, the first period is the registered one.
    """
    known = {one.series_id: one for one in covered(dataset)}
    alone = neighbours(dataset).set_index("measure_id")["neighbours"]
    rows = []
    for row in dataset.hypotheses.to_dict("records"):
        one = known.get(row["series_id"])
        inside = [year for year in one.years if row["span_start"] <= year <= row["span_end"]] if one else []
        said = verdict(inside, one.breaks if one else (), int(row["at"][:4]))
        rows.append(
            {
                "hypothesis_id": row["hypothesis_id"],
                "verdict": said,
                "neighbours": int(alone.get(row["measure_id"], 0)),
            }
        )
    return pd.DataFrame(rows, columns=["hypothesis_id", "verdict", "neighbours"])


def steps(dataset: Dataset) -> tuple[pd.Series[int], pd.Series[int]]:
    """Return how many measures and how many hypotheses pass each question, one after the other."""
    frame, pairs = ledger(dataset), registered(dataset)
    enough_own = frame["enough_own"] > 0
    measures = {
        "in the table": len(dataset.measures),
        "begin at a known year": len(frame),
        "a long enough series of their place": int((frame["long_own"] > 0).sum()),
        "and no break in it": int(enough_own.sum()),
        "and no neighbour": int((enough_own & (frame["neighbours"] == 0)).sum()),
    }
    enough = pairs["verdict"] == "enough"
    hypotheses = {
        "registered": len(pairs),
        "series long enough": int(pairs["verdict"].isin(["break", "enough"]).sum()),
        "and no break in it": int(enough.sum()),
        "and no neighbour": int((enough & (pairs["neighbours"] == 0)).sum()),
    }
    return pd.Series(measures), pd.Series(hypotheses)


def ledger_chart(dataset: Dataset) -> Chart:
    """Draw how many measures and registered pairs pass each question of the first look."""
    measures, hypotheses = steps(dataset)
    figure, panels = style.subplots(2, 1, size=(5.8, 4.2), height_ratios=[len(measures), len(hypotheses)])
    for axes, counts, title in zip(
        panels, (measures, hypotheses), ("Measures", "Registered pairs of measure and series"), strict=True
    ):
        colors = [style.INK] + ["#7fb3c8"] * (len(counts) - 2) + [style.ORANGE]
        axes.barh(counts.index, counts, color=colors, height=0.66)
        for place, count in enumerate(counts):
            axes.text(count + 0.012 * counts.max(), place, str(count), va="center")
        axes.invert_yaxis()
        axes.set_xlim(0, counts.max() * 1.1)
        axes.set_title(title)
        axes.grid(visible=False)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    told = [
        ", ".join(f"{name} {count}" for name, count in counts.items()) for counts in (measures, hypotheses)
    ]
    return Chart(
        name="fig-measures-ledger",
        figure=style.finish(figure),
        title=f"Of {measures.iloc[0]} measures {measures.iloc[-1]} pass a first look, of {hypotheses.iloc[0]} "
        f"registered pairs {hypotheses.iloc[-1]}",
        alt=f"Two sets of bars, each shorter than the one above. Measures: {told[0]}. Pairs: {told[1]}.",
        note=f"Long enough: at least {BEFORE} whole years printed before the measure's year, {AFTER} from it on, gaps "
        "allowed. A break: what is counted changed within the nearest seven. A neighbour: a measure of the same "
        "country and instrument in the same or a neighbouring year. No value of any series is looked at.",
        source=f"Source: measures.csv, hypotheses.csv, breaks.csv and the years of {len(covered(dataset))} series. "
        f"{version_line(dataset)}",
    )
