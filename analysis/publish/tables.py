"""Tables for the pages: HTML that scrolls on a phone, with every cell of the data escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

SAFE_SCHEMES = ("http", "https")
CARDS = (
    3,
    30,
)  # a table of as many columns and of so few rows is read row by row on a phone, where it would be cut


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere. Without an address, or with one that is neither relative nor http(s), it is text."""

    text: str
    url: str


class HtmlTable:
    """A table that a notebook shows as HTML in a page and as plain text in the stored outputs."""

    def __init__(self, markup: str, text: str) -> None:
        self._markup, self._text = markup, text

    def _repr_html_(self) -> str:
        return self._markup

    def __repr__(self) -> str:
        return self._text


def cell(value: object) -> str:
    """Return a cell as markup: escaped text, or a link with an escaped address."""
    if isinstance(value, Link):
        text = escape(value.text)
        scheme = urlsplit(value.url).scheme
        if not value.url or (scheme and scheme not in SAFE_SCHEMES):
            return text
        away = ' rel="nofollow noopener"' if scheme else ""  # another host: neither vouched for nor let in
        return f'<a href="{escape(value.url)}"{away}>{text}</a>'
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    return escape(str(value))


def table(
    rows: Iterable[Mapping[str, object]], *, caption: str, right: Iterable[str] = (), wide: bool = False,
    folded: bool = False, anchors: Iterable[str] = (), name: str = "",
) -> HtmlTable:  # fmt: skip
    """Return rows (all with the same keys, the headings) as a captioned table.

    `right` names the columns of numbers. A `wide` table keeps its columns' width and scrolls sideways; on a phone a
    table that is short becomes a card a row, each cell under its heading. A
    `folded` one opens at a click, and its stored text is a digest, for tables of hundreds of rows. `anchors`
    are ids of the rows, one each, that a link can lead to, `name` is one of the whole. Text in the data cannot inject
    markup: every cell is escaped.
    """
    listed = list(rows)
    heads = list(listed[0]) if listed else []
    numeric = set(right)
    named = [f' id="{escape(one)}"' for one in anchors] or [""] * len(listed)
    as_cards = not folded and len(heads) >= CARDS[0] and len(listed) <= CARDS[1]

    def line(tag: str, values: Iterable[object], anchor: str = "") -> str:
        told = heads if as_cards and tag == "td" else [""] * len(heads)
        cells = (
            _element(tag, head in numeric, value, said)
            for head, value, said in zip(heads, values, told, strict=True)
        )
        return f"<tr{anchor}>{''.join(cells)}</tr>"

    label = escape(caption)
    whole = (
        f' id="{escape(name)}"' if name else ""
    )  # inside the fold, which opens where an address leads into it
    pairs = zip(listed, named, strict=True)
    body = "\n".join(line("td", [row[head] for head in heads], anchor) for row, anchor in pairs)
    inner = "" if folded else f"<caption>{escape(caption)}</caption>"
    markup = (
        f'<div{whole} class="table-scroll{" wide" if wide else ""}{" cards" if as_cards else ""}" tabindex="0" '
        f'role="region" aria-label="{label}">'
        f'<table class="house">{inner}<thead>{line("th", heads)}</thead>\n<tbody>\n{body}\n</tbody></table></div>'
    )
    if folded:
        markup = f'<details class="house"><summary>{escape(caption)}</summary>{markup}</details>'
        digest = hashlib.sha256(markup.encode()).hexdigest()[:16]
        return HtmlTable(markup, f"{caption} (table of {len(listed)} rows, sha256 {digest})")
    return HtmlTable(markup, _plain(caption, heads, listed))


def _element(tag: str, numeric: bool, value: object, head: str = "") -> str:
    """Return one cell's element, with its heading where a card shows it beside the cell."""
    attributes = (' scope="col"' if tag == "th" else "") + (' class="number"' if numeric else "")
    attributes += f' data-head="{escape(head)}"' if head else ""
    return f"<{tag}{attributes}>{cell(value)}</{tag}>"


def _plain(caption: str, heads: list[str], rows: list[Mapping[str, object]]) -> str:
    """Return the table as plain text, which the stored outputs keep and reruns compare."""
    from tabulate import tabulate

    def text(value: object) -> str:
        return value.text if isinstance(value, Link) else "" if value is None else str(value)

    body = [[text(row[head]) for head in heads] for row in rows]
    return f"{caption}\n{tabulate(body, headers=heads, disable_numparse=True)}"


def keyed(frame: pd.DataFrame, *names: str) -> dict[Any, dict[str, Any]]:
    """Return the rows of a frame as dictionaries, under the value of a column, or the values of several."""
    rows = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    return {row[names[0]] if len(names) == 1 else tuple(row[one] for one in names): row for row in rows}
