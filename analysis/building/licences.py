"""The licences of the scripts, styles and fonts that the site carries, in one file that every footer links to."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from analysis.errors import InputError

NAME = "LICENSES.txt"
# The packages whose scripts and styles lie in _static.
PACKAGES = (
    "Sphinx",
    "pydata-sphinx-theme",
    "sphinx-book-theme",
    "sphinx-copybutton",
    "sphinx-togglebutton",
    "sphinx-design",
    "myst-nb",
    "Pygments",
)
# What these packages carry of others, each with the words of its own licence note.
CARRIED = (
    "Bootstrap 5 (scripts and styles): Copyright 2011-2024 The Bootstrap Authors, MIT licence.",
    "Font Awesome Free 6 (icons and fonts): Copyright 2024 Fonticons, Inc.; icons CC BY 4.0, fonts SIL OFL 1.1, "
    "code MIT licence.",
    "clipboard.js 2: Copyright Zeno Rocha, MIT licence.",
    "Noto Sans Math (font): Copyright the Noto Project Authors, SIL OFL 1.1; the text is in "
    "_static/noto-sans-math.LICENSE.txt and holds for the fonts of Font Awesome as well.",
)
HEADING = """Licences of what these pages are made with

The data and the text are under CC BY 4.0, the code of the project under the MIT licence. The pages also carry
scripts, styles and fonts of others, which are listed here with their licences. Where a licence is called the
MIT licence, its conditions are those printed below for sphinx-copybutton.
"""
LICENCE_FILE = re.compile(r"^(licen[cs]e|copying)", re.IGNORECASE)


def write_licences(folder: Path) -> Path:
    """Write the licences into a folder of pages."""
    parts = [HEADING, *(f"* {line}" for line in CARRIED), ""]
    for name in PACKAGES:
        package = _package(name)
        title = f"{name} {package.version}"
        parts += ["", "=" * len(title), title, "=" * len(title), "", _text(package, name).strip(), ""]
    target = folder / NAME
    target.write_text("\n".join(parts), encoding="utf-8")
    return target


def _package(name: str) -> Distribution:
    """Find an installed package."""
    try:
        return distribution(name)
    except PackageNotFoundError as error:
        raise InputError(f"The package {name} is not installed; run `make report` to set it up.") from error


def _text(package: Distribution, name: str) -> str:
    """Read the licence that a package was installed with."""
    for path in package.files or []:
        if ".dist-info" in str(path.parent) and LICENCE_FILE.match(path.name):
            return path.read_text(encoding="utf-8")
    raise InputError(f"The package {name} was installed without its licence; the site cannot name it.")
