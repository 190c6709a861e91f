"""The dataset, and what is proposed for the texts of this folder, once."""

from pathlib import Path

import pytest

import analysis
from analysis.intake.score import Score, score_texts

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def data() -> analysis.Dataset:
    return analysis.load()


@pytest.fixture(scope="session")
def scores(data) -> list[Score]:
    return score_texts(HERE, data)
