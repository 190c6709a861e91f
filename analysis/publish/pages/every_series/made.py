"""The reconstructions behind the chapter, made on all cores where they are not kept yet."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from analysis.dataset import Dataset
from analysis.series import Reconstruction, reconstruct_all


def made(dataset: Dataset, names: Iterable[str] | None = None) -> dict[str, Reconstruction | str]:
    """Return the reconstruction of every series (or of `names`), or the sentence that says why there is none."""
    with warnings.catch_warnings():
        # That a worker was replaced concerns no reader, and would stand on the page or not by chance.
        warnings.filterwarnings("ignore", message="A worker stopped", category=UserWarning)
        return reconstruct_all(dataset, names, progress=False)
