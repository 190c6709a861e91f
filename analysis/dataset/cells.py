"""The rules of one cell, by the type of its column: each looks at the text of a cell alone.

A rule is a sentence and a test of one cell. Each distinct cell of a column is tested once.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from ipaddress import IPv4Address
from urllib.parse import urlsplit

import pandas as pd

from analysis.dataset import dimensions as dims
from analysis.dataset.failure import seen
from analysis.dataset.places import is_origin, is_place
from analysis.dataset.schema import Field
from analysis.dataset.vocabularies import SERIES_KEYS

DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
PARTIAL_DATE = rf"[0-9]{{4}}|[0-9]{{4}}-(?:0[1-9]|1[0-2])|{DATE}"
WHOLE = r"0|-?[1-9][0-9]*"
NUMBER = r"(?!-0(?:\.0+)?$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
NOT_FINITE = re.compile(r"[-+]?(?:inf(?:inity)?|nan)", re.IGNORECASE)
# The greatest whole number up to which every one can be told apart as a float.
GREATEST = 2**53
MOST_DIGITS = 20
# What a spreadsheet runs: a cell that begins so, in ASCII or full width, also after white space. A sign before a number
# (+71.33%) is a print, before a name or a bracket a formula, and a bar with ! after it calls another program.
FORMULA = re.compile(r"\s*(?:[=@＝＠]|[-+＋－−]+\s*(?:[^\W\d]|[=@＝＠(])|[-+＋－−].*\|.*!)")
# What a spreadsheet or a program writes for a value that it does not have, and what is left of text read as another
# encoding, of a page's entities, of escapes.
NO_VALUE = re.compile(r"(?i)#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!).*|nan|none|null|nat|<na>|undefined")
UNDECODED = re.compile(r"\ufffd|&(?:[A-Za-z]+|#[0-9]+);|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})")
# The last part of a name of the web is a word; digits alone are an address of four numbers.
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?")
NOT_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')

FIRST_YEAR = 1980
# Years after the release that a date may lie; one where nothing is said.
AHEAD = {"ended": 20, "period": 5}
YEARS = ("fiscal_year", "period", "span_start", "span_end")
LONGEST_ID = 120
LONGEST_PRINT = 100
LONGEST_CELL = 2000
MAX_WORDS_PRINTED = 12
MAX_WORDS_OF_OURS = 30
FREE = ("notes", "caveats")  # nothing is looked up by them
ENDS_FREELY = "caveats"  # cells of released versions end with a space, and what is released stays

Test = Callable[[str], bool]


@dataclass(frozen=True)
class CellRule:
    """A sentence that says what a cell must be, and the test of one cell; blank cells are not asked."""

    sentence: str
    fits: Test


@dataclass(frozen=True)
class RowRule:
    """A rule that looks beyond one cell: the column it reports, its sentence, and the rows that obey it."""

    column: str
    sentence: str
    fits: pd.Series[bool]


def rules_of_cells(field: Field, horizon: str) -> list[CellRule]:
    """Return the rules of one column that need no other cell, in the order in which they are asked.

    `horizon` is the day up to which something may have been told, as YYYY-MM-DD.
    """
    return [
        CellRule(
            "must hold no control, zero-width or direction character and no other space than the plain one",
            seen,
        ),
        CellRule(
            "must not hold U+FFFD, entities, escapes or other marks of a letter lost in decoding", is_decoded
        ),
        CellRule(
            "must not begin with = or @, or a sign before a name (a spreadsheet would run it)",
            lambda cell: not FORMULA.match(cell),
        ),
        *_text_rules(field),
        *type_rules(field, horizon),
        *([CellRule(_pattern_sentence(field), _matches(field.pattern))] if field.pattern else []),
        *_named_rules(field, horizon),
    ]


def is_decoded(cell: str) -> bool:
    """Tell whether a cell is text that was read in its own encoding: U+00C3 U+00A9 is the UTF-8 of é read as Latin."""
    if UNDECODED.search(cell):
        return False
    if cell.isascii():
        return True
    for encoding in ("latin-1", "cp1252"):
        try:
            cell.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return False
    return True


def _text_rules(field: Field) -> list[CellRule]:
    """Return the rules of what is written freely: other cells are words, numbers or dates, and told by those rules."""
    if field.type != "text" or field.refers_to:
        return []
    rules = [
        CellRule(
            "must not be what a program writes for no value; leave it blank",
            lambda c: not NO_VALUE.fullmatch(c),
        ),
        CellRule(f"must be at most {LONGEST_CELL:,} characters", lambda c: len(c) <= LONGEST_CELL),
    ]
    if field.name not in FREE:
        sentence = "must be composed (Unicode NFC): a letter and its accent are one character"
        rules.append(CellRule(sentence, lambda c: unicodedata.is_normalized("NFC", c)))
    if field.name != ENDS_FREELY:
        rules.append(CellRule("must not begin or end with a space", lambda c: c == c.strip()))
    if not (field.required and field.name in SERIES_KEYS):  # there - is blank and * is any
        rules.append(CellRule("must hold a letter or a digit", lambda c: any(map(str.isalnum, c))))
    return rules


def _matches(pattern: str) -> Test:
    """Return the test that a cell as a whole is of a pattern."""
    compiled = re.compile(pattern, re.ASCII)  # the digits are 0 to 9
    return lambda cell: compiled.fullmatch(cell) is not None


def _pattern_sentence(field: Field) -> str:
    if field.name in ("jurisdiction", "origin"):
        return _NAMED[field.name].sentence
    if field.name == "version":
        return "must be a version such as 0.2.0"
    if field.name == "fingerprint":
        return "must be the 64 hexadecimal digits of a fingerprint"
    return "must be a lower-case slug: letters, digits, hyphens"


def type_rules(field: Field, horizon: str) -> list[CellRule]:
    """Return the rules that a field's type asks for."""
    if field.type in ("date", "partial_date"):
        return _date_rules(field, horizon)
    if field.type in ("number", "integer"):
        return _number_rules(field)
    if field.type == "list" and field.vocabulary:
        sentence = f"must be words of: {', '.join(field.vocabulary)}; joined by {field.joint}"
        return [CellRule(sentence, words_in(set(field.vocabulary), field.joint))]
    if field.type == "category" and field.vocabulary:
        allowed = frozenset(field.vocabulary)
        return [CellRule(f"must be one of: {', '.join(field.vocabulary)}", lambda cell: cell in allowed)]
    return []


def words_in(allowed: set[str] | frozenset[str], joint: str) -> Test:
    """Return the test that every word of a cell is allowed, and stands in it once."""

    def test(cell: str) -> bool:
        words = cell.split(joint) if joint else [cell]
        return len(set(words)) == len(words) and allowed.issuperset(words)

    return test


def _date_rules(field: Field, horizon: str) -> list[CellRule]:
    """A date exists in the calendar and lies in the time that the record can speak of."""
    partial = field.type == "partial_date"
    first, last = f"{FIRST_YEAR}-01-01", latest(field.name, horizon)
    of_form = _matches(PARTIAL_DATE if partial else DATE)
    form = "YYYY, YYYY-MM or YYYY-MM-DD" if partial else "YYYY-MM-DD"
    return [
        CellRule(f"must be a date {form}", lambda cell: of_form(cell) and _in_calendar(cell)),
        # Text in the order of the calendar: 2020 is before 2020-01-01, and its year is not before 1980.
        CellRule(f"must lie between {first} and {last}", lambda cell: first[: len(cell)] <= cell <= last),
    ]


def latest(column: str, horizon: str) -> str:
    """Return the last day that a date of a column may be: a year after the horizon where nothing else is said."""
    return f"{int(horizon[:4]) + AHEAD.get(column, 1):04d}{horizon[4:]}"


def _in_calendar(cell: str) -> bool:
    """Tell whether a full date exists in the calendar (31 February does not)."""
    try:
        datetime.date.fromisoformat(cell if len(cell) == 10 else f"{cell[:4]}-01-01")
    except ValueError:
        return False
    return True


def _number_rules(field: Field) -> list[CellRule]:
    number, whole = _matches(NUMBER), _matches(WHOLE)
    rules = [
        CellRule("must be finite", lambda cell: not NOT_FINITE.fullmatch(cell)),
        CellRule(
            "must be a number in the digits 0-9 with a decimal point: no thousands separator, no sign but a "
            "minus, no leading zeros, no exponent",
            number,
        ),
        CellRule(
            f"must have at most {MOST_DIGITS} characters: a float holds no more digits",
            lambda cell: len(cell) <= MOST_DIGITS or abs(Decimal(cell)) > GREATEST,
        ),
    ]
    if field.type == "integer":
        rules.append(CellRule("must be a whole number", whole))
    rules.append(
        CellRule(
            f"must not be beyond {GREATEST} (2^53), where whole numbers are no longer exact",
            lambda cell: abs(Decimal(cell)) <= GREATEST,
        )
    )
    if field.positive:
        rules.append(CellRule("must be above zero", lambda cell: float(cell) > 0))
    return rules


def is_address(cell: str) -> bool:
    """Tell whether a cell is an address of the web: http or https, a public host, no user, nothing that ends a link."""
    try:
        parts = urlsplit(cell)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # a bracket without its like, a port that is no number
        return False
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and not NOT_IN_ADDRESS.search(cell)
    return plain and (HOST.fullmatch(host) is not None or _is_public(host))


def _is_public(host: str) -> bool:
    """Tell whether a host is four numbers of the public net: a mirror may have no name, a machine at home is none."""
    try:
        return IPv4Address(host).is_global
    except ValueError:
        return False


_NAMED: dict[str, CellRule] = {
    "jurisdiction": CellRule(
        "must be an ISO 3166 code such as CN or CN-GD (ZZ is the world); subdivisions are listed in places.py",
        is_place,
    ),
    "origin": CellRule(
        "must be an ISO 3166 code such as CN, or several joined by + where the table allows it",
        lambda cell: all(map(is_origin, cell.split("+"))),
    ),
    "url": CellRule(
        "must be an address that begins with http:// or https:// and a public host, without user, space or quote",
        is_address,
    ),
    "relation_base": CellRule(
        "must be previous_year, previous_period, same_period_last_year, a year, or two days joined by /",
        _matches(dims.RELATION_BASE),
    ),
    "as_printed": CellRule(
        f"must be at most {MAX_WORDS_PRINTED} words and {LONGEST_PRINT} characters",
        lambda cell: len(cell.split()) <= MAX_WORDS_PRINTED and len(cell) <= LONGEST_PRINT,
    ),
    "summary": CellRule(
        f"must be at most {MAX_WORDS_OF_OURS} words", lambda cell: len(cell.split()) <= MAX_WORDS_OF_OURS
    ),
}


def _named_rules(field: Field, horizon: str) -> list[CellRule]:
    """Return the rules of columns that mean the same in every table."""
    if field.name in YEARS and field.type == "integer":
        last = latest(field.name, horizon)[:4]
        sentence = f"must be a year between {FIRST_YEAR} and {last}"
        return [CellRule(sentence, lambda cell: FIRST_YEAR <= int(cell) <= int(last))]
    if field.name == "jurisdiction" or (field.name == "origin" and field.pattern):
        return [_NAMED[field.name]]
    if field.name in ("url", "relation_base", "as_printed", "summary"):
        return [_NAMED[field.name]]
    if field.type == "slug":
        sentence = f"must be at most {LONGEST_ID} characters"
        return [CellRule(sentence, lambda cell: len(cell) <= LONGEST_ID)]
    return []
