"""The briefing's sentences in Chinese, in the words of official releases; each has its like in `english`."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.dataset import Dataset
from analysis.publish.briefing_words.english import typographic
from analysis.publish.briefing_words.interval import (
    APART,
    AVERAGE,
    BAND,
    CHANGE,
    COUNTED,
    EFFECT,
    EXACT,
    EXACT_PRINTS,
    TOO_WIDE,
    interval,
    signed,
)
from analysis.publish.chinese import UNIT_WORDS, between, date, number
from analysis.publish.counts import counts
from analysis.publish.findings import (
    AGREE,
    COMPUTED,
    DISAGREE,
    ESTIMATED,
    EXPLORATORY,
    GRADED,
    ONE_TEXT,
    Finding,
)
from analysis.publish.findings.effects import single_measures
from analysis.publish.links import SourceWords
from analysis.publish.names import chinese_name, names
from analysis.publish.style import letters
from analysis.scrutiny import Answer

LANGUAGES = {"ko": "韩文", "ja": "日文", "zh": "中文"}
# How a standing is told in the briefing's first paragraph.
STANDINGS = {
    AGREE: "相互一致的文本", ONE_TEXT: "仅一份文本", DISAGREE: "相互矛盾的文本", COMPUTED: "我们的自行计算",
    ESTIMATED: "附有区间的估计", EXPLORATORY: "探索性的平均值", GRADED: "分级的检验",
}  # fmt: skip
BADGES = {
    AGREE: "多份文本一致", ONE_TEXT: "仅一份文本", DISAGREE: "文本相互矛盾", COMPUTED: "自行计算", ESTIMATED: "估计",
    EXPLORATORY: "探索性",
}  # fmt: skip
# Intervals that are told without their ends.
KINDS = {
    TOO_WIDE: "95%区间宽于十倍", CHANGE: "变化的95%区间", AVERAGE: "平均变化的95%区间",
    EXACT_PRINTS: "两个数字均为精确数", COUNTED: "由本数据集清点", EXACT: "以精确数公布",
    APART: "两个数字，不是区间",
}  # fmt: skip


def minute(dataset: Dataset, findings: Sequence[Finding], answers: Sequence[Answer] = ()) -> list[str]:
    """Return the briefing in one minute: what the figures are, what they count and show, how they are quoted."""
    found, hedged = counts(dataset), int((dataset.readings["hedge"] != "exact").sum())
    return [
        "公安、检察、法院、海关和电商平台每年都公布有关假货的数字。"
        f"本简报取其中{number(found.readings)}条，见于{number(found.printing)}份公开文件。",
        "其中大多数统计的是有记录的执法，它既随违法犯罪变化，也随执法力度变化：这样的数字并不说明制假售假是增是减。",
        f"这些数字中有{number(hedged)}条公布时带有“超过”“近”等字样；下文保留这些字样，并列出其所允许的区间。",
        *([single_measures(answers).words("zh").sentence] if answers else []),
        _standing_sentence([finding.standing for finding in findings]),
    ]


def cannot(findings: Sequence[Finding]) -> list[str]:
    """Return what cannot be said, in two lines; the second only where the briefing has averages over measures."""
    averages = any(finding.standing == EXPLORATORY for finding in findings)
    return [
        "没有任何数字说明假货有多少；不同部门、不同环节、不同单位的数字不得相加。",
        *(["对任何单独一部法律或一次专项行动，这些数字都不能说明其作用。"] if averages else []),
    ]


def _standing_sentence(standings: Sequence[str]) -> str:
    """Say on what the findings rest."""
    met = {standing: standings.count(standing) for standing in STANDINGS if standing in standings}
    if len(standings) == 1:
        return f"下列结论依据{STANDINGS[standings[0]]}。"
    if len(met) == 1:
        return f"{len(standings)}条结论均依据{STANDINGS[standings[0]]}。"
    parts = [f"{count}条依据{STANDINGS[standing]}" for standing, count in met.items()]
    return f"{len(standings)}条结论中，{'，'.join(parts)}。"


def meaning(letter: str) -> str:
    """Say what a grade means."""
    return names("grade", "zh")[letter]


def badge(finding: Finding) -> str:
    """Say how a finding stands; the verdict of a grade is its meaning."""
    return (
        f"{finding.grade}级：{meaning(finding.grade)}"
        if finding.standing == GRADED
        else BADGES[finding.standing]
    )


def interval_line(finding: Finding) -> str:
    """Tell a finding's interval with its unit."""
    found = interval(finding)
    if found.kind in KINDS:
        return KINDS[found.kind]
    if found.kind == EFFECT:
        return f"95%区间：{signed(finding.low)}至{signed(finding.high).replace('no bound', '无上限')}"
    kind = "90%区间" if found.kind == BAND else "区间"
    return f"{kind}：{between(finding.low, finding.high, found.digits)}{UNIT_WORDS.get(finding.unit, '')}"


def ledger(finding: Finding) -> str:
    """Name the row of the ledger behind a finding, or how many there are."""
    rows = finding.hypotheses
    return rows[0] if len(rows) == 1 else f"{len(rows)}行" if rows else ""


def chapter(name: str) -> str:
    """Name a chapter."""
    return names("chapter", "zh")[name]


def label(source: SourceWords) -> str:
    """Name a source: a publisher with a Chinese name has it, another its own."""
    name = typographic(chinese_name("publisher", source.publisher))
    if source.copy:
        return f"{name}文本，转载于{source.place}" if source.place else f"{name}文本，读自转载"
    return f"{name}，见{source.place}" if source.place else name


def title(words: str, language: str) -> str:
    """Quote a title; a description in brackets, and one that no font at hand can set (Hangul), has no marks."""
    if not all(ord(letter) in letters() for letter in words):
        return f"［{LANGUAGES.get(language, language)}标题］"
    if words.startswith("[") and words.endswith("]"):
        return words
    return f"《{words}》" if language == "zh" else f"“{typographic(words)}”"


def published(text: str) -> str:
    """Write a source's date as far as it is known: 2020年11月9日, 2020年11月, 2020年."""
    return date(text)
