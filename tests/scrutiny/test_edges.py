"""No number of the ledger moves with the last bits of what it is made of, nor with the processor."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.scrutiny.identifiability import identifiable
from analysis.scrutiny.question import Series, ask

EDGES = Path(__file__).with_name("edges.py")
sys.path.insert(0, str(EDGES.parent))
import edges  # noqa: E402

pytestmark = pytest.mark.slow
NOISE = 1e-12


def shaken(values, rng):
    """Return values moved by relative noise."""
    return values * (1 + NOISE * rng.uniform(-1, 1, np.shape(values)))


def shaken_question(question, rng):
    """Return a question all of whose figures are moved."""
    return replace(
        question,
        main=Series(question.main.time, shaken(question.main.y, rng)),
        variants={name: Series(one.time, shaken(one.y, rng)) for name, one in question.variants.items()},
        offsets={
            name: {year: float(shaken(value, rng)) for year, value in known.items()}
            for name, known in question.offsets.items()
        },
        draws=None if question.draws is None else shaken(question.draws, rng),
    )


@pytest.fixture(scope="module")
def asked(data):
    return edges.questions(data)


@pytest.mark.parametrize("name", edges.HYPOTHESES)
def test_noise_in_the_figures_moves_no_number_of_the_ledger(asked, name):
    told = edges.told_of_question(asked[name])
    assert edges.told_of_question(shaken_question(asked[name], np.random.default_rng(0))) == told


@pytest.mark.parametrize("name", edges.HYPOTHESES)
def test_noise_in_what_informs_a_year_moves_no_count(data, asked, monkeypatch, name):
    """Every year of a half counts, on whichever side of it the last bits put it."""
    made = edges.made(data, str(data.hypotheses.set_index("hypothesis_id").loc[name, "series_id"]))
    table = made.yearly.assign(period=made.yearly["period"].astype(int))
    known = identifiable(data, name, periods=table)
    assert table.loc[table["estimate"].notna(), "informed"].eq(0.5).any()
    for way in (-1, 1):
        moved = table.assign(informed=table["informed"] * (1 + way * NOISE))
        assert identifiable(data, name, periods=moved) == known

    def reconstructed(dataset, series_id, **options):
        found = edges.made(dataset, series_id, **options)
        below = replace(found)
        below.__dict__["yearly"] = found.yearly.assign(informed=found.yearly["informed"] * (1 - NOISE))
        return below

    monkeypatch.setattr(sys.modules["analysis.scrutiny.question"], "reconstructed", reconstructed)
    question = ask(data, name, draws=1)
    assert question.main.time.tolist() == asked[name].main.time.tolist()


def test_two_kernels_of_the_blas_print_the_same(data):
    """A processor without AVX-512, or without AVX2, has another kernel and other last bits."""
    here = edges.kernels()
    other = "Nehalem" if "Haswell" in here else "Haswell"
    done = subprocess.run(
        [sys.executable, str(EDGES)],
        env={**os.environ, "OPENBLAS_CORETYPE": other, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    if told["kernels"] == here:
        pytest.skip(f"NumPy's BLAS runs its kernel {', '.join(here)} here and obeys no other name.")
    assert told["texts"] == json.loads(json.dumps(edges.edges(data)))
