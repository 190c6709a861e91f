"""What a release says beside the record, as a result: tables, sentences, and the forms in which it is written.

Whatever stands in the text is text: it is escaped in HTML and Markdown, and control characters are dropped.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from tabulate import tabulate

from analysis.intake.sentence import pace_words
from analysis.readings.words import between, day, listed, window
from analysis.results import Result, cut

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~^$@:-])")
HEADS = ("", "printed", "counted by", "what", "window", "days", "interval", "a day", "in the record")


@dataclass(frozen=True, eq=False, repr=False)
class Report(Result):
    """A release beside the record.

    Attributes
    ----------
    published
        The text's date.
    version
        The version of the data that it is held against.
    figures
        A row a figure: figure (its id here), as_printed, the dimensions of readings.csv, low and high (in its unit),
        days, rate_low and rate_high (a day), held and otherwise (reading ids that state it already, and how the first
        is coded otherwise), perhaps (ids of the same weeks with its value and unit), series (ids it would join),
        before, before_name, before_low, before_high (the same window a year before: printed or estimate), change_low
        and change_high (a ratio less one; points of a percentage), exceeds (yes, no, or blank), conflicts (reading
        ids), confidence. Lists are joined by a semicolon.
    nested
        A row a pair of windows of one quantity: figure, other, what (impossible, copied, fast, slow, fits,
        rest_of_year; each, the value of a piece), days, low, high, rate_low, rate_high, size, says.
    conflicts
        A row a reading that a figure cannot stand beside: figure, reading_id, rule, size, says.
    cautions
        A row a thing that a figure must not be compared with: figure, what, series_id, reading_id, says.
    sentences
        One a figure, fit to be quoted.
    sources
        Sources of the record whose title the text bears: source_id, title, likeness (to 100).
    passed_over
        Numbers of the text that are no figures, with the reason.
    """

    published: date
    version: str
    figures: pd.DataFrame
    nested: pd.DataFrame
    conflicts: pd.DataFrame
    cautions: pd.DataFrame
    sentences: tuple[str, ...]
    sources: pd.DataFrame
    passed_over: pd.DataFrame

    def summary(self) -> pd.Series:
        """Return the counts, and each figure with its sentence."""
        told = {
            "published": f"{self.published}",
            "data": self.version,
            "figures": f"{len(self.figures)}, {(self.figures['held'] != '').sum()} of them in the record",
            "amiss": f"{len(self.conflicts)} conflicts, {len(self.cautions)} cautions",
        }
        told |= {
            name: cut(said, 200) for name, said in zip(self.figures["figure"], self.sentences, strict=True)
        }
        return pd.Series(told, name=type(self).__name__, dtype=object)

    def to_text(self) -> str:
        """Return the report as text for a terminal."""
        rows = [[cut(plain(cell), 34) for cell in row] for row in _rows(self.figures)]
        parts = [self._head(), tabulate(rows, headers=HEADS, disable_numparse=True)]
        for title, lines in self._told():
            parts.append("\n".join([plain(title), *(f"   {plain(line)}" for line in lines)]))
        return "\n\n".join([*parts, *map(plain, self._end())]) + "\n"

    def to_markdown(self) -> str:
        """Return the report as Markdown, what stands in the text escaped."""
        rows = [[markdown(cell) for cell in row] for row in _rows(self.figures)]
        body = tabulate(rows, headers=HEADS, tablefmt="pipe", disable_numparse=True)
        parts = [f"# {markdown(self._head())}", body]
        for title, lines in self._told():
            parts += [f"## {markdown(title)}", "\n".join(f"- {markdown(line)}" for line in lines)]
        return "\n\n".join([*parts, *map(markdown, self._end())]) + "\n"

    def to_html(self) -> str:
        """Return the report as a page of HTML that loads nothing, what stands in the text escaped."""
        style = "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        style += (
            "table{border-collapse:collapse}td,th{padding:.2rem .6rem;text-align:left;vertical-align:top}"
        )
        head = plain(self._head())
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(head)}</title>'
            f"<style>{style}</style></head><body>\n<h1>{html.escape(head)}</h1>\n{self._markup()}</body></html>\n"
        )

    def _repr_html_(self) -> str:
        """Return the report for a notebook, what stands in the text escaped."""
        return f"<section>{self._markup()}</section>"

    def _markup(self) -> str:
        """Return the table and the parts of each figure as HTML."""
        rows = "\n".join(_line("td", row) for row in _rows(self.figures))
        parts = [f"<table><thead>{_line('th', HEADS)}</thead><tbody>\n{rows}\n</tbody></table>"]
        for title, lines in self._told():
            items = "".join(f"<li>{html.escape(plain(one))}</li>" for one in lines)
            parts.append(f"<h2>{html.escape(plain(title))}</h2>\n<ul>{items}</ul>")
        return "\n".join([*parts, *(f"<p>{html.escape(plain(one))}</p>" for one in self._end())])

    def to_json(self) -> str:
        """Return the report as JSON: every table as a list of objects, days as YYYY-MM-DD, nothing as null."""
        tables = ("figures", "nested", "conflicts", "cautions", "sources", "passed_over")
        found: dict[str, Any] = {"published": f"{self.published}", "version": self.version}
        found |= {name: _records(getattr(self, name)) for name in tables}
        return json.dumps(found | {"sentences": list(self.sentences)}, ensure_ascii=False, indent=1) + "\n"

    def _head(self) -> str:
        """Return the title."""
        return f"A text of {self.published} beside the record {self.version}"

    def _told(self) -> list[tuple[str, list[str]]]:
        """Return what is told of each figure: a title, and lines."""
        said = []
        for row, quoted in zip(self.figures.to_dict("records"), self.sentences, strict=True):
            name = row["figure"]
            lines = [f"To quote: {quoted}"]
            if row["held"]:
                other = f" (coded otherwise in {row['otherwise']})" if row["otherwise"] else ""
                lines.append(f"In the record as {listed(row['held'].split(';'))}{other}.")
            elif row["perhaps"]:
                lines.append(f"Perhaps in the record, in other words: {listed(row['perhaps'].split(';'))}.")
            series = row["series"].replace(";", ", ")
            lines.append(f"Series: {series}." if series else "It joins no series.")
            lines += [f"Conflict: {one}" for one in self._of("conflicts", name)]
            lines += [f"Implied: {one}" for one in self._of("nested", name)]
            lines += [f"Caution: {one}" for one in self._of("cautions", name)]
            said.append((f"{name}: {row['as_printed']}", lines))
        return said

    def _of(self, table: str, figure: str) -> list[str]:
        frame: pd.DataFrame = getattr(self, table)
        return [str(one) for one in frame.loc[frame["figure"] == figure, "says"]]

    def _end(self) -> list[str]:
        """Return what is said below the figures."""
        said = []
        if len(self.sources):
            said.append(f"The text bears the title of {', '.join(self.sources['source_id'])} of the record.")
        if len(self.passed_over):
            said.append(f"{len(self.passed_over)} numbers of the text are no figures.")
        return said


def _line(tag: str, cells: Iterable[str]) -> str:
    """Return a row of an HTML table."""
    return f"<tr>{''.join(f'<{tag}>{html.escape(plain(cell))}</{tag}>' for cell in cells)}</tr>"


def _rows(figures: pd.DataFrame) -> list[list[str]]:
    """Return the first table: a row a figure."""
    rows = []
    for row in figures.to_dict("records"):
        timed = not pd.isna(row["rate_low"])
        rows.append(
            [
                row["figure"],
                row["as_printed"],
                row["reporter"] or "not told",
                str(row["indicator"]).replace("_", " "),
                day(row["window_end"])
                if row["days"] == 1
                else window(row["window_start"], row["window_end"]),
                "" if pd.isna(row["days"]) else f"{int(row['days']):,}",
                between(row["low"], row["high"]),
                pace_words(row["rate_low"], row["rate_high"]) if timed else "",
                row["held"].replace(";", ", ") or "no",
            ]
        )
    return rows


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON has them."""
    return [{str(name): _value(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _value(cell: Any) -> Any:
    """Return a cell as JSON has it."""
    if isinstance(cell, dict):
        return {str(name): _value(one) for name, one in cell.items()}
    if cell is None or cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and cell != cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return cell if abs(cell) != float("inf") else None
    return cell.item() if hasattr(cell, "item") else cell if isinstance(cell, int) else str(cell)


def plain(text: object) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in str(text)).split())


def markdown(text: object) -> str:
    """Return a text for Markdown: HTML and every mark that Markdown knows escaped."""
    return _MARKS.sub(r"\\\1", html.escape(plain(text), quote=False))
