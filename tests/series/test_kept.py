"""Reconstructions of the real series, kept on disk by fingerprint."""

import dataclasses

import joblib
import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import kept, reconstruct, reconstruct_all, reconstructed

NAME = "us-seizures-mail"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty place to keep, and nothing remembered."""
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    kept._reconstructed.cache_clear()
    yield tmp_path
    kept._reconstructed.cache_clear()


def test_made_once_and_found_again(data, folder, monkeypatch):
    first = reconstructed(data, NAME)
    files = list(folder.rglob("*.joblib"))
    assert [file.name for file in files] == [f"{NAME}-default.joblib"]
    assert not list(folder.rglob("*[0-9]-[0-9]*"))  # nothing half written stays
    kept._reconstructed.cache_clear()
    monkeypatch.setattr(kept, "reconstruct", lambda *_, **__: pytest.fail("made a second time"))
    again = reconstructed(data, NAME)
    pd.testing.assert_frame_equal(again.yearly, first.yearly)
    assert reconstructed(data, NAME) is again


def test_what_is_kept_is_what_is_made(data, folder):
    found = reconstructed(data, NAME)
    fresh = reconstruct(kept.material(data, NAME))
    pd.testing.assert_frame_equal(found.yearly, fresh.yearly)
    np.testing.assert_allclose(found.draws(3), fresh.draws(3))
    assert "_modes" not in vars(joblib.load(next(folder.rglob("*.joblib"))))


def test_other_data_another_place(data, folder):
    one = kept.kept_file(data, "x")
    changed = dataclasses.replace(data, fingerprint="0" * 64)
    assert kept.kept_file(changed, "x") != one
    assert kept.kept_file(data, "x") == one
    assert folder in one.parents


def test_settings_are_kept_apart(data, folder):
    reconstructed(data, NAME, hedge_model="tight")
    reconstructed(data, NAME, mirrors=False)
    names = {file.name for file in folder.rglob("*.joblib")}
    assert names == {f"{NAME}-tight.joblib", f"{NAME}-default-no-mirrors.joblib"}


def test_a_series_that_there_is_not(data):
    with pytest.raises(InputError, match="has no series 'nothing'"):
        reconstructed(data, "nothing")


def test_a_series_that_cannot_be_made_says_which(data, folder, monkeypatch):
    real = kept.material
    monkeypatch.setattr(kept, "material", lambda *a, **k: real(*a, **k).assign(value=-1.0))
    with pytest.raises(InputError, match=f"{NAME!r} cannot be reconstructed: Reading .* is not above 0"):
        reconstructed(data, NAME)
    outcome = reconstruct_all(data, [NAME], progress=False)[NAME]
    assert isinstance(outcome, str)
    assert NAME in outcome
    assert not list(folder.rglob("*.joblib"))


@pytest.mark.slow
def test_every_series_is_made_or_says_why_not(data):
    found = reconstruct_all(data, progress=False)
    assert list(found) == list(data.series["series_id"])
    lost = {name: one for name, one in found.items() if isinstance(one, str)}
    assert len(lost) < 0.02 * len(found), lost
    assert all(name in sentence for name, sentence in lost.items())
    for name, one in found.items():
        if name in lost:
            continue
        told = one.yearly.dropna()
        assert (told["lower"] <= told["estimate"]).all(), name
        assert (told["estimate"] <= told["upper"]).all(), name
        assert np.isfinite(one.residuals["expected"]).all(), name
