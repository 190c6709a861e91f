"""How every public result shows itself: on one screen, as text, as a short table, and as HTML in a notebook.

A result is a frozen dataclass (`@dataclass(frozen=True, repr=False)`) that inherits `Result`, or a mapping of names
to results (`Results`). Fields are told in a line each: numbers to four digits or to the unit, tables and arrays by
their size, results inside results by their name.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

WIDTH, LINES = 100, 24  # of a screen


class Result:
    """Something the package found: `repr`, `summary` and HTML fit a screen."""

    __slots__ = ()

    def summary(self) -> pd.Series:
        """Return what is in the result, a short line for each field."""
        fields: tuple[Any, ...] = dataclasses.fields(self)  # type: ignore[arg-type]
        told = {field.name: brief(getattr(self, field.name)) for field in fields if field.repr}
        return pd.Series(told, name=type(self).__name__, dtype=object)

    def __repr__(self) -> str:
        """Return the summary as lines of text."""
        return as_text(type(self).__name__, self._lines())

    def _repr_html_(self) -> str:
        """Return the summary as a table, every character of data escaped."""
        return as_html(type(self).__name__, self._lines())

    def _lines(self) -> list[tuple[str, str]]:
        return [(str(name), brief(value)) for name, value in self.summary().items()]


class Results(dict[str, Any]):
    """Results by name: shown as the first names with a line on each, however many there are."""

    def summary(self) -> pd.Series:
        """Return one line for each result, by name."""
        return pd.Series({name: headline(one) for name, one in self.items()}, name="results", dtype=object)

    def __repr__(self) -> str:
        """Return the first names and lines, and how many more there are."""
        return as_text(self._title(), self._lines())

    def _repr_html_(self) -> str:
        """Return the first names and lines as a table, every character of data escaped."""
        return as_html(self._title(), self._lines())

    def _title(self) -> str:
        return f"{type(self).__name__} ({len(self):,})"

    def _lines(self) -> list[tuple[str, str]]:
        return [(str(name), str(said)) for name, said in self.summary().items()]


def headline(value: object) -> str:
    """Return one line on a result: its first fields that are short."""
    if not isinstance(value, Result):
        return brief(value)
    parts = [f"{name} {said}" for name, said in value._lines() if len(said) <= 24]
    return cut(f"{type(value).__name__}: {', '.join(parts[:4])}", WIDTH)


def brief(value: object) -> str:
    """Return a value in a few words: a number to four digits, a table or an array by its size."""
    for kind, words in _WORDS:
        if isinstance(value, kind):
            return cut(words(value), WIDTH)
    return cut(" ".join(str(value).split()), WIDTH)


def _of_mapping(value: Mapping[Any, Any]) -> str:
    return f"{len(value)}: {_listed(list(value))}" if value else "none"


def _of_list(value: Any) -> str:
    return _listed(list(value)) if value else "none"


def _listed(values: list[Any], most: int = 6) -> str:
    more = f" and {len(values) - most} more" if len(values) > most else ""
    return ", ".join(cut(brief(one), 40) for one in values[:most]) + more


def _of_frame(value: pd.DataFrame) -> str:
    return f"{len(value):,} rows: {_listed(list(value.columns), 12)}"


_WORDS: tuple[tuple[Any, Any], ...] = (
    (str, lambda value: " ".join(value.split())),
    (type(None), lambda _: "none"),
    (bool | np.bool_, lambda value: "yes" if value else "no"),
    (int | np.integer, str),
    (float | np.floating, lambda value: f"{value:,.0f}" if 1e3 <= abs(value) < 1e15 else f"{value:.4g}"),
    (pd.DataFrame, _of_frame),
    (pd.Series, lambda value: f"{len(value):,} values"),
    (np.ndarray, lambda value: f"array of {' by '.join(map(str, value.shape)) or 'one value'}"),
    (Mapping, _of_mapping),
    (tuple | list | set | frozenset, _of_list),
    (Result, lambda value: type(value).__name__),
    (pd.Timestamp, lambda value: f"{value:%Y-%m-%d}"),
)


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, shortened with three dots."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _shortened(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return lines that fit a screen below a title, the last one saying how many are left out."""
    room = LINES - 2
    return lines if len(lines) <= room else [*lines[:room], ("...", f"{len(lines) - room:,} more")]


def as_text(title: str, lines: list[tuple[str, str]]) -> str:
    """Return a title and its lines as text that fits a screen."""
    shown = _shortened(lines)
    wide = min(max((len(name) for name, _ in shown), default=0), 40)
    told = [
        cut(f"  {cut(_printable(name), wide):<{wide}}  {_printable(said)}".rstrip(), WIDTH)
        for name, said in shown
    ]
    return "\n".join([title, *told])


def as_html(title: str, lines: list[tuple[str, str]]) -> str:
    """Return a title and its lines as an HTML table that fits a screen."""
    rows = "".join(
        f'<tr><th scope="row">{html.escape(cut(_printable(name), 40))}</th>'
        f"<td>{html.escape(_printable(said))}</td></tr>"
        for name, said in _shortened(lines)
    )
    return f"<table><caption>{html.escape(title)}</caption><tbody>{rows}</tbody></table>"


def _printable(text: str) -> str:
    """Return a text without the characters that a terminal or a page would obey."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
