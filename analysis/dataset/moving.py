"""Files that go into place together, all of them or none, and places that may be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import InputError, shown


def check_place(path: Path) -> None:
    """Refuse a place that a user names for a file, where something stands that is none: a move would replace it.

    Raises
    ------
    InputError
        If the place has no name, is a folder, a link that leads nowhere, or a device such as /dev/full, or its
        folder does not exist.
    """
    try:
        taken = not path.name or ((path.is_symlink() or path.exists()) and not path.is_file())
        fits = not taken and path.parent.is_dir()
    except (OSError, ValueError):  # a name too long, a NUL in it
        fits = False
    if not fits:
        raise InputError(f"{shown(str(path))} cannot be written: name a file in a folder that exists.")


def move_together(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Move files from the first place of each pair to the second, in order.

    Where one cannot be moved, or the process is interrupted between two, those moved before are put back as they were.

    Raises
    ------
    OSError
        If a file cannot be moved.
    """
    earlier = {goal: goal.read_bytes() for _, goal in pairs if goal.is_file()}
    moved: list[Path] = []
    try:
        for place, goal in pairs:
            moved.append(goal)  # before the move: an interrupt may fall right after it
            place.replace(goal)
    except BaseException:
        for goal in moved:
            if goal not in earlier:
                goal.unlink(missing_ok=True)
            elif not goal.is_file() or goal.read_bytes() != earlier[goal]:
                goal.write_bytes(earlier[goal])
        raise
