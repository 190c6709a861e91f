"""What all tests share: the dataset, loaded once, and an order in which two processes end together."""

import html
import re
import signal
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbval.kernel
import pytest
from jupyter_client.manager import KernelManager

import analysis
from analysis.building.execution import warm_process
from analysis.building.kernels import WarmProcess, use_warm
from analysis.collector import look_seldom

ROOT = Path(__file__).parents[1]
SITE = Path(__file__).parent / "site"
held = ExitStack()  # what lives as long as the tests


def pytest_configure() -> None:
    """Let tests and their children hear Ctrl-C: a shell tells what it runs in the background to be deaf to it."""
    nbval.kernel.KernelManager = Forked  # before any chapter is collected
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """End the process that was forked."""
    held.close()


@pytest.fixture(scope="session")
def data() -> analysis.Dataset:
    """The real dataset, read-only: results that the package keeps for a dataset are found again by later tests."""
    return analysis.load()


@cache
def forked_from() -> WarmProcess | None:
    """Return the process that is forked for the chapters of any book, started where it is first asked for."""
    process = held.enter_context(warm_process(ROOT))
    return process if process and process.is_up() else None


@pytest.fixture(scope="session")
def warm() -> WarmProcess | None:
    """The process that is forked, since each test that starts one waits for its imports."""
    return forked_from()


class Forked(KernelManager):
    """The manager of nbval's kernels: they are forks, as a build's are, and begin without waiting for imports."""

    def start_kernel(self, **given: Any) -> None:
        """Start one."""
        if process := forked_from():
            use_warm(self, process, Path(held.enter_context(tempfile.TemporaryDirectory()), "reads"))
        super().start_kernel(**given)


@pytest.fixture(scope="session")
def hidden_hosts() -> Callable[[str], list[str]]:
    """How the links of a page are found that do not say where they go: as `words -> address`."""
    return links_that_hide


# Words of our own whose links are known to every reader: the licences in the footer, the papers' identifiers.
OWN_WORDS = {"creativecommons.org": "CC BY 4.0", "opensource.org": "MIT", "doi.org": "doi:"}
SECOND_LEVELS = {"com", "co", "gov", "govt", "gob", "gouv", "org", "net", "edu", "ac", "go", "or", "ne"}


def links_that_hide(markup: str) -> list[str]:
    """Return the links to other hosts whose words hold neither the host nor its registered name, letter for letter."""
    found = []
    for address, inner in re.findall(r'<a\s[^>]*?href="(https?://[^"]*)"[^>]*>(.*?)</a>', markup, re.DOTALL):
        words = html.unescape(re.sub(r"<[^>]*>", "", inner)).strip()
        host = (urlsplit(html.unescape(address)).hostname or "").removeprefix("www.")
        parts = host.split(".")[:-1]
        if len(parts) > 1 and parts[-1] in SECOND_LEVELS:
            parts.pop()
        name, letters = re.sub(r"\W", "", parts[-1]), re.sub(r"\W", "", words.lower())
        own = host in OWN_WORDS and words.startswith(OWN_WORDS[host])
        if not own and host not in words and (name.isdigit() or name not in letters):
            found.append(f"{words} -> {address}")
    return found


def pytest_collection_finish() -> None:
    """Look less often for what can be thrown away, and never among the thousands of tests: that took a sixth of all."""
    look_seldom()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, so that no process is left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.path.suffix == ".ipynb"}
    items.sort(key=lambda item: 0 if SITE in item.path.parents else 1 if item.path in slow else 2)
