"""Words for the codes of the tables (kinds of sources, instruments, places, ...), from remarks/names.csv."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.errors import InputError
from analysis.publish.remarks import remarks
from analysis.publish.words import capital
from analysis.series.families import PART


def names(what: str, language: str = "en") -> dict[str, str]:
    """Return the words for each code of a kind (`instrument`, `source kind`, ...), in the order of their table.

    Words in another language than English stand in a table of its own, names-zh.csv.

    Raises
    ------
    InputError
        If the table has no code of this kind.
    """
    table = "names" if language == "en" else f"names-{language}"
    rows = remarks(table, ("what", "code", "words"))
    found = {row["code"]: row["words"] for row in rows if row["what"] == what}
    if not found:
        raise InputError(f"{table}.csv has no words for any {what}; add a row for each code.")
    return found


@cache
def unit_name(unit: str) -> str:
    """Return a unit of a family in words: an economy by its name, a crime or goods without the marks of their codes."""
    return capital(names("economy").get(unit, unit.replace(PART, ", ").replace("_", " ")))


@cache
def place_name(code: str) -> str:
    """Return a place in words: a country or an economy by its name, a province or a port by its code."""
    return names("place").get(code) or capital(names("economy").get(code, code))


def chinese_name(what: str, code: str) -> str:
    """Return the Chinese words for a code; where the table has none, as for most publishers abroad, the code itself."""
    return names(what, "zh").get(code, code)


def named(codes: pd.Series, what: str) -> pd.Series[str]:
    """Return the words for a column of codes.

    Raises
    ------
    InputError
        If a code has no words, since it would else drop out of what is drawn.
    """
    words = names(what)
    found: pd.Series[str] = codes.astype(str).map(words)
    if found.isna().any():
        raise InputError(f"names.csv has no words for the {what} {codes[found.isna()].iloc[0]!r}; add a row.")
    return found


def reporter_groups() -> dict[str, str]:
    """Return the group in which each reporter is shown where figures are told by who counts, from reporters.csv."""
    rows = remarks("reporters", ("group", "reporter"), key="reporter")
    return {row["reporter"]: row["group"] for row in rows}
