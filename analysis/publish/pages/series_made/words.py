"""The words of the chapter: the year's readings and rates, its total, conflicts, moves, and the study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.dataset import Dataset
from analysis.publish.pages.series_made.calendar import (
    LATER,
    SERIES,
    WIDE,
    YEAR,
    last_days,
    months,
    off,
    one,
    readings_taken,
    years,
)
from analysis.publish.pages.series_made.conflicts import every_choice
from analysis.publish.pages.series_made.fit import coverage, error_ratios, measures
from analysis.publish.tables import keyed
from analysis.publish.words import between, counted, estimate, listed, number
from analysis.rounding import written
from analysis.series import reconstructed, single_series
from analysis.series.choice_effects import by_choice
from analysis.series.known_conflicts import FIVE_SERIES, FIVE_YEARS, every_conflict, known_conflict, remainder
from analysis.series.lookup import by_id

SUMMER, AUTUMN = "police-0015", "plat-seed0-02"
GROWN, GROWN_LEVEL = "police-0054", "police-0053"
# What a kind of conflict is called after its count.
KINDS = {
    "official": "of official against official",
    "retelling": "of a retelling's error",
    "two_quantities": "of two quantities",
    "revision": "of a revision",
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    return (
        _readings(dataset)
        | _fit(dataset)
        | _total(dataset)
        | conflict_words(dataset)
        | _five_years(dataset)
        | move_words(dataset)
        | study_words(dataset)
    )


def _readings(dataset: Dataset) -> dict[str, str]:
    """Say what the year's readings imply of the days between them."""
    frame = readings_taken(dataset)
    summer, autumn = one(frame, SUMMER), one(frame, AUTUMN)
    low, high, start, end = last_days(frame)
    rest = (autumn["window_end"] - summer["window_end"]).days
    return {
        "summer_rate": _ends(summer["rate_low"], summer["rate_high"]),
        "autumn_rate": _ends(autumn["rate_low"], autumn["rate_high"]),
        "rest_rate": _ends((autumn["low"] - summer["high"]) / rest, (autumn["high"] - summer["low"]) / rest),
        "last_days": counted((end - start).days + 1, none="no"),
        "last_rate": _ends(low, high),
    }


def _fit(dataset: Dataset) -> dict[str, str]:
    """Say how many combinations of smoothness count, what months look like, and which readings are doubted."""
    found, frame, shown = reconstructed(dataset, SERIES), readings_taken(dataset), months(dataset)
    level, growth = by_id(dataset, [GROWN_LEVEL])[GROWN_LEVEL], one(frame, GROWN)
    implied = float(level["value"]) / (1 + growth["value"] / 100)
    return {
        "n_all": f"{len(found.observations)}",
        "n_taken": f"{len(frame)}",
        "points": f"{len(found.points)}",
        "month_factor": written((shown["upper"] / shown["lower"]).median(), ".1f"),
        "thin_months": f"{int(shown['thin'].sum())} of {len(shown)}",
        "n_doubted": counted(int(frame["doubted"].sum()), none="no"),
        "summer_off": _percent_off(off(one(frame, SUMMER))),
        "whole_off": _percent_off(off(one(frame, LATER))),
        "growth_implies": number(round(implied, -2)),
    }


def _total(dataset: Dataset) -> dict[str, str]:
    """Say the year's total, the year that nobody prints, and the wide series' year."""
    found = keyed(years(dataset, SERIES), "year")
    wide = keyed(years(dataset, WIDE), "year")[YEAR]
    gap, year = [row for row in found.values() if not row["printed"]][-1], found[YEAR]
    return {
        "total": estimate(year["estimate"]),
        "total_band": _band(year),
        "gap_year": f"{gap['year']}",
        "gap_band": _band(gap),
        "gap_informed": written(gap["informed"], ".0%"),
        "wide_informed": written(wide["informed"], ".0%"),
    }


def conflict_words(dataset: Dataset) -> dict[str, str]:
    """Count the pairs that the rules find, those that are contradictions, and the kinds that are known."""
    found = every_conflict(dataset)
    kinds = found.loc[found["known"], "kind"].value_counts()
    told = kinds.drop("unknown", errors="ignore")
    contradictions = found[found["contradicts"]]
    return {
        "n_conflicts": f"{len(found)}",
        "n_contradictions": f"{len(contradictions)}",
        "n_conflict_series": f"{contradictions['series_id'].nunique()}",
        "n_series": f"{len(single_series(dataset))}",
        "n_known": f"{int(found['known'].sum())}",
        "kinds": listed([f"{count} {KINDS[str(name)]}" for name, count in told.items()]),
        "n_open": f"{kinds.sum() - told.sum()}",
        "online_rules": counted(len(known_conflict(dataset, "online")["rules"].split(";"))),
    }


def _five_years(dataset: Dataset) -> dict[str, str]:
    """Say what 47 billion yuan for five years leaves for the years that nobody prints."""
    low, high, missing = remainder(dataset)
    residuals = reconstructed(dataset, FIVE_SERIES).residuals.set_index("reading_id")["residual"]
    return {
        "rest_value": f"{between(low, high)} yuan",
        "rest_years": listed([str(year) for year in missing]),
        "rest_yearly": f"{between(low / len(missing), high / len(missing), 2)} yuan",
        "five_residual": written(abs(residuals[dataset.current_id(FIVE_YEARS)]), ".1f"),
    }


def move_words(dataset: Dataset) -> dict[str, str]:
    """Say what choices move."""
    rows = keyed(by_choice(every_choice(dataset)), "variant")
    shares = {
        "left_out_beyond": ("left_out", "beyond"),
        "left_out_outside": ("left_out", "outside"),
        "left_out_lost": ("left_out", "lost"),
        "tight_beyond": ("tight", "beyond"),
        "open_beyond": ("open_ended", "beyond"),
        "mirrors_lost": ("no_mirrors", "lost"),
    }
    return {
        "left_out_n": number(rows["left_out"]["choices"]),
        "mirrors_series": f"{rows['no_mirrors']['series']}",
    } | {name: written(rows[variant][share], ".0%") for name, (variant, share) in shares.items()}


def study_words(_: Dataset) -> dict[str, str]:
    """Say what the simulation study found."""
    found = measures()
    shown = coverage(found)
    whole = shown[shown["kind"] == "all"].iloc[0]
    groups = shown[shown["kind"] == "scenario"].sort_values("coverage")
    least, most = groups.iloc[0], groups.iloc[-1]
    ratios = error_ratios(found, "irregular").T["irregular"]
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
    return said | {f"ratio_{name}": written(ratio, ".2f") for name, ratio in ratios.items()}


def _ends(low: float, high: float) -> str:
    """Write the ends of a daily rate: `57 to 62`."""
    return between(round(low), round(high))


def _percent_off(ends: tuple[float, float]) -> str:
    """Write how far an interval lies off: `55 to 57 percent below`."""
    near, far = sorted(abs(end) for end in ends)
    return f"{written(near, '.0f')} to {written(far, '.0f')} percent {'below' if ends[1] < 0 else 'above'}"


def _band(row: Mapping[str, Any]) -> str:
    """Write a band to three digits."""
    return f"{estimate(row['lower'])} to {estimate(row['upper'])}"
