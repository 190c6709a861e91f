"""The chapter "Check a release": an invented text in the form of a real one, figure by figure beside the record."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.code import ROOT
from analysis.intake import Report, check
from analysis.intake.implied import EACH, FAST
from analysis.intake.score import Score, score_texts
from analysis.intake.sentence import pace_words
from analysis.publish.addresses import reading_address, series_address
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import UNIT_WORDS, between, counted, plain, quote, signed_percent, window
from analysis.series import definition
from analysis.series.remembered import MEASURE_TABLES, remembered

# Invented; its paragraphs have the order of a police ministry's release before the end of a year.
PUBLISHED = "2022-12-24"
INVENTED = """Police tell of a busy year

Police across China have solved more than 19,000 criminal cases of infringement and counterfeiting since the beginning \
of this year, the Ministry of Public Security said on Saturday.

They caught more than 31,000 suspects and destroyed more than 8,000 dens in the same period.

Since May, police have also solved more than 1,500 cases of counterfeit goods sold online.

In August, police in Shanghai broke up a gang that sold counterfeit phones. In that case they seized more than 2,000 \
counterfeit phones worth more than 300 million yuan.
"""


@remembered(*MEASURE_TABLES)
def report(dataset: Dataset) -> Report:
    """Return the invented text beside the record, whose version it does not name."""
    return check(INVENTED, PUBLISHED, dataset)


def release() -> HtmlTable:
    """Show the invented text."""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in INVENTED.strip().split("\n\n"))
    return HtmlTable(f'<blockquote class="invented">{paragraphs}</blockquote>', INVENTED.strip())


def figures_table(dataset: Dataset) -> HtmlTable:
    """List what the text states: each figure with its interval, days and pace."""
    rows = [
        {
            "figure": row["figure"],
            "as published": row["as_printed"],
            "counted by": row["reporter"],
            "what": _what(row),
            "window": window(row["window_start"], row["window_end"]),
            "days": f"{int(row['days']):,}",
            "interval": between(row["low"], row["high"]),
            "a day": "" if pd.isna(row["rate_low"]) else pace_words(row["rate_low"], row["rate_high"]),
        }
        for row in report(dataset).figures.to_dict("records")
    ]
    return table(
        rows, caption="What the invented text states", right=["days", "interval", "a day"], wide=True
    )


def before_table(dataset: Dataset) -> HtmlTable:
    """List the series that each figure joins, and the same window a year before."""
    rows = []
    for row in report(dataset).figures.to_dict("records"):
        name = row["series"].partition(";")[0]
        has = row["before"] != ""
        ends = [signed_percent(row[one], 0, most=99) for one in ("change_low", "change_high")] if has else []
        rows.append(
            {
                "figure": row["figure"],
                "series": Link(definition(dataset, name).title, series_address(name)) if name else "none",
                "a year before": f"{between(row['before_low'], row['before_high'])} ({row['before']})"
                if has
                else "",
                "change": " to ".join(dict.fromkeys(ends)),
                "more than the figures leave open": row["exceeds"],
            }
        )
    return table(rows, caption="The same window a year before", right=["a year before", "change"])


def implied_table(dataset: Dataset) -> HtmlTable:
    """List what windows that nest, and goods with their value, imply."""
    found = report(dataset).nested
    rows = [
        {"beside": _trail(dataset, str(row["other"])), "what follows": row["says"]}
        for row in found.to_dict("records")
    ]
    return table(rows, caption="What follows from figures that belong together", wide=True)


def cautions_table(dataset: Dataset) -> HtmlTable:
    """List what the text's first figure must not be compared with."""
    found = report(dataset).cautions
    first = found[found["figure"] == found["figure"].iloc[0]]
    rows = [
        {
            "kind": row["what"],
            "why": plain(row["says"]),
            "latest published figure": _trail(dataset, row["reading_id"]),
        }
        for row in first.to_dict("records")
    ]
    return table(rows, caption="What the first figure must not be put beside", wide=True)


def quotes_table(dataset: Dataset) -> HtmlTable:
    """List the sentences that may be quoted."""
    found = report(dataset)
    pairs = zip(found.figures["figure"], found.sentences, strict=True)
    return table(
        [{"figure": name, "to quote": said} for name, said in pairs], caption="Sentences to quote", wide=True
    )


TEXTS = ROOT / "tests" / "intake"  # texts in the forms of real releases, their figures listed by a reader
ASKED = {
    "hedge": "the hedge", "unit": "the unit", "window": "the window", "indicator": "what is counted",
    "reporter": "who counted", "breadth": "how much it totals",
}  # fmt: skip


@lru_cache(maxsize=4)
def scores(dataset: Dataset) -> tuple[Score, ...]:
    """Return how the texts of the tests are read."""
    return tuple(score_texts(TEXTS, dataset))


@lru_cache(maxsize=1)
def first_sight() -> pd.DataFrame:
    """Return how texts were read before any rule was mended on them, a row a text.

    Columns: text, rules (the commit that read it), listed, proposed, found, and of the found ones how many had each
    field right. It was counted by `analysis.intake.score` at that commit: later rules know these texts.
    """
    return pd.read_csv(TEXTS / "first_sight.csv")


def _shares(right: str, of: str) -> tuple[str, str]:
    """Return a share over the texts at first sight, and the least and the largest of a text, in percent."""
    told = first_sight()
    each = told[right] / told[of]
    whole = f"{100 * told[right].sum() / told[of].sum():.1f}%"
    return whole, f"{100 * each.min():.0f}% to {100 * each.max():.0f}%"


def accuracy_table(dataset: Dataset) -> HtmlTable:
    """List how often each field is read as a reader has it, by language, and how often and how it is misread.

    The column `at first sight` has the texts of `first_sight`.
    """
    languages = {
        name: [one for one in scores(dataset) if mark in one.text]
        for name, mark in (("Chinese", "-zh-"), ("English", "-en-"))
    }
    counts = {name: _totals(found) for name, found in languages.items()}
    asked = {
        "figures that are found": ("found", "listed"),
        "found that are figures": ("found", "proposed"),
        **{words: (key, "found") for key, words in ASKED.items()},
    }
    rows = [
        _row(
            words,
            {name: (one[right], one[of]) for name, one in counts.items()},
            _shares(right, of)[0],
            _example(dataset, right) if right in ASKED else "",
        )
        for words, (right, of) in asked.items()
    ]
    numbers = ["Chinese", "English", "misread", "at first sight"]
    return table(rows, caption="How often a field is read rightly", right=numbers, wide=True)


def _totals(found: list[Score]) -> dict[str, int]:
    """Return what was found of texts, and how often each field is right."""
    whole = {name: sum(getattr(one, name) for one in found) for name in ("listed", "proposed", "found")}
    return whole | {key: sum(one.right[key] for one in found) for key in ASKED}


def _row(asked: str, pairs: dict[str, tuple[int, int]], unseen: str, example: str) -> dict[str, object]:
    """Return a line of the table of accuracy: shares in percent, how many are wrong, and one of them."""
    shares = {name: f"{100 * right / of:.1f}%" for name, (right, of) in pairs.items()}
    wrong = sum(of - right for right, of in pairs.values())
    return {
        "asked": asked,
        **shares,
        "misread": f"{wrong:,}",
        "at first sight": unseen,
        "for example": example,
    }


def _example(dataset: Dataset, key: str) -> str:
    """Return the first misreading of a field, in words."""
    for one in scores(dataset):
        for field, printed, meant, read in one.misread:
            if field == key:
                return f"{printed}: {_plain(meant)}, read as {_plain(read)}"
    return "none"


def _plain(word: str) -> str:
    """Return a coded word, or a window, as words."""
    return word.replace("_", " ").replace("?", "an open end") or "nobody"


def words(dataset: Dataset) -> dict[str, object]:
    """Return the chapter's words: what the check finds by itself, and how well texts are read."""
    return report_words(dataset) | _score_words(dataset)


def report_words(dataset: Dataset) -> dict[str, object]:
    """Return what the check finds in the invented text."""
    found = report(dataset)
    first = found.figures.iloc[0]
    fast = found.nested[found.nested["what"] == FAST].iloc[0]
    each = found.nested[found.nested["what"] == EACH].iloc[0]
    other = dataset.readings.set_index("reading_id").loc[fast["other"]]
    change = [signed_percent(first[one], 0) for one in ("change_low", "change_high")]
    return {
        "n_figures": counted(len(found.figures), "figure", "figures"),
        "n_passed": counted(len(found.passed_over), "number", "numbers", none="no"),
        "first_interval": between(first["low"], first["high"]),
        "first_days": int(first["days"]),
        "first_pace": pace_words(first["rate_low"], first["rate_high"]),
        "first_before": between(first["before_low"], first["before_high"]),
        "first_change": " to ".join(dict.fromkeys(change)),
        "year_print": quote(other),
        "week_days": counted(int(fast["days"]), "day", "days"),
        "week_cases": between(fast["low"], fast["high"]),
        "week_pace": pace_words(fast["rate_low"], fast["rate_high"]),
        "each": between(each["low"], each["high"]),
    }


def _score_words(dataset: Dataset) -> dict[str, object]:
    """Return how the texts of the tests are read, now and at first sight."""
    read = scores(dataset)
    unseen = {name: _shares(name, of) for name, of in (("found", "listed"), ("window", "found"))}
    return {
        "n_texts": len(read),
        "n_listed": f"{sum(one.listed for one in read):,}",
        "unseen_texts": counted(len(first_sight()), "text", "texts"),
        "unseen_listed": f"{first_sight()['listed'].sum():,}",
        "unseen_found": unseen["found"][0],
        "unseen_found_range": unseen["found"][1],
        "unseen_figures": _shares("found", "proposed")[0],
        "unseen_windows": unseen["window"][0],
        "unseen_windows_range": unseen["window"][1],
    }


def _what(row: dict[object, object]) -> str:
    """Say what a figure counts."""
    unit = UNIT_WORDS.get(str(row["unit"]), str(row["unit"]))
    place = f", {row['channel']}" if row["channel"] != "all" else ""
    return f"{str(row['indicator']).replace('_', ' ')} ({unit}{place})"


def _trail(dataset: Dataset, name: str) -> Link | str:
    """Return a reading's id as a link to it, or the name as it is."""
    rows = dataset.readings[dataset.readings["reading_id"] == name]
    return Link(name, reading_address(str(rows["source_id"].iloc[0]), name)) if len(rows) else name
