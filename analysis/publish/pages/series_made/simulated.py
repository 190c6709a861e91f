"""The simulation study: how often bands hold a known truth, and how far off other methods are."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import number

NAME = "reconstruction"
CORRIDOR = (0.86, 0.94)
CLAIMED = 0.9
# Kinds of groups in the order drawn, with what they are called.
KINDS = {
    "all": "all",
    "scenario": "errors",
    "windows": "windows",
    "readings": "readings",
    "informed": "informed",
}
RIVALS = {
    "printed": ("printed years alone", "o", style.ORANGE),
    "linear": ("linear interpolation", "s", style.GREEN),
    "denton": ("Denton", "^", style.PURPLE),
    "chow_lin": ("Chow-Lin", "D", style.GREY),
}
GOAL = 0.7  # of a rival's error


def measures() -> pd.DataFrame:
    """Return the study's table. Raises InputError where it was not run, or lacks what the chapter shows."""
    found = study(NAME).table
    missing = {"kind", "group", "method", "coverage", "coverage_se", "model_rms", "common_rms"} - set(found)
    if missing:
        raise InputError(f"study {NAME!r} lacks {', '.join(sorted(missing))}; run `make studies`.")
    return found


def coverage(found: pd.DataFrame) -> pd.DataFrame:
    """Return the model's rows of the kinds that are shown, in that order."""
    model = found[(found["method"] == "model") & found["kind"].isin(KINDS)]
    kind = model["kind"].map(list(KINDS).index)
    # Groups that are ranges go by their lower end, the others as the study lists them.
    low = model["group"].str.extract(r"^([\d.]+)-", expand=False).astype(float).fillna(0)
    order = pd.DataFrame({"kind": kind, "low": low}).sort_values(["kind", "low"], kind="stable").index
    return model.loc[order].reset_index(drop=True)


def error_ratios(found: pd.DataFrame, kind: str = "windows") -> pd.DataFrame:
    """Return the model's root mean square error over each rival's, by group of a kind: group, method, ratio.

    Against printed years alone over the whole span, where a year that nobody prints takes the nearest one that is;
    against the others on the years that both estimate.
    """
    rows = found[(found["kind"] == kind) & found["method"].isin(RIVALS)]
    span = rows["method"] == "printed"
    own = rows["model_span_rms"].where(span, rows["model_rms"])
    other = rows["span_rms"].where(span, rows["common_rms"])
    return rows[["group", "method"]].assign(ratio=own / other).reset_index(drop=True)


def study_chart(dataset: Dataset) -> Chart:
    """Draw coverage by group with its Monte Carlo error, and the error against that of each rival."""
    found = measures()
    shown, ratios = coverage(found), error_ratios(found)
    groups = list(dict.fromkeys(ratios["group"]))
    figure, (upper, lower) = style.subplots(
        2, 1, size=(5.8, 7.6), gridspec_kw={"height_ratios": [len(shown) + 2, 2 * len(groups)]}
    )
    _draw_coverage(upper, shown)
    _draw_ratios(lower, ratios, groups)
    whole = shown.iloc[0]
    return Chart(
        name="fig-simulation",
        figure=style.finish(figure),
        title=f"On simulated series the 90% bands hold {whole['coverage']:.0%} of the true years",
        alt="Two panels. Coverage of the bands: "
        + "; ".join(
            f"{_name(row)}: {row['coverage']:.1%}, Monte Carlo error {row['coverage_se']:.1%}"
            for _, row in shown.iterrows()
        )
        + ". Error as a share of the rival's: "
        + "; ".join(
            f"{row['group']} windows, {RIVALS[row['method']][0]}: {row['ratio']:.2f}"
            for _, row in ratios.iterrows()
        )
        + ".",
        note="Above: share of 90% bands of years that hold the truth; bars: two Monte Carlo standard errors, series "
        f"being the clusters; shaded: {CORRIDOR[0]:.0%} to {CORRIDOR[1]:.0%}. Below: root mean square error of the "
        "log, as a share of each rival's (under 1: the reconstruction is nearer the truth); dashed: "
        f"{GOAL:g}. Against printed years, a year without one takes the nearest.",
        source=_source(dataset, shown),
    )


def _source(dataset: Dataset, shown: pd.DataFrame) -> Source:
    """Say which study a chart shows, with the groups drawn behind it."""
    rows: list[dict[str, object]] = [
        {
            "group": _name(row),
            "series": number(row["series"]),
            "years": number(row["years"]),
            "coverage": _percent(row["coverage"]),
            "Monte Carlo error": _percent(row["coverage_se"]),
        }
        for _, row in shown.iterrows()
    ]
    text = (
        f"Source: simulation study of {number(shown.iloc[0]['series'])} series, seed {study(NAME).meta['seed']}. "
        f"{version_line(dataset)}"
    )
    return Source.of(text, rows, "groups of simulated series")


def _draw_coverage(axes: Axes, shown: pd.DataFrame) -> None:
    """Draw the coverage of each group."""
    places = _places(shown)
    axes.axvspan(100 * CORRIDOR[0], 100 * CORRIDOR[1], color=style.PALE, lw=0)
    axes.axvline(100 * CLAIMED, color="#777777", lw=1)
    ends = 200 * shown["coverage_se"]
    middle = 100 * shown["coverage"]
    axes.hlines(places, middle - ends, (middle + ends).clip(upper=100), color=style.INK, lw=1.6, alpha=0.6)
    axes.plot(middle, places, "o", color=style.INK, ms=5.5)
    axes.set_yticks(places, [_name(row) for _, row in shown.iterrows()], fontsize=9)
    axes.set_ylim(places[-1] + 0.7, -0.7)
    axes.set_xlabel("true years inside the band, %")
    _sideways(axes)


def _places(shown: pd.DataFrame) -> list[float]:
    """Return where rows stand, with a gap between kinds."""
    steps = (shown["kind"] != shown["kind"].shift()).astype(int).cumsum() - 1
    return [index + 0.6 * int(step) for index, step in enumerate(steps)]


def _draw_ratios(axes: Axes, ratios: pd.DataFrame, groups: list[str]) -> None:
    """Draw the error ratios, one row a regime of windows."""
    for step, (method, (label, marker, colour)) in enumerate(RIVALS.items()):
        rows = ratios[ratios["method"] == method].set_index("group").reindex(groups)
        places = [place + 0.17 * (step - 1.5) for place in range(len(groups))]
        axes.plot(rows["ratio"], places, marker, color=colour, ms=6, ls="none", label=label)
    axes.axvline(1, color="#555555", lw=1)
    axes.axvline(GOAL, color="#555555", lw=1, ls="--")
    axes.set_yticks(range(len(groups)), [f"{group} windows" for group in groups], fontsize=9)
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_xlim(0, max(1.08, 1.05 * float(ratios["ratio"].max())))
    axes.set_xlabel("error as a share of the rival's")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.28, 1.0), ncols=2, handletextpad=0.1, columnspacing=1)
    _sideways(axes)


def _sideways(axes: Axes) -> None:
    """Grid lines for an axis of rows."""
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)


def _name(row: pd.Series[Any]) -> str:
    """Return what a group is called: `all series`, `3% error`, `nested windows`, `5-9 readings`."""
    kind, group = str(row["kind"]), str(row["group"]).replace("-", "\N{EN DASH}")
    if kind == "all":
        return "all series"
    if kind == "informed":
        low, high = (100 * float(end) for end in str(row["group"]).split("-"))
        return f"informed {low:.0f}\N{EN DASH}{high:.0f}%"
    return group if kind == "scenario" else f"{group} {KINDS[kind]}"


def study_table() -> HtmlTable:
    """Return the study's measures by group and method, folded."""
    found = measures()
    rows = [
        {
            "groups by": row["kind"],
            "group": row["group"],
            "method": RIVALS[row["method"]][0] if row["method"] in RIVALS else "reconstruction",
            "series": number(row["series"]),
            "years": number(row["years"]),
            "coverage": _percent(row["coverage"]),
            "Monte Carlo error": _percent(row["coverage_se"]),
            "median bias": _percent(row["bias"]),
            "median error": _percent(row["median_error"]),
            "rms error": _percent(row["rms_error"]),
            "interval score": "" if pd.isna(row["score"]) else f"{row['score']:.2f}",
        }
        for _, row in found.iterrows()
    ]
    right = list(rows[0])[3:]
    caption = f"The simulation study: {len(rows)} groups and methods"
    return table(rows, caption=caption, right=right, wide=True, folded=True)


def _percent(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.1%}"
