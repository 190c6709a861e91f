"""A mark that a reader may touch: its place, its words and where it leads; and marks as rows of a figure's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.transforms import Bbox

ADDRESS = re.compile(r"[./:#]")  # no id of a reading has any of these


@dataclass(frozen=True)
class Mark:
    """A mark: its box in points from the lower left of the figure, its words, where it leads, and what the axes say.

    `address` may be the id of a reading, as long as nobody has told where that stands (see `placed`). A `heading` is
    the title of a panel, which leads where the panel does and is no row of the figure's data.
    """

    box: Bbox
    words: str
    address: str = ""
    panel: str = ""
    name: str = ""
    x: str = ""
    y: str = ""
    interval: str = ""
    unit: str = ""
    round: bool = False
    heading: bool = False


def placed(found: Iterable[Mark], readings: Mapping[str, str]) -> list[Mark]:
    """Return marks with the addresses of readings for their ids; those of other readings lead nowhere."""
    stays = ADDRESS.search
    return [
        replace(one, address=readings.get(one.address, one.address if stays(one.address) else ""))
        for one in found
    ]


def frame_of(found: Sequence[Mark]) -> pd.DataFrame:
    """Return marks as rows, for figures that bring no frame of their own."""
    columns = ["panel", "series", "x", "y", "interval", "unit", "told"]
    cells = [
        (one.panel, one.name, _bare(one.x), _bare(one.y), one.interval, one.unit, one.words)
        for one in found
        if not one.heading
    ]
    frame = pd.DataFrame(cells, columns=columns)
    return frame[[name for name in columns if name in ("x", "y") or (frame[name] != "").any()]]


def is_number(said: str) -> bool:
    """Tell whether an axis said a number."""
    return bool(re.fullmatch(r"-?[\d,]+(?:\.\d+)?(?:e[+-]?\d+)?", said))


def _bare(said: str) -> str:
    """Return a number without the commas between its thousands, for a program."""
    return said.replace(",", "") if is_number(said) else said
