"""Copies of the data that a test may break: whole, or a few rows of each table."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.dataset.files import read_strings
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from tests.dataset.small import DATA, make_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole copy of data/."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def few(tmp_path: Path, few_rows: Path) -> Path:
    """A copy of the small dataset: it obeys every rule and is checked in a moment."""
    return Path(shutil.copytree(few_rows, tmp_path / "few"))


@pytest.fixture(scope="session")
def few_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset; not to be changed."""
    return make_small(tmp_path_factory.mktemp("small") / "data")


@pytest.fixture(scope="session")
def small_frames(few_rows: Path) -> dict[str, pd.DataFrame]:
    """The tables of the small dataset as text; copy one before changing it."""
    return {name: read_strings(few_rows, table) for name, table in {**TABLES, **BESIDE}.items()}
