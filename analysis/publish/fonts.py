"""Where the fonts lie: the same files draw the figures and set the briefing, on every machine.

Latin letters in figures come with matplotlib, Chinese ones with a package of their own. The briefing's text
face (Libertinus Serif) is inside the Typst package.
"""

from __future__ import annotations

import logging
import shutil
from functools import cache
from pathlib import Path


def chinese_folder() -> Path:
    """Return the folder with Noto Sans SC and Noto Serif SC."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent


def latin_folder() -> Path:
    """Return matplotlib's folder of fonts, with DejaVu Sans."""
    import matplotlib as mpl

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
    from matplotlib import font_manager

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
    from matplotlib.ft2font import FT2Font

    files = [latin_folder() / "DejaVuSans.ttf", chinese_folder() / "NotoSerifSC-Regular.otf"]
    return frozenset(code for path in files for code in FT2Font(str(path)).get_charmap())
