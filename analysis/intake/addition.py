"""What is to be added to the record: rows as text, chosen by a person or prepared in a CSV, with their source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.files import check_header, read_rows
from analysis.dataset.tables import TABLES
from analysis.errors import InputError, shown
from analysis.intake.proposal import BESIDE, PASSED_OVER, Proposal

READINGS, SOURCES = TABLES["readings"], TABLES["sources"]
NUMBERS = ("value", "value_high", "printed_step")
WORDS_IN_ID = 4


@dataclass(frozen=True)
class Addition:
    """Rows for the tables: `readings` without ids or sources, `repeats` (a reading's id, as printed there), a source.

    `source` holds the cells of a row of sources.csv; where it is there already, it is named and not written again.
    """

    readings: pd.DataFrame
    repeats: tuple[tuple[str, str], ...]
    source: dict[str, str]


def prepared(path: str | Path, published: date, language: str) -> Proposal:
    """Return the rows of a prepared CSV, in the columns of readings.csv, as proposals.

    Raises
    ------
    InputError
        The file cannot be read, its columns are others, it holds no row, or a value is no number.
    """
    place = Path(path)
    lines = list(read_rows(place))
    header, body = (lines[0][1] if lines else [""]), [cells for _, cells in lines[1:]]
    if wrong := check_header(READINGS, header):
        raise InputError(
            f"{place.name} has not the columns of readings.csv: {'; '.join(wrong[:3])}; take its header as a pattern."
        )
    for line, cells in lines[1:]:
        if len(cells) != len(header):
            raise InputError(
                f"{place.name}, line {line}: {len(cells)} cells where the header has {len(header)}."
            )
    if not body:
        raise InputError(f"{place.name} holds no row; give at least one figure below its header.")
    frame = pd.DataFrame(body, columns=header, dtype=object)
    for name in NUMBERS:
        numbers = pd.to_numeric(frame[name].where(frame[name] != ""), errors="coerce")
        wrong_rows = frame.index[numbers.isna() & (frame[name] != "")]
        if len(wrong_rows) or (name == "value" and numbers.isna().any()):
            row = wrong_rows[0] if len(wrong_rows) else frame.index[numbers.isna()][0]
            raise InputError(
                f"{place.name}, row {row + 1}, column {name}: {shown(frame[name][row])} is no number; "
                "write it in base units, without separators."
            )
        frame[name] = numbers
    beside = {"span_start": 0, "span_end": 0, "confidence": 1.0}
    frame = frame.assign(**beside, reasons=pd.Series([{} for _ in body], dtype=object))
    empty = pd.DataFrame(columns=list(PASSED_OVER))
    return Proposal(frame[[*READINGS.columns, *BESIDE]], empty, published, language)


def source_row(dataset: Dataset, given: dict[str, str], published: date) -> dict[str, str]:
    """Return the row of the source: one that the record has, by id or address, or a new one.

    Parameters
    ----------
    dataset
        The record.
    given
        Cells of sources.csv; title and publisher are needed where the source is new.
    published
        The text's date.

    Raises
    ------
    InputError
        Title or publisher is missing.
    """
    sources = dataset.sources.astype(str)
    known = sources["source_id"] == given.get("source_id", "")
    if url := given.get("url", ""):
        known |= sources["url"] == url
    if known.any():
        return {str(name): str(cell) for name, cell in sources[known].iloc[0].items()}
    for name in ("title", "publisher"):
        if not given.get(name, "").strip():
            raise InputError(
                f"The source is not in sources.csv, and its {name} is missing; give --{name}, or the --source-id of "
                "one that is there."
            )
    row = dict.fromkeys(SOURCES.columns, "") | {
        "kind": "news",
        "tier": "secondary",
        "published": f"{published}",
    }
    row |= {name: cell for name, cell in given.items() if cell}
    if not row["source_id"]:
        taken = set(sources["source_id"])
        stem = "-".join([_slug(row["publisher"], 1), f"{published}", _slug(row["title"], WORDS_IN_ID)])
        names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
        row["source_id"] = next(name for name in names if name not in taken)
    return row


def _slug(text: str, most: int) -> str:
    """Return the first words of a text as an id has them."""
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words[:most]) or "text"


def numbered(dataset: Dataset, rows: pd.DataFrame, source_id: str) -> pd.DataFrame:
    """Return rows of readings.csv as text, with the next ids (`add-0001`) where they have none, and their source."""
    known = {*dataset.readings["reading_id"].astype(str), *dataset.aliases["alias_id"].astype(str)}
    own = [one for one in known if re.fullmatch(r"add-\d+", one)]
    last = max((int(one.partition("-")[2]) for one in own), default=0)
    text = rows[READINGS.columns].astype(object).map(cell_text).reset_index(drop=True)
    ids = []
    for given in text["reading_id"]:
        last += not given
        ids.append(given or f"add-{last:04d}")
    return text.assign(reading_id=ids, source_id=text["source_id"].where(text["source_id"] != "", source_id))


def cell_text(value: object) -> str:
    """Return a cell as the tables hold it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
