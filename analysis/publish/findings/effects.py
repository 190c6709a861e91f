"""The finding on single measures: how many of their dates could be tested, and how many stand out."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.findings.finding import COMPUTED, Finding, Words
from analysis.scrutiny import Answer, four_answers
from analysis.scrutiny.tallies import by_grade


@checked
def effect_findings(dataset: Dataset) -> list[Finding]:
    """Return the finding on what the record decides of single measures.

    Raises InputError where no hypothesis is registered.
    """
    return [single_measures(tuple(four_answers(dataset).values()))]


def single_measures(answers: Sequence[Answer]) -> Finding:
    """Say how many bundles could be tested, how many stand out, and why the others could not."""
    if not answers:
        raise InputError("The ledger is empty; register hypotheses in hypotheses.csv.")
    grades = by_grade(answers)
    stand, tested = int(grades["A"] + grades["B"]), int(grades.drop("D").sum())
    pairs = tuple(name for one in answers for name in one.bundle.hypotheses)
    value = f"{stand} of {tested}"
    return Finding(
        name="identifiable", headline="For no single measure does the record decide what it did"
        if stand == 0 else "For few single measures does the record decide what they did",
        sentence=(
            f"{len(pairs)} pairs of a measure and a series were registered, each before it was tested, though after "
            "their figures had been collected. Measures that begin "
            f"together and touch one series are tested together, on {len(answers)} dates. {tested} could be tested, "
            f"and {'none stands' if stand == 0 else 'one stands' if stand == 1 else f'{stand} stand'} out from chance "
            f"(grade A or B); for {int(grades['D'])} the record is too short."
        ),
        value=value, low=stand, high=stand, unit="dates", standing=COMPUTED, readings=(), chapter="ledger",
        hypotheses=pairs,
        chinese=Words(
            headline="没有任何一项单独措施的作用能由记录断定" if stand == 0 else "仅有少数单独措施的作用能由记录断定",
            sentence=(
                f"在各自检验之前（但在数字收集之后），共登记了{len(pairs)}对“措施—序列”组合。同时开始、涉及同一序列的措施合并检验，"
                f"共{len(answers)}个"
                f"时点。其中{tested}个可以检验，"
                f"{'没有一个' if stand == 0 else f'{stand}个'}明显超出偶然波动（A级或B级）；"
                f"另有{int(grades['D'])}个因记录过短"
                "而无法检验。"
            ),
            value=f"{tested}个中的{stand}个",
        ),
    )  # fmt: skip
