"""Add rows to the record: in a copy, validated and released as the next patch, and moved into place together.

Until the last step nothing outside the copy is touched; the last step puts back what it moved where it is broken off.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.dataset import Dataset, load
from analysis.dataset.failure import Failure
from analysis.dataset.files import read_strings
from analysis.dataset.moving import move_together
from analysis.dataset.release import MADE, WRITTEN, release
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.dataset.versions import recorded
from analysis.errors import InputError, cause
from analysis.intake.addition import Addition, numbered
from analysis.intake.effects import effect_words
from analysis.intake.moves import Moves, moves
from analysis.readings.agreement import unexplained
from analysis.readings.words import counted
from analysis.series.memberships import memberships

CHANGELOG, CITATION = "CHANGELOG.md", "CITATION.cff"
ADDED = ("sources.csv", "readings.csv", "readings_sources.csv")
TOLD = 5  # failures that the sentence of a refusal names


@dataclass(frozen=True)
class Added:
    """What was written: version, fingerprint, the readings' ids, the source's, what moved, the draft of the changelog.

    `written` tells whether it was: not where it was only tried, or declined.
    """

    version: str
    fingerprint: str
    readings: tuple[str, ...]
    source_id: str
    moves: Moves
    entry: str
    written: bool


def add(
    folder: Path,
    addition: Addition,
    *,
    confirm: Callable[[Moves], bool] = lambda _: True,
    findings: Callable[[Dataset, Dataset], tuple[tuple[str, str, str], ...]] | None = None,
    today: dt.date | None = None,
) -> Added:
    """Write an addition into the tables of a folder as the next patch, with the draft of its entry in the changelog.

    Parameters
    ----------
    folder
        The data folder; where CHANGELOG.md and CITATION.cff stand beside it, they follow.
    addition
        The rows.
    confirm
        Asked with what would move, before anything is written; where it declines, nothing is.
    findings
        Tells which findings change, given the record before and after (a later room's).
    today
        The day of the version; that of the last version where it is later.

    Raises
    ------
    InputError
        Nothing is added, a row breaks a rule, or a file cannot be written; nothing is changed then.
    """
    if addition.readings.empty and not addition.repeats:
        raise InputError("Nothing was chosen, so nothing was changed; accept at least one figure.")
    old = load(folder)
    try:
        with _copy(folder) as staged:
            ids = _written(staged, old, addition)
            _refuse(staged)
            version, day = _next(folder, today or dt.date.today())
            note = _note(ids, addition)
            print_ = release(version, day, note, staged, memberships=memberships)
            new = load(staged)
            moved = moves(old, new)
            if findings:
                moved = replace(moved, findings=findings(old, new))
            entry = _entry(version, day, print_, note, moved)
            done = Added(version, print_, ids, addition.source["source_id"], moved, entry, confirm(moved))
            if done.written:
                _into_place(staged, folder, version, day, entry)
    except OSError as error:
        raise InputError(f"The rows cannot be added: {cause(error)}; nothing was changed.") from None
    return done


@contextmanager
def _copy(folder: Path) -> Iterator[Path]:
    """Yield a copy of the data folder beside it, with the files that follow it; it is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".add-") as place:
        staged = Path(shutil.copytree(folder, Path(place) / "data"))
        yield staged


def _written(staged: Path, old: Dataset, addition: Addition) -> tuple[str, ...]:
    """Write the rows into the tables of the copy, sorted; return the new readings' ids."""
    source_id = addition.source["source_id"]
    rows = numbered(old, addition.readings, source_id)
    links = [
        {
            "link_id": f"{name}.in.{source_id}", "reading_id": name, "as_printed": printed, "source_id": source_id,
            "locator": "", "notes": "",
        }
        for name, printed in addition.repeats
    ]  # fmt: skip
    _append(staged, "readings", rows)
    new = source_id not in set(old.sources["source_id"].astype(str))
    _append(staged, "sources", pd.DataFrame([addition.source] if new else []))
    held = set(zip(old.readings["reading_id"], old.readings["source_id"].astype(str), strict=True))
    held |= set(
        zip(old.readings_sources["reading_id"], old.readings_sources["source_id"].astype(str), strict=True)
    )
    _append(
        staged,
        "readings_sources",
        pd.DataFrame([x for x in links if (x["reading_id"], source_id) not in held]),
    )
    return tuple(rows["reading_id"])


def _append(staged: Path, name: str, rows: pd.DataFrame) -> None:
    """Add rows to a table of the copy and sort it by its id."""
    table = TABLES[name]
    if rows.empty:
        return
    whole = pd.concat([read_strings(staged, table), rows[table.columns]], ignore_index=True)
    whole = whole.sort_values(table.id, kind="stable")
    whole.to_csv(staged / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


def _refuse(staged: Path) -> None:
    """Raise InputError where a row of the copy breaks a rule; the sentence names the first few."""
    kept = (*TABLES, "disagreements")
    failures: list[Failure] = [
        one for one in validate(staged, more=[unexplained]) if one.table in kept and one.table != MADE
    ]
    if failures:
        named = "; ".join(str(one) for one in failures[:TOLD])
        more = f"; and {len(failures) - TOLD} more" if len(failures) > TOLD else ""
        rows = counted(len(failures), "cell breaks", "cells break").capitalize()
        raise InputError(f"{rows} a rule, nothing was changed: {named}{more}")


def _next(folder: Path, today: dt.date) -> tuple[str, str]:
    """Return the next patch and its day."""
    rows = recorded(folder)
    if not rows:
        raise InputError("versions.csv holds no version; release the tables once before adding to them.")
    newest = max(rows, key=lambda version: [int(part) for part in version.split(".")])
    major, minor, patch = newest.split(".")
    last = max(row["date"] for row in rows.values())
    return f"{major}.{minor}.{int(patch) + 1}", max(today.isoformat(), last)


def _note(ids: tuple[str, ...], addition: Addition) -> str:
    """Say in a few words what a version adds."""
    parts = []
    if ids:
        parts.append(counted(len(ids), "reading", "readings"))
    if addition.repeats:
        parts.append(
            counted(len(addition.repeats), "print of a figure", "prints of figures") + " already held"
        )
    return f"{' and '.join(parts).capitalize()} from {addition.source['source_id']}"


def _entry(version: str, day: str, print_: str, note: str, moved: Moves) -> str:
    """Return the draft of a version's entry in the changelog."""
    lines = [f"- {note}."]
    if moved.series:
        outside = len(moved.outside)
        lines.append(
            f"- Series touched: {', '.join(f'`{one}`' for one in moved.series)}. Of {moved.compared} yearly "
            f"estimates in both versions {len(moved.estimates)} moved or are new, {outside} out of their old band."
        )
    lines += [
        f"- Effect of `{row['bundle_id']}`: {effect_words(row, '')} before, {effect_words(row, '_after')} now."
        for row in moved.moved_effects.to_dict("records")
    ]
    lines += [f"- Finding `{name}` changed." for name, _, _ in moved.findings]
    return f"## {version} ({day})\n\nFingerprint `{print_}`.\n{{hypotheses}}\n" + "\n".join(lines) + "\n\n"


def _into_place(staged: Path, folder: Path, version: str, day: str, entry: str) -> None:
    """Move the tables, the changelog and the citation into place together."""
    pairs = [(staged / name, folder / name) for name in (*ADDED, *WRITTEN)]
    made = {
        CHANGELOG: _changelog(folder.parent / CHANGELOG, entry),
        CITATION: _citation(folder.parent / CITATION, version, day),
    }
    for name, text in made.items():
        if text:
            (staged.parent / name).write_text(text, encoding="utf-8")
            pairs.append((staged.parent / name, folder.parent / name))
    move_together(pairs)


def _changelog(path: Path, entry: str) -> str:
    """Return the changelog with an entry on top, blank where there is none; registered hypotheses are as they were."""
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("\n## ")
    told = re.search(r"^Hypotheses .*$", rest, flags=re.MULTILINE)
    entry = entry.replace("{hypotheses}\n", f"{told[0]}\n\n" if told else "\n")
    return f"{head}\n{entry}{mark[1:]}{rest}" if mark else f"{text.rstrip()}\n\n{entry}"


def _citation(path: Path, version: str, day: str) -> str:
    """Return CITATION.cff with the version and its day, blank where there is none."""
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^version: .*$", f"version: {version}", text, flags=re.MULTILINE)
    return re.sub(r"^date-released: .*$", f"date-released: {day}", text, flags=re.MULTILINE)
