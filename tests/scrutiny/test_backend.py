"""Where a study runs makes no difference: loky and a Dask cluster of one or two workers give the same bits."""

from dataclasses import replace

import joblib
import numpy as np
import pytest

from studies.chain import KINDS, run


def small():
    return run((replace(KINDS[1], registers=1),), size=2)


def bits(table):
    """The table's numbers as bytes, its words as they are."""
    numbers = table.select_dtypes("number").to_numpy(dtype=float)
    return numbers.shape, np.ascontiguousarray(numbers).tobytes(), table["reasons"].tolist()


def on_dask(workers, threads):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=workers, threads_per_worker=threads, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client, joblib.parallel_config(backend="dask"):
        found = small()
        executed = client.run(lambda dask_worker: dask_worker.state.executed_count)
    return found, sorted(executed.values())


@pytest.mark.slow
def test_dask_and_loky_give_the_same_to_the_last_bit():
    here = small()
    one, done_by_one = on_dask(1, threads=2)
    two, done_by_two = on_dask(2, threads=1)
    assert here["p"].notna().all()
    assert len(done_by_one) == 1
    assert done_by_one[0] > 0
    assert len(done_by_two) == 2
    assert done_by_two[0] > 0, "both workers took a part"
    assert bits(one) == bits(here)
    assert bits(two) == bits(here)


@pytest.mark.slow
def test_the_calling_process_gives_the_same_with_all_its_threads():
    with joblib.parallel_config(backend="sequential"):
        alone = small()
    assert bits(alone) == bits(small())
