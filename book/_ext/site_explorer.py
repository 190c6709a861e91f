"""The Explorer's scripts and style, on its page alone; its data are written after Sphinx."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

PAGE = "book/explore"
# In the order in which they run: what draws, then what it draws, then the page.
SCRIPTS = (
    "d3.min.js",
    "plot.umd.min.js",
    "explore-rows.js",
    "explore-draw.js",
    "explore-find.js",
    "explore.js",
)


def add_scripts(
    app: Sphinx, page: str, _template: str, _context: dict[str, Any], _document: nodes.document | None
) -> None:
    """Let the page of the Explorer load its scripts; asked for while a page is written, they stand on that one."""
    if page == PAGE:
        app.add_css_file("explore.css")
        for place, name in enumerate(SCRIPTS):
            app.add_js_file(name, priority=900 + place, loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook it into the build."""
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
