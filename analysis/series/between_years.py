"""How a series' print changed between two years that are counted alike, as well as the hedges let one know."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.series.definition import breaks_of
from analysis.series.printed_years import printed_years
from analysis.series.runs import first_year

SINCE = 2010


@dataclass(frozen=True, repr=False)
class BetweenYears(Result):
    """The prints of two years and their quotient.

    `first` and `last` are years, `labels` how they are written (FY2012). `before` and `after` are (value, low, high)
    in the series' unit, `factor` the later print over the earlier, `low` and `high` what both hedges allow together.
    `reading_ids` are the two prints.
    """

    series_id: str
    first: int
    last: int
    labels: tuple[str, str]
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    factor: float
    low: float
    high: float
    reading_ids: tuple[str, str]


@checked
def between_years(
    dataset: Dataset, series_id: str, first: int | None = None, last: int | None = None
) -> BetweenYears:
    """Return how the print of a series changed between two years.

    `last` is the latest printed year where none is given, `first` the earliest one from 2010 on that is counted as
    `last` is. Intervals are those of the hedges: the quotient lies between the later low over the earlier high and the
    later high over the earlier low.

    Raises
    ------
    InputError
        If the series is unknown, a year has no print, the years are not in order, the first is 0, or the count changed
        between them.
    """
    found = printed_years(dataset, series_id)
    table, fiscal = found.table.set_index("year"), found.definition.fiscal
    last = int(table.index.max()) if last is None else last
    starts = [first_year(day, fiscal=fiscal) for day in breaks_of(dataset, series_id)["date"]]
    begun = max([SINCE, *(year for year in starts if year <= last)])
    if first is None:
        first = int(min([year for year in table.index if begun <= year <= last], default=last))
    for year in (first, last):
        if year not in table.index:
            raise InputError(f"Series {series_id!r} has no print of {year}; see its readings with `show`.")
    if first >= last:
        raise InputError(
            f"Series {series_id!r}: {first} is not before {last}; there is nothing to compare in one count."
        )
    changed = [year for year in starts if first < year <= last]
    if changed:
        raise InputError(
            f"Series {series_id!r} counts otherwise from {max(changed)}; compare years on one side of it."
        )
    kept = {int(row["year"]): row for row in found.table.to_dict("records")}
    rows = [kept[year] for year in (first, last)]
    (_, low0, high0), (_, low1, high1) = ends = [
        (float(row["value"]), float(row["low"]), float(row["high"])) for row in rows
    ]
    if low0 <= 0:
        raise InputError(f"Series {series_id!r} may be 0 in {first}; nothing is a multiple of that.")
    return BetweenYears(
        series_id=series_id,
        first=first,
        last=last,
        labels=(str(rows[0]["label"]), str(rows[1]["label"])),
        before=ends[0],
        after=ends[1],
        factor=ends[1][0] / ends[0][0],
        low=low1 / high0,
        high=high1 / low0,
        reading_ids=(str(rows[0]["reading_id"]), str(rows[1]["reading_id"])),
    )
