"""The pages in Chinese: what the home page names, every chapter with its question and findings, and the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from analysis.dataset import Dataset
from analysis.dataset.dimensions import STAGES
from analysis.errors import InputError
from analysis.publish.chinese import UNIT_WORDS, date, number
from analysis.publish.counts import counts
from analysis.publish.findings import Finding
from analysis.publish.names import names
from analysis.publish.tables import HtmlTable, table

LANGUAGE = "zh"
FINGERPRINT = 16  # characters that the preface names


def preface_words(dataset: Dataset) -> dict[str, str]:
    """Return the counts and the version that the home page names."""
    found = counts(dataset)
    return {
        "sources": number(found.documents), "printing": number(found.printing), "readings": number(found.readings),
        "hypotheses": number(len(dataset.hypotheses)), "languages": number(dataset.sources["language"].nunique()),
        "version": dataset.version, "fingerprint": dataset.fingerprint[:FINGERPRINT],
        "released": date(dataset.released),
    }  # fmt: skip


def chapters(findings: Sequence[Finding], briefs: Mapping[str, str]) -> HtmlTable:
    """Return every chapter in reading order: its question, what it says in brief, and its findings, with links.

    Raises InputError for a finding, or a brief, of a chapter that names-zh.csv has no question for.
    """
    titles, questions = names("chapter", LANGUAGE), names("chapter question", LANGUAGE)
    if strange := sorted(({one.chapter for one in findings} | set(briefs)) - set(questions)):
        raise InputError(f"names-zh.csv has no chapter question for {strange[0]!r}; add a row.")
    parts, lines = [], []
    for chapter, question in questions.items():
        own = [one for one in findings if one.chapter == chapter]
        said = [(one.name, one.words(LANGUAGE).headline) for one in own]
        items = "".join(
            f'<li><a href="#finding-{escape(name)}">{escape(words)}</a></li>' for name, words in said
        )
        brief = briefs.get(chapter, "")
        parts.append(
            f'<section class="brief" id="brief-{escape(chapter)}"><h2><a href="{escape(chapter)}.html">'
            f"{escape(titles[chapter])}</a></h2><p>{escape(question)}</p>"
            f"{f'<p>{escape(brief)}</p>' if brief else ''}{f'<ul>{items}</ul>' if items else ''}</section>"
        )
        lines.append(f"{titles[chapter]}：{question}{brief}{'；'.join(words for _, words in said)}")
    return HtmlTable(f'<div class="briefs">\n{"".join(parts)}\n</div>', "\n".join(lines))


def glossary_table(dataset: Dataset) -> HtmlTable:
    """Return the terms of official texts in the order of a case's way: what to mind, who counts, and the unit."""
    counters, cautions = names("glossary counter", LANGUAGE), names("glossary caution", LANGUAGE)
    order = {name: place for place, name in enumerate(STAGES)}
    frame = dataset.glossary
    frame = frame.assign(order=frame["stage"].astype(str).map(order)).sort_values(["order", "term_id"])
    rows = []
    for row in frame.to_dict("records"):
        term = str(row["term_id"])
        if term not in counters or term not in cautions:
            raise InputError(f"names-zh.csv lacks the counter or the caution of term {term!r}; add its rows.")
        rows.append({
            "用语": row["term"], "注意": cautions[term], "由谁统计": counters[term],
            "单位": UNIT_WORDS[str(row["unit"])],
            "英文": row["english"], "英文文本中又作": row["also"],
        })  # fmt: skip
    return table(rows, caption="官方文本中的用语")
