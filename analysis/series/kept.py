"""Every series of series.csv reconstructed, kept on disk under a fingerprint of data and code.

The folder is `_build/series/<fingerprint>`; a change in data/ or in the code of this room makes another one. Work
is spread by joblib, so that its backend (Dask, say) is one setting of the caller: `joblib.parallel_config`.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import joblib
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.material import material
from analysis.series.reconstruction import Reconstruction, reconstruct

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = PACKAGE.parent / "_build" / "series"
ROOMS = ("readings", "series")


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Return one hash over the code that makes a series: this room and the one before it."""
    total = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


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
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: another process never reads half a file.
    partial = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    joblib.dump(found, partial)
    partial.replace(path)
    loaded: Reconstruction = joblib.load(path)  # without what it carried for the work above
    return loaded


def _path(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> Path:
    """Return where a reconstruction is kept."""
    return kept_file(dataset, f"{series_id}-{hedge_model}{'' if mirrors else '-no-mirrors'}")


def kept_file(dataset: Dataset, name: str) -> Path:
    """Return where something made of the series is kept: `name` must say which series and what of it."""
    total = hashlib.sha256(f"{dataset.fingerprint} {code_fingerprint()}".encode()).hexdigest()
    return FOLDER / total[:16] / f"{name}.joblib"


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
    todo = [name for name in wanted if not _path(dataset, name, hedge_model, mirrors).is_file()]
    if len(todo) > 4:
        jobs = (delayed(_outcome)(dataset, name, hedge_model, mirrors) for name in todo)
        results = Parallel(n_jobs=-1, return_as="generator")(jobs)
        for _ in tqdm(results, total=len(todo), desc=f"series ({hedge_model})", disable=not progress):
            pass
    return {name: _tried(dataset, name, hedge_model, mirrors) for name in wanted}


def _tried(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> Reconstruction | str:
    """Return a reconstruction, or the sentence that says why there is none."""
    try:
        return reconstructed(dataset, series_id, hedge_model=hedge_model, mirrors=mirrors)
    except InputError as error:
        return str(error)


def _outcome(dataset: Dataset, series_id: str, hedge_model: str, mirrors: bool) -> None:
    """Make one series in a worker; the result waits on disk."""
    _tried(dataset, series_id, hedge_model, mirrors)
