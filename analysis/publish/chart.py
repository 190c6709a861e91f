"""A chart: a drawing with the words that a reader needs, the same for the page and for the briefing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.show import show
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import listed, window
from analysis.series.definition import with_sources

SHOWN_PUBLISHERS = 4


class Source(str):
    """A source line that knows its readings, so that a reader can go from a chart to each of them."""

    readings: pd.DataFrame

    @classmethod
    def of(cls, text: str, readings: pd.DataFrame) -> Source:
        """Return the line `text` about `readings` (with their sources' publisher and url)."""
        line = cls(text)
        line.readings = readings
        return line

    def trail(self) -> HtmlTable:
        """Return the readings as a folded table: id, print, window, who tells, with the source's address."""
        rows = [
            {
                "reading": row["reading_id"],
                "printed": row["as_printed"],
                "window": window(row["window_start"], row["window_end"]),
                "source": Link(
                    f"{_short_name(row['publisher'])}, {row['published'] or 'undated'}", row["url"]
                ),
                "source id": row["source_id"],
            }
            for _, row in self.readings.sort_values("reading_id").iterrows()
        ]
        return table(rows, caption=f"The {len(rows)} readings behind this figure", folded=True)


@dataclass(frozen=True)
class Chart:
    """A figure with its words.

    `title` says what is seen, `alt` what the drawing shows to a reader who cannot see it, `note` what is
    drawn and in which unit, `source` where the figures come from and which version of the data holds them.
    """

    name: str
    figure: Figure
    title: str
    alt: str
    note: str
    source: str

    def show(self) -> None:
        """Display the chart in a chapter."""
        show(
            self.figure, alt=self.alt, title=self.title, caption=f"{self.note} {self.source}", name=self.name
        )


def version_line(dataset: Dataset) -> str:
    """Name the version of the data, as every figure does."""
    return f"Data {dataset.version}, fingerprint {dataset.fingerprint[:8]}."


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
    publishers = told["publisher"].map(_short_name).value_counts()
    names = [str(name) for name in publishers.sort_index().sort_values(ascending=False, kind="stable").index]
    rest = len(names) - SHOWN_PUBLISHERS
    shown = [*names[:SHOWN_PUBLISHERS], f"{rest} more"] if rest > 0 else names
    readings_word = "reading" if len(frame) == 1 else "readings"
    text = f"Source: {len(frame)} {readings_word} from {listed(shown)}. {version_line(dataset)}"
    return Source.of(text, told)


def _short_name(publisher: str) -> str:
    """Return a publisher without the host of a repost."""
    return publisher.split(" (")[0].split(", reposted")[0].strip()
