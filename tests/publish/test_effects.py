"""The summary figure and the stories draw what the bundles' tests hold, and say no more than the grade allows."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from analysis import InputError
from analysis.models.change import before_and_after
from analysis.publish.estimates import too_wide
from analysis.publish.pages import effects
from analysis.publish.pages.effects import curves, exclusions, story
from analysis.publish.pages.effects.averages import KINDS_TOLD
from analysis.publish.pages.ledger.wording import change, excluded, share
from analysis.scrutiny import four_answers, random_dates
from analysis.series import drawn_years

BOOK = Path(__file__).parents[2] / "book"
NAMES = [one["name"] for one in story.register()]


@pytest.mark.parametrize("one", story.register(), ids=NAMES)
def test_a_story_meets_the_criteria_it_was_chosen_by(data, one):
    assert one["criteria"]
    assert set(one["criteria"].split()) <= story.meets(data, story.story(data, one["name"]))


def test_there_are_six_stories_at_most_and_they_span_the_cases(data):
    assert len(NAMES) <= 6
    met = set.union(*(story.meets(data, story.story(data, name)) for name in NAMES))
    assert met == {"claimed", "joint", "alone", "breaks", "beside"}


def test_every_test_is_drawn_the_narrowest_first(data):
    chart = effects.exclusions_chart(data)
    tests = {name: one.unusual for name, one in four_answers(data).items() if one.unusual is not None}
    frame = chart.frame.set_index("bundle_id")
    assert set(frame.index) == set(tests)
    widths = [tests[name].upper / tests[name].lower for name in frame.index]
    assert widths == sorted(widths)
    bars = [line for line in chart.figure.axes[0].lines if len(line.get_xdata()) == 2 and line.get_alpha()]
    ends = np.clip([(tests[name].lower, tests[name].upper) for name in frame.index], 1 / 8, 8)
    assert np.array([line.get_xdata() for line in bars]) == pytest.approx(ends)


def test_exclusions_are_counted_from_the_intervals(data):
    found = exclusions.tested(data)
    count = exclusions.exclusions(found)
    assert count.doubling == sum(one.unusual.upper < 2 for one in found)
    assert count.halving == sum(one.unusual.lower > 0.5 for one in found)
    assert count.both <= min(count.doubling, count.halving)
    assert str(count.doubling) in effects.exclusions_chart(data).title


@pytest.mark.parametrize("name", NAMES)
def test_a_story_draws_what_happened_and_what_its_course_allows(data, name):
    one, chart = story.story(data, name), effects.story_chart(data, name)
    recorded = drawn_years(data, one.bundle.series_id, draws=story.DRAWS, released=one.bundle.at)
    means = {side: mean for side, (_, mean) in story.means(data, one).items()}
    ratio, _, _ = before_and_after(recorded.y, recorded.time, one.bundle.at)
    assert means["after"] / means["before"] == pytest.approx(ratio) == pytest.approx(one.happened.ratio)
    boxes = [
        patch for patch in chart.figure.axes[0].patches if patch.get_height() > 0 and not patch.get_fill()
    ]
    test = one.unusual
    if too_wide(test.lower, test.upper):
        assert boxes == []
        assert "No frame" in chart.note
        return
    (box,) = boxes
    low, high = box.get_y(), box.get_y() + box.get_height()
    first = (recorded.time >= one.bundle.at) & (recorded.time < one.bundle.at + 3)
    mean = np.exp(np.log(recorded.y[first]).mean())
    assert (low, high) == pytest.approx((mean / test.upper, mean / test.lower))
    within = test.lower <= 1 <= test.upper
    assert ("within" in chart.title) == within == (low <= mean <= high)


@pytest.mark.parametrize("name", NAMES)
def test_a_card_has_the_four_answers_and_no_more_than_the_grade(data, name):
    one, card = story.story(data, name), repr(effects.story_card(data, name))
    heads = (
        "claim",
        "what happened",
        "was it unusual",
        "what is excluded",
        "beside others",
        "risk of bias",
        "grade",
    )
    assert [line.split("  ")[0] for line in card.splitlines()[3:]] == list(heads)
    assert excluded(data, one) in card
    assert f"{one.letter}: " in card
    for risk in one.risks:
        assert risk.level == "low" or risk.item in card
    for name_of in (*one.bundle.near, *one.bundle.breaks):
        assert name_of not in card  # titles, no ids


def test_curves_draw_sorted_estimates(data):
    chart, found = effects.curves_chart(data), curves.scrutinies(data)
    assert len(chart.figure.axes) == len(found) == len(NAMES)
    for axes, scrutiny in zip(chart.figure.axes, found.values(), strict=True):
        table = curves.ordered(scrutiny)
        assert table["estimate"].is_monotonic_increasing
        dots = np.concatenate([line.get_ydata() for line in axes.lines[:2]])
        assert len(dots) == min(len(table), curves.MOST_DOTS)
        inside = set(np.round(np.log(dots), 9)) - {round(np.log(dots.max()), 9), round(np.log(dots.min()), 9)}
        assert inside <= set(np.round(table["estimate"], 9))
        assert f"{len(table):,} estimates" in chart.alt
        assert share(scrutiny.sign_share) in repr(effects.curves_table(data))


def test_the_choice_that_moves_the_middle_most_is_named(data):
    scrutiny = next(iter(curves.scrutinies(data).values()))
    label, low, high = curves.most_telling(scrutiny)
    kind = next(name for name, words in curves.CHOICES.items() if words == label)
    frame = scrutiny.multiverse.table
    middles = [float(frame.loc[frame[kind] == level, "estimate"].median()) for level in set(frame[kind])]
    assert (low, high) == pytest.approx((min(middles), max(middles)))
    assert f"{label}: {change(np.exp(low))} to {change(np.exp(high))}" in repr(effects.curves_table(data))


def test_every_kind_has_both_weightings_and_what_is_left_without_one(data):
    shown = effects.averages_table(data)._repr_html_()
    for kind in KINDS_TOLD:
        found = random_dates(data, kind)
        assert f">{kind}</td>" in shown
        assert f">{found.pairs} of {len(found.table)}<" in shown
        assert f"of {len(found.left_out)}<" in shown


@pytest.mark.parametrize("draw", [effects.story_chart, effects.story_card])
def test_an_unknown_story_is_an_error(data, draw):
    with pytest.raises(InputError, match="tells no hypothesis 'nothing'; choose one of threshold"):
        draw(data, "nothing")


def test_the_chapter_names_every_word_and_no_other(data):
    notebook = json.loads((BOOK / "effects.ipynb").read_text(encoding="utf-8"))
    named = re.findall(
        r"\{glue:text\}`(\w+)`", "".join("".join(cell["source"]) for cell in notebook["cells"])
    )
    assert set(named) == set(effects.words(data))
