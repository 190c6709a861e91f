"""What else could be made of the same readings: the methods that `reconstruct` is measured against.

    printed    the figure printed for a whole year, the narrowest where several are; no other year has a value
    linear     the cumulative count, known at the ends of the windows and linear between them
    denton     Denton (1971, doi 10.1080/01621459.1971.10482227): the months with the smallest squared changes
               that add up to the readings
    chow_lin   Chow, Lin (1971, doi 10.2307/1928739) with a constant and autoregressive errors, the
               autocorrelation by maximum likelihood; the only one of them with a model's interval

Denton and Chow-Lin come from the package tempdisagg. As published they split regular periods; here they get the
readings' own windows as the rows of their aggregation matrix, which uses more of the data than yearly totals
would. Rows that the others nearly contain are left out, because both methods take each total as exact and would
turn the rounding of two almost equal windows into months of any size.

All take a flow reading as the middle of its interval, so that the hedge table helps them as it helps the model;
growth readings say nothing to them. All return period, estimate, lower and upper; NaN where they have no value.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from tempdisagg.model.models_handler import ModelsHandler

from analysis.errors import InputError
from analysis.readings import intervals

# A window is kept if at least this share of it lies outside what the windows before it span.
_NEW_SHARE = 0.05
_AUTOCORRELATIONS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
# Estimates below this share of the mean year are raised to it, so that a relative error exists.
_FLOOR = 0.02


def rivals(readings: pd.DataFrame, years: list[int], level: float = 0.9) -> dict[str, pd.DataFrame]:
    """Return every rival's yearly estimates for `years` (consecutive calendar years).

    Raises
    ------
    InputError
        If no reading is a flow, or a window leaves the years.
    """
    flows = _flows(readings, years)
    months = _monthly(flows, years, level)
    return {"printed": _printed(flows, years), "linear": _linear(flows, years), **months}


def _flows(readings: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Return the flows with low, high, value (the middle), first and last day counted from the first year."""
    flows = readings[(readings["kind"] == "flow").to_numpy()].reset_index(drop=True)
    if flows.empty:
        raise InputError("No reading is a flow; the rivals need at least one count over a window.")
    begin = np.datetime64(f"{years[0]}-01-01")
    frame = intervals(flows)[["low", "high"]]
    frame["value"] = (frame["low"] + frame["high"]) / 2
    for name, column in (("first", "window_start"), ("last", "window_end")):
        frame[name] = (flows[column].to_numpy(dtype="datetime64[D]") - begin).astype(int)
    if (frame["first"] < 0).any() or (frame["last"] >= _starts(years)[-1]).any():
        raise InputError(f"A window leaves the years {years[0]} to {years[-1]}; name more years.")
    frame["width"] = (frame["high"] - frame["low"]) / frame["value"]
    frame = frame.sort_values(["first", "last", "width"], ignore_index=True)
    return frame.drop_duplicates(["first", "last"], ignore_index=True)


def _starts(years: list[int]) -> np.ndarray:
    """Return the first day of each year and the day after the last, counted from the first year."""
    days = np.array([f"{year}-01-01" for year in [*years, years[-1] + 1]], dtype="datetime64[D]")
    return _whole_days(days)


def _whole_days(days: np.ndarray) -> np.ndarray:
    """Return days counted from the first of them."""
    numbers: np.ndarray = (days - days[0]).astype(int)
    return numbers


def _table(years: list[int], estimate: np.ndarray, half_width: np.ndarray | None = None) -> pd.DataFrame:
    """Return one row a year."""
    half = np.full(len(years), np.nan) if half_width is None else half_width
    floor = _FLOOR * np.nanmean(np.abs(estimate)) if np.isfinite(estimate).any() else np.nan
    columns = {
        "period": [str(year) for year in years],
        "estimate": np.maximum(estimate, floor),
        "lower": np.maximum(estimate - half, floor),
        "upper": np.maximum(estimate + half, floor),
    }
    return pd.DataFrame(columns)


def _printed(flows: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Return the years that are printed, with their hedges' intervals."""
    starts = _starts(years)
    table = pd.DataFrame({"first": starts[:-1], "last": starts[1:] - 1}).merge(flows, how="left")
    result = _table(years, table["value"].to_numpy())
    return result.assign(lower=table["low"].to_numpy(), upper=table["high"].to_numpy())


def _linear(flows: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Return the yearly sums of daily rates: windows fill days in turn, what is left between is interpolated.

    Whole years come first, then year-to-date windows by their end, then the others, the shortest first. A
    window spreads what it adds to the days that are filled over its other days; one that adds nothing, or less
    than nothing, is passed over. Years that are not wholly between the first and the last window have no value.
    """
    starts = _starts(years)
    rate = np.full(starts[-1], np.nan)
    begins = flows["first"].isin(starts[:-1]).to_numpy()
    days = (flows["last"] - flows["first"] + 1).to_numpy()
    year = np.searchsorted(starts, flows["first"], side="right") - 1
    whole = begins & (flows["last"].to_numpy() == starts[year + 1] - 1)
    to_date = begins & ~whole & (flows["last"].to_numpy() < starts[year + 1])
    # Within a year the shorter windows come first: the year's own total then fills the days that are left.
    rank = np.where(whole | to_date, 0, 1)
    for i in np.lexsort([days, rank]):
        window = rate[flows["first"][i] : flows["last"][i] + 1]
        empty = np.isnan(window)
        rest = flows["value"][i] - np.nansum(window)
        if empty.any() and rest > 0:
            window[empty] = rest / empty.sum()
    known = np.flatnonzero(~np.isnan(rate))
    rate = np.interp(np.arange(len(rate)), known, rate[known])
    estimate = np.add.reduceat(rate, starts[:-1])
    outside = (starts[:-1] < known[0]) | (starts[1:] - 1 > known[-1])
    return _table(years, np.where(outside, np.nan, estimate))


def _monthly(flows: pd.DataFrame, years: list[int], level: float) -> dict[str, pd.DataFrame]:
    """Return the estimates of Denton and Chow-Lin, for the years that some window touches or that lie between."""
    starts, months = _starts(years), _months(years)
    overlap = _overlap(flows["first"].to_numpy(), flows["last"].to_numpy() + 1, months)
    rows = overlap / np.diff(months)  # shares of each month
    kept = _independent(rows)
    scale = float((flows["value"] / rows.sum(axis=1)).mean())
    y, matrix = flows["value"].to_numpy()[kept] / scale, rows[kept]
    flat = np.ones(rows.shape[1])
    yearly = np.kron(np.eye(len(years)), np.ones(12))
    outside = (starts[1:] <= flows["first"].min()) | (starts[:-1] > flows["last"].max())
    handler = ModelsHandler()
    result = {}
    denton = handler.denton_estimation(y, flat, matrix, h=1)
    values = np.full(len(years), np.nan) if denton is None else yearly @ denton["y_hat"].ravel()
    result["denton"] = _table(years, np.where(outside, np.nan, scale * values))
    chow_lin = _likeliest(handler, y, flat, matrix)
    if chow_lin is None:
        result["chow_lin"] = _table(years, np.full(len(years), np.nan))
        return result
    values = yearly @ chow_lin["y_hat"].ravel()
    half = NormalDist().inv_cdf((1 + level) / 2) * _standard_errors(chow_lin, matrix, yearly)
    result["chow_lin"] = _table(years, np.where(outside, np.nan, scale * values), scale * half)
    return result


def _likeliest(
    handler: ModelsHandler, y: np.ndarray, flat: np.ndarray, matrix: np.ndarray
) -> dict[str, np.ndarray] | None:
    """Return the Chow-Lin fit with the autocorrelation of highest likelihood; None with fewer than 2 readings.

    The package's own search does not profile the variance out, so that its choice depends on the unit.
    """
    if len(y) < 2:
        return None
    best, chosen = -np.inf, None
    for rho in _AUTOCORRELATIONS:
        fit = handler.chow_lin_estimation(y, flat, matrix, rho=rho)
        if fit is None:
            continue
        residual = fit["residuals"].ravel()
        spread = max(float(residual @ np.linalg.pinv(fit["vcov"]) @ residual) / len(y), 1e-12)
        likelihood = -len(y) / 2 * np.log(spread) - np.linalg.slogdet(fit["vcov"])[1] / 2
        if likelihood > best:
            best, chosen = likelihood, fit
    return chosen


def _months(years: list[int]) -> np.ndarray:
    """Return the first day of each month and the day after the last, counted from the first year."""
    days = np.arange(f"{years[0]}-01", f"{years[-1] + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
    return _whole_days(days)


def _overlap(first: np.ndarray, after: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the days that each window shares with each cell (windows by cells)."""
    shared = np.minimum(after[:, None], edges[None, 1:]) - np.maximum(first[:, None], edges[None, :-1])
    result: np.ndarray = np.maximum(shared, 0).astype(float)
    return result


def _independent(rows: np.ndarray) -> np.ndarray:
    """Return which rows to keep: the longest first, each with enough outside the span of those before it."""
    basis = np.zeros((0, rows.shape[1]))
    kept = []
    for i in np.argsort(-rows.sum(axis=1), kind="stable"):
        rest = rows[i] - basis.T @ (basis @ rows[i])
        if rest @ rest > _NEW_SHARE * (rows[i] @ rows[i]):
            basis = np.vstack([basis, rest / np.sqrt(rest @ rest)])
            kept.append(i)
    return np.sort(np.array(kept, dtype=int))


def _standard_errors(fit: dict[str, np.ndarray], matrix: np.ndarray, yearly: np.ndarray) -> np.ndarray:
    """Return the standard errors of yearly sums, the best linear predictor's with an estimated mean."""
    n = len(matrix)
    inverse = np.linalg.pinv(fit["vcov"])
    residual = fit["residuals"].ravel()
    variance = residual @ inverse @ residual / max(n - 1, 1)
    gain = fit["Q"] @ matrix.T @ inverse
    mean = np.ones(matrix.shape[1]) - gain @ matrix.sum(axis=1)
    weight = matrix.sum(axis=1) @ inverse @ matrix.sum(axis=1)
    covariance = fit["Q"] - gain @ matrix @ fit["Q"] + np.outer(mean, mean) / weight
    errors: np.ndarray = np.sqrt(np.maximum(variance * np.diag(yearly @ covariance @ yearly.T), 0))
    return errors
