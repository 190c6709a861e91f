"""What every study needs: seeds that do not depend on order, both cores, and tables with what made them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis.publish.studies import ROOT, TABLES, code_fingerprint, depends_on


def generator(seed: int, *names: str | int) -> np.random.Generator:
    """Return the generator of one series, by the study's seed, the scenario's name and the series' number."""
    return np.random.default_rng(
        [seed, *(zlib.crc32(name.encode()) if isinstance(name, str) else name for name in names)]
    )


def on_both_cores(task: Callable[..., Any], jobs: Iterable[tuple[Any, ...]], label: str) -> list[Any]:
    """Return task(*job) of every job in order, two at a time, with a bar of progress."""
    calls = [delayed(task)(*job) for job in jobs]
    results = Parallel(n_jobs=2, return_as="generator")(calls)
    return list(tqdm(results, total=len(calls), desc=label, mininterval=5, smoothing=0))


def write_table(name: str, table: pd.DataFrame, digits: int = 4, folder: Path = TABLES) -> None:
    """Write a tidy table with numbers to so many significant digits, so that a rerun gives the same bytes."""
    text = table.copy()
    for column in text.select_dtypes("floating"):
        text[column] = [f"{value:.{digits}g}" if np.isfinite(value) else "" for value in text[column]]
    folder.mkdir(parents=True, exist_ok=True)
    text.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def write_meta(
    name: str, *, file: str, seed: int, n: int, data: str | None = None, folder: Path = TABLES, **more: object
) -> None:
    """Write what made a table: its code by modules and SHA-256, its data's fingerprint, its seed and size."""
    files = depends_on(Path(file).resolve())
    meta: dict[str, object] = {
        "study": name,
        "seed": seed,
        "n": n,
        "data": data,
        "code": code_fingerprint(files),
        "modules": [path.relative_to(ROOT).as_posix() for path in files],
        **more,
    }
    text = json.dumps(meta, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
