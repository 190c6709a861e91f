"""How `pytest --nbval book` runs the chapters, and compares them with their stored outputs.

nbval starts a kernel a chapter. Cold ones would spend seconds each on the imports that all chapters share, so its
kernels are forks of one warm process, as those of a build are; tests/building/test_kernels.py holds the two alike.
"""

import os
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import nbval.kernel
import pytest
from jupyter_client.manager import KernelManager

from analysis.building.execution import environment
from analysis.building.kernels import WarmProcess, can_fork, use_warm
from analysis.building.notebooks import DROPPED_TYPES

ROOT = Path(__file__).parents[1]
# Kernels inherit this: the package can be imported from the working copy.
os.environ.update(environment(ROOT))


class Kernels:
    """Makes nbval's kernel managers; the warm process is started for the first of them."""

    def __init__(self) -> None:
        self._ends = ExitStack()
        self._warm: WarmProcess | None = None
        self._tried = False

    def manager(self, **given: Any) -> KernelManager:
        """A manager whose kernel is a fork, or cold where there can be none."""
        manager = KernelManager(**given)
        if not self._tried:
            self._tried = True
            self._start()
        if self._warm:
            use_warm(manager, self._warm, self._notes / "reads")
        return manager

    def _start(self) -> None:
        if not can_fork():
            return
        self._notes = Path(self._ends.enter_context(tempfile.TemporaryDirectory()))
        warm = self._ends.enter_context(closing(WarmProcess(ROOT, environment(ROOT))))
        self._warm = warm if warm.is_up() else None

    def close(self) -> None:
        """End the warm process and its forks."""
        self._ends.close()


# nbval has no setting for it, and what it tests are no functions that could ask for a fixture.
KERNELS = Kernels()
nbval.kernel.KernelManager = KERNELS.manager


def pytest_sessionfinish() -> None:
    """Leave no process behind."""
    KERNELS.close()


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Leave drawings out, which are not stored; their alt text and titles are compared."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = (*collector.skip_compare, *DROPPED_TYPES)
