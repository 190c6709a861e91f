"""Measures of yearly estimates against a known truth: coverage, bias, error, interval score."""

from __future__ import annotations

import numpy as np
import pandas as pd

ALPHA = 0.1
WELL_INFORMED = 0.5
RIVALS = ("printed", "linear", "denton", "chow_lin")
METHODS = ("model", *RIVALS)
# Kind of group, the column that makes it, and the methods that are measured in it.
GROUPS = (
    ("all", "everything", METHODS),
    ("scenario", "scenario", METHODS),
    ("windows", "windows", METHODS),
    ("irregular", "irregular", METHODS),
    ("part", "part", METHODS),
    ("shape", "shape", ("model",)),
    ("readings", "size", ("model",)),
    ("informed", "share", ("model",)),
)


def interval_score(truth: pd.Series, lower: pd.Series, upper: pd.Series) -> pd.Series:
    """Return the interval score of 90% bands on the log scale (Gneiting, Raftery 2007, equation 43)."""
    y, low, high = np.log(truth), np.log(lower), np.log(upper)
    missed = (low - y).clip(lower=0) + (y - high).clip(lower=0)
    return (high - low) + 2 / ALPHA * missed


def summary(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row a group and method: scenarios, windows, both, shapes, numbers of readings, information.

    Years that are `given`, by an exact print, do not count, but may stand in for a year without a value.
    A series that could not be fitted counts in `series`, and its years are missing from `years`.
    """
    wide = results.astype(dict.fromkeys(("truth", "estimate", "lower", "upper", "informed"), float))
    wide = wide.assign(
        error=np.log(wide["estimate"] / wide["truth"]),
        score=interval_score(wide["truth"], wide["lower"], wide["upper"]),
        covered=((wide["lower"] <= wide["truth"]) & (wide["truth"] <= wide["upper"])).astype(float),
    )
    wide["covered"] = wide["covered"].where(wide["lower"].notna())
    wide = pd.concat([wide, _nearest(wide)], axis=1)
    wide["irregular"] = np.where(wide["windows"] == "yearly", "regular", "irregular")
    wide["part"] = wide["scenario"] + ", " + wide["windows"]
    wide["size"] = pd.cut(wide["readings"], [0, 9, 19, 35, 60], labels=["5-9", "10-19", "20-35", "36-60"])
    shares = wide["informed"].where(wide["estimate"].notna())
    names = ["0.1-0.3", "0.3-0.5", "0.5-0.8", "0.8-0.95", "0.95-1"]
    wide["share"] = pd.cut(shares, [0.0999, 0.3, 0.5, 0.8, 0.95, 1.01], labels=names)
    wide["everything"] = "all"
    wide = wide[~wide["given"].astype(bool)]
    rows = []
    for kind, column, methods in GROUPS:
        for name, part in wide.groupby(column, sort=False, observed=True):
            rows += [_row(kind, str(name), part, method) for method in methods]
    return pd.DataFrame(rows)


def _nearest(wide: pd.DataFrame) -> pd.DataFrame:
    """Return error and score with every missing year taking the nearest year's estimate (the earlier of two)."""
    shape = (-1, wide["period"].nunique())  # every series and method has all its years, in order
    estimate = wide["estimate"].to_numpy().reshape(shape)
    place = np.arange(shape[1])
    distance = np.abs(place[:, None] - place[None, :])
    far = np.where(np.isnan(estimate)[:, None, :], np.inf, distance[None, :, :])
    source = np.argmin(far, axis=2)
    filled = {
        column: np.take_along_axis(wide[column].to_numpy().reshape(shape), source, axis=1).ravel()
        for column in ("estimate", "lower", "upper")
    }
    frame = pd.DataFrame(filled, index=wide.index)
    return pd.DataFrame(
        {
            "span_error": np.log(frame["estimate"] / wide["truth"]),
            "span_score": interval_score(wide["truth"], frame["lower"], frame["upper"]),
        }
    )


def _rms(errors: pd.Series) -> float:
    """Return the root mean square of what is there, NaN of nothing."""
    return float(np.sqrt((errors**2).mean()))


def _row(kind: str, group: str, part: pd.DataFrame, method: str) -> dict[str, object]:
    """Return the measures of one method in one group of series or years."""
    own = part[part["method"] == method]
    known = own[own["estimate"].notna()]
    row: dict[str, object] = {
        "kind": kind,
        "group": group,
        "method": method,
        "series": own.groupby(["scenario", "series"]).ngroups,
        "years": len(known),
        **_coverage(known),
        "bias": float(np.expm1(known["error"].median())),
        "median_error": float(known["error"].abs().median()),
        "rms_error": _rms(known["error"]),
        "score": float(known["score"].mean()),
    }
    return row | (_against(part, own) if method in RIVALS else {})


def _coverage(known: pd.DataFrame) -> dict[str, float]:
    """Return the coverage of all bands and of well informed years, with the error that series cluster."""
    covered = known[known["covered"].notna()]
    share = covered["covered"].mean()
    apart = (covered["covered"] - share).groupby([covered["scenario"], covered["series"]]).sum()
    error = float(np.sqrt((apart**2).sum())) / len(covered) if len(covered) else np.nan
    well = covered.loc[covered["informed"] >= WELL_INFORMED, "covered"].mean()
    return {"coverage": float(share), "coverage_se": error, "coverage_informed": float(well)}


def _against(part: pd.DataFrame, own: pd.DataFrame) -> dict[str, float]:
    """Return the model's measures where the rival has a value too, and both over the whole span."""
    keys = ["scenario", "series", "period"]
    columns = ["error", "score", "span_error", "span_score"]
    model = part[part["method"] == "model"]
    both = own[keys + columns].merge(model[keys + columns], on=keys, suffixes=("", "_model"))
    same = both[both["error"].notna() & both["error_model"].notna()]
    span = both[both["span_error"].notna() & both["span_error_model"].notna()]
    return {
        "common_years": len(same),
        "common_median": float(same["error"].abs().median()),
        "model_median": float(same["error_model"].abs().median()),
        "common_rms": _rms(same["error"]),
        "model_rms": _rms(same["error_model"]),
        "common_score": float(same["score"].mean()),
        "model_score": float(same["score_model"].mean()),
        "span_years": len(span),
        "span_median": float(span["span_error"].abs().median()),
        "model_span_median": float(span["span_error_model"].abs().median()),
        "span_rms": _rms(span["span_error"]),
        "model_span_rms": _rms(span["span_error_model"]),
        "span_score": float(span["span_score"].mean()),
        "model_span_score": float(span["span_score_model"].mean()),
    }
