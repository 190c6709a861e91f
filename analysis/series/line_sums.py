"""Sums of the official US table as readings: what each unit of a family has in each fiscal year."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.series.key import Definition, with_sources

COLUMNS = {"line": "lines", "USD": "msrp_usd"}  # what a series' unit is called in border_lines.csv


def line_sums(dataset: Dataset, wanted: Definition) -> pd.DataFrame:
    """Return a reading for each fiscal year in which a unit of a family has lines, in the columns of `readings_of`.

    Its id is the first line's, its locator says how many were added. A sum of prints that are exact is exact; a year
    without a line has no row, which in this table is a zero.
    """
    unit = wanted.key[wanted.by][0]
    lines = dataset.border_lines[dataset.border_lines[wanted.by].astype(str) == unit]
    rows = []
    for year, cells in ((int(str(key)), part) for key, part in lines.groupby("fiscal_year")):
        total = float(cells[COLUMNS[wanted.unit]].sum())
        rows.append(
            {
                "reading_id": cells["line_id"].iloc[0],
                "value": total,
                "as_printed": f"{total:,.0f}",
                "window_start": pd.Timestamp(year - 1, 10, 1),
                "window_end": pd.Timestamp(year, 9, 30),
                "source_id": cells["source_id"].iloc[0],
                "locator": f"{len(cells)} lines of border_lines.csv added up",
            }
        )
    blank = dict.fromkeys(dataset.readings.columns, "") | {
        "value_high": float("nan"),
        "printed_step": 1.0,
    }
    told = {
        "reporter": wanted.reporters[0],
        "jurisdiction": wanted.jurisdiction,
        "indicator": wanted.indicators[0],
        "unit": wanted.unit,
        "kind": wanted.kind,
        "hedge": "exact",
        "channel": wanted.channels[0],
        "window_basis": "printed",
        **{name: words[0] for name, words in wanted.key.items()},
    }
    frame = pd.DataFrame([blank | told | row for row in rows], columns=list(dataset.readings.columns))
    return with_sources(dataset, frame)
