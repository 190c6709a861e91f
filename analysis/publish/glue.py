"""Put computed words into a page's prose, where `{glue:text}` picks them up."""

from __future__ import annotations

from ast import literal_eval

from analysis.errors import InputError


class Words(str):
    """Text that a notebook shows as it is, without the quotes of a Python string.

    Only what the page would evaluate into something else keeps its quotes: to it a bare 1,184 is a pair of
    numbers and a bare 0.20 is 0.2.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        text = str(self)
        try:
            evaluated = literal_eval(text)
        except (SyntaxError, ValueError):
            return text
        return text if str(evaluated) == text else repr(text)


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
