"""Rules that a reading of whole tables suggested: each asks of a kind of slip that was met in collected rows.

A row is held to its own words (`analysis.dataset.told`), its neighbours in time, and the rows of its source. Where a
suspicion is unfounded, the row says so: in its notes, or in conflicts.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.dataset import dimensions as dims
from analysis.dataset import told
from analysis.dataset.cells import RowRule
from analysis.dataset.vocabularies import SERIES_KEYS

Frames = dict[str, pd.DataFrame]

KEY = (
    *("reporter", "jurisdiction", "programme", "indicator", "channel", "unit", "kind"),
    *SERIES_KEYS,
    *("origin_basis", "relation_base"),
)
FACTOR = 8  # times both neighbours: a digit too many or too few, a word for ten thousand lost
NEAR = 3  # years between neighbours at most
YEAR_DAYS = (358, 366)
# Notes that explain why a year stands out, and why an address stands twice.
EXPLAINED = (
    r"(?i)tenfold|ten times|factor|misprint|slip|another (?:scope|count)|restate|conflict|doubt|implausible|"
    r"few lines"
)
SHARED = r"(?i)stored version|(?:one|same) address|address (?:carries|of the host)"
NARROWER = ("total", "one_operation", "one_place", "key_cases", "one_case")

_DESTROYED = r"(?i)\bdestroyed\b|\bdestruction of\b|销毁|銷毀"
_TAKEN = r"(?i)seiz|confiscat|detain|forfeit|intercept|查获|查获|没收|扣|査獲"
_STOPPED = ("items_seized", "value_seized", "value_msrp", "seizures")


def of_readings(frame: pd.DataFrame, frames: Frames) -> Iterator[RowRule]:
    """Yield the rules of readings.csv."""
    yield from _window_rules(frame, frames)
    yield _breadth_rule(frame)
    yield _destroyed_rule(frame)
    yield from _unit_rules(frame)
    yield from _mean_rules(frame)
    yield _repeat_rule(frame)
    yield _neighbour_rule(frame, frames)


def _window_rules(frame: pd.DataFrame, frames: Frames) -> Iterator[RowRule]:
    """A year that a row prints is its window, and the window is then printed."""
    blank = (frame["window_start"] == "") & (frame["window_end"] == "")
    sentence = (
        "must be given: window_note or as_printed prints the year; "
        "where it is not the window's, the notes say so"
    )
    yield RowRule("window_end", sentence, ~(blank & told.year_printed(frame)))
    if "sources" in frames:
        other = frame["window_basis"].isin(("edition", "text_date"))
        shown = told.window_shown(frame[other], frames["sources"]).reindex(frame.index, fill_value=False)
        sentence = (
            "must be printed: the row's own words or the title of its source print the year of the window"
        )
        yield RowRule("window_basis", sentence, ~shown)


def _breadth_rule(frame: pd.DataFrame) -> RowRule:
    """A breadth is what the row's own words tell, or narrower."""
    rank = {word: place for place, word in enumerate(NARROWER)}
    coded = frame["breadth"].map(rank).fillna(-1)
    least = told.breadth_told(frame).map(rank).fillna(-1)
    known = frame["breadth"].isin(["", *dims.BREADTHS])
    sentence = (
        f"must not be wider than the row's own words tell (narrowing from {' to '.join(NARROWER)}): it names a "
        "campaign, a region, picked cases or one case"
    )
    return RowRule("breadth", sentence, ~known | (coded >= least))


def _destroyed_rule(frame: pd.DataFrame) -> RowRule:
    """Goods of which only the destruction is told were not seized in that window."""
    words = told.own_words(frame, "as_printed", "window_note", "notes")
    only = told.holds(words, _DESTROYED) & ~told.holds(words, _TAKEN)
    coded = frame["indicator"].isin(_STOPPED) & (frame["kind"] != "change") & (frame["stage"] != "destroyed")
    sentence = (
        "must be destroyed (or the indicator goods_destroyed): the row's words tell of destruction alone"
    )
    return RowRule("stage", sentence, ~(only & coded))


def _unit_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A weight is no count of items, and what is packed, or less than a good, is told from goods."""
    weight = told.weight_told(frame)
    sentence = (
        "must be tonne or kilogram, whichever the row's own words tell: as_printed or the notes tell a weight"
    )
    yield RowRule("unit", sentence, (weight == "") | (frame["unit"] == weight))
    sentence = (
        "must tell (or detail must) that packets, cartons, boxes or pills are counted: the row's words do"
    )
    yield RowRule("basis", sentence, ~told.packs_untold(frame))


def _mean_rules(frame: pd.DataFrame) -> Iterator[RowRule]:
    """A mean names what it averages, and over what, and joins no series of totals."""
    mean, rate = frame["relation"].str.startswith("mean_of:"), told.holds(frame["detail"], told.MEAN_DETAIL)
    sentence = (
        "must be mean_of: and what is averaged (detail: per_day, per_case and the like): a mean is told"
    )
    stands = mean | frame["relation"].str.startswith("conversion_of:") | (frame["unit"] == "percent")
    yield RowRule("relation", sentence, stands | ~(rate | told.mean_told(frame)))
    yield RowRule(
        "detail", "must tell over what a mean is taken: per_day, per_case and the like", ~mean | rate
    )
    yield RowRule(
        "indicator",
        "must be other for a mean: its relation says of what",
        ~mean | (frame["indicator"] == "other"),
    )
    sentence = "must not be a rate: relation says mean_of: and what, detail per_day, per_case and the like"
    yield RowRule("basis", sentence, ~told.holds(frame["basis"], r"(?:^|;)per_|_average(?:;|$)"))


def _repeat_rule(frame: pd.DataFrame) -> RowRule:
    """One source prints a figure once, whatever its hedge."""
    same = [*KEY, "value", "window_start", "window_end", "source_id"]
    repeated = frame.duplicated(same, keep=False) & (frame["window_end"] != "")
    sentence = (
        "must not repeat another row of its source: same key, window and value; leave one out (aliases.csv)"
    )
    return RowRule("hedge", sentence, ~repeated)


def _neighbour_rule(frame: pd.DataFrame, frames: Frames) -> RowRule:
    """A year does not stand eight times above, or an eighth below, both its neighbours without a word."""
    sentence = (
        "must be explained in the notes or in conflicts.csv: "
        f"it is {FACTOR} times both neighbouring years, or a part as small of both"
    )
    out = pd.Series(False, index=frame.index)
    out[standing_out(frame)] = True
    explained = frame["reading_id"].isin(_contested(frames)) | told.holds(frame["notes"], EXPLAINED)
    return RowRule("value", sentence, ~out | explained)


def _contested(frames: Frames) -> set[str]:
    """Return the readings that conflicts.csv or disagreements.csv speaks of."""
    columns = (("conflicts", "reading_a"), ("conflicts", "reading_b"), ("disagreements", "reading_id"))
    return {one for name, column in columns if name in frames for one in frames[name][column]}


def standing_out(frame: pd.DataFrame) -> pd.Index[int]:
    """Return the rows of whole years whose value is far above, or far below, both neighbouring years of their key."""
    first, last = (pd.to_datetime(frame[c], errors="coerce") for c in ("window_start", "window_end"))
    value = pd.to_numeric(frame["value"], errors="coerce")
    whole = (last - first).dt.days.between(*YEAR_DAYS) & (frame["kind"] == "flow") & (value > 0)
    keys = list(KEY)
    rows = frame.loc[whole, keys].assign(year=last.dt.year, value=value)
    years = rows.groupby([*keys, "year"], as_index=False)["value"].median()
    of_key = years.groupby(keys)
    before, after = of_key.shift(1), of_key.shift(-1)
    near = (years["year"] - before["year"] <= NEAR) & (after["year"] - years["year"] <= NEAR)
    far = pd.concat([before["value"], after["value"]], axis=1)
    above = years["value"] >= FACTOR * far.max(axis=1)
    below = years["value"] * FACTOR <= far.min(axis=1)
    found = years.loc[near & (above | below), [*keys, "year"]]
    return rows.reset_index(names="row").merge(found, on=[*keys, "year"])["row"].pipe(pd.Index)


def of_sources(frame: pd.DataFrame, _: Frames) -> Iterator[RowRule]:
    """Yield the rule of sources.csv: an address stands once, or the notes of each row say why not."""
    address = (
        frame["url"].str.lower().str.replace(r"^https?://(?:www\.|m\.)?|#.*$", "", regex=True).str.rstrip("/")
    )
    twice = (address != "") & address.duplicated(keep=False) & ~frame["notes"].str.contains(SHARED)
    sentence = (
        "must not be the address of another source: keep one id (aliases.csv), or let the notes of both name it a "
        "stored version or an address that carries several texts"
    )
    yield RowRule("url", sentence, ~twice)


OF_TABLES: dict[str, Callable[[pd.DataFrame, Frames], Iterator[RowRule]]] = {
    "readings": of_readings,
    "sources": of_sources,
}
