"""Every series of series.csv reconstructed, kept on disk under a fingerprint of data and code.

The folder is `_build/series/<fingerprint>`; a change in data/ or in the code of this room makes another one. Work
is spread by joblib, so that its backend (Dask, say) is one setting of the caller: `joblib.parallel_config`.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import joblib
from filelock import FileLock
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis.dataset import Dataset
from analysis.dataset.code import ROOT, code_fingerprint, depends_on
from analysis.errors import InputError
from analysis.series.material import material
from analysis.series.reconstruction import Reconstruction, reconstruct

FOLDER = ROOT / "_build" / "series"


@lru_cache(maxsize=1)
def series_code() -> str:
    """Return one hash over the code that makes a series."""
    return code_fingerprint(depends_on(Path(__file__)))


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
    total = hashlib.sha256(f"{dataset.fingerprint} {series_code()}".encode()).hexdigest()
    return FOLDER / total[:16] / f"{name}.joblib"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process at a time make what is kept, on every core; others wait and find it made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with FileLock(FOLDER / ".lock"):
        yield


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

    def missing() -> list[str]:
        return [name for name in wanted if not _path(dataset, name, hedge_model, mirrors).is_file()]

    if len(missing()) > 4:  # a few are made where they are asked for
        with one_at_a_time():
            todo = missing()
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
    _tried(one_copy(dataset), series_id, hedge_model, mirrors)


_COPIES: dict[str, Dataset] = {}


def one_copy(dataset: Dataset) -> Dataset:
    """Return the first copy of a dataset that this worker was sent, so that later ones can be let go."""
    return _COPIES.setdefault(dataset.fingerprint, dataset)
