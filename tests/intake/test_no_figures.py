"""Numbers that are no figures: rules, prices, thresholds, tolerances, parts of a paper; those of the test bed too."""

import csv
import re
from pathlib import Path

import pytest

from analysis.intake import propose
from analysis.intake.score import load_figures

HERE = Path(__file__).parent
DAY = "2025-10-28"
OPENING = {"en": "In 2024 TikTok removed 3,900 listings. ", "zh": "2024年,安徽省市场监管局立案1742件。"}


def listed() -> dict[str, list[str]]:
    """Return the prints that a reader passes over, by text."""
    with (HERE / "passed_over.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: [row["as_printed"] for row in rows if row["text"] == name]
        for row in rows
        if (name := row["text"])
    }


@pytest.mark.parametrize("name", sorted(listed()))
def test_what_a_reader_passes_over_is_proposed_nowhere(data, name):
    text = (HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    found = propose(text, load_figures(HERE)[name][0]["published"], data=data).readings
    spans = list(zip(found["span_start"], found["span_end"], strict=True))
    for printed in listed()[name]:
        places = list(re.finditer(rf"(?<![0-9.A-Za-z]){re.escape(printed)}", text))
        assert places, printed
        wrong = [
            text[low:high] for low, high in spans for at in places if low < at.end() and at.start() < high
        ]
        assert not wrong, f"{printed}: {wrong}"


@pytest.mark.parametrize(
    "words",
    [
        "A seller with three upheld notices in 90 days loses the shop.",
        "Any account that collects five strikes within 12 months is closed.",
        "商家90天内三次侵权的,一律清退。",
        "商家一年内侵权5次以上的,予以清退。",
        "Goods that cost under $20 need not be returned.",
        "Consignments declared at less than EUR 150 pay no duty.",
        "Parcels valued at under $800 enter free.",
        "申报价值低于150欧元的包裹免税。",
        "该团伙以每斤12元的散酒灌装。",
        "卖家在群里喊出398元的“内部价”。",
        "卖家以398元的价格兜售。",
        "销售金额5万元以上就可能构成犯罪。",
        "数额15万元以上即达到立案追诉标准,应追诉。",
        "Readings off by more than the tolerance of ±0.3% fail.",
        "示值误差超过±0.3%即判为不合格。",
        "白皮书共分六个部分,双语印行。",
        "Our policies are available in 19 languages.",
        "平台规则有19种语言。",
        "转发本条并留言,抽20位网友送手册。",
    ],
)
def test_a_rule_a_price_and_the_size_of_a_paper_are_no_figures(data, words):
    opening = OPENING["en" if words[0].isascii() else "zh"]
    assert len(propose(opening + words, DAY, data=data).readings) == 1


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("In 2024 the court awarded punitive damages at the statutory maximum of five times in 3 cases.", 3),
        ("2024年,四川法院按法定上限五倍计赔的案件3件。", 3),
    ],
)
def test_the_most_that_a_law_allows_is_no_figure(data, words, value):
    (row,) = propose(words, DAY, data=data).readings.to_dict("records")
    assert row["value"] == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("In 2024 CBP seized goods worth under $20 million.", 20e6),
        ("In 2024 CBP seized watches valued at less than EUR 150,000.", 150e3),
        ("2024年,四川法院判处惩罚性赔偿,平均每件126万元。", 126e4),
        ("2024年,安徽省市场监管局查处案件,案值5万元以上。", 5e4),
        ("2024年,安徽省市场监管局没收货物2000万元(价格认定)。", 2e7),
    ],
)
def test_the_worth_of_a_haul_stays_a_figure(data, words, value):
    (row,) = propose(words, DAY, data=data).readings.to_dict("records")
    assert row["value"] == value
