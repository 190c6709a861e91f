"""Figures, tables and words of the comparisons at the borders, and the other words of the chapter."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.marks import at_end, at_ends, log_axis, make_room, told
from analysis.publish.marks_time import years_axis
from analysis.publish.names import names
from analysis.publish.pages.borders.counts import ratio_words
from analysis.publish.pages.borders.micro import micro_words
from analysis.publish.pages.borders.official import AGREES, ANOTHER, LINES_SOURCE, by_way, check_rows
from analysis.publish.pages.borders.shares import share_words
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import between, capital, listed, number, signed_percent
from analysis.rounding import written
from analysis.scrutiny.comparisons import QUESTIONS, Answer, answer, as_extreme, bounds, members, provinces
from analysis.series import printed_years
from analysis.series.border_lines import totals, unknown_share
from analysis.series.panels import CONTAMINATED
from analysis.series.ratios import opposed, ratio

DESIGNS = {
    "did": "parallel to the controls",
    "cits": "with a drift of its own",
    "event": "from the last period before",
    "synthetic": "a mix of controls",
}
NAMED = 4  # placebos named in a drawing at most, those that end farthest out
RATIOS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20, 50)


def unit_word(code: object) -> str:
    """Return a unit in words: an economy's name, else the code itself."""
    return names("economy").get(str(code), str(code))


def change(ratio: float) -> str:
    """Write a ratio as a change: `+12%`, or as a factor from three times on."""
    return signed_percent(ratio - 1, 0, times=3)


def comparison_chart(dataset: Dataset, name: str) -> Chart:
    """Draw a comparison: treated and counterfactual above, every unit's gap below, placebos in grey.

    Raises InputError for an unknown comparison.
    """
    one = answer(dataset, name)
    asked, found = one.question, one.found["did"]
    path = _path(one)
    figure, (top, bottom) = style.subplots(
        2, 1, size=(style.WIDTH, 5.6), sharex=True, height_ratios=(1, 1.25)
    )
    _levels(top, path, asked.unit)
    _gaps(bottom, one)
    years_axis(bottom, one.gaps.columns, every=1, pad=0.3)
    bottom.set_xlabel("fiscal year" if asked.fiscal else "year")
    at_ends(bottom, _ends(one), letters=9)
    for axes in (top, bottom):
        axes.axvline(asked.at - 0.5, color=style.INK, lw=1.0, ls=":")  # before the measure's first period
        make_room(axes)
        lead_panel(axes, f"ledger.html#ledger-{asked.hypothesis}")
    worse, placebos = as_extreme(found)
    controls = listed([unit_word(unit) for unit in one.gaps.index if unit != asked.treated])
    return Chart(
        name=f"borders-comparison-{name}",
        figure=style.finish(figure),
        title=f"{capital(unit_word(asked.treated))} against the rest: {change(found.ratio)}, and {worse} of "
        f"{placebos} placebos moved as far",
        alt=_alt(one, path),
        measure=f"{capital(asked.unit)} a{' fiscal' if asked.fiscal else ''} year, log axis; below, each place or way "
        "over all others",
        note=f"{asked.asked} Above, {asked.unit} a{' fiscal' if asked.fiscal else ''} year on a "
        "log axis: recorded (dots) and parallel to the controls (dashed). Below, the ratio of each unit to all "
        f"others, 1 being its mean before; grey: controls, as if the measure were theirs ({controls}). "
        f"p {written(found.p, '.2f')} by permutation, at least {written(found.floor, '.2f')}; "
        f"pre-trend p {written(found.pretrend, '.2f')}. "
        f"{' '.join(found.flags)}",
        source=_source(dataset, one),
        frame=path,
    )


def _path(one: Answer) -> pd.DataFrame:
    """Return one row a period: period, recorded, parallel (natural units), and whether the measure acts (after)."""
    path = one.found["did"].path
    period = path["period"].astype(int)
    return pd.DataFrame(
        {
            "period": period,
            "recorded": np.exp(path["treated"]),
            "parallel": np.exp(path["counterfactual"]),
            "after": period >= one.question.at,
        }
    )


def _levels(axes: Axes, path: pd.DataFrame, unit: str) -> None:
    """Draw the treated unit and its counterfactual, in natural units."""
    first, second = style.GROUPS[:2]
    shown = path[path["after"] | path["after"].shift(-1, fill_value=False)]  # from the last period before
    axes.plot(path["period"], path["recorded"], "o-", color=first, ms=5)
    axes.plot(shown["period"], shown["parallel"], "s--", color=second, lw=1.6, ms=4, mfc=style.PAPER)
    last = path.iloc[-1]
    at_end(axes, last["period"], last["recorded"], "recorded", first, letters=9.5)
    at_end(axes, last["period"], last["parallel"], "if parallel", second, letters=9.5)
    log_axis(axes, "y")
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel(unit)


def _gaps(axes: Axes, one: Answer) -> None:
    """Draw every unit's ratio to the others, the treated one's in colour."""
    gaps, treated = one.gaps.apply(np.exp), one.question.treated
    years = gaps.columns.astype(int)
    for unit, row in gaps.drop(index=treated).iterrows():
        axes.plot(years, row, color=style.REST, lw=1.0, alpha=0.75, label=f"_{unit}")
    axes.plot(years, gaps.loc[treated], "o-", color=style.GROUPS[0], ms=5, lw=2, label=treated)
    axes.axhline(1, color=style.INK, lw=0.8)
    log_axis(axes, "y")
    low, high = gaps.to_numpy().min() / 1.5, gaps.to_numpy().max() * 1.5
    axes.set_yticks([tick for tick in RATIOS if low <= tick <= high])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("times the others")


def _ends(one: Answer) -> pd.DataFrame:
    """Return the names at the lines' right ends: the treated unit and the placebos that end farthest out."""
    last, treated = one.gaps.iloc[:, -1], one.question.treated
    far = last.drop(treated).abs().sort_values(ascending=False).index[:NAMED]
    return pd.DataFrame(
        {
            "x": int(one.gaps.columns[-1]),
            "y": np.exp(last[unit]),
            "label": unit_word(unit).removeprefix("the "),
            "colour": style.GROUPS[0] if unit == treated else style.TEXT,
        }
        for unit in (treated, *far)
    )


def _alt(one: Answer, path: pd.DataFrame) -> str:
    """Tell both panels in words."""
    said = told(
        path,
        lambda row: (
            f"{row['period']} {number(round(row['recorded']), 3)}"
            + (f" against {number(round(row['parallel']), 3)}" if row["after"] else "")
        ),
    )
    ends = ", ".join(
        f"{unit_word(unit)} {written(np.exp(gap), '.2f')}"
        for unit, gap in one.gaps.iloc[:, -1].sort_values().items()
    )
    return (
        f"Two panels. Above, {unit_word(one.question.treated)}, recorded and, from {one.question.at} on, as it would "
        f"be parallel to the controls: {said}. Below, the ratio of each unit to all others, which "
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
    test, robust = found.permutation, bounds(found)
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
    said = {
        "compared_provinces": provinces(dataset),
        "compared_members": members(dataset),
        "compared_caveat": CONTAMINATED,
    }
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
    cits, robust = japan.found["cits"], bounds(japan.found["event"])
    last = lines.gaps.iloc[:, -1]
    return said | {
        "compared_cits": f"{change(cits.ratio)} ({_interval(*cits.ratio_interval)})",
        "compared_cits_p": written(cits.p, ".3f"),
        "compared_cits_permutation": written(cits.permutation.p, ".2f"),
        "compared_bounds": f"{between(robust[0], robust[1], 1)} times" if robust else "without bounds",
        "compared_farthest": unit_word(last.idxmax()),
        "compared_farthest_times": written(np.exp(float(last.max())), ".0f"),
    }


# Pieces and cases of each border, and the years for which prose divides them.
PAIRS = {
    "eu": ("eu-border-items", "eu-border-cases", (2011, 2012)),
    "jp": ("jp-items", "jp-cases", (2024,)),
    "us": ("us-items", "us-seizures", (2022,)),
}
CIGARETTES = "eu-border-share-items-cigarettes"


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter. Raises InputError if a series or reading is missing."""
    smoke = printed_years(dataset, CIGARETTES).table["value"]
    said = {"smoke_low": number(smoke.min(), 2), "smoke_high": number(smoke.max(), 2)}
    said |= _per_case(dataset) | _official(dataset)
    return said | share_words(dataset) | micro_words(dataset) | comparison_words(dataset)


def _per_case(dataset: Dataset) -> dict[str, str]:
    """Return items a consignment, and how often cases and items moved apart."""
    said: dict[str, str] = {}
    for name, (items, cases, years) in PAIRS.items():
        rows = ratio(dataset, items, cases).to_dict("records")
        said |= {
            f"{name}_each_{row['year']}": between(row["low"], row["high"], 2)
            for row in rows
            if row["year"] in years
        }
        if name != "us":
            apart, certain = opposed(dataset, items, cases)
            said |= {f"{name}_apart": number(apart), f"{name}_certain": number(certain)}
    return said


def _official(dataset: Dataset) -> dict[str, str]:
    """Return what the official US table holds, and how its checks came out."""
    rows = check_rows(dataset)
    ways = by_way(dataset)
    last, sea = ways.loc[ways.index[-1][0], "lines"], ways["msrp_usd"].xs("sea cargo", level=1)
    comparable = [row for row in rows if row["Verdict"] != ANOTHER]
    cargo = ratio(dataset, "us-seizures-cargo", "us-seizures", 100).set_index("year")["value"]
    return {
        "lines_all": number(int(totals(dataset)["lines"].sum())),
        "checks_agree": number(sum(row["Verdict"] == AGREES for row in comparable)),
        "checks_all": number(len(comparable)),
        "express_lines": number(float(last["express parcel"]), 2),
        "sea_lines": number(float(last["sea cargo"]), 2),
        "sea_value_low": number(float(sea.min()), 2),
        "sea_value_high": number(float(sea.max()), 2),
        "us_cargo_count_2018": number(float(cargo[2018]), 2),
        "unknown_lines": number(unknown_share(dataset), 2),
        "retail_ratio": ratio_words(dataset),
    }
