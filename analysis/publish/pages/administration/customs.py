"""China's customs: batches and items by year, the ways they came, totals as known on two days; the chapter's words."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dimensions import CONTRADICTIONS
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.conflicts_listing import KIND_WORDS, VERDICT_WORDS
from analysis.publish.lines import break_notes, draw_intervals, draw_series, readings_of_all, years_of
from analysis.publish.marks import draw_rows, legend_above, panels, row_axis, row_labels, rows_figure, told
from analysis.publish.marks_time import years_axis
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, day, plain, quote, window
from analysis.series import PrintedYears, printed_years
from analysis.series.lookup import by_id, chosen
from analysis.series.ratios import base_before, ratio

BATCHES, ITEMS = "gacc-batches", "gacc-items"
PANELS = ("Batches", "Items", "Items a batch", "Rights put on record")
MARKS = {"batches": ("s", style.GROUPS[1], BATCHES), "items": ("o", style.GROUPS[0], ITEMS)}
# A year's totals, on a day after the first print and on a day after the later one.
KNOWN = {2013: ("2014-04-30", "2014-12-31"), 2018: ("2019-01-31", "2019-12-31")}


def customs_chart(dataset: Dataset) -> Chart:
    """Draw batches (with those in the mail), items, items a batch, and recordals."""
    figure, every = panels(PANELS, height=2.5, letters=10.5)
    batches, items, each, rights = every
    first, second, third, _, fifth, _ = style.GROUPS
    drawn = [
        draw_series(batches, dataset, BATCHES, color=first, label="all"),
        draw_series(
            batches, dataset, "gacc-mail-batches", color=second, marker="s", join=False, label="in the mail"
        ),  # 2018: baggage
        draw_series(items, dataset, ITEMS, color=third, marker="^"),
        draw_series(rights, dataset, "gacc-recordals", color=fifth, marker="v"),
    ]
    batches.legend(loc="upper center", fontsize=style.SMALL, handlelength=1, borderaxespad=0)
    quotients = ratio(dataset, ITEMS, BATCHES)
    draw_intervals(each, quotients)
    years_axis(every[0], [*quotients["year"], *years_of(drawn)], every=5)
    for axes in every:
        axes.set_ylim(bottom=0)
        axes.tick_params(labelsize=style.SMALL)
        style.short_axis(axes)
    spoken = told(quotients, lambda row: f"{row['year']} {between(row['low'], row['high'], 3)}")
    return Chart(
        name="administration-customs",
        figure=style.finish(figure),
        title="China's customs: batches and items part company",
        alt="Four panels by year. " + "; ".join(one.alt for one in drawn) + f". Items a batch: {spoken}.",
        measure="Batches and items detained a year, and items a batch, China's customs",
        note="Detained at the border for suspected infringement. A mark is a published year, a bar what its hedge "
        "allows, a hollow mark another figure that excludes it; lines join only consecutive years. Items a batch "
        "is a quotient of two published totals, drawn as the interval that their hedges allow. The count in the "
        f"mail includes baggage in 2018. {BAND_NOTE} {break_notes(drawn)}".strip(),
        source=source_line(dataset, readings_of_all(drawn)),
    )


def mode_shares(dataset: Dataset) -> pd.DataFrame:
    """Return one row a mode and quantity, as `rows_figure` draws it: name, year, quantity, reading_id, low, high.

    Intervals are in percent: the printed share, or a mode's count divided by the year's total.
    """
    modes = remarks(
        "customs-modes", ("mode", "year", "quantity", "reading_id", "printed_share"), key="reading_id"
    )
    readings = by_id(dataset, [one["reading_id"] for one in modes])
    totals = {
        quantity: printed_years(dataset, mark[2]).table.set_index("year") for quantity, mark in MARKS.items()
    }
    labels = list(dict.fromkeys(f"{one['mode']}, {one['year']}" for one in modes))
    rows = []
    for one in modes:
        label, year, quantity = f"{one['mode']}, {one['year']}", int(one["year"]), one["quantity"]
        low, high = (readings[one["reading_id"]][end] for end in ("low", "high"))
        if one["printed_share"] != "yes":
            total = totals[quantity].loc[year]
            low, high = 100 * low / total["high"], min(100 * high / total["low"], 100.0)
        marker, colour, _ = MARKS[quantity]
        rows.append(
            {**one, "place": labels.index(label), "label": label, "name": one["mode"], "year": year}
            | {"low": low, "high": high, "value": (low + high) / 2, "marker": marker, "colour": colour}
        )
    return pd.DataFrame(rows)


def modes_chart(dataset: Dataset) -> Chart:
    """Draw each mode's share of the batches and of the items in its year."""
    found = mode_shares(dataset)
    figure = rows_figure(
        found, axis="percent of the year's total", height=3.6, zero=True, letters=9.5, mark=6.5
    )
    for quantity, (marker, colour, _) in MARKS.items():
        figure.axes[0].plot([], [], marker, color=colour, ms=6.5, label=f"share of {quantity}")
    legend_above(figure, figure.axes[0], letters=9.5)
    totals = [printed_years(dataset, mark[2]).table for mark in MARKS.values()]
    ids = {
        *found["reading_id"],
        *(i for t in totals for i in t.loc[t["year"].isin(found["year"]), "reading_id"]),
    }
    said = told(
        found,
        lambda row: (
            f"{row['name']} {row['year']}: {between(row['low'], row['high'], 3)} percent of {row['quantity']}"
        ),
    )
    return Chart(
        name="administration-modes",
        figure=figure,
        title="Parcels fill the batches, freight fills the items",
        alt=f"Rows by mode and year. {said}.",
        measure="Percent of a year's batches and items, by mode of transport, China's customs",
        note="Squares: batches; dots: items. "
        "Bars are what rounding allows and mostly hide behind the mark. Sea and mail of 2017 are published shares, "
        "the others are quotients of published counts. Modes of one year may overlap; a missing mark was not found.",
        source=source_line(dataset, sorted(ids)),
        frame=found,
    )


def known(dataset: Dataset) -> pd.DataFrame:
    """Return one row a series, year and day: series, year, on (the day), published, reading_id, value, low, high.

    Raises InputError where a year has no print on one of its days.
    """
    return pd.DataFrame(
        _known(printed_years(dataset, series_id, as_of=on), series_id, year, on)
        for series_id in (BATCHES, ITEMS)
        for year, days in KNOWN.items()
        for on in days
    )


def _known(found: PrintedYears, series_id: str, year: int, on: str) -> dict[str, object]:
    """Return a year of a series as known on a day."""
    rows = found.table[found.table["year"] == year]
    if rows.empty:
        raise InputError(
            f"Series {series_id!r} has no published figure of {year} by {on}; choose another day."
        )
    cells = rows.iloc[0]
    published = found.readings.set_index("reading_id").loc[cells["reading_id"], "published"]
    kept = {name: cells[name] for name in ("reading_id", "value", "low", "high")}
    return {"series": series_id, "year": year, "on": on, "published": pd.Timestamp(str(published)), **kept}


def vintages_chart(dataset: Dataset) -> Chart:
    """Draw batches and items of 2013 and 2018 as known on two days each."""
    found = known(dataset)
    first = found["on"].isin([days[0] for days in KNOWN.values()])
    found = found.assign(
        label=[
            f"{year}, told\n{when:%b %Y}"
            for year, when in zip(found["year"], found["published"], strict=True)
        ],
        name=found["series"].map({BATCHES: "batches", ITEMS: "items"}),
        colour=first.map({True: style.GROUPS[1], False: style.GROUPS[0]}),
        hollow=first,
    )
    figure, every = panels(["batches", "items"], height=2.5, sharex=False, sharey=True, letters=10.5)
    for axes, name in zip(every, ("batches", "items"), strict=True):
        rows = found[found["name"] == name]
        draw_rows(axes, rows, width=6, mark=6.5)
        row_axis(axes, row_labels(rows))
        axes.axhline(len(rows) / len(KNOWN) - 0.5, color=style.RULE, lw=0.6)  # between the years
        axes.margins(x=0.15)
        axes.set_xlim(left=0)
        axes.tick_params(labelsize=style.SMALL)
        style.short_axis(axes, "x")
    prints = chosen(dataset, found["reading_id"])
    said = told(
        found,
        lambda row: (
            f"{row['year']} {row['name']}, known on {day(pd.Timestamp(row['on']))}: "
            f"{quote(prints.loc[row['reading_id']], unit=False)} ({between(row['low'], row['high'], 4)})"
        ),
    )
    return Chart(
        name="administration-vintages",
        figure=style.finish(figure),
        title="A year of customs figures depends on the day it is read",
        alt=f"Two panels, four rows each. {said}.",
        measure="Batches and items detained in 2013 and in 2018, as known on two days, China's customs",
        note="Batches and items detained by China's customs in 2013 and 2018, each as known on two days. Hollow "
        "marks are the first figures, filled ones later figures; bars are what hedges and rounding allow.",
        source=source_line(dataset, found),
        frame=found,
    )


FOUR_YEARS, FIRST_YEAR, LAST_YEAR = "adm-0418", "adm-0735", "adm-0419"
HALF_2019, HALF_GROWTH = "adm-0718", "adm-0721"
EACH = (2012, 2018, 2024)
SHORT = {"freight": "freight", "e-commerce": "parcels"}
BODIES = {
    "SAIC": "trade and industry",
    "SAMR": "market regulators",
    "CNIPA": "IP office",
    "NCAC": "copyright",
    "NLG": "leading group",
    "AQSIQ": "quality inspectors",
    "GACC": "customs",
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter, by the name under which its prose uses it."""
    total, first, last = by_id(dataset, (FOUR_YEARS, FIRST_YEAR, LAST_YEAR)).values()
    low = float(total["low"] - first["high"] - last["high"])
    high = float(total["high"] - first["low"] - last["low"])
    return {
        "left_two_years": f"{between(low, high, 3)} cases",
        "half_implied": f"about {between(*base_before(dataset, HALF_2019, HALF_GROWTH), 3)} items",
        **_customs(dataset),
        "conflicts": f"{len(conflicts(dataset))}",
        "contradictions": f"{conflicts(dataset)['kind'].isin(CONTRADICTIONS).sum()}",
    }


def _customs(dataset: Dataset) -> dict[str, str]:
    """Return items a batch in single years, and what e-commerce and freight held in 2023, in percent."""
    each = ratio(dataset, ITEMS, BATCHES)
    said = {
        f"each_{row['year']}": between(row["low"], row["high"], 3)
        for row in each[each["year"].isin(EACH)].to_dict("records")
    }
    found = mode_shares(dataset)
    of_2023 = found[(found["year"] == 2023) & found["name"].isin(SHORT)]
    return said | {
        f"{SHORT[row['name']]}_{row['quantity']}": f"{between(row['low'], row['high'], 2)} percent"
        for row in of_2023.to_dict("records")
    }


def conflicts(dataset: Dataset) -> pd.DataFrame:
    """Return the conflicts in which both texts speak of one of these bodies, by body, then by window."""
    who = dataset.readings.set_index("reading_id")["reporter"].astype(str)
    found = dataset.conflicts.assign(
        body=dataset.conflicts["reading_a"].map(who), other=dataset.conflicts["reading_b"].map(who)
    )
    return found[found["body"].isin(BODIES) & (found["body"] == found["other"])]


def conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return a table that opens at a click: what one text prints, what another prints, and what is known."""
    found = conflicts(dataset)
    rows = by_id(dataset, [*found["reading_a"], *found["reading_b"]])
    ordered = sorted(
        found.to_dict("records"),
        key=lambda one: (list(BODIES).index(one["body"]), str(rows[one["reading_a"]]["window_start"])),
    )
    listed = [
        {
            "Who": BODIES[one["body"]],
            "Window": window(rows[one["reading_a"]]["window_start"], rows[one["reading_a"]]["window_end"]),
            "One text": quote(rows[one["reading_a"]]),
            "Another": quote(rows[one["reading_b"]]),
            "Kind": KIND_WORDS[one["kind"]],
            "Verdict": VERDICT_WORDS[one["verdict"]],
            "What is known": plain(one["note"]),
        }
        for one in ordered
    ]
    return table(
        listed,
        caption=f"{len(listed)} pairs of figures that do not agree, administrations and customs, and which to quote",
        wide=True,
        folded=True,
    )
