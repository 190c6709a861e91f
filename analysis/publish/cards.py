"""Findings as cards for a page: headline, sentence, how it stands, and the trail."""

from __future__ import annotations

import html
from collections.abc import Iterable

from analysis.publish.findings import Finding
from analysis.publish.tables import HtmlTable

SHOWN_READINGS = 4


def cards(findings: Iterable[Finding]) -> HtmlTable:
    """Return findings as cards; the stored text holds the same words."""
    listed = list(findings)
    markup = "\n".join(_card(one) for one in listed)
    text = "\n".join(f"{one.headline}: {one.sentence} [{one.standing}; {trail(one)}]" for one in listed)
    return HtmlTable(f'<div class="findings">\n{markup}\n</div>', text)


def trail(finding: Finding) -> str:
    """Name the readings that a finding rests on, the first few in full."""
    rest = len(finding.readings) - SHOWN_READINGS
    shown = ", ".join(finding.readings[:SHOWN_READINGS])
    return f"{shown} and {rest} more" if rest > 0 else shown


def _card(finding: Finding) -> str:
    """Return one card as markup, every word escaped."""
    words = {
        name: html.escape(getattr(finding, name)) for name in ("headline", "sentence", "standing", "chapter")
    }
    return (
        f'<article class="finding" id="finding-{html.escape(finding.name)}">'
        f'<p class="finding-headline">{words["headline"]}</p><p>{words["sentence"]}</p>'
        f'<p class="finding-trail"><span class="standing">{words["standing"]}</span> '
        f'<a href="{words["chapter"]}.html">chapter</a> · readings: {html.escape(trail(finding))}</p></article>'
    )
