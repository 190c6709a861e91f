"""How far two readers of the measures agree on what each can touch, both by the written rule of the codebook.

The second reader had the rule and each measure's own row without its codes, and saw no series. The codes of both stand
as they were in `studies/known_truth/second_reach.csv`, with the second reader's doubts. Agreement beyond chance is the
kappa of Cohen (1960, doi 10.1177/001316446002000104).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.code import ROOT
from analysis.dataset.coding_rules import REACH, REACH_CHANNELS, REACH_PLACES, REACH_SUBJECTS
from analysis.errors import InputError
from analysis.scrutiny.bundles import bundles
from analysis.scrutiny.reach import overlap, reach_of_measure, reach_of_series
from analysis.series import definition, every_series

READINGS = ROOT / "studies" / "known_truth" / "second_reach.csv"
PARTS = {"subject": REACH_SUBJECTS, "channel": REACH_CHANNELS, "place": REACH_PLACES}
TOUCHED = "measure and series"


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa of two readers' words for the same things: agreement beyond that of chance.

    kappa = (p - e) / (1 - e): p is the share on which they agree, e the share on which they would if each gave words as
    often as he does, but at random. NaN where both give one word throughout.

    Raises
    ------
    InputError
        If the readers did not read the same number of things, or none.
    """
    if len(first) != len(second) or not len(first):
        raise InputError(
            f"Two readers read {len(first)} and {len(second)} things; give both readings of each."
        )
    n = len(first)
    agreed = sum(one == other for one, other in zip(first, second, strict=True)) / n
    counts = Counter(first), Counter(second)
    chance = sum(counts[0][word] * counts[1][word] for word in counts[0]) / n**2
    return (agreed - chance) / (1 - chance) if chance < 1 else float("nan")


def second_reading(path: Path = READINGS) -> pd.DataFrame:
    """Return both readings of every measure: measure_id, first, second (words joined by a semicolon), doubt."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def examples() -> frozenset[str]:
    """Return the measures that the written rule names, as what a word takes or does not take."""
    counters = (rule.counter.split(",")[0].split(":")[0] for rule in REACH.values())
    return frozenset((*(rule.example for rule in REACH.values()), *counters))


@lru_cache(maxsize=2)
def reach_agreement(dataset: Dataset) -> pd.DataFrame:
    """Return how far the two readings agree: columns n, agreed (a share) and kappa.

    Measures that the rule names as examples are left out: of these the second reader knew a word of the first. Rows:
    subject, channel and place, where a measure is agreed on if both readers give it the same set of words of that
    kind; and `TOUCHED`, all pairs of a measure and a series, agreed on if both reach it or neither does (`overlap`).
    """
    codes = second_reading()
    codes = codes[~codes["measure_id"].isin(examples())]
    found = {}
    for part, words in PARTS.items():
        sets = [
            [frozenset(cell.split(";")) & set(words) for cell in codes[reader]]
            for reader in ("first", "second")
        ]
        found[part] = _agreed(*sets)
    counted = [reach_of_series(definition(dataset, name)) for name in every_series(dataset)]
    pairs = [
        [overlap(reach, one) for reach in map(reach_of_measure, codes[reader]) for one in counted]
        for reader in ("first", "second")
    ]
    found[TOUCHED] = _agreed(*pairs)
    return pd.DataFrame.from_dict(found, orient="index", columns=["n", "agreed", "kappa"])


def _agreed(first: Sequence[Hashable], second: Sequence[Hashable]) -> tuple[int, float, float]:
    """Return how many things two readers read, the share on which they agree, and kappa."""
    alike = [one == other for one, other in zip(first, second, strict=True)]
    return len(alike), float(np.mean(alike)), kappa(first, second)


@lru_cache(maxsize=2)
def common_rivals(dataset: Dataset) -> pd.Series[float]:
    """Return of every bundle the share of its measures, beginning with it or close by, that both readings give it.

    Of those that either gives; 1 where the lists are the same.
    """
    codes = second_reading().set_index("measure_id")
    read = []
    for reader in ("first", "second"):
        rows = dataset.measures.assign(reach=dataset.measures["measure_id"].astype(str).map(codes[reader]))
        # Other rows than those of a release bear neither its version nor its fingerprint.
        other = replace(dataset, path=Path(), version="", released="", fingerprint="", measures=rows)
        read.append({name: {*one.measures, *one.near} for name, one in bundles(other).items()})
    first, second = read
    return pd.Series(
        {name: len(held & second[name]) / len(held | second[name]) for name, held in first.items()}
    )
