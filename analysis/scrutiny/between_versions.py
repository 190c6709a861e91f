"""What moved between two versions of the data: rows, series, yearly estimates, conflicts, retired ids.

Tables are compared as text, by their first column, so that versions with other columns can be compared. Series are made
by today's code from both versions' readings: what moved is the data's doing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis.dataset import Dataset
from analysis.dataset.files import read_package
from analysis.dataset.older import load_older, tables_as_text
from analysis.errors import InputError, shown
from analysis.series import (
    Reconstruction,
    definition,
    has_years,
    printed_years,
    reconstruct_all,
    single_series,
)

TABLE_COLUMNS = [
    "table",
    "before",
    "after",
    "added",
    "removed",
    "retired",
    "changed",
    "columns",
    "new",
    "gone",
]
SERIES_COLUMNS = ["series_id", "what", "before", "after", "years"]
MOVED_COLUMNS = ["series_id", "period", "before", "lower", "upper", "after", "ratio"]
Texts = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Changes:
    """What moved.

    `tables`: a row a table with rows before and after, added, removed, retired (removed, and kept by an alias),
    changed, columns (which cells changed: `note 12; kind 351`), new and gone (columns). `series`: series_id, what
    (new, gone, longer, shorter), printed years before and after, years (those that came or went). `moved`: yearly
    estimates outside their old band. `compared`: how many estimates stand in both. `conflicts`: pairs by kind, before
    and after. `aliases`: retired ids that are new, by their kind. `unsaid`: why a part is missing, else blank.
    """

    old: str
    new: str
    tables: pd.DataFrame
    series: pd.DataFrame
    moved: pd.DataFrame
    compared: int
    conflicts: pd.DataFrame
    aliases: pd.DataFrame
    unsaid: str


def between_versions(old: Path, new: Path, *, estimates: bool = True, progress: bool = True) -> Changes:
    """Return what moved between the data packages in two folders.

    Raises
    ------
    InputError
        If a file of either cannot be read, one holds no readings, or both hold the same rows.
    """
    names = [str(read_package(folder)["version"]) for folder in (old, new)]
    before, after = tables_as_text(old), tables_as_text(new)
    for folder, tables in ((old, before), (new, after)):
        if "readings" not in tables:
            raise InputError(
                f"The data package in {shown(str(folder))} holds no readings.csv, so it is none of this project's; "
                "name a folder or a revision with the tables."
            )
    if before.keys() == after.keys() and all(before[name].equals(after[name]) for name in before):
        raise InputError(
            f"Both hold the same rows, those of version {names[0]}; name two versions that differ."
        )
    unsaid, series, moved, compared = (
        "",
        pd.DataFrame(columns=SERIES_COLUMNS),
        pd.DataFrame(columns=MOVED_COLUMNS),
        0,
    )
    try:
        datasets = load_older(old), load_older(new)
        series = series_changes(*datasets, progress=progress)
        if estimates:
            moved, compared = moved_estimates(*datasets, progress=progress)
        else:
            unsaid = "Yearly estimates were not compared, as asked."
    except InputError as error:
        unsaid = f"Series were not compared: {error}"
    return Changes(
        old=names[0],
        new=names[1],
        tables=table_changes(before, after),
        series=series,
        moved=moved,
        compared=compared,
        conflicts=_by_kind(before, after, "conflicts"),
        aliases=_by_kind(before, after, "aliases"),
        unsaid=unsaid,
    )


def table_changes(before: Texts, after: Texts) -> pd.DataFrame:
    """Return the rows added, removed and changed of every table that either version has (see `Changes`)."""
    retired = _retired(after)
    rows = [
        _table_change(
            name, before.get(name, pd.DataFrame()), after.get(name, pd.DataFrame()), retired.get(name, set())
        )
        for name in sorted({*before, *after})
    ]
    return pd.DataFrame(rows, columns=TABLE_COLUMNS)


def _retired(tables: Texts) -> dict[str, set[str]]:
    """Return the retired ids by table, as aliases.csv tells them."""
    aliases = tables.get("aliases", pd.DataFrame())
    if not {"table", "alias_id"} <= set(aliases):
        return {}
    return {str(name): set(rows["alias_id"]) for name, rows in aliases.groupby("table")}


def _table_change(
    name: str, before: pd.DataFrame, after: pd.DataFrame, retired: set[str]
) -> dict[str, object]:
    """Compare one table, by its first column; a table whose first column is no id is compared by whole rows."""
    shared = [column for column in before if column in after]
    told: dict[str, object] = {"table": name, "before": len(before), "after": len(after)}
    told |= {"new": "; ".join(str(one) for one in after if one not in before) if len(before.columns) else ""}
    told |= {"gone": "; ".join(str(one) for one in before if one not in after) if len(after.columns) else ""}
    key = shared[0] if shared else ""
    if not key or before[key].duplicated().any() or after[key].duplicated().any():
        rows = [
            list(map(tuple, frame[shared].to_numpy())) if shared else [()] * len(frame)
            for frame in (before, after)
        ]
        counts = [pd.Series(one, dtype=object).value_counts() for one in rows]
        gain = counts[1].sub(counts[0], fill_value=0) if shared else pd.Series([len(after), -len(before)])
        added, removed = int(gain.clip(lower=0).sum()), int(-gain.clip(upper=0).sum())
        return told | {"added": added, "removed": removed, "retired": 0, "changed": 0, "columns": ""}
    one, other = before.set_index(key), after.set_index(key)
    both = one.index.intersection(other.index)
    differs = one.loc[both, shared[1:]] != other.loc[both, shared[1:]]
    gone = set(one.index) - set(other.index)
    counts_of = differs.sum()
    return told | {
        "added": len(other) - len(both),
        "removed": len(gone),
        "retired": len(gone & retired),
        "changed": int(differs.any(axis=1).sum()),
        "columns": "; ".join(f"{column} {count}" for column, count in counts_of.items() if count),
    }


def series_changes(old: Dataset, new: Dataset, *, progress: bool = True) -> pd.DataFrame:
    """Return the series that are new or gone, and those with more or fewer printed years than before."""
    ids = [set(single_series(one)) for one in (old, new)]
    rows = []
    for series_id in tqdm(sorted(ids[0] | ids[1]), desc="printed years", disable=not progress):
        before, after = (_years(one, series_id) for one in (old, new))
        years = sorted(before ^ after)
        if series_id not in ids[0] or series_id not in ids[1]:
            what = "gone" if series_id in ids[0] else "new"
        elif years:
            what = (
                "longer"
                if len(after) > len(before)
                else "shorter"
                if len(after) < len(before)
                else "other years"
            )
        else:
            continue
        rows.append([series_id, what, len(before), len(after), "; ".join(map(str, years))])
    return pd.DataFrame(rows, columns=SERIES_COLUMNS)


def _years(dataset: Dataset, series_id: str) -> set[int]:
    """Return the years of a series that somebody printed; none where it is no series of this version."""
    if series_id not in set(dataset.series["series_id"]) or not has_years(dataset, series_id):
        return set()
    return set(printed_years(dataset, series_id).table["year"].astype(int))


def moved_estimates(old: Dataset, new: Dataset, *, progress: bool = True) -> tuple[pd.DataFrame, int]:
    """Return the yearly estimates outside their old band, the furthest first, and how many stand in both versions."""
    names = sorted(set(single_series(old)) & set(single_series(new)))
    made = [reconstruct_all(one, names, progress=progress) for one in (old, new)]
    parts = []
    for name in names:
        pair = [one[name] for one in made]
        if any(isinstance(one, str) for one in pair):
            continue
        frames = [
            _yearly(one, fiscal=definition(new, name).fiscal)
            for one in pair
            if isinstance(one, Reconstruction)
        ]
        parts.append(frames[0].merge(frames[1], on="period", suffixes=("", "_new")).assign(series_id=name))
    if not parts:
        return pd.DataFrame(columns=MOVED_COLUMNS), 0
    return beyond_band(pd.concat(parts, ignore_index=True))


def beyond_band(both: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows whose new estimate lies outside the old band, and how many rows there are.

    `both` has series_id, period, estimate, lower, upper and estimate_new.
    """
    outside = (both["estimate_new"] < both["lower"]) | (both["estimate_new"] > both["upper"])
    moved = both[outside].rename(columns={"estimate": "before", "estimate_new": "after"})
    moved = moved.assign(ratio=moved["after"] / moved["before"])
    far = (moved["ratio"] - 1).abs().round(9)
    moved = moved.assign(far=far).sort_values(["far", "series_id", "period"], ascending=[False, True, True])
    return moved[MOVED_COLUMNS].reset_index(drop=True), len(both)


def _yearly(found: Reconstruction, *, fiscal: bool) -> pd.DataFrame:
    """Return the estimated years of a series."""
    frame = found.fiscal if fiscal else found.yearly
    return frame.loc[frame["estimate"].notna(), ["period", "estimate", "lower", "upper"]]


def _by_kind(before: Texts, after: Texts, name: str) -> pd.DataFrame:
    """Return the rows of a table by kind, before and after, the most frequent first."""
    counts = [
        tables[name]["kind"].value_counts() if name in tables else pd.Series(dtype=int)
        for tables in (before, after)
    ]
    frame = pd.DataFrame({"before": counts[0], "after": counts[1]}).fillna(0).astype(int)
    frame = frame.rename_axis("kind").reset_index()
    return frame.sort_values(["after", "before", "kind"], ascending=[False, False, True], ignore_index=True)
