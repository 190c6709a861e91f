"""What all tests share: the dataset, loaded once, and an order in which two processes end together."""

import signal
from pathlib import Path

import pytest

import analysis

SITE = Path(__file__).parent / "site"


def pytest_configure() -> None:
    """Let tests and their children hear Ctrl-C: a shell tells what it runs in the background to be deaf to it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def data() -> analysis.Dataset:
    """The real dataset, read-only: results that the package keeps for a dataset are found again by later tests."""
    return analysis.load()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, so that no process is left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.path.suffix == ".ipynb"}
    items.sort(key=lambda item: 0 if SITE in item.path.parents else 1 if item.path in slow else 2)
