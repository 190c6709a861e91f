"""The front page: six numbers with a small line each, one chart, and the words of the preface."""

from analysis.publish.pages.home.chart import since_2010_chart
from analysis.publish.pages.home.numbers import six_numbers
from analysis.publish.pages.home.spark import spark

__all__ = ["since_2010_chart", "six_numbers", "spark"]
