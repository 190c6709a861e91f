"""What is done to the pages between Sphinx and the reader: slim, with a policy, readable, swapped in whole."""

import base64
import hashlib
import os
import random
import re
from pathlib import Path

import pytest

from analysis.building import policy
from analysis.building.policy import with_policy
from analysis.building.published import CARRIED, LICENCES, PACKAGES, finish, restore, swap_in
from analysis.errors import InputError
from analysis.publish.filters import script

THEME = "DOCUMENTATION_OPTIONS.pagename = 'book/x';"
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
    <meta charset="utf-8" />
    <link rel="stylesheet" href="../_static/a.css?v=1" /><script src="../_static/a.js"></script>
    <script>{THEME}</script></head>
  <body><button onclick="window.print()">Print</button></body></html>
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages as Sphinx leaves them, made by somebody who lets nobody else read."""
    umask = os.umask(0o077)
    written = {
        "index.html": '\n<meta http-equiv="Refresh" content="0; url=book/x.html" />\n',
        "book/x.html": PAGE,
        ".buildinfo": "config: of this folder",
        "_static/a.css": '@font-face{src:url(f/b.woff2) format("woff2"),url(f/b.ttf) format("truetype")}'
        "\n/*# sourceMappingURL=a.css.map */",
        "_static/a.css.map": "{}",
        "_static/a.js": "go('c.svg')\n//# sourceMappingURL=a.js.map\n",
        "_static/a.js.map": "{}",
        "_static/c.svg": "<svg/>",
        "_static/f/b.woff2": "",
        "_static/f/b.ttf": "",
        "_static/f/b.LICENSE.txt": "free",
        "_static/images/logo_other.svg": "<svg/>",
        "_static/locales/de/booktheme.mo": "",
        "_static/macros.html": "{% macro %}",
    }
    for name, text in written.items():
        path = tmp_path / "staged" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    yield tmp_path / "staged"
    os.umask(umask)


def test_what_no_page_reaches_is_left_out_and_everyone_may_read_the_rest(pages: Path):
    finish(pages)
    left = {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()}
    assert left == {
        "index.html",
        "book/x.html",
        LICENCES,
        "_static/a.css",
        "_static/a.js",
        "_static/c.svg",
        "_static/f/b.woff2",
        "_static/f/b.LICENSE.txt",
    }
    assert (pages / "_static" / "a.js").read_text() == "go('c.svg')\n"
    assert (pages / "_static" / "a.css").read_text().strip() == (
        '@font-face{src:url(f/b.woff2) format("woff2")}'
    )
    assert not (pages / "_static" / "locales").exists()
    for path in [pages, *pages.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_pages_leave_out_the_scripts_that_they_can_do_without(pages: Path):
    """Icons as a script on none, the index of the search on its own page only; what is loaded by none is gone."""
    icons, index = (
        '<script defer src="../_static/icons/fontawesome.js?digest=1"></script>',
        '<script src="searchindex.js"></script><script src="_static/searchtools.js"></script>',
    )
    (pages / "_static" / "icons").mkdir()
    (pages / "_static" / "icons" / "fontawesome.js").write_text("draw()")
    (pages / "_static" / "searchtools.js").write_text("search()")
    for name in ("search.html", "genindex.html"):
        (pages / name).write_text(PAGE.replace("</head>", f"{icons}{index}</head>").replace("../", ""))
    finish(pages)
    left = {name: (pages / name).read_text() for name in ("search.html", "genindex.html")}
    assert all("fontawesome" not in text and "_static/a.js" in text for text in left.values())
    assert index in left["search.html"]
    assert not re.search("searchindex|searchtools", left["genindex.html"])
    assert not (pages / "_static" / "icons").exists()
    assert (pages / "_static" / "searchtools.js").exists()


def test_the_page_of_the_search_loads_the_books_own_where_there_is_one(pages: Path):
    """Its index is written when all pages stand; Sphinx's, which pages may not use, is gone."""
    sphinx = '<script src="searchindex.js"></script><script src="_static/searchtools.js?v=1"></script>'
    (pages / "search.html").write_text(PAGE.replace("</head>", f"{sphinx}</head>").replace("../", ""))
    for name in ("searchindex.js", "_static/searchtools.js", "_static/search.js"):
        (pages / name).write_text("search()")
    finish(pages)
    page = (pages / "search.html").read_text()
    assert not re.search("searchindex|searchtools", page)
    assert page.index("_static/search-index.js") < page.index("_static/search.js") < page.index("</head>")
    assert (pages / "_static" / "search.js").exists()
    assert not (pages / "searchindex.js").exists()
    assert not (pages / "_static" / "searchtools.js").exists()


def test_what_the_theme_leaves_without_a_name_has_one(pages: Path):
    toggle = '<summary><span class="toctree-toggle" role="presentation"></span></summary>'
    entry = '<div role="list" class="citation-list"><div class="citation" id="a" role="doc-biblioentry"></div></div>'
    page = pages / "book" / "x.html"
    page.write_text(PAGE.replace("<body>", f"<body>{toggle}{entry}"))
    finish(pages)
    text = page.read_text()
    assert '<summary aria-label="Pages below"><span' in text
    assert '<div class="citation-list"><div class="citation" id="a"></div></div>' in text


def test_every_page_says_that_it_loads_only_its_own_files_and_runs_only_known_scripts(pages: Path):
    finish(pages)
    for name in ("index.html", "book/x.html"):
        page = (pages / name).read_text()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        assert policy, name
        assert page.index("Content-Security-Policy") < page.index("<script") if "<script" in page else True
        assert "default-src 'self' file:;" in policy[1]
        assert "http" not in policy[1]
        scripts = next(part for part in policy[1].split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in scripts
        assert '<meta name="referrer" content="no-referrer" />' in page
    for text in (THEME, "window.print()"):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in page


@pytest.mark.parametrize(
    "injected",
    [
        "<script>alert(1)</script>",
        "<script>DOCUMENTATION_OPTIONS.pagename = 'x'; alert('x');</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<img src="x" onerror="alert(1)">',
        "<svg/onload=alert(1)>",
        script("ledger", "rows").replace("apply();", "alert(1);"),
        # Where a tag, a value or a comment ends otherwise than it seems to, and what follows runs.
        '<img alt=<b> title="> <svg onload=alert(1)>">',
        "<img alt='>' title=\">\" onerror='alert(1)'>",
        '<img alt="x"onerror="alert(1)">',
        '<img alt = "x" ONERROR = "alert(1)">',
        '<img/alt="x"/onerror=alert(1)>',
        '<a title="<!--"></a><script>alert(1)</script><a title="-->"></a>',
        "<style>p{}</style ><script>alert(1)</script>",
        "<script >alert(1)</script >",
        '<button onclick="window.print()"><button onclick="alert(1)">',
    ],
)
def test_text_that_became_a_script_stops_the_build(injected: str):
    with pytest.raises(InputError, match=r"book/x\.html holds a script that .*policy\.py does not know"):
        with_policy(PAGE.replace("</body>", f"{injected}</body>"), "book/x.html")


def test_what_is_not_parsed_of_a_page_holds_nothing_that_runs(monkeypatch: pytest.MonkeyPatch):
    """Pages put together by chance of what markup is made of: stopped, or given the policy, as when all is parsed."""
    pieces = [
        *(
            "<b>",
            "</b>",
            "<b ",
            "<",
            ">",
            "/",
            "=",
            '"',
            "'",
            " ",
            "on",
            "onclick",
            '="window.print()"',
            "x=y",
        ),
        *(
            "<!--",
            "-->",
            "--",
            "<style>",
            "</style>",
            "<script>",
            "</script>",
            "<script ",
            '<a href="#">',
            "text",
        ),
        *(THEME, "<!DOCTYPE html>", "<title>", "</title>", '<p onclick="window.print()">', "\n", "<![CDATA["),
    ]
    draw = random.Random(1)
    pages = ["".join(draw.choices(pieces, k=draw.randint(1, 12))) for _ in range(20_000)]
    quick = [_outcome(page) for page in pages]
    short = sum(policy._telling(page) != page for page in pages)
    monkeypatch.setattr(policy, "_telling", lambda page: page)
    assert {
        (page, a, b) for page, a, b in zip(pages, quick, map(_outcome, pages), strict=True) if a != b
    } == set()
    assert min(short, quick.count("stopped"), len(set(quick))) > 100


def _outcome(page: str) -> str:
    """Return a page with its policy, or that there is none."""
    try:
        return with_policy(page, "page")
    except InputError:
        return "stopped"


def test_the_scripts_of_the_book_itself_are_known():
    for text in (
        script("ledger", "hypotheses"),
        script("every-series", "series"),
        script("sources", "sources"),
    ):
        page = with_policy(PAGE.replace("</body>", f"{text}</body>"), "book/x.html")
        assert page.count("'sha256-") == 3


def test_the_licences_name_every_package_with_its_terms(pages: Path):
    finish(pages)
    text = (pages / LICENCES).read_text(encoding="utf-8")
    for name in PACKAGES:
        assert re.search(rf"^=+\n{re.escape(name)} \d[\w.]*\n=+\n", text, re.MULTILINE), name
    assert all(line in text for line in CARRIED)
    assert text.count("THE SOFTWARE IS PROVIDED") + text.count("THIS SOFTWARE IS PROVIDED") >= len(PACKAGES)


def test_a_swap_that_fails_leaves_the_earlier_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    html, staged = tmp_path / "_build" / "html", tmp_path / "staged"
    for folder, text in ((html, "earlier"), (staged, "new")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text)
    with pytest.raises(InputError, match=r"no finished pages in .*nowhere; the earlier site is as it was"):
        swap_in(tmp_path / "nowhere", html)
    assert (html / "index.html").read_text() == "earlier"

    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path == staged:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="No space left"):
            swap_in(staged, html)
    assert (html / "index.html").read_text() == "earlier"

    html.rename(html.with_name("html.earlier"))  # killed between the two renames
    restore(html)
    assert (html / "index.html").read_text() == "earlier"
    swap_in(staged, html)
    assert (html / "index.html").read_text() == "new"
    assert [path.name for path in html.parent.iterdir()] == ["html"]
