"""The dataset, and what is proposed for the texts of this folder, once."""

from pathlib import Path

import pytest

import analysis
from analysis.intake import propose
from analysis.intake.score import Score, score_texts

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def data() -> analysis.Dataset:
    return analysis.load()


@pytest.fixture(scope="session")
def scores(data) -> list[Score]:
    return score_texts(HERE, data)


@pytest.fixture
def rows(data, request):
    """Read a text of the day that the file of the test names, or of another, as rows; `days` are its window's ends."""

    def found(text, published=request.module.DAY, language=None):
        told = propose(text, published, language=language, data=data).readings.to_dict("records")
        return [row | {"days": (row["window_start"], row["window_end"])} for row in told]

    return found
