"""The list of numbers that are often misquoted, in "The evidence"."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.links import source_link
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import plain, quote
from analysis.series.misquoted import misquoted

ERRORS = {"quantity": "another quantity", "window": "another window", "number": "another number"}


def misquoted_table(dataset: Dataset) -> HtmlTable:
    """Return each number that is told wrongly: what it is not, what it is, where told so, which print to quote."""
    readings = dataset.readings.set_index("reading_id")
    found = misquoted(dataset)
    rows = []
    for error, words in ERRORS.items():
        for row in found[found["error"] == error].to_dict("records"):
            right = readings.loc[row["quote"]]
            print_ = f"{right['as_printed']} ({row['quote']})"
            against = [quote(readings.loc[one]) for one in row["disputed_by"].split(";") if one]
            rows.append(
                {
                    "number": row["number"],
                    "the error": words,
                    "it is not": row["is_not"],
                    "it is": row["is"],
                    "told so in": row["told_in"].replace(";", "; "),
                    "quote": source_link(dataset, str(right["source_id"]), print_),
                    "which others dispute": "; ".join(against),
                    "how it is known": plain(row["note"]),
                }
            )
    caption = f"{len(rows)} numbers that are told wrongly, and what to quote instead"
    return table(rows, caption=caption, wide=True, folded=True)
