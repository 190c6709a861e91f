"""The ledger's page holds every hypothesis with the grade that code gave it, and its drawings hold the numbers."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis import InputError
from analysis.publish.pages import ledger as page
from analysis.publish.pages.codebook.columns import series_tables
from analysis.publish.pages.ledger import browser, grades, power
from analysis.publish.pages.ledger.power import words
from analysis.publish.pages.ledger.wording import (
    MEANINGS,
    anchor,
    change,
    entries,
    interval,
    pair,
    probability,
    sentence,
)
from analysis.publish.pages.measures.timeline import measures_table
from analysis.scrutiny import tallies
from analysis.scrutiny.grades import Grade
from analysis.scrutiny.identifiability import RivalRule
from analysis.scrutiny.ledger import ledger, passing

BOOK = Path(__file__).parents[2] / "book"
AVERAGES = {"laws_average", "campaigns_average"}  # told with the front page, of all measures together


@pytest.fixture(scope="module")
def found(data):
    return entries(data)


@pytest.fixture(scope="module")
def markup(data):
    return page.ledger_browser(data)._repr_html_()


def test_every_registered_hypothesis_has_its_row(data, found, markup):
    registered = list(data.hypotheses["hypothesis_id"])
    assert [one.hypothesis.hypothesis_id for one in found] == registered
    anchors = re.findall(r'<tr id="ledger-([^"]+)"', markup)
    assert anchors == registered
    assert len(set(anchors)) == len(registered)


def test_grades_and_verdicts_are_the_ledgers(data, found, markup):
    entries = ledger(data, progress=False)
    shown = re.findall(
        r'<tr id="ledger-([^"]+)" data-grade="(\w)" data-rank="\d" data-verdict="([^"]+)"', markup
    )
    expected = [(name, one.grade.letter, one.verdict.word) for name, one in entries.items()]
    assert shown == expected
    assert [one.letter for one in found] == [one.grade.letter for one in entries.values()]


def test_every_hypothesis_has_one_sentence_that_names_its_obstacles(found):
    named = {
        "before": " before ",
        "after": " on where ",
        "rivals": "same instrument",
        "breaks": "what is counted",
    }
    for one in found:
        said, name = sentence(one), one.hypothesis.hypothesis_id
        short = (
            one.letter == "C" and not one.scrutiny.placebos.n
        )  # nothing is compared with what there is not
        starts = "Identifiable, but no placebo is possible" if short else MEANINGS[one.letter] + ": "
        assert said.startswith(starts), name
        assert said.endswith("."), name
        assert "\n" not in said
        assert not re.search(r"\bonly 1 informed \w+s\b", said)
        for fault in one.identifiability.faults:
            assert named[fault] in said, (name, fault)
        if one.letter == "D":
            assert "cannot be identified" in said


def test_numbers_of_a_row_are_the_tests(found, markup):
    for one in found:
        start = markup.index(f'<tr id="{anchor(one)}"')
        row = markup[start : markup.index("</tr>", start)]
        assert f'<td data-head="grade">{one.letter}</td>' in row
        assert f">{interval(one.primary)}</td>" in row
        assert f">{probability(one.p_bh)}</td>" in row
        known = one.identifiability
        assert f"{known.n_before} before, {known.n_after} from {one.hypothesis.at} on" in row
        assert f"{len(one.measures)}, {len(known.rivals)} of them by the same instrument" in row
        if one.primary:
            for head in (
                "minimum detectable change",
                "p after Benjamini-Yekutieli",
                "placebo rank",
                "multiverse",
            ):
                assert f"<dt>{head}</dt>" in row, one.hypothesis.hypothesis_id


def test_links_lead_to_rows_that_exist(data, found, markup):
    measures = measures_table(data)._repr_html_()
    series = "".join(one._repr_html_() for one in series_tables(data))
    for one in found:
        asked = one.hypothesis
        assert f'href="measures.html#measure-{asked.measure_id}"' in markup
        assert f'id="measure-{asked.measure_id}"' in measures
        assert f'href="../series/{asked.series_id}.html"' in markup
        assert f'id="series-{asked.series_id}"' in series


def test_words_of_the_data_cannot_inject_markup(data, found):
    asked = replace(found[0].hypothesis, measure="<script>x</script>")
    hostile = replace(found[0], hypothesis=asked, grade=Grade("C", ('"><img src=x>',)))
    shown = "".join(browser._line(data, hostile).cells)
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


def test_filters_offer_what_the_rows_carry(found, markup):
    for letter in "ABCD":
        assert f'<option value="{letter}">' in markup
    for one in found:
        assert f'<option value="{one.hypothesis.series.group}">' in markup


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.0, "0%"),
        (1.123, "+12%"),
        (0.916, "−8.4%"),
        (1.0004, "0%"),
        (15.0, "+1,400%"),
        (250.0, "beyond +9,900%"),
        (float("inf"), "no bound"),
        (float("nan"), "not known"),
        (0.0, "−100%"),
    ],
)
def test_a_ratio_is_said_as_a_change(ratio, said):
    assert change(ratio) == said


def test_grades_are_drawn_as_counted(data, found):
    chart = page.grades_chart(data)
    top, bottom = chart.figure.axes
    counts = Counter(one.letter for one in found)
    assert [bar.get_width() for bar in top.patches] == [counts[letter] for letter in "ABCD"]
    table = tallies.by_fault(found)
    drawn = [bar.get_width() for bar in bottom.patches]
    assert drawn == [*table["all"], *table["alone"]]
    assert (table["alone"] <= table["all"]).all()
    assert table.loc["rivals", "all"] == sum("rivals" in one.identifiability.faults for one in found)
    assert f"D {counts['D']}" in chart.alt
    assert str(counts["D"]) in chart.title


def test_the_forest_holds_every_estimate(data, found):
    chart = page.forest_chart(data)
    wanted = {
        one.hypothesis.hypothesis_id: float(np.clip(one.primary.estimate, 1 / grades.MOST, grades.MOST))
        for one in found
        if one.primary
    }
    rows = chart.frame.set_index("hypothesis_id")["value"]
    assert rows.to_dict() == pytest.approx(wanted)
    drawn = [
        float(line.get_xdata()[0])
        for axes in chart.figure.axes
        for line in axes.lines
        if line.get_marker() in {*grades.MARKERS.values()}
    ]
    assert drawn == pytest.approx(list(rows))
    named = tallies.estimated(found, identifiable=True)
    labels = [text.get_text() for text in chart.figure.axes[0].texts]
    assert len(labels) == len(named) == sum(one.identifiable for one in found if one.primary)
    for one in named:
        assert pair(one) in chart.alt
        assert interval(one.primary) in chart.alt


def test_the_rule_as_used_gives_the_ledgers_identifiable(data, found):
    def names(**rule):
        return [one.hypothesis.hypothesis_id for one in passing(data, found, RivalRule(**rule))]

    used = names()
    assert used == [one.hypothesis.hypothesis_id for one in found if one.identifiability.ok]
    assert set(used) <= set(names(reach="registered"))
    assert set(names(reach="anywhere")) <= set(used)


@pytest.fixture
def studied(tmp_path):
    """A study of four lengths, small enough to be counted by hand."""
    lines = []
    for grouping, groups in (("length", ["8", "16", "25"]), ("random walk, length", ["8", "25"])):
        for place, group in enumerate(groups):
            for effect in (0.0, 0.5, 1.0) if grouping == "length" else (0.0,):
                lines.append((grouping, group, effect, 10, effect * place / 2, 0.2 - effect * 0.1))
    for grouping in ("all", "random walk"):
        lines += [(grouping, "all", effect, 40, 0.0, 0.1) for effect in (0.0, 0.5, 1.0)]
    frame = pd.DataFrame(lines, columns=["grouping", "group", "effect", "series", "graded", "rejected"])
    for column in ("ols_rejected", "hac_rejected"):
        frame[column] = frame["rejected"] + 0.1
    for column in ("graded", "rejected", "ols_rejected", "hac_rejected"):
        frame[f"{column}_se"] = 0.01
    frame.to_csv(tmp_path / "chain.csv", index=False)
    (tmp_path / "chain.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_power_is_drawn_by_effect_and_length(data, studied):
    chart = power.power_chart(data, studied)
    top, bottom = chart.figure.axes
    drawn = {line.get_label(): list(line.get_ydata()) for line in top.lines}
    assert drawn == {"8 years": [0, 0, 0], "16 years": [0, 0.25, 0.5], "25 years": [0, 0.5, 1.0]}
    naive = bottom.containers[0].lines[0]
    assert list(naive.get_ydata()) == pytest.approx([0.3, 0.3, 0.3])
    assert "25 years: +0% 0%, +50% 50%, +100% 100%" in chart.alt
    assert "at most 100%" in chart.title
    said = power.power_words(studied)
    assert (said["chain_half"], said["chain_double"], said["chain_short"]) == ("50%", "100%", "50%")
    assert (said["chain_series"], said["chain_ols"]) == ("240", "20.0%")


def test_without_the_study_nothing_is_drawn_or_said(data, tmp_path):
    with pytest.raises(InputError, match="make studies"):
        power.power_chart(data, tmp_path)
    with pytest.raises(InputError, match="make studies"):
        power.power_words(tmp_path)


def test_none_of_a_few_leaves_room():
    assert power.room_of_none(10) == pytest.approx(
        proportion_confint(0, 10, 0.05, method="beta")[1], abs=1e-9
    )


def test_a_study_without_the_columns_is_refused(data, studied):
    frame = pd.read_csv(studied / "chain.csv").drop(columns=["hac_rejected"])
    frame.to_csv(studied / "chain.csv", index=False)
    with pytest.raises(InputError, match="lacks hac_rejected"):
        power.power_chart(data, studied)


def test_the_chapter_names_every_word_and_no_other(data):
    said = words(data)
    notebook = json.loads((BOOK / "ledger.ipynb").read_text(encoding="utf-8"))
    named = re.findall(
        r"\{glue:text\}`(\w+)`", "".join("".join(cell["source"]) for cell in notebook["cells"])
    )
    assert set(named) == set(said) | AVERAGES
    assert said["hypotheses"] == str(len(data.hypotheses))
