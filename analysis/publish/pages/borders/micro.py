"""The official US table taken apart: origins by year, shares modelled, dollars a line, and who stands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import series_address
from analysis.publish.chart import Chart, version_line
from analysis.publish.estimates import left_out, too_wide
from analysis.publish.marks import draw_rows, draw_stacks, legend_above, log_axis, row_axis, rows_figure, told
from analysis.publish.names import names
from analysis.publish.pages.borders.official import LINES_SOURCE
from analysis.publish.tables import keyed
from analysis.publish.touch import lead_panel
from analysis.publish.words import listed, number
from analysis.scrutiny.border_table import (
    CHOICES,
    LEAST_LINES,
    ORIGINS,
    cells,
    first_origins,
    origin_shares,
    origins_by_year,
    propensity,
    share_model,
    stability,
    top_cells,
    worth_by_product,
    worth_tail,
)

MEASURES: tuple[tuple[Literal["lines", "msrp_usd"], str], ...] = (("lines", "lines"), ("msrp_usd", "value"))
SHADES = (*style.GROUPS[:5], style.REST, style.PALE)
GOODS = {
    "consumer_electronics": "electronics",
    "home_appliances": "home appliances",
    "labels_packaging": "labels and packaging",
    "optical_media": "optical media",
    "integrated_circuits": "circuits",
}
WAYS = {"air": "air cargo", "sea": "sea cargo", "other": "road, rail, other"}
COLOURS = {"CN": style.GROUPS[0], "HK": style.GROUPS[1]}
KEPT = 5  # origins with a colour
LEAST_CELLS = 200  # lines of a product, to be drawn
APART = 0.17


def source(dataset: Dataset) -> str:
    """Say where the figures come from."""
    return f"{LINES_SOURCE} {version_line(dataset)}"


ORIGIN_PAGES = {
    "lines": series_address("us-lines-by-origin"), "msrp_usd": series_address("us-lines-msrp-by-origin"),
}  # fmt: skip


def economy(code: object) -> str:
    """Return an economy's name, or its code."""
    return names("economy").get(str(code), str(code))


def origins_chart(dataset: Dataset) -> Chart:
    """Draw each fiscal year's lines and value by origin (percent)."""
    figure, panels = style.subplots(1, 2, size=(style.WIDTH, 3.9), sharey=True)
    shown = first_origins(dataset, KEPT)
    frames: dict[str, pd.DataFrame] = {}
    for axes, (measure, head) in zip(panels, MEASURES, strict=True):
        found = origins_by_year(dataset, shown, measure)
        frames[measure] = found
        draw_stacks(
            axes, found.rename(columns=economy), colours=SHADES, upright=True, totals=False, thick=0.74
        )
        axes.set_title(f"percent of {head}", fontsize=10)
        lead_panel(axes, ORIGIN_PAGES[measure])
        axes.set_ylim(0, 100)
        axes.set_xticks(list(found.index), [f"{year}" for year in found.index])
    legend_above(figure, panels[0], cols=4)
    both = {name: found[list(ORIGINS)].sum(axis=1) for name, found in frames.items()}
    first, last = (int(one) for one in (both["lines"].index[0], both["lines"].index[-1]))
    return Chart(
        name="borders-origins",
        figure=style.finish(figure),
        title=f"China and Hong Kong fell from {both['lines'][first]:.0f} to {both['lines'][last]:.0f} percent of the "
        f"lines, and hold {both['msrp_usd'][last]:.0f} percent of the value",
        alt=f"Stacked bars by fiscal year. Lines from China and Hong Kong: "
        f"{', '.join(f'{year} {share:.0f} percent' for year, share in both['lines'].items())}. Value: "
        f"{', '.join(f'{year} {share:.0f} percent' for year, share in both['msrp_usd'].items())}.",
        measure="Percent of US seizure lines and of their value, by recorded origin, fiscal years",
        note="Fiscal years to September. A line is one product of one brand in a seizure; value at the price of the "
        "genuine article.",
        source=source(dataset),
        frame=frames["lines"],
    )


def term_words(term: str) -> str:
    """Return a term of the share's model as it stands beside its row."""
    group, _, name = term.partition(": ")
    if not name:
        return "a year later"
    return {"goods": GOODS, "by": WAYS}[group].get(name, name)


def odds(dataset: Dataset, origin: str) -> pd.DataFrame:
    """Return by what an origin's odds are multiplied, by term: estimate, lower, upper."""
    found = share_model(dataset, origin).coefficients[["estimate", "lower", "upper"]].drop(index="intercept")
    return found.astype(float).apply(np.exp)


def shares_model_chart(dataset: Dataset) -> Chart:
    """Draw by what China's and Hong Kong's odds are multiplied, by goods, conveyance and year (log axis)."""
    fits = {origin: odds(dataset, origin) for origin in ORIGINS}
    shown = {origin: fit[~too_wide(fit["lower"], fit["upper"])] for origin, fit in fits.items()}
    order = [str(name) for name in fits["CN"].index if any(name in fit.index for fit in shown.values())]
    figure, axes = style.subplots(size=(style.WIDTH, 5.4))
    log_axis(axes)
    drawn: list[pd.DataFrame] = []
    without = {
        economy(origin): [
            term_words(str(name)) for name in fit.index.difference(shown[origin].index, sort=False)
        ]
        for origin, fit in fits.items()
    }
    for step, origin in zip((-APART, APART), ORIGINS, strict=True):
        found = shown[origin]
        rows = found.assign(
            value=found["estimate"], low=found["lower"], high=found["upper"], colour=COLOURS[origin],
            place=[order.index(str(name)) + step for name in found.index],
            label=[term_words(str(name)) for name in found.index],
            legend=[economy(origin), *[""] * (len(found) - 1)], of=economy(origin),
        ).reset_index(drop=True)  # fmt: skip
        draw_rows(axes, rows, width=4, mark=4.5)
        drawn.append(rows)
    row_axis(axes, [term_words(name) for name in order], at=1.0)
    axes.set_xlabel("times the odds that a line comes from there")
    lead_panel(axes, ORIGIN_PAGES["lines"])
    legend_above(figure, axes)
    year = {origin: dict(fit.loc["year"]) for origin, fit in fits.items()}
    china = "may not have moved" if year["CN"]["upper"] > 1 > year["CN"]["lower"] else "moved"
    both = pd.concat(drawn, ignore_index=True)
    return Chart(
        name="borders-share-model",
        figure=style.finish(figure),
        title=f"Hong Kong's odds fell to {year['HK']['estimate']:.2f} of themselves a year, goods and ways alike; "
        f"China's {china}",
        alt=f"Rows with intervals on a log axis. {told(both, _odds)}.",
        measure="Odds ratios of a place's share of US seizure lines",
        note="Fractional logit of shares of known origin, weighted by lines, 95 percent intervals clustered by goods "
        f"and way. Base: bags, express.{left_out(without)}",
        source=source(dataset),
        frame=both,
    )


def _odds(row: Mapping[Any, Any]) -> str:
    """Say one term."""
    return f"{row['of']}, {row['label']}: {row['value']:.2g} ({row['low']:.2g} to {row['high']:.2g})"


def worth_chart(dataset: Dataset) -> Chart:
    """Draw dollars a line by goods: the middle line's cell, and where eight tenths of the lines are (log axis)."""
    found = worth_by_product(dataset)
    found = found[found["lines"] >= LEAST_CELLS].sort_values("middle", ascending=False)
    rows = found.assign(
        label=[
            f"{GOODS.get(row['product'], row['product'])}, {number(row['lines'])}"
            for row in found.to_dict("records")
        ],
        value=found["middle"],
        note=[style.short(float(f"{one:.2g}")) for one in found["middle"]],
        colour=style.PRINT,
        address=series_address("us-lines-msrp-by-product"),
    ).reset_index(drop=True)
    top = top_cells(dataset)["estimate"]
    return Chart(
        name="borders-worth",
        figure=rows_figure(rows, axis="dollars a line, at the genuine price", log=True, height=4.6),
        title=f"A hundredth of the cells holds {100 * top[0.01]:.0f} percent of the value",
        alt=f"Rows with ranges on a log axis. {told(rows, _worth)}.",
        measure="Dollars a US seizure line, at the price of the genuine article, fiscal years 2019 to 2023",
        note="Beside the goods their lines. Dot: the middle line; bar: eight of ten. Lines in a cell have "
        "its mean: true ranges are wider.",
        source=source(dataset),
        frame=rows,
    )


def _worth(row: Mapping[Any, Any]) -> str:
    """Say one kind of goods."""
    return f"{row['label']} lines: {number(row['value'], 3)} ({number(row['low'], 2)} to {number(row['high'], 2)})"


def propensity_chart(dataset: Dataset) -> Chart:
    """Draw the ranks of the economies whose exports are most prone to be seized, by years and by choices."""
    found = stability(dataset)
    labels = [economy(one) for one in found["economy"]]
    figure, axes = style.subplots(size=(style.WIDTH, 4.8))
    log_axis(axes)
    years = pd.DataFrame(
        {
            "value": found["rank"], "low": found["rank_lower"], "high": found["rank_upper"],
            "place": np.arange(len(found)) - APART, "colour": style.ESTIMATE,
            "legend": ["years drawn anew", *[""] * (len(found) - 1)],
        }
    )  # fmt: skip
    choices = pd.DataFrame(
        {
            "value": found["rank"], "low": found["best"], "high": found["worst"],
            "place": np.arange(len(found)) + APART, "colour": style.GROUPS[1], "marker": "D",
            "legend": [f"{len(CHOICES)} choices", *[""] * (len(found) - 1)],
        }
    )  # fmt: skip
    draw_rows(axes, years)
    draw_rows(axes, choices, mark=4)
    row_axis(axes, labels)
    axes.set_xlabel("rank, 1 the most prone")
    lead_panel(axes, ORIGIN_PAGES["lines"])
    axes.set_xlim(0.8, 1.3 * float(found[["rank_upper", "worst"]].max().max()))
    legend_above(figure, axes)
    steady = int((found["worst"] <= len(found)).sum())
    return Chart(
        name="borders-propensity",
        figure=style.finish(figure),
        title=f"{economy(found['economy'].iloc[0])} leads; of the {len(found)} first, {steady} stay among them under "
        "every choice",
        alt=f"Rows of ranks on a log axis. {told(found, _rank)}.",
        measure="Rank by share of US seizure lines over share of US imports, by economy",
        note="GTRIC-style index: share of seized lines over share of US imports. Bars: 90 percent over years; least "
        "and greatest rank over choices.",
        source=source(dataset),
        frame=found,
    )


def _rank(row: Mapping[Any, Any]) -> str:
    """Say one economy's rank."""
    return (
        f"{economy(row['economy'])}: {row['rank']:.0f}, over years {row['rank_lower']:.0f} to "
        f"{row['rank_upper']:.0f}, over choices {row['best']:.0f} to {row['worst']:.0f}"
    )


def micro_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's opening and of its sections on the official table."""
    shown = first_origins(dataset, KEPT)
    lines, value = origins_by_year(dataset, shown), origins_by_year(dataset, shown, "msrp_usd")
    both, worth = lines[list(ORIGINS)].sum(axis=1), value[list(ORIGINS)].sum(axis=1)
    rows = {origin: odds(dataset, origin).to_dict("index") for origin in ORIGINS}
    base, ranks = (
        stability(dataset),
        keyed(propensity(dataset).rename_axis("economy").reset_index(), "economy"),
    )
    china, top, tail = ranks["CN"], top_cells(dataset), worth_tail(dataset)
    goods = keyed(worth_by_product(dataset), "product")
    tenth, hundredth = (dict(top.loc[part]) for part in (0.1, 0.01))
    steady = base[base["worst"] <= len(base)]
    return {
        "micro_first": f"{both.index[0]}",
        "micro_last": f"{both.index[-1]}",
        "micro_lines_first": f"{both.iloc[0]:.0f}",
        "micro_lines_last": f"{both.iloc[-1]:.0f} percent",
        "micro_value_first": f"{worth.iloc[0]:.0f}",
        "micro_value_last": f"{worth.iloc[-1]:.0f} percent",
        "micro_ph": f"{lines['PH'].iloc[0]:.1f} to {lines['PH'].max():.1f} percent",
        "micro_hk_year": _factor(rows["HK"]["year"]),
        "micro_cn_year": _factor(rows["CN"]["year"]),
        "micro_cn_sea": f"{rows['CN']['by: sea']['estimate']:.0f}",
        "micro_hk_sea": f"{rows['HK']['by: sea']['estimate']:.3f}",
        "micro_cells": f"{len(origin_shares(dataset, 'CN'))}",
        "micro_least": f"{LEAST_LINES}",
        "micro_top": f"{100 * hundredth['estimate']:.0f} percent ({100 * hundredth['lower']:.0f} to "
        f"{100 * hundredth['upper']:.0f})",
        "micro_tenth": f"{100 * tenth['estimate']:.0f}",
        "micro_alpha": f"{tail.alpha:.2f} (standard error {tail.alpha_se:.2f})",
        "micro_vuong": f"{tail.versus('lognormal').p:.2f}",
        "micro_all": f"{number(len(cells(dataset)))} cells",
        "micro_watches": f"{number(goods['watches']['middle'], 2)} dollars",
        "micro_footwear": f"{number(goods['footwear']['middle'], 2)}",
        "micro_hk_factor": f"{base['factor'].iloc[0]:.0f} times",
        "micro_cn_rank": f"{china['rank']:.0f} of {len(ranks)}",
        "micro_cn_span": f"{china['rank_lower']:.0f} to {china['rank_upper']:.0f}",
        "micro_cn_factor": f"{china['factor']:.1f} times",
        "micro_steady": listed([economy(one) for one in steady["economy"]]),
        "micro_shown": f"{len(base)}",
    }


def _factor(row: Mapping[Any, Any]) -> str:
    """Say a factor with its interval."""
    return f"{row['estimate']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})"
