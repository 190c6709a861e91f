"""How `pytest --nbval book` compares the chapters with their stored outputs."""

import os
from pathlib import Path

import pytest

from analysis.building.execution import environment
from analysis.building.notebooks import DROPPED_TYPES

# Kernels inherit this: the package can be imported from the working copy.
os.environ.update(environment(Path(__file__).parents[1]))


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Leave drawings out, which are not stored; their alt text and titles are compared."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = (*collector.skip_compare, *DROPPED_TYPES)
