"""Patterns that branch letter by letter find what the plain ones do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake import reporter_words
from analysis.readings.lexicon import branched, lexicon, quick

WORDS = st.lists(st.text("abc -", min_size=1, max_size=5), min_size=1, max_size=12)
TEXTS = st.text("abc -|", max_size=40)
PATTERNS = [
    r"\bcab\b|(?:the )?ab|(?:a|b)c[ab]?|b{2}|c+|(?<![a-z])ca",
    r"a(?:b|c)|ab|abc|[|)]a|(?:a|)b",
    r"(?:ab|a(?:b|c)b)?c|\|a|bb$",
]


@given(WORDS, TEXTS)
def test_of_plain_words_the_longest_is_taken(words, text):
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert [one.span() for one in re.finditer(branched("|".join(words)), text)] == [
        one.span() for one in re.finditer(plain, text)
    ]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS, low=st.integers(0, 10), high=st.integers(0, 40))
def test_a_quick_pattern_matches_as_the_plain_one(pattern, text, low, high):
    found, plain = quick(pattern).search(text, low, high), re.compile(pattern).search(text, low, high)
    assert (found and found.span()) == (plain and plain.span())


@given(TEXTS)
def test_a_lexicon_tells_which_pattern_stands_where(text):
    named = dict(zip("xyz", PATTERNS, strict=True))
    plain = re.compile("|".join(f"(?P<{name}>{words})" for name, words in named.items()))
    told = [(one.span(), one.lastgroup) for one in lexicon(named).finditer(text)]
    assert told == [(one.span(), one.lastgroup) for one in plain.finditer(text) if one.end() > one.start()]


def test_groups_one_behind_another_are_not_multiplied_out():
    """Eight places by three titles by eight bodies, twice: each import would compile 3.5 million words."""
    group = f"(?:{'|'.join(f'place{n}' for n in range(8))})(?: city| town)?"
    body = f"(?:{'|'.join(f'body{n}' for n in range(8))})"
    pattern = f"{group} {body} (?:in|of) {group} {body} (?:in|of) {group}"
    assert len(branched("|".join([pattern, f"{pattern} again"]))) < 100 * len(pattern)
    assert re.fullmatch(branched(pattern), "place3 city body4 of place1 body2 in place7")


def test_the_names_of_bodies_are_compiled_in_no_time():
    """Branching by letters may take some times the letters of the plain pattern, not a hundred times them."""
    for known in (reporter_words._WEST_NAMES, reporter_words._WEST_PLAIN):
        assert len(known.anywhere.pattern) < 5 * len(known.named.pattern)
