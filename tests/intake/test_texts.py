"""Texts in the forms of real releases, with invented figures, every one listed by a reader before it was tried."""

from pathlib import Path

import pytest

from analysis.intake.score import load_figures, main, table

HERE = Path(__file__).parent
GOALS = {
    "recall": 0.98, "precision": 0.97, "window": 0.96, "indicator": 0.95, "reporter": 0.98, "breadth": 0.96,
}  # fmt: skip


def shares(scores) -> dict[str, float]:
    found = sum(one.found for one in scores)
    told = {
        key: sum(one.right[key] for one in scores) / found
        for key in ("window", "indicator", "reporter", "breadth")
    }
    recall = found / sum(one.listed for one in scores)
    return told | {"recall": recall, "precision": found / sum(one.proposed for one in scores)}


def test_there_are_texts_of_both_languages_and_all_are_scored(scores):
    names = {path.stem for path in (HERE / "texts").glob("*.txt")}
    assert names == set(load_figures(HERE)) == {one.text for one in scores}
    assert sum("-zh-" in name for name in names) >= 12
    assert sum("-en-" in name for name in names) >= 12


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("goal", GOALS)
def test_the_goals_are_met_in_each_language(scores, language, goal):
    own = [one for one in scores if f"-{language}-" in one.text]
    assert shares(own)[goal] >= GOALS[goal], table(own)


def test_a_missed_figure_and_an_added_one_are_counted(scores):
    worst = min(scores, key=lambda one: one.found / one.listed)
    assert worst.found + sum(fault.startswith("missed") for fault in worst.faults) == worst.listed


def test_a_folder_without_texts_is_refused(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "figures.csv cannot be read" in capsys.readouterr().err
