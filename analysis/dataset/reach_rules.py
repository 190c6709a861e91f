"""What the columns reach and edition_of of measures.csv must hold beside words that exist."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.dataset.cells import RowRule
from analysis.dataset.coding_rules import REACH_CHANNELS, REACH_PLACES, REACH_SUBJECTS


def reach_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A reach names a subject, a channel and a place; an edition follows a first one that is none itself."""
    words = frame["reach"].str.split(";").map(set)
    whole = [not one - {""} or all(one & set(part) for part in _PARTS) for one in words]
    sentence = "must name at least one subject, one channel and one place, or be blank"
    yield RowRule("reach", sentence, pd.Series(whole, index=frame.index, dtype=bool))
    first = dict(zip(frame["measure_id"], frame["edition_of"], strict=True))
    fits = [not of or (of != own and not first.get(of)) for own, of in first.items()]
    sentence = "must be the first edition, which is an edition of nothing"
    yield RowRule("edition_of", sentence, pd.Series(fits, index=frame.index, dtype=bool))


_PARTS = (REACH_SUBJECTS, REACH_CHANNELS, REACH_PLACES)
