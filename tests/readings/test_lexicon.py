"""Patterns that branch letter by letter find what the plain ones do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
