"""What Sphinx makes for any book and this one has no use for: left out, since it was a fifth of the time of a build.

No page is another without it: the sidebar shows titles alone, autodoc asks for no places of definitions, and the words
that Sphinx would collect for its search are those of no language (see `site_data`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode.parser import Parser


def titles_alone(toc: nodes.Element) -> nodes.Element:
    """Copy a page's table of contents with its title and the pages below it, but without its sections."""
    short = toc.copy()
    for part in toc.children:
        kept = part.deepcopy() if len(part.children) < 2 else _without_sections(part)
        short.append(kept)
    return short


def _without_sections(entry: nodes.Element) -> nodes.Element:
    """Copy an entry: what it is called, and of the list below it the pages, in the list where these stand."""
    short = entry.copy()
    short.append(entry.children[0].deepcopy())
    if pages := [one.deepcopy() for one in entry.findall(addnodes.toctree)]:
        below = entry.children[1].copy()
        below.extend(pages)
        short.append(below)
    return short


def with_short_sidebar(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _document: nodes.document | None
) -> None:
    """Let the sidebar of titles be made of titles: Sphinx copies every section of every page, for every page."""
    whole: Callable[..., str] | None = context.get("toctree")
    if whole is None:
        return

    def toctree(**asked: Any) -> str:
        if not asked.get("titles_only"):
            return whole(**asked)
        tocs = app.env.tocs
        app.env.tocs = _titles_of(app)
        try:
            return whole(**asked)
        finally:
            app.env.tocs = tocs

    context["toctree"] = toctree


def _titles_of(app: Sphinx) -> dict[str, Any]:
    """Return the tables of contents of all pages by their titles, made once a build."""
    known: dict[str, Any] | None = getattr(app, "_tocs_of_titles", None)
    if known is None:
        known = {name: titles_alone(toc) for name, toc in app.env.tocs.items()}
        app._tocs_of_titles = known  # type: ignore[attr-defined]
    return known


def search_nothing(_app: Sphinx, env: BuildEnvironment) -> None:
    """Say of every page that Sphinx's search need not walk through it."""
    for page in env.all_docs:
        env.metadata[page]["nosearch"] = True


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook it into the build, before the theme asks for its sidebar."""
    Parser.parse_definition = lambda _: None  # where a page of source code would show what: there is no such page
    app.connect("env-check-consistency", search_nothing)
    app.connect("html-page-context", with_short_sidebar, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
