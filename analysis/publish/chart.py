"""A chart: a drawing with the words that a reader needs, the same for the page and for the briefing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.dataset.files import read_package
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.reads import unrecorded
from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.publish.addresses import reading_address
from analysis.publish.guard import faults
from analysis.publish.links import from_copies, publisher_name, source_link
from analysis.publish.show import NOTE_WORDS, folded, show
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import listed, window
from analysis.series.definition import with_sources

SHOWN_PUBLISHERS = 4
# How a figure names the version and the fingerprint of the data, by language.
VERSION_LINES = {"en": "Data {}, fingerprint {}.", "zh": "数据{}，指纹{}。"}
VERSION, FINGERPRINT = r"\d[\w.+-]*", "[0-9a-f]{8}"
MEASURE_WORDS = 18  # of what is measured, below a title: it is read before the drawing
LONGEST_YEAR = 366  # days
YEAR = re.compile(r"(?:19|20)\d\d")


class Source(str):
    """A source line that knows its rows, so that a reader can go from a chart to each of them."""

    rows: list[dict[str, object]]
    what: str
    years: tuple[int, int] | None  # the first and the last that its rows speak of
    caption: str = ""

    @classmethod
    def of(
        cls, text: str, rows: list[dict[str, object]], what: str = "readings",
        years: tuple[int, int] | None = None,
    ) -> Source:  # fmt: skip
        """Return the line `text` about `rows` (heading -> cell) of a kind that `what` names, of some years."""
        line = cls(text)
        line.rows, line.what, line.years = rows, what, years
        return line

    def worded(self, text: str) -> Source:
        """Return another line about the same rows."""
        return Source.of(text, self.rows, self.what, self.years)

    def addresses(self) -> dict[str, str]:
        """Return where each reading stands, by its id, with which its row begins; it ends with its source's."""
        if self.what != "readings":
            return {}
        ends = [list(map(str, row.values())) for row in self.rows]
        return {cells[0]: reading_address(cells[-1], cells[0]) for cells in ends}

    def trail(self) -> HtmlTable:
        """Return the rows as a folded table, each with its source's address."""
        return table(
            self.rows,
            caption=self.caption or f"The {len(self.rows):,} {self.what} behind this figure",
            folded=True,
        )


def _reading_rows(dataset: Dataset, told: pd.DataFrame) -> list[dict[str, object]]:
    """Return readings as a trail shows them: id, print, window, and who tells."""
    return [
        {
            "reading": row["reading_id"], "published": row["as_printed"],
            "window": window(row["window_start"], row["window_end"]),
            "source": source_link(dataset, row["source_id"]), "source id": row["source_id"],
        }
        for _, row in told.sort_values("reading_id").iterrows()
    ]  # fmt: skip


def tables_trail(text: str) -> HtmlTable:
    """Return links to the tables that a source line names, for charts that rest on whole tables."""
    named = [name for name in TABLES if re.search(rf"\b{name}\b", text)] or ["readings"]
    links = ", ".join(f'<a href="../data/{name}.csv">{name}.csv</a>' for name in named)
    return HtmlTable(
        f'<p class="trail">The rows behind this figure: {links}</p>', f"Rows: {', '.join(named)}"
    )


@dataclass(frozen=True)
class Chart:
    """A figure with its words.

    `title` says what is seen, `measure` what is measured, in which unit and of whom (it stands below the title, with
    the years of the rows where it names none), `alt` what the drawing shows to a reader who cannot see it, `note` how
    it is drawn, `source` where the figures come from and which version of the data holds them. `frame` holds the rows
    that are drawn, and `claims` tells whether the title is a finding, which needs a verb.

    Raises
    ------
    InputError
        If the figure cuts a mark or a label, sets words on words, prints them too small, or its words speak of what
        is not drawn (see `guard`); every fault is named.
    """

    name: str
    figure: Figure
    title: str
    alt: str
    note: str
    source: str
    frame: pd.DataFrame | None = None
    claims: bool = True
    measure: str = field(kw_only=True)

    def __post_init__(self) -> None:
        """Look at the figure as a reader would."""
        found = faults(self.figure, title=self.title if self.claims else "", note=self.note)
        if self.note.strip() and not folded(self.note)[0]:
            found.append(
                f"the first sentence of the note has more than {NOTE_WORDS} words; "
                "say what is drawn, and the rest after it"
            )
        if not self.measure.strip() or len(self.measure.split()) > MEASURE_WORDS:
            found.append(f"its measure needs one to {MEASURE_WORDS} words: what, in which unit, of whom")
        if found:
            raise InputError(f"Figure {self.name!r}: {'; '.join(found)}.")

    @property
    def subtitle(self) -> str:
        """What is measured, and when."""
        years = self.source.years if isinstance(self.source, Source) else None
        if years is None or YEAR.search(self.measure):
            return self.measure
        return f"{self.measure}, {years[0]}" + (f" to {years[1]}" if years[1] > years[0] else "")

    def show(self) -> None:
        """Display the chart in a chapter, and below it the way to the rows that it rests on."""
        from IPython.display import display

        source = self.source
        show(
            self.figure, alt=self.alt, title=self.title, subtitle=self.subtitle, caption=self.note, source=source,
            name=self.name, frame=self.frame, readings=source.addresses() if isinstance(source, Source) else None,
        )  # fmt: skip
        display(source.trail() if isinstance(source, Source) else tables_trail(source))  # type: ignore[no-untyped-call]


def version_line(dataset: Dataset, language: str = "en") -> str:
    """Name the version of the data, as every figure does."""
    with unrecorded():  # the line is renewed when a page is written: a figure does not rest on it
        return _version_line(dataset.version, dataset.fingerprint, language)


def renew_version(text: str, data: Path) -> str:
    """Return the text of a chapter that ran on an earlier version, its version lines those of the tables in `data`.

    That is what it would say if it ran again, where no table that it reads has changed since.
    """
    for language, form in VERSION_LINES.items():
        line = re.compile(re.escape(form).replace(r"\{\}", VERSION, 1).replace(r"\{\}", FINGERPRINT))
        if line.search(text):
            text = line.sub(_version_line(read_package(data)["version"], fingerprint(data), language), text)
    return text


def _version_line(version: str, whole_fingerprint: str, language: str) -> str:
    return VERSION_LINES[language].format(version, whole_fingerprint[:8])


def source_line(dataset: Dataset, readings: pd.DataFrame | Iterable[str]) -> Source:
    """Say where a chart's readings come from: how many, the publishers met most often, the data version.

    `readings` is a frame with reading_id, or reading ids. Raises InputError for an unknown id.
    """
    given = readings["reading_id"] if isinstance(readings, pd.DataFrame) else readings
    ids = {dataset.current_id(one) for one in given}
    frame = dataset.readings[dataset.readings["reading_id"].isin(ids)]
    missing = sorted(set(ids) - set(frame["reading_id"]))
    if missing:
        raise InputError(f"readings.csv has no row {missing[0]!r}; a source line needs ids that exist.")
    told = with_sources(dataset, frame)
    publishers = told["publisher"].map(publisher_name).value_counts()
    names = [str(name) for name in publishers.sort_index().sort_values(ascending=False, kind="stable").index]
    rest = len(names) - SHOWN_PUBLISHERS
    shown = [*names[:SHOWN_PUBLISHERS], f"{rest} more"] if rest > 0 else names
    readings_word, copies = "reading" if len(frame) == 1 else "readings", from_copies(dataset, frame)
    whose = f"{listed(shown)}, {copies}" if copies else listed(shown)
    text = f"Source: {len(frame)} {readings_word} from {whose}. {version_line(dataset)}"
    return Source.of(text, _reading_rows(dataset, frame), years=_years(told))


def _years(readings: pd.DataFrame) -> tuple[int, int] | None:
    """Return the first and the last year that readings (with `published` of their sources) speak of; None without any.

    A window of a year at most lies in the year in which it ends, as a fiscal year does; a reading without an end of
    its window is taken to speak of the year in which its source appeared.
    """
    told = pd.to_datetime(readings["published"].astype(str).str[:4], format="%Y", errors="coerce")
    start, end = readings["window_start"], readings["window_end"].fillna(told)
    long = (end - start).dt.days > LONGEST_YEAR
    years = pd.concat([start.where(long, end), end]).dropna().dt.year
    return (int(years.min()), int(years.max())) if len(years) else None
