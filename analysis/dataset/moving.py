"""Files that go into place together: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


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
