"""The figures of a site as PNG: all of them set at once from their SVG, where matplotlib would draw each once more.

Typst, which sets the briefing, does it: with the letters that figures have, whatever fonts the machine has.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from analysis.errors import InputError
from analysis.publish.style import copy_fonts

PIXELS = 144  # an inch, of a drawing taken as PNG
POINTS = 72  # an inch: a drawing's own measure
CSS_PIXELS = 96  # an inch, as Typst reads a drawing's measure


def write_pictures(folder: Path) -> None:
    """Write each drawing NAME.svg of a folder as NAME.png beside it; without any, or without the folder, nothing.

    Raises
    ------
    InputError
        If one cannot be set (a drawing that is no SVG, say).
    """
    drawings = sorted(folder.glob("*.svg"))
    if not drawings:
        return
    for drawing, picture in zip(drawings, _set(drawings), strict=True):
        drawing.with_suffix(".png").write_bytes(picture)


def _set(drawings: list[Path]) -> list[bytes]:
    """Return drawings as PNG, a page of a document each."""
    from typst import Compiler, TypstError

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for number, drawing in enumerate(drawings):
            shutil.copyfile(drawing, work / f"{number}.svg")
        pages = "#pagebreak()\n".join(f'#image("{number}.svg")\n' for number in range(len(drawings)))
        (work / "all.typ").write_text(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}")
        try:
            fonts = copy_fonts(work / "fonts")
            compiler = Compiler(work / "all.typ", root=work, font_paths=[fonts], ignore_system_fonts=True)
            pictures = compiler.compile(format="png", ppi=PIXELS * CSS_PIXELS / POINTS)
        except TypstError as error:
            raise InputError(f"The figures could not be set as PNG: {error}.") from error
    assert pictures is not None  # which it is only where a file was named to write to
    return [pictures] if isinstance(pictures, bytes) else list(pictures)
