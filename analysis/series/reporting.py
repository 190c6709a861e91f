"""The prior of the reporting error, by reporter: what prints that two sources give say of how figures are passed on.

Where two sources print one quantity without a hedge, they give the same figure in nearly all cases; some are off by
about a percent, few by about a tenth. `REPEATS` counts both for each reporter, and a test counts them again. Shares of
none, about one and about ten percent start from `START`, worth `WORTH` prints, and each reporter's counts are added
(the mean of a Dirichlet posterior). A series takes the mean over its readings. Where nobody is named the prior is
`mixture.TAU_PRIOR`, which was chosen for coverage.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series.bases import GROWTH

Hump = tuple[float, float, float]
START, WORTH = (0.85, 0.12, 0.03), 20.0
CENTRES, SDS = (0.001, 0.01, 0.1), (0.7, 0.6, 0.6)  # of log tau, as in `mixture.TAU_PRIOR`
EDGES = (
    0.003,
    0.03,
)  # gaps beyond rounding, on the log scale, from which they are about one, and about ten percent
# Prints repeated by another source: without a gap, about one percent apart, about ten or more. Those with no pair apart
# and fewer than five repeats are not worth their line.
REPEATS: dict[str, tuple[int, int, int]] = {
    "Alibaba": (52, 0, 2),
    "BelgianCustoms": (0, 1, 0),
    "CBP": (58, 0, 0),
    "CNIPA": (6, 0, 1),
    "EC": (35, 0, 0),
    "EUIPO": (6, 0, 0),
    "GACC": (31, 0, 0),
    "JapanCustoms": (71, 0, 0),
    "KoreaCustoms": (8, 0, 0),
    "LuxembourgCustoms": (0, 1, 0),
    "MPS": (38, 0, 5),
    "NCAC": (16, 0, 0),
    "NLG": (7, 0, 0),
    "OECD": (5, 0, 0),
    "SAIC": (8, 0, 0),
    "SPC": (15, 0, 0),
    "SPP": (27, 0, 2),
}


def tau_prior_of(frame: pd.DataFrame) -> tuple[Hump, ...] | None:
    """Return the prior of the reporting error of readings with a column `reporter`: share, centre, sd; else None."""
    if "reporter" not in frame:
        return None
    names = frame["reporter"].astype(str)
    counts = np.array([REPEATS.get(name, (0, 0, 0)) for name in names], dtype=float)
    shares = (np.array(START) * WORTH + counts) / (WORTH + counts.sum(axis=1, keepdims=True))
    return tuple(zip(shares.mean(axis=0).tolist(), CENTRES, SDS, strict=True))


def repeats(dataset: Dataset, groups: list[pd.DataFrame]) -> dict[str, tuple[int, int, int]]:
    """Return the counts of `REPEATS` by reporter.

    `groups` are the readings of series, as `material` gives them; a pair counts once. Pairs that a verdict calls two
    quantities never meet in a series, and what a later edition revised, or a verdict rejects, is left out.

    Raises
    ------
    InputError
        If there is no reading.
    """
    if not groups:
        raise InputError(
            "There are no readings to count repeats of; give the material of one series at least."
        )
    found: dict[str, list[int]] = {}
    reporters = dataset.readings.set_index("reading_id")["reporter"].astype(str)
    for name in reporters.reindex(dataset.readings_sources["reading_id"]).dropna():
        found.setdefault(name, [0, 0, 0])[0] += 1
    seen: set[tuple[str, str]] = set()
    for readings in groups:
        for pair, reporter, gap in _gaps(readings):
            if pair not in seen:
                seen.add(pair)
                found.setdefault(reporter, [0, 0, 0])[int(np.searchsorted(EDGES, gap))] += 1
    return {
        name: (same, one, ten) for name, (same, one, ten) in sorted(found.items()) if one + ten or same >= 5
    }


def _gaps(readings: pd.DataFrame) -> list[tuple[tuple[str, str], str, float]]:
    """Return the pairs of unhedged prints of one window by two sources: ids, reporter, gap beyond rounding."""
    firm = (readings["hedge"] == "exact") & ~readings["kind"].isin(GROWTH) & (readings["value"] > 0)
    told = readings[firm & ~readings["rejected"]]
    told = told.join(intervals(told)[["low", "high"]])
    found = []
    for _, prints in told.groupby(
        ["window_start", "window_end", "kind", "unit"], observed=True, dropna=False
    ):
        for a, b in combinations(prints.to_dict("records"), 2):
            if a["source_id"] != b["source_id"]:
                low, high = max(a["low"], b["low"]), min(a["high"], b["high"])
                ids = sorted((str(a["reading_id"]), str(b["reading_id"])))
                found.append(((ids[0], ids[1]), str(a["reporter"]), max(0.0, float(np.log(low / high)))))
    return found
