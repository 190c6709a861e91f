"""Findings as cards for a page: headline, sentence, how it stands, and the trail."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from analysis.dataset import Dataset
from analysis.publish.addresses import reading_address, series_address
from analysis.publish.briefing_words import speech
from analysis.publish.findings.finding import Finding
from analysis.publish.links import host, source_link, source_words
from analysis.publish.tables import HtmlTable, Link, cell
from analysis.series import definition

SHOWN_READINGS = 4
SHOWN_ROWS = 60  # of the ledger, that a card links each; of more it tells the number
LEDGER_PAGE, READINGS = "ledger.html", "../data/readings.csv"
# What a card says beside its finding, by language.
LABELS = {
    "en": {
        "chapter": "chapter", "row": "row of the ledger", "series": "series {}", "readings": "readings",
        "sources": "sources", "colon": ": ", "comma": ", ", "semicolon": "; ", "more": "{} and {} more",
        "rows": "{} rows of the ledger",
    },
    "zh": {
        "chapter": "章节（英文）", "row": "台账所在行", "series": "序列{}", "readings": "数字编号", "sources": "来源",
        "colon": "：", "comma": "、", "semicolon": "；", "more": "{}等，另有{}条", "rows": "台账{}行",
    },
}  # fmt: skip


def cards(findings: Iterable[Finding], dataset: Dataset | None = None, language: str = "en") -> HtmlTable:
    """Return findings as cards; the stored text holds the same words. With `dataset` the sources are linked."""
    listed = list(findings)
    markup = "\n".join(_card(one, dataset, language) for one in listed)
    text = "\n".join(
        f"{one.words(language).headline}: {one.words(language).sentence} "
        f"[{speech(language).badge(one)}; {trail(one, language)}]"
        for one in listed
    )
    return HtmlTable(f'<div class="findings">\n{markup}\n</div>', text)


def trail(finding: Finding, language: str = "en") -> str:
    """Name the readings that a finding rests on, the first few in full; the ledger's rows where it has none."""
    say = LABELS[language]
    if not finding.readings:
        return say["rows"].format(len(finding.hypotheses))
    rest = len(finding.readings) - SHOWN_READINGS
    shown = say["comma"].join(finding.readings[:SHOWN_READINGS])
    return say["more"].format(shown, rest) if rest > 0 else shown


def links(finding: Finding, language: str = "en", dataset: Dataset | None = None) -> list[Link]:
    """Return where a finding leads: its chapter, its row of the ledger, its series (by title where one is known)."""
    say = LABELS[language]
    found = [Link(say["chapter"], f"{finding.chapter}.html")]
    if len(finding.hypotheses) == 1:
        found = [Link(say["row"], f"{LEDGER_PAGE}#ledger-{finding.hypotheses[0]}")]
    named = {
        name: definition(dataset, name).title
        if dataset is not None and language == "en"
        else say["series"].format(name)
        for name in finding.series
    }
    return found + [Link(words, series_address(name)) for name, words in named.items()]


def _readings(finding: Finding, dataset: Dataset | None, language: str) -> str:
    """Return the trail as markup, each reading with the way to its page where the dataset is at hand."""
    told = escape(trail(finding, language))
    if dataset is None:
        return told
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    for name in finding.readings[:SHOWN_READINGS]:
        told = told.replace(name, cell(Link(name, reading_address(str(source_of[name]), name))), 1)
    return told


def _rows(finding: Finding, language: str) -> str:
    """Return the rows of the ledger behind a finding as a fold of links; blank where it has readings, or too many."""
    if finding.readings or not 1 < len(finding.hypotheses) <= SHOWN_ROWS:
        return ""
    told = LABELS[language]["comma"].join(
        cell(Link(name, f"{LEDGER_PAGE}#ledger-{name}")) for name in finding.hypotheses
    )
    return (
        f'<details class="house"><summary>{escape(trail(finding, language))}</summary><p>{told}</p></details>'
    )


def sources_of(finding: Finding, dataset: Dataset, language: str = "en") -> list[Link]:
    """Return the sources of the readings that a trail names, each once."""
    shown = list(finding.readings[:SHOWN_READINGS])
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    link = source_link if language == "en" else _chinese_link
    return list(dict.fromkeys(link(dataset, str(source_of[one])) for one in shown))


def _chinese_link(dataset: Dataset, source_id: str) -> Link:
    """Return the link to a source in Chinese words, which always name its host: no Latin name would tell it."""
    found, say = source_words(dataset, source_id), speech("zh")
    label, place = say.label(found), host(found.url)
    named = label if not place or place in label else f"{label}（{place}）"
    return Link(f"{named}，{say.published(found.published)}", source_link(dataset, source_id).url)


def _card(finding: Finding, dataset: Dataset | None, language: str) -> str:
    """Return one card as markup, every word escaped."""
    say, words = LABELS[language], finding.words(language)
    parts = [" · ".join(cell(link) for link in links(finding, language, dataset))]
    if finding.readings:
        parts.append(
            f"{cell(Link(say['readings'], READINGS))}{say['colon']}{_readings(finding, dataset, language)}"
        )
        told = sources_of(finding, dataset, language) if dataset else []
        joined = say["semicolon"].join(cell(link) for link in told)
        parts += [f"{say['sources']}{say['colon']}{joined}"] if told else []
    badge = escape(speech(language).badge(finding))
    return (
        f'<article class="finding" id="finding-{escape(finding.name)}">'
        f'<p class="finding-headline">{escape(words.headline)}</p><p>{escape(words.sentence)}</p>'
        f'<p class="finding-trail"><span class="standing">{badge}</span> {" · ".join(parts)}</p>'
        f"{_rows(finding, language)}</article>"
    )
