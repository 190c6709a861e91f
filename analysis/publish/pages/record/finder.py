"""The index of the figure finder: every reading with what it is found by and what is told of it, once each.

The script of the page (book/_static/find.js) searches it. Words that many readings share stand in lists of their own,
to which a reading points by number, so that the file stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from analysis.dataset import Dataset
from analysis.dataset.dimensions import STAGES, SUBJECTS
from analysis.dataset.vocabularies import INDICATORS, REPORTERS
from analysis.errors import InputError
from analysis.publish.addresses import BOOK, series_address, source_address
from analysis.publish.links import source_words
from analysis.publish.names import names, place_name
from analysis.publish.pages.record.readings import Row, every_reading, memberships, missing, tiers, when
from analysis.publish.pages.spot_checks.forest import checks, failed_of
from analysis.publish.quoting import NOT, QUOTE, WITH, quoting
from analysis.publish.words import between, number, quote
from analysis.scrutiny.border_table import ORIGINS
from analysis.series.border_lines import part, shares_by_origin
from analysis.series.key import UNIT_MARK, declared

WORDS = (QUOTE, WITH, NOT)  # a reading holds the place of its answer
# What a reading's row holds, in this order; the script takes the fields by these names.
FIELDS = (
    "id", "printed", "says", "window", "first", "last", "values", "what", "who", "place", "source", "series",
    "word", "why", "others", "also",
)  # fmt: skip


# Shares that are computed: the measure of the official table, how it is called, the family with its rows, and the unit
# of what is divided, before and behind its number.
SHARES = {
    "lines": ("by number (lines of the official table)", "us-lines-by-origin", ("", " lines")),
    "msrp_usd": ("by value (retail price)", "us-lines-msrp-by-origin", ("$", "")),
}
LEAST_SHARE = 1.0  # percent
# The figures of the book in which a share is told, by measure and origin.
TOLD_IN = {
    ("msrp_usd", "CN"): ("China's share, one answer a year", "borders-china-share"),
    **{("lines", code): ("US seizures by origin", "borders-origins") for code in ORIGINS},
    ("msrp_usd", "HK"): ("US seizures by origin", "borders-origins"),
}


class Shared:
    """Words that several readings share, each once."""

    def __init__(self) -> None:
        self.items: list[list[str]] = []
        self._places: dict[tuple[str, ...], int] = {}

    def place(self, *words: str) -> int:
        """Return the place of some words, new ones at the end."""
        if words not in self._places:
            self._places[words] = len(self.items)
            self.items.append(list(words))
        return self._places[words]


def finder_index(dataset: Dataset) -> dict[str, Any]:
    """Return the index: `fields`, the shared lists and the readings in the order of their ids."""
    shared = {name: Shared() for name in ("what", "who", "source", "series", "also", "why")}
    rows = [_row(dataset, row, shared) for _, row in sorted(every_reading(dataset).items())]
    return {
        "version": dataset.version,
        "fields": list(FIELDS),
        "words": list(WORDS),
        **{name: one.items for name, one in shared.items()},
        "readings": rows,
        "made": [*_shares(dataset), *_checks(dataset)],
    }


def _shares(dataset: Dataset) -> Iterator[list[Any]]:
    """Yield the shares of US seizures by origin that follow from the official table, which no reading states.

    Each is what it is, its year, the share in words, its page, its source, what the source is called, its numbers
    (none here, so that a question must name the origin), what is divided by what, and the figure that tells it.
    """
    source = str(dataset.border_lines["source_id"].iloc[0])
    told = source_words(dataset, source)
    for code in sorted(set(dataset.border_lines["origin"].astype(str)) & set(_economies())):
        for measure, (what, family, _) in SHARES.items():
            found = shares_by_origin(dataset, [code], measure)
            enough = found.loc[found["low"] >= LEAST_SHARE, ["year", "low", "high"]]
            words, name = TOLD_IN.get((measure, code), ("", ""))
            for at, low, high in enough.astype(float).to_numpy().tolist():
                yield [
                    f"{place_name(code)}, share of US seizures {what}, fiscal year {at:.0f}",
                    int(at),
                    f"{between(low, high, 3)} percent",
                    series_address(f"{family}{UNIT_MARK}{code}"),
                    source_address(source),
                    f"{told.label}, {told.published}",
                    [],
                    _divided(dataset, int(at), code, measure),
                    [words, f"{BOOK}borders.html#{name}"] if name else [],
                ]


def _divided(dataset: Dataset, year: int, code: str, measure: str) -> str:
    """Say what a share of a fiscal year is divided by what, and what its two ends are."""
    low, high, whole = part(dataset, year, "origin", [code], measure)
    before, behind = SHARES[measure][-1]
    own, rest, every = (f"{before}{number(one)}{behind}" for one in (low, high - low, whole))
    if high == low:
        return f"{own} of this origin, of {every} in all"
    return (
        f"{own} of this origin, of {every} in all; the lower end counts none of the {rest} of unknown origin, the "
        "upper end all of it"
    )


def _checks(dataset: Dataset) -> Iterator[list[Any]]:
    """Yield the spot checks as failed of tested, of which texts often give only a percentage, in the form of shares."""
    source_of = dataset.readings.set_index("reading_id")["source_id"]
    try:
        found = checks(dataset)
    except InputError:  # a dataset that lacks their readings has no checks
        return
    for row in found[found["n"].notna()].to_dict("records"):
        source, year = str(source_of[row["readings"][0]]), str(row["year"])
        told = source_words(dataset, source)
        whole = ", part of " + str(found.at[row["part_of"], "name"]) if row["part_of"] else ""
        yield [
            f"spot check: {row['name']}{whole}, failed of tested ({year or 'undated'})",
            int(year or 0),
            failed_of(row),
            f"{BOOK}spot-checks.html",
            source_address(source),
            f"{told.label}, {told.published}",
            [float(row["k_low"]), float(row["n"])],
            "",
            [],
        ]


def _row(dataset: Dataset, row: Row, shared: dict[str, Shared]) -> list[Any]:
    """Return one reading in the order of `FIELDS`."""
    name, source = str(row["reading_id"]), str(row["source_id"])
    told, found = source_words(dataset, source), quoting(dataset)[name]
    years = [0 if missing(row[end]) else int(row[end].year) for end in ("window_start", "window_end")]
    values = [float(row[one]) for one in ("value", "value_high") if not missing(row[one])]
    reporter, indicator = str(row["reporter"]), str(row["indicator"])
    return [
        name,
        str(row["as_printed"]),
        quote(row),
        when(row),
        years[0] or years[1],
        years[1] or years[0],
        [int(one) if one.is_integer() else one for one in values],
        shared["what"].place(indicator.replace("_", " "), INDICATORS[indicator]),
        shared["who"].place(reporter, REPORTERS.get(reporter, reporter)),
        str(row["jurisdiction"]),
        shared["source"].place(
            source, told.label, told.published, tiers(dataset)[source], _titles(dataset)[source]
        ),
        [_series(dataset, one, shared) for one in memberships(dataset).get(name, [])],
        WORDS.index(found.word),
        shared["why"].place(found.why) if found.why else -1,
        list(found.others),
        shared["also"].place(_also(row, _retired(dataset).get(name, []))),
    ]


def _series(dataset: Dataset, row: Row, shared: dict[str, Shared]) -> int:
    """Return the place of a series, by its id and title."""
    member = row["member"]
    title = declared(dataset, row["series_id"]).title + (f": {member.replace('_', ' ')}" if member else "")
    return shared["series"].place(row["series_id"] + (UNIT_MARK + member if member else ""), title)


def _also(row: Row, retired: list[str]) -> str:
    """Return what a reading is found by besides: its scope, subject, stage, goods, origin, programme, old ids."""
    parts = [
        *(
            str(row[one]).replace("_", " ")
            for one in ("scope_as_collected", "product", "origin", "mode", "region")
        ),
        *(str(row[one]) for one in ("programme", "detail")),
        SUBJECTS.get(str(row["subject"]), ""),
        STAGES.get(str(row["stage"]), ""),
        _places().get(str(row["jurisdiction"]), ""),
        *(_economies().get(code, "") for code in str(row["origin"]).split("+")),
        *retired,
    ]
    return " ".join(dict.fromkeys(part for part in parts if part))


@cache
def _places() -> dict[str, str]:
    return names("place")


@cache
def _economies() -> dict[str, str]:
    return names("economy")


@lru_cache(maxsize=4)
def _retired(dataset: Dataset) -> dict[str, list[str]]:
    """Return the retired ids of each reading."""
    rows = dataset.aliases[dataset.aliases["table"] == "readings"]
    found: dict[str, list[str]] = {}
    for alias, kept in zip(rows["alias_id"].astype(str), rows["kept_id"].astype(str), strict=True):
        found.setdefault(kept, []).append(alias)
    return found


@lru_cache(maxsize=4)
def _titles(dataset: Dataset) -> dict[str, str]:
    return dict(
        zip(dataset.sources["source_id"].astype(str), dataset.sources["title"].astype(str), strict=True)
    )
