"""How often printed figures of known meaning are read rightly, by kind: `python -m analysis.readings.report FILE`."""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError, shown
from analysis.readings.printed import DOLLARS, Printed, parse_printed

COLUMNS = ("case_id", "as_printed", "value", "value_high", "unit", "hedge", "kind")
NO_FIGURE = ("vague", "none")
_NAMES = {"kg": "kilogram"}
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """A printed figure and what a careful reader takes from it.

    Attributes
    ----------
    case_id, kind
        Its name, and the kind of difficulty that it stands for.
    text
        The words as printed.
    value, high
        The number and the upper end of a range; None where there is none.
    unit
        The dataset's unit, blank where the text is of none.
    hedge
        One of the dataset's hedges, "vague" for a word that names no number, "none" where no figure is stated.
    """

    case_id: str
    kind: str
    text: str
    value: float | None
    high: float | None
    unit: str
    hedge: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reader made of a case.

    Attributes
    ----------
    told, unaided
        Whether the value is right with the unit told, and without.
    silent
        Whether a wrong value was given, with or without the unit.
    hedge
        Whether it is right; None where the case asks for none.
    unit
        Whether it is right, read without help; None where the case asks for none.
    found
        The reading with the unit told and the one without.
    """

    case: Case
    told: bool
    unaided: bool
    silent: bool
    hedge: bool | None
    unit: bool | None
    found: tuple[Printed | None, Printed | None]


def load_cases(path: Path) -> list[Case]:
    """Return the cases of a CSV table with the columns of `COLUMNS`; more columns may stand beside them.

    Raises
    ------
    InputError
        The file cannot be read as such a table, holds no case, or a value is no number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a table in UTF-8: {error}") from None
    missing = [column for column in COLUMNS if rows and rows[0].get(column) is None]
    if missing or not rows:
        raise InputError(f"{path} needs rows with the columns {', '.join(COLUMNS)}")
    return [_case(path, row) for row in rows]


def _case(path: Path, row: dict[str, str]) -> Case:
    """Return one row as a case."""
    numbers: dict[str, float | None] = {}
    for column in ("value", "value_high"):
        try:
            numbers[column] = float(row[column]) if row[column] else None
        except ValueError:
            where = f"{path}, case {shown(row['case_id'])}, column {column}"
            raise InputError(f"{where}: {shown(row[column])} is no number") from None
    unit = _NAMES.get(row["unit"], row["unit"])
    value, high = numbers["value"], numbers["value_high"]
    return Case(row["case_id"], row["kind"], row["as_printed"], value, high, unit, row["hedge"])


def judge(case: Case) -> Verdict:
    """Return what the reader makes of a case, with its unit told and without.

    A case without a number ("dozens", "tens of millions", a man's age) is right where nothing is read; for words
    that name no one number, also where a range is. Of two values of one text the case names the one meant.
    """
    found = parse_printed(case.text, case.unit or None), parse_printed(case.text)
    told, unaided = (_right(case, printed) for printed in found)
    silent = any(
        printed is not None and not right for printed, right in zip(found, (told, unaided), strict=True)
    )
    plain = found[0] if told else found[1]
    named = found[0] if case.unit in DOLLARS else found[1] or plain  # whose dollar it is must be known
    asked = case.hedge not in NO_FIGURE and plain is not None
    return Verdict(
        case,
        told,
        unaided,
        silent,
        plain.hedge == case.hedge if asked and plain is not None else None,
        named is not None and named.unit == case.unit if asked and case.unit else None,
        found,
    )


def _right(case: Case, printed: Printed | None) -> bool:
    """Tell whether a reading is what the case asks for."""
    if case.value is None:
        return printed is None or (case.hedge == "vague" and printed.high is not None)
    if printed is None or not math.isclose(printed.value, case.value, rel_tol=_TOLERANCE):
        return False
    if printed.high is None or case.high is None:
        return printed.high is case.high
    return math.isclose(printed.high, case.high, rel_tol=_TOLERANCE)


def table(verdicts: list[Verdict]) -> str:
    """Return the shares right by kind, and over all, as lines of text."""
    kinds = sorted(
        Counter(verdict.case.kind for verdict in verdicts).items(), key=lambda item: (-item[1], item[0])
    )
    head = f"{'kind':20} {'n':>5} {'told':>8} {'unaided':>8} {'silent':>8} {'hedge':>8} {'unit':>8}"
    lines = [head, "-" * len(head)]
    for kind, _ in kinds:
        lines.append(_line(kind, [verdict for verdict in verdicts if verdict.case.kind == kind]))
    return "\n".join([*lines, "-" * len(head), _line("all", verdicts)])


def _line(name: str, verdicts: list[Verdict]) -> str:
    """Return one line of the table: shares in percent of the cases that ask the question."""
    answers = [
        [getattr(verdict, question) for verdict in verdicts if getattr(verdict, question) is not None]
        for question in ("told", "unaided", "silent", "hedge", "unit")
    ]
    shares = [f"{100 * sum(cells) / len(cells):7.1f}%" if cells else " " * 7 + "-" for cells in answers]
    return f"{name[:20]:20} {len(verdicts):5} {' '.join(shares)}"


def misread(verdicts: list[Verdict]) -> list[str]:
    """Return a line for each case with something wrong: what was printed, what is meant, what was read."""
    lines = []
    for verdict in verdicts:
        flaws = [name for name in ("told", "unaided", "hedge", "unit") if getattr(verdict, name) is False]
        if flaws:
            case = verdict.case
            meant = f"{case.value} {case.high or ''} {case.hedge} {case.unit}"
            read = " | ".join(_brief(printed) for printed in verdict.found)
            lines.append(f"{case.case_id} [{', '.join(flaws)}] {case.text}\n    meant {meant}; read {read}")
    return lines


def _brief(printed: Printed | None) -> str:
    """Return a reading in few words."""
    if printed is None:
        return "no figure"
    high = "" if printed.high is None else f" to {printed.high:.12g}"
    return f"{printed.value:.12g}{high} {printed.hedge} {printed.unit or 'no unit'}"


def main(arguments: list[str]) -> int:
    """Print the table, and behind `--misread` every case that is read wrongly; 1 where the file is none."""
    paths = [Path(argument) for argument in arguments if argument != "--misread"]
    if len(paths) != 1:
        print("usage: python -m analysis.readings.report FILE.csv [--misread]", file=sys.stderr)
        return 1
    try:
        verdicts = [judge(case) for case in load_cases(paths[0])]
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(verdicts))
    if "--misread" in arguments:
        print("\n" + "\n".join(misread(verdicts)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
