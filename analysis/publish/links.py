"""Every link to a source: what it says, where it leads, and whether the text was read in a copy.

A label never hides where its link leads. A text on its publisher's own host has the publisher's name; one that was
read elsewhere names the host; a copy says so, and is no live link: it leads to its row on the page of sources, where
the address stands as text. Tables, captions, hover texts and the briefing all take their words from here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.tables import Link

SOURCES_PAGE = "sources.html#source-"
MIRROR = "mirror"  # the tier of a copy on an unrelated host, whose original was not seen
# How the record tells of other copies: in the publisher's cell, or as the first words of a note.
_COPY = r"(?:copy|copies|reposted|repost|mirror|reprint|reprinted)\b"
_NAMED_COPY = re.compile(rf"\b{_COPY}", re.IGNORECASE)
_NOTED_COPY = re.compile(
    rf"(?:the\s)?(?:(?:address|host|page)\s(?:is|of)\s(?:a|an)\s)?(?:[\w-]+\s)?{_COPY}", re.IGNORECASE
)
# How it tells of texts that were read where another host carries them, and whose links stay live: the publisher's cell
# names the carrier, or a note the copy, unless that is one beside the text that was read.
_CARRIED = re.compile(r"\bvia\s+(?P<carrier>[^()]*\w)|\(on\s+(?P<host>[\w.]+)\)", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;]\s")
_ANY_COPY = re.compile(rf"\b(?:{_COPY}|republished\b|as carried by\b)", re.IGNORECASE)
_READ_FROM = re.compile(r"\bread from an? (?:\w+ )?copy\b", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:same|also|further|another|other)\b", re.IGNORECASE)
# What stands behind a publisher's name in its cell and tells the host of a copy.
_OF_COPY = re.compile(
    r",?\s*(?:\bvia\s+\S+\.\w+\s*$|\btext\b.*$|\b(?:reposted|reprinted|copy|copies|mirror)\b.*$)",
    re.IGNORECASE,
)
# Second levels under which countries give names: the name is what stands before them.
_SECOND_LEVELS = {"com", "co", "gov", "org", "net", "edu", "ac", "go", "or", "ne", "gob", "gouv", "govt"}
LEAST_LETTERS = 3  # of a name that may stand for its host


def host(url: str) -> str:
    """Return the host of an address without www and port; blank where there is none or it is no address."""
    try:
        parts = urlsplit(url)
        found = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:  # a bracket without its like
        return ""
    return found.removeprefix("www.")


def domain(name: str) -> str:
    """Return the part of a host that somebody registered: `m.chinadaily.com.cn` is chinadaily.com.cn.

    An address in digits is its own domain.
    """
    parts = name.split(".")
    if parts[-1].isdigit() or len(parts) < 3:
        return name
    return ".".join(parts[-3 if parts[-2] in _SECOND_LEVELS else -2 :])


def publisher_name(publisher: str) -> str:
    """Return a publisher without the host of a repost or a remark in brackets: `Xinhua (copy at a.b)` is Xinhua."""
    name = publisher.split(" (")[0].strip()
    return _OF_COPY.sub("", name).strip(" ,") or name


def _own(name: str, place: str) -> bool:
    """Tell whether a host is the publisher's by its name: its domain stands in it, or words of it make the domain."""
    registered = domain(place)
    if registered in name.lower():
        return True
    wanted, words = registered.split(".")[0].replace("-", ""), re.findall(r"[a-z0-9]+", name.lower())
    runs = (
        "".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)
    )
    return len(wanted) >= LEAST_LETTERS and wanted in set(runs)


@dataclass(frozen=True)
class SourceWords:
    """A source as links tell it: its label, the day of publication, its address, and whether a copy was read.

    `publisher` and `place` are what the label is made of: the place is the host where it is not the publisher's own.
    `carrier` is who or which host carried a text that was not read where it was first published; blank where it was,
    and of a copy.
    """

    label: str
    published: str
    url: str
    copy: bool
    publisher: str
    place: str
    carrier: str = ""

    @property
    def warning(self) -> str:
        """What has to be said beside a figure of this source, because its original was not seen; else blank."""
        if self.copy:
            return "read in a copy; the original was not seen"
        return f"read as carried by {self.carrier}; the original was not seen" if self.carrier else ""


@lru_cache(maxsize=4)
def _every(dataset: Dataset) -> dict[str, SourceWords]:
    """Return every source as links tell it, by its id."""
    rows = dataset.sources.set_index("source_id").to_dict("index")
    return {str(name): _words(row) for name, row in rows.items()}


def _words(row: dict[Hashable, Any]) -> SourceWords:
    """Return one source as links tell it."""
    name, place = publisher_name(str(row["publisher"])), host(str(row["url"]))
    carrier = _carrier(str(row["publisher"]), str(row["notes"]), place, name)
    copy = row["tier"] == MIRROR or bool(
        _NAMED_COPY.search(str(row["publisher"])) or _NOTED_COPY.match(str(row["notes"]))
    )
    if copy:
        words = f"{name} text, copy on {place}" if place else f"{name} text, read in a copy"
    else:
        place = "" if place and _own(name, place) else place
        words = f"{name}, on {place}" if place else name
    when = str(row["published"]) or "undated"
    return SourceWords(words, when, str(row["url"]), copy, name, place, "" if copy else carrier)


def _carrier(publisher: str, notes: str, place: str, name: str) -> str:
    """Return who carried a text that was read elsewhere than at its publisher; blank where nothing says so."""
    if found := _CARRIED.search(publisher):
        return found["carrier"] or place or found["host"]
    if _READ_FROM.search(notes):
        return "a public copy"
    away = place and not _own(name, place)
    noted = (one for one in _CLAUSE.split(notes) if _ANY_COPY.search(one) and not _BESIDE.search(one))
    return place if away and any(noted) else ""


def source_words(dataset: Dataset, source_id: str) -> SourceWords:
    """Return a source as links tell it. Raises InputError for an id that sources.csv lacks."""
    try:
        return _every(dataset)[source_id]
    except KeyError:
        raise InputError(
            f"sources.csv has no row {source_id!r}; a link needs a source that exists."
        ) from None


def source_link(dataset: Dataset, source_id: str, says: str = "") -> Link:
    """Return the link to a source, the only way in which a page links to one.

    With `says`, such as a print, these words come first and the label stands in brackets without its date. Raises
    InputError for an id that sources.csv lacks.
    """
    found = source_words(dataset, source_id)
    words = f"{says} ({found.label})" if says else f"{found.label}, {found.published}"
    return Link(words, f"{SOURCES_PAGE}{source_id}" if found.copy else found.url)


def from_copies(dataset: Dataset, readings: pd.DataFrame) -> str:
    """Say how many of some readings (source_id) were read in copies: `9 of 25 from copies`; blank where none was."""
    count = sum(source_words(dataset, str(one)).copy for one in readings["source_id"])
    return f"{count} of {len(readings)} from copies" if count else ""
