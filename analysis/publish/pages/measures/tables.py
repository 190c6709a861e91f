"""Tables of the measures: how precisely they are dated, and the list of all."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.measures.campaigns import campaign_words
from analysis.publish.pages.measures.dates import INSTRUMENTS, KINDS, PLACES, dated, lags, precision
from analysis.publish.pages.measures.ledger import BEFORE, covered, ledger, registered, steps
from analysis.publish.pages.measures.neighbours import instrument_years, neighbours
from analysis.publish.pages.measures.registered import by_strand
from analysis.publish.pages.measures.rivals import by_instrument, rivals
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import listed


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
    groups = frame.groupby(frame["kind"].astype(str))["days"]
    order = groups.size().sort_values(ascending=False, kind="stable").index
    rows = [
        {
            "kind": KINDS[str(kind)],
            "measures": len(groups.get_group(kind)),
            "shortest": int(groups.get_group(kind).min()),
            "median": f"{groups.get_group(kind).median():g}",
            "longest": int(groups.get_group(kind).max()),
        }
        for kind in order
    ]
    caption = "Days from announcement to effect, where both are known to the day"
    return table(rows, caption=caption, right=("measures", "shortest", "median", "longest"))


def measures_table(dataset: Dataset) -> HtmlTable:
    """Return the list of all measures, folded: date, title, kind, place, instruments, summary, source."""
    frame = dataset.measures
    begins = frame["effective"].where(frame["effective"] != "", frame["announced"])
    sources = dataset.sources.set_index("source_id")
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
                "instruments": ", ".join(INSTRUMENTS[word] for word in row["instrument"].split(";")),
                "in short": row["summary"],
                "source": Link(text["publisher"], text["url"]) if text["url"] else text["publisher"],
                "id": row["measure_id"],
            }
        )
    anchors = [f"measure-{row['id']}" for row in rows]
    return table(rows, caption=f"All {len(rows)} measures", wide=True, folded=True, anchors=anchors)


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    frame, near = dated(dataset), neighbours(dataset)
    known, days = precision(dataset), lags(dataset)["days"]
    places = frame["place"].value_counts()
    penalties = instrument_years(dataset, "CN")["penalty"]
    alone = near["neighbours"] == 0
    return {
        "measures": str(len(dataset.measures)),
        "kinds": str(dataset.measures["kind"].nunique()),
        **{f"of_{code.lower()}": str(places.get(code, 0)) for code in PLACES},
        "share_alone": f"{alone.mean():.0%}",
        "alone": str(int(alone.sum())),
        "median_neighbours": f"{near['neighbours'].median():g}",
        "median_neighbours_china": f"{near.loc[near['place'] == 'CN', 'neighbours'].median():g}",
        "penalties_most": str(penalties.max()),
        "penalties_year": str(penalties.idxmax()),
        "announced_day": str(known.loc["day", "announced"]),
        "effective_day": str(known.loc["day", "effective"]),
        "effective_unknown": str(known.loc["unknown", "effective"]),
        "ended_unknown": str(known.loc["unknown", "ended"]),
        "lag_pairs": str(len(days)),
        "lag_median": f"{days.median():g}",
        "lag_over_half_year": str(int((days > 183).sum())),
        "lag_before": str(int((days < 0).sum())),
        **campaign_words(dataset),
        **_ledger_words(dataset),
        **_rival_words(dataset),
    }


def _rival_words(dataset: Dataset) -> dict[str, str]:
    """Return how many hypotheses have a rival, how many it has, and which instrument is most crowded."""
    frame = rivals(dataset)
    numbers = frame["rivals"].map(len)
    counts = by_instrument(frame)
    whole = counts[counts["alone"] == 0]
    return {
        "rivalled": str(int((numbers > 0).sum())),
        "unrivalled": str(int((numbers == 0).sum())),
        "rivals_median": f"{numbers[numbers > 0].median():g}",
        "rivals_most": str(numbers.max()),
        "never_alone": listed([INSTRUMENTS[str(name)] for name in whole.index]) if len(whole) else "none",
    }


def _ledger_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the first look and of the registered hypotheses."""
    frame, pairs = ledger(dataset), registered(dataset)
    measures, hypotheses = steps(dataset)
    strands = by_strand(dataset).sum()
    years = pd.Series([len(one.years) for one in covered(dataset)])
    china = frame[frame["place"] == "CN"]
    return {
        "series_with_years": str(len(years)),
        "series_long": str(int((years >= BEFORE + 3).sum())),
        "enough_median": f"{frame['enough'].median():g}",
        "enough_own_median_china": f"{china['enough_own'].median():g}",
        "enough_none": str(int((frame["enough"] == 0).sum())),
        "pass_measures": str(measures.iloc[-1]),
        "pass_before_neighbours": str(measures.iloc[-2]),
        "hypotheses": str(hypotheses.iloc[0]),
        "pass_hypotheses": str(hypotheses.iloc[-1]),
        "pass_hypotheses_years": str(hypotheses.iloc[-2]),
        "hypotheses_few_before": str(int((pairs["verdict"] == "few before").sum())),
        "hypotheses_few_after": str(int((pairs["verdict"] == "few after").sum())),
        "hypotheses_break": str(int((pairs["verdict"] == "break").sum())),
        "expect_more": str(strands["increase"]),
        "expect_less": str(strands["decrease"]),
        "expect_either": str(strands["either"]),
        "claimed": str(strands["claimed"]),
    }
