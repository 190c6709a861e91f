"""The table of forecasts: what each release said of years that nobody had printed yet."""

from __future__ import annotations

from analysis.dataset.schema import Field, Table, identifier, reference, word

METHODS = ("naive", "drift", "ets", "local_linear_trend")


def _amount(name: str, what: str) -> Field:
    """Declare one number of a forecast."""
    return Field(name, "number", f"{what}, in the unit of the series", required=True, positive=True)


FORECASTS = Table(
    "forecasts",
    "Forecasts",
    "One row a forecast that a release put on record: its rows stay, and later releases score them.",
    (
        identifier("forecast_id", "version, series, period and method"),
        Field(
            "version",
            "text",
            "the release that made it",
            required=True,
            pattern=r"\d+\.\d+\.\d+",
        ),
        reference("series_id", "series", "the series"),
        Field(
            "period", "integer", "the year, or fiscal year, that is forecast", required=True, positive=True
        ),
        word("method", METHODS, "how it was made; naive is the last printed value"),
        word("chosen", ("yes", "no"), "whether the series' own record preferred the method"),
        _amount("estimate", "median of the forecast"),
        _amount("lower", "lower end of the interval"),
        _amount("upper", "upper end of the interval"),
        Field("level", "number", "probability that the interval is meant to hold", required=True),
        Field("made_on", "date", "date of the release", required=True),
    ),
    may_be_empty=True,
)

TABLES = (FORECASTS,)
