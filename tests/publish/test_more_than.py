"""The chapter's figures draw the pairs, and its words count them."""

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.publish import style
from analysis.publish.pages import more_than
from analysis.publish.pages.more_than import places, shares
from analysis.publish.words import counted
from analysis.series import calibration, hedged_pairs


@pytest.fixture(scope="module")
def chosen(data):
    return hedged_pairs.chosen_pairs(data)


def dots(axes):
    return np.concatenate([line.get_xdata() for line in axes.lines if line.get_linestyle() == "None"])


def test_every_pair_is_a_dot_at_its_place(data, chosen):
    chart = more_than.places_chart(data)
    drawn = np.sort(dots(chart.figure.axes[0]))
    chosen = chosen[chosen["hedge"].isin(list(places.OPEN))]
    assert drawn == pytest.approx(np.sort(chosen["position"].clip(-places.EDGE, places.EDGE)))
    hollow = [line for line in chart.figure.axes[0].lines if line.get_markerfacecolor() == style.PAPER]
    assert sum(len(line.get_xdata()) for line in hollow) == (~chosen["inside"]).sum()
    counts = chosen["hedge"].value_counts()
    assert f"More than: {counts['more_than']} pairs" in chart.alt


def test_dots_of_one_row_do_not_cover_each_other(chosen):
    many = pd.concat([chosen] * 5)  # stacks that would reach into the row above are set closer
    for pairs in (chosen, many):
        drawn = places.placed(pairs)
        cells = set(zip((drawn["at"] / places.BIN).round(), drawn["height"], strict=True))
        assert len(cells) == len(pairs)
        assert (drawn["height"] > drawn["row"] - 1).all()


def test_coverage_is_drawn_as_counted(data, chosen):
    chart = more_than.coverage_chart(data)
    table = calibration.coverage(chosen)
    assert np.sort(dots(chart.figure.axes[0])) == pytest.approx(np.sort(100 * table["coverage"]))
    row = table[(table["hedge"] == "more_than") & (table["model"] == "default")].iloc[0]
    assert f"More than, default: {row['inside']} of {row['n']} inside" in chart.alt
    assert f"{row['inside']} of {row['n']}" in chart.title


def test_groups_hold_every_hedged_pair_twice(data, chosen):
    hedged = hedged_pairs.hedged(chosen)
    chart = more_than.groups_chart(data)
    names = [label.get_text() for label in chart.figure.axes[0].get_yticklabels()]
    counts = [int(name.split("n = ")[1].rstrip(")")) for name in names]
    assert sum(counts) == 2 * len(hedged)
    groups = shares.grouped(hedged)
    police = (groups["body"] == "China's police").sum()
    assert f"China's police (n = {police})" in names
    assert (groups.loc[groups["body"] == "China's police", "reporter"] == "MPS").all()


def test_percent_above_is_drawn_by_digits(data, chosen):
    chart = more_than.above_chart(data)
    more = chosen[chosen["hedge"] == "more_than"]
    drawn = np.concatenate([np.asarray(one.get_offsets())[:, 0] for one in chart.figure.axes[0].collections])
    assert np.sort(drawn) == pytest.approx(np.sort(more["above"]))
    one = more.loc[more["digits"] == 1, "above"]
    assert f"one digit the median excess is {one.median():.1f}%" in chart.title


def test_no_more_than_no_chart(data, chosen, monkeypatch):
    monkeypatch.setattr(places, "chosen_pairs", lambda _: chosen[chosen["hedge"] == "nearly"])
    with pytest.raises(InputError, match="more_than"):
        more_than.above_chart(data)


def test_heaping_draws_shares_of_counts(data):
    chart = more_than.heaping_chart(data)
    rows = shares.heaps(data)
    assert dots(chart.figure.axes[0]) == pytest.approx(100 * rows["share"].to_numpy())
    told = shares.printed(data)
    english = told[told["counted"] & (told["told"] == "China's bodies, told in English")]
    assert f"{english['hundred'].sum()} of {len(english)} end in 00" in chart.alt


def test_the_table_lists_every_pair_and_says_which_are_used(data, chosen):
    every = hedged_pairs.every_pair(data)
    markup = more_than.pairs_table(data)._repr_html_()
    assert markup.count("<tr") == len(every) + 1
    assert markup.count("<td>used") == len(chosen)
    assert markup.count("told wrongly") == (every["flag"] == "misprint").sum()
    row = chosen[chosen["url"] != ""].iloc[0]
    assert row["url"].replace("&", "&amp;") in markup
    assert f"{row['hedged_id']}, {row['exact_id']}" in markup


def test_digits_of_all_readings(data):
    markup = more_than.digits_table(data)._repr_html_()
    counts = data.readings["reporter"].astype(str).value_counts()
    assert f"<td>{counts.index[0]}</td>" in markup
    assert "<td>more than</td>" in markup


def test_the_words_add_up(data, chosen):
    words = more_than.words(data)
    assert int(words["pairs_all"]) == int(words["pairs"]) + int(words["left_out"]) + int(words["rivals"])
    assert int(words["pairs"]) == len(chosen)
    parts = ("n_more_than", "n_nearly", "n_about", "n_rounded")
    others = (~chosen["hedge"].isin(list(places.OPEN))).sum()  # hedges of too few pairs for a row
    assert int(words["pairs"]) == sum(int(words[one]) for one in parts) + others
    assert words["n_others"] == counted(int(others), none="none")
    more = chosen[chosen["hedge"] == "more_than"]
    assert words["used_more_than"] == f"{more['inside'].sum()} of {len(more)}"
    assert words["more_above_median"] == f"{more['above'].median():.1f}%"
    assert words["most_coarse"].startswith("more than ")
