"""A text from a file: plain, a page, a PDF, or what comes in on standard input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from analysis.arguments import checked
from analysis.errors import InputError, cause, shown

LARGEST = 10_000_000  # bytes
KINDS = (".txt", ".md", ".html", ".htm", ".pdf")
_EXPECTED = ("utf_8", "gb18030", "big5", "utf_16", "cp1252")


@checked
def read_text(path: str | Path) -> str:
    """Return the words of a file (.txt, .md, .html, .htm, .pdf), or of standard input for "-".

    Of a page the article is taken, without menus and lists of links (trafilatura, Barbaresi 2021,
    doi:10.18653/v1/2021.acl-demo.15). The encoding is told from the bytes: UTF-8 first, GB18030 among others.

    Raises
    ------
    InputError
        The file is not there, is empty, of another kind, 10 MB or larger, in no known encoding, or a PDF
        without text (pictures of pages).
    """
    name = str(path)
    if name == "-":
        raw = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""  # none where it was closed (<&-)
        return _words(_decoded(_small(raw, "standard input"), "standard input"))
    place = Path(path)
    if place.suffix.lower() not in KINDS:
        raise InputError(
            f"{shown(name)} is of no kind that can be read: give one of {', '.join(KINDS)}, or -"
        )
    try:
        with place.open("rb") as file:
            raw = _small(file.read(LARGEST + 1), name)
    except OSError as error:
        raise InputError(f"{shown(name)} cannot be read: {cause(error)}") from None
    if place.suffix.lower() == ".pdf" or raw.startswith(b"%PDF-"):
        return _of_pdf(raw, name)
    text = _decoded(raw, name)
    return _of_page(text, name) if place.suffix.lower() in (".html", ".htm") else _words(text)


def _small(raw: bytes, name: str) -> bytes:
    """Return the bytes of a text, neither none nor too many."""
    if len(raw) >= LARGEST:
        raise InputError(f"{shown(name)} holds 10 MB or more: give the text alone, or in parts")
    if not raw.strip():
        raise InputError(f"{shown(name)} is empty: give the words of a text")
    return raw


def _decoded(raw: bytes, name: str) -> str:
    """Return bytes as text, in the encoding that they are most likely in."""
    for encoding in ("utf-8-sig", "gb18030"):  # nearly all pages; GB18030 takes many bytes, so it is checked
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _chinese(text):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=list(_EXPECTED)).best()
    if best is None:
        raise InputError(f"{shown(name)} is in no encoding that is known: save it as UTF-8")
    return str(best)


def _chinese(text: str) -> bool:
    """Tell whether what is not ASCII is mostly common Chinese characters and punctuation."""
    others = [letter for letter in text if letter > "\x7f"]
    common = sum(
        "\u4e00" <= letter <= "\u9fa5" or letter in "，。、；：？！“”‘’（）《》·—…％ 　" for letter in others
    )
    return bool(others) and common / len(others) > 0.95


def _words(text: str) -> str:
    """Return a text with the ends of lines of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_page(text: str, name: str) -> str:
    """Return the article of a page of HTML."""
    from trafilatura import extract

    article = extract(text, include_comments=False, include_tables=True, favor_recall=True)
    if not article or not article.strip():
        raise InputError(
            f"{shown(name)} holds no article that can be told from its page: save its words as .txt"
        )
    return _words(article)


def _of_pdf(raw: bytes, name: str) -> str:
    """Return the text layer of a PDF."""
    import pypdf

    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
    except Exception as error:  # a broken file raises almost anything
        raise InputError(
            f"{shown(name)} cannot be read as a PDF ({type(error).__name__}): save it anew"
        ) from None
    text = "\n".join(pages)
    if not text.strip():
        raise InputError(f"{shown(name)} is a PDF without text, pictures of pages: give its words as .txt")
    return _words(text)
