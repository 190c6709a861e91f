"""How others fared: a bundle's series against controls of the same counter, and against other units of a panel.

A control of series.csv (all arrests, all prosecutions, all criminal cases) is a controlled interrupted series: the log
ratio of the two, tested as the series itself (Lopez Bernal, Cummins, Gasparrini 2018, doi 10.1093/ije/dyy135). Of
several controls that stands first which shares most years, whatever it says. A panel (origins at a border, borders)
is compared by difference in differences, the treated unit permuted over all units; p cannot fall below the floor. A
member of the EU is compared with the other members where the measure is its own, with borders outside where it is the
EU's; the EU itself never with its members, which are parts of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Comparison, common_periods, compared
from analysis.models.change import ENDS
from analysis.results import Result
from analysis.rounding import above
from analysis.scrutiny.bundles import Bundle
from analysis.scrutiny.hypothesis import hypothesis
from analysis.scrutiny.reach import MEMBERS, touches, touching
from analysis.scrutiny.unusual import departed
from analysis.series import definition, drawn_years, panel, units_of
from analysis.series.key import UNIT_MARK

# The panels in which a series is one unit: its family and its unit there.
PANELS: dict[str, tuple[str, str]] = {
    "jp-cases-cn": ("jp-cases-by-origin", "CN"),
    "jp-items-cn": ("jp-items-by-origin", "CN"),
    "us-msrp-cn": ("us-msrp-by-origin", "CN"),
    "us-seizures-express": ("us-seizures-by-mode", "express"),
    "us-seizures-mail": ("us-seizures-by-mode", "mail"),
    "us-msrp-cargo": ("us-msrp-by-mode", "cargo"),
    "us-seizures": ("borders-cases", "US"),
    "jp-cases": ("borders-cases", "JP"),
    "eu-border-cases": ("borders-cases", "EU"),
    "gacc-batches": ("borders-cases", "CN"),
    "jp-items": ("borders-items", "JP"),
    "us-items": ("borders-items", "US"),
    "eu-border-items": ("borders-items", "EU"),
    "gacc-items": ("borders-items", "CN"),
    "at-cases": ("borders-cases", "AT"),
    "at-items": ("borders-items", "AT"),
    "fr-cases": ("borders-cases", "FR"),
    "si-cases": ("borders-cases", "SI"),
}
UNION = "EU"
BEFORE = 6  # years before that a panel is held against
FEWEST_UNITS = 3


@dataclass(frozen=True, repr=False)
class Control(Result):
    """A series against one control: the ratio to its own course with `lower`, `upper` (95%) and `p`, years in common.

    `touched` says whether a measure of the bundle touches the control as well, which then shows less than the effect.
    """

    series_id: str
    estimate: float
    lower: float
    upper: float
    p: float
    n: int
    touched: bool


@dataclass(frozen=True, repr=False)
class Beside(Result):
    """How others fared: `controls`, the first of which counts, and the `panel` comparison with its family and unit.

    `failure` says why there is neither.
    """

    controls: tuple[Control, ...]
    panel: Comparison | None
    family: str
    unit: str
    failure: str

    @property
    def compared(self) -> bool:
        """Whether there is a comparison at all."""
        return bool(self.controls) or self.panel is not None

    @property
    def honest(self) -> bool:
        """Whether bounds that let trends part as much as they ever did before exclude no effect."""
        robust = self.panel.robust if self.panel is not None else None
        if robust is None:
            return False
        row = robust.table[np.isclose(robust.table["Mbar"].astype(float), 1.0)]
        ends = row[["lower", "upper"]].to_numpy(dtype=float).ravel()
        return len(ends) == 2 and bool(np.isfinite(ends).all() and (above(ends[0], 0) or above(0, ends[1])))


def beside(dataset: Dataset, bundle: Bundle) -> Beside:
    """Return how others fared beside a bundle's series."""
    found, failures = [], []
    for name in held_beside(dataset, bundle)[1:]:
        try:
            found.append(_control(dataset, bundle, name))
        except InputError as error:
            failures.append(f"{name}: {error}")
    found.sort(key=lambda one: (one.touched, -one.n))
    family, unit = PANELS.get(bundle.series_id, ("", ""))
    table = None
    if family:
        try:
            table = _panel(dataset, bundle, family, unit)
        except InputError as error:
            failures.append(f"{family}: {error}")
    return Beside(tuple(found), table, family, unit, "; ".join(failures))


def held_beside(dataset: Dataset, bundle: Bundle) -> list[str]:
    """Return the series that are held beside each other: the bundle's own, then its controls."""
    controls = dict.fromkeys((*definition(dataset, bundle.series_id).controls, *bundle.comparison))
    return [bundle.series_id, *controls] if controls else []


def _control(dataset: Dataset, bundle: Bundle, name: str) -> Control:
    """Return the controlled series of a bundle and one control."""
    own, other = (drawn_years(dataset, one) for one in (bundle.series_id, name))
    time = np.intersect1d(own.time[own.time >= bundle.start], other.time)
    mine, its = np.isin(own.time, time), np.isin(other.time, time)
    draws = np.log(own.draws[:, mine]) - np.log(other.draws[:, its])
    estimate, lower, upper, p, _ = departed(
        np.log(own.y[mine]) - np.log(other.y[its]),
        time,
        bundle.at,
        breaks=tuple(bundle.breaks.values()),
        draws=draws,
    )
    touched = bool(set(touching(dataset, name)["measure_id"]) & set(bundle.measures))
    ratios = np.exp([estimate, lower, upper]).tolist()
    return Control(name, ratios[0], ratios[1], ratios[2], p, len(time), touched)


def _panel(dataset: Dataset, bundle: Bundle, family: str, unit: str) -> Comparison:
    """Return the difference in differences of a unit against the units of a family that no measure reaches alike."""
    frame = balanced(dataset, family, unit, bundle.at, apart(dataset, bundle, family, unit))
    if (frame["unit"] == unit).sum() == 0:
        raise InputError(f"unit {unit} has too few years about {bundle.at}")
    return compared(frame, unit, bundle.at)


def apart(dataset: Dataset, bundle: Bundle, family: str, unit: str) -> frozenset[str]:
    """Return the units of a family that a unit is not held against: of borders, the EU and its members.

    The EU holds its members' counts. A member is held against the other members where no measure that hypotheses name
    reaches another one, as an act of its own does; where one does, against the borders outside.
    """
    within = {UNION, *MEMBERS}
    if unit not in within or not family.startswith("borders-"):
        return frozenset()
    others = set(units_of(dataset, family)) - {unit}
    named = {hypothesis(dataset, name).measure_id for name in bundle.hypotheses}
    own = unit != UNION and not any(
        touches(dataset, measure, f"{family}{UNIT_MARK}{other}")
        for measure in named
        for other in others & set(MEMBERS)
    )
    return frozenset((others - set(MEMBERS)) if own else (others & within))


@lru_cache(maxsize=64)
def balanced(
    dataset: Dataset, family: str, unit: str, at: int, left_out: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """Return the units of a family that have every year that the treated unit has about a period: unit, period, y.

    Of the years from six before to the third from the period on those are used that the treated unit and most units
    have. Units `left_out` are none of them.

    Raises
    ------
    InputError
        If fewer than two years before and one after, or fewer than two other units, are left.
    """
    table = panel(dataset, family)
    table = table[~table["unit"].isin(left_out)]
    table = table[
        table["coverage"].isin(("printed", "estimated")) & table["year"].between(at - BEFORE, at + ENDS - 1)
    ]
    y = table["estimate"].where(table["estimate"].notna(), table["value"]).astype(float)
    table = table.assign(y=y)[y > 0]
    wide = table.pivot(index="unit", columns="year", values="y")
    if unit not in wide.index:
        raise InputError(f"unit {unit} has no year about {at}")
    wide = wide.loc[:, wide.loc[unit].notna()]
    best = _largest(wide, at)
    frame = best.reset_index().melt(id_vars="unit", var_name="period", value_name="y")
    return common_periods(frame.assign(period=frame["period"].astype(int), exposure=np.nan))


def _largest(wide: pd.DataFrame, at: int) -> pd.DataFrame:
    """Return the rows and columns without a hole that hold most cells, two years before and one after among them.

    Every choice of years is tried; from the period on they are taken without a gap, as the effect is their mean.
    """
    known, years = wide.notna().to_numpy(), np.array([int(year) for year in wide.columns])
    best: pd.DataFrame | None = None
    size = 0
    for k in range(len(years), 2, -1):
        for chosen in map(list, combinations(range(len(years)), k)):
            after = years[chosen][years[chosen] >= at]
            if k - len(after) < 2 or not len(after) or after[-1] - at >= len(after):
                continue
            rows = known[:, chosen].all(axis=1)
            if rows.sum() >= FEWEST_UNITS and rows.sum() * k > size:
                best, size = wide.iloc[np.flatnonzero(rows).tolist(), chosen], int(rows.sum()) * k
    if best is None:
        enough = (known[:, years < at].sum(axis=1) >= 2) & known[:, years == at].any(axis=1)
        raise InputError(
            f"no two years before {at} and one from it on that three units share: {enough.sum()} of {len(wide)} have "
            f"as many of the {len(years)} years looked at"
        )
    return best
