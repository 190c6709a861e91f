"""Frames of kept results: packed until they are asked for, and then as they were."""

import pickle
from dataclasses import replace

import pandas as pd
import pytest

from analysis.series import printed_years, reconstruct
from analysis.series.kept_files import packed, unpacked

NAMES = ("monthly", "yearly", "residuals", "conflicts")


@pytest.fixture(scope="module")
def made(rows):
    found = reconstruct(rows.frame(*rows.years([100, 120, 90])))
    for name in NAMES:
        getattr(found, name)
    return found


def again(one):
    return unpacked(packed(one))


def test_each_frame_is_unpacked_alone_and_is_as_it_was_made(made):
    found = again(made)
    assert not {*NAMES} & set(vars(found))
    pd.testing.assert_frame_equal(found.yearly, made.yearly)
    assert {*NAMES} & set(vars(found)) == {"yearly"}
    pd.testing.assert_frame_equal(found.table("monthly"), made.monthly)
    for name in NAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(made, name))
        assert getattr(found, name) is getattr(found, name)
    pd.testing.assert_frame_equal(found.observations.frame, made.observations.frame)


def test_a_frame_that_was_not_made_is_made(made):
    pd.testing.assert_frame_equal(again(made).quarterly, made.quarterly)


def test_what_was_read_is_kept_again_whether_its_frames_were_asked_for_or_not(made):
    found = again(made)
    assert not found.yearly.empty
    for name in NAMES:
        pd.testing.assert_frame_equal(getattr(again(found), name), getattr(made, name))


def test_it_can_be_replaced_and_lacks_what_it_lacks(made, data):
    few = again(made).observations.take([0])
    assert few.frame["value"].tolist() == made.observations.frame["value"].tolist()[:1]
    printed = printed_years(data, "mps-cases-solved")
    read = again(printed)
    assert "partial" not in vars(read)
    pd.testing.assert_frame_equal(replace(read, model="tight").partial, printed.partial)
    with pytest.raises(AttributeError, match="Reconstruction has no weekly"):
        _ = again(made).weekly


def test_the_collector_of_garbage_is_as_it_was(monkeypatch):
    import gc

    assert gc.isenabled()
    unpacked(pickle.dumps(1))
    assert gc.isenabled()
    gc.disable()
    try:
        unpacked(pickle.dumps(1))
        assert not gc.isenabled()
    finally:
        gc.enable()
