"""Reconstructions of the real series, kept on disk for the readings that enter them."""

import dataclasses
import sys

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import material, reconstruct, reconstruct_all, reconstructed, single_series, store
from analysis.series.sensitivity import _recipe as sensitivity_recipe

module = sys.modules["analysis.series.reconstructed"]

NAME = "us-seizures-mail"
OTHER = "mps-value"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty place to keep, and nothing remembered."""
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    module._reconstructed.cache_clear()
    module._known_keys.cache_clear()
    yield tmp_path
    module._reconstructed.cache_clear()
    module._known_keys.cache_clear()


def key(data, name, hedge_model="default", mirrors=True):
    return module._recipe(data, name, hedge_model, mirrors).key


def with_reading(data, **cells):
    """The dataset with its first reading of NAME changed."""
    readings = data.readings.copy()
    row = readings["reading_id"] == material(data, NAME)["reading_id"].iloc[0]
    for name, value in cells.items():
        readings.loc[row, name] = value
    return dataclasses.replace(data, readings=readings)


def test_made_once_and_found_again(data, folder, monkeypatch):
    first = reconstructed(data, NAME)
    assert [file.name[:-22] for file in folder.glob("*.kept")] == [NAME]
    module._reconstructed.cache_clear()
    monkeypatch.setattr(store, "_make", lambda *_: pytest.fail("made a second time"))
    again = reconstructed(data, NAME)
    pd.testing.assert_frame_equal(again.yearly, first.yearly)
    assert reconstructed(data, NAME) is again


def test_the_key_holds_the_reporting_error(data, folder):
    """Prior, none, and two numbers are four results; that of a fiscal series says so."""
    recipes = [
        module._recipe(data, NAME, "default", True, choice) for choice in ("prior", "exact", 0.03, 0.1)
    ]
    assert len({recipe.key for recipe in recipes}) == len({recipe.path for recipe in recipes}) == 4
    assert recipes[0].key == key(data, NAME)
    assert [recipe.given[-1] for recipe in recipes] == [True] * 4
    exact = reconstructed(data, OTHER, reporting_error="exact")
    assert exact.taus == (1e-4,)
    assert [file.name[:-22] for file in folder.glob("*.kept")] == [f"{OTHER}-error-exact"]


def test_what_is_kept_is_what_is_made(data, folder):
    found = reconstructed(data, NAME)
    fresh = reconstruct(material(data, NAME), fiscal=True)
    pd.testing.assert_frame_equal(found.yearly, fresh.yearly)
    assert "_modes" not in vars(found)  # what can be made again is not kept
    np.testing.assert_allclose(found.draws(3), fresh.draws(3))


def test_a_row_of_one_series_changes_the_key_of_that_one_alone(data):
    changed = with_reading(data, value=12345.0)
    before = {name: key(data, name) for name in single_series(data) if _can(data, name)}
    after = {name: key(changed, name) for name in before}
    touched = [name for name in before if before[name] != after[name]]
    readings = material(data, NAME)["reading_id"].iloc[0]
    assert NAME in touched
    assert all(readings in set(material(data, name)["reading_id"]) for name in touched)
    assert len(touched) < 4
    assert sensitivity_recipe(changed, NAME).key != sensitivity_recipe(data, NAME).key
    assert sensitivity_recipe(changed, OTHER).key == sensitivity_recipe(data, OTHER).key


def _can(data, name):
    try:
        return bool(len(material(data, name)))
    except InputError:
        return False


def test_a_word_of_another_table_changes_no_key(data):
    glossary = data.glossary.copy()
    glossary.iloc[0, 1] = "another word"
    assert key(dataclasses.replace(data, glossary=glossary, fingerprint="0" * 64), NAME) == key(data, NAME)


def test_a_dataset_changed_in_memory_gets_its_own_result(data, folder):
    before = reconstructed(data, NAME).yearly["estimate"].max()
    value = material(data, NAME)["value"].iloc[0]
    changed = with_reading(data, value=3 * value, as_printed="")
    assert changed.fingerprint == data.fingerprint
    assert reconstructed(changed, NAME).yearly["estimate"].max() > before
    assert reconstructed(data, NAME).yearly["estimate"].max() == before


def test_what_changes_no_reading_is_the_series_itself(data, folder):
    """Where a variant reads every reading alike, it is found, not made."""
    exact = next(
        name
        for name in single_series(data)
        if _can(data, name)
        and (material(data, name)["hedge"] == "exact").all()
        and (material(data, name)["tier"] != "mirror").all()
        and len(material(data, name)) < 9
    )
    assert key(data, exact, "open_ended") == key(data, exact, mirrors=False) == key(data, exact)
    assert reconstructed(data, exact, hedge_model="open_ended").hedge_model == "open_ended"
    assert reconstructed(data, exact).hedge_model == "default"
    mirrored = next(
        n for n in single_series(data) if _can(data, n) and set(material(data, n)["tier"]) > {"mirror"}
    )
    assert key(data, mirrored, mirrors=False) != key(data, mirrored)


def test_known_keys_are_the_keys(data, folder):
    few = data.reduced(
        readings=data.readings, sources=data.sources, series=data.series.iloc[:6], aliases=data.aliases
    )
    told = module._known_keys(few, make=True)
    assert told
    assert told == {name: key(few, name) for name in told}
    assert module._known_keys(few) == told


def test_a_series_that_there_is_not(data):
    with pytest.raises(InputError, match="has no series 'nothing'"):
        reconstructed(data, "nothing")


def test_a_series_that_cannot_be_made_says_which(data, folder):
    changed = with_reading(data, value=-1.0, as_printed="")
    for _ in range(2):
        with pytest.raises(InputError, match=f"{NAME!r} cannot be reconstructed: .*"):
            reconstructed(changed, NAME)
    outcome = reconstruct_all(changed, [NAME], progress=False)[NAME]
    assert isinstance(outcome, str)
    assert NAME in outcome


@pytest.mark.slow
def test_every_series_is_made_or_says_why_not(data):
    found = reconstruct_all(data, progress=False)
    assert list(found) == single_series(data)
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
