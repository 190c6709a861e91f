"""Every public result fits a screen, as text and as HTML, whatever it holds."""

import dataclasses
import importlib
import inspect
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.models import compared, forecast, interrupted, trend
from analysis.readings import parse_printed
from analysis.results import Result, Results
from analysis.series import printed_years, reconstruct

YEARS = np.arange(2000, 2020)
Y = np.exp(3 + np.random.default_rng(1).normal(0, 0.1, 20))
PANEL = pd.DataFrame(
    [
        (u, t, Y[t - 2000] * (1 + k + 0.1 * (t * (k + 2) % 3)))
        for k, u in enumerate("abcd")
        for t in YEARS[:10]
    ],
    columns=["unit", "period", "y"],
)
STARTS = pd.to_datetime([f"{year}-01-01" for year in range(2015, 2021)])
READINGS = pd.DataFrame(
    {
        "value": [100.0, 120, 90, 150, 130, 170],
        "unit": "case",
        "hedge": "exact",
        "kind": "flow",
        "window_start": STARTS,
    }
)
READINGS["window_end"] = READINGS["window_start"] + pd.offsets.YearEnd(0)

HOSTILE = "<script>alert(1)</script>\"'&\n\x1b[31m\u202e" + "x" * 500
HOLDS = [
    HOSTILE,
    pd.DataFrame(np.ones((500, 40)), columns=[HOSTILE + str(k) for k in range(40)]),
    np.ones((300, 300)),
]
HOLDS += [[HOSTILE] * 500, {HOSTILE + str(k): k for k in range(500)}, 1e300, None, pd.Series(range(500))]


def public_results():
    for room in ("", ".dataset", ".readings", ".series", ".models", ".scrutiny", ".publish.findings"):
        module = importlib.import_module(f"analysis{room}")
        for name in module.__all__:
            one = getattr(module, name)
            if inspect.isclass(one) and dataclasses.is_dataclass(one):
                yield one


CLASSES = list(dict.fromkeys(public_results()))


class Tags(HTMLParser):
    """Tags that open and close in order, and those seen."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check(result):
    lines = repr(result).split("\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert all(line.isprintable() for line in lines)
    assert lines[0].startswith(type(result).__name__)
    assert isinstance(result.summary(), pd.Series)
    tags = Tags()
    tags.feed(result._repr_html_())
    assert not tags.open
    assert tags.seen <= {"table", "caption", "tbody", "tr", "th", "td"}


def test_there_are_results():
    assert len(CLASSES) > 30


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_public_result_shows_itself(kind):
    assert issubclass(kind, Result)
    assert "__repr__" not in vars(kind)
    assert "summary" not in {field.name for field in dataclasses.fields(kind)}
    if "summary" in vars(kind):
        return  # it computes: the real ones below
    for value in HOLDS:
        one = object.__new__(kind)
        for field in dataclasses.fields(kind):
            object.__setattr__(one, field.name, value)
        check(one)


@pytest.mark.parametrize(
    "make",
    [
        lambda: analysis.load(),
        lambda: parse_printed("1.1万余起"),
        lambda: printed_years(analysis.load(), "us-share-cn-msrp"),
        lambda: interrupted(Y, YEARS, 2010),
        lambda: forecast(Y, YEARS),
        lambda: trend(Y, YEARS, breaks=False),
        lambda: compared(PANEL, "a", 2005),
        lambda: reconstruct(READINGS),
    ],
)
def test_real_results_fit_a_screen(make):
    check(make())


def test_many_results_by_name_fit_a_screen_and_stay_a_mapping():
    many = Results({f"h-{k}{HOSTILE}": parse_printed("5 cases") for k in range(200)})
    check(many)
    assert len(many) == 200
    assert "178 more" in repr(many)
