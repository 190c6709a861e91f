"""What moved between two versions, as text, as Markdown, and as one tidy table; written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from tabulate import tabulate

from analysis.dataset.moving import check_place
from analysis.errors import InputError
from analysis.publish.words import counted
from analysis.scrutiny.between_versions import Changes

COLUMNS = ["what", "name", "part", "before", "after"]
MOST = 40  # rows of a list that is printed; the CSV has all


def listing(found: Changes, form: str = "simple", *, most: int | None = MOST) -> str:
    """Return the changes under headings, their tables in a form of tabulate: `simple`, or `github` for Markdown."""
    mark = "## " if form == "github" else ""
    parts = [f"{'# ' if form == 'github' else ''}From {found.old} to {found.new}"]
    for title, frame, none in _parts(found):
        body = (
            none
            if frame.empty
            else tabulate(
                _cells(frame.head(most or len(frame))), headers=[str(name) for name in frame], tablefmt=form
            )
        )
        more = (
            "" if most is None or len(frame) <= most else f"\n\n{len(frame) - most} more are in the CSV file."
        )
        parts.append(f"{mark}{title}\n\n{body}{more}")
    return "\n\n".join([*parts, found.unsaid] if found.unsaid else parts)


def _parts(found: Changes) -> list[tuple[str, pd.DataFrame, str]]:
    """Return the parts: title, rows, and what is said where there are none."""
    series = found.series
    parts = [("Rows by table", found.tables, "No table.")]
    parts += [
        (f"{kind}, by kind", frame, "None.")
        for kind, frame in (("Conflicts", found.conflicts), ("Retired ids", found.aliases))
    ]
    if not found.unsaid.startswith("Series"):
        counts = ", ".join(f"{count} {what}" for what, count in series["what"].value_counts().items())
        parts.append(
            (f"Series and their published years: {counts or 'as they were'}", series, "No series changed.")
        )
    if not found.unsaid:
        title = f"Yearly estimates outside their old band: {len(found.moved)} of {found.compared}"
        parts.append(
            (
                title,
                found.moved,
                "No estimate left its band." if found.compared else "No estimate stands in both.",
            )
        )
    return parts


def _cells(frame: pd.DataFrame) -> list[list[object]]:
    """Return the cells of a frame; numbers of estimates to four digits."""
    return [
        [f"{cell:,.4g}" if isinstance(cell, float) else cell for cell in row]
        for row in frame.itertuples(index=False)
    ]


def tidy(found: Changes) -> pd.DataFrame:
    """Return everything as one table: what (rows, series, estimate, conflicts, aliases), name, part, before, after."""
    rows: list[list[object]] = []
    for row in found.tables.to_dict("records"):
        rows.append(["rows", row["table"], "all", row["before"], row["after"]])
        rows += [
            ["rows", row["table"], part, "", row[part]] for part in ("added", "removed", "retired", "changed")
        ]
        rows += [
            ["rows", row["table"], f"columns {part}", "", row[part]] for part in ("new", "gone") if row[part]
        ]
        for cell in filter(None, str(row["columns"]).split("; ")):
            column, _, count = cell.rpartition(" ")
            rows.append(["rows", row["table"], f"changed {column}", "", int(count)])
    for name, frame in (("conflicts", found.conflicts), ("aliases", found.aliases)):
        rows += [[name, row["kind"], "", row["before"], row["after"]] for row in frame.to_dict("records")]
    for row in found.series.to_dict("records"):
        rows.append(["series", row["series_id"], row["what"], row["before"], row["after"]])
    for row in found.moved.to_dict("records"):
        rows.append(["estimate", row["series_id"], row["period"], row["before"], row["after"]])
    return pd.DataFrame(rows, columns=COLUMNS)


def check_files(*files: Path | None) -> None:
    """Refuse files that cannot be written, before anything is worked out. Raises InputError."""
    given = [path for path in files if path is not None]
    if len({path.resolve() for path in given}) < len(given):
        raise InputError("One file cannot hold both the CSV and the Markdown; name two.")
    for path in given:
        check_place(path)


def write(found: Changes, csv: Path | None, markdown: Path | None) -> str:
    """Write the files that are named, and return what is said of them. Raises OSError where one cannot be written."""
    texts = {
        csv: tidy(found).to_csv(index=False, lineterminator="\n") if csv else "",
        markdown: listing(found, "github", most=None) + "\n" if markdown else "",
    }
    staged = {path: path.with_name(f".{path.name}.part") for path in texts if path is not None}
    try:
        for path, part in staged.items():
            part.write_text(texts[path], encoding="utf-8")
        for path, part in staged.items():
            part.replace(path)
    finally:
        for part in staged.values():
            part.unlink(missing_ok=True)
    names = " and ".join(str(path) for path in staged)
    return f"Written: {names} ({counted(len(staged), 'file', 'files')})." if staged else ""
