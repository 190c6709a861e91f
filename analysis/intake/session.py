"""One run of `python -m analysis add`: proposals, answers, what would move, and the rows written or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from analysis.dataset import Dataset, load
from analysis.dataset.files import data_folder
from analysis.intake.add import Added, add
from analysis.intake.addition import Addition, prepared, source_row
from analysis.intake.asking import Answer, Say, answered, ask, sorted_out
from analysis.intake.check import check_proposal
from analysis.intake.effects import effect_words
from analysis.intake.moves import Moves
from analysis.intake.propose import propose
from analysis.intake.report import plain
from analysis.readings.window_words.found import published_days
from analysis.readings.words import counted, number

Findings = Callable[[Dataset, Dataset], tuple[tuple[str, str, str], ...]]
SHOWN = 12  # estimates that are listed


def run(
    text: str,
    published: str,
    *,
    folder: Path | None,
    table: Path | None,
    language: Literal["zh", "en"] | None,
    source: dict[str, str],
    dry_run: bool,
    answer: Answer,
    say: Say,
    findings: Findings | None = None,
) -> Added:
    """Add figures of a text, proposed and answered for one by one, or from a prepared table.

    Raises
    ------
    InputError
        As `propose`, `ask`, `prepared`, `source_row` and `add` do; nothing is changed then.
    """
    place = data_folder(folder)
    data = load(place)
    day, _ = published_days(published)
    if table is None:
        proposal = propose(text, published, language=language, data=data)
    else:
        proposal = prepared(table, day, language or "en")
    report = check_proposal(proposal, data, text)
    given = {"language": proposal.language, **source}
    given["source_id"] = given.get("source_id", "") or _source_of(proposal.readings["source_id"].tolist())
    if len(report.sources):
        say(f"The text bears the title of {', '.join(report.sources['source_id'])}, which the record has.")
    if table is None:
        chosen = ask(proposal, report, answer, say)
        for name in ("title", "publisher"):
            if not given.get(name) and not given["source_id"]:
                given[name] = answered(answer, f"{name} of the source: ")
    else:
        chosen = sorted_out(proposal, report)
        for one in [*report.conflicts["says"], *(f"{a} is in the record." for a, _ in chosen.repeats)]:
            say(plain(one))
    addition = Addition(chosen.readings, chosen.repeats, source_row(data, given, day))

    def confirm(moved: Moves) -> bool:
        say(told(moved))
        if dry_run or table is not None:
            return not dry_run
        return answered(answer, "Write these rows? [n] y or n: ").lower() in ("y", "yes")

    done = add(place, addition, confirm=confirm, findings=findings)
    say(
        f"{done.version} {done.fingerprint}\n\n{done.entry.replace('{hypotheses}', '').strip()}"
        if done.written
        else "Nothing was changed."
    )
    return done


def _source_of(cells: list[object]) -> str:
    """Return the one source that all rows name, blank where they name none or several."""
    named = {str(cell) for cell in cells if cell}
    return named.pop() if len(named) == 1 else ""


def _effects(moved: Moves) -> list[str]:
    """Return how the effects on the series move, as lines; hypotheses that were not assessed are named."""
    if not moved.hypotheses:
        return []
    rows = moved.moved_effects.to_dict("records")
    number_of = counted(len(moved.effects), "effect was", "effects were")
    lines = [
        f"Of hypotheses on these series {number_of} assessed with the rows and without; {len(rows)} move "
        f"(departure from the series' own course, as a ratio with its 95% interval){':' if rows else '.'}"
    ]
    lines += [
        f"  {row['hypotheses']}: {effect_words(row, '')} before, {effect_words(row, '_after')} now"
        for row in rows
    ]
    told_of = {name for cell in moved.effects["hypotheses"] for name in str(cell).split()}
    left = [name for name in moved.hypotheses if name not in told_of]
    if left:
        lines.append(f"Left to the next build: {', '.join(left)}")
    return lines


def told(moved: Moves) -> str:
    """Return what would move, as lines."""
    lines = [f"{counted(len(moved.series), 'series takes', 'series take', none='no')} new rows:"]
    lines += [
        f"  {row.series_id}: {row.reading_id} {row.role}, {row.why}" for row in moved.links.itertuples()
    ]
    lines.append(
        f"Of {moved.compared} yearly estimates, {len(moved.estimates)} move or are new, "
        f"{len(moved.outside)} of them out of their old band:"
    )
    for row in moved.estimates.head(SHOWN).to_dict("records"):
        before, after = (
            "none" if one != one else number(one, 4) for one in (float(row["before"]), float(row["after"]))
        )
        lines.append(f"  {row['series_id']} {row['period']}: {before} before, {after} now")
    if len(moved.estimates) > SHOWN:
        lines.append(f"  and {len(moved.estimates) - SHOWN} more")
    lines += [f"Finding {name}: {after} (before: {before})" for name, before, after in moved.findings]
    lines += _effects(moved)
    return "\n".join(plain(line) if not line.startswith("  ") else f"  {plain(line)}" for line in lines)
