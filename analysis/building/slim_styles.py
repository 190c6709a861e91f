"""Style sheets without the rules that no page can meet, and icon fonts of the few icons that are drawn.

The theme brings the whole of Bootstrap and of Font Awesome, two thirds of what a first page weighs. A rule goes where
each of its selectors asks for a class that no page and no script of the site names; whatever is not sure stays: a
name that only a script puts together, what a selector asks for inside `:not()` or its like, rules of one browser's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

THEME = "pydata-sphinx-theme"
# Of a style sheet: what may hold a brace, a comma or a semicolon that stands for itself, and what parts it.
TOKEN = re.compile(
    r"""(?P<note>/\*.*?\*/)|(?P<whole>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\((?:\\.|[^"')\\])*\)|\\.)|"""
    r"""(?P<part>[{}();,\[\]])""",
    re.DOTALL,
)
GROUPS = ("@media", "@supports", "@layer", "@container")  # hold rules as a sheet does
INSIDE = re.compile(r"\[[^\]]*\]|:(?:not|is|where|has|matches|host)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
OWN = re.compile(r"::?-")  # a browser drops a whole rule for one selector that it does not know
# Of pages and scripts: words that may be classes; one that ends in a hyphen is the beginning of some.
NAMED = re.compile(r"""class=(?:"([^"]*)"|'([^']*)')""")
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][\w-]*")
FACE = re.compile(r'url\(["\']?(?P<path>[^"\')]+\.woff2)["\']?\)\s*format\("woff2"\)')
ICON = re.compile(r"""["']\\([0-9a-f]{2,6})\s?["']|["']([\u0080-\U0010ffff])["']""", re.IGNORECASE)
# The licence of Font Awesome reserves its name for the whole font: a cut one is called otherwise, in these records.
NAME, CALLED = "Book Icons", (1, 3, 4, 6, 16)
LEAST_BEGINNING = 3  # letters before the hyphen


def slim_styles(pages: Path, data: Iterable[str] = ()) -> None:
    """Slim every style sheet below `pages` and the fonts of icons that they name; `data` are scripts without code."""
    static = pages / "_static"
    known = names_of(pages, static, set(data))
    for path in sorted(static.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        path.write_text(with_few_icons(without_idle_rules(text, known), path.parent), encoding="utf-8")


def names_of(pages: Path, static: Path, data: set[str]) -> set[str]:
    """Return every word that may be a class of an element: those of pages, and all words of scripts."""
    known: set[str] = set()
    scripts: set[str] = set()
    for page in pages.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        known.update(one or other for one, other in NAMED.findall(text))
        scripts.update(INLINE.findall(text))
    scripts.update(path.read_text(encoding="utf-8") for path in static.rglob("*.js") if path.name not in data)
    words = {word for names in known for word in names.split()}
    return words.union(*(WORD.findall(script) for script in scripts))


def without_idle_rules(sheet: str, known: set[str]) -> str:
    """Return a style sheet without the rules that can meet no element whose classes are `known`."""
    begun = tuple(word for word in known if word.endswith("-") and len(word.strip("-")) >= LEAST_BEGINNING)
    notes = [found[0] for found in TOKEN.finditer(sheet) if (found["note"] or "").startswith("/*!")]
    bare = TOKEN.sub(lambda found: "" if found["note"] else found[0], sheet)
    return "".join([*_kept(bare, known, begun), *notes])


def _kept(sheet: str, known: set[str], begun: tuple[str, ...]) -> Iterator[str]:
    """Yield what stays of a sheet, or of a group of rules in one."""
    for head, body in _rules(sheet):
        if body is None:
            yield f"{head};"
        elif head.startswith(GROUPS):
            if inner := "".join(_kept(body, known, begun)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif OWN.search(head):
            if any(_may_meet(one, known, begun) for one in _selectors(head)):
                yield f"{head}{{{body}}}"
        elif met := [one for one in _selectors(head) if _may_meet(one, known, begun)]:
            yield f"{','.join(met)}{{{body}}}"


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Yield each rule of a sheet as its head and what its braces hold, None where it has none (`@charset`)."""
    depth, begin, opened, head = 0, 0, 0, ""
    for found in TOKEN.finditer(sheet):
        sign = found["part"]
        if sign == "{":
            if not depth:
                head, opened = sheet[begin : found.start()].strip(), found.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                yield head, sheet[opened : found.start()].strip()
                begin = found.end()
        elif sign == ";" and not depth:
            yield sheet[begin : found.start()].strip(), None
            begin = found.end()


def _selectors(head: str) -> list[str]:
    """Part the head of a rule at the commas between its selectors."""
    parts, depth, begin = [], 0, 0
    for found in TOKEN.finditer(head):
        sign = found["part"]
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append(head[begin : found.start()].strip())
            begin = found.end()
    return [*parts, head[begin:].strip()]


def _may_meet(selector: str, known: set[str], begun: tuple[str, ...]) -> bool:
    """Tell whether there may be an element with every class that a selector asks for."""
    asked = (re.sub(r"\\(.)", r"\1", one) for one in CLASS.findall(INSIDE.sub("", selector)))
    return all(one in known or one.startswith(begun) for one in asked)


def with_few_icons(sheet: str, folder: Path) -> str:
    """Return a sheet whose icon fonts are made anew of the icons that it draws, and lie beside the whole ones' place.

    A woff2 could be neither read nor written without another library; a font of a few dozen icons needs none.
    """
    drawn = {int(code, 16) if code else ord(letter) for code, letter in ICON.findall(sheet)}

    def smaller(found: re.Match[str]) -> str:
        path = (folder / found["path"].partition("?")[0]).resolve()
        whole = _carried(f"{path.stem}.ttf")
        if whole is None or not path.is_file():
            return found[0]
        path.with_suffix(".woff").write_bytes(font_of(whole.read_bytes(), drawn))
        path.unlink()
        return found[0].replace(".woff2", ".woff").replace('"woff2"', '"woff"')

    return FACE.sub(smaller, sheet)


def _carried(name: str) -> Path | None:
    """Find a file by its name in the theme, which brings each font in two formats."""
    found = [path for path in distribution(THEME).files or [] if path.name == name]
    return Path(str(found[0].locate())) if found else None


def font_of(whole: bytes, letters: Iterable[int]) -> bytes:
    """Return a font (WOFF) that has of another (TTF) the given letters alone, the same bytes at every build."""
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    options = Options()
    options.set(
        flavor="woff",
        with_zopfli=False,
        notdef_outline=True,
        layout_features=[],
        name_IDs=[0, 1, 2, 4, 6, 13, 14],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(letters))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in CALLED:
            record.string = NAME
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
