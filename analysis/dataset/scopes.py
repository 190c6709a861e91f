"""The ways from collected scopes to dimensions, counted anew at each release."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.dataset.tables import TABLES

COLLECTED, COUNT = "indicator_as_collected", "readings"


def recounted(scopes: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Return scopes.csv with the readings that go each way now.

    A way is a scope as collected with the indicator and dimensions that it became. Where several rows hold one way
    (the collectors wrote another indicator), readings more or fewer are those of the row whose indicator was
    collected as it is. A way that no reading goes any more is left out; one that no row holds yet is added, its
    indicator taken as collected so.

    Parameters
    ----------
    scopes, readings
        The cells of both tables as text.
    """
    ways = [name for name in TABLES["scopes"].columns if name in readings and name != COUNT]
    left = Counter(readings[ways].itertuples(index=False, name=None))
    ways_of = list(scopes[ways].itertuples(index=False, name=None))
    plain = (scopes[COLLECTED] == scopes["indicator"]).tolist()
    # The last row of a way takes what the others leave; the plain one is the last.
    last = {ways_of[row]: row for row in sorted(range(len(scopes)), key=lambda row: (plain[row], row))}
    counts = pd.to_numeric(scopes[COUNT]).tolist()
    for row, way in enumerate(ways_of):
        if last[way] != row:
            counts[row] = min(counts[row], left[way])
            left[way] -= counts[row]
    for way, row in last.items():
        counts[row] = left.pop(way, 0)
    kept = scopes.assign(**{COUNT: [str(count) for count in counts]})
    kept = kept[kept[COUNT] != "0"]
    whole: pd.DataFrame = pd.concat([kept, _added(left, ways, scopes)], ignore_index=True)
    return whole[TABLES["scopes"].columns]


def _added(held: Counter[tuple[str, ...]], ways: list[str], scopes: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each way that no row holds, numbered on from the last one."""
    last = int(scopes[TABLES["scopes"].id].max().rpartition("-")[2]) if len(scopes) else 0
    rows = [
        dict(zip(ways, way, strict=True)) | {"scope_id": f"scope-{number:04d}", COUNT: str(count)}
        for number, (way, count) in enumerate(sorted(held.items()), start=last + 1)
    ]
    added = pd.DataFrame(rows, columns=scopes.columns, dtype="str")
    return added.assign(**{COLLECTED: added["indicator"]})
