"""What the command line prints: a series with its readings, how well prints and rows agree, and the quality."""

from __future__ import annotations

import shutil
import textwrap

import pandas as pd
from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.publish.words import quote, window
from analysis.readings import agreement, intervals, summary
from analysis.series import RULE, breaks_of, definition, printed_years, quality, readings_of
from analysis.series.whole_years import year_of


def series_listing(dataset: Dataset, series_id: str) -> str:
    """Return a series as text: what it counts, its caveats, every reading with hedge, window and source.

    An asterisk marks the reading that the yearly series takes. Raises InputError for an unknown series.
    """
    key = definition(dataset, series_id)
    found = readings_of(dataset, series_id)
    picked: set[str] = set()
    if year_of(found, fiscal=key.fiscal).notna().any():
        picked = set(printed_years(dataset, series_id).table["reading_id"])
    found = found.join(intervals(found)[["low", "high"]])
    rows = [
        {
            "": "*" if row["reading_id"] in picked else "",
            "window": window(row["window_start"], row["window_end"]),
            "printed": row["as_printed"], "read as": quote(row),
            "low": f"{row['low']:,.10g}", "high": f"{row['high']:,.10g}",
            "reading": row["reading_id"], "source": row["source_id"], "tier": row["tier"],
        }
        for _, row in found.iterrows()
    ]  # fmt: skip
    head = f"{key.series_id}: {key.title}\nCounts {key.counts}; unit {key.unit}; {key.frequency.replace('_', ' ')}."
    told = breaks_of(dataset, key.series_id)
    changed = [f"{row['date']:%Y-%m-%d} {row['what_changed']}" for _, row in told.iterrows()]
    notes = [
        f"Caveats: {key.caveats}",
        *([f"Breaks: {' '.join(changed)}"] if changed else []),
        f"* taken for its year: {RULE}.",
        f"Data {dataset.version}, {dataset.fingerprint}.",
    ]
    sides = ["right" if name in ("low", "high") else "left" for name in rows[0]]
    body = tabulate(rows, headers="keys", disable_numparse=True, colalign=sides)
    return "\n\n".join((_wrapped(head), body, _wrapped("\n".join(notes))))


def _wrapped(text: str) -> str:
    width = max(60, min(110, shutil.get_terminal_size((100, 24)).columns))
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def agreement_listing(dataset: Dataset) -> str:
    """Return how often value, unit and hedge read from the print agree with the row."""
    found = summary(agreement(dataset.readings))
    rows = [
        (str(name).replace("_", ", "), row["n"], row["agrees"], f"{row['share']:.2%}")
        for name, row in found.iterrows()
    ]
    return tabulate(rows, headers=("", "compared", "agree", "share"))


def quality_listing(dataset: Dataset) -> str:
    """Return how good the evidence is, as text: one small table a question, the data version at the end."""
    tiers, hedges = quality.by_tier(dataset), quality.by_hedge(dataset)
    windows, seconds = quality.windows_missing(dataset), quality.second_sources(dataset)
    covered = quality.coverage(dataset).groupby("group", sort=False)
    sums = covered[["years", "gaps", "competing", "conflicts", "breaks"]].sum()
    sums.insert(0, "series", covered.size())
    rates = quality.conversions(dataset)
    parts = (
        ("Readings by tier of their source", _named(tiers.assign(all=tiers.sum(axis=1)))),
        ("Readings by hedge", _shares(hedges)),
        ("Windows that lack a day, and windows told from the date of the text", _shares(windows)),
        ("Readings with two or more independent sources", _shares(seconds)),
        (
            "Series: whole years, years missing between them, rival figures, conflicts, breaks",
            _named(sums.reindex([name for name in quality.STRAND_NAMES if name in sums.index])),
        ),
        (
            "Conflicts by kind (official and unknown contradict each other)",
            quality.conflicts_by_kind(dataset),
        ),
        (f"Conversions of money: {rates['listed'].sum()} of {len(rates)} off by more than 3%", _rates(rates)),
    )
    texts = [f"{title}\n\n{_text(frame)}" for title, frame in parts]
    return "\n\n".join([*texts, f"Data {dataset.version}, {dataset.fingerprint}."])


def _text(frame: pd.DataFrame) -> str:
    """Return a frame with its index as a text table."""
    return tabulate(frame.reset_index().to_numpy().tolist(), headers=["", *frame.columns])


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the strands' names in place of their ids."""
    return frame.rename(index=quality.STRAND_NAMES)


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its shares as percentages."""
    return _named(frame.assign(share=[f"{share:.1%}" for share in frame["share"]]))


def _rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the conversions as they are listed: an exclamation mark before those that are far off."""
    shown = rates.assign(
        implied=[f"{value:.4g}" for value in rates["implied"]],
        rate=["" if pd.isna(value) else f"{value:.4g}" for value in rates["rate"]],
        off=["no rate" if pd.isna(value) else f"{value:+.1%}" for value in rates["off"]],
    ).drop(columns="listed")
    return shown.set_index(pd.Index(["!" if far else "" for far in rates["listed"]], name=""))
