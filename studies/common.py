"""What every study needs: seeds that do not depend on order, both cores, and tables with what made them."""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis.dataset.code import ROOT, code_fingerprint, depends_on
from analysis.publish.studies import TABLES


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


def made_by(file: str) -> dict[str, object]:
    """Return the code that a study depends on: SHA-256 and modules. Take it before the study runs."""
    files = depends_on(Path(file).resolve())
    modules = [path.relative_to(ROOT).as_posix() for path in files]
    return {"code": code_fingerprint(files), "modules": modules}


def write_meta(
    name: str,
    *,
    code: dict[str, object],
    seed: int,
    n: int,
    data: str | None = None,
    folder: Path = TABLES,
    **more: object,
) -> None:
    """Write what made a table: its code (`made_by`), its data's fingerprint, its seed and size."""
    made = {"code_of_run": code["code"], **code}
    _write(folder / f"{name}.json", {"study": name, "seed": seed, "n": n, "data": data, **made, **more})


def stamp(name: str, *, file: str, folder: Path = TABLES) -> None:
    """Put the code of today into a study's description, once a rerun sample has agreed with the stored one.

    For changes of words, names or other results: `code_of_run` still tells which code made the whole table.
    """
    path = folder / f"{name}.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    _write(path, {"code_of_run": meta["code"], **meta, **made_by(file)})


def parser(description: str, what: str, least: int) -> argparse.ArgumentParser:
    """Return what every study asks on its command line: a sample of so much of `what`, and a stamp from `least` on."""
    asked = argparse.ArgumentParser(description=description)
    asked.add_argument("--sample", type=int, default=0, metavar="N", help=f"make N {what} again and compare")
    asked.add_argument(
        "--stamp", action="store_true", help=f"with --sample {least}: if it agrees, note today's code"
    )
    return asked


def compared(name: str, differences: list[str], *, stamped: bool, file: str) -> int:
    """Say how a rerun sample stands to the stored table, note today's code if asked and it agrees; the exit code."""
    print("\n".join(differences) or "The sample agrees with the stored one.")
    if stamped and not differences:
        stamp(name, file=file)
    return int(bool(differences))


def _write(path: Path, meta: dict[str, object]) -> None:
    """Write a description."""
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
