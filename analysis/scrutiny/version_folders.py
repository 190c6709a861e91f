"""Where a version of the data lies: a folder, or a git revision, which is unpacked into a folder of its own."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from analysis.dataset.older import package_folder
from analysis.errors import InputError, shown


@contextmanager
def version_folder(name: str, root: Path) -> Iterator[Path]:
    """Give the folder of the data package that a name stands for: a folder, or a git revision of the project `root`.

    Raises
    ------
    InputError
        If it is neither, or holds no data package.
    """
    if not name.strip() or "\0" in name:
        raise InputError("The name of a version is blank or no name; give a git revision, a tag or a folder.")
    if (place := _folder(name)) is not None:
        if (found := package_folder(place)) is None:
            raise InputError(
                f"The folder {shown(name)} is no data package: it holds no datapackage.json, nor does its data/."
            )
        yield found
        return
    with TemporaryDirectory(prefix="version-") as kept:
        _unpack(_archive(name, root), Path(kept))
        if (found := package_folder(Path(kept))) is None:
            raise InputError(
                f"Revision {shown(name)} holds no data package; its data/ has no datapackage.json."
            )
        yield found


def _folder(name: str) -> Path | None:
    """Return the folder of a name, None where it is none."""
    try:
        return Path(name) if Path(name).is_dir() else None
    except OSError:  # a name too long
        return None


def _archive(revision: str, root: Path) -> bytes:
    """Return data/ of a revision as a tar file."""
    if which("git") is None:
        raise InputError(
            f"There is no folder {shown(revision)}, and no git to look for a revision of that name."
        )
    if _git(root, "rev-parse", "--git-dir") is None:
        raise InputError(
            f"There is no folder {shown(revision)}, and {shown(str(root))} is no git repository."
        )
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise InputError(
            f"There is neither a folder nor a git revision {shown(revision)}; see `git log` and `git tag`."
        )
    packed = _git(root, "archive", "--format=tar", commit.decode().strip(), "data")
    if packed is None:
        raise InputError(f"Revision {shown(revision)} holds no data package; it has no folder data/.")
    return packed


def _git(root: Path, *words: str) -> bytes | None:
    """Return what git prints, None where it fails."""
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _unpack(packed: bytes, folder: Path) -> None:
    """Unpack a tar file into a folder, and nothing outside of it."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
