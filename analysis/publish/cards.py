"""Findings as cards for a page: headline, sentence, how it stands, and the trail."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from analysis.dataset import Dataset
from analysis.publish.addresses import series_address
from analysis.publish.findings.finding import Finding
from analysis.publish.links import source_link
from analysis.publish.tables import HtmlTable, Link, cell

SHOWN_READINGS = 4
LEDGER_PAGE, READINGS = "ledger.html", "../data/readings.csv"


def cards(findings: Iterable[Finding], dataset: Dataset | None = None) -> HtmlTable:
    """Return findings as cards; the stored text holds the same words. With `dataset` the sources are linked."""
    listed = list(findings)
    markup = "\n".join(_card(one, dataset) for one in listed)
    text = "\n".join(f"{one.headline}: {one.sentence} [{one.badge}; {trail(one)}]" for one in listed)
    return HtmlTable(f'<div class="findings">\n{markup}\n</div>', text)


def trail(finding: Finding) -> str:
    """Name the readings that a finding rests on, the first few in full; the ledger's rows where it has none."""
    if not finding.readings:
        return f"{len(finding.hypotheses)} rows of the ledger"
    rest = len(finding.readings) - SHOWN_READINGS
    shown = ", ".join(finding.readings[:SHOWN_READINGS])
    return f"{shown} and {rest} more" if rest > 0 else shown


def links(finding: Finding) -> list[Link]:
    """Return where a finding leads: its chapter, its row of the ledger, its series."""
    found = [Link("chapter", f"{finding.chapter}.html")]
    if len(finding.hypotheses) == 1:
        found = [Link("row of the ledger", f"{LEDGER_PAGE}#ledger-{finding.hypotheses[0]}")]
    return found + [Link(f"series {name}", series_address(name)) for name in finding.series]


def sources_of(finding: Finding, dataset: Dataset) -> list[Link]:
    """Return the sources of the readings that a trail names, each once."""
    shown = list(finding.readings[:SHOWN_READINGS])
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    return list(dict.fromkeys(source_link(dataset, str(source_of[one])) for one in shown))


def _card(finding: Finding, dataset: Dataset | None) -> str:
    """Return one card as markup, every word escaped."""
    words = {name: escape(getattr(finding, name)) for name in ("headline", "sentence", "badge", "name")}
    parts = [" · ".join(cell(link) for link in links(finding))]
    if finding.readings:
        parts.append(f"{cell(Link('readings', READINGS))}: {escape(trail(finding))}")
        told = sources_of(finding, dataset) if dataset else []
        parts += [f"sources: {'; '.join(cell(link) for link in told)}"] if told else []
    return (
        f'<article class="finding" id="finding-{words["name"]}">'
        f'<p class="finding-headline">{words["headline"]}</p><p>{words["sentence"]}</p>'
        f'<p class="finding-trail"><span class="standing">{words["badge"]}</span> {" · ".join(parts)}</p></article>'
    )
