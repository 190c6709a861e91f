"""From the pages that Sphinx wrote to the site that is published: slim, with its policy, readable, in its place.

All of it happens in the staged folder; the earlier site is touched only by the renames at the end.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from analysis.building.licences import write_licences
from analysis.building.policy import with_policy
from analysis.errors import InputError

STATIC = "_static"
TEXT = {".html", ".css", ".js"}
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+?\.map(?:\s*\*/)?\s*\Z")
# Every browser that the theme's style sheets work in reads the first of the two.
SECOND_FONT = re.compile(r'(?<=format\("woff2"\)),\s*url\([^)]*\.ttf\) format\("truetype"\)')
# Sphinx's note on its settings, with the builder's paths in it: two folders would give two sites.
NOTE = ".buildinfo"
FILE_MODE, FOLDER_MODE = 0o644, 0o755


def finish(pages: Path) -> None:
    """Make the pages that Sphinx wrote into `pages` what is published."""
    (pages / NOTE).unlink(missing_ok=True)
    _strip_references(pages / STATIC)
    for path in _unreached(pages):
        path.unlink()
    _remove_empty(pages / STATIC)
    write_licences(pages)
    for path in sorted(pages.rglob("*.html")):
        name = path.relative_to(pages).as_posix()
        path.write_text(with_policy(path.read_text(encoding="utf-8"), name), encoding="utf-8")
    readable(pages)


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
    static = {path for path in (pages / STATIC).rglob("*") if path.is_file()}
    todo = [path for path in pages.rglob("*.html") if path not in static]
    reached: set[Path] = set()
    while todo:
        text = todo.pop().read_text(encoding="utf-8")
        found = {path for path in static - reached if path.name in text}
        reached |= found
        todo += [path for path in found if path.suffix in TEXT]
    return sorted(path for path in static - reached if "LICENSE" not in path.name)


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
