"""Every series of series.csv reconstructed, kept on disk under a fingerprint of data and code.

The folder is `_build/series/<fingerprint>`; a change in data/ or in the code that makes a series makes another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path

import joblib

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.code import ROOT, code_fingerprint, depends_on
from analysis.errors import InputError
from analysis.results import Results
from analysis.series.keeping import keep, make_missing
from analysis.series.material import material
from analysis.series.reconstruction import Reconstruction, reconstruct

FOLDER = ROOT / "_build" / "series"
FEW = 4  # as many are made where they are asked for: a single series is no work for every core


@lru_cache(maxsize=1)
def series_code() -> str:
    """Return one hash over the code that makes a series."""
    return code_fingerprint(depends_on(Path(__file__)))


@checked
def reconstructed(
    dataset: Dataset, series_id: str, *, hedge_model: str = "default", mirrors: bool = True
) -> Reconstruction:
    """Return the reconstruction of a series, from disk where it was made before.

    Raises
    ------
    InputError
        If the series is unknown or its readings make no series; the sentence names it and what to try.
    """
    return _reconstructed(dataset, series_id, hedge_model, mirrors)


@lru_cache(maxsize=2048)
def _reconstructed(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> Reconstruction:
    """Look on disk, else fit and keep."""
    path = _path(dataset, series_id, hedge_model, mirrors)
    if path.is_file():
        kept: Reconstruction = joblib.load(path)
        return kept
    readings = material(dataset, series_id, mirrors=mirrors)
    try:
        found = reconstruct(readings, hedge_model=hedge_model)
    except InputError as error:
        raise InputError(f"Series {series_id!r} cannot be reconstructed: {error}") from None
    for frequency in ("monthly", "quarterly", "yearly", "fiscal", "residuals", "conflicts"):
        getattr(found, frequency)
    keep(found, path)
    loaded: Reconstruction = joblib.load(path)  # without what it carried for the work above
    return loaded


def _path(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> Path:
    """Return where a reconstruction is kept."""
    return kept_file(dataset, f"{series_id}-{hedge_model}{'' if mirrors else '-no-mirrors'}")


def kept_file(dataset: Dataset, name: str) -> Path:
    """Return where something made of the series is kept: `name` must say which series and what of it."""
    total = hashlib.sha256(f"{dataset.fingerprint} {series_code()}".encode()).hexdigest()
    return FOLDER / total[:16] / f"{name}.joblib"


@checked
def reconstruct_all(
    dataset: Dataset,
    names: Iterable[str] | None = None,
    *,
    hedge_model: str = "default",
    mirrors: bool = True,
    progress: bool = True,
) -> dict[str, Reconstruction | str]:
    """Return the reconstruction of every series (or of `names`), by id; a sentence where there can be none."""
    wanted = list(dataset.series["series_id"] if names is None else names)
    make = partial(_tried, hedge_model=hedge_model, mirrors=mirrors)
    make_missing(
        dataset,
        wanted,
        lambda name: _path(dataset, name, hedge_model, mirrors),
        make,
        label=f"series ({hedge_model})",
        progress=progress,
        few=FEW,
    )
    return Results({name: make(dataset, name) for name in wanted})


def _tried(dataset: Dataset, series_id: str, *, hedge_model: str, mirrors: bool) -> Reconstruction | str:
    """Return a reconstruction, or the sentence that says why there is none."""
    try:
        return reconstructed(dataset, series_id, hedge_model=hedge_model, mirrors=mirrors)
    except InputError as error:
        return str(error)
