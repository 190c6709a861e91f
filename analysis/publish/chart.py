"""A chart: a drawing with the words that a reader needs, the same for the page and for the briefing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.show import show
from analysis.publish.words import listed
from analysis.series.definition import with_sources

SHOWN_PUBLISHERS = 4


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


def source_line(dataset: Dataset, readings: pd.DataFrame | Iterable[str]) -> str:
    """Say where a chart's readings come from: how many, the publishers met most often, the data version.

    `readings` is a frame with reading_id, or reading ids. Raises InputError for an unknown id.
    """
    ids = readings["reading_id"] if isinstance(readings, pd.DataFrame) else list(readings)
    frame = dataset.readings[dataset.readings["reading_id"].isin(ids)]
    missing = sorted(set(ids) - set(frame["reading_id"]))
    if missing:
        raise InputError(f"readings.csv has no row {missing[0]!r}; a source line needs ids that exist.")
    publishers = with_sources(dataset, frame)["publisher"].map(_short_name).value_counts()
    names = [str(name) for name in publishers.sort_index().sort_values(ascending=False, kind="stable").index]
    rest = len(names) - SHOWN_PUBLISHERS
    shown = [*names[:SHOWN_PUBLISHERS], f"{rest} more"] if rest > 0 else names
    readings_word = "reading" if len(frame) == 1 else "readings"
    return f"Source: {len(frame)} {readings_word} from {listed(shown)}. {version_line(dataset)}"


def _short_name(publisher: str) -> str:
    """Return a publisher without the host of a repost."""
    return publisher.split(" (")[0].split(", reposted")[0].strip()
