"""Proposals one by one: each is accepted, edited, skipped, or linked to the reading that states it already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.intake.proposal import Proposal
from analysis.intake.report import Report, plain

FIELDS = {field.name: field for field in TABLES["readings"].fields}
KEPT_BACK = ("reading_id", "source_id")
HELP = "a accept, e edit, s skip, l link to the reading that has it, q stop and write nothing"

Answer = Callable[[str], str]  # what is asked -> what is answered; raises EOFError where no answer is left
Say = Callable[[str], object]


@dataclass(frozen=True)
class Chosen:
    """What a person chose: rows to add, and repeats (a reading's id, as printed) of what the record has."""

    readings: pd.DataFrame
    repeats: tuple[tuple[str, str], ...]


def ask(proposal: Proposal, report: Report, answer: Answer, say: Say) -> Chosen:
    """Show each proposal with what the record has on it, and return what was chosen.

    Raises
    ------
    InputError
        The answers end before the proposals do, or say to stop.
    """
    kept: list[dict[str, object]] = []
    repeats: list[tuple[str, str]] = []
    for place, row in enumerate(proposal.readings.to_dict("records")):
        found = report.figures.iloc[place]
        held = [one for one in str(found["held"]).split(";") if one]
        fields = {str(name): cell for name, cell in row.items()}
        say(shown_row(fields, report, place))
        while True:
            match answered(answer, f"[{'l' if held else 'a'}] {HELP}: ").lower() or ("l" if held else "a"):
                case "a":
                    kept.append(fields)
                case "l" if held:
                    repeats.append((held[0], str(fields["as_printed"])))
                case "s":
                    pass
                case "e":
                    _edit(fields, answered(answer, "column=value: "), say)
                    continue
                case "q":
                    raise InputError("Stopped, as answered; nothing was changed.")
                case _:
                    say(f"Answer {HELP}.")
                    continue
            break
    return Chosen(pd.DataFrame(kept, columns=proposal.readings.columns), tuple(repeats))


def sorted_out(proposal: Proposal, report: Report) -> Chosen:
    """Return all rows of a prepared table: those that the record has, in the same words, as repeats."""
    figures = report.figures
    same = ((figures["held"] != "") & (figures["otherwise"] == "")).to_numpy()
    pairs = zip(figures.loc[same, "held"], proposal.readings.loc[same, "as_printed"], strict=True)
    repeats = tuple((str(held).partition(";")[0], str(printed)) for held, printed in pairs)
    return Chosen(proposal.readings[~same].reset_index(drop=True), repeats)


def shown_row(fields: dict[str, object], report: Report, place: int) -> str:
    """Return a proposal as it is shown: its fields that are not blank, and what the record has on it."""
    found = report.figures.iloc[place]
    filled = [
        f"{name}={fields[name]}" for name in FIELDS if name not in KEPT_BACK and not _blank(fields.get(name))
    ]
    lines = [f"{place + 1} of {len(report.figures)}: {fields['as_printed']}", *filled]
    if found["held"]:
        lines.append(f"In the record: {str(found['held']).replace(';', ', ')}")
    told = report.conflicts
    lines += [f"Conflict: {one}" for one in told.loc[told["figure"] == found["figure"], "says"]]
    return "\n  ".join(plain(line) for line in lines)


def _blank(cell: object) -> bool:
    """Tell whether a cell holds nothing."""
    return cell is None or cell == "" or cell != cell


def answered(answer: Answer, asked: str) -> str:
    """Return an answer. Raises InputError where none is left."""
    try:
        return answer(asked).strip()
    except EOFError:
        raise InputError(
            "The answers ended before the proposals did; nothing was changed. Answer each, or give --from a CSV."
        ) from None


def _edit(fields: dict[str, object], said: str, say: Say) -> None:
    """Change one field, or say why not."""
    name, joint, cell = (part.strip() for part in said.partition("="))
    field = FIELDS.get(name)
    if field is None or not joint or name in KEPT_BACK:
        say(f"Write column=value, with a column of readings.csv: {', '.join(one for one in FIELDS)}.")
        return
    if field.vocabulary and cell and field.type == "category" and cell not in field.vocabulary:
        say(f"{name} takes {', '.join(field.vocabulary)}.")
        return
    if field.type == "number":
        try:
            fields[name] = float(cell) if cell else float("nan")
        except ValueError:
            say(f"{name} takes a number in base units, without separators.")
        return
    fields[name] = cell
