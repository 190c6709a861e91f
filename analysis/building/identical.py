"""Are two builds of one state the same bytes? Built twice, in circumstances that may not matter, and compared.

`python -m analysis.building.identical` copies the project twice, builds each copy from nothing (minutes), and names
every file that differs: another folder, one core, another locale, time zone, hash seed, clock and umask.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from analysis.building.stamp import BRIEFINGS
from analysis.errors import InputError, end

PUBLISHED = ("html", *BRIEFINGS.values())
LEFT_OUT = ("_build", ".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
# A name that has to be quoted in a shell, an address and a page.
OTHER_FOLDER = "another & 'other' 文件夹"
OTHER_ENVIRONMENT = {
    "LC_ALL": "C", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "5", "SOURCE_DATE_EPOCH": "12345", "COLUMNS": "40",
}  # fmt: skip
# Run with one core and nobody but the owner allowed to read, where the system knows of either.
OTHER_START = (
    "import os, runpy, sys; os.umask(0o077); "
    "hasattr(os, 'sched_setaffinity') and os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    "runpy.run_module('analysis', run_name='__main__', alter_sys=True)"
)


def build_plainly(root: Path, env: Mapping[str, str] = os.environ) -> Path:
    """Build the project at `root` as a reader would, and return its `_build`."""
    return _build(root, ["-m", "analysis"], env)


def build_otherwise(root: Path, env: Mapping[str, str] = os.environ) -> Path:
    """Build the project at `root` in other circumstances, and return its `_build`."""
    return _build(root, ["-c", OTHER_START], {**env, **OTHER_ENVIRONMENT})


def _build(root: Path, start: list[str], env: Mapping[str, str]) -> Path:
    """Run the command that builds."""
    command = [sys.executable, *start, "build", "--root", str(root)]
    if subprocess.run(command, cwd=root, env=dict(env), check=False).returncode:
        raise InputError(f"The build in {root} failed; what it said stands above.")
    return root / "_build"


def differences(one: Path, other: Path) -> list[str]:
    """List the published files that two `_build` folders do not both hold with the same bytes."""
    first, second = _published(one), _published(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _published(build: Path) -> dict[str, bytes]:
    """Read what a `_build` folder publishes, by name."""
    places = [path for name in PUBLISHED for path in [build / name, *(build / name).rglob("*")]]
    files = [path for path in places if path.is_file()]
    if not files:
        raise InputError(f"{build} holds no report.")
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in files}


def main() -> None:
    """Build two copies of the project one is in and compare them."""
    with tempfile.TemporaryDirectory(prefix="identical-") as place:
        copies = [Path(place) / "one", Path(place) / OTHER_FOLDER]
        for copy in copies:
            shutil.copytree(Path.cwd(), copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        one, other = build_plainly(copies[0]), build_otherwise(copies[1])
        found = differences(one, other)
        if found:
            raise InputError(
                f"{len(found)} files differ between two builds of one state: {', '.join(found[:20])}."
            )
        print(f"{len(_published(one))} published files are the same in both builds.")


if __name__ == "__main__":
    end(main)
