"""Tables of the measures: how precisely they are dated, and the list of all."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.names import named, names
from analysis.publish.pages.measures.together import by_strand
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import listed
from analysis.scrutiny.campaigns import at_once, campaigns, families
from analysis.scrutiny.first_look import look_at_hypotheses, printed_years, rivals, steps
from analysis.scrutiny.measure_dates import dated, instrument_years, lags, neighbours, precision
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

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
    sources = dataset.sources.set_index("source_id")
    instruments = names("instrument")
    rows = []
    for _, row in frame.assign(begins=begins).sort_values(["begins", "measure_id"]).iterrows():
        text = sources.loc[row["source_id"]]
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
                "source": Link(text["publisher"], text["url"]) if text["url"] else text["publisher"],
                "id": row["measure_id"],
            }
        )
    anchors = [f"measure-{row['id']}" for row in rows]
    return table(rows, caption=f"All {len(rows)} measures", wide=True, folded=True, anchors=anchors)


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
