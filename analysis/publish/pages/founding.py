"""The five articles that this project began with: what each prints, and where the book treats it."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import listed, quote
from analysis.series.prints import chosen

# A system of counting that an article draws on: the article's source, who counts, readings that show it, its chapter.
COLUMNS = ("article", "system", "counter", "readings", "chapter")
CHAPTERS = {"police-campaigns": "Police campaigns", "platforms": "Platforms"}


def systems_table(dataset: Dataset) -> HtmlTable:
    """Return the table of the founding articles' systems, each with figures it prints and its chapter.

    Raises InputError where a source, a reading or a chapter that the remarks name does not exist.
    """
    sources = dataset.sources.set_index("source_id")
    rows = []
    for one in remarks("founding-systems", COLUMNS, key="system"):
        if one["article"] not in sources.index or one["chapter"] not in CHAPTERS:
            raise InputError(
                f"remarks/founding-systems.csv: {one['system']!r} needs a source of sources.csv and one of the "
                f"chapters {listed(list(CHAPTERS))}, not {one['article']!r} and {one['chapter']!r}."
            )
        source = sources.loc[one["article"]]
        readings = chosen(dataset, [name.strip() for name in one["readings"].split(";")])
        rows.append(
            {
                "article": f"{source['publisher'].split(' (')[0]}, {source['published']}",
                "system": one["system"],
                "who counts": one["counter"],
                "it prints": "; ".join(quote(row) for _, row in readings.iterrows()),
                "chapter": Link(CHAPTERS[one["chapter"]], f"{one['chapter']}.html"),
            }
        )
    return table(rows, caption="The systems of the five founding articles", wide=True)
