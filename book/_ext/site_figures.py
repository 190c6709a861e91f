"""Figures whose alt text, title and caption were computed by the cell that drew them.

MyST-NB takes an image's alt text from the notebook only, where nothing computed can stand. A cell that
calls `analysis.publish.show.show` puts them into the output's metadata; this extension reads them there,
and falls back to the cell's own `mystnb: {image: {alt: ...}}`. An image without alt text stops the build.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx

from analysis.publish.style import sheet_of_colours

COLOURS = "colours.css"
plain_render_image = NbElementRenderer.render_image


def shown_texts(data: MimeData) -> dict[str, str]:
    """Read alt, title, caption and name of an image output, the ones for its type before the general."""
    texts = {**data.output_metadata, **data.output_metadata.get(data.mime_type, {})}
    return {key: texts[key] for key in ("alt", "title", "caption", "name") if texts.get(key)}


def with_alt(data: MimeData, alt: str, metadata_key: str) -> MimeData:
    """Copy the output with `alt` where MyST-NB looks for the options of an image."""
    options = dict(data.cell_metadata.get(metadata_key, {}))
    options["image"] = {**options.get("image", {}), "alt": alt}
    return dataclasses.replace(data, cell_metadata={**data.cell_metadata, metadata_key: options})


def as_figure(card: nodes.Element, texts: dict[str, str], document: nodes.document) -> nodes.figure:
    """Make a figure with a title (which is numbered), a caption and a target to refer to."""
    figure = nodes.figure("", card, classes=["shown"])
    if texts.get("name"):
        figure["names"].append(nodes.fully_normalize_name(texts["name"]))
        document.note_explicit_target(figure, figure)
    else:
        document.set_id(figure)  # Sphinx numbers only figures that have an id
    figure += nodes.caption("", texts.get("title", ""))
    if texts.get("caption"):
        figure += nodes.legend("", nodes.paragraph("", texts["caption"]))
    return figure


def render_image(self: NbElementRenderer, data: MimeData) -> list[nodes.Element]:
    """Render an image output with the texts its cell computed."""
    texts = shown_texts(data)
    if "alt" in texts:
        data = with_alt(data, texts["alt"], self.config.cell_metadata_key)
    images: list[Any] = plain_render_image(self, data)
    if not all(image.get("alt") for image in images):
        self.logger.warning(
            "an image has no alt text; draw it with analysis.publish.show.show", line=data.line
        )
    # The card keeps drawings readable in dark mode and scrolls on a phone, where they would be too small.
    cards: list[nodes.Element] = [nodes.container("", *images, classes=["figure-card"])]
    if {"title", "caption"} & texts.keys():
        return [as_figure(cards[0], texts, self.renderer.document)]
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
    return {"parallel_read_safe": True, "parallel_write_safe": True}
