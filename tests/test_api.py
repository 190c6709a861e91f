"""The public functions of every room, called wrongly: a sentence that names the argument, or a right result."""

import importlib
import inspect
import typing
import warnings
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import InputError
from analysis.arguments import aligned, fitting, numbers
from analysis.dataset.dates import days
from analysis.models import (
    Dated,
    ar1_reml,
    common_periods,
    compared,
    concentration,
    forecast,
    interrupted,
    trend,
)
from analysis.readings import Window, parse_printed, year
from analysis.scrutiny import Evidence, Question, Series
from analysis.series import reconstruct

ROOMS = ("", ".readings", ".series", ".models", ".scrutiny", ".intake", ".publish.findings")
N = 20
YEARS = np.arange(2000, 2000 + N)
Y = np.exp(3 + 0.02 * np.arange(N) + np.random.default_rng(1).normal(0, 0.1, N))
READINGS = pd.DataFrame(
    {
        "value": [100.0, 120, 90, 150, 130, 170],
        "unit": "case",
        "hedge": "exact",
        "window_start": pd.to_datetime([f"{y}-01-01" for y in range(2015, 2021)]),
        "window_end": pd.to_datetime([f"{y}-12-31" for y in range(2015, 2021)]),
        "kind": "flow",
        "reading_id": list("abcdef"),
    }
)
PANEL = pd.DataFrame(
    [
        (u, t, Y[t - 2000] * (1 + k + 0.1 * (t * (k + 2) % 3)))
        for k, u in enumerate("abcd")
        for t in YEARS[:10]
    ],
    columns=["unit", "period", "y"],
)
X = np.column_stack([np.ones(N), np.arange(N)])
QUESTION = Question("q", Series(YEARS, Y), 2010)
# What each argument may be, by its name, where it is asked for; `None` where a function runs for long if it is let in.
GOOD = {
    "panel": PANEL,
    "y": Y,
    "time": YEARS,
    "at": 2010,
    "X": X,
    "tested_contrast": [0, 1],
    "leads": [0.1, 0.2],
    "lags": [0.1],
    "readings": READINGS,
    "frame": READINGS,
    "question": QUESTION,
    "evidence": Evidence(False, ("x",)),
    "design": X,
    "contrast": [0, 1],
    "rho": 0.5,
    "sigma": 1.0,
    "se": 0.1,
    "df": 10.0,
    "placebos": [1.0, 2.0],
    "observed": 1.0,
    "estimates": {"a": 0.1},
    "full": 0.1,
    "p": [0.1, 0.2],
    "statistic": lambda y, *_: float(y.mean()),
    "direction": "increase",
    "estimate": 1.1,
    "lower": 1.0,
    "upper": 1.2,
    "letter": "C",
    "treated": "a",
    "number": 2019,
    "jurisdiction": "US",
    "window": year(2019),
    "value": 5.0,
    "unit": "CNY",
    "to": "USD",
    "year": 2019,
    "base_year": 2018,
    "hedge": "exact",
    "text": "5 cases",
    "series_id": "us-share-cn-msrp",
    "hypothesis_id": "h-yunduan-2017-police-value",
    "start": 2010,
    "end": 2020,
    "a_start": READINGS["window_start"],
    "a_end": READINGS["window_end"],
    "b_start": READINGS["window_start"],
    "b_end": READINGS["window_end"],
    "forecasts": [],
    "low": Y,
    "high": 1.2 * Y,
    "x": Y,
    "threshold": 1.0,
    "edges": [1.0, 2, 4, 8],
    "counts": [60, 30, 10],
    "k": 7,
    "n": 20,
    "k_random": 3,
    "n_random": 60,
    "sensitivity": 0.9,
    "specificity": 0.95,
    "before": 0.4,
    "after": 0.3,
    "half_width": 0.05,
    "weights": np.linspace(10, 20, N),
    "population": [5000.0, 900.0, 100.0],
    "prevalence": [0.02, 0.1, 0.4],
    "budget": 600.0,
    "entered": np.exp(0.1 * np.arange(N)) * np.ones((5, 1)),
    "left": np.exp(0.1 * np.arange(N)) * np.linspace(0.4, 0.5, 5)[:, None],
    "stages": {"solved": [100.0, 110, 120], "arrested": [60.0, 130, 70]},
    "count": [12, 3, 40, 0, 9],
    "base": [10.0, 5.0, 30.0, 2.0, 9.0],
    "seizures": [[70, 20, 6, 4, 0]] * 5,
    "imports": [[40.0, 1.0, 9.0, 3.0, 2.0]] * 5,
    "z": np.log(Y),
    "series": [Dated(np.log(Y), YEARS, {2010: 1})],
    "departures": [[1.0, 0.5, 0.2], [0.3, 0.1]],
    "p_adjusted": 0.04,
    "measure_id": "us-2016-02-24-tftea",
}
OWN = {
    ("compared", "at"): 2005,
    ("placebo_dates", "at"): 2005,
    ("adjusted", "p"): {"a": 0.1},
    ("fractional_logit", "y"): np.linspace(0, 1, N) ** 2,
    ("fractional_logit", "X"): np.sin(np.arange(N)),
    ("sample_size_for", "prevalence"): 0.3,
    ("simple_random_half_width", "prevalence"): 0.3,
    ("top_share", "n"): 2,
    ("denominator", "name"): "population",
    ("denominator", "jurisdiction"): "CN",
    ("per", "name"): "population",
    ("panel", "name"): "us-lines-origin",
    ("per", "table"): pd.DataFrame({"year": [2019], "value": [1.0]}),
}
# These run for many seconds, or on every series: only what their hints refuse is tried.
LONG = {
    "reconstruct_all", "series_conflicts", "ledger", "ask", "assess", "informed_periods", "reconstructed",
    "multiverse", "scrutinise", "primary", "specifications", "placebo_dates", "summary",
    "briefing_findings", "effect_findings", "estimated_findings", "key_findings",
    "measure_findings", "recorded_findings", "trust_findings", "printed_findings",
    "answer_of", "answers_table", "bundle", "bundles", "common_years", "dose_response",
    "drawn_years", "four_answers", "happened", "headlines", "moves", "random_dates", "random_dates_size", "reference",
    "could_see", "stacked_borders", "what_happened",
}  # fmt: skip
WRONG = {
    "None": None,
    "int": 5,
    "minus": -1,
    "text": "x",
    "list": [],
    "dict": {},
    "nan": float("nan"),
    "inf": float("inf"),
    "complex": 1j,
    "complex row": np.ones(N) * 1j,
    "bytes": b"x",
    "object": object(),
    "nested": [[1], [1, 2]],
    "texts": ["a"] * N,
    "empty frame": pd.DataFrame(),
    "double column": pd.DataFrame(np.ones((3, 2)), columns=["value", "value"]),
    "strange frame": pd.DataFrame({"other": [1]}),
    "series": pd.Series(Y, index=range(100, 100 + N)),
    "short": [1.0, 2.0],
    "huge": 10**400,
    "long text": "9" * 5000,
    "masked": np.ma.masked_array(Y, mask=Y.mean() < Y),
    "one number as an array": np.array(3.0),
    "records": np.zeros(N, dtype=[("a", float)]),
    "frozen set": frozenset([1.0, 2.0]),
    "two rows of names": READINGS.set_axis(pd.MultiIndex.from_product([["a"], READINGS.columns]), axis=1),
    "labels of two levels": pd.Series(Y, index=pd.MultiIndex.from_product([["a"], YEARS])),
    "beyond squares": Y * 1e200,
    "most": 2**63 - 1,
    "least": 5e-324,
    "no day": "nan",
}


def public_functions():
    for room in ROOMS:
        module = importlib.import_module(f"analysis{room}")
        for name in module.__all__:
            one = getattr(module, name)
            if inspect.isfunction(one) and one.__module__.startswith("analysis"):
                yield one


FUNCTIONS = list(dict.fromkeys(public_functions()))
CASES = [(f, p) for f in FUNCTIONS for p in inspect.signature(f).parameters]


@pytest.fixture(scope="module")
def data():
    return analysis.load()


def usual(function, data):
    """Return arguments that the function takes, for those it asks for."""
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not inspect.Parameter.empty:
            continue
        own = {
            "dataset": data,
            "context": data.context,
            "compared": pd.DataFrame(),
            "table": None,
            "name": "",
        }
        found[name] = OWN.get((function.__name__, name), GOOD.get(name, own.get(name)))
    return found


def sentence(call):
    """Return the sentence that a call ends in, blank where it ends in a result."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            call()
    except InputError as error:
        return str(error)
    return ""


def test_every_public_function_checks_its_arguments():
    assert len(FUNCTIONS) > 50
    assert [f.__name__ for f in FUNCTIONS if not hasattr(f, "__wrapped__")] == []


@pytest.mark.parametrize(("function", "name"), CASES, ids=lambda v: getattr(v, "__name__", v))
def test_a_wrong_argument_is_a_sentence_or_a_right_result(function, name, data):
    hint = typing.get_type_hints(function, include_extras=True)[name]
    for said, value in WRONG.items():
        refused = sentence(lambda value=value: fitting(hint, value, name))
        assert not refused or (name in refused and len(refused) < 500), said
        if not refused and function.__name__ in LONG:
            continue
        try:
            answer = sentence(lambda value=value: function(**{**usual(function, data), name: value}))
        except Exception as error:
            pytest.fail(f"{function.__name__}({name}={said}): {type(error).__name__}: {error}")
        assert answer or not refused, f"{name}={said} was let through"


@pytest.mark.parametrize("name", ["unit", "hedge", "kind", "reading_id"])
def test_a_reading_without_a_word_is_refused(name):
    cells = READINGS[name].astype(object).tolist()
    with pytest.raises(InputError, match=f"Row 2 has no {name}"):
        reconstruct(READINGS.assign(**{name: [cells[0], None, *cells[2:]]}))


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("unit", None, "Row 2 has no unit"),
        ("period", "x", "of one kind that sorts"),
        ("period", [1], "that sorts"),
    ],
)
def test_a_panel_with_a_strange_label_is_refused(column, cell, said):
    cells = PANEL[column].astype(object).tolist()
    wrong = PANEL.assign(**{column: pd.Series([cells[0], cell, *cells[2:]], dtype=object)})
    with pytest.raises(InputError, match=said):
        compared(wrong, "a", 2005)


def test_an_unknown_impact_is_refused_whatever_the_design():
    with pytest.raises(InputError, match="Impact 'jump' is unknown"):
        compared(PANEL, "a", 2005, impact="jump")


def test_what_a_mask_hides_is_not_used():
    hidden = np.ma.masked_array(Y, mask=[True] + [False] * (N - 1))
    with pytest.raises(InputError, match="without a mask"):
        numbers(hidden, "y")
    with pytest.raises(InputError, match="without a mask"):
        interrupted(hidden, YEARS, 2010)
    assert list(numbers(np.ma.masked_array(Y), "y")) == list(Y)  # a mask that hides nothing


def test_one_series_is_no_batch():
    with pytest.raises(InputError, match="one row of numbers"):
        ar1_reml(np.stack([Y, Y]), X)


def test_common_periods_of_no_unit_named_are_all():
    assert common_periods(PANEL, np.array([])).empty
    assert len(common_periods(PANEL)) == len(PANEL)


def test_more_draws_than_any_study_needs_are_refused():
    with pytest.raises(InputError, match="draws must be 1,000,000 or less"):
        concentration(Y, draws=10**7)


def test_labels_decide_not_positions():
    years = list(YEARS)
    usual = interrupted(Y, years, 2010, impact="step").ratios
    turned = pd.Series(Y, index=years).iloc[::-1]
    pd.testing.assert_frame_equal(interrupted(turned, years, 2010, impact="step").ratios, usual)
    assert trend(turned, years, breaks=False).growth == trend(Y, years, breaks=False).growth
    column = np.random.default_rng(2).normal(size=N)
    by_label = pd.DataFrame({"x": column}, index=years).iloc[::-1]
    pd.testing.assert_frame_equal(
        interrupted(Y, years, 2010, covariates=by_label).ratios,
        interrupted(Y, years, 2010, covariates={"x": column}).ratios,
    )


@pytest.mark.parametrize("given", ["y", "covariates", "offset", "exposure"])
def test_labels_of_something_else_are_refused(given):
    other = pd.Series(np.linspace(1, 2, N), index=range(100, 100 + N))
    arguments = {"y": Y, given: {"x": other} if given == "covariates" else other}
    with pytest.raises(InputError, match="labels"):
        interrupted(time=list(YEARS), at=2010, **arguments)
    if given == "y":
        with pytest.raises(InputError, match="labels"):
            forecast(other, list(YEARS))


def test_two_columns_of_one_frame_go_together_whatever_its_index():
    frame = pd.DataFrame({"y": Y, "t": YEARS}, index=range(7, 7 + N))
    assert aligned(frame["y"], frame["t"], "y") is frame["y"] or aligned(frame["y"], frame["t"], "y").equals(
        frame["y"]
    )


@pytest.mark.parametrize(
    "day",
    [
        2015,
        2015.0,
        np.int64(2015),
        "2015",
        "01/02/2015",
        pd.Period("2015"),
        pd.Timestamp("2015", tz="UTC"),
        True,
    ],
    ids=repr,
)
def test_what_is_no_day_is_refused_with_its_row(day):
    wrong = READINGS.assign(window_start=[day, *READINGS["window_start"][1:]])
    with pytest.raises(InputError, match=r"'a'.*window_start"):
        reconstruct(wrong)


def test_days_in_every_right_form_are_the_same_days():
    stamps = READINGS["window_start"]
    for form in (stamps, stamps.dt.date, stamps.dt.strftime("%Y-%m-%d"), stamps.astype("datetime64[s]")):
        assert list(days(form, "window_start")) == list(stamps)


@pytest.mark.parametrize(("column", "day"), [("window_start", "0202-01-01"), ("window_start", "1820-01-01"),
                                              ("window_end", "2205-12-31"), ("window_end", "2199-12-31")])  # fmt: skip
def test_a_span_without_end_is_refused(column, day):
    cells = READINGS[column].dt.strftime("%Y-%m-%d").tolist()
    cells[0 if column == "window_start" else -1] = day
    with pytest.raises(InputError, match=r"1800 to 2200|more than 100 years"):
        reconstruct(READINGS.assign(**{column: cells}))


@pytest.mark.parametrize("value", [1j, np.inf, None, "1,000"], ids=repr)
def test_values_that_are_no_numbers_are_refused(value):
    with pytest.raises(InputError, match="'a' has no finite value"):
        reconstruct(READINGS.assign(value=[value, *READINGS["value"][1:]]))


@pytest.mark.parametrize(
    "arguments",
    [
        {"y": Y + 1j}, {"y": np.ones(N) + 1e-15 * np.arange(N)}, {"level": "95%"}, {"level": 95},
        {"errors": "hac", "hac_lags": -1},
        {"errors": "hac", "hac_lags": 1000}, {"gaps": "no"},
    ],
    ids=repr,
)  # fmt: skip
def test_what_was_silently_wrong_is_a_sentence(arguments):
    with pytest.raises(InputError):
        interrupted(**{"y": Y, "time": YEARS, "at": 2010, **arguments})


@pytest.mark.parametrize("text", ["1" * 400 + "起", "９" * 400, "-5 cases"])
def test_no_print_says_so(text):
    with pytest.raises(InputError, match="text"):
        parse_printed(text)


def test_an_exponent_is_no_figure():
    assert parse_printed("1e400") is None


def test_numbers_reads_missing_cells_and_refuses_what_loses_a_part():
    assert np.isnan(numbers(pd.array([None, 1.0], dtype="Float64"), "y")[0])
    assert numbers([Decimal("1.5")], "y")[0] == 1.5
    for wrong in ([1, 2j], ["a"], [10**400], [[1], [2]], pd.to_datetime(["2020-01-01"])):
        with pytest.raises(InputError, match="y"):
            numbers(wrong, "y")


@pytest.mark.parametrize("wrong", [None, 5, "x", pd.Timestamp("2020-01-01")])
def test_a_window_is_made_of_dates(wrong):
    with pytest.raises(InputError, match="start"):
        Window(wrong, wrong)
