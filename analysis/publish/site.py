"""Build the site: run the chapters, let Jupyter Book write the pages, and swap them in when all went well.

A chapter runs again when its code changed, or when anything did that its numbers rest on: Jupyter Book's
own cache knows the code cells only, so each state of data/, analysis/ and requirements.txt has a cache
folder of its own. Pages are always written from scratch, which takes seconds and leaves nothing stale; where
no input changed at all, nothing is done. An earlier build stays whole until a new one has succeeded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import InputError, end
from analysis.publish.build_lock import only_build
from analysis.publish.child import running_child
from analysis.publish.downloads import package_date
from analysis.publish.execution import Echo, environment, execute, read_chapter
from analysis.publish.published import finish, restore, swap_in

# What a chapter's numbers rest on besides its own code.
RUN_INPUTS = ("data", "analysis", "requirements.txt")
# What a page rests on besides the chapters' numbers.
PAGE_INPUTS = ("book", "_config.yml", "_toc.yml")
IGNORED_FOLDERS = {"__pycache__", ".ipynb_checkpoints"}
KEPT_CACHES = 3
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
FALLBACK_DATE = "2025-01-01"
# MyST-NB numbers the lines of a notebook as 10,000 times the cell plus the line in it plus 1.
CELL_STRIDE = 10_000
PROBLEM = re.compile(r"^(?P<place>.*?)(?P<line>:\d+)?: (?:WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*)$")
PROGRESS = re.compile(r"^(?P<step>reading sources|writing output)\.\.\. \[ *\d+%\] (?P<page>\S+)")
# The end of a traceback: "OSError: [Errno 28] No space left on device".
EXCEPTION = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt|Exit)\b\S*: \S|.*\[Errno \d+\]")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def build_site(root: Path, *, dated: dt.date | None = None, echo: Echo = print) -> Path:
    """Build the book at `root` into `_build/html` and return that folder.

    `dated` is the only clock of the build (default: the day the data's version is dated), so two builds of
    the same state are the same bytes. Raises InputError, one sentence a problem, and then leaves
    `_build/html` as it was.
    """
    with only_build(root, "the site", echo=echo):
        return _build_site(root.resolve(), dated, echo)


def _build_site(root: Path, dated: dt.date | None, echo: Echo) -> Path:
    """Build the site while nobody else does."""
    html, stamp = root / "_build" / "html", root / "_build" / "site.json"
    restore(html)
    run_state = digest(root, RUN_INPUTS)
    state = hashlib.sha256(f"{run_state} {digest(root, PAGE_INPUTS)} {dated}".encode()).hexdigest()
    if _is_current(html, stamp, state):
        echo("the site is up to date")
        return html
    cache = root / "_build" / "cache" / run_state[:16]
    _run_chapters(root, cache / "_build" / ".jupyter_cache", echo)
    staged = _write_pages(root, cache, dated or _data_date(root), echo)
    swap_in(staged, html)
    stamp.write_text(json.dumps({"state": state, "pages": _listing(html)}) + "\n", encoding="utf-8")
    _prune(cache)
    return html


def digest(root: Path, names: Iterable[str]) -> str:
    """Hash the files below some of the root's entries, by path and content."""
    total = hashlib.sha256()
    for path in sorted(path for name in names for path in _files(root / name)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _files(place: Path) -> list[Path]:
    """List the files at or below a place, without what Python and editors leave there."""
    if place.is_file():
        return [place]
    return [
        path for path in place.rglob("*") if path.is_file() and not IGNORED_FOLDERS.intersection(path.parts)
    ]


def _is_current(html: Path, stamp: Path, state: str) -> bool:
    """Tell whether the last build was of this state and still lies there, file by file."""
    try:
        last = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(last.get("state") == state and last.get("pages") == _listing(html))


def _listing(html: Path) -> str:
    """Hash the names and sizes of a build's files."""
    lines = [f"{path.relative_to(html).as_posix()} {path.stat().st_size}" for path in sorted(_files(html))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _data_date(root: Path) -> dt.date:
    """Read the day of the data's version."""
    created = package_date(root / "data") or FALLBACK_DATE
    try:
        return dt.date.fromisoformat(created)
    except ValueError as error:
        raise InputError(
            f"datapackage.json: created is {created!r}, not a date such as 2025-01-31."
        ) from error


def toc_pages(root: Path) -> list[str]:
    """List the pages that _toc.yml names, in reading order, without extension."""
    import yaml  # type: ignore[import-untyped]

    try:
        toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("_toc.yml is missing: it names the book's pages.") from error
    pages: list[str] = []

    def walk(entry: object) -> None:
        if isinstance(entry, dict):
            pages.extend(str(entry[key]) for key in ("root", "file") if key in entry)
        children = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else []
        for child in children:
            walk(child)

    walk(toc)
    return pages


def _run_chapters(root: Path, cache_folder: Path, echo: Echo) -> None:
    """Run every chapter that the cache does not hold and put it there, for Jupyter Book to find."""
    from jupyter_cache import get_cache  # type: ignore[import-untyped]
    from jupyter_cache.base import CacheBundleIn  # type: ignore[import-untyped]

    cache = get_cache(cache_folder)
    stale = []
    for page in toc_pages(root):
        path = root / f"{page}.ipynb"
        if path.exists() and not _is_cached(cache, path):
            stale.append(path)
    for run in execute(stale, root, echo=echo):
        bundle = CacheBundleIn(run.notebook, str(run.path), data={"execution_seconds": run.seconds})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _is_cached(cache: object, path: Path) -> bool:
    """Tell whether a chapter's code has run in this state of the data and the package."""
    try:
        cache.match_cache_notebook(read_chapter(path))  # type: ignore[attr-defined]
    except KeyError:
        return False
    return True


def _write_pages(root: Path, cache: Path, dated: dt.date, echo: Echo) -> Path:
    """Let Jupyter Book write the pages below the cache folder; returns the folder of the pages."""
    staged = cache / "_build" / "html"
    _clear(cache)
    midnight = dt.datetime.combine(dated, dt.time(), dt.UTC)
    arguments = ["build", str(root), "--path-output", str(cache), "-W", "--keep-going"]
    env = {**environment(root), "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "NO_COLOR": "1"}
    said = []
    with running_child(JUPYTER_BOOK, arguments, folder=root, env=env) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(COLOUR.sub("", line).rstrip())
            if progress := PROGRESS.match(said[-1]):
                echo(f"{'reading' if progress['step'].startswith('read') else 'writing'} {progress['page']}")
        code = process.wait()
    if code != 0:
        _clear(cache)
        raise InputError(_problems(said, root))
    finish(staged)
    return staged


def _clear(cache: Path) -> None:
    """Remove what an earlier build left beside the cached runs; after a failure it would hide the problem."""
    for entry in (cache / "_build").glob("*"):
        if entry.name != ".jupyter_cache":
            shutil.rmtree(entry, ignore_errors=True)


def _problems(said: list[str], root: Path) -> str:
    """Turn what Jupyter Book said into one sentence a problem, each with its page, cell and line."""
    found = dict.fromkeys(_sentence(match, root) for line in said if (match := PROBLEM.match(line)))
    return "\n".join(found) or f"The book could not be built in {root / '_build'}: {_last_word(said)}"


def _last_word(said: list[str]) -> str:
    """Return the last error that was told, or else the last line with words in it."""
    worded = [line.strip() for line in reversed(said) if re.search(r"\w", line)]
    return next((line for line in worded if EXCEPTION.match(line)), next(iter(worded), "it said nothing"))


def _sentence(problem: re.Match[str], root: Path) -> str:
    """Tell one problem: page, cell and line, and what is wrong."""
    place = problem["place"].removeprefix(f"{root}/")
    line = int((problem["line"] or ":0")[1:])
    if line >= CELL_STRIDE:
        place += f", cell {line // CELL_STRIDE}, line {max(line % CELL_STRIDE - 1, 1)}"
    elif line:
        place += f", line {line}"
    return f"{place or 'The book'}: {problem['text']}"


def _prune(current: Path) -> None:
    """Keep the caches used last, so that going back to an earlier state is quick but nothing piles up."""
    current.touch()
    caches = sorted(current.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in caches[KEPT_CACHES:]:
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    end(lambda: build_site(Path.cwd()))
