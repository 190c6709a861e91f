"""One look for every figure: the style sheet, colours by role, and how numbers stand on axes.

A colour is asked for by what it means, never by its hue. The roles stand in colours.json, from which the pages' style
sheet and the briefing take theirs as well; each is legible (3:1 or more, WCAG 2.2, 1.4.11) on its ground.
The same font files draw the figures and set the briefing, on every machine: Latin letters in figures come with
matplotlib, Chinese ones with a package of their own; the briefing's text face (Libertinus Serif) is inside Typst's.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.legend import Legend
from matplotlib.offsetbox import OffsetBox
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter, NullFormatter
from matplotlib.transforms import Bbox

from analysis.publish.measured import MeasuredAxes, measured_once

SHEET = Path(__file__).with_name("house.mplstyle")
ROLES = Path(__file__).with_name("colours.json")
WIDTH = (
    5.15  # inches of a drawing; as many points as a phone has pixels, so that letters keep their size there
)
SMALL = 8.5  # points; the smallest letters of most figures


@cache
def roles(ground: str = "light") -> dict[str, str]:
    """Return the colour of each role on a `light` or a `dark` ground, as #rrggbb (Okabe, Ito 2008, made darker)."""
    return {name: role[ground] for name, role in json.loads(ROLES.read_text(encoding="utf-8")).items()}


def sheet_of_colours() -> str:
    """Return the roles as CSS variables (`--cc-print`), for light pages and for dark ones; paper is always light."""
    grounds = {"html": "light", 'html[data-theme="dark"]': "dark"}
    colours = {
        where: "".join(f"  --cc-{name}: {colour};\n" for name, colour in roles(ground).items())
        for where, ground in grounds.items()
    }
    light, dark = (f"{where} {{\n{lines}}}\n" for where, lines in colours.items())
    return f"{light}\n@media screen {{\n{dark}}}\n"


PRINT, RIVAL, ESTIMATE, DOUBTED, MEASURE = (
    roles()[name] for name in ("print", "rival", "estimate", "doubted", "measure")
)
GROUPS = tuple(roles()[f"group{place}"] for place in range(1, 7))
INK, TEXT, RULE, REST, PALE, PAPER = (
    roles()[name] for name in ("ink", "text", "rule", "rest", "pale", "paper")
)
HALO = [withStroke(linewidth=2.2, foreground=PAPER)]  # keeps letters clear of lines behind them
# Words beside a mark: offset to the right of it, in the middle of its height.
BESIDE: dict[str, Any] = {"textcoords": "offset points", "va": "center"}


def tint(colour: str, share: float = 0.5) -> str:
    """Return a colour laid thinly on paper: `share` of it, so that it reads as a lighter one of the same role."""
    inks = zip(to_rgb(colour), to_rgb(PAPER), strict=True)
    red, green, blue = (share * ink + (1 - share) * paper for ink, paper in inks)
    return to_hex((red, green, blue))


def shades(colour: str = PRINT) -> LinearSegmentedColormap:
    """Return a scale from nearly paper to a colour, which a dark page can turn round (see `inline`)."""
    return LinearSegmentedColormap.from_list("shades", [tint(colour, 0.06), colour])


def subplots(
    rows: int = 1, cols: int = 1, *, size: tuple[float, float] = (WIDTH, 3.6), **options: Any
) -> Any:
    """Return figure and axes in the house style; `size` is width and height in inches."""
    add_chinese()
    plt.style.use(SHEET)  # for the process: legends and labels added later take the style as well
    options["subplot_kw"] = {"axes_class": MeasuredAxes} | options.get("subplot_kw", {})
    return plt.subplots(rows, cols, figsize=size, layout="constrained", **options)


_boxes: WeakKeyDictionary[Figure, Bbox] = WeakKeyDictionary()


def lay_out(figure: Figure) -> Bbox:
    """Lay a figure out, once, and return the box of all that is drawn, in inches.

    Its limits, ticks and boxes are final then. What was changed since is laid out again.
    """
    if figure.get_layout_engine() is None and not figure.stale and figure in _boxes:
        return _boxes[figure]
    plain_log_labels(figure)
    with measured_once(figure):
        place(figure)
        _boxes[figure] = figure.get_tightbbox()  # labels and titles find their places on the way
    # `set_layout_engine("none")` would leave an engine that does nothing, for whose sake matplotlib draws a figure once
    # more before each of its forms.
    figure._layout_engine = None  # type: ignore[attr-defined]
    figure.stale = False
    return _boxes[figure]


def place(figure: Figure) -> None:
    """Give axes, notes and the words of legends their places as drawing would, without drawing for nobody."""
    engine = figure.get_layout_engine()
    if engine is None:
        figure.draw_without_rendering()
        return
    for axes in figure.axes:
        _rest_spines(axes)
    with measured_once(figure):
        engine.execute(figure)
    renderer = figure._get_renderer()  # type: ignore[attr-defined]
    for axes in figure.axes:
        axes.apply_aspect()
    for artist in (one for part in (figure, *figure.axes) for one in part.get_children()):
        # Notes look for their place when they are drawn, and so do a legend's words.
        if isinstance(artist, Annotation):
            artist.update_positions(renderer)
        elif isinstance(artist, Legend | OffsetBox):
            artist.draw(renderer)


def _rest_spines(axes: Axes) -> None:
    """Spare the frame's sides from asking for all ticks wherever they are measured.

    They ask to have the ticks' length in their box, beyond which the numbers of the axis reach.
    """
    for side, axis, label in (("left", axes.yaxis, "labelleft"), ("bottom", axes.xaxis, "labelbottom")):
        numbered = axis.get_tick_params().get(label) and not isinstance(axis.major.formatter, NullFormatter)
        if numbered and side in axes.spines:
            axes.spines[side].register_axis(None)  # type: ignore[arg-type]  # as before it has one


def plain_log_labels(figure: Figure) -> None:
    """Write the numbers of a log axis as text: matplotlib's own are mathematics, which the style does not read."""
    from matplotlib.ticker import LogFormatter, LogFormatterMathtext

    class Short(LogFormatter):
        """The ticks that matplotlib would label, in the house's short numbers."""

        def __call__(self, x: float, pos: int | None = None) -> str:
            return short(float(f"{x:.12g}")) if super().__call__(x, pos) else ""

    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        for ticks in (axis.major, axis.minor):
            if isinstance(ticks.formatter, LogFormatterMathtext):
                short_one = Short(labelOnlyBase=ticks.formatter.labelOnlyBase)
                (axis.set_major_formatter if ticks is axis.major else axis.set_minor_formatter)(short_one)


def finish(figure: Figure) -> Figure:
    """Take the figure out of pyplot's hands, so that it is shown once and not again at the cell's end."""
    plt.close(figure)
    return figure


def short(value: float) -> str:
    """Write a value as it stands on an axis: 21k, 4.5m, 18bn."""
    for size, mark in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{mark}"
    return f"{value:g}"


def short_axis(axes: Axes, axis: str = "y", *, written: Callable[[float], str] = short) -> None:
    """Label an axis with short numbers, `written` as a language has them."""
    which = axes.yaxis if axis == "y" else axes.xaxis
    which.set_major_formatter(FuncFormatter(lambda value, _: written(round(value, 10))))


def chinese_folder() -> Path:
    """Return the folder with Noto Sans SC and Noto Serif SC."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent


def latin_folder() -> Path:
    """Return matplotlib's folder of fonts, with DejaVu Sans."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def font_files(folder: Path) -> list[Path]:
    """List the font files of a folder.

    Matplotlib's Last Resort font is left out: it has a box for every letter there is, so that a letter which
    no font can set would go unnoticed.
    """
    files = [*folder.rglob("*.ttf"), *folder.rglob("*.otf")]
    return sorted(path for path in files if not path.name.startswith("LastResort"))


def copy_fonts(target: Path) -> Path:
    """Copy all fonts that figures and the briefing use into a new folder and return it."""
    target.mkdir()
    for path in (*font_files(latin_folder()), *font_files(chinese_folder())):
        shutil.copyfile(path, target / path.name)
    return target


@cache
def add_chinese() -> None:
    """Make the Chinese fonts known to matplotlib, once a process."""
    # The Chinese font has no bold; Latin bold is found, and a note on the rest would stop the build.
    logging.getLogger("matplotlib.font_manager").addFilter(_not_about_weight)
    for path in font_files(chinese_folder()):
        font_manager.fontManager.addfont(str(path))


def _not_about_weight(record: logging.LogRecord) -> bool:
    """Keep every note of the font manager but that a font lacks a weight."""
    return "Failed to find font weight" not in record.getMessage()


@cache
def letters() -> frozenset[int]:
    """Return the code points that DejaVu Sans or Noto Serif SC can set."""
    files = [latin_folder() / "DejaVuSans.ttf", chinese_folder() / "NotoSerifSC-Regular.otf"]
    return frozenset(code for path in files for code in FT2Font(str(path)).get_charmap())
