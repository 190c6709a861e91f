"""The one error for everything that a user can get wrong."""

from __future__ import annotations


class InputError(ValueError):
    """Something the user gave cannot be used.

    The message is one sentence a user can act on: what is wrong, where (table, row, column), and what
    would be right. Commands print it and exit with code 1; they never show a traceback for it.
    """
