"""Models: what may be estimated from series and samples. They return numbers; publish draws them."""

from analysis.models.autoregression import AutoregressiveFit, ar1_reml
from analysis.models.border_micro import FractionalFit, fractional_logit, gtric, gtric_ranks
from analysis.models.change import Change, before_and_after, change
from analysis.models.comparison import Comparison, compared
from analysis.models.deterrence import (
    ExpectedPenalty,
    controlled_change,
    crossing,
    expected_penalty,
    mean_of_shares,
)
from analysis.models.effect import Effect
from analysis.models.excess import ParetoExcess, pareto_excess
from analysis.models.forecast import Forecast, forecast, pooled_record
from analysis.models.funnel import (
    Conversion,
    CountRatio,
    EstimatedLag,
    consistency,
    conversion,
    count_ratio,
    estimated_lag,
    pooled_count_ratio,
)
from analysis.models.honest import HonestBounds, honest_bounds
from analysis.models.integrated import IntegratedContrast, integrated_contrast
from analysis.models.interruption import interrupted
from analysis.models.location import (
    SteadiedRates,
    TopShare,
    empirical_bayes_rates,
    location_quotient,
    top_share,
)
from analysis.models.lorenz import Concentration, concentration
from analysis.models.panel import common_periods
from analysis.models.placebo_dates import PlaceboDates, placebo_dates
from analysis.models.power_law import PowerLaw, power_law
from analysis.models.power_law_binned import BinnedPowerLaw, power_law_binned
from analysis.models.random_dates import Dated, RandomDatesTest, dates_at_random, departures
from analysis.models.sampling import (
    Allocation,
    DetectionYield,
    MarketBounds,
    Weighted,
    corrected_prevalence,
    detection_yield,
    market_bounds,
    neyman_allocation,
    proportion_interval,
    sample_size_for,
    sample_size_for_change,
    simple_random_half_width,
    weighted_mean,
    weighted_total,
)
from analysis.models.stacked import Stacked, stacked
from analysis.models.structural_breaks import Breaks
from analysis.models.trend import Doubling, Trend, trend
from analysis.models.truncated_lognormal import TruncatedLognormal, truncated_lognormal
from analysis.models.values import IntervalFit, interval_regression
from analysis.models.vuong import Versus

__all__ = [
    "Allocation",
    "AutoregressiveFit",
    "BinnedPowerLaw",
    "Breaks",
    "Change",
    "Comparison",
    "Concentration",
    "Conversion",
    "CountRatio",
    "Dated",
    "DetectionYield",
    "Doubling",
    "Effect",
    "EstimatedLag",
    "ExpectedPenalty",
    "Forecast",
    "FractionalFit",
    "HonestBounds",
    "IntegratedContrast",
    "IntervalFit",
    "MarketBounds",
    "ParetoExcess",
    "PlaceboDates",
    "PowerLaw",
    "RandomDatesTest",
    "Stacked",
    "SteadiedRates",
    "TopShare",
    "Trend",
    "TruncatedLognormal",
    "Versus",
    "Weighted",
    "ar1_reml",
    "before_and_after",
    "change",
    "common_periods",
    "compared",
    "concentration",
    "consistency",
    "controlled_change",
    "conversion",
    "corrected_prevalence",
    "count_ratio",
    "crossing",
    "dates_at_random",
    "departures",
    "detection_yield",
    "empirical_bayes_rates",
    "estimated_lag",
    "expected_penalty",
    "forecast",
    "fractional_logit",
    "gtric",
    "gtric_ranks",
    "honest_bounds",
    "integrated_contrast",
    "interrupted",
    "interval_regression",
    "location_quotient",
    "market_bounds",
    "mean_of_shares",
    "neyman_allocation",
    "pareto_excess",
    "placebo_dates",
    "pooled_count_ratio",
    "pooled_record",
    "power_law",
    "power_law_binned",
    "proportion_interval",
    "sample_size_for",
    "sample_size_for_change",
    "simple_random_half_width",
    "stacked",
    "top_share",
    "trend",
    "truncated_lognormal",
    "weighted_mean",
    "weighted_total",
]
