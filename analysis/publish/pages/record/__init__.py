"""The pages of the record: one for every series and family, one for every source with the readings it printed."""

from analysis.publish.pages.record.family import family_article
from analysis.publish.pages.record.finder import FIELDS, finder_index
from analysis.publish.pages.record.markup import Article
from analysis.publish.pages.record.series import series_article
from analysis.publish.pages.record.source import source_article, sources_with_readings

__all__ = [
    "FIELDS",
    "Article",
    "family_article",
    "finder_index",
    "series_article",
    "source_article",
    "sources_with_readings",
]
