"""The words of the chapter: the year's readings and rates, its total, conflicts, moves, and the study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.dataset import Dataset
from analysis.publish.pages.more_than.found import keyed
from analysis.publish.pages.series_made.clashes import (
    FIVE_SERIES,
    FIVE_YEARS,
    every_conflict,
    known_conflict,
    remainder,
)
from analysis.publish.pages.series_made.fitted import months
from analysis.publish.pages.series_made.moves import by_choice, every_choice
from analysis.publish.pages.series_made.simulated import coverage, error_ratios, measures
from analysis.publish.pages.series_made.taken import SERIES, WIDE, YEAR, off, one, readings_taken
from analysis.publish.pages.series_made.totals import years
from analysis.publish.pages.series_made.windows import EARLIER, LATER, last_days
from analysis.publish.words import between, listed, number, quote
from analysis.rounding import written
from analysis.series import reconstructed
from analysis.series.lookup import by_id

SPRING, SUMMER, AUTUMN = "police-0001", "police-0015", "plat-seed0-02"
GROWN, GROWN_LEVEL = "police-0054", "police-0053"
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    return (
        _readings(dataset)
        | _fit(dataset)
        | _total(dataset)
        | _conflicts(dataset)
        | _five_years(dataset)
        | _moves(dataset)
        | _study()
    )


def _readings(dataset: Dataset) -> dict[str, str]:
    """Quote the year's readings, and say what they imply of the days between them."""
    frame = readings_taken(dataset)
    summer, autumn = one(frame, SUMMER), one(frame, AUTUMN)
    low, high, start, end = last_days(frame)
    days = (end - start).days + 1
    rest = (autumn["window_end"] - summer["window_end"]).days
    return {
        "june": quote(one(frame, SPRING)),
        "summer": quote(summer),
        "summer_rate": _ends(summer["rate_low"], summer["rate_high"]),
        "autumn": quote(autumn),
        "autumn_rate": _ends(autumn["rate_low"], autumn["rate_high"]),
        "rest_rate": _ends((autumn["low"] - summer["high"]) / rest, (autumn["high"] - summer["low"]) / rest),
        "december": quote(one(frame, EARLIER)),
        "whole": quote(one(frame, LATER)),
        "last_days": _small(days),
        "last_rate": _ends(low, high),
    }


def _fit(dataset: Dataset) -> dict[str, str]:
    """Say how many combinations of smoothness count, what months look like, and which readings are doubted."""
    found, frame = reconstructed(dataset, SERIES), readings_taken(dataset)
    shown = months(dataset)
    factor = (shown["upper"] / shown["lower"]).median()
    doubted = frame[frame["doubted"]]
    level = by_id(dataset, [GROWN_LEVEL])[GROWN_LEVEL]
    growth = one(frame, GROWN)
    implied = float(level["value"]) / (1 + growth["value"] / 100)
    return {
        "n_all": f"{len(found.observations)}",
        "n_taken": f"{len(frame)}",
        "points": f"{len(found.points)}",
        "month_factor": written(factor, ".1f"),
        "thin_months": f"{int(shown['thin'].sum())} of {len(shown)}",
        "n_doubted": _small(len(doubted)),
        "summer_off": _percent_off(off(one(frame, SUMMER))),
        "whole_off": _percent_off(off(one(frame, LATER))),
        "growth": f"{number(growth['value'])} percent",
        "grown_to": number(float(level["value"])),
        "growth_implies": number(round(implied, -2)),
    }


def _total(dataset: Dataset) -> dict[str, str]:
    """Say the year's total, the year that nobody prints, and the wide series' year."""
    found = keyed(years(dataset, SERIES), "year")
    wide = keyed(years(dataset, WIDE), "year")[YEAR]
    gap = [row for row in found.values() if not row["printed"]][-1]
    five = by_id(dataset, ["police-0027"])["police-0027"]
    year = found[YEAR]
    return {
        "total": _about(year["estimate"]),
        "total_band": _band(year),
        "gap_year": f"{gap['year']}",
        "gap_band": _band(gap),
        "gap_informed": written(gap["informed"], ".0%"),
        "five_cases": quote(five),
        "wide_informed": written(wide["informed"], ".0%"),
    }


def _conflicts(dataset: Dataset) -> dict[str, str]:
    """Count the conflicts, and quote those that were known before there were rules."""
    found = every_conflict(dataset)
    online = known_conflict(dataset, "online")
    reasons = found.loc[found["known"], "reason"].value_counts()
    told = reasons.drop("unknown", errors="ignore")
    prints = by_id(dataset, ["plat-seed0-01", "adm-0246", "police-0170"])
    return {
        "n_conflicts": f"{len(found)}",
        "n_conflict_series": f"{found['series_id'].nunique()}",
        "n_series": f"{len(dataset.series)}",
        "n_known": f"{int(found['known'].sum())}",
        "reasons": listed([f"{count} to {_reason(str(name))}" for name, count in told.items()]),
        "n_open": f"{reasons.sum() - told.sum()}",
        "online": quote(prints["plat-seed0-01"]),
        "online_rules": _small(len(online["rules"].split(";"))),
        "value_low": quote(prints["adm-0246"]),
        "value_high": quote(prints["police-0170"]),
    }


def _reason(name: str) -> str:
    """Return what a reason is called in a list of counts."""
    return {"scope": "another scope", "window": "another window"}.get(name, name)


def _five_years(dataset: Dataset) -> dict[str, str]:
    """Say what 47 billion yuan for five years leaves for the years that nobody prints."""
    low, high, missing = remainder(dataset)
    series = reconstructed(dataset, FIVE_SERIES)
    residual = keyed(series.residuals, "reading_id")[dataset.current_id(FIVE_YEARS)]["residual"]
    prints = by_id(dataset, [FIVE_YEARS, "adm-0275", "police-0025"])
    return {
        "five_value": quote(prints[FIVE_YEARS]),
        "rest_value": f"{between(low, high)} yuan",
        "rest_years": listed([str(year) for year in missing]),
        "rest_yearly": f"{between(low / len(missing), high / len(missing), 2)} yuan",
        "before_value": quote(prints["adm-0275"]),
        "after_value": quote(prints["police-0025"]),
        "five_residual": written(abs(residual), ".1f"),
    }


def _moves(dataset: Dataset) -> dict[str, str]:
    """Say what choices move."""
    rows = keyed(by_choice(every_choice(dataset)), "variant")
    out, mirrors = rows["left_out"], rows["no_mirrors"]
    open_ended, tight = rows["open_ended"], rows["tight"]
    return {
        "left_out_n": number(out["choices"]),
        "left_out_beyond": written(out["beyond"], ".0%"),
        "left_out_outside": written(out["outside"], ".0%"),
        "left_out_lost": written(out["lost"], ".0%"),
        "tight_beyond": written(tight["beyond"], ".0%"),
        "open_beyond": written(open_ended["beyond"], ".0%"),
        "mirrors_series": f"{mirrors['series']}",
        "mirrors_lost": written(mirrors["lost"], ".0%"),
    }


def _study() -> dict[str, str]:
    """Say what the simulation study found."""
    found = measures()
    shown = coverage(found)
    whole = shown[shown["kind"] == "all"].iloc[0]
    groups = shown[shown["kind"] == "scenario"].sort_values("coverage")
    least, most = groups.iloc[0], groups.iloc[-1]
    ratios = error_ratios(found, "irregular").set_index(["group", "method"])["ratio"]
    irregular = found[(found["kind"] == "irregular") & (found["group"] == "irregular")]
    printed = irregular[irregular["method"] == "printed"].iloc[0]
    said = {
        "study_series": number(whole["series"]),
        "study_years": number(whole["years"]),
        "covered": written(whole["coverage"], ".1%"),
        "covered_error": written(100 * whole["coverage_se"], ".1f"),
        "covered_least": written(least["coverage"], ".1%"),
        "least_name": str(least["group"]),
        "covered_most": written(most["coverage"], ".1%"),
        "most_name": str(most["group"]),
        "bias": written(round(whole["bias"], 3) + 0.0, ".1%"),  # no minus before a zero
        "median_error": written(whole["median_error"], ".1%"),
        "score_printed": written(printed["model_span_score"] / printed["span_score"], ".2f"),
    }
    return said | {f"ratio_{name}": written(ratio, ".2f") for name, ratio in ratios["irregular"].items()}


def _ends(low: float, high: float) -> str:
    """Write the ends of a daily rate: `57 to 62`."""
    return between(round(low), round(high))


def _percent_off(ends: tuple[float, float]) -> str:
    """Write how far an interval lies off: `55 to 57 percent below`."""
    near, far = sorted(abs(end) for end in ends)
    return f"{written(near, '.0f')} to {written(far, '.0f')} percent {'below' if ends[1] < 0 else 'above'}"


def _about(value: float) -> str:
    """Write an estimate to three digits."""
    return number(float(written(value, ".3g")))


def _band(row: Mapping[str, Any]) -> str:
    """Write a band to three digits."""
    return f"{_about(row['lower'])} to {_about(row['upper'])}"


def _small(value: int) -> str:
    """Write a small number as a word."""
    return SMALL_NUMBERS[value] if value < len(SMALL_NUMBERS) else str(value)
