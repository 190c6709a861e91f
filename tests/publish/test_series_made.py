"""The chapter on how the series are made: what is drawn is what was read and fitted; known conflicts are found."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.links import host
from analysis.publish.pages import series_made
from analysis.publish.pages.series_made import calendar, conflicts, fit
from analysis.publish.studies import Study
from analysis.readings.windows import decimal_year
from analysis.series import choice_effects, known_conflicts, reconstructed
from analysis.series.sensitivity import choices


@pytest.fixture(scope="module")
def frame(data):
    return calendar.readings_taken(data)


def boxes(axes):
    """Corners, widths and heights of the boxes drawn, sorted."""
    found = [one for one in axes.patches if isinstance(one, Rectangle)]
    corners = [(one.get_x(), one.get_y(), one.get_width(), one.get_height()) for one in found]
    for one in axes.collections:
        if isinstance(one, PolyCollection):
            for path in one.get_paths():
                (left, low), (right, high) = path.vertices.min(axis=0), path.vertices.max(axis=0)
                corners.append((left, low, right - left, high - low))
    return np.array(sorted(corners))


def span(start, end):
    """The left end and the width of a window, both days inside, on an axis of years."""
    left = decimal_year(start)
    return left, decimal_year(end + pd.Timedelta(days=1)) - left


def test_the_year_has_the_readings_that_meet_it(data, frame):
    assert {"police-0001", "police-0015", "police-0019", "police-0023", "police-0027"} <= set(
        frame["reading_id"]
    )
    growth = frame[frame["growth"]]
    assert (growth["base_start"].dt.year == calendar.YEAR).all()  # 2021 against 2020
    levels = frame[~frame["growth"]]
    assert (levels["window_start"].dt.year <= calendar.YEAR).all()
    assert (levels["window_end"].dt.year >= calendar.YEAR).all()
    assert "police-0059" not in set(frame["reading_id"])  # 2022 alone


def test_each_count_is_drawn_over_its_window_at_its_interval(data, frame):
    axes = series_made.windows_chart(data).figure.axes[0]
    rows = calendar.drawn(frame)
    spans = np.array([span(*ends) for ends in zip(rows["window_start"], rows["window_end"], strict=True)])
    wanted = np.column_stack([spans[:, 0], rows["low"], spans[:, 1], rows["high"] - rows["low"]])
    assert boxes(axes) == pytest.approx(np.array(sorted(map(tuple, wanted))))
    assert "police-0027" not in set(rows["reading_id"])  # five years do not fit a calendar of one


def test_rates_are_counts_by_days_and_the_rest_by_difference(data, frame):
    chart = series_made.rates_chart(data)
    june = calendar.one(frame, "police-0001")
    assert june["rate_low"] == pytest.approx(4700 / 170)
    low, high, start, end = calendar.last_days(frame)
    assert (low, high) == pytest.approx(((21_000 - 17_000) / 7, (22_000 - 16_000) / 7))
    assert (start, end) == (pd.Timestamp(2020, 12, 25), pd.Timestamp(2020, 12, 31))
    left, width = span(start, end)
    assert width == pytest.approx(7 / 366)
    assert any(
        box == pytest.approx((left, low, width, high - low))
        for box in map(tuple, boxes(chart.figure.axes[0]))
    )
    assert "570 to 860 a day" in chart.alt


def test_months_are_drawn_as_the_reconstruction_has_them(data):
    found = calendar.months(data)
    table = reconstructed(data, calendar.SERIES).monthly.set_index("period")
    days = found["start"].dt.days_in_month
    assert (found["lower"] * days).to_numpy() == pytest.approx(table.loc[found["period"], "lower"].to_numpy())
    assert found["thin"].equals((found["informed"] < 0.5) | (found["upper"] > 2 * found["lower"]))
    axes = series_made.months_chart(data).figure.axes[0]
    drawn = {
        bool(one.get_hatch()): one.get_paths() for one in axes.collections if isinstance(one, PolyCollection)
    }
    assert len(drawn[True]) == found["thin"].sum()
    assert sum(map(len, drawn.values())) == len(found)
    tops = [path.vertices[:, 1].max() for paths in drawn.values() for path in paths]
    assert sorted(tops) == pytest.approx(sorted(found["upper"]))


def test_doubted_readings_are_hollow_and_far_off(data, frame):
    chart = series_made.expected_chart(data)
    dots = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    hollow = [line.get_markerfacecolor() == style.PAPER for line in dots]
    assert hollow == frame["doubted"].tolist()
    assert set(frame.loc[frame["doubted"], "reading_id"]) == {"police-0023"}  # as the chapter's prose says
    assert chart.alt.count(", doubted") == 1
    off = [calendar.off(row) for _, row in frame[frame["doubted"]].iterrows()]
    assert all(min(map(abs, ends)) > 15 for ends in off)


def test_growth_is_off_by_its_ratio():
    row = pd.Series({"growth": True, "low": 49.5, "high": 50.5, "expected": 25.0})
    assert calendar.off(row) == pytest.approx((19.6, 20.4))


def test_unknown_series_and_readings_are_told(data, frame):
    with pytest.raises(InputError, match="no series 'mps-case'"):
        calendar.readings_taken(data, "mps-case")
    with pytest.raises(InputError, match="has no reading of 2020"):
        calendar.readings_taken(data, "mps-ipr-suspects")
    with pytest.raises(InputError, match="'police-0059' is not among"):
        calendar.one(frame, "police-0059")


def test_years_carry_their_information(data):
    chart = series_made.totals_chart(data)
    table = reconstructed(data, calendar.WIDE).yearly.set_index("period")
    texts = [text.get_text() for text in chart.figure.axes[1].texts]
    assert texts == [f"{share:.0%}" for share in table.dropna(subset=["estimate"])["informed"]]
    assert chart.title.startswith("2018 is published nowhere")


def test_a_later_print_is_drawn_with_its_year(data):
    last = data.readings[data.readings["reading_id"] == "police-0059"]
    later = last.assign(
        reading_id="scratch-0001",
        window_start=pd.Timestamp(2026, 1, 1),
        window_end=pd.Timestamp(2026, 12, 31),
        value=31_000.0,
    )
    readings = pd.concat([data.readings, later], ignore_index=True).astype(data.readings.dtypes)
    chart = series_made.totals_chart(dataclasses.replace(data, readings=readings))
    axes = chart.figure.axes[0]
    dots = {tuple(point) for line in axes.lines if line.get_marker() == "o" for point in line.get_xydata()}
    assert (2026, 31_000) in dots
    assert axes.get_xlim()[1] > 2026
    assert axes.get_ylim()[1] > 31_000
    assert "2026: " in chart.alt


@pytest.mark.parametrize(
    ("name", "rules"), [("online", {"copied", "nested"}), ("december", {"nested"}), ("value", {"loo"})]
)
def test_known_conflicts_are_found_by_the_rules(data, name, rules):
    row = known_conflicts.known_conflict(data, name)
    assert rules <= set(row["rules"].split(";"))
    markup = series_made.known_table(data)._repr_html_()
    for side in ("a", "b"):
        assert host(row[f"url_{side}"]) in markup  # a copy is named, and no live link


def test_a_conflict_that_no_rule_finds_is_told(data, monkeypatch):
    monkeypatch.setitem(known_conflicts.KNOWN, "none", ("mps-value", "police-0200", "adm-0275"))
    with pytest.raises(InputError, match="No rule finds the conflict of police-0200 and adm-0275"):
        known_conflicts.known_conflict(data, "none")


def test_five_years_leave_room_for_the_two_that_nobody_prints(data):
    low, high, missing = known_conflicts.remainder(data)
    assert missing == [2018, 2019]
    # 47 to 48 billion, less 4.6, 6.46 and about 18 billion with their intervals
    assert (low, high) == pytest.approx((47e9 - 4.65e9 - 6.465e9 - 19e9, 48e9 - 4.55e9 - 6.455e9 - 17e9))
    residuals = reconstructed(data, "mps-value").residuals.set_index("reading_id")["residual"]
    assert abs(residuals["police-0029"]) < 3


def test_choices_are_counted_by_choice_not_by_year():
    rows = [
        ("s", "left_out", "a", "2019", 1.2, 1.0, 0.9, 1.1, 1.2),
        ("s", "left_out", "a", "2020", 1.0, 1.0, 0.9, 1.1, 1.0),
        ("s", "left_out", "b", "2019", 1.0, 1.0, 0.9, 1.1, 1.0),
        ("s", "left_out", "b", "2020", np.nan, 1.0, 0.9, 1.1, np.nan),
    ]
    columns = ["series_id", "variant", "left_out", "period", "estimate", "base", "lower", "upper", "move"]
    found = (
        choice_effects.by_choice(choices(pd.DataFrame(rows, columns=columns)))
        .set_index("variant")
        .loc["left_out"]
    )
    assert (found["series"], found["choices"]) == (1, 2)
    assert (found["beyond"], found["outside"], found["lost"]) == (0.5, 0.5, 0.5)
    assert found["median"] == pytest.approx(0.1)


def study_rows():
    """A table with the study's layout: two groups of two kinds, the model and four rivals."""
    groups = [("all", "all"), ("scenario", "no error"), ("scenario", "3% error"), ("windows", "nested")]
    groups += [("windows", "random"), ("readings", "20-35"), ("readings", "5-9"), ("irregular", "irregular")]
    rows = []
    for number, (kind, group) in enumerate(groups):
        base = {"kind": kind, "group": group, "series": 100, "years": 1000, "bias": 0.0, "score": 1.0}
        base |= {"median_error": 0.01, "rms_error": 0.02}
        rows.append(base | {"method": "model", "coverage": 0.9 + number / 100, "coverage_se": 0.01})
        for rival in fit.RIVALS:
            rows.append(
                base
                | {
                    "method": rival,
                    "model_rms": 0.1,
                    "common_rms": 0.2,
                    "model_span_rms": 0.1,
                    "span_rms": 0.4,
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture
def stored(monkeypatch):
    monkeypatch.setattr(fit, "study", lambda name: Study(name, study_rows(), {"seed": 0}))


def test_the_study_is_drawn_from_its_table(data, stored):
    chart = series_made.study_chart(data)
    upper, lower = chart.figure.axes
    labels = [label.get_text() for label in upper.get_yticklabels()]
    assert labels == [
        "all series", "no error", "3% error", "nested windows", "random windows",
        "5\N{EN DASH}9 readings", "20\N{EN DASH}35 readings",
    ]  # fmt: skip
    dots = [line.get_xdata()[0] for line in upper.lines if line.get_marker() == "o"]
    assert dots == pytest.approx([90, 91, 92, 93, 94, 96, 95])
    rivals = [label.get_text().replace("\n", " ") for label in lower.get_xticklabels()]
    assert rivals == list(fit.RIVALS.values())
    assert [label.get_text() for label in lower.get_yticklabels()] == ["nested windows", "random windows"]
    # printed years alone over the whole span, the others over the years that both estimate
    assert [text.get_text() for text in lower.texts] == ["0.25", "0.50", "0.50", "0.50"] * 2
    assert "3% error: 92.0%" in chart.alt


def test_the_study_table_has_every_row(stored):
    assert series_made.study_table()._repr_html_().count("<tr") == len(study_rows()) + 1


def test_a_study_without_its_columns_is_told(monkeypatch):
    bare = study_rows().drop(columns="coverage_se")
    monkeypatch.setattr(fit, "study", lambda name: Study(name, bare, {"seed": 0}))
    with pytest.raises(InputError, match="lacks coverage_se; run `make studies`"):
        fit.measures()


@pytest.mark.slow
def test_the_heaviest_conflicts_are_one_a_series(data):
    every, heaviest = known_conflicts.every_conflict(data), known_conflicts.heaviest(data)
    assert heaviest["series_id"].is_unique
    apart = every[every["kind"].isin(["official", "unknown"])]
    assert len(heaviest) + heaviest["others"].sum() == len(apart)
    assert heaviest["size"].equals(
        apart.groupby("series_id")["size"].max()[heaviest["series_id"]].reset_index(drop=True)
    )
    assert series_made.conflicts_table(data)._repr_html_().count("<tr>") == len(every) + 1
    assert (
        series_made.heaviest_table(data)._repr_html_().count("<tr>")
        == min(conflicts.SHOWN, len(heaviest)) + 1
    )
