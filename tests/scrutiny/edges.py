"""Numbers of the ledger that lie on an edge, written as its page writes them: `python tests/scrutiny/edges.py`.

Years inside a two-year window are informed by exactly a half, and a half is enough. Nothing kept on disk is read: what
differs between processors would be kept as well.
"""

from __future__ import annotations

import json
import math
import sys
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import analysis  # noqa: E402
from analysis.publish.pages.ledger.wording import change, interval, probability, share  # noqa: E402
from analysis.scrutiny import ask, scrutinise  # noqa: E402
from analysis.scrutiny.question import Question  # noqa: E402
from analysis.series import definition, material, reconstruct  # noqa: E402

# series with years that have a half (found by a look at the windows of all), and hypotheses that rest on them
SERIES = ("mps-value", "saic-trademark-cases", "gacc-recordals")
HYPOTHESES = ("h-yunduan-2017-police-value", "h-longteng-2017-recordals")


@lru_cache(maxsize=64)
def made(dataset: analysis.Dataset, series_id: str, *, hedge_model: str = "default", mirrors: bool = True):
    """Reconstruct a series in the place of reading it from disk."""
    fiscal = definition(dataset, series_id).fiscal
    return reconstruct(material(dataset, series_id, mirrors=mirrors), hedge_model=hedge_model, fiscal=fiscal)


def told_of_series(dataset: analysis.Dataset, series_id: str) -> dict[str, object]:
    """Return what is told of a series: the years that have a half, and those counted."""
    found = made(dataset, series_id)
    table = found.fiscal if definition(dataset, series_id).fiscal else found.yearly
    known = table.dropna(subset=["estimate"])
    return {
        "halves": sorted(known.loc[known["informed"] == 0.5, "period"]),
        "informed": {p: f"{x:.2%}" for p, x in zip(known["period"], known["informed"], strict=True)},
        "estimates": {p: f"{x:.4g}" for p, x in zip(known["period"], known["estimate"], strict=True)},
        "conflicts": [[*row[:3], f"{row[3]:.3g}"] for row in found.conflicts.itertuples(index=False)],
    }


def told_of_question(question: Question) -> dict[str, str]:
    """Return what the ledger prints of a question that was scrutinised."""
    if not question.enough:
        return {"periods": f"{question.n_before} before, {question.n_after} after"}
    found = scrutinise(question)
    test = found.primary
    return {
        "periods": f"{question.n_before} before, {question.n_after} after",
        "estimate": interval(test),
        "p": probability(test.p),
        "smallest": change(test.detectable),
        "specifications": f"{len(found.multiverse)}, {share(found.sign_share)}, {share(found.placebo_sign_share)}",
        "significant": share(found.multiverse.share_significant),
        "placebos": f"{found.placebos.n}, {share(found.placebos.share_as_extreme)}",
        "moves": "; ".join(
            f"{row.series} {row.outlier} {change(math.exp(row.estimate))}"
            for row in found.multiverse.table.iloc[::50].itertuples()
        ),
    }


def questions(dataset: analysis.Dataset, names: tuple[str, ...] = HYPOTHESES) -> dict[str, Question]:
    """Return the questions, asked of series made here."""
    before = sys.modules["analysis.scrutiny.question"].reconstructed
    sys.modules["analysis.scrutiny.question"].reconstructed = made
    try:
        return {name: ask(dataset, name, draws=40) for name in names}
    finally:
        sys.modules["analysis.scrutiny.question"].reconstructed = before


def edges(dataset: analysis.Dataset) -> dict[str, object]:
    """Return the texts of all series and of the first hypothesis."""
    return {
        "series": {name: told_of_series(dataset, name) for name in SERIES},
        "questions": {
            name: told_of_question(one) for name, one in questions(dataset, HYPOTHESES[:1]).items()
        },
    }


def kernels() -> list[str]:
    """Return the kernels of the BLAS that this process runs."""
    from threadpoolctl import threadpool_info

    return sorted({one.get("architecture") or "" for one in threadpool_info() if one["user_api"] == "blas"})


if __name__ == "__main__":
    print(json.dumps({"kernels": kernels(), "texts": edges(analysis.load())}))
