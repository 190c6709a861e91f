"""Models: what may be estimated from series and samples. They return numbers; publish draws them."""

from analysis.models.autoregression import AutoregressiveFit, ar1_reml
from analysis.models.bootstrap import bootstrap_p
from analysis.models.comparison import Comparison, compared
from analysis.models.effect import Effect
from analysis.models.excess import ParetoExcess, pareto_excess
from analysis.models.forecast import Forecast, forecast, pooled_record
from analysis.models.honest import HonestBounds, honest_bounds
from analysis.models.interruption import interrupted
from analysis.models.lorenz import Concentration, concentration
from analysis.models.panel import common_periods
from analysis.models.placebo_dates import PlaceboDates, placebo_dates
from analysis.models.power_law import PowerLaw, power_law
from analysis.models.power_law_binned import BinnedPowerLaw, power_law_binned
from analysis.models.structural_breaks import Breaks
from analysis.models.trend import Doubling, Trend, trend
from analysis.models.truncated_lognormal import TruncatedLognormal, truncated_lognormal
from analysis.models.values import IntervalFit, interval_regression
from analysis.models.vuong import Versus

__all__ = [
    "AutoregressiveFit",
    "BinnedPowerLaw",
    "Breaks",
    "Comparison",
    "Concentration",
    "Doubling",
    "Effect",
    "Forecast",
    "HonestBounds",
    "IntervalFit",
    "ParetoExcess",
    "PlaceboDates",
    "PowerLaw",
    "Trend",
    "TruncatedLognormal",
    "Versus",
    "ar1_reml",
    "bootstrap_p",
    "common_periods",
    "compared",
    "concentration",
    "forecast",
    "honest_bounds",
    "interrupted",
    "interval_regression",
    "pareto_excess",
    "placebo_dates",
    "pooled_record",
    "power_law",
    "power_law_binned",
    "trend",
    "truncated_lognormal",
]
