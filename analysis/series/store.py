"""Results kept on disk: made once for what they are made of, read again while that is the same.

A result is told by a `Recipe`: a function, and everything that the function is given. It gets nothing else, so that
the key (`Recipe.key`) names all that can change the result: what it is given, the code that it runs through (its
syntax, see `code_fingerprint`), and the versions of Python and of the libraries that compute. A row more in one
series is another key for that series and for what rests on it; a word in a docstring is none.

A file that is damaged (see `kept_files`) is made again, with one line said: through logging (`analysis`, which the
command line shows and a chapter does not) and into `store.log` beside the files. Work is spread by joblib, so that
its backend (Dask, say) is one setting of the caller: `joblib.parallel_config`.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from filelock import FileLock, Timeout
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor
from tqdm import tqdm

from analysis.collector import look_seldom
from analysis.dataset import Dataset
from analysis.dataset.code import ROOT, code_fingerprint, depends_on
from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.series import kept_files
from analysis.series.kept_files import SUFFIX, Damaged, packed, unpacked

# Beside a checkout; an installed package may not write where it lies.
HOME = ROOT if (ROOT / "pyproject.toml").is_file() else Path.home() / ".cache" / "counting-counterfeits"
FOLDER = HOME / "_build" / "series"
LIBRARIES = ("numpy", "scipy", "pandas", "statsmodels")
PATIENCE = 2.0  # seconds after which a process that waits for another says so

R = TypeVar("R")
logger = logging.getLogger("analysis")
logger.addHandler(logging.NullHandler())  # silent unless a program asks: a chapter's stderr stops the build


@dataclass(frozen=True, eq=False)
class Recipe:
    """How a result is made: `make(*given)`, a function that workers can import, under a `name` for its file.

    `given` are frames, datasets, texts, numbers, truth values and None. Of a dataset the tables count, not its
    version or fingerprint; of a frame columns and values, not the index.
    """

    name: str
    make: Callable[..., object]
    given: tuple[object, ...]

    @cached_property
    def key(self) -> str:
        """SHA-256 over what is given, the code and the libraries, as 64 hexadecimal digits."""
        file = inspect.getsourcefile(inspect.unwrap(self.make)) or ""  # not that of `checked`, say
        words = (self.make.__qualname__, _code(file), *_libraries(), *map(_written, self.given))
        return hashlib.sha256("\n".join(words).encode()).hexdigest()

    @property
    def path(self) -> Path:
        """Where the result is kept."""
        return _path(self.name, self.key)


def kept(recipe: Recipe) -> object:
    """Return a result, from disk where it was made before, else make and keep it.

    Where it cannot be kept (a full disk, a folder that is read-only) this is said and the result returned.

    Raises
    ------
    InputError
        If the function raises one: that is a result as well, and kept.
    """
    found = found_under(recipe.name, recipe.key)
    if found is None:
        payload, fault = _make(recipe, recipe.path)
        if fault:
            _say(f"{fault}; it is made again where it is asked for.")
        found = unpacked(payload)  # without what it carried for the work above
    if isinstance(found, InputError):
        raise InputError(str(found))
    return found


def make_missing(recipes: Iterable[Recipe], *, label: str, progress: bool, few: int = 0) -> None:
    """Make and keep the results that are not kept yet, on every core, by one process at a time.

    Others wait, and find them made. Up to `few` missing ones are left to be made where they are asked for.

    Raises
    ------
    InputError
        If one cannot be kept.
    """
    missing = [recipe for recipe in recipes if not is_kept(recipe.name, recipe.key)]
    if len(missing) <= few:
        return
    with _alone():
        todo = [recipe for recipe in missing if not is_kept(recipe.name, recipe.key)]
        todo.sort(key=_rows, reverse=True)  # the longest first, so that all cores end together
        alike: dict[str, list[Recipe]] = {}
        for recipe in todo:  # under two names (a series, a unit of a family) it is made once
            alike.setdefault(recipe.key, []).append(recipe)
        results = Parallel(n_jobs=-1, return_as="generator")(
            delayed(_in_worker)(same[0], *(recipe.path for recipe in same)) for same in alike.values()
        )
        faults = list(tqdm(results, total=len(alike), desc=label, disable=not progress))
    if told := [fault for fault in faults if fault]:
        raise InputError(f"{told[0]}; make room or set its rights, and run again.")


def _rows(recipe: Recipe) -> int:
    """Return how many rows a recipe is given, as a guess of how long it takes."""
    return sum(len(part) for part in recipe.given if isinstance(part, pd.DataFrame))


def spread(make: Callable[..., R], parts: Iterable[tuple[object, ...]]) -> list[R]:
    """Return `make(*part)` of every part, made on every core; what that keeps lies where the caller's results do."""
    return list(Parallel(n_jobs=-1)(delayed(_at_home)(FOLDER, make, part) for part in parts))


def end_workers() -> None:
    """End the processes that make parts at once: by themselves they would first give back all that they hold."""
    get_reusable_executor().shutdown(kill_workers=True)


def _at_home(folder: Path, make: Callable[..., R], part: tuple[object, ...]) -> R:
    """Make a part in a worker."""
    global FOLDER
    FOLDER = folder
    look_seldom()
    return make(*part)


def prune() -> None:
    """Throw away what no recent state used, if no other process makes results: see `kept_files.prune`."""
    try:
        with FileLock(_lock(), timeout=0):
            kept_files.prune(FOLDER)
    except (Timeout, OSError):  # the next build will
        return


def found_under(name: str, key: str) -> object | None:
    """Return what is kept under a name and a key, None where nothing is or it is damaged (which is said).

    What is kept may be an InputError.
    """
    content = _content(name, key)
    try:
        return None if content is None else unpacked(content)
    except Damaged as error:
        _damaged(name, key, error)
        return None


def is_kept(name: str, key: str) -> bool:
    """Tell whether a whole result is kept under a name and a key."""
    return _content(name, key) is not None


def _path(name: str, key: str) -> Path:
    """Return the file of a result."""
    return FOLDER / f"{name.replace('/', '~')}-{key[:16]}{SUFFIX}"


def _content(name: str, key: str) -> bytes | None:
    """Return a kept result packed, None where there is none or it is damaged (which is said)."""
    try:
        return kept_files.read(_path(name, key), key)
    except FileNotFoundError:
        return None
    except Damaged as error:
        _damaged(name, key, error)
        return None


def _damaged(name: str, key: str, error: Damaged) -> None:
    """Say that a kept result is made again."""
    _say(f"{_path(name, key).name} in {FOLDER}: {error}; it is made again.")


def _make(recipe: Recipe, *paths: Path) -> tuple[bytes, str]:
    """Make a result and keep it in one or more places; return it packed, and why it could not be kept, else blank."""
    try:
        value = recipe.make(*recipe.given)
    except InputError as error:
        value = InputError(str(error))  # without its traceback
    payload = packed(value)
    try:
        for path in paths:
            kept_files.write(payload, path, recipe.key)
    except OSError as error:
        return payload, f"{recipe.name} cannot be kept in {paths[0].parent}: {error.strerror or error}"
    return payload, ""


def _in_worker(recipe: Recipe, *paths: Path) -> str:
    """Make one result and keep it where the caller does; return why it could not be kept, else blank.

    What it rests on is looked for, and kept, there as well.
    """
    global FOLDER
    FOLDER = paths[0].parent
    look_seldom()
    return _make(recipe, *paths)[1]


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process makes results, and keep others waiting. Raises InputError if it cannot."""
    lock = FileLock(_lock())
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            _say(f"Another process makes results in {FOLDER}; waiting for it.")
            lock.acquire()
    except OSError as error:
        raise InputError(f"Results cannot be kept in {FOLDER}: {error.strerror or error}.") from error
    try:
        yield
    finally:
        lock.release()


def _lock() -> Path:
    """Return the file that is locked by who makes results on every core."""
    return FOLDER / ".lock"


def _say(sentence: str) -> None:
    """Say a line through logging, and write it down."""
    logger.warning(sentence)
    try:
        with (FOLDER / "store.log").open("a", encoding="utf-8") as log:
            log.write(f"{pd.Timestamp.now():%Y-%m-%d %H:%M:%S} {sentence}\n")
    except OSError:
        return


_digests: dict[int, tuple[weakref.ref[pd.DataFrame], str]] = {}


def fixed_digest(table: pd.DataFrame) -> str:
    """Return the digest of a frame that nobody changes, as a dataset's table: whoever is given it asks for the same."""
    known = _digests.get(id(table))
    if known is None or known[0]() is not table:
        known = _digests[id(table)] = weakref.ref(table), _frame_digest(table)
    return known[1]


def _frame_digest(frame: pd.DataFrame) -> str:
    """Return the digest of columns and values, whatever the index."""
    return hashlib.sha256(
        repr([(str(name), _cells(one)) for name, one in frame.items()]).encode()
    ).hexdigest()


def digest(part: object) -> str:
    """Return the SHA-256 over what a function may be given, as 64 hexadecimal digits."""
    return hashlib.sha256(_written(part).encode()).hexdigest()


@lru_cache(maxsize=64)
def _code(file: str) -> str:
    """Return one hash over a source file and what it imports."""
    return code_fingerprint(depends_on(Path(file)))


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, ...]:
    """Return the versions that may change a number: Python's and those of the libraries that compute."""
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return (python, *(f"{name} {version(name)}" for name in LIBRARIES))


def _cells(column: pd.Series[Any]) -> tuple[str, bytes] | list[Any]:
    """Return the cells of a column: numbers and days as they lie in memory, all else as it is."""
    kind = column.dtype
    if isinstance(kind, np.dtype) and kind.kind in "biufM":
        return kind.str, column.to_numpy().tobytes()
    cells: list[Any] = column.array.tolist()  # words, be they categories or text
    return cells


def _written(part: object) -> str:
    """Write what a function is given as text that is the same for the same content."""
    if isinstance(part, pd.DataFrame):
        known = _digests.get(id(part))
        return known[1] if known is not None and known[0]() is part else _frame_digest(part)
    if isinstance(part, Dataset):
        return "\n".join(f"{name} {fixed_digest(part.table(name))}" for name in TABLES)
    if part is None or isinstance(part, str | int | float):
        return repr(part)
    raise TypeError(f"{type(part).__name__} cannot enter the key of a kept result")
