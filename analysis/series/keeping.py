"""How results are kept on disk: made by one process at a time on every core, written whole or not at all.

Work is spread by joblib, so that its backend (Dask, say) is one setting of the caller: `joblib.parallel_config`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import joblib
from filelock import FileLock
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis.dataset import Dataset

_COPIES: dict[str, Dataset] = {}


def keep(value: object, path: Path) -> None:
    """Write a result beside its place and move it there: another process never reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    joblib.dump(value, partial)
    partial.replace(path)


def make_missing(
    dataset: Dataset,
    names: Iterable[str],
    path: Callable[[str], Path],
    make: Callable[[Dataset, str], object],
    *,
    label: str,
    progress: bool,
    few: int = 0,
) -> None:
    """Call `make(dataset, name)` for each name whose `path` has no file yet, on every core.

    One process at a time does so; others wait and find the files made. Up to `few` missing ones are left to be
    made where they are asked for. `make` keeps its result itself, and must be a function that workers can import.
    """
    wanted = list(names)

    def missing() -> list[str]:
        return [name for name in wanted if not path(name).is_file()]

    if len(missing()) <= few:
        return
    lock = path(wanted[0]).parent.parent / ".lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        todo = missing()
        results = Parallel(n_jobs=-1, return_as="generator")(
            delayed(_in_worker)(make, dataset, name) for name in todo
        )
        for _ in tqdm(results, total=len(todo), desc=label, disable=not progress):
            pass


def _in_worker(make: Callable[[Dataset, str], object], dataset: Dataset, name: str) -> None:
    """Make one result; of a dataset the first copy that this worker was sent is used, the others are let go."""
    make(_COPIES.setdefault(dataset.fingerprint, dataset), name)
