"""What the registered series could have shown, and the words of the chapter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.ledger.wording import change, counted, entries, pair, probability
from analysis.publish.studies import TABLES, study
from analysis.publish.words import number
from analysis.rounding import written
from analysis.scrutiny import could_see, four_answers
from analysis.scrutiny.grades import FEWEST_PLACEBOS, grade
from analysis.scrutiny.identifiability import RivalRule
from analysis.scrutiny.ledger import Entry, passing
from analysis.scrutiny.placebo import fewest_periods
from analysis.scrutiny.tallies import by_fault, by_grade, estimated, excluding

NAME = "chain"
NEEDED = {
    "grouping",
    "group",
    "effect",
    "series",
    "graded",
    "graded_se",
    "rejected",
    "ols_rejected",
    "hac_rejected",
}
COLOURS = (style.REST, *(style.GROUPS[place] for place in (3, 1, 2, 0)))  # of lengths, the longest last
MARKERS = "xvs^o"
# Column, label, colour and marker of each way to find an effect where there is none.
NAIVE = (
    ("ols_rejected", "naive, p < 0.05", style.GROUPS[1], "s"),
    ("hac_rejected", "naive, Newey-West", style.GROUPS[3], "^"),
    ("rejected", "the ledger's test", style.GROUPS[0], "o"),
    ("graded", "graded A or B", style.INK, "D"),
)
NOMINAL = 0.05
_COLUMNS = {"size": "rejected", "ols": "ols_rejected", "hac": "hac_rejected"}


def chain(grouping: str, folder: Path = TABLES) -> pd.DataFrame:
    """Return the study's rows of one grouping (`all`, `length`, `random walk`, ...).

    Raises
    ------
    InputError
        If the study was not run, or its table has not the columns and rows that the chart needs.
    """
    table = study(NAME, folder).table
    if missing := NEEDED - set(table.columns):
        raise InputError(f"{NAME}.csv lacks {', '.join(sorted(missing))}; run `make studies`.")
    found = table[table["grouping"] == grouping].reset_index(drop=True)
    if found.empty:
        raise InputError(f"{NAME}.csv has no rows of grouping {grouping!r}; run `make studies`.")
    return found


def by_length(column: str, folder: Path = TABLES) -> pd.DataFrame:
    """Return a measure of the study by effect (rows, 0.5 is plus 50%) and years (columns). Raises as `chain`."""
    frame = chain("length", folder).assign(years=lambda table: table["group"].astype(float).astype(int))
    return frame.pivot(index="effect", columns="years", values=column)


def share_at(frame: pd.DataFrame, effect: float, column: str) -> float:
    """Return a measure at one true effect (0.5 is plus 50%) of the study's rows of one group."""
    return float(frame.loc[np.isclose(frame["effect"], effect), column].iloc[0])


def power_chart(dataset: Dataset, folder: Path = TABLES) -> Chart:
    """Draw how often an effect is graded A or B by its size and the series' length, and false alarms by length.

    Raises InputError as `chain` does.
    """
    graded = by_length("graded", folder)
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 6.2), height_ratios=[1.1, 1])
    _power(top, graded)
    false = _false_alarms(bottom, folder)
    most = float(graded.loc[graded.index > 0].max().max())
    none = share_at(chain("all", folder), 0.0, "graded")
    cell = smallest_cell(folder)
    lines = [
        f"{years} years: "
        + ", ".join(
            f"+{100 * float(effect):.0f}% {share:.0%}"
            for effect, share in zip(column.index, column, strict=True)
        )
        for years, column in graded.items()
    ]
    return Chart(
        name="fig-ledger-power",
        figure=style.finish(figure),
        title=f"The checks grade an effect A or B in at most {most:.0%} of simulated series, and no effect in "
        f"{none:.1%}",
        alt=f"Two panels. Share graded A or B by length and true effect: {'; '.join(lines)}. Share of series without "
        f"effect in which one is found, by length: {false}.",
        note="Simulated registers of 40 series with errors of autocorrelation 0 to 0.6, printed with hedges and put "
        "through the ledger's own code. Lower panel: no effect, bars twice the Monte Carlo error; "
        "dotted: the 5% that a test promises; hollow: errors that last nearly as long as a random walk's "
        f"(autocorrelation 0.9). A point of the upper panel rests on {cell} series, so none of them graded still "
        f"leaves room for {room_of_none(cell):.0%} (95% interval). No comparison series: grade B is the best there is.",
        source=f"Source: studies/tables/{NAME}.csv, no reading. {version_line(dataset)}",
    )


def _power(axes: Axes, graded: pd.DataFrame) -> None:
    """Draw the share graded A or B by effect, a line a length."""
    places = range(len(graded))
    for (years, column), colour, marker in zip(graded.items(), COLOURS, MARKERS, strict=False):
        axes.plot(places, column, marker=marker, color=colour, lw=1.6, ms=5.5, label=f"{years} years")
    axes.set_xticks(list(places), [f"+{100 * effect:.0f}%" if effect else "none" for effect in graded.index])
    axes.set_xlabel("true effect")
    axes.update_datalim([(0, 0), (0, 1)])  # shares of all: how far the lines stay below is the point
    axes.autoscale_view()
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_title("Graded A or B, by effect and length")
    axes.legend(loc="upper left")


def _false_alarms(axes: Axes, folder: Path) -> str:
    """Draw the share of series without effect in which one is found; return it in words."""
    told = []
    walk = chain("random walk, length", folder)
    for column, label, colour, marker in NAIVE:
        shares = by_length(column, folder).loc[0.0]
        errors = 2 * by_length(f"{column}_se", folder).loc[0.0]
        look: dict[str, Any] = {"color": colour, "marker": marker, "ms": 5.5}
        axes.errorbar(shares.index, shares, yerr=errors, lw=1.4, elinewidth=0.9, label=label, **look)
        hollow: dict[str, Any] = {"mfc": style.PAPER, "ls": "none", "zorder": 3}
        axes.plot(walk["group"].astype(float), walk[column], **look, **hollow)
        told.append(f"{label}: " + ", ".join(f"{years} years {share:.0%}" for years, share in shares.items()))
    axes.axhline(NOMINAL, color=style.TEXT, ls=":", lw=1.1, zorder=1)
    axes.set_xticks([int(years) for years in shares.index])
    axes.set_xlabel("years in the series")
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_title("No effect, yet one is found", pad=40)
    axes.margins(y=0.06)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        columnspacing=1,
        handletextpad=0.4,
        borderaxespad=0.2,
    )
    return "; ".join(told)


def power_words(folder: Path = TABLES) -> dict[str, str]:
    """Return what the prose says of the study. Raises InputError as `chain` does."""
    every, walk = chain("all", folder), chain("random walk", folder)
    graded = by_length("graded", folder)
    longest, middle = (graded.columns[place] for place in (-1, len(graded.columns) // 2))
    cell = smallest_cell(folder)
    said = {
        "series": f"{int(every['series'].sum() + walk['series'].sum()):,}",
        "none": f"{share_at(every, 0.0, 'graded'):.1%}",
        **{name: f"{share_at(every, 0.0, column):.1%}" for name, column in _COLUMNS.items()},
        **{f"walk_{name}": f"{share_at(walk, 0.0, column):.1%}" for name, column in _COLUMNS.items()},
        "half": f"{float(graded[longest].loc[0.5]):.0%}",
        "double": f"{float(graded[longest].loc[1.0]):.0%}",
        "short": f"{float(graded[middle].loc[1.0]):.0%}",
        "cell": str(cell),
        "room": f"{room_of_none(cell):.0%}",
    }
    return {f"chain_{name}": words for name, words in said.items()}


def smallest_cell(folder: Path = TABLES) -> int:
    """Return the fewest series that a point of the upper panel rests on."""
    cells = by_length("series", folder)
    return int(cells.loc[cells.index > 0].min().min())


def room_of_none(series: int) -> float:
    """Return the upper end of the exact 95% interval of a share where none of so many series were graded.

    1 - 0.025^(1/n) (Clopper, Pearson 1934, doi 10.1093/biomet/26.4.404): the Monte Carlo error of none is no zero.
    """
    return float(1 - 0.025 ** (1 / series))


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    found = entries(dataset)
    grades, faults = by_grade(found), by_fault(found)
    clear = [one for one in found if one.identifiable]
    return {
        "hypotheses": str(len(found)),
        **{f"grade_{str(letter).lower()}": counted(int(count)) for letter, count in grades.items()},
        "identifiable": str(len(clear)),
        **{f"fault_{fault}": str(row["all"]) for fault, row in faults.iterrows()},
        "alone_rivals": str(faults.loc["rivals", "alone"]),
        "decided": counted(sum(one.verdict.word != "undecided" for one in found), "is", "are"),
        "rivals_most": str(max(len(one.identifiability.rivals) for one in found)),
        **_estimates(found, clear),
        **_other_rules(dataset, found),
        **_placebos(clear),
        **power_words(),
        **_bundles(dataset),
    }


def _bundles(dataset: Dataset) -> dict[str, str]:
    """Say how many bundles there are, how many were tested and stand out, and what half of the tests could see."""
    seen = could_see(four_answers(dataset))
    return {
        "bundles": f"{seen.bundles}",
        "bundles_tested": f"{seen.tested}",
        "bundles_stand": counted(seen.standing, "stands", "stand"),
        "bundles_seen": f"{number(seen.middle, 2)} times",
    }


def _estimates(found: tuple[Entry, ...], clear: list[Entry]) -> dict[str, str]:
    """Say what the tests gave, and how small a change they could have seen."""
    tested = [one for one in found if one.primary]
    p = [(one.primary.p, one) for one in tested if one.primary]
    smallest, least = min(p, key=lambda pair: pair[0])
    seen = sorted(one.primary.detectable for one in clear if one.primary)
    return {
        "tested": str(len(tested)),
        "untested": str(len(found) - len(tested)),
        "below": counted(sum(value < 0.05 for value, _ in p)),
        "p_smallest": probability(smallest),
        "p_smallest_bh": probability(least.p_bh),
        "p_smallest_pair": pair(least),
        "chance": written(0.05 * len(tested), ".0f"),
        "seen_best": change(seen[0]) if seen else "nothing",
        "seen_median": change(float(np.median(seen))) if seen else "nothing",
        "intervals_clear": counted(excluding(estimated(found, identifiable=True)), "leaves", "leave"),
        "intervals_grey": counted(excluding(estimated(found, identifiable=False)), "lies", "lie"),
    }


def _other_rules(dataset: Dataset, found: tuple[Entry, ...]) -> dict[str, str]:
    """Say how many would be identifiable under other rules of rivals, and which grades they would have."""
    narrower = passing(dataset, found, RivalRule(reach="registered"))
    evidence = [replace(one.evidence, identifiable=True, obstacles=()) for one in narrower]
    letters = Counter(grade(one).letter for one in evidence)
    return {
        "narrower": str(len(narrower)),
        "narrower_ab": counted(letters["A"] + letters["B"]),
        "narrower_c": str(letters["C"]),
        "identical": str(len(passing(dataset, found, RivalRule(match="identical")))),
        "anywhere": str(len(passing(dataset, found, RivalRule(reach="anywhere")))),
    }


def _placebos(clear: list[Entry]) -> dict[str, str]:
    """Say how many placebo dates the identifiable have, and how many years it takes to have enough."""
    have = [one.scrutiny.placebos.n for one in clear if one.scrutiny]
    years = [one.identifiability.n_before + one.identifiability.n_after for one in clear]
    return {
        "placebos_needed": str(FEWEST_PLACEBOS),
        "placebos_most": counted(max(have, default=0)),
        "placebos_none": str(sum(count == 0 for count in have)),
        "years_needed": str(fewest_periods(FEWEST_PLACEBOS)),
        "years_middle": str(fewest_periods(FEWEST_PLACEBOS, middle=True)),
        "years_most": str(max(years, default=0)),
        "years_median": f"{np.median(years):g}" if years else "0",
    }
