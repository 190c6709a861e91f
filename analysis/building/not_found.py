"""The page that a server shows at an address where there is none (404.html, which GitHub Pages and others look for).

It may be shown at any depth, so it holds its own style, and a script leads its links to the root of the site.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from analysis.building.policy import WAY_BACK, with_policy
from analysis.publish.citation import TITLE

NAME = "404.html"
LINKS = {
    "book/index.html": "what is known",
    "book/find.html": "find a figure",
    "book/every-series.html": "every series",
    "book/explore.html": "the Explorer",
    "search.html": "search the pages",
    "book/zh.html": "中文",
}
STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:38rem;margin:15vh auto;"
    "padding:0 1rem}li{margin:.4rem 0}"
)


def write_not_found(pages: Path) -> None:
    """Write the page into a folder of pages; it leads to those that the book has."""
    links = "".join(
        f'<li><a href="{name}">{escape(words)}</a></li>'
        for name, words in LINKS.items()
        if (pages / name).is_file()
    )
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8" />'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />'
        f"<title>No such page &#8212; {TITLE}</title><style>{STYLE}</style></head><body><main>"
        "<h1>There is no page at this address</h1><p>It may be mistyped, or name a series or a source that a newer "
        "version of the data calls otherwise. The finder knows retired names too.</p>"
        f"<ul>{links}</ul></main><script>{WAY_BACK}</script></body></html>\n"
    )
    (pages / NAME).write_text(with_policy(page, NAME), encoding="utf-8")
