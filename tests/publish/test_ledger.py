"""The ledger's page holds every hypothesis in its bundle, with the answers and the grade that code gave it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import InputError
from analysis.publish.pages import ledger as page
from analysis.publish.pages.codebook.columns import series_tables
from analysis.publish.pages.ledger import browser, moved, studies
from analysis.publish.pages.ledger.wording import change, excluded, limit, plainly, probability, ratio
from analysis.publish.pages.measures.timeline import measures_table
from analysis.publish.studies import is_current, study
from analysis.scrutiny import four_answers, moves
from analysis.scrutiny.grades import Grade
from analysis.scrutiny.moves import Older
from studies.older_rules import compare

BOOK = Path(__file__).parents[2] / "book"


@pytest.fixture(scope="module")
def found(data):
    return browser.listed(data)


@pytest.fixture(scope="module")
def markup(data):
    return page.bundle_browser(data)._repr_html_()


def rows_of(markup):
    return re.findall(r"<tr data-grade.*?</tr>", markup, flags=re.DOTALL)


def test_every_registered_hypothesis_has_one_place_in_the_row_of_its_bundle(data, found, markup):
    rows = rows_of(markup)
    assert len(rows) == len(found)
    for one, row in zip(found, rows, strict=True):
        anchors = re.findall(r'<p class="why" id="ledger-([^"]+)"', row)
        assert anchors == list(one.bundle.hypotheses)
    assert sorted(re.findall(r'id="ledger-(h-[^"]+)"', markup)) == sorted(data.hypotheses["hypothesis_id"])


def test_all_bundles_are_listed_those_that_exclude_most_first(data, found):
    assert {one.bundle.bundle_id for one in found} == set(four_answers(data))
    widths = [one.unusual.upper / one.unusual.lower if one.unusual else float("inf") for one in found]
    assert widths == sorted(widths)


def test_answers_of_a_row_are_the_bundles(data, found, markup):
    for one, row in zip(found, rows_of(markup), strict=True):
        assert f'<td data-head="grade">{one.letter}</td>' in row
        assert f'data-grade="{one.letter}"' in row
        assert f"<dd>{one.bundle.bundle_id}</dd>" in row
        assert f'data-measures="{len(one.bundle.measures)}"' in row
        for name in (*one.bundle.measures, *one.bundle.near):
            assert f'href="measures.html#measure-{name}"' in row
        test = one.unusual
        if test is None:
            assert "too short" in row
            continue
        assert excluded(data, one) in row
        assert f"{ratio(test.estimate, test.lower, test.upper)}, p {probability(one.p_bh)}" in row
        assert f"{test.n_before} before, {test.n_after} from {one.bundle.at} on" in row
        for risk in one.risks:
            assert risk.item in row


def test_links_lead_to_rows_that_exist(data, found, markup):
    measures = measures_table(data)._repr_html_()
    series = "".join(one._repr_html_() for one in series_tables(data))
    for one in found:
        assert f'href="../series/{one.bundle.series_id}.html"' in markup
        assert f'id="series-{one.bundle.series_id}"' in series
        for name in one.bundle.measures:
            assert f'id="measure-{name}"' in measures


def test_words_of_the_data_cannot_inject_markup(data, found):
    hostile = replace(
        found[0], grade=Grade("C", ('"><img src=x>', "<script>x</script>")), failure="<b>no</b>"
    )
    titled = data.measures.assign(title="<script>x</script>")
    shown = "".join(browser._line(replace(data, measures=titled), hostile).cells)
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


def test_filters_offer_what_the_rows_carry(markup):
    for key in ("grade", "strand", "expected"):
        offered = re.search(rf'<select name="{key}">(.*?)</select>', markup)[1]
        for value in set(re.findall(rf'<tr [^>]*data-{key}="([^"]+)"', markup)):
            assert f'<option value="{value}">' in offered


def test_reasons_name_no_id(data, found):
    ids = {*data.measures["measure_id"], *data.breaks["break_id"]}
    for one in found:
        for risk in one.risks:
            said = plainly(data, risk.reason)
            assert not ids & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", said)), said


@pytest.mark.parametrize(
    ("value", "said"),
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
def test_a_ratio_is_said_as_a_change(value, said):
    assert change(value) == said


def test_a_ratio_and_its_limits_in_words():
    assert ratio(2.8, 1.02, 7.56) == "×2.80 (1.02 to 7.56)"
    assert ratio(1.41, 1.4102, 1.4098) == "×1.41"
    assert ratio(1.0, 0.2, 2.1) == "no estimate"
    assert [limit(one) for one in (1.7, 0.71, 7.56, 3.0)] == ["+70%", "−29%", "7.6 times", "3 times"]


def test_old_grades_stand_beside_the_new_with_every_reason(data):
    frame = moved.moved(data)
    shown = page.moves_table(data)._repr_html_()
    stored = study("older_rules")
    letters = stored.table.set_index("hypothesis_id")["letter"]
    for row in frame.to_dict("records"):
        assert f'href="ledger.html#ledger-{row["hypothesis_id"]}"' in shown
        assert stored.meta["of_data"] != data.fingerprint or row["before"] == letters[row["hypothesis_id"]]
    assert sorted(frame["hypothesis_id"]) == sorted(data.hypotheses["hypothesis_id"])
    counts = moved.counts(frame)
    for (before, after), part in frame.groupby(["before", "after"]):
        told = counts[(counts["before"] == before) & (counts["after"] == after)]
        assert told["n"].max() <= len(part) <= told["n"].sum()
    assert not counts["reason"].str.contains(r"\d+ others").any()


def test_the_stored_older_grades_are_of_this_code():
    assert is_current("older_rules"), (
        "the code changed since the study ran: run `python -m studies.older_rules --sample 6 --stamp`"
    )


def test_stored_older_grades_stand_for_their_data_alone(data):
    assert moved.older(SimpleNamespace(fingerprint="0" * 64)) is None
    known = {name: Older("D", ("rivals",)) for name in data.hypotheses["hypothesis_id"]}
    frame = moves(data, known)
    assert set(frame["before"]) == {"D"}
    assert frame.loc[frame["after"] != "D", "reason"].str.contains("same instrument").all()


@pytest.mark.slow
def test_a_sample_of_older_grades_is_as_stored(data):
    if study("older_rules").meta["of_data"] != data.fingerprint:
        pytest.skip("the table is of other data: run `python -m studies.older_rules`")
    assert compare(data, 2) == []


def test_reasons_are_counted_apart():
    reasons = [
        "joint (2 others begin with it); a break",
        "joint (5 others begin with it)",
        "too few; 3 and 2 are needed",
    ]
    frame = pd.DataFrame({"before": ["D"] * 3, "after": ["C", "C", "D"], "reason": reasons})
    told = {row["reason"]: row["n"] for row in moved.counts(frame).to_dict("records")}
    assert told == {"joint": 2, "a break": 1, moved.TOO_SHORT: 1}


@pytest.fixture
def studied(tmp_path):
    """Studies small enough to be counted by hand."""
    small = [
        ("window", 8, 0.0, 0.04),
        ("window", 20, 0.8, 0.06),
        ("step, counts", 8, 0.0, 0.05),
        ("trend", 8, 0.0, 0.95),
    ]
    small += [("power", n, rho, n / 100 + rho / 10) for n in (8, 12, 20) for rho in (0.0, 0.8)]
    chain = [(grouping, "all", effect, 40, 0.1 + effect, effect / 2, 0.9, 0.2, 0.3)
             for grouping in ("all", "random walk") for effect in (0.0, 0.5)]  # fmt: skip
    bands = [("all", "all", "model", 9, 0.88)]
    tables = {
        "small_sample": pd.DataFrame(small, columns=["what", "n", "rho", "share"]),
        "chain": pd.DataFrame(chain, columns=studies.NEEDED["chain"].split()),
        "reconstruction": pd.DataFrame(bands, columns=studies.NEEDED["reconstruction"].split()),
    }  # fmt: skip
    for name, frame in tables.items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
        (tmp_path / f"{name}.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_size_power_and_coverage_stand_in_one_table(studied):
    shown = repr(page.studies_table(studied))
    assert re.search(r"a departure of three years, 8 to 20 years +4.0% to 6.0% \(5% promised\)", shown)
    assert re.search(r"least squares, Newey-West, errors that fade, 40 series +30.0% \(5% promised\)", shown)
    assert re.search(r"a lasting rise by 65%, 12 years +12.0% to 20.0%", shown)
    assert re.search(r"a rise by 50%, whole chain, 40 series +60.0%, corrected for many tests 25.0%", shown)
    assert re.search(r"bands of reconstructed years +88.0% \(90% promised\)", shown)


def test_without_the_studies_nothing_is_said(tmp_path):
    with pytest.raises(InputError, match="make studies"):
        page.studies_table(tmp_path)


@pytest.mark.parametrize(("name", "column"), [("chain", "hac_rejected"), ("small_sample", "rho")])
def test_a_study_without_the_columns_is_refused(studied, name, column):
    path = studied / f"{name}.csv"
    pd.read_csv(path).drop(columns=[column]).to_csv(path, index=False)
    with pytest.raises(InputError, match=f"lacks {column}"):
        page.studies_table(studied)


def test_the_chapter_names_every_word_and_no_other(data):
    said = page.words(data)
    notebook = json.loads((BOOK / "ledger.ipynb").read_text(encoding="utf-8"))
    named = re.findall(
        r"\{glue:text\}`(\w+)`", "".join("".join(cell["source"]) for cell in notebook["cells"])
    )
    assert set(named) == set(said)
    assert said["hypotheses"] == str(len(data.hypotheses))
