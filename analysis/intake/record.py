"""A figure beside the readings of the record: is it there, what speaks of the same quantity, what contradicts it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.dataset.load import typed
from analysis.dataset.tables import TABLES
from analysis.readings import intervals
from analysis.series import definition
from analysis.series.conflicts import copied_conflicts, nested_conflicts
from analysis.series.key import levels_of, readings_where
from analysis.series.pair_kinds import PairKind, pair_kinds

SLACK = 3  # days by which a window's end may differ where it is only told from the date of a text
ALIKE = 88  # of 100: titles of one document, in rapidfuzz's token_set_ratio
SEASON = 31  # days between two texts that may be one
COUNTED = ("reporter", "jurisdiction", "unit", "kind")
QUANTITY = (
    *COUNTED, "indicator", "channel", "subject", "track", "stage", "product", "origin", "mode", "region", "basis",
    "relation", "detail",
)  # fmt: skip


def as_readings(proposals: pd.DataFrame, published: str) -> pd.DataFrame:
    """Return proposals as typed readings with ids (`figure-1`), low, high, days and the text's date."""
    table = TABLES["readings"]
    text = proposals[table.columns].reset_index(drop=True).astype(object).map(_cell)
    text["reading_id"] = [f"figure-{number}" for number in range(1, len(text) + 1)]
    found = typed(table, text)
    found = found.join(intervals(found)[["low", "high"]])
    days = (found["window_end"] - found["window_start"]).dt.days + 1
    return found.assign(days=days, published=published)


def _cell(value: object) -> str:
    """Return a cell as text; blank where there is none."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def same_window(row: pd.Series[Any], others: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which readings cover the window of one: to the day, or to three days where an end is the day of a text."""
    start = others["window_start"] == row["window_start"]
    start |= others["window_start"].isna() & pd.isna(row["window_start"])
    apart = (others["window_end"] - row["window_end"]).dt.days.abs()
    loose = (others["window_basis"].astype(str) == "text_date") | (str(row["window_basis"]) == "text_date")
    end = apart <= np.where(loose, SLACK, 0)
    end |= others["window_end"].isna() & pd.isna(row["window_end"])
    found: NDArray[np.bool_] = (start & end).to_numpy(dtype=bool)
    return found


def aligned(row: pd.Series[Any], others: pd.DataFrame) -> pd.DataFrame:
    """Return readings with their ends moved to that of a figure where the two are told from the dates of texts.

    So windows nest that are apart by the day on which a text appeared; `days` follows.
    """
    apart = (others["window_end"] - row["window_end"]).dt.days.abs()
    loose = (others["window_basis"].astype(str) == "text_date") & (str(row["window_basis"]) == "text_date")
    end = others["window_end"].mask(loose & (apart <= SLACK), row["window_end"])
    return others.assign(window_end=end, days=(end - others["window_start"]).dt.days + 1)


def perhaps(dataset: Dataset, row: pd.Series[Any], found: pd.DataFrame) -> tuple[str, ...]:
    """Return readings of texts of the same weeks that have a figure's value and unit, but for those found already.

    They may be the same figure under another counter, indicator or window.
    """
    dated = pd.to_datetime(dataset.sources["published"], errors="coerce", format="%Y-%m-%d")
    near = (dated - pd.Timestamp(row["published"])).dt.days.abs() <= SEASON
    sources = set(dataset.sources.loc[near.to_numpy(), "source_id"])
    rows = readings_where(dataset, {name: (str(row[name]),) for name in ("unit", "kind", "hedge")})
    same = np.isclose(rows["value"], row["value"], rtol=1e-9) & rows["source_id"].isin(sources).to_numpy()
    ids = rows.loc[same & ~rows["reading_id"].isin(found["reading_id"]).to_numpy(), "reading_id"]
    return tuple(str(one) for one in ids)


def held(dataset: Dataset, row: pd.Series[Any]) -> pd.DataFrame:
    """Return the readings that state a figure already: the same counter, unit, value and window.

    `otherwise` names the columns in which they are coded in other words.
    """
    where = {name: (str(row[name]),) for name in COUNTED}
    found = readings_where(dataset, where)
    same = np.isclose(found["value"], row["value"], rtol=1e-9) & same_window(row, found)
    found = found[same]
    named = [name for name in QUANTITY if name not in COUNTED]
    told = [", ".join(n for n in named if str(one[n]) != str(row[n])) for _, one in found.iterrows()]
    order = np.argsort([len(one) for one in told], kind="stable")
    return found.assign(otherwise=pd.Series(told, index=found.index, dtype=object)).iloc[order]


def related(dataset: Dataset, row: pd.Series[Any], series: tuple[str, ...]) -> pd.DataFrame:
    """Return the readings of a figure's series, or else of the very same words, with low, high and days."""
    parts = [readings_where(dataset, levels_of(definition(dataset, name))) for name in series]
    parts.append(readings_where(dataset, {name: (str(row[name]),) for name in QUANTITY}))
    found = pd.concat(parts).drop_duplicates("reading_id").reset_index(drop=True)
    found = found[found["kind"].astype(str) == str(row["kind"])].reset_index(drop=True)
    days = (found["window_end"] - found["window_start"]).dt.days + 1
    return found.join(intervals(found)[["low", "high"]]).assign(days=days)


def same_quantity(row: pd.Series[Any], others: pd.DataFrame) -> pd.DataFrame:
    """Return the figures among others that count the very same, in whatever window."""
    same = np.ones(len(others), dtype=bool)
    for name in QUANTITY:
        same &= (others[name].astype(str) == str(row[name])).to_numpy()
    found: pd.DataFrame = others[same & (others["reading_id"] != row["reading_id"]).to_numpy()]
    return found


def conflicting(figure: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the readings that one figure (a frame of one row) cannot stand beside: reading_id, rule, size.

    The rules are those of `series.conflicts`. The same value over the same window, but for the day of a text, is none.
    """
    row = figure.iloc[0]
    repeats = same_window(row, others) & np.isclose(others["value"], row["value"], rtol=1e-9)
    frame = pd.concat([figure, others[~repeats]], ignore_index=True)
    parts = [nested_conflicts(frame), copied_conflicts(frame)]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    own = str(row["reading_id"])
    found = found[(found["reading_a"] == own) | (found["reading_b"] == own)]
    other = found["reading_a"].where(found["reading_a"] != own, found["reading_b"])
    ordered = found.assign(reading_id=other).sort_values(["rule", "size"], ascending=[False, False])
    told: pd.DataFrame = ordered[["reading_id", "rule", "size"]].reset_index(drop=True)
    return told


def known_pairs(dataset: Dataset, reading_id: str) -> list[tuple[str, PairKind, str]]:
    """Return what the tables tell of a reading: the other reading of a pair, the kind, and which id to quote if any."""
    found = []
    for pair, known in pair_kinds(dataset).items():
        if reading_id in pair:
            quoted = {"quote_a": pair[0], "quote_b": pair[1]}.get(known.verdict, "")
            found.append((pair[1] if pair[0] == reading_id else pair[0], known, quoted))
    return found


def sources_alike(dataset: Dataset, text: str, published: str) -> pd.DataFrame:
    """Return the sources whose title stands at the head of a text of about that date: source_id, title, likeness."""
    from rapidfuzz import fuzz, process, utils

    day = pd.Timestamp(published)
    dated = pd.to_datetime(dataset.sources["published"], errors="coerce", format="%Y-%m-%d")
    near = dataset.sources[((dated - day).dt.days.abs() <= SEASON).to_numpy()]
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) > 12][:3]
    best: dict[int, float] = {}
    for line in lines:
        heads = process.extract(
            line[:200], near["title"].tolist(), scorer=fuzz.token_set_ratio, processor=utils.default_process,
            score_cutoff=ALIKE, limit=5,
        )  # fmt: skip
        for _, score, place in heads:
            best[place] = max(best.get(place, 0.0), float(score))
    found = near.iloc[list(best)][["source_id", "title"]].assign(likeness=list(best.values()))
    return found.sort_values(["likeness", "source_id"], ascending=[False, True], ignore_index=True)
