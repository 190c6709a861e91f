"""A release beside the record: what the book tells of the founding articles, arithmetic by hand, hostile text."""

import json
import os
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.errors import InputError
from analysis.intake import Proposal, check_proposal
from analysis.intake.implied import each, nested
from analysis.intake.proposal import BESIDE, COLUMNS, PASSED_OVER
from analysis.intake.record import as_readings, sources_alike
from analysis.intake.report import markdown
from analysis.intake.reported import FORMS, written
from analysis.intake.year_before import shifted
from analysis.readings.words import day

BLANK = dict.fromkeys(COLUMNS, "") | {"span_start": 0, "span_end": 1, "confidence": 0.9, "reasons": None}
POLICE = {
    "reporter": "MPS", "jurisdiction": "CN", "indicator": "cases_solved", "channel": "all", "unit": "case",
    "hedge": "more_than", "kind": "flow", "subject": "ipr_and_counterfeit", "track": "criminal", "stage": "solved",
    "window_basis": "printed", "breadth": "total", "value_high": float("nan"), "printed_step": float("nan"),
}  # fmt: skip


def proposal(*rows: dict, day: date = date(2020, 12, 31)) -> Proposal:
    """Proposals of the police's solved cases, changed by each row."""
    frame = pd.DataFrame([BLANK | POLICE | row for row in rows])[[*COLUMNS, *BESIDE]]
    return Proposal(frame, pd.DataFrame(columns=list(PASSED_OVER)), day, "en")


def figure(value: float, printed: str, start: str, end: str, **more: object) -> dict:
    return {"value": value, "as_printed": printed, "window_start": start, "window_end": end, **more}


SO_FAR = figure(16000, "more than 16,000 cases", "2020-01-01", "2020-12-24", window_basis="text_date")
YEAR = figure(21000, "more than 21,000 cases", "2020-01-01", "2020-12-31")
ONLINE = {"channel": "online", "subject": "counterfeit_goods", "window_basis": "text_date"}
SINCE_MAY = figure(1400, "more than 1,400 cases", "2020-05-01", "2020-11-12", **ONLINE)


@pytest.fixture(scope="module")
def model_case(data):
    """16,000 by 24 December and 21,000 for the year, both in the record, in one text."""
    return check_proposal(proposal(SO_FAR, YEAR), data)


def test_interval_days_and_pace_are_those_of_the_hedge(model_case):
    row = model_case.figures.iloc[0]
    assert (row["low"], row["high"], row["days"]) == (16000, 17000, 359)  # 366 days less a week
    assert row["rate_low"] == pytest.approx(16000 / 359)
    assert row["rate_high"] == pytest.approx(17000 / 359)


def test_the_record_has_the_figures_already(model_case):
    assert list(model_case.figures["held"]) == ["police-0019", "police-0023"]
    assert list(model_case.figures["series"]) == ["mps-cases-solved", "mps-cases-solved"]


def test_the_last_week_of_2020_holds_what_is_left_between_the_two(model_case):
    told = model_case.nested[model_case.nested["figure"] == "figure-1"]
    pair = told[told["other"].isin(["figure-2", "police-0023"])].iloc[0]
    assert (pair["what"], pair["days"], pair["low"], pair["high"]) == ("fast", 7, 4000, 6000)
    assert pair["rate_low"] == pytest.approx(4000 / 7)


def test_the_conflict_of_the_record_is_told_with_its_verdict(model_case):
    assert "police-0023" in model_case.figures["conflicts"].iloc[0].split(";")
    said = model_case.conflicts[model_case.conflicts["figure"] == "figure-1"]["says"]
    assert any("official; quote both" in one for one in said)


def test_the_online_cases_have_two_windows(data):
    report = check_proposal(proposal(SINCE_MAY, day=date(2020, 11, 12)), data)
    row = report.figures.iloc[0]
    assert row["held"] == "plat-seed0-01"  # though the record ends the window on the Monday before
    copied = report.nested[report.nested["what"] == "copied"]
    assert "plat-seed1-01" in set(copied["other"])
    assert "Not both windows can be right" in copied["says"].iloc[0]


def test_a_year_is_held_against_the_print_of_the_year_before(data):
    report = check_proposal(
        proposal(figure(27000, "27,000 cases", "2022-01-01", "2022-12-31", hedge="exact")), data
    )
    row = report.figures.iloc[0]
    before = data.readings.set_index("reading_id").loc[row["before_name"]]
    assert (row["before"], before["window_start"].year, before["window_end"].year) == ("printed", 2021, 2021)
    assert row["change_low"] == pytest.approx(row["low"] / row["before_high"] - 1)
    assert row["change_high"] == pytest.approx(row["high"] / row["before_low"] - 1)
    assert row["exceeds"] == ("yes" if row["change_low"] > 0 or row["change_high"] < 0 else "no")


def test_a_window_without_a_print_a_year_before_has_the_estimate_of_its_series(data):
    report = check_proposal(proposal(SO_FAR), data)
    row = report.figures.iloc[0]
    assert (row["before"], row["before_name"]) == ("estimate", "mps-cases-solved")
    year = data.readings.set_index("reading_id").loc["adm-0420"]  # 2019 whole: more than 16,000
    assert 0.8 * year["value"] < row["before_low"] < row["before_high"] < 1.3 * (year["value"] + 1000)


def test_another_print_of_the_same_year_is_a_conflict(data):
    other = figure(40000, "40,000 cases", "2022-01-01", "2022-12-31", hedge="exact")  # the record has 27,000
    report = check_proposal(proposal(other), data)
    said = report.conflicts.set_index("reading_id")["says"]["police-0059"]
    assert "27,000 cases for 2022; the window is the same" in said
    assert report.figures["held"].iloc[0] == ""


def test_a_text_that_bears_a_title_of_the_record_is_known(data):
    dated = data.sources[data.sources["published"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    one = dated[dated["title"].str.len() > 40].iloc[0]
    text = f"{one['title'].upper()}\n\nPolice solved 7 cases."
    assert one["source_id"] in set(sources_alike(data, text, one["published"])["source_id"])
    assert sources_alike(data, "Of nothing in the record at all", one["published"]).empty


def test_a_case_told_in_other_words_is_perhaps_the_records(data):
    known = data.readings.set_index("reading_id").loc["plat-seed0-03"]  # counted by the ministry there
    case = {"reporter": "PSB", "indicator": "value_involved", "unit": "CNY", "breadth": "one_case"}
    row = figure(known["value"], "more than 50 million yuan", "", "", **case)
    found = check_proposal(proposal(row, day=date(2020, 11, 12)), data).figures.iloc[0]
    assert found["held"] == ""
    assert "plat-seed0-03" in found["perhaps"].split(";")


def test_stages_that_look_alike_are_named(model_case):
    said = model_case.cautions[
        (model_case.cautions["figure"] == "figure-1") & (model_case.cautions["what"] == "other")
    ]
    assert {"mps-cases-filed", "mps-cases-investigated"} <= set(said["series_id"])


def test_a_figure_that_fits_no_series_says_so(data):
    odd = figure(7, "7 cases", "2020-01-01", "2020-12-31", hedge="exact", reporter="SPB", breadth="one_case")
    report = check_proposal(proposal(odd), data)
    assert report.figures["series"].iloc[0] == ""
    assert "It joins no series." in report.to_text()
    assert report.figures["rate_low"].isna().all()  # a case has no pace
    assert any("one case" in one for one in report.cautions["says"])


def test_a_running_year_is_told_what_its_rest_must_hold(data):
    half = figure(9000, "9,000 cases", "2023-01-01", "2023-06-30", hedge="exact")
    report = check_proposal(proposal(half, day=date(2023, 7, 1)), data)
    rest = report.nested[report.nested["what"] == "rest_of_year"].iloc[0]
    before = data.readings.set_index("reading_id").loc[rest["other"]]
    assert (before["window_start"].year, rest["days"]) == (2022, 184)
    low, high = before["value"] - 500, before["value"] + 500  # 27,000 is read to the thousand
    assert rest["low"] == pytest.approx(low - report.figures["high"].iloc[0])
    assert rest["high"] == pytest.approx(high - report.figures["low"].iloc[0])


def test_windows_that_nest_by_hand():
    rows = as_readings(
        proposal(
            figure(100, "100 cases", "2020-01-01", "2020-04-09", hedge="exact"),  # 100 days
            figure(90, "90 cases", "2020-01-01", "2020-06-08", hedge="exact"),
            figure(180, "180 cases", "2020-01-01", "2020-06-08", hedge="exact"),
            figure(104, "104 cases", "2020-01-01", "2020-06-08", hedge="exact"),
        ).readings,
        "2020-12-31",
    )
    told = nested(rows.iloc[0], rows.iloc[1:], "cases")
    assert {one["other"]: one["what"] for one in told} == {
        "figure-2": "impossible", "figure-3": "fits", "figure-4": "slow",
    }  # fmt: skip
    fits = next(one for one in told if one["other"] == "figure-3")
    assert (fits["low"], fits["high"], fits["days"]) == (80, 80, 60)


def test_value_over_pieces_of_one_case():
    case = {"breadth": "one_case", "product": "phones"}
    rows = proposal(
        figure(1000, "more than 1,000 phones", "", "", unit="item", indicator="items_seized", **case),
        figure(2e8, "more than 200 million yuan", "", "", unit="CNY", indicator="value_involved", **case),
    ).readings
    told = each(as_readings(rows, "2020-11-10"))
    assert [(one["low"], one["high"]) for one in told] == [(2e8 / 2000, 3e8 / 1000)]
    apart = rows.assign(product=["phones", "watches"])
    assert each(as_readings(apart, "2020-11-10")) == []


def test_the_year_before_keeps_ends_of_months():
    first, last = shifted(pd.Timestamp("2021-02-01"), pd.Timestamp("2021-02-28"))
    assert (first, last) == (pd.Timestamp("2020-02-01"), pd.Timestamp("2020-02-29"))
    assert shifted(pd.Timestamp("2020-02-03"), pd.Timestamp("2020-02-14"))[1] == pd.Timestamp("2019-02-14")


def test_the_sentence_names_hedge_counter_and_both_ends(model_case):
    said = model_case.sentences[0]
    for words in (
        "more than 16,000 cases",
        "Ministry of Public Security",
        "1 January to 24 December 2020",
        "359 days",
    ):
        assert words in said
    assert said.count(". ") == 0
    assert said.endswith(".")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


HOSTILE = "7 <script>alert(1)</script> [x](javascript:a) `**|** \x1b[31m"


@pytest.fixture(scope="module")
def hostile(data):
    row = figure(7, HOSTILE, "2020-01-01", "2020-12-31", hedge="exact", reporter="SPB", detail=HOSTILE)
    return check_proposal(proposal(row), data, HOSTILE)


def test_hostile_text_stays_text_in_html(hostile):
    for page in (hostile.to_html(), hostile._repr_html_()):
        seen = _Tags()
        seen.feed(page)
        assert "script" not in seen.tags
        assert not [name for name, _ in seen.attributes if name not in ("lang", "charset")]
        assert "alert(1)" in page


def test_hostile_text_stays_text_in_markdown_and_on_the_terminal(hostile):
    found = hostile.to_markdown()
    assert "<script" not in found
    assert "[x](" not in found
    assert "\x1b" not in found + hostile.to_text()
    table = [line for line in found.splitlines() if line.startswith("|")]
    assert len({len(line.replace("\\|", "").split("|")) for line in table}) == 1


def test_markdown_escapes_every_mark():
    assert markdown("a*b_c`d[e](f)#g<h>|") == r"a\*b\_c\`d\[e\]\(f\)\#g&lt;h&gt;\|"


def test_json_holds_every_table_and_no_nan(hostile, model_case):
    for report in (hostile, model_case):
        found = json.loads(report.to_json(), parse_constant=lambda word: pytest.fail(word))
        assert len(found["figures"]) == len(report.figures) == len(found["sentences"])
        assert found["figures"][0]["window_start"] == "2020-01-01"


def test_the_result_fits_a_screen(model_case):
    lines = repr(model_case).splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert day(pd.Timestamp("2020-12-31"))[:2] == "31"


def test_nothing_proposed_is_a_sentence(data):
    empty = Proposal(
        pd.DataFrame(columns=[*COLUMNS, *BESIDE]),
        pd.DataFrame(columns=list(PASSED_OVER)),
        date(2020, 1, 1),
        "en",
    )
    with pytest.raises(InputError, match="No figure was found"):
        check_proposal(empty, data)


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_written_whole(model_case, tmp_path, form):
    goal = tmp_path / "report"
    said = written(model_case, form, goal)
    assert goal.read_text(encoding="utf-8") == written(model_case, form)
    assert str(goal) in said
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


def test_a_report_that_cannot_be_written_leaves_nothing(model_case, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        written(model_case, "table", tmp_path / "none" / "report.md")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["a pipe", "a folder", "a link to nowhere", "no name", "a long name"])
def test_what_is_no_file_is_never_replaced_by_one(model_case, tmp_path, what):
    goal = tmp_path / "goal"
    if what == "a pipe":
        os.mkfifo(goal)
    elif what == "a folder":
        goal.mkdir()
    elif what == "a link to nowhere":
        goal.symlink_to(tmp_path / "nowhere")
    goal = {"no name": Path(), "a long name": tmp_path / ("x" * 300)}.get(what, goal)
    before = [(one.name, one.lstat().st_mode) for one in tmp_path.iterdir()]
    with pytest.raises(InputError, match="cannot be written: name a file in a folder that exists"):
        written(model_case, "table", goal)
    assert [(one.name, one.lstat().st_mode) for one in tmp_path.iterdir()] == before


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["analysis", *words])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Police solved 1,400 cases.", [], "date is missing"),
        ("Police solved 1,400 cases.", ["--date", "2999-01-01"], "after today"),
        ("Police solved 1,400 cases.", ["--date", "yesterday"], "no date"),
        ("Police solved 1,400 cases.", ["--date", "2020-11-12", "--format", "pdf"], "no format 'pdf'"),
        ("Police solved 1,400 cases.", ["--date", "2020-11-12", "--language", "fr"], "Chinese and English"),
        (" \n", ["--date", "2020-11-12"], "empty"),
        ("Nothing is counted here.", ["--date", "2020-11-12"], "no figure"),
        (None, ["--date", "2020-11-12"], "cannot be read"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_written(
    monkeypatch, capsys, tmp_path, data, text, words, said
):
    monkeypatch.setattr("analysis.load", lambda _: data)
    place = tmp_path / "release.txt"
    if text is not None:
        place.write_text(text, encoding="utf-8")
    code, out, error = run(
        monkeypatch, capsys, "check", str(place), *words, "--output", str(tmp_path / "out")
    )
    assert (code, out) == (1, "")
    assert error.startswith("Error: ")
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
