"""What a case's value depends on, how heavy the tail is, what the cases sum to, and which rows stand far out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import stats

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.addresses import cases_address
from analysis.publish.chart import Chart
from analysis.publish.known_truth import covered
from analysis.publish.marks import log_axis, rows_figure, told
from analysis.publish.pages.cases.rows import CHANNEL_WORDS, KIND_WORDS, PRODUCT_WORDS, source_of
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, keyed, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import between, estimate, number
from analysis.scrutiny.case_values import (
    FAR,
    HIGH,
    SINCE,
    TAIL_KIND,
    UNTIL,
    Tail,
    case_tail,
    factors,
    implausible,
    sums_beside_national,
    valued,
)

SPREAD_AS_HERE = (
    "300 values, log-normal, spread 2"  # of the study of estimators; the cases' log values spread so
)
NO_REMARK = "Not looked into yet."
COUNTS = {"mps-value": "all counterfeits", "mps-ipr-value": "the narrow count"}
WORDS = {"channel": CHANNEL_WORDS, "goods": PRODUCT_WORDS, "value": KIND_WORDS}


def term_words(term: str) -> str:
    """Return a term of the regression as it stands beside its row."""
    group, _, name = term.partition(": ")
    if not name:
        return term.replace("printed", "stated")
    return f"{group}: {WORDS[group].get(name, name)}"


@lru_cache(maxsize=4)
def tail(dataset: Dataset) -> Tail:
    """Return the tail of the value involved."""
    return case_tail(dataset)


def factors_chart(dataset: Dataset) -> Chart:
    """Draw by how much each term multiplies a case's value, with its interval (log axis)."""
    found = factors(dataset)
    sure = (found["lower"] > 1) | (found["upper"] < 1)
    rows = found.assign(
        label=found["term"].map(term_words),
        value=found["estimate"],
        low=found["lower"],
        high=found["upper"],
        colour=np.where(sure, style.ESTIMATE, style.REST),
        note=[f"{row.estimate:.2g}" for row in found.itertuples()],
        address=found["term"].map(_term_address),
    )
    line = found.set_index("term").loc["suspects, doubled"]
    return Chart(
        name="cases-factors",
        figure=rows_figure(
            rows, axis="times the value of a case like it otherwise", at=1.0, log=True, height=7.4
        ),
        title=f"Twice the suspects go with {line['estimate']:.1f} times the value",
        alt=f"Rows with intervals on a log axis. {told(rows, _factor)}.",
        measure="Ratio of values in yuan, of publicised cases in China",
        note="Log-normal interval regression, 95 percent intervals clustered by source. Channels against offline, "
        "kinds against value involved. Grey: may be one.",
        source=source_of(dataset, valued(dataset)),
        frame=rows,
    )


def _term_address(term: str) -> str:
    """Return where the cases of a term of the regression stand; of a number, all of them by their value."""
    group, _, name = term.partition(": ")
    picks = {"channel": "channel", "goods": "product"}
    return cases_address(picks[group], name) if group in picks else cases_address("order", "value down")


def _factor(row: Mapping[Any, Any]) -> str:
    """Say one factor."""
    return f"{row['label']}: {row['value']:.2g} ({row['low']:.2g} to {row['high']:.2g})"


def tail_chart(dataset: Dataset) -> Chart:
    """Draw the share of cases above each value with the two laws, and the Lorenz curve."""
    found = tail(dataset)
    frame = valued(dataset)
    frame = frame[(frame["value_kind"].astype(str) == TAIL_KIND) & (frame["value_cny_low"] > 0)]
    values = np.sort(frame["value_cny"].astype(float).to_numpy())
    figure, (left, right) = style.subplots(1, 2, size=(style.WIDTH, 3.5), width_ratios=(1.35, 1))
    for axis in ("x", "y"):
        log_axis(left, axis)
    above = 1 - np.arange(len(values)) / len(values)
    left.plot(values, 100 * above, ".", color=style.PRINT, ms=4, label="cases")
    grid = np.geomspace(found.power.bmin, 1.5 * values[-1], 60)
    share = found.power.n_tail / found.power.n
    left.plot(grid, 100 * share * (grid / found.power.bmin) ** (1 - found.power.alpha), color=style.GROUPS[1],
              lw=1.6, label="power law")  # fmt: skip
    law = found.lognormal
    line = np.geomspace(law.threshold, 1.5 * values[-1], 80)
    kept = 100 * law.n / len(values) / law.share_above
    left.plot(line, kept * stats.norm.sf((np.log(line) - law.mu) / law.sigma), color=style.GROUPS[2], ls="--",
              lw=1.6, label="log-normal")  # fmt: skip
    least = min(float(np.min(one.get_ydata())) for one in left.lines)
    left.set_ylim(least / 1.5, 160)
    for axes in (left, right):
        lead_panel(axes, cases_address("order", "value down"))
    left.set(xlabel="value involved, yuan", ylabel="percent of cases above")
    left.legend(loc="lower left", fontsize=style.SMALL + 0.5)
    curve = found.spread.lorenz
    right.plot(100 * curve["population"], 100 * curve["share"], color=style.PRINT, lw=1.8)
    right.plot([0, 100], [0, 100], color=style.RULE, lw=0.9, ls=":")
    right.set(
        xlim=(0, 100),
        ylim=(0, 100),
        xlabel="% of cases, smallest first",
        ylabel="% of their value",
    )
    top = found.spread.shares["estimate"]
    return Chart(
        name="cases-tail",
        figure=style.finish(figure),
        title=f"A tenth of the cases hold {100 * top[0.1]:.0f} percent of the value, and no law of the tail wins",
        alt=f"Left, {len(values)} values on log axes with a power law of exponent {found.power.alpha:.2f} above "
        f"{number(found.power.bmin)} yuan and a log-normal law. Right, the Lorenz curve, Gini {found.spread.gini:.2f}.",
        measure="Value involved in publicised cases, yuan, China: share of cases above, and share of the sum",
        note=f"Value involved alone. Power law fitted to bins at 1, 2 and 5; log-normal cut below "
        f"{number(law.threshold)} yuan. Dotted: all cases alike.",
        source=source_of(dataset, frame),
        frame=curve,
    )


def levels_table(dataset: Dataset) -> HtmlTable:
    """Return the value that a publicised case reaches once a year and once in ten, with intervals."""
    rows = [
        {
            "Reached on average": "once a year" if period == 1 else f"once in {period:.0f} years",
            "Value involved, yuan": estimate(row["estimate"]),
            "90 percent interval": between(row["lower"], row["upper"], 2),
        }
        for period, row in tail(dataset).levels.iterrows()
    ]
    return table(
        rows,
        caption=f"Publicised cases of {SINCE} to {UNTIL}: excesses over {number(HIGH)} yuan",
        right=("Value involved, yuan", "90 percent interval"),
    )


def sums_table(dataset: Dataset) -> HtmlTable:
    """Return what the reported police cases of a year sum to beside the national value of the year."""
    rows = [
        {
            "Year": row["year"],
            "National count": COUNTS[row["series"]],
            "Cases": row["cases"],
            "Sum, million yuan": between(row["low"] / 1e6, row["high"] / 1e6, 3),
            "National, million yuan": between(row["national_low"] / 1e6, row["national_high"] / 1e6, 3),
            "Percent": between(row["share_low"], row["share_high"], 2),
            "Largest case, percent of the sum": f"{100 * row['largest'] / row['high']:.0f} to "
            f"{min(100 * row['largest'] / row['low'], 100):.0f}",
        }
        for row in sums_beside_national(dataset).sort_values("year").to_dict("records")
    ]
    return table(
        rows,
        caption="Value involved in the reported police cases of a year, beside the national value",
        right=("Year", "Cases", "Sum, million yuan", "National, million yuan", "Percent",
               "Largest case, percent of the sum"),
        wide=True,
    )  # fmt: skip


def far_table(dataset: Dataset) -> HtmlTable:
    """Return the cases whose value lies far from what cases like it would let expect, with the likely reading."""
    said = {
        row["case_id"]: row["remark"] for row in remarks("cases-far", ("case_id", "remark"), key="case_id")
    }
    found = implausible(dataset)
    rows = [
        {
            "Case": f"{row['name']} ({row['year']})",
            "Value, yuan": f"{between(row['low'], row['high'], 3)} ({KIND_WORDS[row['value_kind']]})",
            "Expected": estimate(row["expected"]),
            "Residual": f"{row['residual']:+.1f}",
            "Our reading": said.get(row["case_id"], NO_REMARK),
        }
        for row in found[found["by"] != "rule"].to_dict("records")
    ]
    return table(
        rows,
        caption=f"Cases whose value lies {FAR:g} standard deviations or more from the regression",
        right=("Expected", "Residual"),
        wide=True,
    )


def worth_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's opening and of its sections on worth."""
    lines = keyed(factors(dataset), "term")
    people, watches, decade = (
        lines[name] for name in ("suspects, doubled", "goods: watches", "ten years later")
    )
    found, far = tail(dataset), implausible(dataset)
    tenth, hundredth = (dict(found.spread.shares.loc[top]) for top in (0.1, 0.01))
    phones = keyed(far, "case_id")["sd-2020-0508-phones"]
    once = found.levels
    return {
        "worth_cases": f"{len(valued(dataset))} cases",
        "worth_people": f"{people['estimate']:.1f} ({people['lower']:.1f} to {people['upper']:.1f})",
        "worth_watches": f"{watches['estimate']:.0f} ({watches['lower']:.1f} to {watches['upper']:.0f})",
        "worth_online": f"{lines['channel: online_shop']['estimate']:.1f}",
        "worth_decade": f"{decade['lower']:.1f} to {decade['upper']:.1f}",
        "worth_seized": f"{lines['value: seized']['estimate']:.2f}",
        "worth_top": f"{100 * tenth['estimate']:.0f} percent",
        "worth_top_span": f"{100 * tenth['lower']:.0f} to {100 * tenth['upper']:.0f}",
        "worth_top_holds": covered("concentration", SPREAD_AS_HERE, "share of the top tenth"),
        "worth_hundredth": f"{100 * hundredth['estimate']:.0f} percent",
        "worth_hundredth_holds": covered("concentration", SPREAD_AS_HERE, "share of the top hundredth"),
        "worth_top_level": f"{100 * found.spread.level:.0f} percent",
        "worth_alpha": f"{found.power.alpha:.2f} (standard error {found.power.alpha_se:.2f})",
        "worth_start": f"{number(found.power.bmin)} yuan",
        "worth_tail": f"{found.power.n_tail} of {found.power.n}",
        "worth_fits": f"{found.fits:.2f}",
        "worth_vuong": f"{found.versus.p:.2f}",
        "worth_once": f"{estimate(once['estimate'].iloc[0])} yuan",
        "worth_ten": f"{estimate(once['estimate'].iloc[1])} yuan",
        "worth_ten_span": between(once["lower"].iloc[1], once["upper"].iloc[1], 2),
        "worth_far": f"{int((far['by'] != 'rule').sum())}",
        "worth_phones": f"{phones['residual']:.1f}",
        "worth_phones_expected": f"{estimate(phones['expected'])} yuan",
    }
