"""Which series take a new row, and how far their yearly estimates move."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.intake.effects import effects
from analysis.results import Result
from analysis.series import definition, reconstructed
from analysis.series.key import UNIT_MARK

ESTIMATES = ["series_id", "period", "before", "lower", "upper", "after", "ratio"]
LINKS = ["series_id", "reading_id", "role", "why"]
SAME = 1e-3  # a smaller shift of an estimate is none


@dataclass(frozen=True, eq=False, repr=False)
class Moves(Result):
    """What new rows move.

    Attributes
    ----------
    links
        A row a reading that a series takes, or takes otherwise than before: series_id, reading_id, role, why.
    estimates
        A row a yearly estimate that is new, gone, or moved by more than a thousandth: series_id, period, before,
        lower, upper (its old band), after, ratio.
    compared
        How many yearly estimates of these series stand in both.
    hypotheses
        Registered hypotheses on these series.
    effects
        A row a bundle of these hypotheses whose effect was assessed with the rows and without (`effects.EFFECTS`).
    findings
        Findings whose sentence changes: name, before, after; told by who can make them.
    """

    links: pd.DataFrame
    estimates: pd.DataFrame
    compared: int
    hypotheses: tuple[str, ...]
    effects: pd.DataFrame
    findings: tuple[tuple[str, str, str], ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        """The series that are touched."""
        return tuple(dict.fromkeys(self.links["series_id"]))

    @property
    def outside(self) -> pd.DataFrame:
        """The estimates that left their old band."""
        rows = self.estimates
        beyond = (rows["after"] < rows["lower"]) | (rows["after"] > rows["upper"])
        found: pd.DataFrame = rows[beyond].reset_index(drop=True)
        return found

    @property
    def moved_effects(self) -> pd.DataFrame:
        """The effects that moved by more than a thousandth, or can be told now and could not, or the other way."""
        rows = self.effects
        same = ((rows["after"] / rows["before"] - 1).abs() <= SAME) | (
            rows["after"].isna() & rows["before"].isna()
        )
        found: pd.DataFrame = rows[~same].reset_index(drop=True)
        return found


def moves(old: Dataset, new: Dataset) -> Moves:
    """Return what the rows of `new` that `old` has not move; only series that they touch are reconstructed."""
    links = _links(old, new)
    parts, compared = [], 0
    for name in dict.fromkeys(links["series_id"]):
        frames = [_years(one, name) for one in (old, new)]
        both = (
            frames[0].merge(frames[1], on="period", how="outer", suffixes=("", "_new")).sort_values("period")
        )
        compared += int((both["estimate"].notna() & both["estimate_new"].notna()).sum())
        both = both.rename(columns={"estimate": "before", "estimate_new": "after"}).assign(series_id=name)
        both["ratio"] = both["after"] / both["before"]
        parts.append(both[~((both["ratio"] - 1).abs() <= SAME)][ESTIMATES])
    estimates = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=ESTIMATES)
    touched = {name.partition(UNIT_MARK)[0] for name in links["series_id"]}
    on = new.hypotheses["series_id"].astype(str).isin(touched)
    names = tuple(new.hypotheses.loc[on, "hypothesis_id"].astype(str))
    return Moves(links, estimates, compared, names, effects(old, new, touched))


def _links(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Return the rows of readings_series.csv that are new or say something else."""
    columns = ["link_id", "reading_id", "series_id", "member", "role", "why"]
    frames = [one.readings_series[columns].astype(str) for one in (old, new)]
    told = frames[1].merge(frames[0].drop_duplicates(), on=columns, how="left", indicator=True)
    found = told[told["_merge"] == "left_only"].reset_index(drop=True)
    pairs = zip(found["series_id"], found["member"], strict=True)
    names = [f"{name}{UNIT_MARK}{member}" if member else str(name) for name, member in pairs]
    return found.assign(series_id=pd.Series(names, index=found.index, dtype=object))[LINKS]


def _years(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the estimated years of a series: period, estimate, lower, upper; none where it cannot be made."""
    columns = ["period", "estimate", "lower", "upper"]
    try:
        found = reconstructed(dataset, series_id)
        frame = found.fiscal if definition(dataset, series_id).fiscal else found.yearly
    except InputError:
        return pd.DataFrame(
            {name: pd.Series(dtype=object if name == "period" else float) for name in columns}
        )
    return frame.loc[frame["estimate"].notna(), columns]
