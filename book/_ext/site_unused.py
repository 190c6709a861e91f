"""What Sphinx makes for any book and this one has no use for: left out, since it was a fifth of Sphinx's time.

No page is another without it: the sidebar shows titles alone, nobody asks autodoc where a definition stands, and the
words that Sphinx would collect for its search are those of no language (see `site_data`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode.parser import Parser


def with_short_sidebar(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _document: nodes.document | None
) -> None:
    """Let a sidebar of titles be made of titles; Sphinx copies all sections of all pages, for every page."""
    whole = context["toctree"]

    def toctree(**asked: Any) -> str:
        tocs = app.env.tocs
        try:
            if asked.get("titles_only"):
                app.env.tocs = titles_of(app.env)
            return str(whole(**asked))
        finally:
            app.env.tocs = tocs

    context["toctree"] = toctree


@lru_cache(maxsize=1)
def titles_of(env: BuildEnvironment) -> dict[str, nodes.bullet_list]:
    """Return the contents of every page without sections, once a build; whole where a depth or a tag decides."""
    return {
        page: toc
        if env.metadata[page].get("tocdepth") or next(toc.findall(addnodes.only), None)
        else _without_sections(toc)
        for page, toc in env.tocs.items()
    }


def _without_sections(toc: nodes.bullet_list) -> nodes.bullet_list:
    """Copy a page's contents: its title, and in the place of its sections the pages below it."""
    short = toc.copy()
    for entry in toc.children:
        if len(entry.children) < 2:
            short.append(entry.deepcopy())
            continue
        title, sections = entry.children
        kept = entry.copy()
        kept.append(title.deepcopy())
        if below := [one.deepcopy() for one in sections.findall(addnodes.toctree)]:
            kept.append(sections.copy())
            kept[-1].extend(below)
        short.append(kept)
    return short


def search_nothing(_app: Sphinx, env: BuildEnvironment) -> None:
    """Say of every page that Sphinx's search need not walk through it."""
    for page in env.all_docs:
        env.metadata[page]["nosearch"] = True


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook it into the build, before the theme asks for its sidebar."""
    Parser.parse_definition = lambda _: (
        None
    )  # what it finds is for pages of source code, which this book lacks
    app.connect("env-check-consistency", search_nothing)
    app.connect("html-page-context", with_short_sidebar, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
