"""From readings to a series with uncertainty: windows and hedges become months, quarters and years.

    log m_i = log sum_t d_it exp(z_t) + error_i,     z_t = w_t + v_t (+ s_month(t)),

with d_it the days of month t inside reading i's window, w a random walk, v white noise for campaign months and
year-end rushes, and s a yearly pattern where three or more years hold part-year readings. See `observations`
(what a reading says), `smoothness` (the prior), `laplace` (the fit) and `mixture` (the hyperparameters).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from analysis.arguments import Count, Level, Seed, checked, one_of
from analysis.results import Result
from analysis.series.cells import Periods, periods_of
from analysis.series.conflicts import conflicts_in
from analysis.series.draws import draw_cells
from analysis.series.fit import fitted
from analysis.series.informed import SHOWN, along, row_space
from analysis.series.laplace import Core, link
from analysis.series.late_frames import LateFrames, late_frame
from analysis.series.mixture import (
    TAU,
    Point,
    Priors,
    ReportingError,
    mixture_quantiles,
    refit,
    taus_of,
)
from analysis.series.mode import Mode
from analysis.series.observations import SHARE, STOCK, Observations, observe
from analysis.series.pins import frequency_of, pinned_cells, pins_of, with_pins, with_prints_held
from analysis.series.reporting import tau_prior_of
from analysis.series.residuals import residual_table
from analysis.series.shift_prior import priors_with, released_at
from analysis.threads import one_thread

Array = NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Reconstruction(LateFrames, Result):
    """A series as its readings tell it.

    `monthly`, `quarterly`, `yearly` and `fiscal` (October to September) are frames with period, estimate,
    lower, upper and informed, in the readings' unit: totals of flows, means of shares and prices, end values
    of stocks. Periods that no window informs, or that the windows do not span, are NaN. Exact years (see
    `exact_years`) are the print within its rounding. `printed` holds the readings as they are, `core` with the error
    of their own that doubted readings got (see `outliers`), `taus` the reporting errors that are mixed over, `jumps`
    the places of readings that smoothness alone speaks against: it is let go there.
    """

    LATE = ("monthly", "quarterly", "yearly", "fiscal", "residuals", "conflicts")
    observations: Observations
    order: int
    level: float
    seed: int
    hedge_model: str
    printed: Core = field(repr=False)
    core: Core = field(repr=False)
    points: list[Point] = field(repr=False)
    taus: tuple[float, ...] = TAU
    jumps: NDArray[np.int64] = field(default_factory=lambda: np.arange(0), repr=False)

    @late_frame
    def monthly(self) -> pd.DataFrame:
        """Months."""
        return self.table("monthly")

    @late_frame
    def quarterly(self) -> pd.DataFrame:
        """Quarters."""
        return self.table("quarterly")

    @late_frame
    def yearly(self) -> pd.DataFrame:
        """Calendar years."""
        return self.table("yearly")

    @late_frame
    def fiscal(self) -> pd.DataFrame:
        """Fiscal years, October to September, named after the year they end in."""
        return self.table("fiscal")

    @late_frame
    @one_thread
    def residuals(self) -> pd.DataFrame:
        """One row a reading: reading_id, expected, residual, influence (see `residuals.residual_table`)."""
        return residual_table(self.observations, self.printed, self.priors, self.points)

    @late_frame
    @one_thread
    def conflicts(self) -> pd.DataFrame:
        """Pairs that cannot all be true: reading_a, reading_b, rule, size (see `conflicts`)."""
        return conflicts_in(self.observations, self.printed, self.priors, self.points)

    def __getstate__(self) -> dict[str, object]:
        """Leave out what can be made again: the factors of the Hessians are most of the bytes."""
        return {name: one for name, one in super().__getstate__().items() if name not in ("_modes", "_basis")}

    @cached_property
    def _modes(self) -> list[Mode]:
        """The modes of the points with their factors."""
        priors = self.priors
        return [refit(self.core, priors, point) for point in self.points]

    @cached_property
    def _basis(self) -> Array:
        """A basis of the row space of the windows, for `informed`."""
        return row_space(self.observations, link(self.core, self.points[0].z).expected)

    @property
    def priors(self) -> Priors:
        """Prior precisions on this grid."""
        return priors_with(self.observations.cells, self.order, self.core, self.jumps)

    @checked
    @one_thread
    def table(self, frequency: str) -> pd.DataFrame:
        """Return the periods of a frequency: monthly, quarterly, yearly or fiscal.

        Bands are by the delta method on the log (or logit) of each total, mixed over the hyperparameters.
        """
        if frequency in self.__dict__ or self._is_packed(frequency):  # made before, or read from disk
            known: pd.DataFrame = getattr(self, frequency)
            return known
        periods = periods_of(self.observations.cells, frequency)
        share = self._informed(periods)
        told = self._estimated(periods, share)
        values = np.full((3, len(told)), np.nan)
        if told.any():
            some = Periods([], periods.weights[told], periods.whole[told])
            means, sds = self._moments(some)
            weights = np.array([point.weight for point in self.points])
            half = self.level / 2
            found = mixture_quantiles(weights, means, sds, (0.5, 0.5 - half, 0.5 + half))
            values[:, told] = self._back(found)
        made = pd.DataFrame(
            {
                "period": periods.labels,
                "estimate": values[0],
                "lower": values[1],
                "upper": values[2],
                "informed": share,
            }
        )
        if frequency != frequency_of(self.observations) or self.observations.quantity == STOCK:
            return made
        doubted = self.core.variance > self.printed.variance
        return with_prints_held(with_pins(made, pins_of(self.observations)), self.observations, doubted)

    @checked
    @one_thread
    def draws(self, n: Count, freq: str = "yearly", *, released: date | None = None) -> Array:
        """Return n draws of the series' periods, n by periods (rows of the frame of that frequency).

        Each draw is a whole series that honours its readings; an exact year, and so its months together, lies
        within its rounding. Periods that are not estimated are NaN. With `released`, a day, the smoothness is
        released there: see `released_at`.

        Raises
        ------
        InputError
            If n is below 1, the frequency is unknown, or the day is not inside the series.
        """
        freq = {"M": "monthly", "Q": "quarterly", "Y": "yearly", "A": "yearly"}.get(freq, freq)
        freq = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}.get(freq, freq)
        periods = periods_of(self.observations.cells, freq)
        priors, points = self.priors, self.points
        if released is not None:
            day, cells = pd.Timestamp(released), self.observations.cells
            told = tau_prior_of(self.observations.frame)
            priors, points = released_at(
                cells, self.order, self.core, points, day, self.taus, self.jumps, told
            )
        z = draw_cells(self.core, priors, points, n, self.seed)
        z = pinned_cells(z, self.core, self.observations, self.seed)
        totals = self._back(self._total(periods, z.T).T)
        totals[:, ~self._estimated(periods, self._informed(periods))] = np.nan
        return totals

    def summary(self) -> pd.Series:
        """Return what was fitted: readings, cells, span, the best smoothness, and how much of the grid counts."""
        best = self.points[0]
        observed = self.observations
        first, last = (pd.Timestamp(int(observed.cells.edges[i]), unit="D") for i in (0, -1))
        return pd.Series(
            {
                "quantity": observed.quantity,
                "readings": len(observed),
                "growth": int(observed.growth.sum()),
                "bounds": int((observed.side != 0).sum()),
                "first": f"{first:%Y-%m}",
                "last": f"{last - pd.Timedelta(days=1):%Y-%m}",
                "years": int(self.yearly["estimate"].notna().sum()),
                "sigma": best.smooth.sigma,
                "omega": best.smooth.omega,
                "tau": best.smooth.tau,
                "season": best.smooth.season,
                "weight": best.weight,
                "points": len(self.points),
                "hedge_model": self.hedge_model,
                "level": self.level,
            }
        )

    def _weights(self, periods: Periods) -> Array:
        """Return the weights of the periods on cells: days of flows, means of shares, last cells of stocks."""
        weights = periods.weights
        quantity = self.observations.quantity
        if quantity == STOCK:
            last = weights.shape[1] - 1 - np.argmax(weights[:, ::-1] > 0, axis=1)
            ends: Array = np.eye(weights.shape[1])[last]
            return ends
        return weights if quantity == "flow" else weights / weights.sum(axis=1, keepdims=True)

    def _total(self, periods: Periods, z: Array) -> Array:
        """Return the log totals (mean logits of shares) of periods, the level added back.

        `z` is cells, or cells by draws; so is what is returned, with periods in the place of cells.
        """
        weights = self._weights(periods)
        if self.core.linear:
            return np.asarray(weights @ z + self.core.level)
        return np.asarray(np.log(weights @ np.exp(z)) + self.core.level)

    def _moments(self, periods: Periods) -> tuple[Array, Array]:
        """Return mean and sd of the periods' log totals, points by periods."""
        weights = self._weights(periods)
        means, variances = [], []
        for mode in self._modes:
            z = mode.z
            inside = weights
            if not self.core.linear:
                inside = weights * np.exp(z)
                inside = inside / inside.sum(axis=1, keepdims=True)
            means.append(self._total(periods, z))
            variances.append(mode.variances(inside))
        return np.array(means), np.sqrt(variances)

    def _informed(self, periods: Periods) -> Array:
        """Return how far each period is informed; the end of a stock's period by its last cell alone."""
        if self.observations.quantity == STOCK:
            stock = Periods(periods.labels, self._weights(periods), periods.whole)
            return along(self.observations, stock, self._basis)
        return along(self.observations, periods, self._basis)

    def _estimated(self, periods: Periods, share: Array) -> NDArray[np.bool_]:
        """Tell which periods are estimated: whole, informed, and between the first and the last window."""
        core = self.core
        reached = np.flatnonzero((core.weights + core.base)[core.side == 0].any(axis=0))
        weights = self._weights(periods) > 0
        beyond = weights[:, : reached[0]].any(axis=1) | weights[:, reached[-1] + 1 :].any(axis=1)
        return np.asarray(periods.whole & (share >= SHOWN) & ~beyond)

    def _back(self, values: Array) -> Array:
        """Return totals in the readings' unit."""
        shares = self.observations.quantity == SHARE
        return np.asarray(self.observations.scale * expit(values) if shares else np.exp(values))


@checked
@one_thread
def reconstruct(
    readings: pd.DataFrame,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    hedge_model: str = "default",
    order: Annotated[int, one_of(1, 2)] = 1,
    level: Level = 0.9,
    seed: Seed = 0,
    halves: bool = False,
    reporting_error: ReportingError = "prior",
    fiscal: bool = False,
) -> Reconstruction:
    """Return the series that readings of one key tell, with its uncertainty.

    What is assumed: the quantity is what the register counted. Its own exact print of a whole year, uncontradicted,
    is that year (rows with a column `tier`; see `exact_years`). Any other print may be off by a reporting error, most
    of it shared by the readings of one release (`laplace.OWN`); its sd is integrated out under a weak prior
    (`mixture`; Rue, Martino, Chopin 2009, doi 10.1111/j.1467-9868.2008.00700.x), for the data seldom tell it.

    Parameters
    ----------
    readings
        Rows with value, value_high, unit, hedge, as_printed, window_start, window_end and kind, as in
        readings.csv; reading_id and source_id are used where present, `printed_step` overrides the step read
        from as_printed, `base_start` and `base_end` a growth reading's base.
    start, end
        Days; the grid runs from the first window to the last where they are not given.
    hedge_model
        A `HedgeModel`: default, tight or open_ended.
    order
        1, a random walk; 2, second differences.
    level
        Of the bands, 0.9 by default.
    seed
        Of the draws.
    halves
        Cells of half a month in the place of months: a check of the grid.
    reporting_error
        "prior"; "exact", no reporting error, each reading is right to its hedge and its rounding; or its sd, on the
        log scale (0.03 is three percent; of shares, on that of their odds). A growth rate's is that of its ratio.
    fiscal
        Whether exact years are US fiscal ones (October to September) and not calendar years.

    Raises
    ------
    InputError
        If the readings make no series; the sentence names the reading and what to try.

    Examples
    --------
    Whole years that who counted prints exactly are as they were printed:

    >>> years = [2018, 2019, 2020]
    >>> rows = pd.DataFrame({"value": [100, 120, 90], "unit": "case", "hedge": "exact", "kind": "flow"})
    >>> rows["window_start"] = pd.to_datetime([f"{year}-01-01" for year in years])
    >>> rows["window_end"] = pd.to_datetime([f"{year}-12-31" for year in years])
    >>> reconstruct(rows.assign(as_printed="", tier="primary")).yearly["estimate"].tolist()
    [100.0, 120.0, 90.0]
    """
    observations = observe(
        readings, start=start, end=end, hedge_model=hedge_model, halves=halves, fiscal=fiscal
    )
    taus = taus_of(reporting_error)
    core, believed, points, far = fitted(observations, order, taus)
    return Reconstruction(observations, order, level, seed, hedge_model, core, believed, points, taus, far)


def reconstruct_whole(
    readings: pd.DataFrame, hedge_model: str, reporting_error: ReportingError, fiscal: bool
) -> Reconstruction:
    """Return `reconstruct` as it is kept on disk, with every table made that is asked for of all series."""
    series = reconstruct(readings, hedge_model=hedge_model, reporting_error=reporting_error, fiscal=fiscal)
    for name in ("monthly", "yearly", *(["fiscal"] if fiscal else []), "residuals", "conflicts"):
        getattr(series, name)
    return series
