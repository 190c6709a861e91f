"""Hedges that are printed: pairs of prints, shares by hedge, and round figures."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import marks, style
from analysis.publish.addresses import slug
from analysis.publish.chart import Chart, Source, source_line
from analysis.publish.links import source_link
from analysis.publish.tables import HtmlTable, keyed, table
from analysis.publish.words import UNIT_WORDS, capital, number, window
from analysis.series import calibration, roundings
from analysis.series.hedged_pairs import chosen_pairs, every_pair, hedged

# In drawing order. An unhedged print that is coarser than another one was rounded.
HEDGE_NAMES = {
    "more_than": "more than",
    "at_least": "at least",
    "nearly": "nearly",
    "up_to": "up to",
    "less_than": "less than",
    "about": "about",
    "exact": "no hedge,\nrounded",
}
FLAG_NAMES = {
    "misprint": "left out: told wrongly",
    "other_scope": "left out: another quantity",
    "set_aside": "left out: one published figure set aside",
    "revision": "used: revised in between",
    "both_set_aside": "used: both figures set aside",
    "": "used",
}
SECOND = "left out: a finer or nearer figure is used"


def plain(hedge: str) -> str:
    """Return the name of a hedge on one line."""
    return HEDGE_NAMES[hedge].replace("\n", " ")


def pairs_source(dataset: Dataset, found: pd.DataFrame) -> Source:
    """Return the source line of both sides of pairs."""
    return source_line(dataset, pd.unique(pd.concat([found["hedged_id"], found["exact_id"]])))


def pairs_table(dataset: Dataset) -> HtmlTable:
    """Return every pair found, those that were left out with the reason, with links to both sources."""
    found, chosen = every_pair(dataset), chosen_pairs(dataset)
    used = set(zip(chosen["hedged_id"], chosen["exact_id"], strict=True))
    found = found.sort_values(_ORDER, key=_placed)
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    return table(
        [_row(row, used, source_of, dataset) for _, row in found.iterrows()],
        caption=f"The {len(found)} pairs of a coarse and a finer figure, {len(chosen)} of them used",
        folded=True,
        right=("its value", "steps above", "% above"),
        wide=True,
        anchors=_anchors(found),
    )


_ORDER = ["hedge", "position", "hedged_id", "exact_id"]  # of the table of pairs


def _placed(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as the table of pairs is sorted by it."""
    return cells.map(list(HEDGE_NAMES).index) if cells.name == "hedge" else cells


def _anchors(found: pd.DataFrame) -> list[str]:
    """Return the ids of pairs as rows of their table."""
    return [
        f"pair-{first}-{second}" for first, second in zip(found["hedged_id"], found["exact_id"], strict=True)
    ]


def pair_addresses(found: pd.DataFrame, by: str) -> dict[Any, str]:
    """Return where the first pair of each group stands in the table of pairs, by the cells of a column."""
    first = found.sort_values(_ORDER, key=_placed).drop_duplicates(by)
    return dict(zip(first[by], [f"#{one}" for one in _anchors(first)], strict=True))


def _row(
    row: pd.Series[Any], used: set[tuple[str, str]], source_of: pd.Series[str], dataset: Dataset
) -> dict[str, object]:
    """Return one pair as a row of the table."""
    flag = FLAG_NAMES[row["flag"]]
    if flag.startswith("used") and (row["hedged_id"], row["exact_id"]) not in used:
        flag = SECOND
    return {
        "hedge": plain(row["hedge"]),
        "coarse figure": row["as_printed"],
        "finer figure": row["exact_as_printed"],
        "its value": number(row["exact"], 9),
        "unit": UNIT_WORDS.get(row["unit"], row["unit"]),
        "window": window(row["window_start"], row["window_end"]),
        "steps above": f"{row['position']:.2f}",
        "% above": f"{row['above']:.1f}",
        "inside": "yes" if row["inside"] else "no",
        "coarse source": source_link(dataset, str(source_of[row["hedged_id"]])),
        "finer source": source_link(dataset, str(source_of[row["exact_id"]])),
        "readings": f"{row['hedged_id']}, {row['exact_id']}",
        "use": flag,
    }


# Model: its name, marker, colour, and how far below the row it is drawn.
MODELS = {
    "default": ("default: one step", "o", style.INK, -0.22),
    "tight": ("tight: half a step", "s", style.GROUPS[1], 0.0),
    "open_ended": ("open-ended", "^", style.GROUPS[5], 0.22),
}
LANGUAGES = {"en": "English", "zh": "Chinese", "ja": "Japanese", "fr": "French", "ko": "Korean"}
OTHER = "other languages"
BODY_NAMES = {"CBP": "US customs", "EC": "European Commission", "MPS": "China's police"}
CHINESE, OTHERS = "China, other bodies", "others"
FEW = 100  # reporters with fewer readings are not listed
LEAST_HEAPED = 30  # counts of a group, from which its share of round ones is drawn
SPAN = "{coverage:.0%}, interval {lower:.0%} to {upper:.0%}"


def coverage_chart(dataset: Dataset) -> Chart:
    """Draw the share of pairs inside, by hedge, under the three hedge models."""
    found = chosen_pairs(dataset)
    counted = calibration.coverage(found)
    shown = [name for name in HEDGE_NAMES if name in set(counted["hedge"])]
    rows = pd.concat([counted[counted["hedge"] == name] for name in shown])
    looks = rows["model"].map(MODELS)
    rows = rows.assign(
        place=rows["hedge"].map(shown.index) + looks.str[3],
        legend=looks.str[0],
        marker=looks.str[1],
        colour=looks.str[2],
        address=rows["hedge"].map(pair_addresses(found, "hedge")),
        told=rows["hedge"].map(plain).str.capitalize() + ", " + rows["model"].str.replace("_", "-"),
    )
    figure, axes = style.subplots(size=(style.WIDTH, 4.0))
    _draw_shares(axes, rows, "coverage")
    sizes = rows.drop_duplicates("hedge").set_index("hedge")["n"]
    marks.row_axis(axes, [f"{HEDGE_NAMES[one]}\n(n = {sizes[one]})" for one in shown], letters=9.5)
    axes.set_xlabel("inside the interval, % of pairs")
    marks.legend_above(figure, axes, cols=3, letters=9.5)
    more = keyed(counted[counted["hedge"] == "more_than"], "model")
    step, half = more["default"], more["tight"]
    return Chart(
        name="fig-coverage-hedges",
        figure=style.finish(figure),
        title=f"One step holds {step['inside']} of {step['n']} figures behind “more "
        f"than”, half a step {half['inside']}",
        alt=f"Points with intervals, three a hedge. {_sentences(rows, '{told}: {inside} of {n} inside, ' + SPAN)}",
        measure="Percent of pairs whose finer figure lies inside the interval, by hedge",
        note="Share of pairs whose finer figure lies in the interval of the coarse one, ends included. Bars: 95% "
        "interval of Clopper and Pearson. “About” and rounded figures have no open side, so that two models agree.",
        source=pairs_source(dataset, found),
        frame=rows.drop(columns="address"),
    )


def grouped(found: pd.DataFrame) -> pd.DataFrame:
    """Return hedged pairs with spoken (language of the coarse print) and body (who counted)."""
    chinese = found["jurisdiction"].str.startswith("CN")
    body = found["reporter"].map(BODY_NAMES)
    body = body.fillna(chinese.map({True: CHINESE, False: OTHERS}))
    spoken = found["language"].where(found["language"].isin(["en", "zh"])).map(LANGUAGES).fillna(OTHER)
    return found.assign(spoken=spoken, body=body)


def groups_chart(dataset: Dataset) -> Chart:
    """Draw the share of hedged pairs inside the default interval, by language and by who counted."""
    found = grouped(hedged(chosen_pairs(dataset)))
    order = {"spoken": [*LANGUAGES.values(), OTHER], "body": [*BODY_NAMES.values(), CHINESE, OTHERS]}
    parts = []
    for column, names in order.items():
        counted = calibration.coverage(found, column).rename(columns={column: "group"})
        counted = counted[counted["model"] == "default"]
        counted = counted.assign(address=counted["group"].map(pair_addresses(found, column)))
        parts.append(counted.sort_values("group", key=lambda named: pd.Categorical(named, names)))
    rows = pd.concat(parts, ignore_index=True)
    rows["place"] = rows.index + 0.6 * (rows.index >= len(parts[0]))
    figure, axes = style.subplots(size=(style.WIDTH, 4.0))
    _draw_shares(axes, rows, "coverage")
    marks.row_axis(axes, rows["group"])
    axes.set_yticks(rows["place"], [f"{row.group} (n = {row.n})" for row in rows.itertuples()], fontsize=9.5)
    axes.set_ylim(bottom=rows["place"].max() + 0.5)
    axes.axhline(len(parts[0]) - 0.2, color=style.RULE, lw=0.8)
    axes.set_xlabel("inside the interval, % of hedged pairs")
    china = found["jurisdiction"].str.startswith("CN")
    return Chart(
        name="fig-coverage-groups",
        figure=style.finish(figure),
        title=f"Only {int(china.sum())} of the {len(found)} hedged pairs are China's: too few to tell reporters apart",
        alt="Points with intervals, above by language, below by who counted. "
        + _sentences(rows, "{group}: {inside} of {n} inside, " + SPAN),
        measure="Percent of pairs whose finer figure lies inside the interval, by language and body",
        note="As in the figure before, default model, all hedges together. Above the line by the language of the text "
        "that hedges, below it by the body that counted.",
        source=pairs_source(dataset, found),
        frame=rows.drop(columns="address"),
    )


def _draw_shares(axes: Axes, rows: pd.DataFrame, share: str) -> None:
    """Draw shares with their intervals, in percent, from 0 on."""
    scaled = {"value": 100 * rows[share], "low": 100 * rows["lower"], "high": 100 * rows["upper"]}
    rows = rows.assign(alpha=0.6, colour=rows.get("colour", style.INK), **scaled)
    marks.draw_rows(axes, rows, width=1.6, mark=6)
    axes.set_xlim(left=0)


def _sentences(rows: pd.DataFrame, says: str) -> str:
    """Tell every row in a sentence of its own."""
    return " ".join(f"{marks.told(rows[place : place + 1], says)}." for place in range(len(rows)))


@lru_cache(maxsize=4)
def printed(dataset: Dataset) -> pd.DataFrame:
    """Return how finely every reading is printed, with who counted and in which language it is told."""
    found = roundings.roundings(dataset)
    side = found["jurisdiction"].str.startswith("CN").map({True: "China's bodies", False: "other bodies"})
    tongue = found["language"].map(LANGUAGES).fillna(OTHER)
    return found.assign(told=side + ", told in " + tongue)


def heaps(dataset: Dataset) -> pd.DataFrame:
    """Return the heaping of counts that are read as exact, a row a side and language, largest share first."""
    counted = roundings.heaping(printed(dataset), "told")
    known = counted[(counted["n"] >= LEAST_HEAPED) & ~counted["told"].str.endswith(OTHER)]
    return known.sort_values(["share", "told"], ascending=[False, True], ignore_index=True)


def heaping_chart(dataset: Dataset) -> Chart:
    """Draw the share of counts read as exact that end in two zeros."""
    rows = heaps(dataset)
    rows = rows.assign(
        named=rows["told"].map(capital),
        address="#digits-language-" + rows["told"].str.split().str[-1].str.lower(),
    )
    figure, axes = style.subplots(size=(style.WIDTH, 3.7))
    _draw_shares(axes, rows, "share")
    names = rows["told"].str.replace(", told", ",\ntold")
    marks.row_axis(axes, [f"{name} (n = {n})" for name, n in zip(names, rows["n"], strict=True)], letters=9.5)
    chance = 100 * roundings.EXPECTED
    axes.axvline(chance, color=style.GROUPS[1], lw=1.6, ls="--")
    axes.annotate(
        "if nothing is rounded", (chance, 1), (0, 3), xycoords=("data", "axes fraction"),
        textcoords="offset points", color=style.GROUPS[1], size=9,
    )  # fmt: skip
    axes.set_xlabel("unhedged counts that end in 00, %")
    first, found = rows.iloc[0], printed(dataset)
    return Chart(
        name="fig-heaping",
        figure=style.finish(figure),
        title=f"{first['named']}: one count in {round(1 / first['share'])} ends in 00, "
        f"where chance gives one in {round(1 / roundings.EXPECTED)}",
        alt="Points with intervals. "
        + _sentences(
            rows, "{named}: {hundreds} of {n} end in 00, {share:.1%}, interval {lower:.1%} to {upper:.1%}"
        ),
        measure="Percent of exact counts that end in 00, by who counted and in which language it was told",
        note=f"Counts of {roundings.SMALLEST:,} or more that are published in full, without hedge and with at most two "
        "zeros at the end. They are read as exact. Bars: 95% interval of Clopper and Pearson. Dashed: one "
        "in a hundred.",
        source=source_line(dataset, found[found["counted"] & found["told"].isin(rows["told"])]),
        frame=rows.drop(columns="address"),
    )


def digits_table(dataset: Dataset) -> HtmlTable:
    """Return a folded table of the share of readings by significant digits: by hedge, language and reporter."""
    found = printed(dataset)
    named = found.assign(
        hedge=found["hedge"].map({**HEDGE_NAMES, "exact": "no hedge"}).fillna("other hedges"),
        language=found["language"].map(LANGUAGES).fillna(OTHER),
    )
    digits = {
        one: f"{one}{' or more' if one == roundings.MANY else ''}" for one in range(1, roundings.MANY + 1)
    }
    rows, anchors = [], []
    for column in ("hedge", "language", "reporter"):
        shares = roundings.digits_by(named, column)
        for name, row in shares[shares["n"] >= (FEW if column == "reporter" else 1)].iterrows():
            anchors.append(f"digits-{column}-{slug(str(name))}")
            rows.append(
                {"by": column, "group": str(name), "readings": f"{int(row['n']):,}"}
                | {head: f"{row[one]:.0%}" for one, head in digits.items()}
                | {"step, % of value": f"{100 * row['relative']:.2g}"}
            )
    return table(
        rows,
        caption="Significant digits published, % of readings, and the median published step",
        folded=True,
        right=list(rows[0])[2:],
        wide=True,
        anchors=anchors,
    )
