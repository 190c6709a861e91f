"""Where hedged figures stand, and the words of the chapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.chart import Chart
from analysis.publish.marks_grid import draw_spread
from analysis.publish.pages.more_than.shares import HEDGE_NAMES, heaps, pairs_source, plain
from analysis.publish.tables import keyed
from analysis.publish.touch import lead
from analysis.publish.words import capital, counted, number, quote
from analysis.series import calibration, roundings
from analysis.series.hedged_pairs import chosen_pairs, every_pair, hedged
from analysis.series.lookup import by_id

# Dots nearer than BIN steps are stacked, LIFT of a row apart where the tallest stack leaves room; pairs beyond EDGE
# steps stand at the edge.
BIN, LIFT, STACK, EDGE = 0.045, 0.115, 0.8, 1.12
# What each hedge leaves open under the default model, in steps; for nearly and about at most.
OPEN = {"more_than": (0.0, 1.0), "nearly": (-1.0, 0.0), "about": (-1.0, 1.0), "exact": (-0.5, 0.5)}
DIGIT_NAMES = {1: "one digit", 2: "two digits", 3: "three or more"}


def placed(found: pd.DataFrame) -> pd.DataFrame:
    """Return pairs with at (position, clipped to the edge), row (of the hedge) and height (of the dot)."""
    at = found["position"].clip(-EDGE, EDGE)
    shown = [name for name in HEDGE_NAMES if name in set(found["hedge"])]
    row = found["hedge"].map(shown.index)
    below = found.groupby([row, (at / BIN).round()]).cumcount()
    lift = min(LIFT, STACK / (1 + below.max()))
    return found.assign(at=at, row=row, height=row - lift * below)


def places_chart(dataset: Dataset) -> Chart:
    """Draw where the finer figure lies within the printed step, a row a hedge."""
    found = chosen_pairs(dataset)
    found = found[found["hedge"].isin(list(OPEN))]
    if found.empty:
        raise InputError(
            "No pair bears a hedge that this chart draws; look at the frame that pairs() returns."
        )
    found = placed(found)
    figure, axes = style.subplots(size=(style.WIDTH, 4.6))
    _draw_places(axes, found)
    rows = found.groupby("row")["hedge"].agg(["first", "size"])
    labels = [f"{HEDGE_NAMES[name]}\n(n = {n})" for name, n in rows.itertuples(index=False)]
    axes.set_yticks(rows.index - 0.3, labels)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["1 below", "½", "as published", "½", "1 above"])
    axes.set_xlabel("distance of the finer figure, in published steps")
    where = keyed(calibration.positions(found), "hedge")
    outside = (~found["inside"]).groupby(found["hedge"]).sum()
    said = " ".join(
        f"{capital(plain(name))}: {where[name]['n']} pairs, half of them between {where[name]['q25']:.2f} and "
        f"{where[name]['q75']:.2f} steps, median {where[name]['median']:.2f}, {outside[name]} outside the interval."
        for name in found.groupby("row")["hedge"].first()
    )
    return Chart(
        name="fig-places",
        figure=style.finish(figure),
        title=_places_title(found),
        alt="Dots on a line, a row a hedge, at the distance of the finer figure from the coarse figure in published "
        f"steps. {said}",
        measure="Where the finer figure lies, in published steps above the coarse one",
        note="One dot a coarse figure. Shaded: what the default model leaves open (for “nearly” and “about” at most, "
        "since a tenth of the value is the limit there). Filled: inside its own interval; hollow: outside; "
        "triangles lie beyond the edge. One published step is one unit of the last digit published.",
        source=pairs_source(dataset, found),
        frame=found,
    )


def _draw_places(axes: Axes, found: pd.DataFrame) -> None:
    """Draw each row: the open interval, the dots, and triangles for what lies beyond the edge."""
    for row, hedge in enumerate(found.groupby("row")["hedge"].first()):
        axes.fill_between(OPEN[hedge], row - 0.75, row + 0.12, color=style.PALE, lw=0)
    beyond = found["position"].abs() > EDGE
    hollow: dict[str, Any] = {"mfc": style.PAPER, "mec": style.DOUBTED, "mew": 1.5, "ms": 5.5}
    for mark, rows, look in (
        ("o", found["inside"], {"color": style.INK, "ms": 5}),
        ("o", ~found["inside"] & ~beyond, hollow),
        ("<", ~found["inside"] & beyond & (found["at"] < 0), hollow),
        (">", ~found["inside"] & beyond & (found["at"] > 0), hollow),
    ):
        (dots,) = axes.plot(found.loc[rows, "at"], found.loc[rows, "height"], mark, **look)
        lead(dots, found.loc[rows])
    axes.axvline(0, color=style.RULE, lw=1)
    axes.invert_yaxis()
    axes.grid(visible=False)


def _places_title(found: pd.DataFrame) -> str:
    """Say how many figures behind "more than" lie in the lower half of the step."""
    more = found[found["hedge"] == "more_than"]
    if more.empty:
        return "Where the finer figure lies within the published step"
    half = int(more["inside_tight"].sum())
    return (
        f"Behind “more than” the finer figure lies in the lower half of the step {half} times in {len(more)}"
    )


def above_chart(dataset: Dataset) -> Chart:
    """Draw by how many percent the finer figure exceeds what "more than" names, by the digits printed."""
    found = chosen_pairs(dataset)
    found = found[found["hedge"] == "more_than"].sort_values("above")
    if found.empty:
        raise InputError("No pair bears the hedge more_than; there is nothing to draw by published digits.")
    found = found.assign(digits=found["digits"].clip(upper=3)).sort_values(["digits", "above"])
    rows = found.groupby("digits")["above"].agg(["size", "median", "max"]).reset_index()
    rows["name"] = rows["digits"].map(DIGIT_NAMES)
    found = found.assign(row=found["digits"].map(DIGIT_NAMES))
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    draw_spread(axes, found, x="above", y="row", color=style.INK, size=5, alpha=0.75)
    for dots, (_, own) in zip(axes.collections, found.groupby("digits"), strict=True):
        lead(dots, own)
    for place, median in enumerate(rows["median"]):
        axes.plot([median] * 2, [place - 0.32, place + 0.32], color=style.GROUPS[1], lw=3, zorder=1)
        axes.annotate(
            f"median {median:.1f}%", (median, place + 0.32), (0, -2), textcoords="offset points",
            color=style.GROUPS[1], va="top", size=9,
        )  # fmt: skip
    labels = [f"{row['name']}\n(n = {row['size']})" for row in rows.to_dict("records")]
    marks.row_axis(axes, labels, letters=9.5, at=0)
    marks.make_room(axes, "y")
    axes.set_xlabel("finer figure above the figure named, %")
    first, last = rows.iloc[0], rows.iloc[-1]
    return Chart(
        name="fig-above",
        figure=style.finish(figure),
        title=f"Behind “more than” and one digit the median excess is {first['median']:.1f}%, behind "
        f"{last['name']} {last['median']:.1f}%",
        alt="Dots on a line of percent, a row for each number of significant digits published. "
        + " ".join(
            f"{capital(row['name'])}: {row['size']} pairs, median {row['median']:.2f}%, largest {row['max']:.1f}%."
            for row in rows.to_dict("records")
        ),
        measure="Percent by which the finer figure exceeds the one behind \u201cmore than\u201d",
        note="Percent by which the finer figure exceeds the figure behind “more than”, by the significant digits of "
        "the coarse figure. “8,000” has one, “41 million” two. Left of zero the finer figure contradicts the hedge.",
        source=pairs_source(dataset, found),
        frame=found,
    )


STRICT = ("misprint", "other_scope", "set_aside", "both_set_aside", "revision")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's prose."""
    every, found = every_pair(dataset), chosen_pairs(dataset)
    by_hedge = found["hedge"].value_counts()
    out = every["flag"].isin(calibration.DROPPED)
    rounded = found[found["hedge"] == "exact"]
    outside = ~rounded["inside"]
    rows = keyed(heaps(dataset), "told")
    english, chinese = (rows[f"China's bodies, told in {tongue}"] for tongue in ("English", "Chinese"))
    return {
        "pairs_all": f"{len(every)}",
        "pairs": f"{len(found)}",
        "left_out": f"{int(out.sum())}",
        "rivals": f"{len(every) - int(out.sum()) - len(found)}",
        "n_chinese": f"{int((hedged(found)['language'] == 'zh').sum())}",
        "of_china": f"{int(hedged(found)['jurisdiction'].str.startswith('CN').sum())} of {len(hedged(found))}",
        "n_more_than": f"{by_hedge['more_than']}",
        "n_nearly": f"{by_hedge['nearly']}",
        "n_about": f"{by_hedge['about']}",
        "n_rounded": f"{by_hedge['exact']}",
        "n_others": counted(int(by_hedge.sum() - sum(by_hedge[one] for one in OPEN)), none="none"),
        **_covered(every, found),
        **_distances(found),
        "rounded_up": f"{int((rounded['position'] < 0).sum())}",
        "rounded_outside": f"{int(outside.sum())}",
        "rounded_revised": f"{int((outside & (rounded['flag'] == 'revision')).sum())}",
        **_examples(dataset, found),
        "chance": f"{roundings.EXPECTED:.0%}",
        "heap_english": f"{english['hundreds']} of {english['n']}",
        "heap_chinese": f"{chinese['hundreds']} of {chinese['n']}",
        "heap_english_rounded": f"{english['rounded']:.0%}",
    }


def _covered(every: pd.DataFrame, found: pd.DataFrame) -> dict[str, str]:
    """Say how often the finer figure lay inside, as used, with every pair and with the strictest choice."""
    tables = {
        "used": calibration.coverage(found),
        "every": calibration.coverage(calibration.one_each(every, drop=())),
        "strict": calibration.coverage(calibration.one_each(every, drop=STRICT)),
    }
    rows = {name: keyed(made, "model", "hedge") for name, made in tables.items()}
    shown = [("used", hedge) for hedge in ("more_than", "nearly", "about")]
    shown += [(name, hedge) for name in ("every", "strict") for hedge in ("more_than", "nearly", "exact")]
    said = {f"{name}_{hedge}": _inside(rows[name]["default", hedge]) for name, hedge in shown}
    more = rows["used"]["default", "more_than"]
    return said | {
        "used_more_than_span": f"{more['lower']:.0%} to {more['upper']:.0%}",
        "tight_more_than": _inside(rows["used"]["tight", "more_than"]),
        "tight_exact": _inside(rows["used"]["tight", "exact"]),
    }


def _inside(row: Mapping[str, Any]) -> str:
    """Say how many of how many lay inside."""
    return f"{row['inside']} of {row['n']}"


def _distances(found: pd.DataFrame) -> dict[str, str]:
    """Say how far the finer figure lay from the print, in steps and percent."""
    table = keyed(calibration.positions(found), "hedge")
    more, near = table["more_than"], table["nearly"]
    about = found[found["hedge"] == "about"]
    return {
        "more_median": f"{more['median']:.2f}",
        "more_q25": f"{more['q25']:.2f}",
        "more_q75": f"{more['q75']:.2f}",
        "more_uniform_p": f"{more['uniform_p']:.3f}",
        "more_falling_p": f"{more['falling_p']:.2f}",
        "more_above_median": f"{more['above_median']:.1f}%",
        "more_above_q90": f"{more['above_q90']:.0f}%",
        "beyond": f"{int((found.loc[found['hedge'] == 'more_than', 'position'] > 1).sum())}",
        "near_median": f"{-near['median']:.2f}",
        "about_above": f"{int((about['position'] > 0).sum())}",
        "about_below": f"{int((about['position'] < 0).sum())}",
    }


def _examples(dataset: Dataset, found: pd.DataFrame) -> dict[str, str]:
    """Quote the pair in which "more than" hid most, and the one that lies lowest, below the print if any does."""
    more = found[found["hedge"] == "more_than"]
    most = more.sort_values(["above", "hedged_id"]).iloc[-1]
    least = more.sort_values(["position", "hedged_id"]).iloc[0]
    said = {}
    for name, row in (("most", most), ("wrong", least)):
        said[f"{name}_coarse"] = quote(by_id(dataset, [row["hedged_id"]])[row["hedged_id"]])
        said[f"{name}_fine"] = number(row["exact"], 9)
        said[f"{name}_above"] = f"{abs(row['above']):.1f}%"
    return said
