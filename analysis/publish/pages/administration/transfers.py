"""Transfers to the police: how many of an administration's own recorded cases it handed over."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.words import between, quote, window
from analysis.series.prints import by_id

SMALL = 8.5


@dataclass(frozen=True)
class Pair:
    """Cases handed over and the cases they come from, of one body and one window, by reading id."""

    body: str
    handed: str
    cases: str


PAIRS = (
    Pair("all administrations", "adm-0656", "adm-0627"),
    Pair("all administrations", "adm-0619", "adm-0616"),
    Pair("all administrations", "adm-0736", "adm-0735"),
    Pair("trade and industry", "adm-0255", "adm-0253"),
    Pair("trade and industry", "adm-0212", "adm-0209"),
    Pair("trade and industry", "adm-0429", "adm-0427"),
    Pair("trade and industry", "adm-0223", "adm-0221"),
    Pair("market regulators", "adm-0498", "adm-0497"),
    Pair("market regulators", "adm-0545", "adm-0543"),
    Pair("copyright, Sword Net", "adm-0410", "adm-0406"),
    Pair("copyright, Sword Net", "adm-0818", "adm-0816"),
)
LOOKS = {
    "all administrations": (style.GREY, "D"),
    "trade and industry": (style.BLUE, "o"),
    "market regulators": (style.ORANGE, "s"),
    "copyright, Sword Net": (style.PURPLE, "v"),
}


def shares(dataset: Dataset) -> pd.DataFrame:
    """Return one row a pair: body, when, handed, cases (as printed), value, low and high (per hundred cases).

    Raises InputError where the two readings of a pair do not share their window.
    """
    rows = by_id(dataset, [one for pair in PAIRS for one in (pair.handed, pair.cases)])
    found = []
    for pair in PAIRS:
        handed, cases = rows[pair.handed], rows[pair.cases]
        start, end = handed["window_start"], handed["window_end"]
        if (start, end) != (cases["window_start"], cases["window_end"]):
            raise InputError(
                f"{pair.handed!r} and {pair.cases!r} do not share a window; pair other readings."
            )
        found.append(
            {
                "body": pair.body,
                "when": _when(start, end),
                "handed": quote(handed, unit=False),
                "cases": quote(cases, unit=False),
                "value": 100 * handed["value"] / cases["value"],
                "low": 100 * handed["low"] / cases["high"],
                "high": 100 * handed["high"] / cases["low"],
            }
        )
    return pd.DataFrame(found)


def _when(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a window shortly: 2013, 2005 to 2016, Jan to Apr 2012."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return window(start, end)
    first = f"{start:%b}" if start.year == end.year else f"{start:%b %Y}"
    return f"{first} to {end:%b %Y}"


def transfers_chart(dataset: Dataset) -> Chart:
    """Draw the cases handed over per hundred recorded cases, a row a body and window."""
    found = shares(dataset)
    figure, axes = style.subplots(size=(5.8, 4.6))
    for place, row in enumerate(found.to_dict("records")):
        colour, marker = LOOKS[row["body"]]
        axes.plot([row["low"], row["high"]], [place, place], color=colour, lw=5, alpha=0.35)
        axes.plot(row["value"], place, marker, color=colour, ms=5.5)
        axes.annotate(
            f"{row['handed']} of {row['cases']}", (row["high"], place), (7, 0), textcoords="offset points",
            va="center", fontsize=SMALL, color="#444444",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip
    axes.set_yticks(range(len(found)), [f"{r['body']}\n{r['when']}" for r in found.to_dict("records")])
    axes.tick_params(axis="y", labelsize=SMALL)
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(0, found["high"].max() * 1.45)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("transferred, per hundred recorded cases")
    ids = [one for pair in PAIRS for one in (pair.handed, pair.cases)]
    return Chart(
        name="administration-transfers",
        figure=style.finish(figure),
        title="Fewer than one recorded case in ten was transferred, wherever both counts are printed",
        alt="Rows with what was printed and what it makes per hundred cases. " + _alt(found),
        note="Cases transferred, divided by the cases that the same body printed for the same days; the "
        "mark divides the printed values, a bar is what the two hedges allow. Some bodies count cases "
        "filed, others cases investigated, so rows are not to be ranked.",
        source=source_line(dataset, ids),
    )


def _alt(found: pd.DataFrame) -> str:
    """Say each row's print and share."""
    return (
        "; ".join(
            f"{row['body']}, {row['when']}: {row['handed']} of {row['cases']}, {between(row['low'], row['high'], 2)}"
            for row in found.to_dict("records")
        )
        + "."
    )
