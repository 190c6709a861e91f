"""Which years the context figures hold, and which are missing between them."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.series.whole_years import year_of


def denominators(dataset: Dataset) -> pd.DataFrame:
    """Return the denominators by series and jurisdiction, and the years held and missing between them.

    The origins of one series stand in one row. Columns: series, jurisdiction, unit, rows, basis (calendar or fiscal
    year, stock, or other windows), years (a tuple), missing (a tuple: the years between the first and the last that
    are not held). A stock stands for the year of its day; a fiscal year is the US one.
    """
    frame = dataset.context
    calendar, fiscal = year_of(frame, fiscal=False), year_of(frame, fiscal=True)
    stock = frame["window_end"].dt.year.where(frame["window_start"] == frame["window_end"]).astype("Int64")
    names = frame["series"] + frame["origin"].ne("").map({True: " by origin", False: ""})
    rows = []
    for (series, place), group in frame.groupby([names, frame["jurisdiction"].astype(str)]):
        kinds = {"calendar year": calendar, "fiscal year": fiscal, "stock": stock}
        held = {name: sorted(set(years[group.index].dropna().astype(int))) for name, years in kinds.items()}
        basis = max(held, key=lambda name: len(held[name]))
        years = held[basis]
        rows.append(
            {
                "series": series,
                "jurisdiction": place,
                "unit": ", ".join(sorted(set(group["unit"]))),
                "rows": len(group),
                "basis": basis if years else "other windows",
                "years": tuple(years),
                "missing": tuple(sorted(set(range(years[0], years[-1] + 1)) - set(years))) if years else (),
            }
        )
    return pd.DataFrame(rows)
