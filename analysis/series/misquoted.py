"""Numbers that are often misquoted: what they are told as, what they are, where, and which print to quote.

They follow from conflicts.csv by rule: what the verdict on a retelling rejects, and on two quantities where one number
is told as the other's. A retelling that only drops a hedge or rounds is left out: its interval meets the right one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.dimensions import STAGES, TO_READINGS
from analysis.dataset.vocabularies import INDICATORS
from analysis.readings import intervals
from analysis.series.definition import TIER_ORDER, with_sources
from analysis.series.pair_kinds import MISTOLD, pair_kinds, rejected
from analysis.series.whole_years import year_of

Row = Mapping[Any, Any]
COLUMNS = ("number", "error", "is_not", "is", "told_in", "quote", "readings", "beside", "disputed_by", "note")
NEAR = pd.Timedelta(days=31)  # ends of windows that are no further apart are the same to a retelling
# Where one number is told as two quantities, the first of these that differs says as which.
QUANTITY = ("stage", "indicator", "relation", "unit", "origin", "subject", "basis", "detail")


@checked
def misquoted(dataset: Dataset) -> pd.DataFrame:
    """Return one row a number that is told wrongly, sorted by the print to quote.

    Columns: number (as misquoted), error (in what it is wrong: quantity, window or number), is_not (as what it is
    told), is (what it is, or the right number), told_in (publishers, joined by a semicolon), quote (the reading to
    quote), readings (those told wrongly), beside (other readings that prove it), disputed_by (readings that
    contradict the one to quote), note (how it is known).
    """
    rows, right, disputed = _rows(dataset), _right(dataset), _disputed(dataset)
    found: dict[tuple[str, float, str], dict[str, Any]] = {}
    for wrong, notes in sorted(right.items()):
        erring = rows[wrong]
        proofs = sorted(
            (one for one in notes if not _meets(erring, rows[one])), key=lambda one: _rank(erring, rows[one])
        )
        if not proofs:
            continue
        quote = proofs[0]
        fresh = _told(erring, rows[quote]) | {"quote": quote, "note": notes[quote]}
        lists: dict[str, Any] = {"readings": [], "told_in": [], "beside": []}
        row = found.setdefault((quote, erring["value"], erring["unit"]), fresh | lists)
        row["readings"].append(wrong)
        row["told_in"].append(erring["publisher"])
        row["beside"] += proofs[1:]
    for row in found.values():
        row["disputed_by"] = sorted(disputed[row["quote"]] - set(row["readings"]))
        row |= {name: ";".join(dict.fromkeys(cell)) for name, cell in row.items() if isinstance(cell, list)}
    frame = pd.DataFrame(list(found.values()), columns=list(COLUMNS))
    return frame.sort_values(["quote", "readings"], ignore_index=True)


def _right(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return, for each reading told wrongly, those that prove it, each with the note of the conflict."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for pair, known in pair_kinds(dataset).items():
        if known.kind in MISTOLD and len(wrong := rejected(pair, known.verdict)) == 1:
            proof = pair[1] if wrong[0] == pair[0] else pair[0]
            found[wrong[0]][proof] = known.note
    return found


def _disputed(dataset: Dataset) -> dict[str, set[str]]:
    """Return, for each reading, those that contradict it, and nothing resolves it."""
    found: dict[str, set[str]] = defaultdict(set)
    for (a, b), known in pair_kinds(dataset).items():
        if known.contradicts:
            found[a].add(b)
            found[b].add(a)
    return found


def _rows(dataset: Dataset) -> dict[str, Row]:
    """Return the readings of conflicts with their ends, years and publishers, by id."""
    listed = {one for pair in pair_kinds(dataset) for one in pair}
    frame = with_sources(dataset, dataset.readings[dataset.readings["reading_id"].isin(listed)])
    frame = frame.join(intervals(frame)[["low", "high"]])
    frame = frame.assign(
        year=year_of(frame, fiscal=False).astype("string").fillna(""),
        fiscal_year=year_of(frame, fiscal=True).astype("string").fillna(""),
        publisher=frame["publisher"].str.split(r" \(|, repo", regex=True).str[0],
        tier=frame["tier"].astype(str).map(TIER_ORDER.index),
    )
    return dict(zip(frame["reading_id"], frame.to_dict("records"), strict=True))


def _rank(erring: Row, right: Row) -> tuple[bool, bool, int, str]:
    """Sort what proves a number wrong: the same number first, then that of its window, then by tier and id."""
    apart = not (_same_window(erring, right) and erring["unit"] == right["unit"])
    return (not _same(erring, right), apart, right["tier"], right["reading_id"])


def _same(one: Row, other: Row) -> bool:
    """Tell whether two readings hold one number."""
    return bool(one["value"] == other["value"]) and one["kind"] == other["kind"]


def _same_window(one: Row, other: Row) -> bool:
    """Tell whether two windows are the same, but for some days at their ends."""
    return all(_near(one[name], other[name]) for name in ("window_start", "window_end"))


def _near(a: Any, b: Any) -> bool:
    """Tell whether two days are near, or neither is given."""
    if a is pd.NaT or b is pd.NaT:
        return a is b
    return bool(abs(a - b) <= NEAR)


def _meets(erring: Row, right: Row) -> bool:
    """Tell whether the two differ in hedge or rounding alone."""
    alike = all(erring[name] == right[name] for name in ("unit", "kind", "indicator", "stage", "relation"))
    meet = erring["low"] <= right["high"] and right["low"] <= erring["high"]
    return bool(alike and meet and _same_window(erring, right))


def _told(erring: Row, right: Row) -> dict[str, str]:
    """Say as what a number is told, what it is, and in what the two differ: quantity, window or number."""
    number, apart = str(erring["as_printed"]), not _same_window(erring, right)
    if not _same(erring, right):
        said = "refuted by" if apart or erring["unit"] != right["unit"] else "a slip for"
        told = f"{_quantity(erring, 'indicator')}, {_window(erring)}"
        return {"number": number, "error": "number", "is_not": told, "is": f"{said} {right['as_printed']}"}
    wide = ("stage", "indicator") if apart else QUANTITY  # finer columns are coded by the words around
    differs = next((name for name in wide if _cell(erring, name) != _cell(right, name)), "")
    if differs:
        not_, is_ = (_quantity(one, differs) for one in (erring, right))
        return {"number": number, "error": "quantity", "is_not": not_, "is": is_}
    return {"number": number, "error": "window", "is_not": _window(erring), "is": _window(right)}


def _cell(row: Row, name: str) -> str:
    """Return a column as text; a relation to a reading is none to a quantity."""
    cell = str(row[name])
    return "" if name == "relation" and cell.startswith(TO_READINGS) else cell


def _quantity(row: Row, name: str) -> str:
    """Return what a reading counts, as one of its columns says it."""
    cell, indicator = _cell(row, name), str(row["indicator"])
    if name == "stage" and cell:
        return STAGES[cell]
    if name in ("stage", "indicator"):
        relation = _cell(row, "relation")
        if indicator == "share" and relation:
            return relation.replace("_", " ").replace(":", " ")
        return (
            str(row["scope_as_collected"]).replace("_", " ")
            if indicator == "other"
            else INDICATORS[indicator]
        )
    return cell.replace("_", " ").replace(":", " ") or f"{name} not given"


def _window(row: Row) -> str:
    """Return a reading's window: a year, a fiscal year, or its days."""
    if row["year"]:
        return str(row["year"])
    if row["fiscal_year"]:
        return f"FY {row['fiscal_year']}"
    start, end = _iso(row["window_start"]), _iso(row["window_end"])
    if start and end:
        return f"{start} to {end}"
    return f"to {end}" if end else f"from {start}" if start else "window not given"


def _iso(day: Any) -> str:
    """Return a day as YYYY-MM-DD, blank where it is not given."""
    return "" if day is pd.NaT else f"{day:%Y-%m-%d}"
