"""The shapes of provinces, how one is drawn, and how many publicised cases were investigated in each."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from analysis.errors import InputError
from analysis.publish import geometry, style
from analysis.publish.addresses import cases_address
from analysis.publish.touch import tell

SHAPES = Path(geometry.__file__).with_name("china.geojson")
NATIONAL = "CN"
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
