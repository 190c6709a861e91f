"""The one error for everything that a user can get wrong, how it is quoted, and how a command ends in a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

FAILED = 1
LONGEST = 60  # characters of what a user gave that are said back
INTERRUPTED = 130  # 128 and the number of the signal that Ctrl-C sends, as shells count


class InputError(ValueError):
    """Something the user gave cannot be used.

    The message is one sentence a user can act on: what is wrong, where (table, row, column), and what
    would be right. Commands print it and exit with code 1; they never show a traceback for it.
    """


def shown(value: object) -> str:
    """Return a value as a sentence quotes it: on one line, shortened, a table by its kind alone."""
    if type(value).__module__.startswith("pandas") and hasattr(value, "shape"):  # not imported for a sentence
        return f"a {type(value).__name__} of {' by '.join(map(str, value.shape))}"
    try:
        text = repr(value if not isinstance(value, str | bytes) else value[: LONGEST + 1])
    except Exception:
        text = f"a {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def cause(error: OSError) -> str:
    """Tell why the system refused, and the file or folder where it names one: `No space left on device (_build)`."""
    why = error.strerror or str(error) or type(error).__name__
    place = error.filename2 or error.filename
    return f"{why} ({place})" if place else why


def sentence(error: BaseException) -> str | None:
    """Return what a user is told of an error; None where it is a fault of the program, which keeps its traceback."""
    match error:
        case InputError():
            return f"Error: {error}"
        case KeyboardInterrupt():
            return "Stopped, as asked; what was finished before is as it was."
        case UnicodeEncodeError():
            letters = error.object[error.start : error.end][:5]
            return (
                f"Error: {error.encoding} has no {letters!r}, so the output cannot be written; "
                "set PYTHONIOENCODING=utf-8 or a UTF-8 locale."
            )
        case BrokenPipeError():
            return ""  # whoever read the output has seen enough
        case OSError():
            where = "" if error.filename else f", while writing the output or below {_here()}"
            return f"Error: {cause(error)}{where}."
        case MemoryError():
            return "Error: there is not enough memory; close other programs and try again."
    return None


def _here() -> str:
    """Name the folder one is in."""
    try:
        return str(Path.cwd())
    except OSError:
        return "a folder that is gone"


def end(run: Callable[[], object]) -> NoReturn:
    """Run a command and leave the process: 0 when it went well, else one sentence on stderr and another code."""
    try:
        run()
        if sys.stdout:  # none where it was closed (>&-)
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        said = sentence(error)
        if said is None:
            raise
        _drop_output()
        if said and sys.stderr:
            print(said, file=sys.stderr)
        sys.exit(INTERRUPTED if isinstance(error, KeyboardInterrupt) else FAILED)
    sys.exit(0)


def _drop_output() -> None:
    """Let go of output that could not be written: Python would try once more, and fail, when it ends."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
