"""Every printed check as a row of a forest, and the claims beside the checks that speak of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import rows_figure, told
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, keyed, table
from analysis.publish.words import between, quote
from analysis.scrutiny.spot_checks import against_claims, checked_shares
from analysis.series.lookup import by_id

CHECK_COLUMNS = (
    "check", "name", "kind", "aim", "buyer", "tested", "failed", "share", "means", "year", "part_of",
)  # fmt: skip
CLAIM_COLUMNS = ("reading_id", "who", "of", "check", "means")
FAKE, MIXED, QUALITY = "fake", "mixed", "quality"
AIMED = ("suspects", "one brand", "four brands", "brands at low prices")
WHOLE = 100  # percent
AIMED_COLOUR, OTHER_COLOUR = style.RIVAL, style.PRINT
FAR, NEAR = 50, 25  # percent: a mark beyond the first has its note on the left, if its interval leaves room
PART = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "  # before the name of a part of the check above it


@lru_cache(maxsize=8)
def checks(dataset: Dataset) -> pd.DataFrame:
    """Return the checks with their shares (percent), by name of the check."""
    asked = pd.DataFrame(remarks("spot-checks", CHECK_COLUMNS, key="check"))
    found = asked.join(checked_shares(dataset, asked).drop(columns="readings"), on="check")
    ids = checked_shares(dataset, asked)["readings"]
    found = found.assign(readings=found["check"].map(ids), aimed=found["aim"].isin(AIMED))
    found[["value", "low", "high"]] = 100 * found[["estimate", "lower", "upper"]]
    return found.set_index("check", drop=False).rename_axis(None)


def claims(dataset: Dataset) -> pd.DataFrame:
    """Return the claims of a prevalence, each beside its check."""
    asked = pd.DataFrame(remarks("spot-claims", CLAIM_COLUMNS, key="reading_id"))
    return against_claims(dataset, asked, checks(dataset))


def _ordered(found: pd.DataFrame) -> pd.DataFrame:
    """Return whole checks by their share, each followed by its parts."""
    whole = found[found["part_of"] == ""].sort_values("estimate", ascending=False)
    order: list[str] = []
    for name in whole["check"]:
        parts = found[found["part_of"] == name].sort_values("estimate", ascending=False)
        order += [name, *parts["check"]]
    return found.loc[order]


def _drawn(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a forest: label, value, interval, note and look."""
    rows = []
    for row in _ordered(found).to_dict("records"):
        unknown = math.isnan(row["n"])
        rows.append(
            {
                "label": f"{PART if row['part_of'] else ''}{row['name']}{_year(row)}",
                "value": row["value"],
                "low": row["value"] if unknown else row["low"],
                "high": row["value"] if unknown else row["high"],
                "note": "size unknown" if unknown else failed_of(row),
                "hollow": unknown,
                "colour": AIMED_COLOUR if row["aimed"] else OTHER_COLOUR,
                "left": row["value"] > FAR and row["low"] > NEAR,
                "reading_ids": ";".join(row["readings"]),
            }
        )
    return pd.DataFrame(rows)


def _year(row: Mapping[Any, Any]) -> str:
    """Return the year in brackets, once for a check and its parts."""
    return "" if row["part_of"] else f" ({row['year'] or 'undated'})"


def failed_of(row: Mapping[Any, Any]) -> str:
    """Return failed of tested as words."""
    low, high, n, most = (float(row[name]) for name in ("k_low", "k_high", "n", "n_high"))
    more = " or more" if most > n else ""
    return f"{low:,.0f}{f' to {high:,.0f}' if high > low else ''} of {n:,.0f}{more}"


def _says(row: Mapping[Any, Any]) -> str:
    """Say one row for the alt text."""
    label = " ".join(str(row["label"]).split())
    return f"{label}: {row['value']:.1f} percent, {row['note']}"


def _ids(found: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(one for ids in found["readings"] for one in ids))


def _reach(found: pd.DataFrame) -> str:
    """Return the least and the most share in percent."""
    return between(found["value"].min(), found["value"].max(), 2)


def fakes_chart(dataset: Dataset) -> Chart:
    """Draw the share found fake, or not genuine, in each check that looked for fakes (percent of goods tested)."""
    every = checks(dataset)
    found = every[every["kind"].isin((FAKE, MIXED))]
    rows = _drawn(found)
    whole = found[(found["part_of"] == "") & found["n"].notna()]
    aimed, other = (_reach(whole[whole["aimed"] == one]) for one in (True, False))
    figure = rows_figure(rows, axis="not genuine, % of those tested", height=1.0 + 0.255 * len(rows))
    figure.axes[0].set_xticks(
        range(0, WHOLE + 1, 20)
    )  # words beside the marks stretch the axis beyond the whole
    return Chart(
        name="spot-checks-fakes",
        figure=figure,
        title=f"Checks aimed at suspects or brands found {aimed} percent not genuine, the others {other}",
        alt=f"Rows with exact 95 percent intervals. {told(rows, _says)}.",
        measure="Not genuine, percent of items or shops tested, by check",
        note="Bars: exact 95 percent intervals. Orange: suspects or chosen brands bought; blue: aim not stated. "
        f"Hollow: nobody published the size of the sample. {PART.strip()}: part.",
        source=source_line(dataset, _ids(found)),
        frame=rows,
    )


def quality_chart(dataset: Dataset) -> Chart:
    """Draw the share that failed official quality checks (percent of batches tested)."""
    every = checks(dataset)
    found = every[every["kind"] == QUALITY]
    rows = _drawn(found)
    low, high = found["value"].min(), found["value"].max()
    return Chart(
        name="spot-checks-quality",
        figure=rows_figure(
            rows, axis="failed, percent of batches tested", height=1.0 + 0.26 * len(rows), zero=True
        ),
        title=f"Quality checks failed {low:.0f} to {high:.0f} percent of batches, and were no search for fakes",
        alt=f"Rows with exact 95 percent intervals. {told(rows, _says)}.",
        measure="Failed, percent of batches tested, by check",
        note="Bars: exact 95 percent intervals. Regulators chose the goods, seldom the same twice; a failure may "
        "concern materials, safety or labels.",
        source=source_line(dataset, _ids(found)),
        frame=rows,
    )


def claims_table(dataset: Dataset) -> HtmlTable:
    """List claims of a prevalence beside a check: whether one market can hold both, and what it would take."""
    found, every = claims(dataset), keyed(checks(dataset), "check")
    prints = by_id(dataset, found["reading_id"])
    rows = []
    for row in found.to_dict("records"):
        check = every[row["check"]]
        rows.append(
            {
                "claim": f"{quote(prints[row['reading_id']])} {row['means']} ({row['who']})",
                "check": f"{failed_of(check)}, {check['name']} {check['year']}",
                "share in the check": f"{between(100 * row['lower'], 100 * row['upper'], 2)}%",
                "both of one market?": _verdict(row),
            }
        )
    return table(rows, caption="Claims of prevalence, each beside a check")


def _verdict(row: Mapping[Any, Any]) -> str:
    """Say whether claim and check can be true of one market."""
    if not row["excluded"]:
        return "possible"
    least = float(row["lift_low"])
    if least > 1:
        return f"only if buyers met fakes {least:,.0f} times as often as chance, or another thing is counted"
    return "no: the check found fewer"
