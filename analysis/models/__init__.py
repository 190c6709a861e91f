"""Models: what may be estimated from series and samples. They return numbers; publish draws them."""

from analysis.models.autoregression import AutoregressiveFit, ar1_reml
from analysis.models.bootstrap import bootstrap_p
from analysis.models.comparison import Comparison, compared
from analysis.models.effect import Effect
from analysis.models.forecast import Forecast, forecast, pooled_record
from analysis.models.honest import HonestBounds, honest_bounds
from analysis.models.interruption import interrupted
from analysis.models.panel import common_periods
from analysis.models.placebo_dates import PlaceboDates, placebo_dates
from analysis.models.structural_breaks import Breaks
from analysis.models.trend import Doubling, Trend, trend

__all__ = [
    "AutoregressiveFit",
    "Breaks",
    "Comparison",
    "Doubling",
    "Effect",
    "Forecast",
    "HonestBounds",
    "PlaceboDates",
    "Trend",
    "ar1_reml",
    "bootstrap_p",
    "common_periods",
    "compared",
    "forecast",
    "honest_bounds",
    "interrupted",
    "placebo_dates",
    "pooled_record",
    "trend",
]
