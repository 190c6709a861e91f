"""The dataset on the site: files to download under data/, its version in every page's footer, and no second index."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search import SearchLanguage

from analysis.building.downloads import package_version, write_downloads
from analysis.building.published import LICENCES
from analysis.building.stamp import BRIEFINGS

CHINESE_HOME = "book/zh"
STAGED = "_build/staged"  # where the briefings lie that are set before the site is built
OWN = re.compile(r'href="(?!\w+:|\.\.?/)([^"#]+)"')  # a file of the site, as seen from its root


class Unread(SearchLanguage):
    """A language without words: the book has an index of its own (`analysis.building.site_search`)."""

    lang = "none"

    def split(self, input: str) -> list[str]:  # noqa: ARG002 - Sphinx's name
        """Find nothing to put into Sphinx's index, which is thrown away."""
        return []


def write_footer(app: Sphinx, config: Config) -> None:
    """Name the data version, the licences, the briefings and the Chinese home in the footer."""
    root = Path(app.srcdir)
    version = package_version(root / "data")
    parts = [f"Data version {html.escape(version)}"] if version else []
    parts += [
        'Data and text: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>',
        'Code: <a href="https://opensource.org/license/mit">MIT</a>',
        f'<a href="{LICENCES}">Scripts and fonts</a>',
        "These pages load nothing from other hosts",
    ]
    if any((root / f"{CHINESE_HOME}{suffix}").is_file() for suffix in (".ipynb", ".md")):
        parts.append(f'<a href="{CHINESE_HOME}.html" lang="zh-CN" hreflang="zh-CN">中文</a>')
    set_before = [name for name in BRIEFINGS.values() if (root / STAGED / name).is_file()]
    named = {"briefing.pdf": "Briefing (PDF)", "briefing-zh.pdf": '<span lang="zh-CN">简报（PDF）</span>'}
    parts += [f'<a href="data/{name}">{named[name]}</a>' for name in set_before]
    config.html_theme_options["extra_footer"] = "".join(f"<span>{part}</span>" for part in parts)


def point_from_any_folder(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _document: nodes.document | None
) -> None:
    """Let the footer's links to the site's own files lead there from a page in any folder, and one more to its code."""

    def relative(found: re.Match[str]) -> str:
        return f'href="{app.builder.get_relative_uri(page, found[1]).removesuffix(".html")}"'

    footer = OWN.sub(relative, context["theme_extra_footer"])
    source = str(context.get("sourcename") or "")
    if source.endswith(".ipynb"):
        code = app.builder.get_relative_uri(page, f"_sources/{source}").removesuffix(".html")
        footer += f'<span><a href="{html.escape(code)}" download>Code of this page</a></span>'
    context["theme_extra_footer"] = footer


def copy_data(app: Sphinx, failure: Exception | None) -> None:
    """Write the downloads beside the pages."""
    data = Path(app.srcdir) / "data"
    if failure is None and app.builder.format == "html" and data.is_dir():
        write_downloads(data, Path(app.outdir) / "data")
        for name in BRIEFINGS.values():
            briefing = Path(app.srcdir) / STAGED / name
            if briefing.is_file():  # set before the site is built; a site tried out alone goes without
                shutil.copyfile(briefing, Path(app.outdir) / "data" / name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook them into the build."""
    app.add_search_language(Unread)
    app.connect("config-inited", write_footer)
    app.connect("html-page-context", point_from_any_folder)
    app.connect("build-finished", copy_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
