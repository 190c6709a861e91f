"""A panel laid out for comparison designs: units by periods, on logs, with what each design needs checked.

y_it is analysed as log(y_it / exposure_it), or as y_it / exposure_it where levels are asked for. Treated units are
the first rows. A design that takes unbalanced
panels (did; event with one treated unit) needs, of every unit, a figure before the measure and one in the window
after it, and of each treated unit two before and every period of the window; the others need every cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import checked, column, words
from analysis.errors import InputError, shown
from analysis.models.time_axis import time_axis

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEAST_BEFORE = 2


@dataclass(frozen=True)
class Grid:
    """A panel as a matrix.

    `log_y` (units, periods) holds NaN where there is no figure, and levels where these were asked for. The
    first `treated` rows are the treated units.
    The measure acts from column `start` on; the effect is averaged over the columns from `start` to `stop`
    (not included). `time` holds the periods' places in time, in periods.
    """

    units: tuple[str, ...]
    periods: tuple[Hashable, ...]
    time: Array
    log_y: Array
    treated: int
    start: int
    stop: int

    @property
    def controls(self) -> int:
        """The number of control units."""
        return len(self.units) - self.treated

    @property
    def balanced(self) -> bool:
        """Whether every unit has a figure in every period."""
        return bool(np.isfinite(self.log_y).all())

    @property
    def window(self) -> slice:
        """The columns over which the effect is averaged."""
        return slice(self.start, self.stop)

    def cut(self) -> Grid:
        """Return the grid without the periods after the window."""
        return Grid(
            self.units,
            self.periods[: self.stop],
            self.time[: self.stop],
            self.log_y[:, : self.stop],
            self.treated,
            self.start,
            self.stop,
        )


def grid(
    panel: pd.DataFrame,
    treated: str | Sequence[str],
    at: Hashable,
    *,
    controls: Sequence[str] | None = None,
    horizon: int | None = 3,
    scale: str = "log",
) -> Grid:
    """Return a long frame (unit, period, y, and exposure where there is one) as a checked grid.

    `controls` names the control units; without it they are all the others. `horizon` is the number of periods
    from `at` on over which the effect is averaged; None takes all. Whole-number periods are counted by the
    calendar, so that a period nobody has still counts, and so are dates and labels that `time_axis` reads; other
    periods are counted as they come. `scale` is log or level.

    Raises
    ------
    InputError
        If a column or unit is missing, a figure is doubled, zero, negative or no number, a unit is both treated
        and control, no control is left, the measure is outside the panel, a series is constant, or a period that
        every design needs is missing.
    """
    rows = _rows(panel)
    own, others = _names(rows, treated, controls)
    rows = rows[rows["unit"].isin([*own, *others])]
    _check_values(rows, scale)
    wide = rows.pivot(index="unit", columns="period", values="log_y").sort_index(axis=1).loc[[*own, *others]]
    periods = tuple(wide.columns)
    time = _time(periods)
    start = _start(periods, at)
    last = np.inf if horizon is None else time[start] + horizon
    stop = int(np.searchsorted(time, last - 1e-9))
    result = Grid((*own, *others), periods, time, wide.to_numpy(dtype=float), len(own), start, stop)
    _check_constant(result)
    _check_cells(result, horizon)
    return result


def require_balanced(given: Grid, design: str) -> None:
    """Raise InputError, naming the first empty cell, where a design needs every cell of a panel."""
    if given.balanced:
        return
    row, column = np.argwhere(~np.isfinite(given.log_y))[0]
    raise InputError(
        f"Unit {given.units[row]!r} has no figure for {given.periods[column]}, and design {design!r} needs every "
        "unit in every period; leave the unit out with controls=, or keep the periods that all share "
        "with common_periods."
    )


@checked
def common_periods(panel: pd.DataFrame, units: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of a long panel whose period is one in which all `units` (default: all) have a figure."""
    _columns(panel)
    names = words(panel["unit"], "unit")
    if unknown := sorted({*(() if units is None else units)} - set(names)):
        raise InputError(f"The panel has no unit {shown(unknown[0])}; it has {_known(names)}.")
    chosen = names.isin(set(names) if units is None else list(units)).to_numpy()
    rows, names = panel[chosen], names[chosen]
    _check_periods(rows)
    present = np.isfinite(_numbers(rows.assign(unit=names.to_numpy()), "y"))
    counts = names[present].groupby(rows["period"][present].to_numpy()).nunique()
    shared = counts.index[counts == names.nunique()]
    return rows[rows["period"].isin(shared)]


def _columns(panel: pd.DataFrame) -> None:
    """Raise InputError where a panel lacks a column."""
    missing = [name for name in ("unit", "period", "y") if name not in panel.columns]
    if missing:
        raise InputError(f"A panel needs the columns unit, period and y; {missing[0]!r} is missing.")


def _check_periods(rows: pd.DataFrame) -> None:
    """Raise InputError where periods cannot be put in order."""
    try:
        sorted(set(rows["period"]))
    except TypeError:
        raise InputError(
            "Periods of a panel must be of one kind that sorts: whole numbers, dates, or text."
        ) from None


def _known(names: Iterable[str]) -> str:
    """List the units that there are, for a sentence."""
    return ", ".join(shown(name)[1:-1] for name in sorted(set(names))[:12]) or "none"


def _rows(panel: pd.DataFrame) -> pd.DataFrame:
    """Return unit, period, y and log_y, without rows that hold no figure."""
    _columns(panel)
    names = words(panel["unit"], "unit")
    rows = pd.DataFrame({"unit": names.to_numpy(), "period": panel["period"].to_numpy()})
    rows["y"] = _numbers(panel, "y")
    exposure = _numbers(panel, "exposure") if "exposure" in panel.columns else np.full(len(rows), np.nan)
    rows["exposure"] = exposure if np.isfinite(exposure).any() else 1.0
    rows = rows[rows["y"].notna()]
    if rows["period"].isna().any():
        raise InputError(f"A row of unit {rows.loc[rows['period'].isna(), 'unit'].iloc[0]!r} has no period.")
    _check_periods(rows)
    double = rows.duplicated(["unit", "period"])
    if double.any():
        first = rows[double].iloc[0]
        raise InputError(f"Unit {first['unit']!r} has two rows for {first['period']}; keep one.")
    return rows


def _numbers(panel: pd.DataFrame, name: str) -> Array:
    """Return a column as floats. Raises InputError where a cell is no number."""
    numbers = column(panel[name])
    wrong = np.isnan(numbers) & panel[name].notna().to_numpy()
    if wrong.any():
        row = panel[wrong].iloc[0]
        raise InputError(
            f"Unit {str(row['unit'])!r} has {name} {shown(row[name])} in {row['period']}; give a number."
        )
    return numbers


def _names(
    rows: pd.DataFrame, treated: str | Sequence[str], controls: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the treated and the control units."""
    known = sorted(rows["unit"].unique())
    own = (treated,) if isinstance(treated, str) else tuple(dict.fromkeys(str(name) for name in treated))
    if not own:
        raise InputError("No treated unit is named; name at least one unit of the panel.")
    given = known if controls is None else [str(name) for name in controls]
    unknown = [name for name in [*own, *given] if name not in known]
    if unknown:
        raise InputError(f"The panel has no unit {shown(unknown[0])}; it has {_known(known)}.")
    both = sorted(set(own) & set(given)) if controls is not None else []
    if both:
        raise InputError(f"Unit {both[0]!r} is treated and among the controls; take it out of controls.")
    others = tuple(sorted(set(given) - set(own)))
    if not others:
        raise InputError(
            f"No control unit is left beside {', '.join(own)}; a comparison needs at least one unit "
            "that the measure does not reach."
        )
    return own, others


def _check_values(rows: pd.DataFrame, scale: str) -> None:
    """Check that logs (of levels, quotients) can be taken, and take them (column log_y)."""
    for name in ("y", "exposure"):
        free = scale == "level" and name == "y"
        bad = ~(np.isfinite(rows[name]) & ((rows[name] > 0) | free))
        if bad.any():
            row = rows[bad].iloc[0]
            raise InputError(
                f"Unit {row['unit']!r} has {name} {row[name]:g} in {row['period']}; logs need a finite figure above "
                "0, so leave the period or the unit out, or pool small units."
            )
    quotient = rows["y"] / rows["exposure"]
    rows["log_y"] = quotient if scale == "level" else np.log(quotient)


def _time(periods: tuple[Hashable, ...]) -> Array:
    """Return the places of sorted periods: by the calendar where it can be read, else in order."""
    index = pd.Index(list(periods))
    if not pd.api.types.is_integer_dtype(index.dtype):
        try:
            axis = time_axis(index, len(periods))
        except InputError:
            return np.arange(len(periods), dtype=float)
        labelled: Array = (axis.numbers - axis.numbers[0]) / axis.unit
        return labelled
    values = index.to_numpy(dtype=int)
    step = int(np.gcd.reduce(np.diff(values))) if len(values) > 1 else 1
    places: Array = (values - values[0]) / step
    return places


def column_of(periods: tuple[Hashable, ...], at: Any) -> int | None:
    """Return the column of a period, written as the panel does or in any way that `interrupted` reads.

    None where the panel has none such.
    """
    if at in periods:
        return periods.index(at)
    try:
        axis = time_axis(pd.Index(list(periods)), len(periods))
        found = np.flatnonzero(np.isclose(axis.numbers, axis.number_of(at)))
    except InputError:
        return None
    return int(found[0]) if len(found) else None


def _start(periods: tuple[Hashable, ...], at: Any) -> int:
    """Return the column of `at`."""
    start = column_of(periods, at)
    if start:
        return start
    first, last = periods[0], periods[-1]
    try:
        inside = first < at <= last
    except TypeError:
        inside = False
    if inside:
        raise InputError(
            f"No unit has a figure for {at}, where the measure starts; name a period of the panel."
        )
    raise InputError(f"The measure at {at} is outside the panel, whose periods run from {first} to {last}.")


def _check_constant(given: Grid) -> None:
    for name, row in zip(given.units, given.log_y, strict=True):
        seen = row[np.isfinite(row)]
        if len(seen) > 1 and np.ptp(seen) < 1e-12:
            raise InputError(
                f"Unit {name!r} has the same figure in all periods from {given.periods[0]} to {given.periods[-1]}; "
                "a constant series says nothing about a measure, so leave it out."
            )


def _check_cells(given: Grid, horizon: int | None) -> None:
    """Check what every design needs of the treated units, the controls and the window."""
    seen = np.isfinite(given.log_y)
    window, at = given.window, given.periods[given.start]
    if horizon is not None and given.stop - given.start < min(
        horizon, given.time[-1] - given.time[given.start] + 1
    ):
        raise InputError(
            f"No unit has a figure for a period among the first {horizon} from {at} on; fill it in."
        )
    for row, name in enumerate(given.units):
        before = int(seen[row, : given.start].sum())
        least = LEAST_BEFORE if row < given.treated else 1
        if before < least:
            raise InputError(
                f"Unit {name!r} has {before} period{'' if before == 1 else 's'} before {at}; at least {least} "
                f"{'are' if least > 1 else 'is'} needed."
            )
        gaps = np.flatnonzero(~seen[row, window])
        if row < given.treated and len(gaps):
            raise InputError(
                f"Treated unit {name!r} has no figure for {given.periods[given.start + gaps[0]]}, one of the periods "
                f"from {at} on over which the effect is averaged; fill it in or shorten the horizon."
            )
        if len(gaps) == given.stop - given.start:
            raise InputError(
                f"Unit {name!r} has no figure in the window from {at} on; leave it out of the controls."
            )
    empty = np.flatnonzero(~seen[given.treated :, window].any(axis=0))
    if len(empty):
        raise InputError(f"No control unit has a figure for {given.periods[given.start + empty[0]]}.")
