"""What the browser tests share: the built site, a server for it below a subpath, and a browser."""

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from analysis.building.site import toc_pages

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
# Without these Chromium looks up its maker's hosts at every start.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# Of the pages of the record, which are made alike: a series, two families, a source.
RECORD = (
    "series/mps-cases-solved.html",
    "series/jp-cases-by-origin.html",
    "series/us-lines-by-product.html",
    "sources/mof-jp-2019-03-08-cy2018-data.html",
)
SUBPATH = "some/where/book"


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page of the book and some of the record, as addresses relative to the site."""
    return [*(f"{page}.html" for page in toc_pages(ROOT)), *RECORD]


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on a server, below a subpath."""
    top = tmp_path_factory.mktemp("server")
    (top / SUBPATH).parent.mkdir(parents=True)
    (top / SUBPATH).symlink_to(site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(top)))
    server.handle_error = lambda *_: None  # a browser that went on to the next page is no error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{SUBPATH}"
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """A file server that does not log to the terminal.

    A browser that lingers on the redirect at the root, which names no icon, asks the host for one: that file is
    the host's, not the book's, so it is answered.
    """

    def do_GET(self) -> None:
        """Serve a file, or an empty answer for the host's icon."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. In CI it must be there; a newcomer may lack it."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A page of a desktop's size."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()
