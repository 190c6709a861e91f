"""Filters above a long table: words to search for, choices to pick from, an order to sort by.

A link may ask for rows: `cases.html?product=watches`. The first `FIRST` rows that are asked for are shown, the others
at a click, or where an address leads to one of them. Without a script a page is the whole table. The script stands
on the page that needs it: the book has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

FIRST = 25  # rows that are shown at first
# Rows carry what they are filtered and sorted by as data-... attributes; a choice may be one of several words.
SCRIPT = """
<script>
(() => {
  const box = document.getElementById("%(name)s-filters"), body = document.querySelector("#%(name)s-table tbody");
  const rows = [...body.rows], words = box.querySelector("input"), order = box.querySelector("select.order");
  const picks = [...box.querySelectorAll("select:not(.order)")];
  const more = document.createElement("button");
  let most = %(first)d;
  const number = (row, key) => row.dataset[key] === "" ? Infinity : Number(row.dataset[key]);
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      const picked = picks.every(pick => !pick.value || row.dataset[pick.name].split("|").includes(pick.value));
      const meant = picked && wanted.every(word => text.includes(word));
      shown += meant;
      row.hidden = !meant || shown > most;
    }
    box.querySelector("output").textContent = `${shown} of ${rows.length} %(what)s`;
    more.textContent = `Show all ${shown}`;
    more.hidden = shown <= most;
  };
  const all = () => {
    most = Infinity;
    apply();
  };
  const sort = () => {
    const [key, way] = order.value.split(" "), sign = way === "down" ? -1 : 1;
    const sorted = key ? rows.toSorted((a, b) => sign * (number(a, key) - number(b, key))) : rows;
    body.append(...sorted.filter(row => row.dataset[key] !== ""), ...sorted.filter(row => row.dataset[key] === ""));
    apply();
  };
  const open = () => {
    const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = at && at.closest("tr");
    if (!row || !rows.includes(row)) return;
    if (row.hidden) all();
    row.querySelectorAll("details").forEach(part => { part.open = true; });
    row.scrollIntoView();
  };
  for (const [key, value] of new URLSearchParams(location.search)) {
    const asked = box.elements[key];
    if (asked) asked.value = value;
  }
  box.hidden = false;
  more.type = "button";
  more.className = "more-rows";
  more.addEventListener("click", all);
  body.closest(".table-scroll").after(more);
  box.addEventListener("input", apply);
  box.addEventListener("submit", event => event.preventDefault());
  order.addEventListener("input", sort);
  addEventListener("hashchange", open);
  apply();
  open();
})();
</script>
"""


@dataclass(frozen=True)
class Line:
    """A row of a filtered table: its cells as markup, what it is filtered and sorted by, and its id on the page."""

    cells: tuple[str, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""


def browser(
    name: str, heads: Iterable[str], lines: Iterable[Line], *, what: str, words: str,
    picks: Mapping[str, Iterable[tuple[str, str]]], orders: Iterable[tuple[str, str]],
) -> str:  # fmt: skip
    """Return a table with its filters as markup; the filters are hidden until the script works.

    The table is `name`-table and the form `name`-filters; `what` the rows are called, `words` labels the search;
    `picks` are choices by data attribute, each as (value, words); `orders` are pairs of an order (blank, or a data
    attribute and up or down) and its words. Cells must be escaped; everything else is escaped here.
    """
    heads = tuple(heads)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "\n".join(_line(one, heads) for one in lines)
    chosen = "".join(
        f'<label>{escape(key)} <select name="{escape(key)}"><option value="">any</option>{_options(options)}</select>'
        "</label>"
        for key, options in picks.items()
    )
    return (
        f'<form id="{escape(name)}-filters" class="filters" hidden>'
        f'<label>{escape(words)} <input type="search" name="words"></label>{chosen}'
        f'<label>sorted by <select name="order" class="order">{_options(orders)}</select></label>'
        "<output></output></form>"
        f'<div class="table-scroll cards {name}" tabindex="0" role="region" aria-label="{escape(what.capitalize())}">'
        f'<table class="house" id="{name}-table"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'
        f"</div>{script(name, what)}"
    )


def _line(one: Line, heads: tuple[str, ...]) -> str:
    """Return a row; every cell but the first carries its heading, for narrow screens that show rows as cards."""
    name = f' id="{escape(one.anchor)}"' if one.anchor else ""
    marks = "".join(f' data-{key}="{escape(value)}"' for key, value in one.marks.items())
    first, *rest = one.cells
    told = (f'<td data-head="{escape(head)}">{cell}</td>' for head, cell in zip(heads[1:], rest, strict=True))
    return f"<tr{name}{marks}><td>{first}</td>{''.join(told)}</tr>"


def script(name: str, what: str) -> str:
    """Return the script of the table `name`-table and the form `name`-filters, whose rows are called `what`."""
    return SCRIPT % {"name": escape(name), "what": escape(what), "first": FIRST}


def _options(options: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in options)
