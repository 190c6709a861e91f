"""Pages in another language than English: what they say they are, where the two homes find each other, and /zh/.

A page is in Chinese where its name says so: book/zh.html, book/zh-terms.html. Its markup then names the language, so
that a screen reader speaks it and a browser chooses its letters.
"""

from __future__ import annotations

import re
from pathlib import Path

HOMES = {"en": "book/index.html", "zh-CN": "book/zh.html"}
CHINESE = re.compile(r"book/zh(?:-[\w-]+)?\.html")
# The address that leads to the Chinese home, as the one at the root leads to the English.
SHORT = "zh/index.html"
REDIRECT = '<meta http-equiv="Refresh" content="0; url=../book/zh.html" />\n'
# Words that Sphinx writes about figures in the language of the whole book.
FIGURE = re.compile(r'(<span class="caption-number">)Fig\. ([\d.]+) (</span>)')


def in_its_language(page: str, name: str) -> str:
    """Return a page with its language, and a home with the addresses of both homes, as its head tells a browser."""
    if CHINESE.fullmatch(name):
        page = page.replace('<html lang="en"', '<html lang="zh-CN"', 1)
        page = FIGURE.sub(r"\1图\2 \3", page)
    if name in HOMES.values():
        links = "".join(
            f'<link rel="alternate" hreflang="{language}" href="{Path(home).name}" />'
            for language, home in HOMES.items()
        )
        page = page.replace("</head>", f"{links}</head>", 1)
    return page


def write_short_address(pages: Path) -> None:
    """Write the page at /zh/ that leads to the Chinese home, where the book has one."""
    if (pages / HOMES["zh-CN"]).is_file():
        (pages / SHORT).parent.mkdir(exist_ok=True)
        (pages / SHORT).write_text(REDIRECT, encoding="utf-8")
