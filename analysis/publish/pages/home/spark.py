"""A small line without axes: the printed years of a series, beside its latest number."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, PAD = 120.0, 32.0, 3.0

Point = tuple[float, float]


def spark(runs: Sequence[Sequence[Point]], alt: str) -> str:
    """Return runs of (year, value) as an SVG in the colour of the text, from 0 up; runs are not joined.

    A run of one year is a dot. The last point of all is a dot as well.
    """
    points = [point for run in runs for point in run]
    first, last = min(x for x, _ in points), max(x for x, _ in points)
    top = max(y for _, y in points) or 1.0

    def place(point: Point) -> str:
        x = PAD + (WIDTH - 2 * PAD) * (point[0] - first) / ((last - first) or 1.0)
        y = HEIGHT - PAD - (HEIGHT - 2 * PAD) * point[1] / top
        return f"{x:.1f},{y:.1f}"

    lines = [
        f'<polyline points="{" ".join(map(place, run))}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        for run in runs
        if len(run) > 1
    ]
    dots = [place(run[0]) for run in runs if len(run) == 1] + [place(max(points))]
    for x, y in (dot.split(",") for dot in dict.fromkeys(dots)):
        lines.append(f'<circle cx="{x}" cy="{y}" r="2.2" fill="currentColor"/>')
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(alt)}">'
        f"{''.join(lines)}</svg>"
    )
