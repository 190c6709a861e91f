"""What a page may load and run: only the site's own files, and only the scripts known here.

The policy is a `<meta>` tag, so that it holds on any host and also for pages opened from a folder. Each script
written into a page is named by its hash. Which scripts these may be is listed, not read off the pages: text of
the data that became a script would stop the build.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from analysis.errors import InputError
from analysis.publish.filters import script

# "file:" beside 'self' is for pages opened from a folder, where some browsers take 'self' for nothing; on a
# server it allows nothing, since no browser lets a page from the web read files.
OWN = "'self' file:"
# Inline styles stay allowed: the theme's scripts and the tables set them, and a style runs nothing.
POLICY = (
    f"default-src {OWN}; script-src {OWN} {{scripts}}; style-src {OWN} 'unsafe-inline'; img-src {OWN} data:; "
    f"object-src 'none'; base-uri 'none'; form-action {OWN}"
)
HEAD = re.compile(r'<head>\s*<meta charset="utf-8" ?/?>', re.IGNORECASE)

# Of the page for addresses that are none (see `not_found`): at any depth its links lead to the root of the site, which
# is the folder above the last folder of the site that the address names.
WAY_BACK = (
    "const parts = location.pathname.split('/');"
    "const folders = ['book', 'series', 'sources', 'data', 'figures', 'zh'];"
    "const place = parts.findLastIndex((part) => folders.includes(part));"
    "const root = parts.slice(0, place < 0 ? -1 : place).join('/');"
    "for (const link of document.querySelectorAll('a')) link.href = `${root}/${link.getAttribute('href')}`;"
)


def _pattern(markup: str) -> str:
    """Return a pattern for a script of the book's own, whatever its table (NAME) and the rows (WHAT) are called."""
    inside = markup.strip().removeprefix("<script>").removesuffix("</script>")
    return re.escape(inside).replace("NAME", r"[\w-]+").replace("WHAT", r"[\w ,-]+")


# The scripts of the theme and its extensions, and the book's own.
KNOWN_SCRIPTS = tuple(
    re.compile(pattern)
    for pattern in (
        r'\s*document\.documentElement\.dataset\.mode = localStorage\.getItem\("mode"\) \|\| "auto";'
        r'\s*document\.documentElement\.dataset\.theme = localStorage\.getItem\("theme"\) \|\| "auto";\s*',
        r"let toggleHint(Show|Hide) = '[\w ]+';",
        r"let toggleOpenOnPrint = '(true|false)';",
        r"var togglebuttonSelector = '[\w., -]+';",
        r"DOCUMENTATION_OPTIONS\.pagename = '[\w/.-]+';",
        r"DOCUMENTATION_OPTIONS\.search_as_you_type = (true|false);",
        r"\s*// Activate the search field on page load\s+let searchInput = "
        r'document\.querySelector\("form\.bd-search input"\);\s+if \(searchInput\) \{\s+searchInput\.focus\(\);'
        r'\s+searchInput\.select\(\);\s+console\.log\("[^"]+"\);\s+\}\s*',
        _pattern(script("NAME", "WHAT")),
        re.escape(WAY_BACK),
    )
)
KNOWN_HANDLERS = {"window.print()"}

# What can neither run nor hide what runs: text, and tags that end at their first ">", with quoted values in which no
# tag could begin. Whatever is written otherwise, the parser reads.
_ATTRIBUTE = r'[a-z][\w:.-]*(?:="[^"<>]*")?'
_NAME = r"(?!script\b|style\b)[a-z][a-z0-9-]*"
_IDLE = (
    rf"[^<]++|</?{_NAME}(?:\s+(?!on){_ATTRIBUTE})*+\s*/?>|<!doctype html>|<!--(?!-?>)(?:(?!--).)*+-->"
    r"|<style>[^<]*+</style>"
)
_TELLING = (
    rf"<script(?:\s+{_ATTRIBUTE})*+>(?:(?!</?script|<!--).)*+</script>|<{_NAME}(?:\s+{_ATTRIBUTE})*+\s*/?>"
)
STRETCH = re.compile(rf"(?:{_IDLE})*+({_TELLING}|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII)


@dataclass
class _Found(HTMLParser):
    """The scripts and the event handlers that are written into a page."""

    scripts: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script without an address, and every on... attribute."""
        self.handlers += [value or "" for name, value in attrs if name.startswith("on")]
        self.inside = tag == "script" and not any(name == "src" for name, _ in attrs)
        if self.inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Collect a script's text, which may come in pieces."""
        if self.inside:
            self.scripts[-1] += data


def _telling(page: str) -> str:
    """Return what of a page may run, its scripts and tags with handlers; all of it where markup is not plain.

    A long page is tens of thousands of tags, for which the parser takes ten times as long.
    """
    kept, at = [], 0
    while found := STRETCH.match(page, at):
        kept.append(found[1])
        if not found[1]:
            return "".join(kept)
        at = found.end()
    return page


def with_policy(page: str, name: str) -> str:
    """Return a page with its policy, as the first thing that its head says after the encoding.

    Raises
    ------
    InputError
        If the page, called `name`, holds a script or an event handler that is not known here.
    """
    found = _Found()
    found.feed(_telling(page))
    found.close()
    strange = [text for text in found.scripts if not any(known.fullmatch(text) for known in KNOWN_SCRIPTS)]
    strange += [text for text in found.handlers if text not in KNOWN_HANDLERS]
    if strange:
        raise InputError(
            f"{name} holds a script that analysis/building/policy.py does not know: "
            f"{' '.join(strange[0].split())[:80]!r}; name it there, or keep text from becoming one."
        )
    digests = (hashlib.sha256(text.encode()).digest() for text in [*found.scripts, *found.handlers])
    hashes = " ".join(dict.fromkeys(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests))
    handlers = "'unsafe-hashes' " if found.handlers else ""  # lets hashes stand for handlers too
    policy = POLICY.format(scripts=f"{handlers}{hashes}").replace(" ;", ";")
    tags = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}" />'
        '<meta name="referrer" content="no-referrer" />'
    )
    head = HEAD.search(page)
    if head:
        return page[: head.end()] + tags + page[head.end() :]
    return tags + page.lstrip("\n")  # the redirect at the root, which is one tag
