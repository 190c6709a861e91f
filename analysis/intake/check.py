"""Check a release: what each of its figures means beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.intake import cautions, implied, record
from analysis.intake.belongs import series_of
from analysis.intake.proposal import Proposal
from analysis.intake.propose import propose
from analysis.intake.report import Report
from analysis.intake.sentence import has_pace, sentence
from analysis.intake.year_before import year_before
from analysis.readings.words import UNIT_WORDS, quote, window
from analysis.series.pair_kinds import PairKind

SHOWN = (
    "as_printed", "reporter", "jurisdiction", "programme", "indicator", "subject", "track", "stage", "product",
    "channel", "breadth", "value", "value_high", "unit", "hedge", "kind", "window_start", "window_end", "window_basis",
    "low", "high", "days",
)  # fmt: skip
RULES = {
    "same": "the window is the same, and the two exclude each other",
    "nested": "the windows nest, and what lies between them does not fit",
    "copied": "the same number stands over other days",
}


@checked
def check(
    text: str,
    published: str | date,
    data: Dataset,
    *,
    language: Literal["zh", "en"] | None = None,
    source: str | None = None,
) -> Report:
    """Return what a text says, figure by figure, and what that means beside the record.

    Parameters
    ----------
    text
        The words of a release, Chinese or English, 1 MB at most.
    published
        The day it appeared (YYYY-MM-DD): windows such as "so far this year" end there.
    data
        The record.
    language
        "zh" or "en"; told from the text where it is left out.
    source
        Who published it, where that helps to tell who counted.

    Raises
    ------
    InputError
        The text is empty or holds no figure, or the date is none or after today.
    """
    return check_proposal(propose(text, published, language=language, source=source, data=data), data, text)


@checked
def check_proposal(proposal: Proposal, data: Dataset, text: str = "") -> Report:
    """Return what proposed figures mean beside the record; `text` is searched for titles that the record knows.

    Raises
    ------
    InputError
        The proposal holds no figure.
    """
    if proposal.readings.empty:
        raise InputError(
            "No figure was found in the text: give the words of a release that states counts, values or shares "
            f"({len(proposal.passed_over)} numbers were passed over)."
        )
    figures = record.as_readings(proposal.readings, f"{proposal.published}")
    told: dict[str, list[dict[str, Any]]] = {"nested": [], "conflicts": [], "cautions": []}
    rows, sentences = [], []
    for place in range(len(figures)):
        row, said, quoted = _figure(data, figures, place, told)
        rows.append(row | {"confidence": proposal.readings.iloc[place]["confidence"]})
        told = said
        sentences.append(quoted)
    told["nested"] += implied.each(figures)
    return Report(
        published=proposal.published,
        version=data.version,
        figures=pd.DataFrame(rows),
        nested=_once(pd.DataFrame(told["nested"], columns=implied.COLUMNS)),
        conflicts=pd.DataFrame(told["conflicts"], columns=["figure", "reading_id", "rule", "size", "says"]),
        cautions=pd.DataFrame(told["cautions"], columns=cautions.COLUMNS),
        sentences=tuple(sentences),
        sources=record.sources_alike(data, text, f"{proposal.published}"),
        passed_over=proposal.passed_over,
    )


def _figure(
    data: Dataset, figures: pd.DataFrame, place: int, told: dict[str, list[dict[str, Any]]]
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]], str]:
    """Return one figure's row, the tables with what is told of it, and its sentence."""
    figure = figures.iloc[[place]].reset_index(drop=True)
    row = figure.iloc[0]
    name, unit = str(row["reading_id"]), UNIT_WORDS.get(str(row["unit"]), str(row["unit"]))
    known = record.held(data, row)
    series = series_of(data, figure) or _series_of_held(data, known)
    others = record.related(data, row, series)
    before = year_before(data, row, others, series)
    beside = record.same_quantity(row, figures)
    around = pd.concat([others, beside], ignore_index=True) if len(beside) else others
    against = record.conflicting(figure, record.aligned(row, others))
    pairs = implied.nested(row, around, unit) + implied.rest_of_year(data, row, series, others, unit)
    clash = [
        _known(name, here, *one) for here in known["reading_id"] for one in record.known_pairs(data, here)
    ]
    told_of = {one["reading_id"] for one in clash} | set(known["reading_id"])
    against = against[~against["reading_id"].isin(told_of)].drop_duplicates("reading_id")
    clash += [_conflict(row, one, others) for one in against.to_dict("records")]
    found = {
        "nested": told["nested"] + pairs,
        "conflicts": told["conflicts"] + clash,
        "cautions": told["cautions"] + cautions.cautions(data, figure, series),
    }
    timed = has_pace(row)
    made = {
        "figure": name,
        **{column: row[column] for column in SHOWN},
        "rate_low": row["low"] / row["days"] if timed else np.nan,
        "rate_high": row["high"] / row["days"] if timed else np.nan,
        "held": ";".join(known["reading_id"]),
        "perhaps": "" if series and len(known) else ";".join(record.perhaps(data, row, known)),
        "otherwise": str(known["otherwise"].iloc[0]) if len(known) else "",
        "series": ";".join(series),
        "before": before.kind if before else "",
        "before_name": before.name if before else "",
        "before_low": before.low if before else np.nan,
        "before_high": before.high if before else np.nan,
        "change_low": before.change[0] if before else np.nan,
        "change_high": before.change[1] if before else np.nan,
        "exceeds": ("yes" if before.exceeds else "no") if before else "",
        "conflicts": ";".join(dict.fromkeys(one["reading_id"] for one in clash)),
    }
    return made, found, sentence(row, before)


def _series_of_held(data: Dataset, known: pd.DataFrame) -> tuple[str, ...]:
    """Return the series of the first reading that states a figure already, where the figure's own words fit none."""
    if known.empty:
        return ()
    rows = data.readings_series[data.readings_series["reading_id"] == known["reading_id"].iloc[0]]
    pairs = zip(rows["series_id"].astype(str), rows["member"].astype(str), strict=True)
    return tuple(
        f"{name}/{unit}" if unit else name for name, unit in sorted(pairs, key=lambda one: one[1] != "")
    )


def _conflict(row: pd.Series[Any], one: Mapping[Any, Any], others: pd.DataFrame) -> dict[str, Any]:
    """Return a conflict that a rule finds, in words."""
    there = others[others["reading_id"] == one["reading_id"]]
    other = there.iloc[0]
    when = window(other["window_start"], other["window_end"])
    rule = "same" if record.same_window(row, there)[0] else str(one["rule"])
    says = f"{one['reading_id']} has {quote(other)} for {when}; {RULES[rule]}."
    told = {str(name): cell for name, cell in one.items()}
    return {"figure": str(row["reading_id"]), **told, "says": says}


def _known(figure: str, here: str, other: str, known: PairKind, quoted: str) -> dict[str, Any]:
    """Return a pair that the tables of the record tell of, in words."""
    choice = f"quote {quoted}" if quoted else known.verdict.replace("_", " ")
    says = f"{here}, which is this figure, against {other} ({known.kind.replace('_', ' ')}; {choice}): {known.note}"
    return {"figure": figure, "reading_id": other, "rule": known.kind, "size": np.nan, "says": says}


def _once(nested: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of windows without those that two figures of the text both tell of."""
    pair = [" ".join(sorted(one)) for one in zip(nested["figure"], nested["other"], strict=True)]
    kept: pd.DataFrame = nested[~pd.Series(pair, dtype=object).duplicated().to_numpy()]
    return kept.reset_index(drop=True)
