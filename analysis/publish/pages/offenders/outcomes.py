"""Outcomes as printed: who is not charged, who goes to prison, who is fined; and punitive damages."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import rows_figure, told
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, number
from analysis.series.lookup import by_id

COLUMNS = ("label", "group", "share", "part", "whole", "add_part")
COLOURS = {"ipr": style.GROUPS[0], "all": style.REST}
WHOLE = 100  # percent
# Civil cases with punitive damages, and what they came to, by year.
PUNITIVE = (("2021", "jus-0545", ""), ("2023", "jus-0242", "jus-0244"), ("2024", "jus-0194", ""))


@lru_cache(maxsize=8)
def outcomes(dataset: Dataset) -> pd.DataFrame:
    """Return the printed outcomes: label, group, value, low, high (percent), ids."""
    rows = []
    for one in remarks("offenders-outcomes", COLUMNS, key="label"):
        ids = [one[name] for name in ("share", "part", "whole") if one[name]]
        prints = by_id(dataset, ids)
        if one["share"]:
            row = prints[one["share"]]
            value, low, high = float(row["value"]), float(row["low"]), float(row["high"])
        else:
            part, whole = float(prints[one["part"]]["value"]), float(prints[one["whole"]]["value"])
            value = low = high = WHOLE * part / (whole + (part if one["add_part"] else 0))
        rows.append({**one, "value": value, "low": low, "high": high, "ids": tuple(ids)})
    return pd.DataFrame(rows)


def outcomes_chart(dataset: Dataset) -> Chart:
    """Draw each printed share of an outcome, IPR crimes beside all crimes (percent)."""
    found = outcomes(dataset)
    ends = [between(low, high, 3) for low, high in zip(found["low"], found["high"], strict=True)]
    rows = found.assign(colour=found["group"].map(COLOURS), note=[f"{one}%" for one in ends])
    rows["left"] = rows["value"] > 80
    by_label = found.set_index("label")["value"]
    return Chart(
        name="offenders-outcomes",
        figure=rows_figure(rows, axis="percent of persons or fines", height=4.9, zero=True),
        title=f"Prosecutors dropped {by_label['Not charged, first half of 2021']:.0f} percent of persons in early 2021 "
        f"and {by_label['Not charged, 2024']:.0f} in 2024; few texts tell what courts did",
        alt=f"Rows. {told(rows, '{label} ({group}): {note}')}.",
        measure="Percent of persons or fines, by outcome, China",
        note="Blue: crimes against intellectual property, the country unless a place is named. Grey: all crimes, the "
        "country. Rows have different bases.",
        source=source_line(dataset, [one for ids in found["ids"] for one in ids]),
        frame=rows,
    )


def punitive_table(dataset: Dataset) -> HtmlTable:
    """List the civil cases with punitive damages by year, what they came to, and a case's mean."""
    rows = []
    for year, cases_id, sum_id in PUNITIVE:
        prints = by_id(dataset, [one for one in (cases_id, sum_id) if one])
        cases = prints[cases_id]
        told_ = {"year": year, "cases": number(cases["value"]), "damages, yuan": "", "yuan a case": ""}
        if sum_id:
            total = prints[sum_id]
            told_["damages, yuan"] = between(total["low"], total["high"], 3)
            told_["yuan a case"] = between(total["low"] / cases["high"], total["high"] / cases["low"], 3)
        rows.append(told_)
    return table(
        rows, caption="Civil cases with punitive damages", right=["cases", "damages, yuan", "yuan a case"]
    )
