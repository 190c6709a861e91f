"""Pieces of markup that the pages of the record share. Whatever comes from the data is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from analysis.publish.addresses import beside_book
from analysis.publish.tables import Link, cell


class Article(NamedTuple):
    """A page without its frame: what its tab is called, and its markup."""

    title: str
    markup: str


def link(text: str, address: str) -> str:
    """Return a link as markup; an address of the book holds from the folder beside it."""
    return cell(Link(text, beside_book(address)))


def linked(found: Link) -> str:
    """Return a link that was told for a page of the book."""
    return link(found.text, found.url)


def part(heading: str, *inner: str, anchor: str = "") -> str:
    """Return a part of a page under its heading, nothing where it has nothing in it."""
    held = "".join(inner)
    name = f' id="{escape(anchor)}"' if anchor else ""
    return f"<section{name}><h2>{escape(heading)}</h2>{held}</section>" if held else ""


def paragraph(text: str, css: str = "") -> str:
    """Return a paragraph of plain text, nothing where there is none."""
    return f"<p{_css(css)}>{escape(text)}</p>" if text else ""


def listing(items: Iterable[str]) -> str:
    """Return items of markup as a list."""
    held = "".join(f"<li>{one}</li>" for one in items)
    return f"<ul>{held}</ul>" if held else ""


def facts(rows: Mapping[str, str]) -> str:
    """Return names with their markup as a list of definitions, without those that have none."""
    held = "".join(f"<dt>{escape(name)}</dt><dd>{one}</dd>" for name, one in rows.items() if one)
    return f'<dl class="facts">{held}</dl>'


def rows_table(heads: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]], label: str) -> str:
    """Return a table of rows (anchor, cells as markup), which a narrow screen shows as cards."""
    names = [escape(one) for one in heads]
    head = "".join(f'<th scope="col">{one}</th>' for one in names)
    body = []
    for anchor, cells in rows:
        told = "".join(
            f'<td data-head="{name}">{one}</td>' for name, one in zip(names, cells, strict=True) if one
        )
        body.append(f"<tr{f' id={chr(34)}{escape(anchor)}{chr(34)}' if anchor else ''}>{told}</tr>")
    return (
        f'<div class="table-scroll record" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="house"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _css(name: str) -> str:
    return f' class="{name}"' if name else ""
