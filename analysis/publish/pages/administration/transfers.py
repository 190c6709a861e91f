"""Transfers to the police: how many of an administration's own recorded cases it handed over."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import rows_figure, told
from analysis.publish.words import between, quote, window
from analysis.series.lookup import by_id

# Cases handed over and the cases they come from, of one body and one window: body -> pairs of reading ids.
PAIRS = {
    "all administrations": (("adm-0656", "adm-0627"), ("adm-0619", "adm-0616"), ("adm-0736", "adm-0735")),
    "trade and industry": (
        ("adm-0255", "adm-0253"),
        ("adm-0212", "adm-0209"),
        ("adm-0429", "adm-0427"),
        ("adm-0223", "adm-0221"),
    ),
    "market regulators": (("adm-0498", "adm-0497"), ("adm-0545", "adm-0543")),
    "copyright, Sword Net": (("adm-0410", "adm-0406"), ("adm-0818", "adm-0816")),
}
LOOKS = dict(zip(PAIRS, zip(style.GROUPS, "Dosv", strict=False), strict=True))


def shares(dataset: Dataset) -> pd.DataFrame:
    """Return one row a pair: body, when, handed and cases (as printed), value, low, high (per hundred cases).

    Raises InputError where the two readings of a pair do not share their window.
    """
    rows = by_id(dataset, _ids())
    return pd.DataFrame(
        _pair(body, rows[handed], rows[cases]) for body, pairs in PAIRS.items() for handed, cases in pairs
    )


def _ids() -> list[str]:
    """Return the readings of all pairs."""
    return [one for pairs in PAIRS.values() for pair in pairs for one in pair]


def _pair(body: str, handed: pd.Series, cases: pd.Series) -> dict[str, object]:
    """Return a pair as a row."""
    start, end = handed["window_start"], handed["window_end"]
    if (start, end) != (cases["window_start"], cases["window_end"]):
        names = f"{handed['reading_id']!r} and {cases['reading_id']!r}"
        raise InputError(f"{names} do not share a window; pair other readings.")
    colour, marker = LOOKS[body]
    printed = [quote(one, unit=False) for one in (handed, cases)]
    return {
        "label": f"{body}\n{_when(start, end)}",
        "note": " of ".join(printed),
        "value": 100 * handed["value"] / cases["value"],
        "low": 100 * handed["low"] / cases["high"],
        "high": 100 * handed["high"] / cases["low"],
        "colour": colour,
        "marker": marker,
    }


def _when(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a window shortly: 2013, 2005 to 2016, Jan to Apr 2012."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return window(start, end)
    first = f"{start:%b}" if start.year == end.year else f"{start:%b %Y}"
    return f"{first} to {end:%b %Y}"


def transfers_chart(dataset: Dataset) -> Chart:
    """Draw the cases handed over per hundred recorded cases, a row a body and window."""
    found = shares(dataset)
    rows = found.assign(label=found["label"].str.replace("\n", ", "))
    said = told(rows, lambda row: f"{row['label']}: {row['note']}, {between(row['low'], row['high'], 2)}")
    return Chart(
        name="administration-transfers",
        figure=rows_figure(found, axis="transferred, per hundred recorded cases", height=4.6, zero=True),
        title="Fewer than one recorded case in ten was transferred, wherever both counts are printed",
        alt=f"Rows with what was printed and what it makes per hundred cases. {said}.",
        note="Cases transferred, divided by the cases that the same body printed for the same days; the "
        "mark divides the printed values, a bar is what the two hedges allow. Some bodies count cases "
        "filed, others cases investigated, so rows are not to be ranked.",
        source=source_line(dataset, _ids()),
        frame=found,
    )
