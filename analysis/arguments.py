"""What a public function asks of its arguments, checked in one place: by their type hints, before it runs.

`checked` reads the hints of a function once and refuses what does not fit them with a sentence that names the
argument. Bounds are part of the hint (`Level`, `Seed`, `Count`). What only the function can know, lengths that must
agree, say, it checks itself; `numbers`, `words` and `aligned` turn what was given into arrays, alike everywhere.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import typing
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError, shown

P = ParamSpec("P")
R = TypeVar("R")
Array = NDArray[np.float64]
Rule = Callable[[Any], str]

LARGEST = 2**63
LARGEST_SQUARED = 1e150
MOST = 1_000_000  # draws, lags, periods: more are a slip, and fill the memory before anything can be said


def between(low: float, high: float) -> Rule:
    """Return the rule that a number lies above `low` and below `high`."""
    return lambda value: "" if low < value < high else f"above {low:g} and below {high:g}"


def least(low: float, most: float = MOST) -> Rule:
    """Return the rule that a number is `low` or more, and `most` or less."""
    return lambda value: (
        f"{low:g} or more" if not value >= low else "" if value <= most else f"{most:,} or less"
    )


def above(low: float) -> Rule:
    """Return the rule that a number lies above `low`."""
    return lambda value: "" if value > low else f"above {low:g}"


def one_of(*choices: object) -> Rule:
    """Return the rule that a value is one of `choices`."""
    return lambda value: "" if value in choices else f"one of {', '.join(map(str, choices))}"


Level = Annotated[float, between(0, 1)]
Seed = Annotated[int, least(0, LARGEST)]
Count = Annotated[int, least(1)]
Year = Annotated[int, between(1, 9999)]


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that refuses arguments that its type hints do not allow.

    Raises
    ------
    InputError
        When called with an argument that does not fit; one too many or too few stays a TypeError, as Python has it.
    """
    signature = inspect.signature(function)
    hints: dict[str, Any] = {}

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if not hints:  # at the first call: by then every module is there to be named
            hints.update(typing.get_type_hints(function, include_extras=True))
        given = signature.bind(*args, **kwargs)
        for name, value in given.arguments.items():
            if name in hints:
                given.arguments[name] = fitting(hints[name], value, name)
        return function(*given.args, **given.kwargs)

    return call


def fitting(hint: Any, value: Any, name: str) -> Any:
    """Return `value` where it fits a type hint; an iterator comes back as a list, so that it can be read twice.

    Raises
    ------
    InputError
        If it does not fit.
    """
    if type(value) in _always(hint):
        return value
    if isinstance(value, Iterator):
        value = list(value)
    if value is pd.NA or value is pd.NaT:
        value = None
    if wanted := _wanted(hint, value):
        raise InputError(f"{name} must be {wanted}, not {shown(value)}.")
    return value


@functools.lru_cache(maxsize=1024)
def _always(hint: Any) -> frozenset[type]:
    """Return the types every value of which fits a hint: most arguments are told by a look at theirs."""
    if hint == ArrayLike:
        return frozenset()
    if get_origin(hint) in (Union, UnionType):
        return frozenset().union(*map(_always, _alternatives(hint)))
    plain = isinstance(hint, type) and (
        dataclasses.is_dataclass(hint) or hint in (str, bool, float, NoneType)
    )
    return frozenset((hint,)) if plain else frozenset()


def _wanted(hint: Any, value: Any) -> str:
    """Return what a hint asks for where `value` does not fit it, blank where it does."""
    if hint is Any or isinstance(hint, TypeVar):
        return ""
    if hint == ArrayLike or get_origin(hint) in (np.ndarray, NDArray):
        return _array(value)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        rules: list[Rule] = list(hint.__metadata__)
        return _wanted(parts[0], value) or next((said for rule in rules if (said := rule(value))), "")
    if origin in (Union, UnionType):
        failures = [_wanted(part, value) for part in _alternatives(hint)]
        return "" if "" in failures else " or ".join(dict.fromkeys(failures))
    if origin is Literal:
        return (
            ""
            if any(type(value) is type(part) and value == part for part in parts)
            else f"one of {', '.join(map(str, parts))}"
        )
    if origin is not None:
        return _holder(origin, parts, value)
    return _plain(hint, value)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the parts of a union; it takes in the parts of the unions in it, of which those of ArrayLike are one."""
    parts, arrays = get_args(hint), get_args(ArrayLike)
    if arrays and set(arrays) <= set(parts):  # from Python 3.12 on it is a name of its own, without parts
        return (ArrayLike, *(part for part in parts if part not in arrays))
    return parts


def _plain(hint: Any, value: Any) -> str:
    """Return what a hint without parts asks for where `value` does not fit it."""
    if hint in _SIMPLE:
        fits, words = _SIMPLE[hint]
        return "" if fits(value) else words
    if hint is pd.DataFrame:
        return _frame(value)
    return "" if isinstance(value, hint) else f"{_article(hint.__name__)} {hint.__name__}"


def _real(value: Any) -> bool:
    real = isinstance(value, int | float | np.integer | np.floating)
    return real and not isinstance(value, bool) and (isinstance(value, float) or abs(value) < LARGEST)


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and abs(int(value)) < LARGEST


def _path(value: Any) -> bool:
    return isinstance(value, Path) and "\0" not in str(value)


def _text(value: Any) -> bool:
    return isinstance(value, str)


_SIMPLE: dict[Any, tuple[Callable[[Any], bool], str]] = {
    bool: (lambda value: isinstance(value, bool | np.bool_), "True or False"),
    int: (_whole, "a whole number below 2^63"),
    float: (_real, "a number"),
    str: (_text, "text"),
    Path: (_path, "a path"),
    NoneType: (lambda value: value is None, "None"),
    Hashable: (lambda value: isinstance(value, Hashable), "a single value"),
}


def _holder(origin: Any, parts: tuple[Any, ...], value: Any) -> str:
    """Return what a hint of many values (Sequence[str], Mapping[str, float]) asks for where `value` does not fit."""
    if origin is Callable:
        return "" if callable(value) else "a function"
    if origin is pd.Series:
        return "" if isinstance(value, pd.Series) else "a pandas Series"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            return "a mapping of names to values"
        inner = next((said for one in value.values() if (said := _wanted(parts[1], one))), "")
        return inner and f"a mapping to values that are each {inner}"
    if isinstance(value, str | bytes | Mapping | pd.DataFrame) or not isinstance(value, Iterable):
        return "a list"
    unordered = isinstance(value, Set) and isinstance(origin, type) and issubclass(origin, Sequence)
    if unordered or (isinstance(value, np.ndarray) and not value.ndim):  # that is iterable in name only
        return "a list"
    inner = next((said for one in value if (said := _wanted(parts[0], one))), "")
    return inner and f"a list of values that are each {inner}"


def _array(value: Any) -> str:
    """Return what an argument of numbers or labels must be where `value` is neither."""
    if value is None or isinstance(value, str | bytes | Mapping | set | frozenset):
        return "a list of values"
    # An array of it would hold what the mask hides.
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        return "a list of values without a mask (.filled(numpy.nan) says that some are missing)"
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return "a list of values, each row as long as the others"
    if array.dtype.kind == "c" or (array.dtype == object and any(isinstance(v, complex) for v in array.flat)):
        return "real numbers without an imaginary part"
    return "a list of values, not records" if array.dtype.kind == "V" else ""


def _frame(value: Any) -> str:
    """Return what a frame must be where `value` is none, or names a column twice."""
    if not isinstance(value, pd.DataFrame):
        return "a pandas DataFrame"
    if value.columns.nlevels > 1:
        return "a frame with one row of column names"
    twice = value.columns[value.columns.duplicated()]
    return f"a frame with one column of each name ({shown(twice[0])} comes twice)" if len(twice) else ""


def _article(word: str) -> str:
    return "an" if word[0] in "AEIOU" else "a"


def numbers(values: Any, name: str, dimensions: int = 1) -> Array:
    """Return what was given as an array of floats, missing cells as NaN.

    Raises
    ------
    InputError
        If a cell is text, complex or anything else that is no number, or the array has not `dimensions`.
    """
    if wanted := _array(values):
        raise InputError(f"{name} must be {wanted}, not {shown(values)}.")
    if isinstance(values, pd.Series | pd.DataFrame | pd.Index | pd.api.extensions.ExtensionArray):
        values = np.asarray(values, dtype=object)
    array = np.asarray(values)
    if array.dtype.kind in "mM":
        raise InputError(f"{name} must be numbers, not dates.")
    if array.dtype == object:
        array = np.where(pd.isna(array), np.nan, array)
    try:
        array = array.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name} must be numbers; something in it is text or empty.") from None
    if np.any(np.isfinite(array) & (np.abs(array) > LARGEST_SQUARED)):
        raise InputError(
            f"{name} holds a number beyond {LARGEST_SQUARED:g}, whose square is none; give another unit."
        )
    if array.ndim != dimensions:
        row = {0: "one number", 1: "one row of numbers"}.get(dimensions, "rows of numbers")
        raise InputError(f"{name} must be {row}, not an array of shape {array.shape}.")
    return array


def column(cells: pd.Series) -> Array:
    """Return a column of a frame as floats, NaN where a cell is blank, complex or no number."""
    if cells.dtype.kind == "c":
        return np.full(len(cells), np.nan)
    real = (
        cells.map(lambda cell: None if isinstance(cell, complex) else cell)
        if cells.dtype == object
        else cells
    )
    return pd.to_numeric(real, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def words(cells: pd.Series, name: str) -> pd.Series[str]:
    """Return a column of names as text. Raises InputError where one is missing."""
    text = pd.Series(
        [None if _is_missing(cell) else str(cell) for cell in cells], index=cells.index, dtype=object
    )
    if text.isna().any():
        raise InputError(
            f"Row {int(text.isna().argmax()) + 1} has no {name}; give one, or leave the row out."
        )
    return text.astype(str)


def _is_missing(cell: Any) -> bool:
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def several(value: Any) -> bool:
    """Tell whether what may be one value or a list of them is a list."""
    return isinstance(value, list | tuple | pd.Series | pd.Index) or (
        isinstance(value, np.ndarray) and value.ndim > 0
    )


def aligned(values: Any, time: Any, name: str) -> Any:
    """Return `values` in the order of `time`, by label where they carry labels: a Series, or a frame by its rows.

    Labels may be those of `time` where that is a Series as well (two columns of one frame), or its periods. Without
    labels of their own (a list, an array, an index that only counts 0, 1, 2, ...) they are taken by position.

    Raises
    ------
    InputError
        If the labels are others, so that no position is certain.
    """
    if not isinstance(values, pd.Series | pd.DataFrame):
        return values
    if not isinstance(time, pd.Series | pd.DataFrame | pd.Index) and np.ndim(time) > 1:
        return values  # rows without labels of their own
    index = values.index
    if isinstance(time, pd.Series | pd.DataFrame) and len(time) == len(index):
        if index.equals(time.index):
            return values
        if _same_labels(index, time.index):
            return values.reindex(time.index)
    if isinstance(time, pd.Series | pd.Index | np.ndarray | list | tuple | range):
        periods = pd.Index(list(time))
        for own, wanted in ((index, periods), (index.map(str), periods.map(str))):
            if _same_labels(own, wanted):
                return values.set_axis(own, axis=0).reindex(wanted)
    counts = index.equals(pd.RangeIndex(len(index)))
    if counts and (not isinstance(time, pd.Series) or time.index.equals(pd.RangeIndex(len(time)))):
        return values
    raise InputError(
        f"{name} has the labels {shown(index[0] if len(index) else '')}, ..., which are not those of the "
        f"{len(time)} periods; give it the periods as its index, or its values alone ({name}.to_numpy())."
    )


def _same_labels(one: pd.Index, other: pd.Index) -> bool:
    """Tell whether two indexes hold the same labels, each once, in whatever order."""
    if len(one) != len(other) or one.nlevels != other.nlevels:
        return False
    return one.is_unique and other.is_unique and bool(one.isin(other).all())


def varies(values: Array, axis: int = -1) -> NDArray[np.bool_]:
    """Tell whether numbers differ by more than the rounding of a computer's arithmetic: 1 part in 10^12."""
    spread, size = np.ptp(values, axis=axis), np.abs(values).max(axis=axis)
    return np.asarray(spread > 1e-12 * size)
