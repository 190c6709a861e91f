"""A copy of the real data that a test may break."""

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole copy of data/."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
