"""How the data are cited: in words, as BibTeX, and a series by itself. Version and fingerprint are in each."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.series import definition
from analysis.series.families import families
from analysis.series.key import declared

AUTHORS = "The Counting Counterfeits authors"
TITLE = "Counting Counterfeits"
LICENCE, LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
SHOWN = 16  # letters of the fingerprint that are printed


def citation(dataset: Dataset) -> str:
    """Return the citation of the data as a sentence."""
    return cited(dataset.version, dataset.released, dataset.fingerprint)


def cited(version: str, released: str, fingerprint: str, what: str = "") -> str:
    """Return the citation of a version of the data, or of `what` is made from it."""
    of = f", {what}" if what else ""
    return (
        f"{AUTHORS} ({released[:4]}): {TITLE}, data version {version}, fingerprint {fingerprint[:SHOWN]}{of}."
    )


def series_citation(dataset: Dataset, series_id: str) -> str:
    """Return the citation of one series, or of a family. Raises InputError for an unknown series."""
    key = (declared if series_id in families(dataset) else definition)(dataset, series_id)
    return f"{citation(dataset)[:-1]}, series {series_id}: {key.title}."


def bibtex(dataset: Dataset) -> str:
    """Return the citation of the data for BibTeX."""
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{TITLE}}}",
        "year": dataset.released[:4],
        "version": dataset.version,
        "note": f"Data, fingerprint {dataset.fingerprint[:SHOWN]}, {LICENCE}",
    }
    lines = "".join(f"  {name} = {{{words}}},\n" for name, words in fields.items())
    return f"@misc{{counting_counterfeits_{dataset.version.replace('.', '_')},\n{lines}}}\n"
