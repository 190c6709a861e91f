"""Refuse statistics typed into prose: a number reaches a sentence through the code that computed it (glue).

A typed number goes stale silently when the data change. What is not a statistic may be typed: years, dates,
names that hold figures, references such as "Figure 3" or "article 213", version numbers. Spelled-out numbers
up to twelve are words; above that they count as typed. Quoted prints in backticks (`more than 11,000`) are
examples of how figures are printed and stand in book/how-to-read only.

Nor may prose promise: "a later version", "will be added", "not yet". What was promised stands there long after it
was done, or was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# Where quoted prints are explained, and may therefore be typed in backticks.
EXAMPLES_PAGE = "how-to-read"

# Names that hold figures: cases and campaigns, shopping days, hotlines, trade procedures, a marketplace.
NAMES = (
    *("Hurricane 183", "8.28", "5.08", "3.15", "6.18", "11.11", "12.12"),
    *("12315", "12345", "12339", "1688", "Special 301", "Section 301", "Section 337"),
    *("CC BY 4.0", "ISO 8601"),
)

# After a name or a year these words make it a quantity after all: "8.28 million", "2020 percent".
QUANTITY = r"(?!\s*(?:%|percent\b|per\s+cent\b|hundred|thousand|million|billion|trillion|yuan\b|万|亿))"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
DAY = r"(?:[12]\d|3[01]|0?[1-9])"
YEAR = r"(?:199\d|20[0-2]\d)"
TO = r"(?:\s*[-\N{EN DASH}]\s*|\s+(?:to|and|or|until)\s+|,\s*)"
REFERENCE = (
    r"(?:sections?|chapters?|figures?|figs?\.|tables?|equations?|eqs?\.|parts?|steps?|rules?|appendix|annex"
    r"|articles?|arts?\.|paragraphs?|clauses?|issues?|versions?|Python|volumes?|vol\.|pages?|pp?\.|No\.)"
)

# Regions that are not prose, in the order in which they are blanked.
NOT_PROSE = tuple(
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"\A---\n.*?\n---\n",  # front matter
        r"<!--.*?-->",
        # a code block, or a directive whose body is not prose
        r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))(?:[\w+-]*|\{(?:code|code-block|code-cell|math|glue[\w:]*"
        r"|bibliography|toctree|image|figure|raw|include|literalinclude)\}[^\n]*)\n.*?^(?P=fence)[ \t]*$",
        r"^[ \t]*[`~:]{3,}\{[\w:-]+\}",  # the opening of another directive; its title and body are prose
        r"^[ \t]*:[\w-]+:[^\n]*$",  # an option of a directive
        r"^%[^\n]*$",  # a comment
        r"^\([\w-]+\)=[ \t]*$",  # a target
        r"^\[[^\]\n]+\]:[ \t]*\S+",  # a link definition
        r"\$\$.*?\$\$",
        r"\\begin\{(?P<environment>[a-z]+\*?)\}.*?\\end\{(?P=environment)\}",
        r"(?<![\\$])\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)",
        r"\{[\w:+-]+\}`[^`]*`",  # a role: glue, a reference, a citation
        r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)",  # where a link goes; its text is prose
        r"<(?:https?|mailto):[^>\s]*>",
        r"</?[A-Za-z][^>]*>",  # an HTML tag, with its attributes
        r"https?://[^\s)\]>]+",
        r"\[\^[\w-]+\]",  # a footnote mark
        r"\{#[\w-]+[^}]*\}",  # an attribute
    )
)

# Numbers that are no statistics, blanked before the search.
ALLOWED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        *(rf"(?<![\w.,]){re.escape(name)}(?![\w]|[.,]\d){QUANTITY}" for name in NAMES),
        rf"(?i:\b{REFERENCE})\s+\d+(?:\.\d+)*(?:{TO}\d+(?:\.\d+)*)*(?![\w%]|[.,]\d)",
        r"\bv\d+(?:\.\d+)+\b|\b\d+\.\d+\.\d+\b",  # versions
        r"\b\d{1,4}/(?:19|20)\d\d\b",  # legal acts: Regulation (EU) No 608/2013
        rf"\b{YEAR}-\d\d(?:-\d\d)?\b(?!-)",  # ISO dates, and the fiscal year 2014-15
        rf"\b{DAY}(?:{TO}{DAY})?\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR}\b)?",
        rf"\b{MONTH}\s+{DAY}(?:{TO}{DAY})?\b(?![,.]?\d|%)(?:,\s+{YEAR}\b)?",
        rf"(?<![\d.,$€£¥]){YEAR}(?:s|/\d\d)?\b(?![,.]\d){QUANTITY}",
        r"^[ \t]*(?:>[ \t]*)*(?:#+[ \t]+)?\d+[.)](?=\s)",  # list and heading numbers
        r"\b\d+(?:st|nd|rd|th)\b",  # ordinals
        # the level of an interval, which is a setting
        r"\b(?:50|80|90|95|99)(?:%| percent)(?=\s(?:confidence |prediction )?(?:interval|band|level))",
        r"\b(?!(?:USD|CNY|RMB|EUR|JPY|US|x)\d)[A-Za-z]+-?\d{1,4}\b(?!%|[.,]\d)",  # COVID-19, A4, H1
    )
)

TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
SMALL = rf"(?:{UNITS}|ten|eleven|twelve|half|quarter)"
# "the nearest thousand" is a unit; "a thousand", "several million" and "thousands" are amounts
SCALE = r"(?:hundred|thousand|million|billion|trillion)"
AMOUNT = rf"(?:(?:a|an|few|half|many|several|some|{SMALL})\s+{SCALE}|(?:{SCALE}|dozen)s)"
TYPED = re.compile(
    r"(?:[$€£¥]\s*)?[+\-\N{MINUS SIGN}]?\d[\d,.\N{NO-BREAK SPACE}]*(?<![,.])"
    r"\s*(?:%|percent\b|per cent\b|万|亿)?"
    r"|[一二三四五六七八九十百千零〇两]+[万亿][万亿一二三四五六七八九十百千零〇]*"
    rf"|(?i:\b(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b"
    rf"|\b{TENS}(?:-{UNITS})?\b(?!-(?:first|second|third|[a-z]+th)\b)"
    rf"|\b{AMOUNT}\b"
    rf"|\b{SMALL}\s+(?:percent|per\s+cent)\b)"
)
CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# A code span that quotes a printed figure, not code: separators, units or hedges beside digits.
PRINT = re.compile(
    r"\d,\d{3}\b|\d\s*(?:%|percent|per cent|hundred|thousand|million|billion|trillion|yuan|万|亿|余|多|cases)"
    r"|\b(?:than|nearly|about|almost|least|some|over)\s+[$€£¥]?\d|[余近约超过]\s*\d"
)


def typed_numbers(markdown: str, *, prints_quoted: bool = False) -> list[tuple[int, str]]:
    """Find numbers typed into Markdown prose: the line (from 1) and the number, in reading order.

    `prints_quoted` lets backticks quote printed figures; elsewhere backticks hold code only.
    """
    text = markdown
    for region in NOT_PROSE:
        text = region.sub(_blank, text)
    text = CODE_SPAN.sub(
        lambda span: _blank(span) if prints_quoted or not PRINT.search(span[2]) else span[0], text
    )
    for allowed in ALLOWED:
        text = allowed.sub(_blank, text)
    return [(text.count("\n", 0, found.start()) + 1, found[0].strip()) for found in TYPED.finditer(text)]


# Words that promise; what a text of the record planned or promised is told in other words.
PROMISE = re.compile(
    r"\b(?:(?:a|the|some)\s+(?:later|future|coming|next)\s+(?:version|release)s?"
    r"|later\s+work|future\s+work|work\s+for\b|(?:will|shall|are\s+to|is\s+to)\s+be\s+(?:added|published|extended|done)"
    r"|not\s+yet|(?:is|are)\s+planned|for\s+the\s+time\s+being|to\s+be\s+done|coming\s+soon|stay(?:s)?\s+blank)\b",
    re.IGNORECASE,
)


def promises(markdown: str) -> list[tuple[int, str]]:
    """Find words that promise what is to come: the line (from 1) and the words, in reading order."""
    text = markdown
    for region in NOT_PROSE:
        text = region.sub(_blank, text)
    return [(text.count("\n", 0, found.start()) + 1, found[0]) for found in PROMISE.finditer(text)]


def _blank(found: re.Match[str]) -> str:
    """Replace what was found by spaces, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", found[0])


def pieces(path: Path) -> Iterator[tuple[str, str]]:
    """Read a page's prose: ("", text) of a Markdown file, (", cell 3", text) of a notebook's cells."""
    if path.suffix == ".md":
        yield "", path.read_text(encoding="utf-8")
        return
    from analysis.building.execution import read_chapter

    for number, cell in enumerate(read_chapter(path).cells, start=1):
        if cell.cell_type == "markdown":
            yield f", cell {number}", cell.source


def check_prose(book: Path) -> list[str]:
    """Check every page of a book folder; one sentence for each typed number or promise, none where all is well."""
    found = []
    for path in sorted(path for path in book.glob("*") if path.suffix in {".md", ".ipynb"}):
        for cell, text in pieces(path):
            place = f"{book.name}/{path.name}{cell}, line"
            numbers = typed_numbers(text, prints_quoted=path.stem == EXAMPLES_PAGE)
            found += [
                f"{place} {line}: {number!r} is typed; let the code glue it" for line, number in numbers
            ]
            found += [
                f"{place} {line}: {words!r} promises; say what there is" for line, words in promises(text)
            ]
    return found
