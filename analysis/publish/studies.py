"""Tables of the studies (folder studies/): read for a chapter, and checked against the code that made them.

A study takes minutes, so its tables are committed: `<name>.csv` the results, `<name>.json` what made them. The
description holds the seed, the sizes, the source files that the study depends on, and a SHA-256 over them, and
over the dataset where it was used. A study is current while both hashes still hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.code import ROOT, code_fingerprint
from analysis.dataset.fingerprint import fingerprint
from analysis.errors import InputError

TABLES = ROOT / "studies" / "tables"


@dataclass(frozen=True)
class Study:
    """A study's results and its description: seed, n, modules, code (SHA-256), data (fingerprint or None)."""

    name: str
    table: pd.DataFrame
    meta: dict[str, Any]


def study(name: str, folder: Path = TABLES) -> Study:
    """Read a study's table and description.

    Raises
    ------
    InputError
        If the study was not run, or one of its two files cannot be read.
    """
    table, about = folder / f"{name}.csv", folder / f"{name}.json"
    for path in (table, about):
        if not path.is_file():
            raise InputError(f"{path.name}: study {name!r} has no such table; run `make studies`.")
    try:
        meta = json.loads(about.read_text(encoding="utf-8"))
        return Study(name, pd.read_csv(table), dict(meta))
    except (ValueError, TypeError) as error:
        raise InputError(f"study {name!r} cannot be read ({error}); run `make studies`.") from error


def is_current(name: str, folder: Path = TABLES, root: Path = ROOT) -> bool:
    """Tell whether the code (and the data, if used) that made a study's table are still the same.

    Raises
    ------
    InputError
        As `study` does.
    """
    meta = study(name, folder).meta
    files = [root / module for module in meta["modules"]]
    if not all(path.is_file() for path in files):
        return False
    same_code = code_fingerprint(files, root) == meta["code"]
    return same_code and (meta["data"] is None or meta["data"] == fingerprint(root / "data"))
