"""Figures in their page: the drawing itself, its title and caption, and every way to take it.

A cell that calls `analysis.publish.show.show` puts alt text, title and caption into its output's metadata, beside the
figure as SVG, PNG and CSV; this extension sets the drawing into the page and writes the others below figures/. Any
other image is left to MyST-NB, with the cell's own `mystnb: {image: {alt: ...}}`; one without alt text stops the build.
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx

from analysis.building.downloads import safe_text
from analysis.dataset.files import read_package
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.tables import TABLES
from analysis.publish.citation import cited
from analysis.publish.style import sheet_of_colours

COLOURS, FOLDER, SCRIPT = "colours.css", "figures", "figures.js"
GUIDE = "book/how-to-read"  # says once what all figures share, under this heading
CARD = "how-to-read-a-figure"
DRAWING = "image/svg+xml"
CHINESE = "book/zh"  # how the names of the pages in Chinese begin
WORDS = {
    "en": {"address": "Address", "guide": "How to read", "cite": "Cite"},
    "zh": {"address": "网址", "guide": "如何读图（英文）", "cite": "引用"},
}
plain_render_image = NbElementRenderer.render_image


def shown_texts(data: MimeData) -> dict[str, str]:
    """Read what is told of an image output, for its type before the general."""
    texts = {**data.output_metadata, **data.output_metadata.get(data.mime_type, {})}
    known = ("alt", "title", "subtitle", "caption", "more", "source", "name", "svg", "csv")
    return {key: texts[key] for key in known if texts.get(key)}


def with_alt(data: MimeData, alt: str, metadata_key: str) -> MimeData:
    """Copy the output with `alt` where MyST-NB looks for the options of an image."""
    options = dict(data.cell_metadata.get(metadata_key, {}))
    options["image"] = {**options.get("image", {}), "alt": alt}
    return dataclasses.replace(data, cell_metadata={**data.cell_metadata, metadata_key: options})


def as_figure(
    card: nodes.Element, texts: dict[str, str], document: nodes.document, ways: str
) -> nodes.figure:
    """Make a figure with a title (which is numbered), a caption, ways to take it, and a target to refer to."""
    figure = nodes.figure("", classes=["shown"])
    if texts.get("subtitle"):
        figure += nodes.paragraph("", texts["subtitle"], classes=["subtitle"])
    figure += card
    if texts.get("name"):
        figure["names"].append(nodes.fully_normalize_name(texts["name"]))
        document.note_explicit_target(figure, figure)
    else:
        document.set_id(figure)  # Sphinx numbers only figures that have an id
    figure += nodes.caption("", texts.get("title", ""))
    legend = nodes.legend("")
    if texts.get("caption"):
        legend += nodes.paragraph("", texts["caption"])
    if texts.get("more"):
        rest = f"<details><summary>More about this figure</summary><p>{escape(texts['more'])}</p></details>"
        legend += nodes.raw("", rest, format="html")
    if texts.get("source"):
        legend += nodes.paragraph("", texts["source"], classes=["source"])
    if ways:
        legend += nodes.raw("", ways, format="html")
    if legend.children:
        figure += legend
    return figure


def write_forms(texts: dict[str, str], folder: Path) -> None:
    """Write a figure as SVG and CSV under its name; its PNG is made of the SVG (analysis.building.pictures)."""
    folder.mkdir(parents=True, exist_ok=True)
    name = texts["name"]
    (folder / f"{name}.svg").write_text(texts["svg"] + "\n", encoding="utf-8")
    (folder / f"{name}.csv").write_text(safe_text(texts["csv"]), encoding="utf-8-sig", newline="")


def ways_to_take(texts: dict[str, str], page: str, data: Path, guide: str) -> str:
    """Return links to the figure's forms, its address and the guide, and its citation where the data are at hand."""
    name, up = escape(texts["name"]), "../" * page.count("/")
    links = [
        f'<a href="{up}{FOLDER}/{name}.{form}" download>{form.upper()}</a>' for form in ("svg", "png", "csv")
    ]
    say = WORDS["zh" if page.startswith(CHINESE) else "en"]
    links.append(f'<a href="#{nodes.make_id(texts["name"])}">{say["address"]}</a>')
    links += [f'<a href="{guide}">{say["guide"]}</a>'] if guide else []
    what = f"figure \u201c{texts.get('title', texts['name'])}\u201d, {page}.html#{texts['name']}"
    words = escape(cited(*known, what)) if (known := version(data)) else ""
    cite = f"<details><summary>{say['cite']}</summary><p>{words}</p></details>" if words else ""
    return f'<div class="ways"><p>{" ".join(links)}</p>{cite}</div>'


@lru_cache(maxsize=2)
def version(data: Path) -> tuple[str, str, str] | None:
    """Read the data's version, its day and its fingerprint, once a build; None for a book without all tables."""
    if not all((data / f"{name}.csv").is_file() for name in TABLES):
        return None
    package = read_package(data)
    return str(package["version"]), str(package.get("created", "")), fingerprint(data)


def render_image(self: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    """Render an image output with the texts its cell computed."""
    texts = shown_texts(data)
    if "alt" in texts and data.mime_type == DRAWING:
        return _drawing(self, data, texts)
    if "alt" in texts:
        data = with_alt(data, texts["alt"], self.config.cell_metadata_key)
    images: list[Any] = plain_render_image(self, data)
    if not all(image.get("alt") for image in images):
        self.logger.warning(
            "an image has no alt text; draw it with analysis.publish.show.show", line=data.line
        )
    return _carded(self, images, texts)


def _drawing(self: NbElementRenderer, data: MimeData, texts: dict[str, str]) -> list[nodes.Element]:
    """Set a drawing into its page, and write its forms where it has a name."""
    env, ways = self.renderer.sphinx_env, ""
    if env is not None and "name" in texts and "svg" in texts:
        write_forms(texts, Path(env.app.outdir) / FOLDER)
        guide = f"{'../' * env.docname.count('/')}{GUIDE}.html#{CARD}" if GUIDE in env.found_docs else ""
        ways = ways_to_take(texts, env.docname, Path(env.app.srcdir) / "data", guide)
    return _carded(self, [nodes.raw("", data.string, format="html")], texts, ways)


def _carded(
    self: NbElementRenderer, inner: list[Any], texts: dict[str, str], ways: str = ""
) -> list[nodes.Element]:
    """Put a drawing on its card, which scrolls where a phone is too narrow for it, and its words around it."""
    cards: list[nodes.Element] = [nodes.container("", *inner, classes=["figure-card"])]
    if {"title", "caption"} & texts.keys():
        return [as_figure(cards[0], texts, self.renderer.document, ways)]
    return cards


def write_colours(app: Sphinx) -> None:
    """Write the colours of the figures' roles as CSS variables, from which book.css takes the pages' colours."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / COLOURS).write_text(sheet_of_colours(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Put the renderer in place. MyST-NB offers entry points only, which need an installed package."""
    NbElementRenderer.render_image = render_image
    app.connect("builder-inited", write_colours)
    app.add_css_file(COLOURS)
    app.add_js_file(SCRIPT, defer="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
