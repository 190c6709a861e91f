"""The ledger: every registered hypothesis with what the data can carry of it.

p is adjusted over all hypotheses whose primary specification could be fitted, identifiable or not: whoever looks
at many series looks at all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.models import Comparison
from analysis.results import Results
from analysis.rounding import above
from analysis.scrutiny.assessment import Assessment, assess
from analysis.scrutiny.extract import extract
from analysis.scrutiny.grades import Evidence, Grade, Letter, grade
from analysis.scrutiny.multiplicity import adjusted
from analysis.scrutiny.question import VARIANTS
from analysis.scrutiny.verdicts import Verdict, verdict
from analysis.series.reconstructed import make_series
from analysis.series.store import Recipe, found_under, is_kept, kept, make_missing

# What an assessment is made of.
TABLES = (
    "hypotheses", "measures", "series", "aliases", "breaks", "readings", "context", "sources", "conflicts", "vintages",
)  # fmt: skip
SERIES_VARIANTS = (("default", True), *VARIANTS.values())


@dataclass(frozen=True, repr=False, kw_only=True)
class Entry(Assessment):
    """One row of the ledger: what was found on a hypothesis, and what follows beside all the others."""

    evidence: Evidence
    grade: Grade
    verdict: Verdict
    p_bh: float
    p_by: float

    @property
    def letter(self) -> Letter:
        """The grade's letter."""
        return self.grade.letter

    @property
    def identifiable(self) -> bool:
        """Whether the grade is not D."""
        return self.letter != "D"


class Ledger(Results):
    """The ledger: its entries by the id of the hypothesis."""


@checked
@lru_cache(maxsize=4)
def ledger(dataset: Dataset, *, progress: bool = True) -> dict[str, Entry]:
    """Return every registered hypothesis, graded, by id, in the order of hypotheses.csv."""
    names = [str(name) for name in dataset.hypotheses["hypothesis_id"]]
    found = assessed(dataset, names, progress=progress)
    p = pd.Series({name: one.primary.p if one.primary else np.nan for name, one in found.items()})
    table = adjusted(p).astype(float).to_dict("index")
    return Ledger({name: graded(found[name], table[name]["bh"], table[name]["by"]) for name in names})


def graded(found: Assessment, p_bh: float, p_by: float) -> Entry:
    """Return the row of one hypothesis, graded, its p after Benjamini-Hochberg and Benjamini-Yekutieli given."""
    evidence = evidence_of(found, p_bh)
    given, test = grade(evidence), found.primary
    numbers = (test.estimate, test.lower, test.upper) if test else (np.nan, np.nan, np.nan)
    said = verdict(found.hypothesis.direction, *numbers, given.letter)
    return Entry(**vars(found), evidence=evidence, grade=given, verdict=said, p_bh=p_bh, p_by=p_by)


def evidence_of(found: Assessment, p_bh: float) -> Evidence:
    """Return what the grade is made of; a comparison's placebo units count with the placebo dates."""
    scrutiny, comparison = found.scrutiny, found.comparison
    obstacles = found.identifiability.reasons
    if scrutiny is None:
        return Evidence(False, (*obstacles, *((found.failure,) if found.failure and not obstacles else ())))
    placebos, share = scrutiny.placebos.n, scrutiny.placebos.share_as_extreme
    honest = None
    pretrend = None
    if comparison is not None:
        units = round(1 / comparison.floor) - 1 if comparison.floor else 0
        permutation = comparison.permutation
        if units > 0:
            extreme = round(permutation.p * (units + 1)) - 1
            total = placebos + units
            share = (np.nan_to_num(share) * placebos + extreme) / total
            placebos = total
        pretrend = comparison.pretrend
        honest = _excludes_zero(comparison)
    return Evidence(
        identifiable=found.identifiability.ok,
        obstacles=obstacles,
        comparison=comparison is not None,
        p_adjusted=p_bh,
        placebos=placebos,
        placebo_share=share,
        multiverse_share=scrutiny.sign_share,
        multiverse_placebo_share=scrutiny.placebo_sign_share,
        pretrend_p=pretrend,
        honest_excludes_zero=honest,
    )


def _excludes_zero(comparison: Comparison) -> bool | None:
    """Tell whether the bounds with violations as large as the largest before exclude no effect."""
    robust = comparison.robust
    if robust is None:
        return None
    row = robust.table[np.isclose(robust.table["Mbar"].astype(float), 1.0)]
    if row.empty:
        return None
    lower, upper = float(row["lower"].iloc[0]), float(row["upper"].iloc[0])
    return (
        bool(above(lower, 0, scale=1) or above(0, upper, scale=1))
        if np.isfinite([lower, upper]).all()
        else False
    )


def assessed(dataset: Dataset, names: list[str], *, progress: bool = True) -> dict[str, Assessment]:
    """Return the assessments of hypotheses by id, from disk where it was made before, in parallel where not."""
    if len(names) < len(dataset.hypotheses):
        keys = {name: _recipe(dataset, name).key for name in names}
    else:
        keys = cast("dict[str, str]", kept(Recipe("keys-of-hypotheses", keys_of, (dataset.only(TABLES),))))
    missing = [name for name in names if not is_kept(name, keys[name])]
    if missing:
        make_series(dataset, _needed(dataset, missing), SERIES_VARIANTS, progress=progress)
        recipes = [_recipe(dataset, name) for name in missing]
        make_missing(recipes, label="hypotheses", progress=progress)
    found = {name: found_under(name, keys[name]) for name in names}
    return {
        name: one if isinstance(one, Assessment) else cast(Assessment, kept(_recipe(dataset, name)))
        for name, one in found.items()
    }


def keys_of(dataset: Dataset) -> dict[str, str]:
    """Return the key of each hypothesis; kept, since to tell them anew takes seconds."""
    return {str(name): _recipe(dataset, name).key for name in dataset.hypotheses["hypothesis_id"]}


def _recipe(dataset: Dataset, hypothesis_id: str) -> Recipe:
    """Return how a hypothesis is assessed: from what reaches it alone."""
    return Recipe(hypothesis_id, assess, (extract(dataset, hypothesis_id), hypothesis_id))


def _needed(dataset: Dataset, names: list[str]) -> list[str]:
    """Return the series that hypotheses and their comparisons rest on."""
    rows = dataset.hypotheses[dataset.hypotheses["hypothesis_id"].isin(names)]
    others = rows["comparison"].str.split(";").explode()
    return sorted({*rows["series_id"], *others[others.notna() & (others != "")]})
