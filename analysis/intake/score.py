"""How many figures of known texts are found, and rightly: `python -m analysis.intake.score FOLDER`."""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.dataset import Dataset, load
from analysis.errors import InputError
from analysis.intake.propose import propose
from analysis.readings.unit_words import STANDS_FOR

COLUMNS = (
    "text", "published", "as_printed", "value", "value_high", "hedge", "unit", "window_start", "window_end",
    "indicator", "reporter", "breadth",
)  # fmt: skip
FIELDS = ("value_high", "hedge", "unit", "window", "indicator", "reporter", "breadth")


@dataclass(slots=True)
class Score:
    """What was found of the figures of a text.

    Attributes
    ----------
    text
        Its name.
    listed, proposed, found
        Figures that a reader lists, rows proposed, and listed figures among them (value and kind of unit).
    right
        Of the found ones, how many have the field right.
    faults
        A line for each figure that is missed, added or misread.
    misread
        The misread fields: which, the print, what a reader says, what was read.
    """

    text: str
    listed: int = 0
    proposed: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    faults: list[str] = field(default_factory=list)
    misread: list[tuple[str, str, str, str]] = field(default_factory=list)


def load_figures(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the figures of figures.csv by text; the texts stand in `texts/` beside it.

    Raises
    ------
    InputError
        The table cannot be read, or lacks a column.
    """
    path = folder / "figures.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a table in UTF-8: {error}") from None
    if not rows or any(rows[0].get(column) is None for column in COLUMNS):
        raise InputError(f"{path} needs rows with the columns {', '.join(COLUMNS)}")
    texts: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        texts[row["text"]].append(row)
    return dict(texts)


def score_texts(folder: Path, data: Dataset | None = None) -> list[Score]:
    """Return a score for each text of a folder (`figures.csv`, `texts/NAME.txt`).

    Raises
    ------
    InputError
        The table or a text cannot be read.
    """
    data = data or load()
    scores = []
    for name, figures in load_figures(folder).items():
        path = folder / "texts" / f"{name}.txt"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read as a text in UTF-8: {error}") from None
        rows = propose(text, figures[0]["published"], data=data).readings.to_dict("records")
        scores.append(score_rows(name, figures, rows))
    return scores


def score_rows(name: str, figures: list[dict[str, str]], rows: list[dict[Any, Any]]) -> Score:
    """Return the score of the rows proposed for a text; each row may stand for one listed figure."""
    score = Score(name, len(figures), len(rows))
    left = list(rows)
    for figure in figures:
        fitting = [row for row in left if _fits(figure, row)]
        if not fitting:
            score.faults.append(f"missed {figure['as_printed']} ({figure['value']} {figure['unit']})")
            continue
        best = max(fitting, key=lambda row: sum(_right(figure, row).values()))
        left.remove(best)
        score.found += 1
        for key, right in _right(figure, best).items():
            score.right[key] += right
            if not right:
                told = figure["as_printed"], _said(figure, key), _said(best, key)
                score.misread.append((key, *told))
                score.faults.append(f"{told[0]}: {key} is {told[1]}, not {told[2]}")
    score.faults += [f"added {row['as_printed']} ({row['value']:.12g} {row['unit']})" for row in left]
    return score


def _fits(figure: dict[str, str], row: dict[Any, Any]) -> bool:
    """Tell whether a row has a figure's value, in its unit or one that may stand for it."""
    alike = {figure["unit"], *STANDS_FOR.get(figure["unit"], ())}
    return math.isclose(float(figure["value"]), float(row["value"]), rel_tol=1e-9) and row["unit"] in alike


def _right(figure: dict[str, str], row: dict[Any, Any]) -> dict[str, bool]:
    """Return which fields of a row are a figure's."""
    return {key: _said(figure, key) == _said(row, key) for key in FIELDS}


def _said(row: dict[Any, Any], key: str) -> str:
    if key == "window":
        return f"{row['window_start'] or '?'} to {row['window_end'] or '?'}"
    if key == "value_high":
        high = float(row[key]) if row[key] != "" else math.nan
        return "" if math.isnan(high) else f"{high:.12g}"
    return str(row[key])


def table(scores: list[Score]) -> str:
    """Return recall, precision and the shares right of the found figures, by language and over all, as text."""
    head = f"{'texts':14} {'n':>3} {'figures':>8} {'recall':>8} {'precision':>9}" + "".join(
        f"{key:>11}" for key in FIELDS
    )
    groups = {
        "Chinese": [one for one in scores if "-zh-" in one.text],
        "English": [one for one in scores if "-en-" in one.text],
        "all": scores,
    }
    return "\n".join(
        [head, "-" * len(head), *(_line(name, group) for name, group in groups.items() if group)]
    )


def _line(name: str, scores: list[Score]) -> str:
    listed, proposed = sum(one.listed for one in scores), sum(one.proposed for one in scores)
    found = sum(one.found for one in scores)
    shares = "".join(
        f"{100 * sum(one.right[key] for one in scores) / max(found, 1):10.1f}%" for key in FIELDS
    )
    recall, precision = 100 * found / max(listed, 1), 100 * found / max(proposed, 1)
    return f"{name:14} {len(scores):3} {listed:8} {recall:7.1f}% {precision:8.1f}%{shares}"


def main(arguments: list[str]) -> int:
    """Print the table, and behind `--faults` what is wrong in each text; 1 where the folder holds no such texts."""
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    if len(folders) != 1:
        print("usage: python -m analysis.intake.score FOLDER [--faults]", file=sys.stderr)
        return 1
    try:
        scores = score_texts(folders[0])
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(scores))
    if "--faults" in arguments:
        for one in scores:
            print(f"\n{one.text}", *one.faults, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
