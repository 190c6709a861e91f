"""The codebook, data/README.md, written from the schema so that it cannot fall behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.dataset import coding_rules
from analysis.dataset import dimensions as dims
from analysis.dataset import series_words as kinds
from analysis.dataset import vocabularies as words
from analysis.dataset.coding_rules import CodingRule
from analysis.dataset.files import read_strings
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES

_INTRO = """# Codebook

The tables of "Counting Counterfeits", version {version} ({released}), fingerprint `{fingerprint}`.
Written by `python -m analysis release` from the schema; do not edit.

Licence: CC BY 4.0 (see LICENSE-data). Cite as in CITATION.cff.

UTF-8, comma, double quotes where needed, LF line ends. A blank cell means "not given". Rows are sorted by
id, so that a change of data is a readable diff. No sentence of a source is stored: a figure as printed, a
locator, and notes in our own words.

| table | rows | what a row is |
| --- | ---: | --- |
{tables}

## Ids

An id is a lower-case slug, unique in its table, given once and never reused. The first part of a reading's
id tells where it was collected:

| first part | readings of |
| --- | --- |
| police | Chinese police |
| jus | prosecutors and courts |
| adm | administrations and China's customs |
| plat | platforms |
| p2 | spot checks, platforms, provinces and surveys, collected for 0.4.0 |
| pc | totals met while collecting measures |
| j2 | police, prosecutors, courts, administrations and customs of China: the second collection, with controls |
| uscbp | US customs |
| jp, kr, hk | customs of Japan, Korea, Hong Kong |
| eu, euint, euall, euipo, europol, be, de, es, fr, lu, uk | the EU, its bodies and states, the UK |
| b2 | further borders of destination, collected for 0.4.0 |
| oecd, wco, us | OECD, the World Customs Organization, others |

An id that was given once is never reused: `aliases.csv` leads from a retired id to the one that stands for it.

## Dimensions

`scope_as_collected` is what a reading covers in the collector's words. The dimensions (subject, track, stage,
product, origin, mode, region, basis, relation, detail) say the same in closed words, one thing a column;
`scopes.csv` is the mapping. A growth rate keeps the indicator of what grew, has kind `change`, and says in
`relation_base` what it is against. A percentage of something has indicator `share` and a `relation`. `origin`
is one of three things (`origin_basis`): origin, provenance economy, or shipping economy. `breadth` tells a total
from what is less: key cases, one operation, one place, one case; it is read from the row's own words, not from its
scope. How subjects and breadths are chosen stands at the end.

## What every row obeys

Dates exist in the calendar and lie between 1980 and a year after the release. A window starts before it ends, is
no longer than ten years unless its note names the first year, and ends no later than its source's date unless the
row is marked as planned. Nothing is published after the day on which the rules are asked. Numbers are in the digits
0 to 9, without separators or exponents, and none is beyond 2^53; flows and stocks are positive (only a share or
failed samples may be zero), percentage changes above -100. A measure is announced, takes effect and ends in that
order, or its notes say why. Units fit the indicator. Every row has a source, and every source a publisher, a date
and an address (http or https), or a note on how it was held. Places are codes of ISO 3166; a relation names a
reading, an indicator or a listed whole; a series names words that readings hold. No cell begins with = or @, and
none holds a character that cannot be seen. What a reading holds is what its printed words show, or
`disagreements.csv` says why not, or its notes begin with "{working_notes}": value, unit and hedge were read,
`as_printed` and locator were written down later and may differ from the print.
A window is given where the row's own words print its year, and its basis is then `printed`. A breadth is the one that
the row's own words tell. Goods that were only destroyed are not coded as seized. One figure of one source stands once,
with one hedge. A year that is eight times both its neighbours, or an eighth of both, is explained in the notes or in
`conflicts.csv`; two sources of one address say in their notes why they are two.
`python -m analysis validate` checks all of it and names every failure.

## Families and controls

A row of `series.csv` with a word in `by` stands for a family: one series for each unit (an origin, a product, a
border, ...) that readings hold, named `family/unit` (`jp-cases-by-origin/CN`). Everything but the unit is as the row
says. `*` in the dimension of the units takes every word but the rest, and of origins none that sums up several.
`controls` names series of the same counter that a change may be held against. `readings_series.csv` says of each
reading which series it speaks of and what they do with it; it is made by each release and checked by `validate`.

In the downloads of the site a cell that a spreadsheet would run as a formula has an apostrophe before it.

## Beside the tables

`versions.csv` holds every released version with its fingerprint. `disagreements.csv` lists the readings whose
printed words, read again by program, give another value, unit or hedge than the row, each with the reason.
`distinct.csv` lists measures that look like one (issuer, instruments, dates within a month) and are two.
"""

_VOCABULARIES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Hedges", words.HEDGES),
    ("Kinds of reading", words.KINDS),
    ("Indicators", words.INDICATORS),
    ("Channels", words.CHANNELS),
    ("Units", words.UNITS),
    ("Reporters", words.REPORTERS),
    ("Tiers of sources", words.TIERS),
    ("Subjects", dims.SUBJECTS),
    ("Breadths", dims.BREADTHS),
    ("Tracks", dims.TRACKS),
    ("Stages", dims.STAGES),
    ("Products", dims.PRODUCTS),
    ("Bases of origin", dims.ORIGIN_BASES),
    ("Modes", dims.MODES),
    ("Bases of windows", dims.WINDOW_BASES),
    ("Kinds of alias", dims.ALIAS_KINDS),
    ("Kinds of conflict", dims.CONFLICT_KINDS),
    ("Verdicts on conflicts", dims.VERDICTS),
    ("Groups of series", words.SERIES_GROUPS),
    ("Families of series", kinds.FAMILIES),
    ("Tables added up", kinds.DRAWN_FROM),
    ("Roles of readings", kinds.ROLES),
)

_PAIRS = (
    "The pairs of 0.5.1 are on measures that came into the table after the first registration (0.2.0), by this "
    "rule. The measure is no later edition, and the year of its effect is known. Its reach touches the series, "
    "which counts cases, persons or articles: no value or share, no control total, no sum with other work. The "
    "series has three informed years before the first period affected and two of the three from it on; years of "
    "coverage alone were looked at, no value. That period is the one of the effective date, or the next where the "
    "measure takes effect in its second half and does not end in it. Of a measure's series at most two are taken: "
    "those of its own place first, then cases before articles, totals before parts, and the longest. A pair is "
    "registered where the measure's text says which way the count would go. Plans of tasks, prolongations, legal "
    "bases, texts on a sliver of the count, and measures whose row tells what the count did afterwards have none. "
    "Where a member state alone is reached a pair without a direction is taken too, since the other members stand "
    "beside it."
)


def _allowed(field: Field) -> str:
    """Say in a few words what a cell may hold."""
    if field.refers_to:
        return f"id in {field.refers_to}"
    if field.vocabulary:
        shown = (
            field.vocabulary if len(field.vocabulary) <= 10 else (f"{len(field.vocabulary)} words, below",)
        )
        return ", ".join(shown)
    return {"partial_date": "YYYY, YYYY-MM or YYYY-MM-DD", "date": "YYYY-MM-DD"}.get(field.type, field.type)


def _table(table: Table) -> str:
    rows = "\n".join(
        f"| `{f.name}` | {f.description} | {_allowed(f)} | {'yes' if f.required else ''} |"
        for f in table.fields
    )
    head = "| column | meaning | holds | required |\n| --- | --- | --- | --- |"
    rule = f"\n{_PAIRS}\n" if table.name == "hypotheses" else ""
    return f"## {table.name}.csv\n\n{table.description}\n{rule}\n{head}\n{rows}\n"


def _vocabulary(title: str, words_: Mapping[str, str]) -> str:
    rows = "\n".join(f"| `{word}` | {meaning} |" for word, meaning in words_.items())
    return f"## {title}\n\n| word | meaning |\n| --- | --- |\n{rows}\n"


def _rules(title: str, intro: str, rules: Mapping[str, CodingRule]) -> str:
    """Write the rules by which the words of a column are chosen."""
    rows = "\n".join(
        f"| `{word}` | {one.sentence} | {one.example} | {one.counter} |" for word, one in rules.items()
    )
    head = "| word | when | for example | but not, and the word that it takes |\n| --- | --- | --- | --- |"
    return f"## {title}\n\n{intro}\n\n{head}\n{rows}\n"


def _gaps(folder: Path) -> str:
    """List the denominators with the years they lack between their first and their last."""
    frame = read_strings(folder, TABLES["context"])
    frame = frame[frame["window_end"] != ""]
    frame = frame.assign(series=frame["series"] + frame["origin"].ne("").map({True: " by origin", False: ""}))
    lines = []
    for (series, place), rows in frame.groupby(["series", "jurisdiction"]):
        years = {int(end[:4]) for end in rows["window_end"]}
        span = f"{min(years)} to {max(years)}" if len(years) > 1 else str(min(years))
        missing = sorted(set(range(min(years), max(years) + 1)) - years)
        lines.append(f"| `{series}` | {place} | {span} | {', '.join(map(str, missing)) or 'none'} |")
    head = "| denominator | place | years | missing between |\n| --- | --- | --- | --- |"
    return (
        f"## Gaps of the denominators\n\nA year that is missing stays missing.\n\n{head}\n"
        + "\n".join(lines)
        + "\n"
    )


def codebook(folder: Path, version: str, released: str) -> str:
    """Return the codebook of the tables in `folder` as Markdown."""
    counts = "\n".join(
        f"| {table.name}.csv | {len(read_strings(folder, table)):,} | {table.description} |"
        for table in TABLES.values()
    )
    intro = _INTRO.format(
        version=version,
        released=released,
        fingerprint=fingerprint(folder),
        tables=counts,
        working_notes=dims.WORKING_NOTES,
    )
    parts = [intro, *(_table(table) for table in TABLES.values())]
    parts += [_vocabulary(title, words_) for title, words_ in _VOCABULARIES]
    parts.append(_rules("How a subject is chosen", coding_rules.SUBJECT_ORDER, coding_rules.SUBJECTS))
    parts.append(_rules("How a breadth is chosen", coding_rules.BREADTH_ORDER, coding_rules.BREADTHS))
    parts.append(_rules("How the reach of a measure is chosen", coding_rules.REACH_ORDER, coding_rules.REACH))
    parts.append(_gaps(folder))
    return "\n".join(parts)
