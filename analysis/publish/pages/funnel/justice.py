"""What each stage of justice passes on to the next: the steps of single years, shares by year, what must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.models.funnel import Conversion
from analysis.publish import style
from analysis.publish.addresses import series_address
from analysis.publish.bands import band
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import legend_above, make_room, panels
from analysis.publish.marks_time import years_axis
from analysis.publish.tables import HtmlTable, keyed, table
from analysis.publish.touch import lead, tell
from analysis.publish.words import between
from analysis.scrutiny.stages import passed_on, what_must_hold
from analysis.series import printed_years

ARREST = ("spp-review-arrest-persons", "spp-arrests-approved")
CHARGE = ("spp-review-prosecution-persons", "spp-persons-prosecuted")
COURT = ("spp-cases-prosecuted", "spc-criminal-concluded")
POLICE = ("mps-suspects", "spp-persons-prosecuted")
NARROW_SINCE = 2018  # the first whole year after the courts' count changed
MANY = 5  # years of a small panel that have a label each
LAG = (0.7, 0.3)  # of cases charged, those judged in the same year and in the next


@dataclass(frozen=True)
class Step:
    """Two stages: the panel's title, their series, the first year, and the lag."""

    title: str
    first: str
    second: str
    since: int = 0
    lag: tuple[float, ...] = (1.0,)


STEPS = (
    Step("arrests approved, of 100 asked for", *ARREST),
    Step("charged, of 100 sent for charging", *CHARGE),
    Step("cases judged, of 100 charged", *COURT, since=NARROW_SINCE, lag=LAG),
    Step("charged, to 100 that police caught", *POLICE),
)
CHAINED = {
    "asked for, arrest approved": (*ARREST, 0),
    "sent for charging, charged": (*CHARGE, 0),
    "arrest approved, charged": (ARREST[1], CHARGE[1], 0),
    "charged, judged (cases)": (*COURT, NARROW_SINCE),
    "caught by police, charged": (*POLICE, 0),
}


@lru_cache(maxsize=8)
def conversions(dataset: Dataset) -> dict[str, Conversion]:
    """Return the share passed on at each step, by the title of its panel."""
    return {
        step.title: passed_on(dataset, step.first, step.second, lag=step.lag, since=step.since)
        for step in STEPS
    }


def yearly(dataset: Dataset) -> pd.DataFrame:
    """Return the persons at each stage of years that print who was received: year, stage, value, low, high, printed."""
    rows = []
    for series_id in (*ARREST, *CHARGE):
        prints = printed_years(dataset, series_id).table.set_index("year")
        for row in band(dataset, series_id).to_dict("records"):
            year, printed = int(row["year"]), bool(row["printed"])
            value = float(prints["value"][year]) if printed else float(row["estimate"])
            ends = (value, value) if printed else (float(row["lower"]), float(row["upper"]))
            rows.append((year, series_id, value, *ends, printed))
    found = pd.DataFrame(rows, columns=["year", "stage", "value", "low", "high", "printed"])
    received = found[found["printed"] & found["stage"].isin((ARREST[0], CHARGE[0]))].groupby("year").size()
    return found[found["year"].isin(received.index[received == 2])].reset_index(drop=True)


def steps_chart(dataset: Dataset) -> Chart:
    """Draw for each year who was received and who was passed on, at arrest and at charging (persons)."""
    found = yearly(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 4.6))
    labels: list[str] = []
    drawn = 0
    for year, rows in found.groupby("year", sort=True):
        value = keyed(rows, "stage")
        for name, (first, second) in (("arrest", ARREST), ("charge", CHARGE)):
            _draw_step(axes, len(labels), value[first], value[second])
            pages = [{"series_id": one} for one in (first, second, second)]
            for bar, page in zip(axes.patches[drawn:], pages, strict=False):
                lead(bar, [page])
            drawn = len(axes.patches)
            labels.append(f"{year}: {name}")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    style.short_axis(axes, "x")
    axes.set_xlabel("persons a year")
    make_room(axes)
    legend_above(figure, axes)
    last = found[found["year"] == found["year"].max()].set_index("stage")["value"]
    return Chart(
        name="funnel-steps",
        figure=style.finish(figure),
        title=f"In {found['year'].max()} prosecutors charged {last[CHARGE[1]]:,.0f} of {last[CHARGE[0]]:,.0f} "
        f"persons sent to them and approved the arrest of {last[ARREST[1]]:,.0f} of {last[ARREST[0]]:,.0f}",
        alt="Bars by year, the part passed on inside what was received. " + "; ".join(_alts(found)) + ".",
        measure="Persons a year, intellectual property crimes, China",
        note="Pale: received in the year. Blue: passed on in it; hatched ends: the 90 percent band of a year that "
        "nobody published.",
        source=source_line(dataset, _readings(dataset, (*ARREST, *CHARGE))),
        frame=found,
    )


def _draw_step(axes: Axes, place: int, received: Mapping[str, Any], passed: Mapping[str, Any]) -> None:
    """Draw one bar: what was received, pale, and what was passed on, inside it."""
    axes.barh(place, received["value"], 0.74, color=style.PALE, label="received in the year")
    axes.barh(place, passed["low"], 0.74, color=style.GROUPS[0], label="passed on in the year")
    if passed["high"] > passed["low"]:
        axes.barh(
            place, passed["high"] - passed["low"], 0.74, passed["low"], facecolor="none", hatch="/////",
            edgecolor=style.GROUPS[0], lw=0.6,
        )  # fmt: skip
    share = between(100 * passed["low"] / received["high"], 100 * passed["high"] / received["low"], 2)
    axes.annotate(f"{share}%", (received["value"], place), (5, 0), fontsize=style.SMALL + 0.5, **style.BESIDE)


def _alts(found: pd.DataFrame) -> list[str]:
    """Say each year's four counts."""
    told = []
    for year, rows in found.groupby("year", sort=True):
        value = keyed(rows, "stage")
        said = [between(value[one]["low"], value[one]["high"], 5) for one in (*ARREST, *CHARGE)]
        told.append(
            f"{year}: received for arrest {said[0]}, approved {said[1]}, received for charging {said[2]}, "
            f"charged {said[3]}"
        )
    return told


def _readings(dataset: Dataset, series: tuple[str, ...]) -> list[str]:
    """Return the readings picked for some series, each once."""
    return list(
        dict.fromkeys(one for name in series for one in printed_years(dataset, name).table["reading_id"])
    )


def shares_chart(dataset: Dataset) -> Chart:
    """Draw the share passed on at each step by year, as stepped bands (of a hundred)."""
    found = conversions(dataset)
    figure, every = panels(list(found), height=1.9, sharex=False)
    pages = {one.title: series_address(one.second) for one in STEPS}
    alts = []
    for axes, (title, one) in zip(every, found.items(), strict=True):
        for year, low, middle, high in zip(one.years, one.lower, one.estimate, one.upper, strict=True):
            ends = [year - 0.5, year + 0.5]
            box = axes.fill_between(
                ends, [100 * low] * 2, [100 * high] * 2, color=style.ESTIMATE, alpha=0.35, lw=0
            )
            said = f"{title}: {year}: {between(100 * middle, 100 * middle, 2)} ({between(100 * low, 100 * high, 2)})"
            tell(box, [(f"{said}, percent", pages[title])])
            axes.plot(ends, [100 * middle] * 2, color=style.INK, lw=1.6)
        years_axis(axes, one.years, every=2 if len(one.years) > MANY else 1)
        axes.set_ylim(0, 115 * float(max(one.upper)))
        spans = [
            f"{year} {between(100 * a, 100 * b, 2)}"
            for year, a, b in zip(one.years, one.lower, one.upper, strict=True)
        ]
        alts.append(f"{title}: {', '.join(spans)}")
    arrests, charges = (found[STEPS[place].title].overall for place in (0, 1))
    return Chart(
        name="funnel-shares",
        figure=style.finish(figure),
        title=f"Of a hundred, {100 * arrests[0]:.0f} arrests are approved and {100 * charges[0]:.0f} persons "
        "charged; what courts make of them is told worse",
        alt=f"Four panels of stepped bands. {'; '.join(alts)}.",
        measure="Persons or cases passed on, percent of those received, intellectual property crimes, China",
        note="Lines: medians; boxes: 90 percent intervals from the series' draws. Judged: seven tenths in the same "
        "year assumed. Police count wider crimes.",
        source=source_line(
            dataset, _readings(dataset, tuple(one for s in STEPS for one in (s.first, s.second)))
        ),
    )


def must_hold_table(dataset: Dataset) -> HtmlTable:
    """List what would have to be true for each two stages to be one stream."""
    rows = []
    for name, (first, second, since) in CHAINED.items():
        row = what_must_hold(dataset, first, second, since=since)
        rows.append(
            {
                "stages": name,
                "years": f"{row['first_year']} to {row['last_year']}",
                "largest yearly share": f"{between(100 * row['lower'], 100 * row['upper'], 2)}%",
                "one stream needs": _needs(row.to_dict()),
            }
        )
    return table(rows, caption="What would have to be true for two stages to be one stream")


def _needs(row: Mapping[Any, Any]) -> str:
    """Say what has to hold."""
    if row["backlog"] > 0 and row["share"] > 1:
        least = between(row["backlog_lower"], row["backlog_upper"], 2)
        return f"{least} from before, or who never passed the first stage"
    if row["upper"] > 1:
        return "perhaps a few from the years before"
    return "nothing special"
