"""Panels for comparison designs: one border's figures side by side, by origin, mode or product.

Each panel is a long frame (unit, period, y, exposure) as `analysis.models.compared` takes it: a period is a year
or, where the source counts so, a US fiscal year; y is the count or value in natural units; exposure is NaN, since no
denominator is kept by origin, mode or product. A hedged figure stands at the middle of its interval, a bound
("up to", "less than") is left out, and a year that nobody printed has no row: panels from printed series are
unbalanced. Units are the dataset's codes (CN, HK, express); "other" is what remains of the printed total.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.series.printed_years import printed_years
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE
from analysis.series.whole_years import year_of

CONTAMINATED = (
    "The units share one total and one body of inspectors: where one is searched more, the others are searched "
    "less, and shares sum to one. The controls are therefore not untouched: what moves from one to another counts "
    "twice in an effect read off this panel."
)
COLUMNS = ["unit", "period", "y", "exposure"]
OTHER, UNKNOWN = "other", "ZZ"
# An origin stands alone in the micro table where every year holds at least as many lines; the rest are pooled.
LEAST_LINES = 100
# A province can be compared where it has a figure of the same kind for as many years.
LEAST_YEARS = FEWEST_BEFORE + FEWEST_AFTER
_SHARES = ("cn", "hk", "tr", "ae")


@dataclass(frozen=True, repr=False)
class Panel(Result):
    """One panel: its `name` and `title`, the long `frame`, what it rests on (`sources`) and a `caveat` to print.

    `sources` are ids of series, or "border_lines" with the id of its source.
    """

    name: str
    title: str
    frame: pd.DataFrame
    sources: tuple[str, ...]
    caveat: str


@checked
def comparison_panel(dataset: Dataset, name: str) -> Panel:
    """Return the panel `name`, one of `PANELS`.

    Raises
    ------
    InputError
        If there is no such panel, or the readings do not allow it.
    """
    if name not in PANELS:
        raise InputError(f"There is no panel {name!r}; there are {', '.join(PANELS)}.")
    return PANELS[name](dataset)


def us_lines_by_origin(dataset: Dataset) -> Panel:
    """Lines of US seizures by origin, from the official table; small origins pooled, unknown ones left out."""
    lines = dataset.border_lines[dataset.border_lines["origin"] != UNKNOWN]
    frame = _pooled(lines, lines["origin"].astype(str))
    said = (
        f"Lines, not seizures; origins below {LEAST_LINES} lines in a year are pooled, unknown ones left out."
    )
    return Panel("us-lines-origin", "Lines of US seizures by origin", frame, _micro(lines), _caveat(said))


def us_lines_by_mode(dataset: Dataset) -> Panel:
    """Lines of US seizures by mode of transport, from the official table."""
    lines = dataset.border_lines[dataset.border_lines["mode"] != ""]
    frame = _pooled(lines, lines["mode"].astype(str))
    said = "Lines, not seizures; lines without transport are left out, modes that are rare in a year pooled."
    return Panel("us-lines-mode", "Lines of US seizures by mode", frame, _micro(lines), _caveat(said))


def us_lines_by_product_and_origin(dataset: Dataset) -> Panel:
    """Lines of US seizures by product and origin (China, Hong Kong, other), from the official table."""
    lines = dataset.border_lines[dataset.border_lines["origin"] != UNKNOWN]
    origin = lines["origin"].astype(str).where(lines["origin"].isin(["CN", "HK"]), OTHER)
    cells = _counted(lines, lines["product"].astype(str) + ", " + origin)
    least = cells.groupby("unit")["y"].transform("min")
    whole = cells.groupby("unit")["period"].transform("size") == lines["fiscal_year"].nunique()
    frame = cells[whole & (least >= LEAST_LINES / 10)].reset_index(drop=True)
    said = f"Lines, not seizures; cells below {LEAST_LINES // 10} lines in any year are left out."
    title = "Lines of US seizures by product and origin"
    return Panel("us-lines-product-origin", title, frame, _micro(lines), _caveat(said))


def us_value_by_origin(dataset: Dataset) -> Panel:
    """Value of US seizures at retail price from China, Hong Kong and elsewhere."""
    frame, sources = _printed(dataset, {"CN": "us-msrp-cn", "HK": "us-msrp-hk"})
    rest = _remainder(dataset, frame, "us-msrp")
    said = "Values move with a few watches; other is total less China and Hong Kong, where all three are published."
    title = "Value of US seizures by origin, at retail price"
    return Panel("us-value-origin", title, _joined(frame, rest), (*sources, "us-msrp"), _caveat(said))


def us_seizures_by_mode(dataset: Dataset) -> Panel:
    """US seizures by mode: express consignment, mail and cargo."""
    modes = ("express", "mail", "cargo")
    frame, sources = _printed(dataset, {mode: f"us-seizures-{mode}" for mode in modes})
    said = "The tables by mode end with fiscal year 2018; seizures of other modes are not published."
    return Panel("us-seizures-mode", "US seizures by mode", frame, sources, _caveat(said))


def us_value_by_mode(dataset: Dataset) -> Panel:
    """Value of US seizures at retail price by mode: express consignment and cargo."""
    frame, sources = _printed(dataset, {mode: f"us-msrp-{mode}" for mode in ("express", "cargo")})
    rest = _remainder(dataset, frame, "us-msrp")
    said = "Other is the total less express and cargo: mail above all. The tables by mode end with 2018."
    title = "Value of US seizures by mode, at retail price"
    return Panel("us-value-mode", title, _joined(frame, rest), (*sources, "us-msrp"), _caveat(said))


def eu_articles_by_origin(dataset: Dataset) -> Panel:
    """Articles stopped at the EU border by origin: the total times the printed share."""
    total, _ = _printed(dataset, {"all": "eu-border-items"})
    shares, sources = _printed(dataset, {code.upper(): f"eu-border-share-items-{code}" for code in _SHARES})
    joined = shares.merge(total[["period", "y"]], on="period", suffixes=("", "_total"))
    joined["y"] = joined["y"] / 100 * joined["y_total"]
    said = (
        "Totals times published shares, both rounded; shares of small origins are published only when they are large, "
        "so their gaps are not at random; one container moves a year."
    )
    title = "Articles stopped at the EU border by origin"
    return Panel("eu-articles-origin", title, joined[COLUMNS], (*sources, "eu-border-items"), _caveat(said))


def jp_cases_by_origin(dataset: Dataset) -> Panel:
    """Imports of fakes suspended by Japan, by country of shipment."""
    codes = ("cn", "hk", "kr", "ph", "tw", "vn")
    frame, sources = _printed(dataset, {code.upper(): f"jp-cases-{code}" for code in codes})
    said = "Ranks change: an origin is published in years in which it is among the first, so gaps are not at random."
    return Panel("jp-cases-origin", "Cases stopped by Japan, by origin", frame, sources, _caveat(said))


def jp_items_by_origin(dataset: Dataset) -> Panel:
    """Fake items stopped by Japan, by country of shipment."""
    codes = ("cn", "hk", "kr", "tw", "vn")
    frame, sources = _printed(dataset, {code.upper(): f"jp-items-{code}" for code in codes})
    said = "Items jump with single shipments (Taiwan 2019 and 2024)."
    return Panel("jp-items-origin", "Items stopped by Japan, by origin", frame, sources, _caveat(said))


def cn_by_province(dataset: Dataset) -> Panel:
    """Refuse: whole-year figures of Chinese provinces are too few for any comparison. The count is taken anew."""
    readings = dataset.readings
    local = readings[(readings["region"] != "") & (readings["jurisdiction"] == "CN")]
    local = local.assign(year=year_of(local, fiscal=False))
    local = local[local["year"].notna()]
    years = local.groupby(["reporter", "indicator", "region"], observed=True)["year"].nunique()
    most = int(years.max()) if len(years) else 0
    enough = years[years >= LEAST_YEARS].groupby(["reporter", "indicator"], observed=True).size()
    if len(enough) and int(enough.max()) > 1:
        raise InputError(
            "Provinces now have long series in readings.csv; declare them in series.csv and build the panel."
        )
    raise InputError(
        f"Provinces cannot be compared: no figure of a province or city is published for more than {most} whole "
        f"year{'' if most == 1 else 's'} by one reporter, and {LEAST_YEARS} are needed "
        f"({FEWEST_BEFORE} before a measure, {FEWEST_AFTER} after) in at least two places."
    )


PANELS: Mapping[str, Callable[[Dataset], Panel]] = {
    "us-lines-origin": us_lines_by_origin,
    "us-lines-mode": us_lines_by_mode,
    "us-lines-product-origin": us_lines_by_product_and_origin,
    "us-value-origin": us_value_by_origin,
    "us-seizures-mode": us_seizures_by_mode,
    "us-value-mode": us_value_by_mode,
    "eu-articles-origin": eu_articles_by_origin,
    "jp-cases-origin": jp_cases_by_origin,
    "jp-items-origin": jp_items_by_origin,
    "cn-provinces": cn_by_province,
}


def _caveat(said: str) -> str:
    return f"{said} {CONTAMINATED}"


def _micro(lines: pd.DataFrame) -> tuple[str, ...]:
    """Return what a panel of the micro table rests on."""
    return ("border_lines", *sorted(lines["source_id"].astype(str).unique()))


def _counted(lines: pd.DataFrame, unit: pd.Series[str]) -> pd.DataFrame:
    """Return the lines of each unit and fiscal year."""
    keys = [unit.rename("unit"), lines["fiscal_year"].astype(int).rename("period")]
    frame = lines["lines"].astype(float).groupby(keys).sum().rename("y").reset_index()
    frame["exposure"] = np.nan
    return frame[COLUMNS]


def _pooled(lines: pd.DataFrame, unit: pd.Series[str]) -> pd.DataFrame:
    """Return the lines of each unit that is large in every year, and of all others together."""
    cells = _counted(lines, unit)
    wide = cells.pivot(index="unit", columns="period", values="y").fillna(0)
    large = wide.index[(wide >= LEAST_LINES).all(axis=1)]
    return _counted(lines, unit.where(unit.isin(large), OTHER))


def _printed(dataset: Dataset, series: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return yearly series, one a unit, stacked, and their ids."""
    parts = []
    for unit, series_id in series.items():
        table = printed_years(dataset, series_id).table
        low, high = (table[name].to_numpy(dtype=float) for name in ("low", "high"))
        usable = np.isfinite(high) & (low > 0)
        years = table["year"].to_numpy(dtype=int)[usable]
        part = pd.DataFrame(
            {"unit": unit, "period": years, "y": ((low + high) / 2)[usable], "exposure": np.nan}
        )
        parts.append(part)
    return pd.concat(parts, ignore_index=True), tuple(series.values())


def _remainder(dataset: Dataset, frame: pd.DataFrame, total_id: str) -> pd.DataFrame:
    """Return what a printed total leaves in the years in which every unit is printed."""
    total = _printed(dataset, {OTHER: total_id})[0]
    complete = frame.groupby("period")["unit"].nunique() == frame["unit"].nunique()
    known = frame.groupby("period")["y"].sum()[complete]
    rest = total[total["period"].isin(known.index)].copy()
    rest["y"] = rest["y"].to_numpy() - known.loc[rest["period"]].to_numpy()
    return rest[rest["y"] > 0]


def _joined(frame: pd.DataFrame, rest: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame, rest], ignore_index=True)[COLUMNS]
