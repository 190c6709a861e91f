"""How good the evidence is: provenance, hedges, windows, coverage, conflicts, second sources, conversions.

Every function takes the dataset, changes nothing and returns a frame; nothing is judged here.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import HEDGES, SERIES_GROUPS
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series.definition import TIER_ORDER, definition, readings_of
from analysis.series.families import single_series
from analysis.series.pair_kinds import contradict
from analysis.series.printed_years import printed_years
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.whole_years import year_of

# Who counted, by strand (the groups of series.csv); whoever is not named here counted elsewhere.
STRANDS: dict[str, tuple[str, ...]] = {
    "police": ("MPS", "PSB"),
    "justice": ("SPP", "ProvProcuratorate", "SPC", "ProvCourt"),
    "administration": (
        *("SAMR", "SAIC", "AQSIQ", "NCAC", "CNIPA", "NLG", "STMA", "NMPA", "SPB", "NPC", "NFGA", "CCA"),
        *("Beijing", "Hebei", "Henan", "Shanghai", "Shanghai MSA", "Shanxi", "Suzhou", "Tianjin"),
    ),
    "china_customs": ("GACC",),
    "platforms": (
        *("Alibaba", "JD", "Pinduoduo", "Temu", "Douyin", "TikTok", "Kuaishou", "Xiaohongshu", "Tencent"),
        *("Amazon", "eBay", "Etsy"),
    ),
    "us_border": ("CBP", "ICE-HSI", "DHS-OHSS"),
    "eu_border": ("EC", "EUIPO", "Europol", "FrenchCustoms", "LuxembourgCustoms"),
    "japan_border": ("JapanCustoms",),
}
REST = "other_borders"
STRAND_NAMES = {**SERIES_GROUPS, REST: "other borders, surveys, estimates"}

# Where the name of a publisher ends and that of a host or an edition begins.
_HOST = re.compile(r"\s*(?:\(|,|/| via | reposted| website\b).*$", re.IGNORECASE)
_CITED = re.compile(r"^.*\bciting\s+([^)]+)\)?.*$", re.IGNORECASE)
# Several names of one publisher: how they begin, and the one name.
_SAME = {
    "national leading group": "nlg",
    "nlg": "nlg",
    "ipraction": "nlg",
    "european commission": "european commission",
    "ministry of finance japan": "ministry of finance japan",
    "shine": "shanghai daily",
    "sipo": "cnipa",
    "cnipa": "cnipa",
    "xinhua": "xinhua",
    "新华": "xinhua",
    "china news service": "china news service",
    "中新": "china news service",
    "people's daily": "people's daily",
    "人民": "people's daily",
    "china daily": "china daily",
}
OFF = 0.03  # a conversion further than this from the year's rate is listed


def strand(reporter: str) -> str:
    """Return the strand of who counted: a group of series.csv."""
    return next((name for name, members in STRANDS.items() if reporter in members), REST)


def strands(dataset: Dataset) -> pd.Series[str]:
    """Return the strand of every reading, on the index of the readings."""
    found: pd.Series[str] = dataset.readings["reporter"].astype(str).map(strand)
    return found


def by_tier(dataset: Dataset) -> pd.DataFrame:
    """Return the number of readings by strand (rows) and tier of their source (columns), all of both."""
    tiers = dataset.readings["source_id"].map(dataset.sources.set_index("source_id")["tier"].astype(str))
    counts = pd.crosstab(strands(dataset), tiers)
    return counts.reindex(index=list(STRAND_NAMES), columns=list(TIER_ORDER), fill_value=0)


def by_hedge(dataset: Dataset) -> pd.DataFrame:
    """Return the number and the share of readings by hedge: readings, share; rows in the codebook's order."""
    counts = dataset.readings["hedge"].astype(str).value_counts().reindex(list(HEDGES), fill_value=0)
    return pd.DataFrame({"readings": counts, "share": counts / counts.sum()})


def windows_missing(dataset: Dataset) -> pd.DataFrame:
    """Return by strand how many readings lack a day of their window.

    Columns: readings, missing (start or end not known), share, by_text (window told from the date of the
    text). Strands without readings are left out.
    """
    frame = dataset.readings
    kinds = pd.DataFrame(
        {
            "readings": 1,
            "missing": (frame["window_start"].isna() & (frame["kind"] != "stock"))
            | frame["window_end"].isna(),
            "by_text": frame["window_basis"] == "text_date",
        }
    ).astype(int)
    found = kinds.groupby(strands(dataset)).sum()
    found = found.reindex([name for name in STRAND_NAMES if name in found.index])
    found.insert(2, "share", found["missing"] / found["readings"])
    return found


@remembered(*SERIES_TABLES)
def coverage(dataset: Dataset) -> pd.DataFrame:
    """Return how well each series is covered, indexed by series id.

    Columns: group, readings, years (whole ones printed), first, last (<NA> where there is none), gaps (years
    missing between them), competing (readings that exclude the picked one), conflicts (years on which two
    readings contradict each other), breaks (days from which something else is counted).
    """
    names = single_series(dataset)
    found = pd.concat({name: readings_of(dataset, name) for name in names}, names=["series_id"])
    found = found.reset_index("series_id")
    years = _years(dataset, found).reset_index()
    by_series = years.groupby("series_id")
    whole = by_series["year"].agg(years="size", first="min", last="max").astype("Int64")
    conflicts = by_series["conflict"].sum()
    # intervals that all meet leave none that excludes the picked one
    apart = by_series["apart"].any()
    competing = {name: len(printed_years(dataset, name).competing) for name in apart.index[apart]}
    cuts = dataset.breaks["series"].str.split(";").explode().value_counts()
    frame = pd.DataFrame(index=pd.Index(names, name="series_id")).join(whole)
    frame["years"] = frame["years"].fillna(0)
    frame.insert(0, "group", dataset.series.set_index("series_id")["group"].astype(str))
    frame.insert(1, "readings", found["series_id"].value_counts())
    frame["gaps"] = (frame["last"] - frame["first"] + 1 - frame["years"]).fillna(0)
    counts = {"competing": pd.Series(competing), "conflicts": conflicts, "breaks": cuts}
    frame = frame.assign(**{name: one.reindex(names, fill_value=0) for name, one in counts.items()})
    return frame.astype(dict.fromkeys(("readings", "years", "gaps", *counts), int))


def _years(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Return whether two readings are apart, and in conflict, by series and year that it may take a figure from."""
    keys = {name: definition(dataset, name) for name in single_series(dataset)}
    fiscal = found["series_id"].map({name: key.fiscal for name, key in keys.items()})
    found = found.assign(year=year_of(found, fiscal=True).where(fiscal, year_of(found, fiscal=False)))
    whole = found[found["year"].notna()].reset_index(drop=True)
    own = [
        reading not in keys[name].set_aside
        for name, reading in zip(whole["series_id"], whole["reading_id"], strict=True)
    ]
    groups = whole.join(intervals(whole)[["low", "high"]]).assign(own=own).groupby(["series_id", "year"])
    years = groups.agg(low=("low", "max"), high=("high", "min"), own=("own", "any"))
    years["apart"] = years["low"] > years["high"]
    told = {key: contradict(dataset, groups.get_group(key)) for key in years.index[years["apart"]]}
    years["conflict"] = [told.get(key, False) for key in years.index]
    return years.loc[years["own"], ["apart", "conflict"]]


def conflicts_by_kind(dataset: Dataset) -> pd.DataFrame:
    """Return the conflicts by kind, most frequent first: conflicts, readings (in any of them)."""
    kinds = dataset.conflicts["kind"].astype(str)
    sides = dataset.conflicts.assign(kind=kinds).melt("kind", ["reading_a", "reading_b"])
    counts = kinds.value_counts().rename_axis("kind").to_frame("conflicts")
    counts["readings"] = sides.groupby("kind")["value"].nunique()
    return counts.sort_values(["conflicts", "kind"], ascending=[False, True])


def publisher_name(publisher: str) -> str:
    """Return who wrote a text, in lower case and without host or edition: `Xinhua (china.org.cn)` is xinhua.

    A text that cites another publisher goes by the one it cites.
    """
    cited = _CITED.match(publisher)
    name = _HOST.sub("", cited[1] if cited else publisher).strip().casefold().removeprefix("the ")
    return next((one for start, one in _SAME.items() if name.startswith(start)), name)


def independent_sources(dataset: Dataset) -> pd.Series[int]:
    """Return how many independent sources print each reading, by reading id; at least one.

    Two sources are independent where neither the publisher (by `publisher_name`) nor the address is the same.
    Two papers that follow one release count as two: who copied from whom is not known.
    """
    columns = ["reading_id", "source_id"]
    links = pd.concat([dataset.readings[columns], dataset.readings_sources[columns]])
    details = dataset.sources.set_index("source_id")
    names = links["source_id"].map(details["publisher"]).map(publisher_name)
    address = links["source_id"].map(details["url"]).where(lambda url: url != "", links["source_id"])
    links = links.assign(publisher=names, address=address)
    kept = links.drop_duplicates(["reading_id", "publisher"]).drop_duplicates(["reading_id", "address"])
    found: pd.Series[int] = kept.groupby("reading_id").size().reindex(dataset.readings["reading_id"])
    return found


def second_sources(dataset: Dataset) -> pd.DataFrame:
    """Return by strand: readings, independent (with two or more independent sources), share."""
    several = dataset.readings["reading_id"].map(independent_sources(dataset)) >= 2
    found = several.groupby(strands(dataset)).agg(["size", "sum"])
    found.columns = pd.Index(["readings", "independent"])
    found = found.reindex([name for name in STRAND_NAMES if name in found.index])
    return found.assign(share=found["independent"] / found["readings"])


def conversions(dataset: Dataset) -> pd.DataFrame:
    """Return the readings that convert another one into other money, and the rate they imply.

    Columns: reading_id, base_id, base_unit, unit, year, implied (units of the base for one unit of the
    conversion, from the two printed values), rate (the year's mean in context; NaN where there is none), off
    (implied / rate - 1), listed (further off than 3%). The year is that of the window's end, else of the text.

    Raises
    ------
    InputError
        If a reading converts one that readings.csv does not have.
    """
    frame = dataset.readings
    found = frame[frame["relation"].str.startswith("conversion_of:")]
    base_ids = found["relation"].str.partition(":")[2].map(dataset.current_id)
    known = frame.set_index("reading_id")
    if missing := sorted(set(base_ids) - set(known.index)):
        raise InputError(
            f"readings.csv has no row {missing[0]!r}, which another converts; mend its relation."
        )
    base = known.loc[base_ids].reset_index().set_index(found.index)
    published = dataset.sources.set_index("source_id")["published"].str[:4]
    texts = pd.to_numeric(found["source_id"].map(published), errors="coerce")
    rows = pd.DataFrame(
        {
            "reading_id": found["reading_id"],
            "base_id": base_ids,
            "base_unit": base["unit"].astype(str),
            "unit": found["unit"].astype(str),
            "year": base["window_end"].dt.year.fillna(found["window_end"].dt.year).fillna(texts),
        }
    ).astype({"year": "Int64"})
    rows["implied"] = base["value"] / found["value"]
    rows["rate"] = [
        _rate(dataset, *key) for key in zip(rows["base_unit"], rows["unit"], rows["year"], strict=True)
    ]
    rows["off"] = rows["implied"] / rows["rate"] - 1
    rows["listed"] = rows["off"].abs() > OFF
    return rows.sort_values("reading_id", ignore_index=True)


def _rate(dataset: Dataset, of: str, per: str, year: int) -> float:
    """Return the year's mean rate, units of `of` for one of `per`; NaN where context.csv has none."""
    per_dollar = {"USD": 1.0}
    for name in ("CNY", "EUR"):
        series = dataset.context[dataset.context["series"] == f"fx_{name.lower()}_per_usd"]
        value = series.loc[series["window_end"].dt.year == year, "value"]
        per_dollar[name] = float(value.iloc[0]) if len(value) else float("nan")
    return per_dollar.get(of, float("nan")) / per_dollar.get(per, float("nan"))
