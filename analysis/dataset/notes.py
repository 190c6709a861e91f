"""How the notes of the tables are told to a reader."""

from __future__ import annotations

import re

# The tables speak of prints, which a reader takes for paper: see `plain`.
PAGE_WORDS = {
    r"\bnot printed\b": "not stated",
    r"\bunprinted\b": "unstated",
    r"\bPrinted\b": "Published",
    r"\bprinted\b": "published",
}


def plain(note: str) -> str:
    """Say a note of the tables in the words of the pages: what is printed is published, what is not is not stated.

    Examples
    --------
    >>> plain("in recent years; window not printed"), plain("Printed as cases up to 2007.")
    ('in recent years; window not stated', 'Published as cases up to 2007.')
    """
    for table_word, page_word in PAGE_WORDS.items():
        note = re.sub(table_word, page_word, note)
    return note
