"""Frames of a kept result that stay packed, as they were read from disk, until they are asked for.

To unpack the frames of a series takes longer than all its arrays, and most pages ask for one of them, if any.
"""

from __future__ import annotations

import pickle
from functools import cached_property
from typing import Any, ClassVar, Self, overload

import pandas as pd

from analysis.series.kept_files import PROTOCOL

_PACKED = "_packed"


class LateFrames:
    """A class of which the fields and cached frames named in `LATE` are unpacked one by one."""

    LATE: ClassVar[tuple[str, ...]] = ()

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled, each late frame packed by itself."""
        made = {name: one for name, one in self.__dict__.items() if name != _PACKED}
        packed = dict(self.__dict__.get(_PACKED, {}))
        packed |= {name: pickle.dumps(made.pop(name), PROTOCOL) for name in self.LATE if name in made}
        return made | {_PACKED: packed}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take what was pickled."""
        self.__dict__.update(state)

    def __getattr__(self, name: str) -> Any:
        """Unpack a late field. Raises AttributeError for a name that there is not."""
        if not self._is_packed(name):
            raise AttributeError(f"{type(self).__name__} has no {name}")
        found = self.__dict__[name] = pickle.loads(self.__dict__[_PACKED].pop(name))
        return found

    def _is_packed(self, name: str) -> bool:
        return name in self.__dict__.get(_PACKED, ())


class late_frame(cached_property[pd.DataFrame]):  # noqa: N801 - stands where cached_property would
    """A frame of a class with `LateFrames` that is made where it is not packed."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> pd.DataFrame: ...

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Self | pd.DataFrame:
        """Return the frame."""
        name = self.attrname
        if instance is not None and name is not None and instance._is_packed(name):
            known: pd.DataFrame = instance.__getattr__(name)
            return known
        made: pd.DataFrame = super().__get__(instance, owner)
        return made
