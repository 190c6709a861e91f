"""The fingerprint: one hash over all tables, so that a figure can name the data it was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis.dataset.files import read_bytes, table_files


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits. Raises InputError if it cannot be read."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of all tables, as 64 hexadecimal digits.

    Descriptions, versions and the codebook do not enter: only a change of rows changes it.
    """
    total = hashlib.sha256()
    for path in table_files(folder):
        total.update(f"{path.name} {file_hash(path)}\n".encode())
    return total.hexdigest()
