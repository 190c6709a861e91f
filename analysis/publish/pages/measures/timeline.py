"""The measures by date: every one by instrument, campaigns that come back every year, tables, and the words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.links import source_link
from analysis.publish.marks import row_axis
from analysis.publish.marks_time import calendar_axis, draw_windows
from analysis.publish.names import named, names
from analysis.publish.pages.measures.together import by_strand
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import tell
from analysis.publish.words import day, listed
from analysis.readings.windows import decimal_year
from analysis.scrutiny.campaigns import FAMILIES, at_once, campaigns, families
from analysis.scrutiny.first_look import look_at_hypotheses, printed_years, rivals, steps
from analysis.scrutiny.measure_dates import dated, instrument_years, lags, neighbours, precision
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

LOOKS = {
    "CN": ("o", style.GROUPS[0]),
    "US": ("s", style.GROUPS[1]),
    "EU": ("^", style.GROUPS[2]),
    "JP": ("D", style.GROUPS[4]),
}
OTHER_LOOK = ("v", style.GROUPS[5])
OTHERS = "other places"
KNOWN, UNKNOWN = style.GROUPS[0], style.tint(style.GROUPS[0], 0.25)
APART = 0.46  # years between the middles of two marks on one level
LANE_GAP = 1.6  # levels between lanes


def levels(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """Return for each bar (start to end, sorted by start) the lowest level on which it overlaps no other."""
    taken: list[float] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        level = next((place for place, until in enumerate(taken) if until <= start), len(taken))
        taken[level : level + 1] = [end]
        found.append(level)
    return found


def coloured(bars: pd.DataFrame) -> pd.DataFrame:
    """Return campaigns with their colour, pale where an end is not known, and with a label that says so."""
    label = bars["title"].where(bars["known"], bars["title"] + ", start or end not published")
    return bars.assign(colour=bars["known"].map({True: KNOWN, False: UNKNOWN}), label=label)


def timeline_chart(dataset: Dataset) -> Chart:
    """Draw the measures by date: a lane an instrument, a mark's shape for the place, campaigns as bars."""
    frame, bars, words = dated(dataset), coloured(campaigns(dataset)), names("instrument")
    frame, bars = (one.assign(address="#measure-" + one["measure_id"].astype(str)) for one in (frame, bars))
    points = frame[frame["kind"] != "campaign"].explode("instruments")
    lanes = points.groupby("instruments").size().sort_values(ascending=False)
    figure, axes = style.subplots(size=(style.WIDTH, 6.6))
    base, ticks = 0.0, {}
    for instrument in lanes.index:
        height = _dots(axes, points[points["instruments"] == instrument], base)
        ticks[f"{words[instrument]}\n({lanes[instrument]})"] = base + height / 2
        base += height + LANE_GAP
        axes.axhline(base - LANE_GAP / 2 - 0.25, color=style.PALE, lw=0.8)
    rows = levels(
        [decimal_year(day) for day in bars["start"]], [decimal_year(day) + 0.08 for day in bars["end"]]
    )
    draw_windows(axes, bars.assign(place=[base + row for row in rows]), height=0.7)
    ticks[f"campaigns\n({len(bars)})"] = base + max(rows) / 2
    axes.set_yticks(list(ticks.values()), list(ticks))
    axes.margins(y=0.02)
    axes.invert_yaxis()
    calendar_axis(axes, frame["date"].min(), max(frame["date"].max(), bars["end"].max()))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    figure.legend(
        handles=_legend(),
        loc="outside upper center",
        ncols=3,
        columnspacing=1.2,
        handletextpad=0.4,
        fontsize=9,
    )
    counts = (
        frame["place"].map({place: names("place")[place] for place in LOOKS}).fillna(OTHERS).value_counts()
    )
    return Chart(
        name="fig-measures-timeline",
        figure=style.finish(figure),
        title=f"Half of the {len(frame)} dated measures began in {int(frame['year'].median())} or later, "
        "often months apart",
        alt=f"A time axis from {frame['year'].min()} to {frame['year'].max()} with {len(frame)} measures: "
        f"{listed([f'{count} of {place}' for place, count in counts.items()])}. "
        "Lanes by instrument, without campaigns: "
        + ", ".join(f"{words[str(name)]} {count}" for name, count in lanes.items())
        + f". {len(bars)} campaigns as bars, most of them from 2016 on. Every lane thickens towards the end.",
        measure="Measures in China by the day of effect, and campaigns from start to end",
        note="A mark stands where the measure took effect, or was announced where the day of effect is not known. "
        "A measure with several instruments stands in each of their lanes. Hollow marks are dated by month or year. "
        "Pale bars are campaigns whose start or end was not published; they run to the end of the year.",
        source=f"Source: {len(frame)} rows of measures.csv. {version_line(dataset)}",
        frame=frame.drop(columns="address"),
    )


def _dots(axes: Axes, points: pd.DataFrame, base: float) -> float:
    """Draw a lane's measures from `base` downwards so that none hides another; return its height."""
    at = [decimal_year(day) for day in points["date"]]
    rows = levels(at, [x + APART for x in at])
    told = points[["place", "precision", "title", "date", "address"]].to_dict("records")
    for x, level, row in zip(at, rows, told, strict=True):
        place, known = row["place"], row["precision"]
        marker, colour = LOOKS.get(place, OTHER_LOOK)
        inside = colour if known == "day" else style.PAPER
        (mark,) = axes.plot(x, base + level, marker, ms=4.4, mec=colour, mew=1.0, mfc=inside)
        when = day(row["date"]) if known == "day" else f"{row['date']:%Y}"
        tell(mark, [(f"{row['title']}: {when}", row["address"])])
    return float(max(rows))


def _legend() -> list[Line2D]:
    """Return the shapes with their names, and what a hollow mark and a pale bar are."""
    places = names("place")
    handles = [
        Line2D([], [], marker=marker, color=colour, ls="none", ms=5, label=places.get(place, place))
        for place, (marker, colour) in {**LOOKS, OTHERS: OTHER_LOOK}.items()
    ]
    hollow = Line2D([], [], marker="o", mfc=style.PAPER, mec=KNOWN, ls="none", ms=5, label="day unknown")
    pale = Line2D([], [], color=UNKNOWN, lw=6, label="campaign, an end unknown")
    return [*handles, hollow, pale]


def campaigns_chart(dataset: Dataset) -> Chart:
    """Draw the editions of the yearly campaigns as bars, a row a family."""
    editions = coloured(families(dataset))
    editions = editions.assign(address="#measure-" + editions["measure_id"].astype(str))
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    draw_windows(axes, editions)
    for bar in axes.patches:
        bar.set_edgecolor(style.PAPER)  # so that two editions in a row are two bars
    row_axis(axes, [f"{family}\n({body})" for family, (_, body) in FAMILIES.items()], letters=9)
    calendar_axis(axes, editions["start"].min(), editions["end"].max())
    counts = at_once(editions)
    full = [str(year) for year in counts[counts == counts.max()].index]
    together = (
        f"all {len(FAMILIES)}" if counts.max() == len(FAMILIES) else f"{counts.max()} of {len(FAMILIES)}"
    )
    held = "; ".join(
        f"{family}: {', '.join(str(year) for year in editions.loc[editions['family'] == family, 'year'])}"
        for family in FAMILIES
    )
    return Chart(
        name="fig-measures-campaigns",
        figure=style.finish(figure),
        title=f"In {listed(full)} {together} yearly campaigns ran",
        alt=f"Bars by date, one row a campaign family. Editions held, by year of their beginning: {held}.",
        measure="Editions of yearly campaigns in China, from start to end",
        note="Dark bars run from the published start to the published end. Pale bars have a start, an end or both that "
        "no text gives, and fill the rest of the year. Years without a bar are editions we hold no text on, not years "
        "without a campaign.",
        source=f"Source: {len(editions)} rows of measures.csv. {version_line(dataset)}",
        frame=editions.drop(columns="address"),
    )


HALF_YEAR = 183  # days


def precision_table(dataset: Dataset) -> HtmlTable:
    """Return how many measures have their announcement, effect and end known to the day, month or year."""
    frame = precision(dataset)
    rows = [
        {
            "known to the": name if name != "unknown" else "not at all",
            "announced": int(row["announced"]),
            "in force from": int(row["effective"]),
            "ended": int(row["ended"]),
        }
        for name, row in frame.iterrows()
    ]
    return table(
        rows, caption="How precisely the measures are dated", right=("announced", "in force from", "ended")
    )


def lag_table(dataset: Dataset) -> HtmlTable:
    """Return the days between announcement and effect by kind of measure, where both days are known."""
    frame = lags(dataset)
    days = frame.groupby(named(frame["kind"], "measure kind"))["days"].describe()
    rows = [
        {
            "kind": kind,
            "measures": int(row["count"]),
            "shortest": int(row["min"]),
            "median": f"{row['50%']:g}",
            "longest": int(row["max"]),
        }
        for kind, row in days.sort_values("count", ascending=False, kind="stable").iterrows()
    ]
    caption = "Days from announcement to effect, where both are known to the day"
    return table(rows, caption=caption, right=("measures", "shortest", "median", "longest"))


def measures_table(dataset: Dataset) -> HtmlTable:
    """Return the list of all measures, folded: date, title, kind, place, instruments, summary, source."""
    frame = dataset.measures
    begins = frame["effective"].where(frame["effective"] != "", frame["announced"])
    instruments = names("instrument")
    rows = []
    for _, row in frame.assign(begins=begins).sort_values(["begins", "measure_id"]).iterrows():
        rows.append(
            {
                "announced": row["announced"],
                "in force from": row["effective"],
                "ended": row["ended"],
                "measure": row["title"],
                "kind": str(row["kind"]).replace("_", " "),
                "place": row["jurisdiction"],
                "instruments": ", ".join(instruments[word] for word in row["instrument"].split(";")),
                "in short": row["summary"],
                "source": source_link(dataset, str(row["source_id"])),
                "id": row["measure_id"],
            }
        )
    anchors = [f"measure-{row['id']}" for row in rows]
    caption = f"All {len(rows)} measures"
    return table(rows, caption=caption, wide=True, folded=True, anchors=anchors, name="measures-table")


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    near, known, days = neighbours(dataset), precision(dataset), lags(dataset)["days"]
    places = dated(dataset)["place"].value_counts()
    penalties = instrument_years(dataset, "CN")["penalty"]
    alone = near["neighbours"] == 0
    counts, bars = at_once(families(dataset)), campaigns(dataset)
    numbers = rivals(dataset)["rivals"].map(len)
    return {
        "measures": str(len(dataset.measures)),
        "kinds": str(dataset.measures["kind"].nunique()),
        **{f"of_{code.lower()}": str(places.get(code, 0)) for code in names("place")},
        "share_alone": f"{alone.mean():.0%}",
        "alone": str(int(alone.sum())),
        "median_neighbours": f"{near['neighbours'].median():g}",
        "median_neighbours_china": f"{near.loc[near['place'] == 'CN', 'neighbours'].median():g}",
        "penalties_most": str(penalties.max()),
        "penalties_year": str(penalties.idxmax()),
        "announced_day": str(known.loc["day", "announced"]),
        "effective_day": str(known.loc["day", "effective"]),
        "effective_unknown": str(known.loc["unknown", "effective"]),
        "lag_median": f"{days.median():g}",
        "lag_over_half_year": str(int((days > HALF_YEAR).sum())),
        "campaigns": str(len(bars)),
        "campaigns_dated": str(int(bars["known"].sum())),
        "families_years": listed([str(year) for year in counts[counts == counts.max()].index]),
        **_register_words(dataset),
        "rivalled": str(int((numbers > 0).sum())),
        "unrivalled": str(int((numbers == 0).sum())),
        "rivals_median": f"{numbers[numbers > 0].median():g}",
        "rivals_most": str(numbers.max()),
    }


def _register_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the first look and of the registered hypotheses."""
    said = look_at_hypotheses(dataset)["verdict"].value_counts()
    measures, hypotheses = steps(dataset)
    strands = by_strand(dataset).sum()
    years = pd.Series([len(one) for one in printed_years(dataset).values()])
    return {
        "series_with_years": str(len(years)),
        "series_long": str(int((years >= FEWEST_BEFORE + FEWEST_AFTER).sum())),
        "pass_measures": str(measures.iloc[-1]),
        "pass_before_neighbours": str(measures.iloc[-2]),
        "hypotheses": str(hypotheses.iloc[0]),
        "pass_hypotheses": str(hypotheses.iloc[-1]),
        "hypotheses_few_before": str(said.get("few before", 0)),
        "hypotheses_few_after": str(said.get("few after", 0)),
        "hypotheses_break": str(said.get("break", 0)),
        "expect_more": str(strands["increase"]),
        "expect_less": str(strands["decrease"]),
        "expect_either": str(strands["either"]),
        "claimed": str(strands["claimed"]),
    }
