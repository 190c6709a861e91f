"""The dataset on the site: files to download under data/, and its version in every page's footer."""

from __future__ import annotations

import html
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from analysis.building.downloads import package_version, write_downloads
from analysis.building.published import LICENCES
from analysis.building.series_downloads import write_series_downloads
from analysis.dataset import load

EVERY_SERIES = "book/every-series"


def write_footer(app: Sphinx, config: Config) -> None:
    """Name the data version and the licences in the footer."""
    version = package_version(Path(app.srcdir) / "data")
    parts = [f"Data version {html.escape(version)}"] if version else []
    parts += [
        'Data and text: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>',
        'Code: <a href="https://opensource.org/license/mit">MIT</a>',
        f'<a href="{LICENCES}">Scripts and fonts</a>',
        "These pages load nothing from other hosts",
    ]
    config.html_theme_options["extra_footer"] = "".join(f"<span>{part}</span>" for part in parts)


def point_to_licences(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _document: nodes.document | None
) -> None:
    """Let the footer's link to the licences lead there from a page in any folder, and one more to the page's code."""
    address = app.builder.get_relative_uri(page, LICENCES).removesuffix(".html")
    footer = context["theme_extra_footer"].replace(f'"{LICENCES}"', f'"{address}"')
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
        if EVERY_SERIES in app.env.found_docs:  # a small book has no series
            write_series_downloads(load(data), Path(app.outdir))
        briefing = Path(app.srcdir) / "_build" / "staged" / "briefing.pdf"
        if briefing.is_file():  # set before the site is built; a site tried out alone goes without
            shutil.copyfile(briefing, Path(app.outdir) / "data" / briefing.name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook them into the build."""
    app.connect("config-inited", write_footer)
    app.connect("html-page-context", point_to_licences)
    app.connect("build-finished", copy_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
