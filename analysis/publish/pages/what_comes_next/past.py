"""How the forecasts that earlier versions put on record fared, once their years were printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.what_comes_next.looks import METHOD_NAMES, title
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, counted, estimate
from analysis.rounding import written
from analysis.scrutiny import forecast_record
from analysis.scrutiny.forecast_record import CHOSEN, FEW, NAIVE, past_scores

NOTHING = HtmlTable("", "")  # the sentence says that none fell due


def past_sentence(dataset: Dataset) -> str:
    """Say how many forecasts of earlier versions fell due and how the chosen ones fared, or why none is scored."""
    if (dataset.forecasts["version"] == dataset.version).all():
        return "No earlier version put forecasts on record, so there is nothing to score yet."
    scored = past_scores(dataset)
    due = scored[scored["chosen"] == "yes"]
    if due.empty:
        return "Earlier versions put forecasts on record, but none of those years has been published since."
    series = due["series_id"].nunique()
    years = counted(len(due), "year", "years")
    said = (
        f"Earlier versions forecast {years} of {series} series that have been published since; the interval of the "
        f"chosen method held {counted(int(due['inside'].sum()))} of them."
    )
    if before := int(due["printed_before"].sum()):
        verb = "was" if before == 1 else "were"
        said += (
            f" Of these {counted(before)} {verb} published before, in texts that the dataset did not hold."
        )
    if series < FEW:
        said += f" With fewer than {FEW} series the scores rank no method."
    return said


def past_table(dataset: Dataset) -> HtmlTable:
    """Return the scores of earlier versions' forecasts by method, nothing where none fell due."""
    frame = forecast_record.past_table(dataset)
    if frame.empty:
        return NOTHING
    names = METHOD_NAMES | {CHOSEN: "as chosen"}
    rows = [
        {
            "method": names[row["method"].replace("_", " ")],
            "series": row["series"],
            "years": row["n"],
            "inside 80%": f"{row['coverage']:.0%}",
            "mean error, logs": written(row["mean_abs_log_error"], ".3f"),
            "to the last value's": _ratio(row, "error_to_naive"),
            "interval score": written(row["interval_score"], ".2f"),
            "to the last value's score": _ratio(row, "score_to_naive"),
        }
        for row in frame.to_dict("records")
    ]
    caption = "Forecasts of earlier versions against what was published since"
    return table(rows, caption=caption, right=list(rows[0])[1:])


def _ratio(row: Mapping[Any, Any], name: str) -> str:
    """Return a score over the last value's, blank for the last value itself and where that one is without error."""
    value = float(row[name])
    known = row["method"] != NAIVE and pd.notna(value) and value != float("inf")
    return written(value, ".2f") if known else ""


def due_table(dataset: Dataset) -> HtmlTable:
    """Return each chosen forecast that fell due beside what was printed, nothing where none did."""
    scored = past_scores(dataset)
    due = scored[scored["chosen"] == "yes"].sort_values(["series_id", "period"])
    if due.empty:
        return NOTHING
    rows = [
        {
            "series": title(dataset, row["series_id"]),
            "year": row["period"],
            "made by": row["version"],
            "forecast": estimate(row["estimate"]),
            "80% interval": between(float(written(row["lower"], ".3g")), float(written(row["upper"], ".3g"))),
            "published": estimate(row["actual"]),
            "inside": "yes" if row["inside"] else "no",
        }
        for row in due.to_dict("records")
    ]
    caption = f"The {len(rows)} chosen forecasts that fell due"
    return table(rows, caption=caption, right=("forecast", "published"), wide=True, folded=True)
