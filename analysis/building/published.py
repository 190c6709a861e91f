"""From the pages that Sphinx wrote to the site that is published: slim, with its policy, readable, in its place.

All of it happens in the staged folder; the earlier site is touched only by the renames at the end.
"""

from __future__ import annotations

import re
import shutil
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from analysis.building.languages import in_its_language, write_short_address
from analysis.building.policy import with_policy
from analysis.errors import InputError

STATIC = "_static"
TEXT = {".html", ".css", ".js"}
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+?\.map(?:\s*\*/)?\s*\Z")
# Every browser that the theme's style sheets work in reads the first of the two.
SECOND_FONT = re.compile(r'(?<=format\("woff2"\)),\s*url\([^)]*\.ttf\) format\("truetype"\)')
# What pages load and can do without: icons as a script, which the style sheet has as a font already; and the search of
# Sphinx, which answers `?q=` wherever it is loaded. Both outweigh a page. The page of the search loads the book's own,
# where the book has one.
SCRIPT = r'<script[^>]*\bsrc="(?:[^"]*/)?(?:{})\.js[^"]*"[^>]*></script>'
SEARCH, SEARCHING = "search.html", "searchindex|searchtools|language_data"
SEARCH_INDEX, SEARCH_SCRIPT = "search-index.js", "search.js"
IDLE, IDLE_IN_A_SEARCH = (
    re.compile(SCRIPT.format(one)) for one in (f"fontawesome|{SEARCHING}", "fontawesome")
)
# Sphinx's note on its settings, with the builder's paths in it: two folders would give two sites.
NOTE = ".buildinfo"
# What the theme and docutils leave without a name, or give a role that what stands inside may not have.
MENDED = {
    '<summary><span class="toctree-toggle"': '<summary aria-label="Pages below"><span class="toctree-toggle"',
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    '" role="doc-biblioentry">': '">',
}
FILE_MODE, FOLDER_MODE = 0o644, 0o755
# The licences of what the site carries of others, in one file that every footer links to.
LICENCES = "LICENSES.txt"
# The packages whose scripts and styles lie in _static.
PACKAGES = (
    *("Sphinx", "pydata-sphinx-theme", "sphinx-book-theme", "sphinx-copybutton", "sphinx-togglebutton"),
    *("sphinx-design", "myst-nb", "Pygments"),
)
# What these packages carry of others, each with the words of its own licence note.
CARRIED = (
    "Bootstrap 5 (scripts and styles): Copyright 2011-2024 The Bootstrap Authors, MIT licence.",
    "Font Awesome Free 6 (icons and fonts): Copyright 2024 Fonticons, Inc.; icons CC BY 4.0, fonts SIL OFL 1.1, "
    "code MIT licence. The font here holds only the icons that these pages draw, and is called Book Icons.",
    "clipboard.js 2: Copyright Zeno Rocha, MIT licence.",
    "Observable Plot 0.6 (drawings of the Explorer): Copyright 2020-2025 Observable, Inc., ISC licence; the text is in "
    "_static/plot.LICENSE.txt. It carries interval-tree-1d and binary-search-bounds (Copyright 2013-2015 Mikola "
    "Lysenko, MIT licence) and isoformat (Copyright 2021 Mike Bostock, ISC licence).",
    "D3 7 (drawings of the Explorer): Copyright 2010-2023 Mike Bostock, ISC licence; the text is in "
    "_static/d3.LICENSE.txt.",
    "Noto Sans Math (font): Copyright the Noto Project Authors, SIL OFL 1.1; the text is in "
    "_static/noto-sans-math.LICENSE.txt and holds for the fonts of Font Awesome as well.",
)
HEADING = """Licences of what these pages are made with

The data and the text are under CC BY 4.0, the code of the project under the MIT licence. The pages also carry
scripts, styles and fonts of others, which are listed here with their licences. Where a licence is called the
MIT licence, its conditions are those printed below for sphinx-copybutton.
"""
LICENCE_FILE = re.compile(r"^(licen[cs]e|copying)", re.IGNORECASE)


def finish(pages: Path) -> None:
    """Make the pages that Sphinx wrote into `pages` what is published."""
    (pages / NOTE).unlink(missing_ok=True)
    _lighten(pages)
    _strip_references(pages / STATIC)
    for path in _unreached(pages):
        path.unlink()
    _remove_empty(pages / STATIC)
    write_licences(pages)
    write_short_address(pages)
    for path in sorted(pages.rglob("*.html")):
        name = path.relative_to(pages).as_posix()
        page = in_its_language(path.read_text(encoding="utf-8"), name)
        for fault, mended in MENDED.items():
            page = page.replace(fault, mended)
        path.write_text(with_policy(page, name), encoding="utf-8")
    readable(pages)


def _lighten(pages: Path) -> None:
    """Take the scripts out of pages that these can do without, and let the page of the search load the book's own."""
    own = (pages / STATIC / SEARCH_SCRIPT).is_file()
    for path in sorted(pages.rglob("*.html")):
        searches = path.relative_to(pages).as_posix() == SEARCH
        idle = IDLE_IN_A_SEARCH if searches and not own else IDLE
        *before, last = idle.split(path.read_text(encoding="utf-8"))
        page = "".join([*(part.rstrip() for part in before), last])
        path.write_text(_with_own_search(page) if searches and own else page, encoding="utf-8")
    if own:
        (pages / "searchindex.js").unlink(missing_ok=True)


def _with_own_search(page: str) -> str:
    """Let the page of the search load the index of sections and the script that searches it."""
    scripts = "".join(
        f'<script defer src="{STATIC}/{name}"></script>' for name in (SEARCH_INDEX, SEARCH_SCRIPT)
    )
    return page.replace("</head>", f"{scripts}</head>", 1)


def _strip_references(static: Path) -> None:
    """Take out of scripts and styles what names source maps and a font's second format."""
    for path in sorted([*static.rglob("*.js"), *static.rglob("*.css")]):
        text = path.read_text(encoding="utf-8")
        slim = SECOND_FONT.sub("", SOURCE_MAP.sub("\n", text))
        if slim != text:
            path.write_text(slim, encoding="utf-8")


def _unreached(pages: Path) -> list[Path]:
    """List the files below _static that no page names, nor any style or script that a page names, and so on.

    A file counts as named where its name stands, in whatever way an address is put together.
    """
    unnamed: dict[bytes, list[Path]] = {}  # the theme has a hundred files of two names
    for path in (pages / STATIC).rglob("*"):
        if path.is_file():
            unnamed.setdefault(path.name.encode(), []).append(path)
    todo = [path for path in pages.rglob("*.html") if not path.is_relative_to(pages / STATIC)]
    while todo:
        text = todo.pop().read_bytes()
        named = [path for name in list(unnamed) if name in text for path in unnamed.pop(name)]
        todo += [path for path in named if path.suffix in TEXT]
    return sorted(path for paths in unnamed.values() for path in paths if "LICENSE" not in path.name)


def _remove_empty(folder: Path) -> None:
    """Remove folders in which nothing is left."""
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def readable(place: Path) -> None:
    """Let everyone read what is published, whatever the builder's umask: a web server is another user."""
    for path in [place, *place.rglob("*")]:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def swap_in(staged: Path, html: Path) -> None:
    """Put a finished build in the place of the earlier one, by renames; where that fails the earlier one is back."""
    if not (staged / "index.html").is_file():
        raise InputError(f"There are no finished pages in {staged}; the earlier site is as it was.")
    html.parent.chmod(FOLDER_MODE)
    earlier = _earlier(html)
    shutil.rmtree(earlier, ignore_errors=True)
    if html.exists():
        html.rename(earlier)
    try:
        staged.rename(html)
    except OSError:
        restore(html)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def restore(html: Path) -> None:
    """Bring the earlier site back where a swap was stopped between its two renames."""
    if _earlier(html).exists() and not html.exists():
        _earlier(html).rename(html)


def _earlier(html: Path) -> Path:
    """Return where the earlier site lies during a swap."""
    return html.with_name("html.earlier")


def write_licences(folder: Path) -> Path:
    """Write the licences into a folder of pages."""
    parts = [HEADING, *(f"* {line}" for line in CARRIED), ""]
    for name in PACKAGES:
        package = _package(name)
        title = f"{name} {package.version}"
        parts += ["", "=" * len(title), title, "=" * len(title), "", _text(package, name).strip(), ""]
    target = folder / LICENCES
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
