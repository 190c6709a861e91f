"""Remarks that an analyst writes beside printed figures: small tables in remarks/, words and the ids they are about.

They are no data (nothing is computed from them) and change without a release. A page asks for its table each time
that it is drawn, so that a change of the table is a change of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.dataset.files import read_rows
from analysis.errors import InputError

FOLDER = Path(__file__).with_name("remarks")


def remarks(
    name: str, columns: Sequence[str], *, key: str | None = None, folder: Path = FOLDER
) -> list[dict[str, str]]:
    """Return the rows of `remarks/<name>.csv`, column -> text (blank is ""), in the file's order.

    `key` is a column in which every row has a text of its own.

    Raises
    ------
    InputError
        If the file is missing or no CSV, its columns are others, a row has too few or too many cells, or a key is
        blank or stands twice.
    """
    path = folder / f"{name}.csv"
    lines = read_rows(path)
    _, header = next(lines, (0, []))
    if header != list(columns):
        raise InputError(
            f"{path.name}: the columns are {', '.join(header)}; they must be {', '.join(columns)}."
        )
    found: list[dict[str, str]] = []
    seen: set[str] = set()
    for line, cells in lines:
        if len(cells) != len(header):
            raise InputError(
                f"{path.name}, line {line}: {len(cells)} cells where the header has {len(header)}; "
                "quote a cell that holds a comma."
            )
        row = dict(zip(header, cells, strict=True))
        if key and not row[key].strip():
            raise InputError(f"{path.name}, line {line}: {key} is blank; each row needs one.")
        if key and row[key] in seen:
            raise InputError(f"{path.name}, line {line}: {key} {row[key]!r} stands twice; keep one row.")
        seen.add(row[key] if key else "")
        found.append(row)
    return found
