"""Put computed words into a page's prose, where `{glue:text}` picks them up."""

from __future__ import annotations

from analysis.errors import InputError


class Words(str):
    """Text that a notebook shows as it is, without the quotes of a Python string."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def say(**words: object) -> None:
    """Name computed words for this page: `say(cases_2020="more than 21,000 cases")`.

    Prose then holds ``{glue:text}`cases_2020` ``. Whole numbers get thousands separators. A blank text is an
    InputError: a sentence with a hole in it is worse than no sentence.
    """
    from myst_nb import glue

    for name, word in words.items():
        text = f"{word:,}" if isinstance(word, int) else str(word)
        if not text.strip():
            raise InputError(f"The words for {name!r} are blank; say what the sentence needs.")
        glue(name, Words(text), display=False)
