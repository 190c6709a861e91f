"""From a drawing of matplotlib to one that lives in a page: light, in the page's colours, its marks within reach.

Letters stay letters. Each line of text is held to the width that matplotlib gave it, so that in whatever font no word
grows into its neighbour. Colours become the roles' CSS variables, and what lies between a role and the paper
(a band, a cell of a grid) a mixture of both, so that a drawing follows a page into the dark. Marks are boxes laid over
the drawing, each with its words and, where there is one, a link; the drawing below says nothing to a screen reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from lxml import etree  # type: ignore[import-untyped]
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from analysis.publish.mark import Mark
from analysis.publish.style import add_chinese, roles

SVG, XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
FAMILY = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', 'PingFang SC', 'Noto Sans SC', sans-serif"
)
LARGER = 1.06  # letters of a page's font are smaller than DejaVu's at the same size
HEX = re.compile(r"#[0-9a-f]{6}\b")
LONG = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
# Colours of the style sheet and of seaborn, and the roles that they stand for.
ALIASES = {"#444444": "text", "#333333": "text", "#262626": "text", "#000000": "text", "#8a8a8a": "rule",
           "#e3e3e3": "pale"}  # fmt: skip
MIXED = ("ink", "print", "rival", "group3", "group4", "group5", "rest", "rule", "text")
NEAR = 2.5 / 255  # by how much a channel may differ from a mixture


def slim(drawing: str) -> etree._Element:
    """Return a drawing with letters as text (see `analysis.publish.show.svg`) without what no page needs."""
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(drawing.encode(), parser)
    for tag in ("metadata", "style"):
        for element in list(root.iter(f"{{{SVG}}}{tag}")):
            element.getparent().remove(element)
    for element in root.iter():
        for name in ("d", "x", "y", "width", "height", "points", "transform", "viewBox"):
            text = element.get(name)
            if text is not None and "scale" not in text:
                element.set(name, LONG.sub(_two, " ".join(text.split())))
        if (target := element.get(XLINK)) is not None:
            del element.attrib[XLINK]
            element.set("href", target)
        if element.tag == f"{{{SVG}}}text":
            _hold(element)
    _drop_ids(root)
    _drop_groups(root)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("style", f"stroke-linejoin: round; stroke-linecap: butt; font-family: {FAMILY}")
    etree.cleanup_namespaces(root)
    return root


def _two(number: re.Match[str]) -> str:
    """Write a coordinate in hundredths of a point, which is finer than any screen."""
    return (
        f"{round(float(number[0]), 2) + 0.0:g}" if abs(float(number[0])) < 1e4 else f"{float(number[0]):.2f}"
    )


def _hold(text: etree._Element) -> None:
    """Hold a line of text to the width that it was laid out in, in letters of the page's own font."""
    style = dict(part.split(": ", 1) for part in text.get("style", "").split("; ") if ": " in part)
    points = float(style.get("font-size", "10px").removesuffix("px"))
    weight = style.get("font-weight", "400")
    if text.text:
        text.set("textLength", f"{_width(text.text, points, weight):.1f}")
        text.set("lengthAdjust", "spacingAndGlyphs")
    style.pop("font-family", None)
    style["font-size"] = f"{points * LARGER:.4g}px"
    style.setdefault("fill", "#000000")
    text.set("style", "; ".join(f"{name}: {value}" for name, value in style.items()))
    if re.fullmatch(r"rotate\(-?0(?: [\d.-]+)*\)", text.get("transform", "")):
        del text.attrib["transform"]


@cache
def _width(words: str, points: float, weight: str) -> float:
    """Return the width of words in the font of all figures, in points."""
    add_chinese()
    heavy = int(weight) if weight.isdigit() else weight
    font = FontProperties(family=["DejaVu Sans", "Noto Sans SC"], size=points, weight=heavy)
    return float(TextToPath().get_text_width_height_descent(words, font, ismath=False)[0])


def _drop_ids(root: etree._Element) -> None:
    """Take away the ids that nothing in the drawing refers to."""
    used = {target[1:] for one in root.iter() if (target := one.get("href", "")).startswith("#")}
    for element in root.iter():
        used.update(name for value in element.attrib.values() for name in REFERENCE.findall(str(value)))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)


def _drop_groups(root: etree._Element) -> None:
    """Put what groups without any attribute hold in their place."""
    for group in [one for one in root.iter(f"{{{SVG}}}g") if not one.attrib]:
        parent = group.getparent()
        place = parent.index(group)
        parent.remove(group)
        parent[place:place] = list(group)


def for_page(root: etree._Element, name: str, alt: str, marks: Sequence[Mark], height: float) -> str:
    """Return a slim drawing as markup for a page, and change it: colours and marks.

    `name` is that of its ids (see `own_ids`), `height` its height in points; marks count from its lower left corner.
    """
    for element in root.iter():
        attributes = [
            f"{key}: {element.attrib.pop(key)}" for key in ("fill", "stroke") if key in element.attrib
        ]
        if style := "; ".join([*attributes, *([element.get("style")] if element.get("style") else [])]):
            element.set("style", HEX.sub(lambda found: variable(found[0]), style))
    drawn = etree.Element(f"{{{SVG}}}g", {"aria-hidden": "true"})
    drawn.extend(list(root))
    described = etree.Element(f"{{{SVG}}}desc", {"id": f"{name}-alt"})
    described.text = alt
    root.extend([described, drawn])
    root.set("class", "drawing")
    root.set("role", "group" if marks else "img")
    root.set("aria-labelledby", f"{name}-alt")
    if marks:
        layer = etree.SubElement(root, f"{{{SVG}}}g", {"class": "marks"})
        layer.extend(_laid(marks, height))
    return as_text(root)


def as_text(root: etree._Element) -> str:
    """Write a drawing as markup."""
    return str(etree.tostring(root, encoding="unicode"))


def own_ids(root: etree._Element, name: str) -> None:
    """Make the ids of a drawing and what refers to them its own among all drawings of a page."""
    ids = {one.get("id"): f"{name}-{place}" for place, one in enumerate(root.iterfind(".//*[@id]"))}
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, ids[value])
            elif key == "href" and value.startswith("#"):
                element.set(key, f"#{ids[value[1:]]}")
            elif "url(#" in value:
                element.set(key, REFERENCE.sub(lambda found: f"url(#{ids[found[1]]})", value))


def _laid(marks: Sequence[Mark], height: float) -> Iterator[etree._Element]:
    """Yield the boxes over the marks; the first takes the focus, the page's script names and leads to the others."""
    for place, mark in enumerate(marks):
        outer = etree.Element(f"{{{SVG}}}{'a' if mark.address else 'g'}")
        if mark.address:
            outer.set("href", mark.address)
            outer.set("tabindex", "-1" if place else "0")
        elif not place:
            outer.set("role", "img")
            outer.set("tabindex", "0")
        etree.SubElement(outer, f"{{{SVG}}}title").text = mark.words
        (x0, y0), (x1, y1) = mark.box.get_points()
        sides = {"x": x0, "y": height - y1, "width": x1 - x0, "height": y1 - y0}
        box = etree.SubElement(outer, f"{{{SVG}}}rect", {key: f"{side:.4g}" for key, side in sides.items()})
        if mark.round:
            box.set("rx", f"{(x1 - x0) / 2:.3g}")
        yield outer


@cache
def variable(colour: str) -> str:
    """Return a colour of a drawing as CSS: a role's variable, a mixture of one with the paper, or the colour itself."""
    known = {shade: name for name, shade in reversed(roles().items())} | ALIASES
    if colour in known:
        return f"var(--cc-{known[colour]})"
    paper = np.array(to_rgb(roles()["paper"]))
    away = np.array(to_rgb(colour)) - paper
    for name in MIXED:
        full = np.array(to_rgb(roles()[name])) - paper
        share = float(np.clip(away @ full / (full @ full), 0, 1))
        if np.abs(share * full - away).max() <= NEAR:
            return f"color-mix(in srgb, var(--cc-{name}) {share:.0%}, var(--cc-paper))"
    return colour
