"""The one error for everything that a user can get wrong, and how what was given is quoted in its sentence."""

from __future__ import annotations

import pandas as pd

LONGEST = 60  # characters of what a user gave that are said back


class InputError(ValueError):
    """Something the user gave cannot be used.

    The message is one sentence a user can act on: what is wrong, where (table, row, column), and what
    would be right. Commands print it and exit with code 1; they never show a traceback for it.
    """


def shown(value: object) -> str:
    """Return a value as a sentence quotes it: on one line, shortened, a table by its kind alone."""
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index):
        return f"a {type(value).__name__} of {' by '.join(map(str, value.shape))}"
    try:
        text = repr(value if not isinstance(value, str | bytes) else value[: LONGEST + 1])
    except Exception:
        text = f"a {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
