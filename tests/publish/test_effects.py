"""The stories draw what the ledger's models hold, and say no more than the grade allows."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from analysis import InputError
from analysis.publish.pages import effects
from analysis.publish.pages.effects import curves, story
from analysis.publish.pages.ledger.wording import anchor, change, share
from analysis.scrutiny import four_answers, ledger
from analysis.scrutiny.identifiability import measures_in_window

BOOK = Path(__file__).parents[2] / "book"
NAMES = [one["name"] for one in story.register()]
AVERAGES = {"laws_average", "campaigns_average"}  # told with the front page, of all measures together


@pytest.fixture(scope="module")
def stories(data):
    return story.stories(data)


def line(axes, label):
    return next(one for one in axes.lines if one.get_label() == label)


@pytest.mark.parametrize("one", story.register(), ids=NAMES)
def test_a_story_meets_the_criteria_it_was_chosen_by(data, stories, one):
    assert set(one["criteria"].split()) <= set(story.meets(data, stories[one["name"]]))


def test_the_stories_span_the_cases(data, stories):
    assert 5 <= len(stories) <= 6
    assert any(one.comparison is not None for one in stories.values())
    met = {name for one in stories.values() for name in story.meets(data, one)}
    assert {"claimed", "rivals", "breaks", "comparison"} <= met
    clear = [one for one in ledger(data).values() if {"claimed", "clear"} <= set(story.meets(data, one))]
    assert ("clear" in met) == bool(
        clear
    )  # one that is claimed and can be identified is told, if there is any


@pytest.mark.parametrize("name", NAMES)
def test_a_story_draws_its_model(data, stories, name):
    one, chart = stories[name], effects.story_chart(data, name)
    effect = one.primary.effect
    top, below = chart.figure.axes[:2]
    away, main = line(top, "without the measure"), one.question.main
    before = main.time[main.time < one.hypothesis.at]
    # It begins at the last figure before the measure, and moves as the model says, at no height of its own.
    assert (away.get_xdata()[0], away.get_ydata()[0]) == pytest.approx(
        (before.max(), main.y[main.time == before.max()][0])
    )
    path = effect.counterfactual[effect.counterfactual["time"] >= before.max()]["estimate"].to_numpy()
    assert away.get_ydata() / away.get_ydata()[0] == pytest.approx(path / path[0])
    assert "fitted" not in [one.get_label() for one in top.lines]
    boxes = [patch for patch in top.patches if patch.get_height() > 0 and not patch.get_fill()]
    middle, low, high = story.expected(one)
    if high > 10 * low:
        assert boxes == []
        assert "There is no estimate" in chart.note
        assert "no estimate" in chart.alt
    else:
        assert (boxes[0].get_y(), boxes[0].get_y() + boxes[0].get_height()) == pytest.approx((low, high))
        assert low <= middle <= high
        assert change(one.primary.estimate) in chart.alt
    window = measures_in_window(data, one.hypothesis)
    assert sum(bar.get_height() for bar in below.patches) == len(window) == len(one.measures)
    assert one.hypothesis.series.title.split(",")[0] in chart.alt


def test_the_frame_is_the_recorded_mean_over_the_ratio(stories):
    one = stories["tftea"]
    main, at = one.question.main, one.hypothesis.at
    first = main.y[(main.time >= at) & (main.time < at + 3)]
    middle, low, high = story.expected(one)
    assert np.exp(np.log(first).mean()) / middle == pytest.approx(one.primary.estimate)
    assert low == pytest.approx(middle * one.primary.estimate / one.primary.upper)
    assert high == pytest.approx(middle * one.primary.estimate / one.primary.lower)


@pytest.mark.parametrize("name", NAMES)
def test_a_comparison_is_drawn_where_there_is_one(data, stories, name):
    comparison = stories[name].comparison
    panels = effects.story_chart(data, name).figure.axes
    assert len(panels) == (3 if comparison else 2)
    if comparison:
        drawn = line(panels[2], "from the comparison").get_ydata()
        assert drawn == pytest.approx(np.exp(comparison.path["counterfactual"].to_numpy()), nan_ok=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_curve_draws_sorted_estimates_and_placebos(data, stories, name):
    scrutiny, chart = stories[name].scrutiny, effects.curve_chart(data, name)
    table = curves.ordered(scrutiny)
    assert table["estimate"].is_monotonic_increasing
    assert len(table) == len(scrutiny.multiverse)
    top, _, bottom = chart.figure.axes
    dots = np.concatenate([one.get_ydata() for one in top.lines[:2]])
    assert len(dots) == min(len(table), curves.MOST_DOTS)
    assert set(np.round(np.log(dots), 9)) - {
        round(np.log(dots.max()), 9),
        round(np.log(dots.min()), 9),
    } <= set(np.round(table["estimate"], 9))
    usable = [row[2] for row in scrutiny.placebo_table if np.isfinite(row[2])]
    assert list(bottom.lines[0].get_xdata()) == pytest.approx(usable)
    assert float(bottom.lines[1].get_xdata()[0]) == pytest.approx(scrutiny.sign_share)
    assert share(scrutiny.sign_share) in chart.title
    assert f"{len(table):,} estimates" in chart.alt


def test_a_mixture_counts_choices_against_their_share_overall(stories):
    mix = curves.mixture(curves.ordered(stories["longteng"].scrutiny))
    assert mix.shape[1] == curves.BINS
    table = stories["longteng"].scrutiny.multiverse.table
    sizes = np.bincount(np.arange(len(table)) * curves.BINS // len(table), minlength=curves.BINS)
    assert (mix.to_numpy() @ sizes / len(table)) == pytest.approx(np.ones(len(mix)))


@pytest.mark.parametrize("draw", [effects.story_chart, effects.curve_chart])
def test_an_unknown_story_is_an_error(data, draw):
    with pytest.raises(InputError, match="tells no hypothesis 'nothing'; choose one of threshold"):
        draw(data, "nothing")


def test_no_story_says_more_than_its_grade(data, stories):
    said, answers = effects.words(data), four_answers(data)
    for name, one in stories.items():
        (answer,) = [
            other for other in answers.values() if one.hypothesis.hypothesis_id in other.bundle.hypotheses
        ]
        assert said[f"{name}_grade"] == answer.letter
        assert ("Too short" in said[f"{name}_why"]) == (answer.letter == "D")
    table = effects.stories_table(data)._repr_html_()
    for one in stories.values():
        assert f'href="ledger.html#{anchor(one)}"' in table


def test_the_chapter_names_every_word_and_no_other(data):
    notebook = json.loads((BOOK / "effects.ipynb").read_text(encoding="utf-8"))
    named = re.findall(
        r"\{glue:text\}`(\w+)`", "".join("".join(cell["source"]) for cell in notebook["cells"])
    )
    assert set(named) == set(effects.words(data)) | AVERAGES
