"""The dataset: load, validate, fingerprint, describe, release."""

from analysis.dataset.load import Dataset, load

__all__ = ["Dataset", "load"]
