"""Figures, table and words of the comparisons at the borders."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from analysis.dataset import Dataset
from analysis.models import Comparison
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.pages.borders.comparison import (
    DESIGNS,
    QUESTIONS,
    Answer,
    answer,
    as_extreme,
    bounds,
    controls_in_words,
    provinces,
    unit_word,
)
from analysis.publish.pages.borders.official import LINES_SOURCE
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import between, number
from analysis.rounding import written
from analysis.series import printed_years
from analysis.series.panels import CONTAMINATED

NAMED = 4  # placebos named in a drawing at most, those that end farthest out
RATIOS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20, 50)
AT_MOST_BEFORE = 1.0  # trends may part after the measure as much as they ever did before


def change(ratio: float) -> str:
    """Write a ratio as a change with a true minus sign: `+12%`, or as a factor from three times on."""
    if ratio >= 3:
        return f"{number(ratio, 2)} times"
    return f"{'+' if ratio >= 1 else '−'}{written(abs(100 * (ratio - 1)), '.0f')}%"


def comparison_chart(dataset: Dataset, name: str) -> Chart:
    """Draw a comparison: treated and counterfactual above, every unit's gap below, placebos in grey.

    Raises InputError for an unknown comparison.
    """
    one = answer(dataset, name)
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 5.6), sharex=True, height_ratios=(1, 1.25))
    _levels(top, one)
    _gaps(bottom, one)
    found = one.found["did"]
    worse, placebos = as_extreme(found)
    treated = unit_word(one.question.treated)
    treated = treated[0].upper() + treated[1:]
    return Chart(
        name=f"borders-comparison-{name}",
        figure=style.finish(figure),
        title=f"{treated} against the rest: {change(found.ratio)}, and {worse} of {placebos} placebos moved as far",
        alt=_alt(one, found),
        note=f"{one.question.asked} Above, {one.question.unit} a{' fiscal' if one.question.fiscal else ''} year on a "
        "log axis: recorded (dots) and parallel to the controls (dashed). Below, the ratio of each unit to all "
        f"others, 1 being its mean before; grey: controls, as if the measure were theirs ({controls_in_words(one)}). "
        f"p {written(found.p, '.2f')} by permutation, at least {written(found.floor, '.2f')}; "
        f"pre-trend p {written(found.pretrend, '.2f')}. "
        f"{' '.join(found.flags)}",
        source=_source(dataset, one),
    )


def _levels(axes: Axes, one: Answer) -> None:
    """Draw the treated unit and its counterfactual, in natural units."""
    path, at = one.found["did"].path, one.question.at
    years = path["period"].astype(int)
    axes.plot(years, np.exp(path["treated"]), "o-", color=style.BLUE, ms=5)
    after = years >= at - 1
    axes.plot(
        years[after],
        np.exp(path["counterfactual"])[after],
        "--",
        color=style.ORANGE,
        lw=1.6,
        marker="s",
        ms=4,
        mfc="white",
    )
    last = path.iloc[-1]
    for name, color in (("treated", style.BLUE), ("counterfactual", style.ORANGE)):
        word = "recorded" if name == "treated" else "if parallel"
        axes.annotate(word, (int(last["period"]), float(np.exp(last[name]))), (7, 0), color=color, va="center",
                      textcoords="offset points", fontsize=9.5)  # fmt: skip
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: style.short(round(value, 3))))
    axes.set_ylabel(one.question.unit)
    _measure(axes, at)


def _gaps(axes: Axes, one: Answer) -> None:
    """Draw every unit's ratio to the others; name the treated one and the farthest placebos."""
    gaps, treated = one.gaps, one.question.treated
    years = gaps.columns.astype(int)
    others = gaps.drop(index=treated)
    for unit, row in others.iterrows():
        axes.plot(years, np.exp(row), color=style.GREY, lw=1.0, alpha=0.75, label=f"_{unit}")
    axes.plot(years, np.exp(gaps.loc[treated]), "o-", color=style.BLUE, ms=5, lw=2, label=treated)
    far = others.iloc[:, -1].abs().sort_values(ascending=False).index[:NAMED]
    _end_labels(axes, gaps.loc[[treated, *far]].iloc[:, -1], int(years[-1]), treated)
    axes.axhline(1, color=style.INK, lw=0.8)
    axes.set_yscale("log")
    low, high = float(np.exp(gaps.to_numpy().min())), float(np.exp(gaps.to_numpy().max()))
    axes.set_yticks([tick for tick in RATIOS if low / 1.5 <= tick <= high * 1.5])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("times the others")
    axes.set_xticks(list(years))
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.24 * (years[-1] - years[0]) + 0.3)
    axes.set_xlabel("fiscal year" if one.question.fiscal else "year")
    _measure(axes, one.question.at)


def _end_labels(axes: Axes, ends: pd.Series[float], year: int, treated: str) -> None:
    """Name lines at their right end, pushed apart so that no name covers another."""
    order = ends.sort_values()
    step = 0.075 * max(float(order.max() - order.min()), 0.7)
    at = order.to_numpy(dtype=float).copy()
    for place in range(1, len(at)):
        at[place] = max(at[place], at[place - 1] + step)
    at -= (at - order.to_numpy(dtype=float)).mean()
    for unit, height in zip(order.index, at, strict=True):
        word = unit_word(str(unit)).removeprefix("the ")
        color, weight = (style.BLUE, "bold") if unit == treated else ("#5f5f5f", "normal")
        axes.annotate(word, (year, float(np.exp(height))), (7, 0), textcoords="offset points", va="center",
                      fontsize=9, color=color, weight=weight)  # fmt: skip


def _measure(axes: Axes, at: int) -> None:
    """Mark the first period of the measure by a dotted upright before it."""
    axes.axvline(at - 0.5, color=style.INK, lw=1.0, ls=":")


def _alt(one: Answer, found: Comparison) -> str:
    """Tell both panels in words."""
    path = found.path.set_index("period")
    told = ", ".join(
        f"{int(str(year))} {number(round(float(np.exp(row['treated']))), 3)}"
        + (
            f" against {number(round(float(np.exp(row['counterfactual']))), 3)}"
            if int(str(year)) >= one.question.at
            else ""
        )
        for year, row in path.iterrows()
    )
    last = one.gaps.iloc[:, -1]
    ends = ", ".join(
        f"{unit_word(str(unit))} {written(np.exp(gap), '.2f')}" for unit, gap in last.sort_values().items()
    )
    return (
        f"Two panels. Above, {unit_word(one.question.treated)}, recorded and, from {one.question.at} on, "
        f"as it would be parallel to the controls: {told}. Below, the ratio of each unit to all others, which "
        f"ends in {one.gaps.columns[-1]} at: {ends}."
    )


def _source(dataset: Dataset, one: Answer) -> str:
    """Name the rows: the official table, or the readings of the panel's series in the years used."""
    if one.sources[0] == "border_lines":
        return f"{LINES_SOURCE} {version_line(dataset)}"
    used = [printed_years(dataset, name).readings for name in one.sources]
    readings = pd.concat([rows[rows["year"].isin(one.gaps.columns)] for rows in used])
    return source_line(dataset, readings.drop_duplicates("reading_id"))


def comparison_table(dataset: Dataset) -> HtmlTable:
    """Return every question under every design: estimate, p with its floor, pre-trend, bounds, flags."""
    rows = [_row(answer(dataset, one.name), design) for one in QUESTIONS for design in DESIGNS]
    return table(rows, caption="The comparisons, by design", wide=True)


def _row(one: Answer, design: str) -> dict[str, object]:
    """Return the row of one question under one design."""
    asked = one.question
    row: dict[str, object] = {
        "question": Link(asked.asked, f"ledger.html#ledger-{asked.hypothesis}"),
        "counterfactual": DESIGNS[design],
        "before, after": "",
        "recorded against it": "not possible",
        "95% interval": "",
        "permutation p (floor)": "",
        "pre-trend p (floor)": "",
        "if trends parted as before": "",
        "flags": one.refused.get(design, ""),
    }
    if design not in one.found:
        return row
    found = one.found[design]
    test, robust = found.permutation, bounds(found, AT_MOST_BEFORE)
    return row | {
        "before, after": f"{found.n_before}, {found.n_after}",
        "recorded against it": change(found.ratio),
        "95% interval": _interval(*found.ratio_interval),
        "permutation p (floor)": f"{written(test.p, '.2f')} ({written(test.floor, '.2f')})",
        "pre-trend p (floor)": f"{written(found.pretrend, '.2f')} ({written(found.before.floor, '.2f')})",
        "if trends parted as before": _interval(*robust) if robust else "not computed",
        "flags": " ".join(found.flags),
    }


def _interval(low: float, high: float) -> str:
    """Write an interval of ratios as changes; one without ends says so."""
    if not np.isfinite([low, high]).all() or low <= 0:
        return "unbounded"
    return f"{change(low)} to {change(high)}"


def doubts_table(dataset: Dataset) -> HtmlTable:
    """Return what speaks against each comparison before any number: the measure's reach, and the panel's gaps."""
    rows = [
        {
            "question": Link(one.asked, f"ledger.html#ledger-{one.hypothesis}"),
            "the measure": one.doubt,
            "the figures": answer(dataset, one.name).caveat.removesuffix(CONTAMINATED).strip(),
        }
        for one in QUESTIONS
    ]
    return table(rows, caption="Three questions, and what speaks against them before any number")


def comparison_words(dataset: Dataset) -> dict[str, str]:
    """Return the words of the section on comparisons."""
    said = {"compared_provinces": provinces(dataset), "compared_caveat": CONTAMINATED}
    for one in QUESTIONS:
        found = answer(dataset, one.name).found["did"]
        worse, placebos = as_extreme(found)
        name = f"compared_{one.name.replace('-', '_')}"
        said |= {
            name: change(found.ratio),
            f"{name}_worse": f"{worse} of {placebos}",
            f"{name}_floor": written(found.floor, ".2f"),
        }
    japan, lines = answer(dataset, "longteng"), answer(dataset, "phase-one")
    cits, robust = japan.found["cits"], bounds(japan.found["event"], AT_MOST_BEFORE)
    last = lines.gaps.iloc[:, -1]
    return said | {
        "compared_cits": f"{change(cits.ratio)} ({_interval(*cits.ratio_interval)})",
        "compared_cits_p": written(cits.p, ".3f"),
        "compared_cits_permutation": written(cits.permutation.p, ".2f"),
        "compared_bounds": f"{between(robust[0], robust[1], 1)} times" if robust else "without bounds",
        "compared_farthest": unit_word(str(last.idxmax())),
        "compared_farthest_times": written(np.exp(float(last.max())), ".0f"),
    }
