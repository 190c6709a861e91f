"""Agreement between what `as_printed` says and what the row holds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset.dimensions import WORKING_NOTES
from analysis.dataset.failure import Failure
from analysis.errors import InputError
from analysis.readings.printed import Printed, figures_in, parse_printed

_NEEDED = ("reading_id", "as_printed", "value", "unit", "hedge")


@checked
def agreement(readings: pd.DataFrame) -> pd.DataFrame:
    """Return, for every reading, what its `as_printed` says beside what the row holds.

    The row's unit is used to choose among several figures in one text ("17件 37人"); `agrees_unaided` says
    whether the value is found without it, so that the help can be counted.

    Parameters
    ----------
    readings
        Rows with reading_id, as_printed, value, unit and hedge; value_high is optional.

    Returns
    -------
    DataFrame
        One row a reading, in the same order: reading_id, as_printed, figures (how many the text holds),
        value, value_high, unit, hedge, parsed_value, parsed_high, parsed_unit, parsed_hedge, and the nullable
        booleans agrees_value (upper end included), agrees_unaided, agrees_unit and agrees_hedge. Where the
        text names no unit, agrees_unit is blank: it is not printed, which is no disagreement. Where the text
        holds no figure the value does not agree, and unit and hedge are blank.

    Raises
    ------
    InputError
        A column is missing.
    """
    missing = [column for column in _NEEDED if column not in readings.columns]
    if missing:
        raise InputError(f"agreement() needs the columns {', '.join(_NEEDED)}; missing: {', '.join(missing)}")
    result = readings.loc[:, ["reading_id", "as_printed"]].reset_index(drop=True)
    texts = result["as_printed"].fillna("").astype(str).tolist()
    units = readings["unit"].astype(str).tolist()
    parsed = [parse_printed(text, unit) for text, unit in zip(texts, units, strict=True)]
    result["figures"] = [len(figures_in(text)) for text in texts]
    high = readings["value_high"] if "value_high" in readings.columns else pd.Series(np.nan, readings.index)
    for column, cells in (("value", readings["value"]), ("value_high", high)):
        result[column] = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float)
    for column in ("unit", "hedge"):
        result[column] = readings[column].astype(str).to_numpy(dtype=object)
    result = result.assign(**_parsed_columns(parsed))
    unaided = [parse_printed(text) for text in texts]
    pairs = list(zip(result["value"], result["value_high"], strict=True))
    result["agrees_value"] = [_same(p, *pair) for p, pair in zip(parsed, pairs, strict=True)]
    result["agrees_unaided"] = [_same(p, *pair) for p, pair in zip(unaided, pairs, strict=True)]
    for column in ("unit", "hedge"):
        printed = result[f"parsed_{column}"]
        agrees = (printed == result[column]).astype("boolean")
        result[f"agrees_{column}"] = agrees.mask(printed.isna(), pd.NA)
    return result


def _parsed_columns(parsed: list[Printed | None]) -> dict[str, list[Any]]:
    """Return what the texts say, as columns; blank where a text holds no figure."""
    return {
        "parsed_value": [math.nan if p is None else p.value for p in parsed],
        "parsed_high": [math.nan if p is None or p.high is None else p.high for p in parsed],
        "parsed_unit": [None if p is None else p.unit for p in parsed],
        "parsed_hedge": [None if p is None else p.hedge for p in parsed],
    }


def _same(printed: Printed | None, value: float, high: float) -> bool:
    """Tell whether a printed figure has this value, and this upper end where it has one."""
    if printed is None or not math.isclose(printed.value, value, rel_tol=1e-9):
        return False
    if printed.high is None or math.isnan(high):
        return printed.high is None and math.isnan(high)
    return math.isclose(printed.high, high, rel_tol=1e-9)


@checked
def summary(compared: pd.DataFrame) -> pd.DataFrame:
    """Return how often the result of `agreement` agrees: n, agrees and share (0 to 1) for each question.

    The rows are value (the row's unit chooses among several figures), value_unaided, unit (of those printed)
    and hedge. Questions that no reading answers have the share NaN.

    Raises
    ------
    InputError
        `compared` is not a result of `agreement`.
    """
    questions = {"value": "agrees_value", "value_unaided": "agrees_unaided", "unit": "agrees_unit"}
    questions["hedge"] = "agrees_hedge"
    missing = [column for column in questions.values() if column not in compared.columns]
    if missing:
        raise InputError(f"summary() needs the result of agreement(); missing columns: {', '.join(missing)}")
    answers = {name: compared[column].dropna() for name, column in questions.items()}
    counts = pd.DataFrame(
        {
            "n": {k: len(a) for k, a in answers.items()},
            "agrees": {k: int(a.sum()) for k, a in answers.items()},
        }
    )
    counts["share"] = counts["agrees"] / counts["n"].replace(0, np.nan)
    return counts


def unexplained(tables: dict[str, pd.DataFrame]) -> list[Failure]:
    """Return where a reading is not what its print shows and disagreements.csv does not say why, and the reverse.

    Parameters
    ----------
    tables
        The tables that could be read, every cell as text, by name: a check for `validate(more=...)`.

    Returns
    -------
    list
        One failure for a value, unit or hedge that the print does not show and that no row explains, and for a row
        of disagreements.csv that explains nothing or repeats another figure than the print shows. None where
        readings or disagreements could not be read: that is a failure of its own.
    """
    if not {"readings", "disagreements"} <= set(tables):
        return []
    found = _disagreements(tables["readings"])
    columns = ["reading_id", "what", "parsed"]
    rows = tables["disagreements"][columns].itertuples(index=False, name=None)
    listed = {(reading_id, what): parsed for reading_id, what, parsed in rows}
    sentence = "is not what as_printed shows ({}); mend the row, or say why in disagreements.csv"
    failures = [
        Failure("readings", row, what, held, sentence.format(printed or "no figure"))
        for (row, what), (held, printed) in found.items()
        if (row, what) not in listed
    ]
    for (row, what), parsed in listed.items():
        if (row, what) not in found:
            rule = "explains nothing: as_printed shows what the reading holds; take the row out"
            failures.append(Failure("disagreements", row, "what", what, rule))
        elif not _alike(parsed, found[row, what][1]):
            rule = f"must be what as_printed shows: {found[row, what][1] or 'blank'}"
            failures.append(Failure("disagreements", row, "parsed", parsed, rule))
    return failures


def _disagreements(readings: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (reading, column) -> (what it holds, what the print shows), where these differ; cells are text.

    Rows whose wording comes from working notes are not asked: their notes say so.
    """
    found = {}
    parsed: dict[tuple[str, str], Printed | None] = {}  # prints repeat
    readings = readings[~readings["notes"].str.startswith(WORKING_NOTES)]
    numbers = [
        pd.to_numeric(readings[column], errors="coerce").tolist() for column in ("value", "value_high")
    ]
    texts = (readings[column].tolist() for column in ("reading_id", "as_printed", "value", "unit", "hedge"))
    for row, text, value, unit, hedge, number, high in zip(*texts, *numbers, strict=True):
        if math.isnan(number) or not text.strip():
            continue  # broken cells, which other rules name
        if (text, unit) not in parsed:
            parsed[text, unit] = parse_printed(text, unit)
        printed = parsed[text, unit]
        if not _same(printed, number, high):
            found[row, "value"] = value, "" if printed is None else f"{printed.value:.15g}"
        if printed is not None and printed.unit not in (None, unit):
            found[row, "unit"] = unit, str(printed.unit)
        if printed is not None and printed.hedge not in (None, hedge):
            found[row, "hedge"] = hedge, str(printed.hedge)
    return found


def _alike(listed: str, printed: str) -> bool:
    """Tell whether two cells are the same word or, to nine digits, the same number."""
    try:
        return math.isclose(float(listed), float(printed), rel_tol=1e-9)
    except ValueError:
        return listed == printed
