"""The ledger: every registered hypothesis with what the data can carry of it.

p is adjusted over all hypotheses whose primary specification could be fitted, identifiable or not: whoever looks
at many series looks at all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.code import code_fingerprint, depends_on
from analysis.models import Comparison
from analysis.rounding import above
from analysis.scrutiny.ask import VARIANTS
from analysis.scrutiny.assessment import Assessment, assess
from analysis.scrutiny.grades import Evidence, Grade, grade
from analysis.scrutiny.multiplicity import adjusted
from analysis.scrutiny.verdicts import Verdict, verdict
from analysis.series.keeping import keep, make_missing
from analysis.series.kept import kept_file, reconstruct_all


@dataclass(frozen=True)
class Entry:
    """One row of the ledger with everything behind it."""

    assessment: Assessment
    evidence: Evidence
    grade: Grade
    verdict: Verdict
    p_bh: float
    p_by: float


@lru_cache(maxsize=4)
def ledger(dataset: Dataset, *, progress: bool = True) -> dict[str, Entry]:
    """Return every registered hypothesis, graded, by id, in the order of hypotheses.csv."""
    names = [str(name) for name in dataset.hypotheses["hypothesis_id"]]
    found = _assessed(dataset, names, progress)
    p = pd.Series({name: one.scrutiny.primary.p if one.scrutiny else np.nan for name, one in found.items()})
    table = adjusted(p)
    directions = dataset.hypotheses.set_index("hypothesis_id")["direction"].astype(str)
    return {
        name: _entry(
            found[name], directions[name], float(table["bh"].loc[name]), float(table["by"].loc[name])
        )
        for name in names
    }


def _entry(found: Assessment, direction: str, p_bh: float, p_by: float) -> Entry:
    """Return the graded row of one hypothesis."""
    evidence = evidence_of(found, p_bh)
    graded = grade(evidence)
    test = found.scrutiny.primary if found.scrutiny else None
    numbers = (test.estimate, test.lower, test.upper) if test else (np.nan, np.nan, np.nan)
    return Entry(found, evidence, graded, verdict(direction, *numbers, graded.letter), p_bh, p_by)


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


def _assessed(dataset: Dataset, names: list[str], progress: bool) -> dict[str, Assessment]:
    """Return every assessment, from disk where it was made before, in parallel where not."""
    missing = [name for name in names if not _path(dataset, name).is_file()]
    if missing:
        series = _needed(dataset, missing)
        reconstruct_all(dataset, series, progress=progress)
        for model, mirrors in VARIANTS.values():
            reconstruct_all(dataset, series, hedge_model=model, mirrors=mirrors, progress=progress)
    make_missing(
        dataset, names, lambda name: _path(dataset, name), _kept, label="hypotheses", progress=progress
    )
    return {name: joblib.load(_path(dataset, name)) for name in names}


def _needed(dataset: Dataset, names: list[str]) -> list[str]:
    """Return the series that hypotheses and their comparisons rest on."""
    rows = dataset.hypotheses[dataset.hypotheses["hypothesis_id"].isin(names)]
    others = rows["comparison"].str.split(";").explode()
    return sorted({*rows["series_id"], *others[others.notna() & (others != "")]})


def _kept(dataset: Dataset, hypothesis_id: str) -> None:
    """Assess one hypothesis and keep it on disk."""
    keep(assess(dataset, hypothesis_id), _path(dataset, hypothesis_id))


def _path(dataset: Dataset, hypothesis_id: str) -> Path:
    """Return where an assessment is kept: under the fingerprints of data, series and the code here."""
    return kept_file(dataset, f"{hypothesis_id}-{_code()[:16]}")


@lru_cache(maxsize=1)
def _code() -> str:
    """Return one hash over the code that assesses."""
    return code_fingerprint(depends_on(Path(__file__)))
