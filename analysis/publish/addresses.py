"""Where every series and every reading has its page: addresses that hold from any page one folder below the site.

../series/us-seizures.html                a series, or a family of them with a heading for each unit
../series/us-seizures-by-mode.html#mail   a unit of a family
../sources/SOURCE.html#adm-0677           a reading, on the page of the source that printed it
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from analysis.series.key import UNIT_MARK

SERIES_FOLDER, SOURCES_FOLDER, BOOK = "series", "sources", "../book/"
FINDER = f"{BOOK}find.html"


def series_address(series_id: str) -> str:
    """Return the address of a series' page; of a unit of a family, its heading there."""
    family, _, unit = series_id.partition(UNIT_MARK)
    return f"../{SERIES_FOLDER}/{family}.html" + (f"#{unit}" if unit else "")


def source_address(source_id: str) -> str:
    """Return the address of the page with all readings of a source."""
    return f"../{SOURCES_FOLDER}/{source_id}.html"


def reading_address(source_id: str, reading_id: str) -> str:
    """Return the one address of a reading."""
    return f"{source_address(source_id)}#{reading_id}"


def finder_address(question: str) -> str:
    """Return where the finder answers a question."""
    return f"{FINDER}?q={quote(question)}"


def cases_address(pick: str, value: object) -> str:
    """Return where the table of single cases shows those of a kind: of a `province`, `product`, `channel` or `year`."""
    return f"cases.html?{pick}={quote(str(value))}#cases-filters"


def slug(words: str) -> str:
    """Return words as a part of an id on a page: `5-9 windows` is 5-9-windows."""
    return re.sub(r"\W+", "-", words.lower()).strip("-")


def beside_book(address: str) -> str:
    """Return an address told from a page of the book as it holds from a folder beside it."""
    own = not urlsplit(address).scheme and address and not address.startswith("../")
    return f"{BOOK}{address}" if own else address
